//! The rows that records come from: their keys, and which columns tell one row from all others.

use std::collections::HashSet;

use crate::load::LoadError;
use crate::load::table::{Table, TableRow};
use crate::model::{ImportId, ImportRow, OwnFields};
use crate::wording::read::Role;

use super::TableColumns;
use crate::load::import::cells::text;
use crate::load::import::options::KnownTable;
use crate::load::import::report::preview::{TableShape, table_name};

/// What parts the values of several key columns.
const SEPARATOR: &str = " | ";
/// Graphs whose programs number elements anew each time, so that an id says nothing in the next file.
const NUMBERED_GRAPHS: [&str; 3] = ["pajek", "dl", "gml"];

/// A row while records are made from it.
#[derive(Clone, Copy)]
pub(in crate::load::import) struct RowOrigin<'r, 't> {
    pub(in crate::load::import) import: ImportId,
    /// The columns that tell the row; none if its number does.
    pub(in crate::load::import) key: &'r [usize],
    pub(in crate::load::import) row: TableRow<'r, 't>,
}

impl<'r, 't> RowOrigin<'r, 't> {
    pub(in crate::load::import) fn new(import: ImportId, columns: &'r TableColumns, row: TableRow<'r, 't>) -> Self {
        Self { import, key: &columns.key, row }
    }

    /// A row that only its number tells.
    pub(in crate::load::import) fn numbered(import: ImportId, row: TableRow<'r, 't>) -> Self {
        Self { import, key: &[], row }
    }

    pub(in crate::load::import) fn key(self) -> String {
        let values: Vec<&str> = self.key.iter().map(|&column| text(self.row, column)).collect();
        if values.iter().all(|value| value.is_empty()) {
            return self.row.number.to_string();
        }
        crate::visible::visible(&values.join(SEPARATOR)).into_owned()
    }

    pub(in crate::load::import) fn to_row(self) -> ImportRow {
        ImportRow { import: self.import, keys: vec![self.key()], was: Vec::new(), own: OwnFields::NONE }
    }
}

/// Returns the columns that tell a row: a column of ids in which no value occurs twice and none is missing.
pub(in crate::load::import) fn key_columns(table: &Table<'_>, columns: &TableColumns) -> Vec<usize> {
    let role = match columns.shape {
        TableShape::Actors => Role::ActorId,
        TableShape::Ties => Role::TieId,
        TableShape::Matrix | TableShape::Chains | TableShape::Unknown => return Vec::new(),
    };
    let Some(column) = columns.with(role).filter(|_| !NUMBERED_GRAPHS.contains(&table.format)) else {
        return Vec::new();
    };
    let mut seen = HashSet::new();
    let mut last = "";
    for row in table.rows().skip(1) {
        let value = text(row, column);
        // A graph repeats the id in rows with further evidence of the same tie.
        let is_continued = table.is_of_graph() && value == last;
        if value.is_empty() || !(is_continued || seen.insert(value)) {
            return Vec::new();
        }
        last = value;
    }
    vec![column]
}

/// Returns the columns that told the rows of a table when it was imported.
pub(in crate::load::import) fn known_key_columns(
    table: &Table<'_>,
    columns: &TableColumns,
    known: &KnownTable,
) -> Result<Vec<usize>, LoadError> {
    let find = |heading: &String| {
        let column = columns.list.iter().position(|column| column.heading == *heading);
        column.ok_or_else(|| LoadError::ColumnGone { table: table_name(table).to_string(), column: heading.clone() })
    };
    known.key.iter().map(find).collect()
}
