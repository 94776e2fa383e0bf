//! Guesses the roles of columns by their values where no heading says them, and reports each guess.
//!
//! Nothing that the user or a heading says is changed, and no role is guessed that another column has.

mod headless;
mod ids;
mod labeled;
mod look;
mod pairs;
mod partners;

use std::collections::HashSet;

use crate::load::table::Table;
use crate::model::Severity;
use crate::wording::read::Role;

use super::cells::{is_number, split_list, text};
use super::columns::headings::{Heading, letters};
use super::columns::{TableColumns, headings};
use super::options::ColumnChoice;
use super::registry::fold_name;
use super::report::preview::TableShape;
use super::report::{ImportReport, Place};
use super::roles::Roles;
use super::values::ColumnStyle;
pub(super) use headless::add_missing_headings;
use look::{ValueLook, holds_names, is_enough, is_nearly_all, is_plain_name, look, look_of};

/// A table with what its columns are.
type PlannedTable<'p, 't> = (&'p Table<'t>, TableColumns);

/// What the user said about columns.
type Fixed<'f> = &'f [ColumnChoice];

/// Why a role is guessed.
#[derive(Clone, Copy, Debug)]
enum Reason {
    /// What nearly all values look like.
    ValueLook(ValueLook),
    /// The values are ids or names of actors of the import.
    Actors,
    /// The column is among the first ones of names.
    Names,
    /// Another column has the labels of its values.
    Labels,
    /// The column is the only one of numbers behind the ends.
    Weights,
}

impl Reason {
    fn text(self) -> String {
        match self {
            Self::ValueLook(look) => format!("its values look like {}", look.plural()),
            Self::Actors => "its values are names or ids of actors".to_owned(),
            Self::Names => "its values look like names".to_owned(),
            Self::Labels => "another column has its labels".to_owned(),
            Self::Weights => "its values are numbers".to_owned(),
        }
    }
}

/// Guesses the roles of columns with unknown headings in all tables.
pub(super) fn guess_roles(plans: &mut [PlannedTable<'_, '_>], fixed: Fixed<'_>, report: &mut ImportReport) {
    // The format of a graph says what its columns are, but for attributes that people named.
    plans.sort_by_key(|(table, _)| table.is_of_graph());
    let (tables, graphs) = plans.split_at_mut(plans.partition_point(|(table, _)| !table.is_of_graph()));
    guess_shapes(tables, fixed, report);
    for (table, columns) in tables.iter_mut().chain(graphs) {
        guess_values(table, columns, report);
    }
}

/// Guesses what tables are about, and which of their columns name actors.
fn guess_shapes(plans: &mut [PlannedTable<'_, '_>], fixed: Fixed<'_>, report: &mut ImportReport) {
    // Lists of actors without names may be ties with an id, which refer to the lists with names.
    let named = ListedActors::of(plans, |columns| columns.has(Role::ActorName));
    for (table, columns) in plans.iter_mut() {
        let is_fixed = fixed.iter().any(|choice| choice.role == Role::ActorId);
        if columns.shape == TableShape::Actors && !columns.has(Role::ActorName) && !is_fixed {
            join_to_actors((table, columns), &named, fixed, report);
        }
        labeled::take_labeled_entities(table, columns, fixed, report);
        pairs::take_pairs_for_ties(table, columns, fixed, report);
        partners::take_partners_for_ties(table, columns, fixed, report);
    }
    let listed = ListedActors::of(plans, |_| true);
    for (table, columns) in plans.iter_mut().filter(|(_, columns)| columns.shape == TableShape::Unknown) {
        join_to_actors((table, columns), &listed, fixed, report);
    }
    settle_only_table(plans, fixed, report);
    ids::guess_ids(plans, fixed, report);
}

