//! Detection of file formats by content. Formats that can't be read are detected too, for a helpful error message.
//!
//! A file is examined in up to three stages of increasing cost: its bytes, the start of its text, and the structure of
//! its JSON. To support another format, give its entry a reader.

mod binary;
mod json;
mod table;
mod text;
mod tieline;

use std::sync::Arc;

use crate::jsonc::{Tape, decode_text};

use super::{LoadError, Loaded, ProgressFn};
pub(crate) use tieline::{pretty_map, repaired_json};

/// A file format.
#[derive(Debug)]
pub(crate) struct FileFormat {
    /// The name of a file of this format, with its article: "a CSV table".
    pub(crate) name: &'static str,
    /// The file extensions, without the dot; the most common first.
    pub(crate) endings: &'static [&'static str],
    /// Estimates whether a sample is from a file of this format.
    pub(crate) sniff: fn(&Sample) -> Confidence,
    pub(crate) reader: FormatReader,
}

impl FileFormat {
    /// Whether files of this format can be read.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.reader, FormatReader::Known(_))
    }
}

/// The confidence that a file has a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidence {
    No,
    /// Used if no other format has a higher confidence.
    Possible,
    Sure,
}

/// How files of a format are read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FormatReader {
    Known(Read),
    Unsupported,
}

/// Reads the bytes of a file as a map.
pub(crate) type Read = fn(&Input) -> Result<Loaded, FormatRefusal>;

/// The input of a reader.
pub(crate) struct Input<'a> {
    pub(crate) bytes: &'a [u8],
    /// The file name for messages.
    pub(crate) file: &'a Arc<str>,
    pub(crate) on_progress: ProgressFn<'a>,
    /// All formats, in case the file has another one.
    pub(crate) formats: &'a [&'static [FileFormat]],
}

/// The reason why a reader rejects a file.
#[derive(Debug)]
pub(crate) enum FormatRefusal {
    Error(LoadError),
    /// It has another format.
    Other(&'static FileFormat),
}

impl From<LoadError> for FormatRefusal {
    fn from(error: LoadError) -> Self {
        Self::Error(error)
    }
}

/// The part of a file that is examined in one of the three stages.
pub(crate) enum Sample<'a> {
    Bytes(&'a [u8]),
    /// Text that is not JSON: its start without leading blanks, and the same in lower case.
    Text {
        start: &'a str,
        lower: &'a str,
    },
    /// JSON that is not a map.
    Json(Json<'a>),
}

/// JSON text with its structure.
#[derive(Clone, Copy)]
pub(crate) struct Json<'a> {
    pub(crate) tape: &'a Tape,
    pub(crate) text: &'a str,
}

impl Json<'_> {
    /// Returns whether the root is an object with this field.
    fn has(self, name: &str) -> bool {
        self.root_field(name).is_some()
    }

    /// Returns whether the root is an object in which this field is a text that contains `wanted`.
    fn says(self, name: &str, wanted: &str) -> bool {
        self.root_field(name).is_some_and(|value| {
            self.tape.byte(self.text, value) == b'"'
                && decode_text(self.text, self.tape.entries[value].start()).contains(wanted)
        })
    }

    /// Returns whether the root is a list whose first element is an object with this field.
    fn lists(self, name: &str) -> bool {
        let root = self.tape.root().filter(|root| self.tape.is_list(self.text, *root));
        let first = root.and_then(|root| self.tape.children(root).next());
        first.is_some_and(|first| self.tape.field(self.text, first, name).is_some())
    }

    fn root_field(self, name: &str) -> Option<usize> {
        let root = self.tape.root()?;
        self.tape.field(self.text, root, name).map(|(_, value)| value)
    }
}

/// All formats, our own first; the first wins if the confidence is equal.
pub(crate) const FORMATS: &[&[FileFormat]] =
    &[tieline::FORMATS, binary::FORMATS, text::FORMATS, table::FORMATS, json::FORMATS];

