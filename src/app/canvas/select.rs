//! Selection and focus of records on the canvas, by pointer or keyboard.

use crate::model::Item;

use super::input::CanvasInput;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::pairs::spread_out;
use crate::app::ask::selection::Selection;

/// Where the keyboard focus goes at the end of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FocusTarget {
    /// The canvas itself.
    Canvas,
    Element(Item),
}

/// Returns the selection for a record; for a ribbon, all of its ties.
pub(super) fn all_of(item: Item, input: &CanvasInput<'_>) -> Selection {
    let ribbon = if let Item::Tie(tie) = item { input.ribbons.get(tie) } else { None };
    let ties = ribbon.map(|ribbon| Selection::new(ribbon.ties.iter().copied().map(Item::Tie)));
    ties.unwrap_or_else(|| Selection::one(item))
}

/// Selects a record. A ribbon is spread out and all of its ties are selected, so that the details list them.
pub(super) fn choose(item: Item, input: &CanvasInput<'_>, commands: &mut Commands) {
    if let Item::Tie(tie) = item
        && let Some(ribbon) = input.ribbons.get(tie)
    {
        commands.push(AppCommand::Change(spread_out(ribbon.pair, ribbon.ties.len())));
    }
    select(all_of(item, input), input, commands);
}

/// Requests a selection if it differs from the current one.
pub(super) fn select(selection: Selection, input: &CanvasInput<'_>, commands: &mut Commands) {
    if selection != *input.selection {
        commands.push(AppCommand::Select(selection));
    }
}
