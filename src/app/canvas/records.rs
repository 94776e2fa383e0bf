//! Which records of the map the parts of a scene show.

use crate::model::{Item, Map};
use crate::scene::Part;

use super::input::CanvasInput;

/// Returns the record that a part shows; a ribbon is represented by its first tie.
pub(super) fn item_of(part: Part) -> Option<Item> {
    match part {
        Part::Card(actor) => Some(Item::Actor(actor)),
        Part::Lane(tie) | Part::Pill(tie) | Part::Role(tie, _) | Part::Ribbon(tie) | Part::RibbonPill(tie) => {
            Some(Item::Tie(tie))
        }
        Part::Note(_)
        | Part::Heading(_)
        | Part::Area(_)
        | Part::Ties
        | Part::Dots
        | Part::Title
        | Part::Legend
        | Part::Sources
        | Part::Source(_) => None,
    }
}

/// Returns the record that is drawn for another: for a tie in a ribbon, the tie that identifies the ribbon.
pub(super) fn record_of(item: Item, input: &CanvasInput<'_>) -> Option<Item> {
    match item {
        Item::Tie(tie) => Some(Item::Tie(input.ribbons.lead(tie).unwrap_or(tie))),
        Item::Actor(_) => Some(item),
        Item::Fact(_) | Item::Source(_) => None,
    }
}

/// Returns whether the map has this record.
pub(super) fn exists(map: &Map, record: Item) -> bool {
    map.has(record)
}
