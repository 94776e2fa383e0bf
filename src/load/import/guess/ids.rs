//! The column of a list of actors by which ties refer to them, such as the codes of airports.

use std::collections::HashSet;

use crate::load::import::TableShape;
use crate::load::import::cells::{split_list, text};
use crate::load::import::columns::{TableColumns, headings};
use crate::load::import::options::ColumnChoice;
use crate::load::import::registry::fold_name;
use crate::load::import::report::ImportReport;
use crate::load::import::values::ColumnStyle;
use crate::load::table::Table;
use crate::wording::read::Role;

use super::look::is_nearly_all;
use super::{PlannedTable, Reason, report_guess, unknown_columns};

/// Guesses the ids of actors in tables without any, where ties refer to values that are not the names.
pub(super) fn guess_ids(plans: &mut [PlannedTable<'_, '_>], fixed: &[ColumnChoice], report: &mut ImportReport) {
    for (at, column) in id_columns(plans, fixed) {
        let (table, columns) = &mut plans[at];
        let known = &mut columns.list[column];
        (known.role, known.is_guess) = (Some(Role::ActorId), true);
        known.style = ColumnStyle::of_column(table, column, known.role, &known.heading);
        report_guess(table, column, Role::ActorId, Reason::Actors, report);
    }
}

/// Returns the columns that hold ids, each with the number of its table.
fn id_columns(plans: &[PlannedTable<'_, '_>], fixed: &[ColumnChoice]) -> Vec<(usize, usize)> {
    let ends = ends_of_ties(plans);
    let column = |(at, (table, columns)): (usize, &PlannedTable<'_, '_>)| {
        let is_open = columns.shape == TableShape::Actors && !columns.has(Role::ActorId) && !ends.is_empty();
        if !is_open || names_are_ends(table, columns, &ends) {
            return None;
        }
        let is_id = |column: &usize| columns.list[*column].role.is_none() && are_ids(table, *column, &ends);
        unknown_columns(table, &headings(table), fixed).into_iter().find(is_id).map(|column| (at, column))
    };
    plans.iter().enumerate().filter_map(column).collect()
}

/// Returns what the tables of ties have at their ends.
fn ends_of_ties<'t>(plans: &'t [PlannedTable<'_, '_>]) -> HashSet<&'t str> {
    let mut ends = HashSet::new();
    for (table, columns) in plans.iter().filter(|(_, columns)| columns.shape == TableShape::Ties) {
        for column in [Role::From, Role::To].into_iter().filter_map(|role| columns.with(role)) {
            ends.extend(
                table.rows().skip(1).flat_map(|row| split_list(text(row, column))).filter(|end| !end.is_empty()),
            );
        }
    }
    ends
}

/// Whether ties refer to the names of a table, at least to some.
fn names_are_ends(table: &Table<'_>, columns: &TableColumns, ends: &HashSet<&str>) -> bool {
    let Some(column) = columns.with(Role::ActorName) else { return false };
    let folded: HashSet<String> = ends.iter().map(|end| fold_name(end)).collect();
    let known = table.rows().skip(1).filter(|row| folded.contains(&fold_name(text(*row, column))));
    2 * known.count() >= folded.len().min(table.row_count() - 1)
}

/// Whether the values of a column are different ones, and nearly all ends of ties are among them.
fn are_ids(table: &Table<'_>, column: usize, ends: &HashSet<&str>) -> bool {
    let values: Vec<&str> =
        table.rows().skip(1).map(|row| text(row, column)).filter(|value| !value.is_empty()).collect();
    let ids: HashSet<&str> = values.iter().copied().collect();
    ids.len() == values.len() && is_nearly_all(ends.iter().filter(|end| ids.contains(*end)).count(), ends.len())
}
