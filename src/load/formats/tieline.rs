//! Reads our own format, JSON with comments, tolerating faults.

use crate::jsonc::{self, Tape, blank, scan, scan_sound};
use crate::load::build::{Built, build};
use crate::load::decode::{self, Decoded, Encoding, decode};
use crate::load::faults::{FaultLocation, Faults};
use crate::load::locations::{TextLocator, line_and_column};
use crate::load::loose::Loose;
use crate::load::records::FileRecord;
use crate::load::{LoadError, Loaded, finish, report_progress, share};
use crate::model::Severity;
use crate::wording::counted;

use super::{Confidence, FileFormat, FormatReader, FormatRefusal, Input, Json, Sample, recognize, recognize_text};

/// The default format if the bytes don't identify another one, so it needs no sniffing.
pub(super) const FORMATS: &[FileFormat] = &[FileFormat {
    name: "a Tieline map",
    endings: &["jsonc", "json"],
    sniff: |_| Confidence::No,
    reader: FormatReader::Known(read),
}];

/// Reads a map, or detects another format.
pub(super) fn read(input: &Input) -> Result<Loaded, FormatRefusal> {
    let decoded = decode(input.bytes);
    if decoded.text.len() > jsonc::MAX_BYTES {
        return Err(LoadError::TooLarge { file: input.file.clone() }.into());
    }
    let mut faults = Faults::default();
    let is_text_sound = list_encoding(&decoded, &mut faults);
    let blanked = blank(&decoded.text);
    report_progress(input.on_progress, share::DECODED)?;
    let json = &*blanked.text;
    if json.trim().is_empty() {
        return Err(LoadError::Empty { file: input.file.clone() }.into());
    }
    let (built, is_repaired) = match serde_json::from_str::<Loose<FileRecord>>(json) {
        Ok(Loose::Good(record)) if is_map(&record) => {
            report_progress(input.on_progress, share::PARSED)?;
            (build(record, faults, input.on_progress)?, false)
        }
        Ok(_) => return Err(other_json(input, &scan_sound(json), json)),
        Err(_) => {
            if let Some(offset) = blanked.open_comment {
                faults.syntax(
                    offset,
                    Vec::new(),
                    format_args!("this comment is not closed; everything after it is ignored"),
                    "close it with */",
                );
            }
            (build_repaired(input, json, faults)?, true)
        }
    };
    let is_whole = is_text_sound && !is_repaired;
    let lossy = (!is_whole).then_some("parts of its text could not be read and would be lost by saving");
    let tape = || if is_repaired { scan_again(json) } else { scan_sound(json) };
    Ok(finish(built, input.file, lossy, || TextLocator { text: json, tape: tape() })?)
}

/// Builds a map from the readable parts of text that is not valid JSON.
fn build_repaired(input: &Input, json: &str, mut faults: Faults) -> Result<Built, FormatRefusal> {
    // The tape of a large text is large, so it is dropped before the records are read, and rebuilt if there are
    // problems.
    let repaired = jsonc::strict_json(&scan(json, &LISTS, &mut faults), json);
    report_progress(input.on_progress, share::DECODED)?;
    match serde_json::from_str::<Loose<FileRecord>>(&repaired) {
        Ok(Loose::Good(record)) if is_map(&record) => {
            report_progress(input.on_progress, share::PARSED)?;
            Ok(build(record, faults, input.on_progress)?)
        }
        _ => Err(broken(input, json, &scan_again(json), faults)),
    }
}

/// Rebuilds the tape of a text whose faults are already known.
fn scan_again(json: &str) -> Tape {
    scan(json, &LISTS, &mut ())
}

/// Returns the error for JSON that is not a map.
fn other_json(input: &Input, tape: &Tape, json: &str) -> FormatRefusal {
    match recognize(input.formats, &Sample::Json(Json { tape, text: json })) {
        Some(format) => FormatRefusal::Other(format),
        None => LoadError::not_a_map(input.file, "a JSON file from another program").into(),
    }
}

