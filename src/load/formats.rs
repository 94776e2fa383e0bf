//! The kinds of file that the program knows by what is in them: those that it can read as a map, and what to call all
//! others, so that a person knows at once why one does not open.
//!
//! A file goes through three looks, each of which costs more than the one before: at its bytes, at the start of its
//! text, and at the shape of its JSON. To read another kind, its entry gets a reader.

mod binary;
mod json;
mod text;
mod tieline;

use std::sync::Arc;

use crate::jsonc::{Tape, decode_text};

use super::{GoesOn, LoadError, Loaded};
pub(crate) use tieline::{mended_json, pretty_map};

/// A kind of file.
#[derive(Debug)]
pub(crate) struct FileFormat {
    /// What one is called, with its article: "a CSV table".
    pub(crate) name: &'static str,
    /// How names of such files end, without the dot; the usual one first.
    pub(crate) endings: &'static [&'static str],
    /// How sure it is that a sample comes from such a file.
    pub(crate) sniff: fn(&Sample) -> Confidence,
    pub(crate) reader: FormatReader,
}

/// How sure it is that a file is of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidence {
    No,
    /// If no other kind is surer.
    Possible,
    Sure,
}

/// How files of one kind are read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FormatReader {
    Known(Read),
    Unsupported,
}

/// Reads the bytes of a file as a map.
pub(crate) type Read = fn(&Input) -> Result<Loaded, FormatRefusal>;

/// What a reader gets.
pub(crate) struct Input<'a> {
    pub(crate) bytes: &'a [u8],
    /// The file's name for messages.
    pub(crate) file: &'a Arc<str>,
    pub(crate) goes_on: GoesOn<'a>,
    /// All kinds of file, in case it is another one.
    pub(crate) formats: &'a [&'static [FileFormat]],
}

/// Why a reader does not read a file.
#[derive(Debug)]
pub(crate) enum FormatRefusal {
    Error(LoadError),
    /// It is of another kind.
    Other(&'static FileFormat),
}

impl From<LoadError> for FormatRefusal {
    fn from(error: LoadError) -> Self {
        Self::Error(error)
    }
}

/// What is known of a file at one of the three looks.
pub(crate) enum Sample<'a> {
    Bytes(&'a [u8]),
    /// Of a text that is no JSON: its start without blanks before it, and the same in small letters.
    Text {
        start: &'a str,
        lower: &'a str,
    },
    /// Of JSON that is no map.
    Json(Json<'a>),
}

/// JSON with its shape.
#[derive(Clone, Copy)]
pub(crate) struct Json<'a> {
    pub(crate) tape: &'a Tape,
    pub(crate) text: &'a str,
}

impl Json<'_> {
    /// Whether the root is an object with this field.
    fn has(self, name: &str) -> bool {
        self.root_field(name).is_some()
    }

    /// Whether the root is an object in which this field is a text that contains these words.
    fn says(self, name: &str, wanted: &str) -> bool {
        self.root_field(name).is_some_and(|value| {
            self.tape.byte(self.text, value) == b'"'
                && decode_text(self.text, self.tape.entries[value].start()).contains(wanted)
        })
    }

    /// Whether the root is a list whose first element is an object with this field.
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

/// All kinds of file, our own first; of equally sure ones, the first counts.
pub(crate) const FORMATS: &[&[FileFormat]] = &[tieline::FORMATS, binary::FORMATS, text::FORMATS, json::FORMATS];

/// The kind of file that a sample surely or possibly is from.
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

/// How many characters of a text are looked at.
const MOST_LOOKED_AT: usize = 2000;

/// The kind of file that a text which is no JSON seems to be.
pub(crate) fn recognize_text(formats: &[&'static [FileFormat]], text: &str) -> Option<&'static FileFormat> {
    let start: String = text.trim_start().chars().take(MOST_LOOKED_AT).collect();
    recognize(formats, &Sample::Text { start: &start, lower: &start.to_lowercase() })
}

/// Reads a file as what it seems to be: as a Tieline map unless its bytes say otherwise.
pub(crate) fn read(input: &Input) -> Result<Loaded, LoadError> {
    match recognize(input.formats, &Sample::Bytes(input.bytes)) {
        Some(format) => read_as(format, input),
        None => match tieline::read(input) {
            Err(FormatRefusal::Other(format)) => read_as(format, input),
            Err(FormatRefusal::Error(error)) => Err(error),
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

/// Endings of the names of files that can be opened, without the dot.
pub(crate) fn readable_endings(formats: &[&'static [FileFormat]]) -> Vec<&'static str> {
    let readable = formats.iter().copied().flatten().filter(|format| matches!(format.reader, FormatReader::Known(_)));
    readable.flat_map(|format| format.endings).copied().collect()
}

#[cfg(test)]
mod tests;
