//! Reads the tables of a map again, with the same recipe.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::load::table::Table;
use crate::load::{LoadError, ProgressFn};
use crate::model::{Import, ImportId, Map, RawJson, Source, TieKindId};
use crate::wording::read::Role;

use super::{ColumnChoice, ImportFile, ImportOptions, KnownTable, Projection, TableName, TableSource, read_recipe};
use crate::load::import::columns::TableColumns;
use crate::load::import::report::preview::table_name;
use crate::load::import::{ImportReport, import_tables};

/// Where the rows of an import come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsFrom<'a> {
    /// A file of this name: that of the table, or of the archive with it.
    File(&'a str),
    /// A query of a database of this name, which is no file.
    Query(&'a str),
    /// The map doesn't say.
    Unknown,
}

impl<'a> RowsFrom<'a> {
    /// Returns the name of the file or database.
    #[must_use]
    pub fn name(self) -> Option<&'a str> {
        match self {
            Self::File(name) | Self::Query(name) => Some(name),
            Self::Unknown => None,
        }
    }
}

/// The name of a table whose rows were pasted, which are in no file.
pub const PASTED_ROWS: &str = "pasted rows";

/// Returns where the rows of an import come from.
#[must_use]
pub fn rows_from(import: &Import) -> RowsFrom<'_> {
    let file = import.file.as_deref().filter(|file| !file.trim().is_empty() && *file != PASTED_ROWS);
    if import.query.is_some() {
        return file.map_or(RowsFrom::Unknown, RowsFrom::Query);
    }
    let named = import.recipe.as_ref().and_then(|recipe| archive_of(recipe.text()));
    match (named, file) {
        (Some(archive), Some(_)) => RowsFrom::File(archive),
        (None, Some(file)) => RowsFrom::File(file),
        (_, None) => RowsFrom::Unknown,
    }
}

/// Returns the name of the archive in a recipe; names with escapes are written without any.
fn archive_of(recipe: &str) -> Option<&str> {
    #[derive(serde::Deserialize)]
    struct WithArchive<'a> {
        #[serde(borrow)]
        archive: Option<&'a str>,
    }
    serde_json::from_str::<WithArchive<'_>>(recipe).ok()?.archive
}

/// Returns the imports whose rows an update reads again. A database is only asked the latest statement for each table, and
/// none by which it was explored from single actors: the rows of others stay as they are.
#[must_use]
pub fn imports_read_again(map: &Map) -> HashSet<ImportId> {
    // What was asked for single actors has no hash of all rows.
    let whole = || {
        let asked = map.imports().iter().filter_map(|(id, import)| Some((id, import, import.query.as_deref()?)));
        asked.filter(|(_, import, query)| import.sha256.is_some() && !query.to_lowercase().contains(":actor"))
    };
    let latest: BTreeMap<_, &str> = whole().map(|(_, import, query)| (table_of(import), query)).collect();
    let of_files = map.imports().iter().filter(|(_, import)| import.query.is_none()).map(|(id, _)| id);
    let asked = whole().filter(|(_, import, query)| latest.get(&table_of(import)) == Some(query));
    of_files.chain(asked.map(|(id, ..)| id)).collect()
}

/// Returns the columns of a recipe; none if it can't be read.
#[must_use]
pub fn recipe_columns(recipe: Option<&RawJson>) -> Vec<ColumnChoice> {
    recipe.and_then(|recipe| read_recipe(recipe.text()).ok()).unwrap_or_default()
}

/// Returns the side that the tables of an import were projected to.
fn projection_of(import: &Import) -> Option<Projection> {
    let recipe: serde_json::Value = serde_json::from_str(import.recipe.as_ref()?.text()).ok()?;
    match recipe["project"].as_str()? {
        "first" => Some(Projection::First),
        "second" => Some(Projection::Second),
        _ => None,
    }
}

/// Returns the name of the table of an import.
#[must_use]
pub fn table_of(import: &Import) -> Option<TableName> {
    Some(TableName { file: Arc::from(import.file.as_deref()?), sheet: import.sheet.clone() })
}

