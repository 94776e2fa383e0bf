//! The texts of cells, and the keys of rows.

use std::borrow::Cow;

use crate::hidden_characters::visible;
use crate::load::table::{CellKind, TableRow};
use crate::model::{ImportId, ImportRow, OwnFields};

/// Separates the values of several key columns.
const SEPARATOR: &str = " | ";

/// Returns the trimmed text of a cell; empty if the row is shorter, or the cell holds an error.
pub(super) fn text<'r>(row: TableRow<'r, '_>, column: usize) -> &'r str {
    row.cells.get(column).filter(|cell| cell.kind != CellKind::Error).map_or("", |cell| trimmed(&cell.text))
}

/// Trims blanks and what looks like them.
pub(super) fn trimmed(text: &str) -> &str {
    // Most cells begin and end with a letter or digit of ASCII.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

/// Joins the lines of a text.
pub(super) fn single_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\t']) {
        text.split_whitespace().collect::<Vec<_>>().join(" ").into()
    } else {
        text.into()
    }
}

/// Returns a text on one line, without anything hidden.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    match single_line(text) {
        Cow::Borrowed(text) => visible(text),
        Cow::Owned(text) => Cow::Owned(visible(&text).into_owned()),
    }
}

/// Whether a text is a number in some way of writing.
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ','))
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' ' | '\u{a0}' | '\u{202f}' | '\''))
}

/// Splits a cell with several values: at bars, else at semicolons. Blank parts are left out.
pub(super) fn split_list(text: &str) -> impl Iterator<Item = &str> {
    let separator = if text.contains('|') { '|' } else { ';' };
    text.split(separator).map(str::trim).filter(|part| !part.is_empty())
}

/// A row while records are made from it.
#[derive(Clone, Copy)]
pub(super) struct RowOrigin<'r, 't> {
    pub(super) import: ImportId,
    /// The columns that identify the row; empty if only its number does.
    pub(super) key: &'r [usize],
    pub(super) row: TableRow<'r, 't>,
}

impl<'r, 't> RowOrigin<'r, 't> {
    /// A row that only its number identifies.
    pub(super) fn numbered(import: ImportId, row: TableRow<'r, 't>) -> Self {
        Self { import, key: &[], row }
    }

    pub(super) fn key(self) -> String {
        let values: Vec<&str> = self.key.iter().map(|&column| text(self.row, column)).collect();
        if values.iter().all(|value| value.is_empty()) {
            return self.row.number.to_string();
        }
        crate::hidden_characters::visible(&values.join(SEPARATOR)).into_owned()
    }

    pub(super) fn to_row(self) -> ImportRow {
        ImportRow { import: self.import, keys: vec![self.key()], was: Vec::new(), own: OwnFields::NONE }
    }
}
