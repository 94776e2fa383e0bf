//! The tables of an import as they are shown beside it: columns with their roles, and the first rows.

use crate::load::table::Table;
use crate::wording::read::Role;

use crate::load::import::cells::text;
use crate::load::import::options::TableName;

/// The number of rows that a preview has.
const MAX_ROWS: usize = 100;
/// The number of characters that a preview has of a cell.
const MAX_CHARS: usize = 160;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableShape {
    /// One actor each.
    Actors,
    /// One tie each, or several with the same start.
    Ties,
    /// One fact about an actor each.
    Facts,
    /// The ties of one actor with the actors of the first row.
    Matrix,
    /// An actor, a kind of tie, and any number of other actors (SIF).
    Chains,
    /// Nothing that a map shows.
    Unknown,
}

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
    /// Previews a table whose rows are of this shape; without columns, its first row holds no headings.
    pub(in crate::load::import) fn new(
        table: &Table<'_>,
        shape: Option<TableShape>,
        columns: Vec<PreviewColumn>,
    ) -> Self {
        // Matrices and SIF have no row of headings.
        let first = usize::from(!columns.is_empty() || shape.is_none());
        let width = table.width();
        let cells = |row| (0..width).map(|column| excerpt(text(row, column))).collect();
        Self {
            name: table_name(table),
            shape: shape.unwrap_or(TableShape::Unknown),
            is_used: shape.is_some(),
            is_hidden: table.is_hidden,
            columns,
            row_count: table.row_count().saturating_sub(first),
            rows: table.rows().skip(first).take(MAX_ROWS).map(|row| (row.number, cells(row))).collect(),
        }
    }
}

/// Returns the name of a table.
pub(in crate::load::import) fn table_name(table: &Table<'_>) -> TableName {
    TableName { file: table.file.clone(), sheet: table.sheet.clone() }
}

fn excerpt(text: &str) -> String {
    let visible = crate::hidden_characters::visible(text);
    let mut chars = visible.chars();
    let start: String = chars.by_ref().take(MAX_CHARS).collect();
    if chars.next().is_some() { start + "…" } else { start }
}
