//! File bytes to a map: never stops at the first fault, and says where each one is.
//!
//! `formats` tells what kind of file it is and reads it into `records`; for our own, `decode` makes text of bytes,
//! `jsonc` plain JSON of text, and if that fails, `jsonc` mends the JSON and the same records are read from what is
//! left. `build` turns records into a map, and `places` finds where the things are that went wrong.

mod build;
mod bundled;
pub(crate) mod decode;
mod error;
mod faults;
mod file;
mod formats;
pub(crate) mod json;
pub(crate) mod locations;
mod loose;
mod records;
mod schema;
mod suggest;

pub use bundled::{BUNDLED, load_bundled};
pub use error::LoadError;
pub use file::{Origin, load_file, load_file_while};
pub use schema::json_schema;

use std::sync::Arc;

use crate::jsonc::{self, blank};
use crate::model::{Map, Problem};
use crate::visible::visible;

use build::Built;
use decode::decode;
use formats::{FORMATS, FileFormat, Input};
pub(crate) use formats::{mended_json, pretty_map};
use locations::Locate;
use loose::Loose;
use records::FileRecord;

/// A map that was read, with everything that is wrong with its file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The map; what could not be used is not in it.
    pub map: Map,
    /// What is wrong, in the order of the file; the first 1,000.
    pub problems: Vec<Problem>,
    /// How many problems there are in all.
    pub counts: ProblemCounts,
    /// Why the file must not be written as it is; none if it may.
    pub read_only: Option<String>,
    /// The name of the other format that it was read from, with its article; `None` for a file in our own.
    pub imported: Option<&'static str>,
}

/// How many problems a file has, listed or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProblemCounts {
    /// What could not be used.
    pub errors: usize,
    /// What is probably a mistake.
    pub warnings: usize,
    /// What is worth knowing.
    pub remarks: usize,
}

impl ProblemCounts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.remarks
    }
}

/// Who waits for a map: is told how much is done, from 0 to 1, and answers whether it still waits.
pub type GoesOn<'a> = &'a dyn Fn(f32) -> bool;

/// How much of the work is done after each step, as measured with a large map.
mod share {
    pub(super) const READ: f32 = 0.05;
    pub(super) const DECODED: f32 = 0.1;
    pub(super) const PARSED: f32 = 0.5;
    pub(super) const KEPT: f32 = 0.65;
    pub(super) const LINKED: f32 = 0.9;
}

/// Tells how much is done; an error when nobody waits any more.
fn go_on(goes_on: GoesOn, done: f32) -> Result<(), LoadError> {
    if goes_on(done) { Ok(()) } else { Err(LoadError::Canceled) }
}

/// Reads a map from the bytes of a file; `name` is the file's name for messages, without its folder.
///
/// # Errors
///
/// When the bytes are no map at all: empty, too large, or another kind of file.
pub fn load_map(bytes: &[u8], name: &str) -> Result<Loaded, LoadError> {
    load_map_as(bytes, name, FORMATS, &|_| true)
}

/// Reads a map from the bytes of a file of one of these formats as long as someone waits for it.
fn load_map_as(
    bytes: &[u8],
    name: &str,
    formats: &[&'static [FileFormat]],
    goes_on: GoesOn,
) -> Result<Loaded, LoadError> {
    go_on(goes_on, share::READ)?;
    let file: Arc<str> = Arc::from(&*visible(name));
    if bytes.len() > jsonc::MOST_BYTES {
        return Err(LoadError::TooLarge { file });
    }
    formats::read(&Input { bytes, file: &file, goes_on, formats })
}

/// Makes a map of what a reader built; `lossy` says why saving would lose something, and `locate` where things are,
/// which is asked only if there are problems.
fn finish<L: Locate>(
    built: Built,
    file: &Arc<str>,
    lossy: Option<&str>,
    locate: impl FnOnce() -> L,
) -> Result<Loaded, LoadError> {
    let counts =
        ProblemCounts { errors: built.faults.errors, warnings: built.faults.warnings, remarks: built.faults.remarks };
    let has_problems = !built.faults.listed.is_empty();
    let problems = if has_problems { locations::problems(built.faults, &locate(), file) } else { Vec::new() };
    let mut reasons = built.read_only;
    reasons.extend(lossy.map(str::to_owned));
    let read_only = (!reasons.is_empty()).then(|| reasons.join("; "));
    let map = Map::with_items(built.parts.into(), built.items)
        .map_err(|fault| LoadError::Unsound { file: Arc::clone(file), fault })?;
    Ok(Loaded { map, problems, counts, read_only, imported: None })
}

/// Endings of the names of files that can be opened, without the dot.
#[must_use]
pub fn readable_endings() -> Vec<&'static str> {
    formats::readable_endings(FORMATS)
}

/// Parses a map file into its records and counts actors and ties: what comes before the map is built.
/// None for a file that has faults in its text.
#[doc(hidden)]
#[must_use]
pub fn count_parsed(bytes: &[u8]) -> Option<usize> {
    let decoded = decode(bytes);
    let blanked = blank(&decoded.text);
    serde_json::from_str(&blanked.text).ok().map(|record| count(&record))
}

/// The same for strict JSON, by serde_json alone: the measure of [`count_parsed`].
///
/// # Errors
///
/// When the text is not strict JSON.
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
