//! Properties with several values. Of several dates, the most precise one is taken if the others agree with it.

use std::borrow::Cow;

use crate::hidden_characters::visible;
use crate::load::table::graph::GraphRows;
use crate::load::table::graph::json::attributes::joined;
use crate::load::table::graph::json::document::add_note;
use crate::load::table::types::TableNote;
use crate::model::Severity;
use crate::wording::read::Role;

/// Puts the values of a property. Where a field has one value only, the others are kept as a field of their own.
pub(super) fn put<'a>(
    property: &str,
    role: Role,
    mut all: Vec<Cow<'a, str>>,
    (number, notes): (u32, &mut Vec<TableNote>),
    rows: &mut GraphRows<'a>,
) {
    let is_date = matches!(role, Role::Start | Role::End | Role::Date);
    let is_figure = matches!(role, Role::Amount | Role::Currency | Role::Share);
    if all.len() < 2 || !(is_date || is_figure || matches!(role, Role::Stage | Role::Label)) {
        if let Some(words) = joined(all) {
            rows.put(property.to_owned(), Some(role), words);
        }
        return;
    }
    let longest = (0..all.len()).max_by_key(|at| (all[*at].len(), usize::MAX - at)).unwrap_or(0);
    let agrees = is_date && all.iter().all(|other| all[longest].starts_with(&**other));
    let taken = all.remove(if agrees { longest } else { 0 });
    all.retain(|other| *other != taken);
    if !all.is_empty() {
        let (name, count) = (visible(property), all.len() + 1);
        let rest = if agrees {
            "the most precise one, which agrees with the others, is taken"
        } else {
            "the first one is taken, and the others are kept as a field"
        };
        let message = format!("{count} values of “{name}”, such as {}; {rest}", visible(&taken));
        let severity = if is_date || is_figure { Severity::Warning } else { Severity::Remark };
        add_note(notes, TableNote::new(severity, message, "write one value").at_row(number));
    }
    rows.put(property.to_owned(), Some(role), taken);
    if !agrees && let Some(others) = joined(all) {
        rows.put(property.to_owned(), Some(Role::Keep), others);
    }
}