/// Guesses the roles of columns of dates, money and the like.
fn guess_values(table: &Table<'_>, columns: &mut TableColumns, report: &mut ImportReport) {
    let wanted: &[(ValueLook, Role)] = match columns.shape {
        TableShape::Ties => &[
            (ValueLook::Link, Role::SourceUrl),
            (ValueLook::Date, Role::Date),
            (ValueLook::Money, Role::Amount),
            (ValueLook::Percent, Role::Share),
        ],
        TableShape::Actors => &[(ValueLook::Link, Role::Url)],
        TableShape::Facts | TableShape::Matrix | TableShape::Chains | TableShape::Unknown => return,
    };
    guess_by_look(table, columns, wanted, report);
    if columns.shape == TableShape::Ties && table.has_added_headings() && !table.is_of_graph() {
        guess_weight(table, columns, report);
    }
}

/// Guesses roles by the look of values.
fn guess_by_look(
    table: &Table<'_>,
    columns: &mut TableColumns,
    wanted: &[(ValueLook, Role)],
    report: &mut ImportReport,
) {
    let headings = headings(table);
    for (column, heading) in headings.iter().enumerate() {
        if columns.list[column].role.is_some() || !heading.roles.is_empty() {
            continue;
        }
        let Some((look, role)) =
            look_of(table, column, heading).and_then(|look| wanted.iter().find(|(known, _)| *known == look))
        else {
            continue;
        };
        let is_taken = columns.has(*role)
            || (*role == Role::Date && [Role::Start, Role::End, Role::Timeset].iter().any(|role| columns.has(*role)));
        if is_taken {
            continue;
        }
        let known = &mut columns.list[column];
        known.role = Some(*role);
        known.is_guess = true;
        known.style = ColumnStyle::of_column(table, column, known.role, &known.heading);
        report_guess(table, column, *role, Reason::ValueLook(*look), report);
    }
}

/// Takes the only other column of numbers of a list without headings for weights, as programs for networks write them.
fn guess_weight(table: &Table<'_>, columns: &mut TableColumns, report: &mut ImportReport) {
    let free: Vec<usize> = (0..columns.list.len()).filter(|&column| columns.list[column].role.is_none()).collect();
    let [column] = *free.as_slice() else { return };
    if !columns.has(Role::Weight) && table.rows().skip(1).all(|row| is_number(text(row, column))) {
        let known = &mut columns.list[column];
        (known.role, known.is_guess) = (Some(Role::Weight), true);
        known.style = ColumnStyle::of_column(table, column, known.role, &known.heading);
        report_guess(table, column, Role::Weight, Reason::Weights, report);
    }
}

/// The names and ids of actors that tables list.
struct ListedActors {
    ids: HashSet<String>,
    names: HashSet<String>,
}

impl ListedActors {
    /// Collects the actors of the tables of actors for which a condition holds.
    fn of(plans: &[PlannedTable<'_, '_>], is_wanted: impl Fn(&TableColumns) -> bool) -> Self {
        let mut listed = Self { ids: HashSet::new(), names: HashSet::new() };
        for (table, columns) in plans {
            if columns.shape != TableShape::Actors || !is_wanted(columns) {
                continue;
            }
            let (id, name) = (columns.with(Role::ActorId), columns.with(Role::ActorName));
            for row in table.rows().skip(1) {
                let id = id.map(|column| text(row, column)).filter(|id| !id.is_empty());
                listed.ids.extend(id.map(str::to_owned));
                listed.names.extend(name.map(|column| fold_name(text(row, column))).filter(|name| !name.is_empty()));
            }
        }
        listed
    }

    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.names.is_empty()
    }

    fn has(&self, value: &str) -> bool {
        self.ids.contains(value) || self.names.contains(&fold_name(value))
    }

    /// Whether nearly all values of a column are actors, or lists of them.
    fn are_in(&self, table: &Table<'_>, column: usize) -> bool {
        let (mut good, mut all) = (0, 0);
        for row in table.rows().skip(1) {
            let value = text(row, column);
            if !value.is_empty() {
                all += 1;
                good += usize::from(self.has(value) || split_list(value).all(|part| self.has(part)));
            }
        }
        is_enough(good, table.row_count() - 1) && is_nearly_all(good, all)
    }
}

