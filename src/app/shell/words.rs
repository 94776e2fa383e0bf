//! The accessible names and tooltips of what lies on the canvas.

use crate::analysis::PairSummary;
use crate::document::{Document, unseen_count};
use crate::model::{Item, Map};
use crate::scene::Ribbons;
use crate::view;
use crate::wording::counted;

pub(super) fn accessible_name(map: &Map, ribbons: &Ribbons, item: Item) -> String {
    if let Some(ribbon) = ribbon(ribbons, item) {
        return view::pair_name_on_map(map, ribbon);
    }
    match item {
        Item::Actor(actor) => view::actor_name_on_map(map, actor),
        Item::Tie(tie) => view::tie_name_on_map(map, tie),
        Item::Fact(_) | Item::Source(_) => String::new(),
    }
}

/// Returns the ribbon drawn in place of a tie.
fn ribbon(ribbons: &Ribbons, item: Item) -> Option<&PairSummary> {
    if let Item::Tie(tie) = item { ribbons.get(tie) } else { None }
}

/// Returns a line with the number of neighbors that are not shown.
pub(super) fn unseen_text(document: &Document, item: Item) -> String {
    let Document { map, look, .. } = document;
    let count = match item {
        Item::Actor(actor) if look.shown.is_some() => unseen_count(map, look, actor),
        _ => 0,
    };
    let neighbors = counted(count, "neighbor", "neighbors");
    if count > 0 { format!("\n{neighbors} not shown; X brings them in") } else { String::new() }
}

pub(super) fn hover_text(map: &Map, ribbons: &Ribbons, item: Item) -> String {
    if let Some(ribbon) = ribbon(ribbons, item) {
        return format!("{}\nClick to spread them out", view::pair_hover(map, ribbon));
    }
    match item {
        Item::Actor(actor) => view::actor_hover(map, actor),
        Item::Tie(tie) => view::tie_hover(map, tie),
        Item::Fact(_) | Item::Source(_) => String::new(),
    }
}
