//! Tables of another form than one tie a row: matrices of actors by actors, of actors by others that they belong to,
//! and the chains of SIF.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::load::table::{Table, TableRow};
use crate::model::{ImportId, Tie};
use crate::wording::read::roles_of_heading;

use super::cells::{RowOrigin, is_number, text};
use super::registry::fold_name;
use super::report::Place;
use super::values;

/// What the rows and columns of a matrix are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MatrixForm {
    /// The same actors: the cell is the weight of a tie from the actor of the row to that of the column.
    Square,
    /// Two sorts of actors, such as people and boards: the cell marks that one belongs to the other.
    Marks,
    /// Two sorts of actors: the cell says how much they have to do with each other.
    Weights,
}

/// Whether a table is a matrix.
pub(super) fn is_matrix(table: &Table<'_>) -> bool {
    form(table).is_some()
}

fn form(table: &Table<'_>) -> Option<MatrixForm> {
    if is_square(table) { Some(MatrixForm::Square) } else { incidence(table) }
}

/// Whether the headings are the names in the first column, and all cells numbers.
fn is_square(table: &Table<'_>) -> bool {
    let Some(header) = table.row(0) else { return false };
    let count = header.cells.len().saturating_sub(1);
    let rows = table.row_count() - 1;
    if count < 2 || rows < 2 || !text(header, 0).is_empty() && count != rows {
        return false;
    }
    let names: HashSet<String> =
        table.rows().skip(1).map(|row| fold_name(text(row, 0))).filter(|name| !name.is_empty()).collect();
    let shared = (1..=count).filter(|&column| names.contains(&fold_name(text(header, column)))).count();
    let is_numeric =
        |row: TableRow<'_, '_>| (1..=count).all(|column| text(row, column).is_empty() || is_number(text(row, column)));
    let is_square = shared * 2 > count && shared * 2 > names.len();
    is_square && table.rows().skip(1).take(50).all(is_numeric)
}

/// Whether a cell marks that the actor of its row belongs to that of its column.
fn is_mark(text: &str) -> bool {
    matches!(text, "1" | "x" | "X" | "✓" | "✔" | "•" | "*" | "+")
}

/// Whether a cell says that the actor of its row does not belong to that of its column.
fn is_unmarked(text: &str) -> bool {
    matches!(text, "" | "0" | "-" | "–" | "—")
}

/// Returns the form of a table with names in the headings, other names in the first column, and marks or numbers where
/// they meet. One of numbers must have no heading over its names and many cells without a number, or it is an ordinary
/// table.
fn incidence(table: &Table<'_>) -> Option<MatrixForm> {
    let header = table.row(0)?;
    let (count, rows) = (header.cells.len().saturating_sub(1), table.row_count() - 1);
    let corner = text(header, 0);
    if count < 2 || rows < 2 || (!corner.is_empty() && count < 3) || table.width() > count + 1 {
        return None;
    }
    // Single letters are words for roles in some languages.
    let is_role = |heading: &str| heading.chars().nth(1).is_some() && !roles_of_heading(heading).is_empty();
    let heads: Vec<&str> = (1..=count).map(|column| text(header, column)).collect();
    let names: Vec<&str> = table.rows().skip(1).map(|row| text(row, 0)).collect();
    let are_names = |names: &[&str]| {
        let distinct: HashSet<String> = names.iter().map(|name| fold_name(name)).collect();
        distinct.len() == names.len() && names.iter().all(|name| name.chars().any(char::is_alphabetic))
    };
    if is_role(corner) || heads.iter().any(|head| is_role(head)) || !are_names(&heads) || !are_names(&names) {
        return None;
    }
    let heads: HashSet<String> = heads.iter().map(|head| fold_name(head)).collect();
    if names.iter().any(|name| heads.contains(&fold_name(name))) {
        return None;
    }
    let (mut marked, mut unmarked, mut numbers) = (0_usize, 0_usize, 0_usize);
    for row in table.rows().skip(1) {
        for column in 1..=count {
            match text(row, column) {
                cell if is_mark(cell) => marked += 1,
                cell if is_unmarked(cell) => unmarked += 1,
                cell if is_number(cell) => numbers += 1,
                _ => return None,
            }
        }
    }
    let is_sparse = corner.is_empty() && unmarked * 3 >= marked + unmarked + numbers;
    match (marked, unmarked, numbers) {
        (_, 0, _) | (0, _, 0) => None,
        (_, _, 0) => Some(MatrixForm::Marks),
        _ => is_sparse.then_some(MatrixForm::Weights),
    }
}

impl super::Builder<'_> {
    /// Makes a tie of each cell of a matrix that is neither blank nor 0.
    pub(super) fn matrix_of(&mut self, table: &Table<'_>, import: ImportId) {
        let (Some(header), Some(form)) = (table.row(0), form(table)) else { return };
        let heads: Vec<&str> = (1..header.cells.len()).map(|column| text(header, column)).collect();
        let style = values::ColumnStyle::of_matrix(table);
        for name in table.rows().skip(1).map(|row| text(row, 0)).chain(heads.iter().copied()) {
            if !name.is_empty() {
                self.actor_named(name, None, None);
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
                if cell.is_empty() || to.is_empty() || (form != MatrixForm::Square && is_unmarked(cell)) {
                    continue;
                }
                let is_mark = form != MatrixForm::Square && is_mark(cell);
                let number = if is_mark { Some(Decimal::ONE) } else { values::number(cell, &style) };
                let Some(weight) = number else {
                    let place = Place::new(table, row.number, at + 1);
                    self.report.warn(place, format!("“{cell}” is not a number; there is no tie"), "write a number");
                    continue;
                };
                if weight.is_zero() {
                    continue;
                }
                let (from, to) = (self.actor_named(from, None, None), self.actor_named(to, None, None));
                let mut tie = self.blank_tie(from, to, None, RowOrigin::numbered(import, row));
                tie.is_directed = form == MatrixForm::Square;
                tie.claim.metadata.weight = Some(weight).filter(|_| form != MatrixForm::Marks);
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
            let from = self.actor_named(text(row, 0), None, Some(RowOrigin::numbered(import, row)));
            let kind = text(row, 1);
            for column in 2..row.cells.len() {
                let to = text(row, column);
                if to.is_empty() {
                    continue;
                }
                let to = self.actor_named(to, None, Some(RowOrigin::numbered(import, row)));
                if let Some(before) = known.insert((from, kind.to_owned(), to), row.number) {
                    let message = format!("repeats a tie of line {before}; both are kept");
                    self.report.warn(
                        Place::new(table, row.number, column),
                        message,
                        "remove one of them if they are the same",
                    );
                }
                let kind = (!kind.is_empty()).then_some(kind);
                let tie: Tie = self.blank_tie(from, to, kind, RowOrigin::numbered(import, row));
                self.push_tie(tie, Place::new(table, row.number, column));
            }
        }
    }
}
