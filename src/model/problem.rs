//! What is wrong with a file, where, and how to mend it.

use std::fmt;
use std::sync::Arc;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was changed.
    Remark,
    /// Probably a mistake; the data are used as they stand.
    Warning,
    /// Something could not be used, and was left out or repaired.
    Error,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// Where in it.
    pub position: Position,
}

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// In a text.
    Text {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// In a table.
    Cell {
        /// The sheet's name; empty where a file is one table.
        sheet: Arc<str>,
        /// Row, from 1.
        row: u32,
        /// Column, from 1.
        column: u32,
    },
}

impl Position {
    /// Line and column, if it is in a text.
    #[must_use]
    pub fn line_and_column(&self) -> Option<(u32, u32)> {
        match *self {
            Self::Text { line, column } => Some((line, column)),
            Self::Cell { .. } => None,
        }
    }
}

/// As compilers and spreadsheets write it: `map.jsonc:3:5`, `ties.xlsx, sheet “2026”, B7`.
impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if matches!(self.position, Position::Text { .. }) { ":" } else { ", " };
        write!(out, "{}{separator}{}", self.file, self.position)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { line, column } => write!(out, "{line}:{column}"),
            Self::Cell { sheet, row, column } => {
                if !sheet.is_empty() {
                    write!(out, "sheet “{sheet}”, ")?;
                }
                write!(out, "{}{row}", column_letters(*column))
            }
        }
    }
}

/// The letters by which spreadsheets call a column: A to Z, then AA.
fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A second place that explains a problem, such as that of the record that has an id already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedLocation {
    /// Where it is.
    pub location: Location,
    /// The field as a path, as in [`Problem::field`].
    pub field: String,
    /// What stands there, such as "first used here".
    pub words: String,
}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// Where in the file; none if it concerns the whole.
    pub location: Option<Location>,
    /// The field as a path, such as `ties[3].evidence[0].source`; empty if it concerns the whole.
    pub field: String,
    /// What is wrong, starting in lower case, without a full stop.
    pub message: String,
    /// How to mend it, with "did you mean" where a close word is known.
    pub remedy: Option<String>,
    /// A second place that explains it.
    pub related: Option<RelatedLocation>,
}

#[cfg(test)]
mod tests {
    use super::{Location, Position};

    #[test]
    fn places_read_as_in_compilers_and_spreadsheets() {
        let place = |file: &str, position| Location { file: file.into(), position }.to_string();
        let cell = |sheet: &str, row, column| Position::Cell { sheet: sheet.into(), row, column };
        assert_eq!(place("map.jsonc", Position::Text { line: 3, column: 5 }), "map.jsonc:3:5");
        assert_eq!(place("ties.xlsx", cell("2026", 7, 2)), "ties.xlsx, sheet “2026”, B7");
        assert_eq!(place("ties.csv", cell("", 1, 28)), "ties.csv, AB1");
        let letters = [1, 26, 27, 52, 53, 702, 703, 16_384].map(super::column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
