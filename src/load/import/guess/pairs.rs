//! Tables of two sorts of actors, such as people and boards, whose headings name the sorts and no ends: a list of actors
//! has each name once, a list of pairs has names again with other partners.

use std::collections::HashSet;

use crate::hidden_characters::{Quoted, shortened, visible};
use crate::load::table::Table;
use crate::model::Severity;
use crate::wording::read::{Role, roles_of_heading};

use super::look::{holds_names, look};
use crate::load::import::cells::text;
use crate::load::import::columns::{TableColumns, headings};
use crate::load::import::kinds::is_word_for_a_kind;
use crate::load::import::options::ColumnChoice;
use crate::load::import::registry::fold_name;
use crate::load::import::report::preview::TableShape;
use crate::load::import::report::{ImportReport, Place};

/// So many names must occur again with another partner, so that a few rows of one actor don't make a list of pairs.
const MIN_REPEATED: usize = 2;

/// Takes the rows of a table for ties if it names actors in one column, and others that they are paired with in one more.
pub(super) fn take_pairs_for_ties(
    table: &Table<'_>,
    columns: &mut TableColumns,
    fixed: &[ColumnChoice],
    report: &mut ImportReport,
) {
    let Some(name) = name_of_bare_actors(columns, fixed) else { return };
    let Some(partner) = partner(table, columns, name) else { return };
    if !are_pairs(table, name, partner) {
        return;
    }
    let (from, to) = (name.min(partner), name.max(partner));
    let recognized = TableColumns::recognize(table, fixed, &[(from, Role::From), (to, Role::To)]);
    if recognized.shape != TableShape::Ties {
        return;
    }
    let heading = |column: usize| table.row(0).map_or("", |header| text(header, column));
    let message = format!(
        "names of {} occur again with another {}, so each row is taken for a tie between the two as a guess",
        Quoted(heading(name)),
        Quoted(heading(partner))
    );
    let remedy =
        format!("to make one actor of each name instead, use --set actor-name=\"{}\"", shortened(heading(name)));
    report.add(Severity::Remark, Place::new(table, table.heading_number(), from), message, &remedy);
    *columns = TableColumns { end_kinds: end_kinds([heading(from), heading(to)]), ..recognized };
}

/// Returns the column of names of a table of actors that says nothing which only actors have, and that the user did not
/// call one.
pub(super) fn name_of_bare_actors(columns: &TableColumns, fixed: &[ColumnChoice]) -> Option<usize> {
    let is_of_actors = [Role::ActorId, Role::Alias, Role::Url, Role::Image, Role::Summary];
    let says_actors = is_of_actors.iter().any(|role| columns.has(*role));
    let is_fixed = || fixed.iter().any(|choice| choice.role == Role::ActorName);
    if columns.shape != TableShape::Actors || says_actors || is_fixed() {
        return None;
    }
    columns.with(Role::ActorName)
}

/// Returns the kinds of the actors in two columns, by their headings; `None` if one says nothing, or that it is an end.
fn end_kinds(headings: [&str; 2]) -> Option<[String; 2]> {
    let is_end = |role: &Role| matches!(role, Role::From | Role::To | Role::FromName | Role::ToName);
    // "Person" is a heading of names, as "Name" is, and a sort of actors.
    let is_kind = |heading: &&str| {
        let roles = roles_of_heading(heading);
        let is_plain_name = roles.contains(&Role::ActorName) && !is_word_for_a_kind(heading);
        heading.chars().any(char::is_alphabetic) && !is_plain_name && !roles.iter().any(is_end)
    };
    let are_kinds = headings.iter().all(is_kind) && fold_name(headings[0]) != fold_name(headings[1]);
    are_kinds.then(|| headings.map(|heading| visible(heading).into_owned()))
}

/// Returns the only other column of names whose heading says nothing, or that it has names, too.
fn partner(table: &Table<'_>, columns: &TableColumns, name: usize) -> Option<usize> {
    let headings = headings(table);
    let is_open = |column: &usize| {
        let heading = &headings[*column];
        *column != name
            && columns.list[*column].role.is_none()
            && (heading.roles.is_empty() || heading.may_be(Role::ActorName))
            && holds_names(table, *column)
            && look(table, *column).is_none()
    };
    let mut open = (0..columns.list.len()).filter(is_open);
    open.next().filter(|_| open.next().is_none())
}

/// Whether names occur again with other partners, no partner is a name, and partners occur again with other names.
fn are_pairs(table: &Table<'_>, name: usize, partner: usize) -> bool {
    let pairs: HashSet<(String, String)> = table
        .rows()
        .skip(1)
        .map(|row| (fold_name(text(row, name)), fold_name(text(row, partner))))
        .filter(|(name, partner)| !name.is_empty() && !partner.is_empty())
        .collect();
    let names: HashSet<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    let partners: HashSet<&str> = pairs.iter().map(|(_, partner)| partner.as_str()).collect();
    let repeated = pairs.len() - names.len();
    repeated >= MIN_REPEATED
        && repeated * 5 >= pairs.len()
        && partners.len() < pairs.len()
        && names.is_disjoint(&partners)
}
