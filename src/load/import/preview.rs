//! The tables of an import as they are shown beside it: columns with their roles, and the first rows.

use crate::load::table::Table;
use crate::wording::read::Role;

use super::cells::text;
use super::columns::TableColumns;
use super::options::TableName;
pub use super::roles::TableShape;

/// The number of rows that a preview has.
const MAX_ROWS: usize = 100;
/// The number of characters that a preview has of a cell.
const MAX_CHARS: usize = 160;

/// A table of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePreview {
    /// Its file and sheet.
    pub name: TableName,
    /// What its rows are.
    pub shape: TableShape,
    /// Whether its rows are imported.
    pub is_used: bool,
    /// Whether it is a hidden sheet.
    pub is_hidden: bool,
    /// Its columns; none for tables that aren't used, matrices and SIF.
    pub columns: Vec<PreviewColumn>,
    /// The number of rows below the headings.
    pub row_count: usize,
    /// The first rows below the headings, with their numbers in the file.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// A column of a previewed table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its heading, which is unique in the table.
    pub heading: String,
    /// Its role; `None` if its values are kept as fields.
    pub role: Option<Role>,
    /// Whether the role was guessed from its values.
    pub is_guess: bool,
}

impl TablePreview {
    pub(super) fn new(table: &Table<'_>, columns: Option<&TableColumns>) -> Self {
        let listed = columns.map_or(&[][..], |columns| columns.list.as_slice());
        let column = |column: &super::columns::TableColumn| PreviewColumn {
            heading: column.heading.clone(),
            role: column.role,
            is_guess: column.is_guess,
        };
        // Matrices and SIF have no row of headings.
        let first = usize::from(!listed.is_empty() || columns.is_none());
        let width = table.width();
        let cells = |row| (0..width).map(|column| excerpt(text(row, column))).collect();
        Self {
            name: table_name(table),
            shape: columns.map_or(TableShape::Unknown, |columns| columns.shape),
            is_used: columns.is_some(),
            is_hidden: table.is_hidden,
            columns: listed.iter().map(column).collect(),
            row_count: table.row_count().saturating_sub(first),
            rows: table.rows().skip(first).take(MAX_ROWS).map(|row| (row.number, cells(row))).collect(),
        }
    }
}

/// Returns the name of a table.
pub(super) fn table_name(table: &Table<'_>) -> TableName {
    TableName { file: table.file.clone(), sheet: table.sheet.clone() }
}

fn excerpt(text: &str) -> String {
    let visible = crate::visible::visible(text);
    let mut chars = visible.chars();
    let start: String = chars.by_ref().take(MAX_CHARS).collect();
    if chars.next().is_some() { start + "…" } else { start }
}
