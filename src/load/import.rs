//! Makes a map of tables: finds out what each table and column says, joins actors by id or name, and keeps what it
//! doesn't know. Nothing is dropped in silence: each row is used, or skipped with a reason.
//!
//! `table` reads cells out of files before; `wording` reads the words in them.

mod actors;
mod cells;
mod columns;
mod guess;
mod headings;
mod kinds;
mod matrix;
mod projection;
mod registry;
mod report;
mod roles;
mod sources;
mod ties;
mod values;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::model::{Import, ImportId, ImportRow, Key, Map, MapParts, OwnFields, RawJson, Source, SourceKind, Word};
use crate::wording::read::Role;

use super::table::{Limits, Table, open_tables, trim_table};
use super::{LoadError, ProgressFn};
use columns::TableColumns;
use kinds::KindRegistry;
use projection::ProjectedTables;
pub use projection::Projection;
use registry::ActorRegistry;
pub use report::{ImportReport, RowCounts};
use roles::TableShape;
use sources::SourceRegistry;

/// What the user says about tables to import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Roles of columns by heading, which go before those that are recognized.
    pub roles: Vec<(Role, String)>,
    /// Title of the tables as a source of all their ties, if they are one.
    pub as_source: Option<String>,
    /// The only sheet of workbooks to read.
    pub sheet: Option<String>,
    /// Ties the actors of one side of tables of two sorts of actors by what they share.
    pub projection: Option<Projection>,
}

/// Makes one map of the tables in these files, by name and bytes.
///
/// # Errors
///
/// If a file has no tables, no table has anything that a map shows, or the import is canceled.
pub(super) fn import_tables(
    files: &[(&Arc<str>, &[u8])],
    options: &ImportOptions,
    on_progress: ProgressFn,
) -> Result<(Map, ImportReport), LoadError> {
    let mut opened = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let error = |error| LoadError::of_table(&error);
        opened.push(open_tables(bytes, name, &Limits::default(), on_progress).map_err(error)?);
    }
    let mut report = ImportReport::default();
    let (mut tables, mut hashes) = (Vec::new(), Vec::new());
    for (file, (name, bytes)) in opened.iter().zip(files) {
        let mut read = file.read(on_progress).map_err(|error| LoadError::of_table(&error))?;
        report.take_notes(name, &read.notes);
        report.take_form(read.format, read.encoding);
        for table in &mut read.tables {
            trim_table(table);
            guess::add_missing_headings(table, options, &mut report);
        }
        tables.append(&mut read.tables);
        hashes.push((Arc::clone(name), sha256(bytes)));
    }
    map_of_tables(&tables, &hashes, report, options)
}