/// Makes a map of tables that a map was made of before, by the same recipes. `files`, which may be rows of databases, have
/// the names that the map knows; tables that it doesn't know are left out.
///
/// # Errors
///
/// If a file has no tables, a table or column that was used is gone, the tables were projected, or it is canceled.
pub fn import_again(
    map: &Map,
    files: &[ImportFile],
    on_progress: ProgressFn,
) -> Result<(Map, ImportReport), LoadError> {
    let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
    let read_again = imports_read_again(map);
    // The latest import of a table says how it is read.
    let mut latest: BTreeMap<TableName, ImportId> = BTreeMap::new();
    for (id, import) in map.imports().iter() {
        if let (Some(file), Some(table)) = (rows_from(import).name(), table_of(import))
            && names.contains(&file)
            && read_again.contains(&id)
        {
            if projection_of(import).is_some() {
                return Err(LoadError::Projected { file: Arc::clone(&table.file) });
            }
            latest.insert(table, id);
        }
    }
    let mut options = ImportOptions::default();
    for (table, id) in latest {
        let import = &map.imports()[id];
        let columns = recipe_columns(import.recipe.as_ref());
        let has_kinds = columns.iter().any(|choice| choice.role == Role::Kind);
        let source = import.source.and_then(|source| table_source(map.source(source)));
        let tie_kind = if has_kinds { None } else { usual_kind(map, &table) };
        options.columns.extend(columns.into_iter().map(|choice| ColumnChoice { table: Some(table.clone()), ..choice }));
        options.again.push(KnownTable { key: import.columns.clone(), table, tie_kind, source });
    }
    import_tables(files, &options, on_progress)
}

fn table_source(source: &Source) -> Option<TableSource> {
    Some(TableSource {
        title: source.title.clone()?,
        publisher: source.publisher.clone(),
        url: source.url.clone(),
        published: source.published.clone(),
    })
}

/// Returns the label of the kind that most ties of a table had when they were imported.
fn usual_kind(map: &Map, table: &TableName) -> Option<String> {
    let imports: Vec<ImportId> =
        map.imports().iter().filter(|(_, import)| table_of(import).as_ref() == Some(table)).map(|(id, _)| id).collect();
    let mut counts: HashMap<TieKindId, usize> = HashMap::new();
    for tie in map.ties().values() {
        let Some(row) = tie.claim.metadata.row.as_ref().filter(|row| imports.contains(&row.import)) else { continue };
        let was = row.was.iter().find(|(field, _)| field == "kind");
        let kind = was.and_then(|(_, kind)| map.find_tie_kind(kind)).unwrap_or(tie.kind);
        *counts.entry(kind).or_default() += 1;
    }
    let usual = counts.into_iter().max_by_key(|(kind, count)| (*count, std::cmp::Reverse(kind.index())))?;
    map.tie_kinds().get(usual.0).map(|kind| kind.label.clone())
}

/// Checks that the tables have all columns that were used before.
pub(in crate::load::import) fn check_columns(
    plans: &[(&Table<'_>, TableColumns)],
    tables: &[Table<'_>],
    options: &ImportOptions,
) -> Result<(), LoadError> {
    for known in &options.again {
        let plan = plans.iter().find(|(table, _)| table_name(table) == known.table);
        let Some((table, columns)) = plan else {
            // A graph without ties, or without actors, has no table of them.
            let is_graph = tables.iter().any(|table| table.file == known.table.file && table.is_of_graph());
            if is_graph {
                continue;
            }
            return Err(LoadError::TableGone { table: known.table.to_string() });
        };
        // A graph has a column only where an element has the attribute; a matrix has names for headings.
        if table.is_of_graph() || columns.list.is_empty() {
            continue;
        }
        for choice in options.columns.iter().filter(|choice| choice.table.as_ref() == Some(&known.table)) {
            let has =
                |heading: &str| choice.is_for(&known.table, heading, &crate::wording::read::fold_heading(heading));
            if choice.role != Role::Ignore && !columns.list.iter().any(|column| has(&column.heading)) {
                return Err(LoadError::ColumnGone { table: known.table.to_string(), column: choice.heading.clone() });
            }
        }
    }
    Ok(())
}