/// Returns the error for a text in which no map was found.
fn broken(input: &Input, json: &str, tape: &Tape, faults: Faults) -> FormatRefusal {
    // A graph with damaged places is read as far as possible, as a map is. JSON lines are not a single value.
    if let Some(format) =
        recognize(input.formats, &Sample::Json(Json { tape, text: json })).filter(|format| format.is_read())
    {
        return FormatRefusal::Other(format);
    }
    let is_object = tape.root().is_some_and(|root| tape.is_object(json, root));
    if let Some(format) = recognize_text(input.formats, json).filter(|_| !is_object) {
        return FormatRefusal::Other(format);
    }
    let is_list = tape.root().is_some_and(|root| tape.is_list(json, root));
    if !is_object && !is_list {
        return LoadError::not_a_map(input.file, "a text file of another kind").into();
    }
    let first = faults.listed.into_iter().filter_map(|fault| match fault.location {
        FaultLocation::Offset(offset, _) => Some((offset, fault)),
        FaultLocation::Whole | FaultLocation::Path(_) => None,
    });
    let Some((offset, fault)) = first.min_by_key(|(offset, _)| *offset) else {
        return other_json(input, tape, json);
    };
    let (line, column) = line_and_column(json, offset);
    let (file, message, remedy) = (input.file.clone(), fault.message, fault.remedy.into_text());
    LoadError::Broken { file, line, column, message, remedy }.into()
}

/// The lists of a map, which occur only directly below its root.
const LISTS: [&str; 5] = ["actors", "sources", "ties", "facts", "views"];

/// Repairs a broken map file: returns its readable parts as strict JSON with line breaks.
pub(crate) fn repaired_json(json: &str) -> String {
    let tape = scan(json, &LISTS, &mut ());
    // Writing strict JSON first repairs names and texts; the second pass only adds line breaks.
    pretty_map(&jsonc::strict_json(&tape, json))
}

/// Formats the strict JSON of a map with one record per line.
pub(crate) fn pretty_map(json: &str) -> String {
    jsonc::pretty_json(&scan_sound(json), json, has_lines)
}

/// Returns whether a value at this depth of a section has one line per entry.
fn has_lines(depth: usize, section: &str, is_object: bool) -> bool {
    match (depth, section) {
        (0, _) | (1, "kinds" | "map" | "views") | (2, "kinds" | "views") => true,
        (1, _) => !is_object,
        (3, "views") => is_object,
        _ => false,
    }
}

/// Returns whether JSON is intended as a map: by its format field, or because it has the lists of one.
fn is_map(record: &FileRecord) -> bool {
    let has_actors = !record.actors.is_absent() || !record.ties.is_absent();
    match &record.format {
        Loose::Good(format) => {
            format == "tieline" || (strsim::osa_distance(&format.to_lowercase(), "tieline") <= 2 && has_actors)
        }
        Loose::Absent | Loose::Bad(_) => has_actors && (!record.version.is_absent() || !record.views.is_absent()),
    }
}

/// The maximum number of invalid bytes reported individually.
const MAX_BAD_BYTES: usize = 10;

/// Reports encoding problems; returns whether all bytes are valid text.
fn list_encoding(decoded: &Decoded, faults: &mut Faults) -> bool {
    if decoded.encoding == Encoding::Utf16 {
        let message = format_args!("the file is encoded in UTF-16; it is read anyway");
        faults.add(Severity::Warning, || FaultLocation::Whole, message, "save it as UTF-8, as Tieline does");
    }
    for &(offset, byte) in decoded.bad.iter().take(MAX_BAD_BYTES) {
        let meant = decode::windows_1252(byte).map_or_else(String::new, |c| format!(" (it is {c} in Windows-1252)"));
        let message = format_args!("the byte 0x{byte:02X} is not valid UTF-8{meant}; it is read as �");
        faults.syntax(offset, Vec::new(), message, "save the file as UTF-8");
    }
    if let Some((offset, _)) = decoded.bad.get(MAX_BAD_BYTES) {
        let more = decoded.bad.len() - MAX_BAD_BYTES;
        let more = counted(more, "more byte is not valid UTF-8; it is", "more bytes are not valid UTF-8; they are");
        faults.syntax(*offset, Vec::new(), format_args!("{more} read as �"), "save the file as UTF-8");
    }
    decoded.bad.is_empty()
}
