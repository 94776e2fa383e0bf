//! Problems in a file: description, location and remedy.

use std::fmt;
use std::sync::Arc;

/// Severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Informational; nothing was changed.
    Remark,
    /// Probably a mistake; the data is used as is.
    Warning,
    /// Something was unusable and was left out or repaired.
    Error,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// The position in the file.
    pub position: Position,
}

/// A position in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// In a text.
    Text {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// A cell of a table.
    Cell {
        /// Name of the sheet; empty for a file with a single table.
        sheet: Arc<str>,
        /// Row, from 1.
        row: u32,
        /// Column, from 1.
        column: u32,
    },
}

impl Position {
    /// Returns line and column of a position in a text.
    #[must_use]
    pub fn line_and_column(&self) -> Option<(u32, u32)> {
        match *self {
            Self::Text { line, column } => Some((line, column)),
            Self::Cell { .. } => None,
        }
    }
}

/// Formats like compilers and spreadsheets: `map.jsonc:3:5`, `ties.xlsx, sheet “2026”, B7`.
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

/// Returns the spreadsheet letters of a column: A to Z, then AA.
fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A second location that explains a problem, such as the record that already has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedLocation {
    /// The location.
    pub location: Location,
    /// The field as a path, as in [`Problem::field`].
    pub field: String,
    /// Description of the location, such as "first used here".
    pub words: String,
}

/// One problem in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its severity.
    pub severity: Severity,
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// Location in the file; `None` if the problem concerns the whole file.
    pub location: Option<Location>,
    /// The field as a path, such as `ties[3].evidence[0].source`; empty if the problem concerns the whole file.
    pub field: String,
    /// Description, starting in lower case, without a full stop.
    pub message: String,
    /// How to fix it, with "did you mean" if a similar word is known.
    pub remedy: Option<String>,
    /// A second location that explains the problem.
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
