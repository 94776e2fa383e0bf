//! File bytes to a map: never stops at the first fault, and says where each one is.
//!
//! `decode` makes text of bytes, `jsonc` plain JSON of text, `records` reads it in one pass. If that fails, `jsonc`
//! mends the JSON and the same records are read from what is left. `build` turns records into a map, and `places`
//! finds the lines of what went wrong.

mod build;
mod bundled;
pub(crate) mod decode;
mod error;
mod faults;
mod file;
mod guess;
pub(crate) mod json;
mod loose;
pub(crate) mod places;
mod records;
mod schema;
mod suggest;

pub use bundled::{BUNDLED, load_bundled};
pub use error::LoadError;
pub use file::{Origin, load_file, load_file_while};
pub use schema::json_schema;

use std::sync::Arc;

use crate::jsonc::{self, Tape, blank, scan, scan_sound};
use crate::model::{Map, Place, Problem, Severity};
use crate::visible::visible;

use build::{Built, build};
use decode::{Decoded, Encoding, decode};
use faults::{Faults, Spot};
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
    load_map_while(bytes, name, &|_| true)
}

/// Reads a map from the bytes of a file as long as someone waits for it.
fn load_map_while(bytes: &[u8], name: &str, goes_on: GoesOn) -> Result<Loaded, LoadError> {
    go_on(goes_on, share::READ)?;
    let file: Arc<str> = Arc::from(&*visible(name));
    if bytes.len() > jsonc::MOST_BYTES {
        return Err(LoadError::TooLarge { file });
    }
    if let Some(seems) = guess::of_bytes(bytes) {
        return Err(LoadError::not_a_map(&file, seems));
    }
    let decoded = decode(bytes);
    if decoded.text.len() > jsonc::MOST_BYTES {
        return Err(LoadError::TooLarge { file });
    }
    let mut faults = Faults::default();
    let is_text_sound = list_encoding(&decoded, &mut faults);
    load_text(&decoded.text, &file, faults, is_text_sound, goes_on)
}

fn load_text(
    text: &str,
    file: &Arc<str>,
    mut faults: Faults,
    is_text_sound: bool,
    goes_on: GoesOn,
) -> Result<Loaded, LoadError> {
    let blanked = blank(text);
    go_on(goes_on, share::DECODED)?;
    let json = &*blanked.text;
    if json.trim().is_empty() {
        return Err(LoadError::Empty { file: Arc::clone(file) });
    }
    let (built, is_mended) = match serde_json::from_str::<Loose<FileRecord>>(json) {
        Ok(Loose::Good(record)) if is_map(&record) => {
            go_on(goes_on, share::PARSED)?;
            (build(record, faults, goes_on)?, false)
        }
        Ok(_) => return Err(LoadError::not_a_map(file, guess::of_json(&scan_sound(json), json))),
        Err(_) => {
            if let Some(offset) = blanked.open_comment {
                faults.syntax(
                    offset,
                    Vec::new(),
                    format_args!("this comment never ends; all after it is ignored"),
                    "close it with */",
                );
            }
            (build_mended(json, file, faults, goes_on)?, true)
        }
    };
    finish(built, &Source { json, is_mended, file, is_sound: is_text_sound && !is_mended })
}

/// Builds a map from what can be read in a text that is not JSON.
fn build_mended(json: &str, file: &Arc<str>, mut faults: Faults, goes_on: GoesOn) -> Result<Built, LoadError> {
    // The tape of a large text is large itself: it goes before the records come, and is made again for problems.
    let mended = jsonc::strict_json(&scan(json, &LISTS, &mut faults), json);
    go_on(goes_on, share::DECODED)?;
    match serde_json::from_str::<Loose<FileRecord>>(&mended) {
        Ok(Loose::Good(record)) if is_map(&record) => {
            go_on(goes_on, share::PARSED)?;
            build(record, faults, goes_on)
        }
        _ => Err(LoadError::broken(file, json, &scan_again(json), faults)),
    }
}

/// What is needed to tell where things are.
struct Source<'a> {
    json: &'a str,
    /// Whether the text is not JSON and was mended.
    is_mended: bool,
    file: &'a Arc<str>,
    /// Whether all of the text could be read.
    is_sound: bool,
}

