//! Entities beside their labels, as queries of Wikidata return them: `person`, `personLabel`, `org`, `orgLabel`.

use crate::load::table::Table;
use crate::model::Severity;
use crate::wording::read::Role;

use super::{Fixed, Reason, set_roles};
use crate::load::import::cells::text;
use crate::load::import::columns::TableColumns;
use crate::load::import::report::ImportReport;
use crate::load::import::report::preview::TableShape;

/// What the name of a column of labels ends with.
const SUFFIX: &str = "label";

/// Takes the first two entities of each row for the ends of a tie, and a property between them for its kind; or the only
/// one for an actor.
pub(super) fn take_labeled_entities(
    table: &Table<'_>,
    columns: &mut TableColumns,
    fixed: Fixed<'_>,
    report: &mut ImportReport,
) {
    if !matches!(columns.shape, TableShape::Unknown | TableShape::Actors) || !fixed.is_empty() {
        return;
    }
    let (properties, entities): (Vec<_>, Vec<_>) =
        labeled(table).into_iter().partition(|&(entity, _)| are_properties(table, entity));
    let (mut guessed, shape) = match entities.as_slice() {
        [(from, from_label), (to, to_label), ..] => {
            let ends = vec![
                (*from, Role::From, true),
                (*from_label, Role::FromName, false),
                (*to, Role::To, true),
                (*to_label, Role::ToName, false),
            ];
            (ends, TableShape::Ties)
        }
        [(entity, label)] => {
            (vec![(*entity, Role::ActorId, true), (*label, Role::ActorName, false)], TableShape::Actors)
        }
        [] => return,
    };
    if let (Some((_, label)), TableShape::Ties) = (properties.first(), shape) {
        guessed.push((*label, Role::Kind, true));
    }
    set_roles((table, columns), &guessed, (shape, Reason::Labels, Severity::Remark), fixed, report);
}

/// Returns the columns of entities with those of their labels.
fn labeled(table: &Table<'_>) -> Vec<(usize, usize)> {
    let Some(header) = table.row(0) else { return Vec::new() };
    let heading = |column: usize| text(header, column).to_lowercase();
    let label_of = |column: usize| {
        let name = heading(column);
        let wanted = [format!("{name}{SUFFIX}"), format!("{name}_{SUFFIX}"), format!("{name} {SUFFIX}")];
        (0..table.width()).find(|&other| !name.is_empty() && wanted.contains(&heading(other)))
    };
    (0..table.width())
        .filter(|&column| are_entities(table, column))
        .filter_map(|column| Some((column, label_of(column)?)))
        .collect()
}

/// Whether all values of a column are addresses or ids of entities.
fn are_entities(table: &Table<'_>, column: usize) -> bool {
    let mut values = table.rows().skip(1).map(|row| text(row, column)).filter(|value| !value.is_empty()).peekable();
    let is_entity = |value: &str| value.contains("://") || item_number(value, &['Q', 'P', 'L']);
    values.peek().is_some() && values.all(is_entity)
}

/// Whether all entities of a column are properties.
fn are_properties(table: &Table<'_>, column: usize) -> bool {
    let mut values = table.rows().skip(1).map(|row| text(row, column)).filter(|value| !value.is_empty());
    values.all(|value| item_number(value.rsplit('/').next().unwrap_or_default(), &['P']))
}

/// Whether a text is a letter and a number.
fn item_number(text: &str, letters: &[char]) -> bool {
    let number = text.strip_prefix(letters).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
