//! Parses the bytes of a file into a map. Doesn't stop at the first fault, and reports the location of each.
//!
//! `formats` detects the file format and reads it into `records`. For our own format, `decode` converts bytes to text
//! and `jsonc` text to plain JSON; if that fails, `jsonc` repairs the JSON and the records are read from the result.
//! `build` turns records into a map, and `locations` finds the positions of faults.

mod build;
mod bundled;
mod citation;
pub(crate) mod decode;
mod error;
mod faults;
mod file;
mod formats;
pub(crate) mod graph_map;
mod hash;
mod import;
pub(crate) mod json;
pub(crate) mod locations;
mod loose;
mod presentation;
mod records;
mod schema;
mod suggest;
mod table;
pub(crate) mod workbook;

pub use bundled::{BUNDLED, load_bundled};
pub use citation::{
    CitationFormat, NewSource, Pasted, PastedQuote, PastedSources, guess_publisher, read_pasted, same_source,
    tidy_quotation,
};
pub use error::LoadError;
pub use file::{Origin, import_files, import_read_files, load_file, load_file_while, read_import_file};
pub use hash::sha256;
pub use import::{
    ColumnChoice, ImportFile, ImportOptions, ImportReport, KnownTable, PASTED_ROWS, PreviewColumn, Projection,
    RecipeBook, RowCounts, RowsFrom, TableName, TablePreview, TableShape, TableSource, add_tables, count_cells,
    declare_kinds, icons_for_word, import_again, import_tables, imports_read_again, read_recipe, recipe_columns,
    recipe_json, rows_from, table_of, verb_of,
};
pub use presentation::{PresentationError, SlideOutline, ThemeStyle, read_slides, read_theme};
pub use schema::json_schema;
pub(crate) use suggest::Suggester;
pub use table::{RowsError, RowsHead, RowsOrigin, RowsWriter, ValueKind};

use std::sync::Arc;

use crate::hidden_characters::visible;
use crate::jsonc::{self, blank};
use crate::model::{Map, Problem};

use build::Built;
use decode::decode;
use formats::{FORMATS, FileFormat, Input};
pub(crate) use formats::{pretty_map, repaired_json};
use locations::Locate;
use loose::Loose;
use records::FileRecord;

/// A loaded map with the problems of its file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The map, without the parts that couldn't be used.
    pub map: Map,
    /// The first 1,000 problems, in file order.
    pub problems: Vec<Problem>,
    /// The number of all problems.
    pub counts: ProblemCounts,
    /// The reason why the file must not be overwritten; `None` if it may.
    pub read_only: Option<String>,
    /// The name of the foreign format with its article; `None` for our own format.
    pub imported: Option<&'static str>,
    /// What the import of tables found; `None` for other formats.
    pub report: Option<Box<ImportReport>>,
}

/// The number of problems of a file, listed or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProblemCounts {
    /// Parts that couldn't be used.
    pub errors: usize,
    /// Probable mistakes.
    pub warnings: usize,
    /// Minor remarks.
    pub remarks: usize,
}

impl ProblemCounts {
    /// Returns the number of all problems.
    #[must_use]
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.remarks
    }
}

/// A callback with the progress from 0 to 1; returns `false` to cancel.
pub type ProgressFn<'a> = &'a dyn Fn(f32) -> bool;

/// The progress after each step, as measured with a large map.
mod share {
    pub(super) const READ: f32 = 0.05;
    pub(super) const DECODED: f32 = 0.1;
    pub(super) const PARSED: f32 = 0.5;
    pub(super) const KEPT: f32 = 0.65;
    pub(super) const LINKED: f32 = 0.9;
}

/// Reports progress; an error if canceled.
fn report_progress(on_progress: ProgressFn, done: f32) -> Result<(), LoadError> {
    if on_progress(done) { Ok(()) } else { Err(LoadError::Canceled) }
}

/// Loads a map from the bytes of a file; `name` is the file name without its folder, for messages.
///
/// # Errors
///
/// If the bytes are not a map at all: empty, too large, or another kind of file.
pub fn load_map(bytes: &[u8], name: &str) -> Result<Loaded, LoadError> {
    load_map_as(bytes, name, FORMATS, &|_| true)
}

/// Loads a map from the bytes of a file in one of these formats; `on_progress` can cancel it.
fn load_map_as(
    bytes: &[u8],
    name: &str,
    formats: &[&'static [FileFormat]],
    on_progress: ProgressFn,
) -> Result<Loaded, LoadError> {
    report_progress(on_progress, share::READ)?;
    let file: Arc<str> = Arc::from(&*visible(name));
    if bytes.len() > jsonc::MAX_BYTES {
        return Err(LoadError::TooLarge { file });
    }
    formats::read(&Input { bytes, file: &file, on_progress, formats })
}

/// Finishes a map; `lossy` is the reason why saving would lose something, and `locate` is called only if there are
/// problems.
fn finish<L: Locate>(
    mut built: Built,
    file: &Arc<str>,
    lossy: Option<&str>,
    locate: impl FnOnce() -> L,
) -> Result<Loaded, LoadError> {
    let map = Map::with_items(built.parts.into(), built.items)
        .map_err(|fault| LoadError::Unsound { file: Arc::clone(file), fault })?;
    build::check_stories(&map, &built.stories, &mut built.faults);
    let counts =
        ProblemCounts { errors: built.faults.errors, warnings: built.faults.warnings, remarks: built.faults.remarks };
    let has_problems = !built.faults.listed.is_empty();
    let problems = if has_problems { locations::problems(built.faults, &locate(), file) } else { Vec::new() };
    let mut reasons = built.read_only;
    reasons.extend(lossy.map(str::to_owned));
    let read_only = (!reasons.is_empty()).then(|| reasons.join("; "));
    Ok(Loaded { map, problems, counts, read_only, imported: None, report: None })
}

/// Returns the file extensions that can be opened, without the dot.
#[must_use]
pub fn readable_endings() -> Vec<&'static str> {
    formats::readable_endings(FORMATS)
}

/// Returns the file extensions of tables, without the dot.
#[must_use]
pub fn table_endings() -> Vec<&'static str> {
    formats::table_endings(FORMATS)
}

/// Returns whether a file is a table by its ending.
#[must_use]
pub fn is_table_name(path: &std::path::Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| table_endings().contains(&ending.as_str()))
}

/// Parses a map file into its records and counts actors and ties, for benchmarks of the steps before `build`. `None` if
/// the text has syntax errors.
#[doc(hidden)]
#[must_use]
pub fn count_parsed(bytes: &[u8]) -> Option<usize> {
    let decoded = decode(bytes);
    let blanked = blank(&decoded.text);
    serde_json::from_str(&blanked.text).ok().map(|record| count(&record))
}

/// Like [`count_parsed`] for strict JSON, by serde_json alone, as a baseline.
///
/// # Errors
///
/// If the text is not strict JSON.
#[doc(hidden)]
pub fn count_records(json: &[u8]) -> Result<usize, serde_json::Error> {
    serde_json::from_slice(json).map(|record| count(&record))
}

fn count(record: &Loose<FileRecord>) -> usize {
    let Loose::Good(record) = record else { return 0 };
    let actors = if let Loose::Good(actors) = &record.actors { actors.len() } else { 0 };
    let ties = if let Loose::Good(ties) = &record.ties { ties.len() } else { 0 };
    actors + ties
}
