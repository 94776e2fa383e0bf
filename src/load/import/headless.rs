//! Names the columns of lists of ties that have no headings, as programs for networks write them.

use std::collections::HashSet;

use crate::load::table::Table;
use crate::wording::joined_and;
use crate::wording::read::roles_of_heading;

use super::cells::{is_number, text};

/// The headings of such a list.
const HEADINGS: [&str; 3] = ["From", "To", "Weight"];

/// Puts headings above a table of two names, or two names and a number, in every row.
pub(super) fn name_columns(table: &mut Table<'_>) {
    if table.format == "sif" || !is_list(table) {
        return;
    }
    let headings = &HEADINGS[..table.width()];
    let message = format!("the table has no headings; its columns are taken for {}", joined_and(headings));
    table.put_headings(headings, message, "write headings above the columns if they are something else");
}

/// Whether all rows, the first one included, are ties: it has a number where all others have one, or a name again that
/// others have.
fn is_list(table: &Table<'_>) -> bool {
    let width = table.width();
    let Some(first) = table.row(0).filter(|_| table.row_count() > 1 && (2..=3).contains(&width)) else { return false };
    let is_heading = |column: usize| !roles_of_heading(text(first, column)).is_empty();
    if (0..width).any(is_heading) {
        return false;
    }
    let is_filled = table.rows().all(|row| (0..width).all(|column| !text(row, column).is_empty()));
    let weighs = width == 2 || table.rows().all(|row| is_number(text(row, 2)));
    if !is_filled || !weighs {
        return false;
    }
    let names: HashSet<&str> = table.rows().skip(1).flat_map(|row| [text(row, 0), text(row, 1)]).collect();
    width == 3 || (0..2).any(|column| names.contains(text(first, column)))
}