fn finish(built: Built, source: &Source) -> Result<Loaded, LoadError> {
    let counts =
        ProblemCounts { errors: built.faults.errors, warnings: built.faults.warnings, remarks: built.faults.remarks };
    let problems = if built.faults.listed.is_empty() {
        Vec::new()
    } else {
        let tape = if source.is_mended { scan_again(source.json) } else { scan_sound(source.json) };
        places::problems(built.faults, source.json, &tape, source.file)
    };
    let mut reasons = built.read_only;
    if !source.is_sound {
        reasons.push("parts of its text could not be read, and saving would lose them".to_owned());
    }
    let read_only = (!reasons.is_empty()).then(|| reasons.join("; "));
    let map = Map::with_items(built.parts.into(), built.items)
        .map_err(|fault| LoadError::Unsound { file: Arc::clone(source.file), fault })?;
    Ok(Loaded { map, problems, counts, read_only })
}

/// The tape of a text whose faults are known already.
fn scan_again(json: &str) -> Tape {
    scan(json, &LISTS, &mut ())
}

/// The lists of a map, which stand right under its root and nowhere else.
const LISTS: [&str; 5] = ["actors", "sources", "ties", "facts", "views"];

/// What can be read of a broken map file, as strict JSON spread over lines.
pub(crate) fn mended_json(json: &str) -> String {
    let tape = scan(json, &LISTS, &mut ());
    // Writing strict JSON first makes names and texts whole; the second pass only spreads them over lines.
    pretty_map(&jsonc::strict_json(&tape, json))
}

/// Strict JSON of a map as people write it: one record a line.
pub(crate) fn pretty_map(json: &str) -> String {
    jsonc::pretty_json(&scan_sound(json), json, has_lines)
}

/// Whether what is this deep in a section of a map has a line for each of its entries.
fn has_lines(depth: usize, section: &str, is_object: bool) -> bool {
    match (depth, section) {
        (0, _) | (1, "kinds" | "map" | "views") | (2, "kinds" | "views") => true,
        (1, _) => !is_object,
        (3, "views") => is_object,
        _ => false,
    }
}

/// Whether JSON means to be a map: it says so, or it has the lists of one.
fn is_map(record: &FileRecord) -> bool {
    let has_actors = !record.actors.is_absent() || !record.ties.is_absent();
    match &record.format {
        Loose::Good(format) => {
            format == "tieline" || (strsim::osa_distance(&format.to_lowercase(), "tieline") <= 2 && has_actors)
        }
        Loose::Absent | Loose::Bad(_) => has_actors && (!record.version.is_absent() || !record.views.is_absent()),
    }
}

/// How many bytes that are no text are listed one by one.
const MOST_BAD_BYTES: usize = 10;

/// Lists what is unusual about the encoding; whether every byte is text.
fn list_encoding(decoded: &Decoded, faults: &mut Faults) -> bool {
    if decoded.encoding == Encoding::Utf16 {
        let message = format_args!("the file is in UTF-16; it is read all the same");
        faults.add(Severity::Warning, || Spot::Whole, message, "save it as UTF-8: saving from here does that");
    }
    for &(offset, byte) in decoded.bad.iter().take(MOST_BAD_BYTES) {
        let meant = decode::windows_1252(byte).map_or_else(String::new, |c| format!(" (it is {c} in Windows-1252)"));
        let message = format_args!("the byte 0x{byte:02X} is no UTF-8{meant}; it is read as �");
        faults.syntax(offset, Vec::new(), message, "save the file as UTF-8");
    }
    if let Some((offset, _)) = decoded.bad.get(MOST_BAD_BYTES) {
        let more = decoded.bad.len() - MOST_BAD_BYTES;
        let message = format_args!("{more} more bytes from here on are no UTF-8; they are read as �");
        faults.syntax(*offset, Vec::new(), message, "save the file as UTF-8");
    }
    decoded.bad.is_empty()
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

/// The place of a byte of a text; line and column from 1.
fn place_of(text: &str, offset: usize) -> Place {
    places::place_of(text, offset)
}