/// Returns the most likely format of a sample.
pub(crate) fn recognize(formats: &[&'static [FileFormat]], sample: &Sample) -> Option<&'static FileFormat> {
    let mut best: Option<(Confidence, &'static FileFormat)> = None;
    for format in formats.iter().copied().flatten() {
        let confidence = (format.sniff)(sample);
        if confidence > best.map_or(Confidence::No, |(best, _)| best) {
            best = Some((confidence, format));
        }
    }
    best.map(|(_, format)| format)
}

/// The maximum number of characters examined.
const MAX_SNIFFED_CHARS: usize = 2000;

/// Returns the most likely format of a text that is not JSON.
pub(crate) fn recognize_text(formats: &[&'static [FileFormat]], text: &str) -> Option<&'static FileFormat> {
    let start: String = text.trim_start().chars().take(MAX_SNIFFED_CHARS).collect();
    recognize(formats, &Sample::Text { start: &start, lower: &start.to_lowercase() })
}

/// Returns a readable format other than our own whose files end like this one.
fn by_ending(formats: &[&'static [FileFormat]], file: &str) -> Option<&'static FileFormat> {
    let ending = file.rsplit_once('.')?.1.to_ascii_lowercase();
    let fits = |format: &&FileFormat| {
        matches!(format.reader, FormatReader::Known(_)) && format.endings.contains(&ending.as_str())
    };
    formats.iter().copied().flatten().find(fits).filter(|_| !is_json(file))
}

fn is_json(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["json", "jsonc"].iter().any(|json| ending.eq_ignore_ascii_case(json))
}

/// Reads a file in the detected format; as a Tieline map if its bytes don't identify another one.
pub(crate) fn read(input: &Input) -> Result<Loaded, LoadError> {
    match recognize(input.formats, &Sample::Bytes(input.bytes)) {
        Some(format) => read_as(format, input),
        None => match tieline::read(input) {
            // A damaged map with commas is no table.
            Err(FormatRefusal::Other(format)) if is_json(input.file) && !format.endings.contains(&"json") => {
                Err(LoadError::not_a_map(input.file, format.name))
            }
            Err(FormatRefusal::Other(format)) => read_as(format, input),
            // One column of names, or lines of different lengths, look like nothing in particular.
            Err(FormatRefusal::Error(error)) => match by_ending(input.formats, input.file) {
                Some(format) if !matches!(error, LoadError::Canceled) => read_as(format, input),
                _ => Err(error),
            },
            Ok(loaded) => Ok(loaded),
        },
    }
}

fn read_as(format: &'static FileFormat, input: &Input) -> Result<Loaded, LoadError> {
    let FormatReader::Known(read) = format.reader else { return Err(LoadError::not_a_map(input.file, format.name)) };
    let loaded = read(input).map_err(|refusal| match refusal {
        FormatRefusal::Error(error) => error,
        FormatRefusal::Other(other) => LoadError::not_a_map(input.file, other.name),
    })?;
    Ok(Loaded { imported: Some(format.name), ..loaded })
}

/// Returns the file extensions that can be opened, without the dot.
pub(crate) fn readable_endings(formats: &[&'static [FileFormat]]) -> Vec<&'static str> {
    let readable = formats.iter().copied().flatten().filter(|format| matches!(format.reader, FormatReader::Known(_)));
    let mut endings: Vec<&'static str> = Vec::new();
    for ending in readable.flat_map(|format| format.endings) {
        if !endings.contains(ending) {
            endings.push(ending);
        }
    }
    endings
}

/// Returns the endings of the readable files that are tables.
pub(crate) fn table_endings(formats: &[&'static [FileFormat]]) -> Vec<&'static str> {
    readable_endings(formats).into_iter().filter(|ending| !is_json(&format!("map.{ending}"))).collect()
}

#[cfg(test)]
mod tests;
