//! Makes a map of tables: finds out what each table and column says, joins actors by id or name, and keeps what it
//! doesn't know. Nothing is dropped in silence: each row is used, or skipped with a reason.
//!
//! `table` reads cells out of files before; `wording` reads the words in them.

mod actors;
mod cells;
mod columns;
mod drafts;
mod graph;
mod guess;
mod keys;
mod kinds;
mod matrix;
mod options;
mod progress;
mod projection;
mod registry;
mod report;
mod roles;
mod sources;
mod ties;
mod values;
mod whole;

use std::sync::Arc;

use crate::model::{
    Actor, ActorId, Fact, FactId, Import, ImportId, Map, MapMeta, MapParts, RawJson, RecordChange, Records, Source,
    SourceId, Swap, Tie, TieId,
};
use crate::wording::read::Role;

use super::hash::sha256;
use super::table::{Limits, Table, open_tables, trim_table};
use super::workbook::is_map_workbook;
use super::{LoadError, ProgressFn};
use columns::TableColumns;
use drafts::Drafts;
use graph::GraphElements;
use keys::{KeyOwner, KeyRegistry};
use kinds::KindRegistry;
pub use kinds::{declare_kinds, icons_for_word, verb_of};
pub use options::again::{
    PASTED_ROWS, RowsFrom, import_again, imports_read_again, recipe_columns, rows_from, table_of,
};
pub use options::{
    ColumnChoice, ImportFile, ImportOptions, KnownTable, Projection, RecipeBook, TableName, TableSource, read_recipe,
    recipe_json,
};
use progress::RowProgress;
use projection::ProjectedTables;
use registry::ActorRegistry;
pub use report::preview::{PreviewColumn, TablePreview, TableShape};
pub use report::{ImportReport, RowCounts};
use sources::{KnownAddresses, SourceRegistry, title_of};
use ties::KnownTies;

/// Makes one map of the tables in some files. The map is empty if no table has anything that a map shows; the report
/// says why.
///
/// # Errors
///
/// If a file has no tables, or the import is canceled.
pub fn import_tables(
    files: &[ImportFile],
    options: &ImportOptions,
    on_progress: ProgressFn,
) -> Result<(Map, ImportReport), LoadError> {
    if let Some(whole) = whole::read_whole_graph(files, options, on_progress)? {
        return Ok(whole);
    }
    with_tables(files, options, on_progress, |tables, hashes, report| {
        if whole::is_whole_map(tables, options) {
            return whole::read_whole_map(tables, report, on_progress);
        }
        let builder = Builder { report, ..Builder::default() };
        let progress = RowProgress::new(tables, on_progress);
        let (builder, projected) = builder.take(tables, hashes, options, progress)?;
        builder.into_map(tables, projected.as_ref())
    })
}

/// Reads the tables in a file as an import does, and returns the number of their cells that are not empty.
///
/// # Errors
///
/// If the file has no tables.
#[doc(hidden)]
pub fn count_cells(file: &ImportFile) -> Result<usize, LoadError> {
    let opened = open_tables(&file.bytes, &file.name, &Limits::default(), &|_| true);
    let opened = opened.map_err(|error| LoadError::of_table(&error))?;
    let read = opened.read(&|_| true).map_err(|error| LoadError::of_table(&error))?;
    let rows = read.tables.iter().flat_map(Table::rows);
    Ok(rows.map(|row| row.cells.iter().filter(|cell| !cell.is_empty()).count()).sum())
}

/// Returns the changes that add the tables in some files to a map, joined by id, else by a name that one actor has.
///
/// # Errors
///
/// If a file has no tables, or the import is canceled.
pub fn add_tables(
    map: &Map,
    files: &[ImportFile],
    options: &ImportOptions,
    on_progress: ProgressFn,
) -> Result<(Vec<RecordChange>, ImportReport), LoadError> {
    with_tables(files, options, on_progress, |tables, hashes, report| {
        let builder = Builder { report, ..Builder::beside(map) };
        let progress = RowProgress::new(tables, on_progress);
        let (builder, _) = builder.take(tables, hashes, options, progress)?;
        Ok(builder.into_changes())
    })
}