fn map_of_tables(
    tables: &[Table<'_>],
    hashes: &[(Arc<str>, String)],
    report: ImportReport,
    options: &ImportOptions,
) -> Result<(Map, ImportReport), LoadError> {
    let mut builder = Builder { report, ..Builder::default() };
    let mut plans: Vec<(&Table<'_>, TableColumns)> = Vec::new();
    for table in tables {
        builder.report.take_notes(&table.file, &table.notes);
        let is_left_out = options.sheet.as_ref().is_some_and(|sheet| table.sheet.as_ref() != Some(sheet));
        if table.is_hidden || (table.row_count() == 0) || is_left_out {
            continue;
        }
        plans.push((table, TableColumns::recognize(table, &options.roles, &[])));
    }
    guess::guess_roles(&mut plans, &options.roles, &mut builder.report);
    for (table, columns) in &plans {
        columns::warn_of_missing_headings(table, columns, &mut builder.report);
        let roles = columns.list.iter().filter_map(|column| Some((column.role?, column.heading.clone())));
        builder.report.roles.extend(roles);
        let guesses = columns.list.iter().filter(|column| column.is_guess);
        builder.report.guesses.extend(guesses.map(|column| column.heading.clone()));
    }
    builder.uses_kinds_as_names = plans.iter().any(|(_, columns)| columns.has(Role::FromKind));
    let imports: Vec<ImportId> =
        plans.iter().map(|(table, columns)| builder.add_import(table, columns, hashes)).collect();
    if let Some(title) = &options.as_source {
        builder.cite_tables(title);
    }
    // Actors first, so that the order of tables doesn't matter.
    for ((table, columns), import) in plans.iter().zip(&imports) {
        if columns.shape == TableShape::Actors {
            builder.actors_of(table, columns, *import);
        }
    }
    for ((table, columns), import) in plans.iter().zip(&imports) {
        match columns.shape {
            TableShape::Actors => {}
            TableShape::Ties => builder.ties_of(table, columns, *import),
            TableShape::Matrix => builder.matrix_of(table, *import),
            TableShape::Chains => builder.chains_of(table, *import),
            TableShape::Unknown => builder.report.skip_table(table),
        }
    }
    let projected = options.projection.map(|side| ProjectedTables::new(side, &plans, &imports));
    builder.finish(tables, projected.as_ref())
}

/// The map in the making.
#[derive(Debug, Default)]
struct Builder {
    parts: MapParts,
    actors: ActorRegistry,
    kinds: KindRegistry,
    sources: SourceRegistry,
    keys: HashSet<Key>,
    /// The last number behind each stem of keys.
    key_counts: HashMap<String, usize>,
    report: ImportReport,
    /// Whether an actor is known by its kind and name together.
    uses_kinds_as_names: bool,
}

impl Builder {
    /// Returns a key that no other record has, as close to `wanted` as possible.
    fn free_key(&mut self, wanted: &str, prefix: &'static str) -> Key {
        let wanted = wanted.trim();
        let is_sound = !wanted.is_empty() && wanted.len() <= MAX_KEY_BYTES && !wanted.chars().any(char::is_control);
        if is_sound && !self.keys.contains(wanted) {
            return self.take_key(wanted);
        }
        let stem = if is_sound { format!("{prefix}-{wanted}") } else { prefix.to_owned() };
        if is_sound && !self.keys.contains(stem.as_str()) {
            return self.take_key(&stem);
        }
        loop {
            let count = self.key_counts.entry(stem.clone()).or_insert(usize::from(is_sound));
            *count += 1;
            let key = format!("{stem}-{count}");
            if !self.keys.contains(key.as_str()) {
                return self.take_key(&key);
            }
        }
    }

    fn take_key(&mut self, key: &str) -> Key {
        let key = Key::from(key);
        self.keys.insert(Key::clone(&key));
        key
    }

    fn add_import(&mut self, table: &Table<'_>, columns: &TableColumns, hashes: &[(Arc<str>, String)]) -> ImportId {
        let id = ImportId::from_index(self.parts.imports.len());
        let key = self.free_key(&format!("import-{}", id.index() + 1), "import");
        let hash = hashes.iter().find(|(file, _)| *file == table.file).map(|(_, hash)| hash.clone());
        self.parts.imports.push(Import {
            key,
            file: Some(table.file.to_string()),
            sheet: table.sheet.clone(),
            sha256: hash,
            recipe: columns.recipe().map(|recipe| RawJson::of_sound(&recipe)),
            ..Import::default()
        });
        id
    }

    /// Cites all tables as one source.
    fn cite_tables(&mut self, title: &str) {
        let key = self.free_key("", "source");
        let id = crate::model::SourceId::from_index(self.parts.sources.len());
        self.parts.sources.push(Source {
            key,
            kind: Some(Word::Known(SourceKind::Dataset)),
            title: Some(title.to_owned()),
            ..sources::empty_source()
        });
        for import in &mut self.parts.imports {
            import.source = Some(id);
        }
    }

    fn finish(
        mut self,
        tables: &[Table<'_>],
        projected: Option<&ProjectedTables<'_>>,
    ) -> Result<(Map, ImportReport), LoadError> {
        let file = tables.first().map_or_else(|| Arc::from("table"), |table| Arc::clone(&table.file));
        if self.parts.actors.is_empty() {
            return Err(LoadError::NothingToImport { file, reason: self.report.first_reason() });
        }
        (self.parts.actor_kinds, self.parts.tie_kinds) = std::mem::take(&mut self.kinds).into_lists();
        if let Some(projected) = projected {
            self.project(projected)?;
        }
        self.report.actors = self.parts.actors.len();
        self.report.ties = self.parts.ties.len();
        self.report.sources = self.parts.sources.len();
        let map = Map::new(self.parts).map_err(|fault| LoadError::Unsound { file, fault })?;
        Ok((map, self.report))
    }
}

/// Returns the SHA-256 hash of some bytes, in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// The longest key of a record, in bytes, less what may be put before it.
const MAX_KEY_BYTES: usize = 230;

/// Returns the row that a record was made from.
fn import_row(import: ImportId, number: u32) -> ImportRow {
    ImportRow { import, keys: vec![number.to_string()], was: Vec::new(), own: OwnFields::NONE }
}
