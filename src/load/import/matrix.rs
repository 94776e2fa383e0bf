//! Tables of another form than one tie a row: adjacency matrices, and the chains of SIF.

use crate::load::table::Table;
use crate::model::{ImportId, Tie};

use super::cells::{is_number, text};
use super::registry::fold_name;
use super::report::Place;
use super::values;

/// Whether a table is a matrix: its headings are the names in its first column.
pub(super) fn is_matrix(table: &Table<'_>) -> bool {
    let Some(header) = table.row(0) else { return false };
    let count = header.cells.len().saturating_sub(1);
    let rows = table.row_count() - 1;
    if count < 2 || rows < 2 || !text(header, 0).is_empty() && count != rows {
        return false;
    }
    let names: std::collections::HashSet<String> =
        table.rows().skip(1).map(|row| fold_name(text(row, 0))).filter(|name| !name.is_empty()).collect();
    let shared = (1..=count).filter(|&column| names.contains(&fold_name(text(header, column)))).count();
    let is_numeric = |row: crate::load::table::TableRow<'_, '_>| {
        (1..=count).all(|column| text(row, column).is_empty() || is_number(text(row, column)))
    };
    // A table of people by boards has no name in both; all its cells are numbers.
    let is_square = shared * 2 > count && shared * 2 > names.len();
    is_square && table.rows().skip(1).take(50).all(is_numeric)
}

impl super::Builder<'_> {
    /// Makes a tie of each cell of a matrix that is neither blank nor 0.
    pub(super) fn matrix_of(&mut self, table: &Table<'_>, import: ImportId) {
        let Some(header) = table.row(0) else { return };
        let heads: Vec<&str> = (1..header.cells.len()).map(|column| text(header, column)).collect();
        let style = values::ColumnStyle::of_matrix(table);
        for name in table.rows().skip(1).map(|row| text(row, 0)).chain(heads.iter().copied()) {
            if !name.is_empty() {
                self.actor_named(name, None, import, None);
            }
        }
        for row in table.rows().skip(1) {
            self.report.rows.read += 1;
            let from = text(row, 0);
            if from.is_empty() {
                let place = Place::new(table, row.number, 0);
                self.report.skip(
                    place,
                    "the row has no name; it is left out".to_owned(),
                    "write the name of its actor",
                );
                continue;
            }
            self.report.rows.used += 1;
            for (at, to) in heads.iter().enumerate() {
                let cell = text(row, at + 1);
                if cell.is_empty() || to.is_empty() {
                    continue;
                }
                let Some(weight) = values::number(cell, &style) else {
                    let place = Place::new(table, row.number, at + 1);
                    self.report.warn(place, format!("“{cell}” is not a number; there is no tie"), "write a number");
                    continue;
                };
                if weight.is_zero() {
                    continue;
                }
                let (from, to) = (self.actor_named(from, None, import, None), self.actor_named(to, None, import, None));
                let mut tie = self.blank_tie(from, to, None, import, row.number);
                tie.is_directed = true;
                tie.claim.metadata.weight = Some(weight);
                self.push_tie(tie, Place::new(table, row.number, at + 1));
            }
        }
    }

    /// Makes ties of rows of an actor, a kind, and others.
    pub(super) fn chains_of(&mut self, table: &Table<'_>, import: ImportId) {
        let mut known = std::collections::HashMap::new();
        for row in table.rows() {
            self.report.rows.read += 1;
            if text(row, 0).is_empty() {
                let message = "nothing says where the ties start; the row is left out".to_owned();
                self.report.skip(Place::new(table, row.number, 0), message, "fill in the cell");
                continue;
            }
            self.report.rows.used += 1;
            let from = self.actor_named(text(row, 0), None, import, Some(row.number));
            let kind = text(row, 1);
            for column in 2..row.cells.len() {
                let to = text(row, column);
                if to.is_empty() {
                    continue;
                }
                let to = self.actor_named(to, None, import, Some(row.number));
                if let Some(before) = known.insert((from, kind.to_owned(), to), row.number) {
                    let message = format!("repeats a tie of line {before}; both are kept");
                    self.report.warn(
                        Place::new(table, row.number, column),
                        message,
                        "remove one of them if they are the same",
                    );
                }
                let kind = (!kind.is_empty()).then_some(kind);
                let tie: Tie = self.blank_tie(from, to, kind, import, row.number);
                self.push_tie(tie, Place::new(table, row.number, column));
            }
        }
    }
}
