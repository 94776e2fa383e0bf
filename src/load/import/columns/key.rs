//! Finds out which columns tell one row of a table from all others.

use std::collections::HashSet;

use crate::load::LoadError;
use crate::load::table::Table;
use crate::wording::read::Role;

use super::TableColumns;
use crate::load::import::cells::text;
use crate::load::import::options::KnownTable;
use crate::load::import::report::preview::{TableShape, table_name};

/// Graphs whose programs number elements anew each time, so that an id says nothing in the next file.
const NUMBERED_GRAPHS: [&str; 3] = ["pajek", "dl", "gml"];

/// Returns the columns that identify a row: a column of ids in which no value occurs twice and none is missing.
pub(in crate::load::import) fn key_columns(table: &Table<'_>, columns: &TableColumns) -> Vec<usize> {
    let role = match columns.shape {
        TableShape::Actors => Role::ActorId,
        TableShape::Ties | TableShape::Facts => Role::TieId,
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

/// Returns the columns that identified the rows of a table when it was imported.
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