/// Makes a table one of ties if its columns refer to actors that other tables list.
fn join_to_actors(
    (table, columns): (&Table<'_>, &mut TableColumns),
    listed: &ListedActors,
    fixed: Fixed<'_>,
    report: &mut ImportReport,
) {
    if listed.is_empty() {
        return;
    }
    let headings = headings(table);
    let ends = known_ends(table, &headings, fixed);
    let mut referring: Vec<usize> = unknown_columns(table, &headings, fixed);
    referring.retain(|column| !ends.contains(&Some(*column)) && listed.are_in(table, *column));
    let needed = ends.iter().filter(|end| end.is_none()).count();
    // Numbers of rows and counts are among the ids of actors, too.
    let is_wordy = |column: &usize| table.rows().skip(1).any(|row| !is_number(text(row, *column)));
    let is_uncounted = |column: &usize| !(1..table.row_count()).all(|row| is_number_of_row(table, row, *column));
    for is_better in [&is_wordy as &dyn Fn(&usize) -> bool, &is_uncounted] {
        if referring.len() > needed && referring.iter().filter(|column| is_better(column)).count() >= needed {
            referring.retain(is_better);
        }
    }
    let guessed = match (ends, referring.as_slice()) {
        ([Some(from), None], [to]) => vec![(from, Role::From, false), (*to, Role::To, true)],
        ([None, Some(to)], [from]) => vec![(*from, Role::From, true), (to, Role::To, false)],
        ([None, None], [from, to, ..]) => vec![(*from, Role::From, true), (*to, Role::To, true)],
        _ => return,
    };
    set_roles((table, columns), &guessed, (TableShape::Ties, Reason::Actors, Severity::Remark), fixed, report);
}

/// Whether a cell holds the number of its row, counted from 0 or 1.
fn is_number_of_row(table: &Table<'_>, row: usize, column: usize) -> bool {
    let number = table.row(row).and_then(|cells| text(cells, column).parse::<usize>().ok());
    let first = table.row(1).and_then(|cells| text(cells, column).parse::<usize>().ok());
    first.is_some_and(|first| first <= 1 && number == Some(first + row - 1))
}

/// Decides what a single table without known headings is: ties between its first two columns of names, or the actors of
/// its only one.
fn settle_only_table(plans: &mut [PlannedTable<'_, '_>], fixed: Fixed<'_>, report: &mut ImportReport) {
    let is_of_ties = |shape| matches!(shape, TableShape::Ties | TableShape::Matrix | TableShape::Chains);
    if plans.iter().any(|(_, columns)| is_of_ties(columns.shape)) {
        return;
    }
    let unknown: Vec<usize> = (0..plans.len()).filter(|&at| plans[at].1.shape == TableShape::Unknown).collect();
    let [at] = unknown.as_slice() else { return };
    let (table, _) = &plans[*at];
    let headings = headings(table);
    let ends = known_ends(table, &headings, fixed);
    let mut names: Vec<usize> = unknown_columns(table, &headings, fixed);
    names
        .retain(|&column| !ends.contains(&Some(column)) && holds_names(table, column) && look(table, column).is_none());
    // What is the same in all rows hardly tells actors apart.
    let varied: Vec<usize> = names.iter().copied().filter(|&column| !is_constant(table, column)).collect();
    if varied.len() + ends.iter().flatten().count() >= 2 {
        names = varied;
    }
    let (guessed, decision) = match (ends, names.as_slice()) {
        ([Some(from), None], [to, ..]) => (vec![(from, Role::From, false), (*to, Role::To, true)], TableShape::Ties),
        ([None, Some(to)], [from, ..]) => (vec![(*from, Role::From, true), (to, Role::To, false)], TableShape::Ties),
        ([None, None], [from, to, ..]) => (vec![(*from, Role::From, true), (*to, Role::To, true)], TableShape::Ties),
        ([None, None], [name]) if plans.len() == 1 && is_list_of_names(table, *name) => {
            (vec![(*name, Role::ActorName, true)], TableShape::Actors)
        }
        _ => return,
    };
    let severity = if decision == TableShape::Ties { Severity::Warning } else { Severity::Remark };
    let (table, columns) = &mut plans[*at];
    set_roles((table, columns), &guessed, (decision, Reason::Names, severity), fixed, report);
}

/// Whether a column has the same value in all of several rows.
fn is_constant(table: &Table<'_>, column: usize) -> bool {
    let mut values = table.rows().skip(1).map(|row| text(row, column));
    let first = values.next();
    table.row_count() > 2 && values.all(|value| Some(value) == first)
}

/// Whether all values of a column may be names of actors rather than lines of a text.
fn is_list_of_names(table: &Table<'_>, column: usize) -> bool {
    let mut values = table.rows().skip(1).map(|row| text(row, column)).filter(|text| !text.is_empty());
    values.all(is_plain_name)
}

/// Recognizes a table again with roles that were guessed, and reports those of unknown headings.
fn set_roles(
    (table, columns): (&Table<'_>, &mut TableColumns),
    guessed: &[(usize, Role, bool)],
    (shape, reason, severity): (TableShape, Reason, Severity),
    fixed: Fixed<'_>,
    report: &mut ImportReport,
) {
    let roles: Vec<(usize, Role)> = guessed.iter().map(|&(column, role, _)| (column, role)).collect();
    let recognized = TableColumns::recognize(table, fixed, &roles);
    if recognized.shape != shape {
        return;
    }
    *columns = recognized;
    for &(column, role, is_guess) in guessed {
        columns.list[column].is_guess = is_guess;
        if is_guess {
            report_role(table, column, role, reason, (severity, report));
        }
    }
}

/// Returns the column of each end that the user or a heading names alone: nothing says the other one.
fn known_ends(table: &Table<'_>, headings: &[Heading], fixed: Fixed<'_>) -> [Option<usize>; 2] {
    let chosen = Roles::new(headings, table, fixed).chosen;
    [Role::From, Role::To].map(|end| {
        let is_fixed = |column: &usize| chosen[*column] == Some(end);
        // "Source" may be who says so, and "From" a date.
        let is_named = |column: &usize| {
            let heading = &headings[*column];
            chosen[*column].is_none()
                && heading.may_be(end)
                && !heading.may_be(Role::SourceTitle)
                && look(table, *column) != Some(ValueLook::Date)
        };
        (0..headings.len()).find(is_fixed).or_else(|| (0..headings.len()).find(is_named))
    })
}

/// Returns the columns of which neither the user nor the heading says anything.
fn unknown_columns(table: &Table<'_>, headings: &[Heading], fixed: Fixed<'_>) -> Vec<usize> {
    let chosen = Roles::new(headings, table, fixed).chosen;
    (0..headings.len()).filter(|&column| chosen[column].is_none() && headings[column].roles.is_empty()).collect()
}

fn report_guess(table: &Table<'_>, column: usize, role: Role, reason: Reason, report: &mut ImportReport) {
    report_role(table, column, role, reason, (Severity::Remark, report));
}

fn report_role(
    table: &Table<'_>,
    column: usize,
    role: Role,
    reason: Reason,
    (severity, report): (Severity, &mut ImportReport),
) {
    let heading = table.row(0).map_or("", |header| text(header, column));
    let letters = letters(column);
    let subject = if heading.is_empty() || table.has_added_headings() {
        format!("the column {letters} has no heading")
    } else {
        format!("the heading {} is not known", crate::hidden_characters::Quoted(heading))
    };
    let message = format!("{subject}; {}, so it is taken for “{}” as a guess", reason.text(), role.word());
    let name = if heading.is_empty() { letters } else { crate::hidden_characters::shortened(heading) };
    let remedy = format!("to keep its values as a field instead, use --set keep=\"{name}\"");
    report.add(severity, Place::new(table, table.heading_number(), column), message, &remedy);
}

#[cfg(test)]
mod partner_tests;
#[cfg(test)]
mod tests;