/// The hash of a file with the names of its tables: its own, or those of the members of an archive.
struct FileHash {
    file: Arc<str>,
    tables: Vec<Arc<str>>,
    sha256: String,
}

type Hashes = [FileHash];

/// Reads the tables of files, and what was noticed about them.
fn with_tables<R>(
    files: &[ImportFile],
    options: &ImportOptions,
    on_progress: ProgressFn,
    make: impl FnOnce(&[Table<'_>], &Hashes, ImportReport) -> Result<R, LoadError>,
) -> Result<R, LoadError> {
    let mut opened = Vec::with_capacity(files.len());
    for file in files {
        let tables = open_tables(&file.bytes, &file.name, &Limits::default(), on_progress);
        opened.push(tables.map_err(|error| LoadError::of_table(&error))?);
    }
    let mut report = ImportReport::default();
    let mut tables = Vec::new();
    let mut hashes = Vec::with_capacity(files.len());
    for (opened, file) in opened.iter().zip(files) {
        let mut read = opened.read(on_progress).map_err(|error| LoadError::of_table(&error))?;
        report.take_notes(&file.name, &read.notes);
        report.take_form(read.format, read.encoding);
        report.title = report.title.or_else(|| read.title.take());
        report.description = report.description.or_else(|| read.description.take());
        // What looks like a title or a total there is a record.
        if !is_map_workbook(&read.tables) {
            // A database knows its headings, and its rows are all records.
            for table in read.tables.iter_mut().filter(|table| table.query.is_none()) {
                trim_table(table);
                guess::add_missing_headings(table, options, &mut report);
            }
        }
        hashes.push(FileHash {
            file: Arc::clone(&file.name),
            tables: read.tables.iter().map(|table| Arc::clone(&table.file)).collect(),
            sha256: sha256(&file.bytes),
        });
        tables.append(&mut read.tables);
    }
    make(&tables, &hashes, report)
}

/// What is imported in the making: a map of its own, or what is added to another.
#[derive(Debug, Default)]
struct Builder<'m> {
    actors: Drafts<'m, ActorId, Actor>,
    ties: Drafts<'m, TieId, Tie>,
    facts: Drafts<'m, FactId, Fact>,
    sources: Drafts<'m, SourceId, Source>,
    imports: Drafts<'m, ImportId, Import>,
    names: ActorRegistry,
    kinds: KindRegistry,
    known_sources: SourceRegistry,
    addresses: KnownAddresses,
    known_ties: KnownTies,
    graph: GraphElements,
    keys: KeyRegistry<'m>,
    report: ImportReport,
    /// Whether an actor is known by its kind and name together.
    uses_kinds_as_names: bool,
    /// The kind of ties of tables without a column for it.
    tie_kind: Option<String>,
    adds_known: bool,
}

impl<'m> Builder<'m> {
    /// Starts with the records of a map, which new rows are joined with.
    fn beside(map: &'m Map) -> Self {
        let mut builder = Self {
            actors: Drafts::beside(map.actors()),
            ties: Drafts::beside(map.ties()),
            facts: Drafts::beside(map.facts()),
            sources: Drafts::beside(map.sources()),
            imports: Drafts::beside(map.imports()),
            kinds: KindRegistry::of_map(map),
            known_sources: SourceRegistry::of_map(map),
            known_ties: KnownTies::of_map(map),
            keys: KeyRegistry::beside(map),
            ..Self::default()
        };
        for (id, actor) in map.actors().iter() {
            let kind = actor.kind.and_then(|kind| map.actor_kinds().get(kind)).map(|kind| kind.label.as_str());
            builder.names.add(id, Some(&actor.key), kind, &actor.name);
        }
        builder
    }

    /// Takes in all rows of the tables that are used.
    fn take<'t>(
        mut self,
        tables: &'t [Table<'_>],
        hashes: &Hashes,
        options: &ImportOptions,
        mut progress: RowProgress<'_>,
    ) -> Result<(Self, Option<ProjectedTables<'t>>), LoadError> {
        (self.tie_kind, self.adds_known) = (options.tie_kind.clone(), options.adds_known);
        let mut plans: Vec<(&'t Table<'_>, TableColumns)> = Vec::new();
        for table in tables {
            self.report.take_table_notes(table);
            let is_used = table.row_count() > 0 && options.uses(&report::preview::table_name(table), table.is_hidden);
            if is_used && !whole::is_left_out(table, tables, &mut self.report) {
                let mut columns = TableColumns::recognize(table, &options.columns, &[]);
                whole::ignore_technical(table, tables, &mut columns);
                plans.push((table, columns));
            }
        }
        guess::guess_roles(&mut plans, &options.columns, &mut self.report);
        options::again::check_columns(&plans, tables, options)?;
        for (table, columns) in &mut plans {
            columns.key = match options.known(&report::preview::table_name(table)) {
                Some(known) => columns::key::known_key_columns(table, columns, known)?,
                None => columns::key::key_columns(table, columns),
            };
            columns::report_columns(table, columns, &mut self.report);
            let guesses = columns.list.iter().filter(|column| column.is_guess);
            self.report.guesses.extend(guesses.map(|column| column.heading.clone()));
        }
        let plan_of = |table: &Table<'_>| plans.iter().find(|(planned, _)| std::ptr::eq(*planned, table));
        let previews =
            tables.iter().map(|table| TableColumns::preview(table, plan_of(table).map(|(_, columns)| columns)));
        self.report.tables = previews.collect();
        self.uses_kinds_as_names = plans.iter().any(|(_, columns)| columns.has(Role::FromKind));
        let mut cited: Vec<(&TableSource, SourceId)> = Vec::new();
        let imports = plans.iter().map(|(table, columns)| {
            let known = options.known(&report::preview::table_name(table));
            let source = known.map_or(options.source.as_ref(), |known| known.source.as_ref()).map(|wanted| {
                let same = cited.iter().find(|(source, _)| *source == wanted).map(|(_, id)| *id);
                same.unwrap_or_else(|| {
                    let id = self.cite_tables(wanted);
                    cited.push((wanted, id));
                    id
                })
            });
            self.add_import((table, columns), hashes, source, options.projection)
        });
        let imports: Vec<ImportId> = imports.collect();
        // Actors first, so that the order of tables doesn't matter.
        for ((table, columns), import) in plans.iter().zip(&imports) {
            if columns.shape == TableShape::Actors {
                self.actors_of(table, columns, *import, &mut progress)?;
            }
        }
        for ((table, columns), import) in plans.iter().zip(&imports) {
            if let Some(known) = options.known(&report::preview::table_name(table)) {
                self.tie_kind.clone_from(&known.tie_kind);
            }
            match columns.shape {
                TableShape::Actors => {}
                TableShape::Ties | TableShape::Facts if table.is_of_graph() => {
                    self.graph_rows_of(table, columns, *import, &mut progress)?;
                }
                TableShape::Ties => self.ties_of(table, columns, *import, &mut progress)?,
                TableShape::Matrix => self.matrix_of(table, *import),
                TableShape::Chains => self.chains_of(table, *import),
                TableShape::Facts | TableShape::Unknown => self.report.skip_table(table),
            }
        }
        self.settle_parents();
        self.report.actors = self.actors.new_count();
        self.report.ties = self.ties.new_count();
        self.report.facts = self.facts.new_count();
        self.report.sources = self.sources.new_count();
        let projected = options.projection.map(|side| ProjectedTables::new(side, &plans, &imports));
        Ok((self, projected))
    }

    fn add_import(
        &mut self,
        (table, columns): (&Table<'_>, &TableColumns),
        hashes: &Hashes,
        source: Option<SourceId>,
        projection: Option<Projection>,
    ) -> ImportId {
        if let Some(known) = self.known_question(table) {
            return known;
        }
        let number = self.imports.next_id().index() + 1;
        let key = self.keys.take(&format!("import-{number}"), KeyOwner::Import);
        let of_table = |hash: &&FileHash| hash.tables.contains(&table.file);
        let hash = hashes.iter().find(of_table);
        let mut recipe = columns.recipe();
        let heading = |&column: &usize| columns.list[column].heading.clone();
        let columns = columns.key.iter().map(heading).collect();
        if let Some(hash) = hash.filter(|hash| hash.file != table.file) {
            recipe.get_or_insert_with(|| recipe_json([]))["archive"] = (&*hash.file).into();
        }
        if let Some(side) = projection {
            recipe.get_or_insert_with(|| recipe_json([]))["project"] = side.word().into();
        }
        self.imports.push(Import {
            key,
            file: Some(table.file.to_string()),
            sheet: table.sheet.clone(),
            sha256: hash.filter(|_| !table.is_of_values).map(|hash| hash.sha256.clone()),
            query: table.query.clone(),
            source,
            columns,
            recipe: recipe.map(|recipe| RawJson::of_sound(&recipe.to_string())),
            ..Import::default()
        })
    }

    /// Returns the import of the same statement with another value, so that exploring step by step leaves one import.
    fn known_question(&self, table: &Table<'_>) -> Option<ImportId> {
        let is_same = |import: &Import| {
            import.query == table.query
                && import.file.as_deref() == Some(&*table.file)
                && import.sheet == table.sheet
                && import.source.is_none()
        };
        self.imports.old().find(|(_, import)| table.is_of_values && is_same(import)).map(|(id, _)| id)
    }

    /// Returns the map of what was imported, which may have no actors.
    fn into_map(
        mut self,
        tables: &[Table<'_>],
        projected: Option<&ProjectedTables<'_>>,
    ) -> Result<(Map, ImportReport), LoadError> {
        let kinds = std::mem::take(&mut self.kinds).into_new();
        let title = self.report.title.take().or_else(|| tables.first().and_then(|table| title_of(&table.file)));
        let mut parts = MapParts {
            meta: MapMeta { title, note: self.report.description.take(), ..MapMeta::default() },
            // A projection numbers the actors anew, and places them by what they share.
            views: self.graph.view().filter(|_| projected.is_none()).into_iter().collect(),
            actor_kinds: kinds.actors.into_iter().map(|(_, kind)| kind).collect(),
            tie_kinds: kinds.ties.into_iter().map(|(_, kind)| kind).collect(),
            actors: std::mem::take(&mut self.actors).into_new(),
            ties: std::mem::take(&mut self.ties).into_new(),
            facts: std::mem::take(&mut self.facts).into_new(),
            sources: std::mem::take(&mut self.sources).into_new(),
            imports: std::mem::take(&mut self.imports).into_new(),
            ..MapParts::default()
        };
        let projected = projected.filter(|_| !parts.actors.is_empty());
        if let Some(projected) = projected {
            self.project(&mut parts, projected)?;
            (self.report.actors, self.report.ties) = (parts.actors.len(), parts.ties.len());
        }
        let records = Records::from(parts);
        let map = match projected {
            None => Map::with_items(records, self.keys.into_records()),
            // A projection numbers the records anew.
            Some(_) => Map::of_records(records),
        };
        let map = map.map_err(|fault| {
            let file = tables.first().map_or_else(|| Arc::from("table"), |table| Arc::clone(&table.file));
            LoadError::Unsound { file, fault }
        })?;
        Ok((map, self.report))
    }

    /// Returns the changes that add what was imported to the map.
    fn into_changes(mut self) -> (Vec<RecordChange>, ImportReport) {
        self.leave_out_look();
        let mut changes = Vec::new();
        let kinds = self.kinds.into_new();
        changes.extend(kinds.actors.into_iter().map(|(id, kind)| RecordChange::ActorKind(id, Swap::add(kind))));
        changes.extend(kinds.ties.into_iter().map(|(id, kind)| RecordChange::TieKind(id, Swap::add(kind))));
        changes.extend(self.sources.into_swaps().into_iter().map(|(id, swap)| RecordChange::Source(id, swap)));
        changes.extend(self.actors.into_swaps().into_iter().map(|(id, swap)| RecordChange::Actor(id, swap)));
        let ties = self.ties.into_swaps();
        let facts = self.facts.into_swaps();
        // A table of which nothing is new leaves no trace.
        if !changes.is_empty() || !ties.is_empty() || !facts.is_empty() {
            changes.extend(self.imports.into_swaps().into_iter().map(|(id, swap)| RecordChange::Import(id, swap)));
        }
        changes.extend(ties.into_iter().map(|(id, swap)| RecordChange::Tie(id, swap)));
        changes.extend(facts.into_iter().map(|(id, swap)| RecordChange::Fact(id, swap)));
        (changes, self.report)
    }
}

#[cfg(test)]
mod tests;
