//! Selecting records on the canvas, by pointer or by key.

use crate::model::Item;

use super::input::CanvasInput;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::pairs::spread_out;
use crate::app::ask::selection::Selection;

/// The ties of a ribbon, or the record itself.
pub(super) fn all_of(item: Item, input: &CanvasInput<'_>) -> Selection {
    let ribbon = if let Item::Tie(tie) = item { input.ribbons.get(tie) } else { None };
    let ties = ribbon.map(|ribbon| Selection::new(ribbon.ties.iter().copied().map(Item::Tie)));
    ties.unwrap_or_else(|| Selection::one(item))
}

/// Selects a record. A ribbon is spread out, and its ties selected, so that the details list them.
pub(super) fn choose(item: Item, input: &CanvasInput<'_>, commands: &mut Commands) {
    if let Item::Tie(tie) = item
        && let Some(ribbon) = input.ribbons.get(tie)
    {
        commands.push(AppCommand::Change(spread_out(ribbon.pair, ribbon.ties.len())));
    }
    select(all_of(item, input), input, commands);
}

/// Asks for another selection, if it is another.
pub(super) fn select(selection: Selection, input: &CanvasInput<'_>, commands: &mut Commands) {
    if selection != *input.selection {
        commands.push(AppCommand::Select(selection));
    }
}
