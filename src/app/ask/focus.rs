//! The part of the picture that stays while the rest is hidden or faded.

use crate::document::Shown;
use crate::model::{ActorId, Item};

/// The focused part. Like the selection, it is not part of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// An actor and everything it is tied to; the rest is hidden.
    Neighborhood(ActorId),
    /// These items, such as those on the paths between two actors; the rest is faded.
    Items(Vec<Item>),
}

impl Focus {
    /// Returns whether the focused part is completely shown.
    pub(crate) fn is_shown(&self, shown: &Shown) -> bool {
        let is_item_shown = |item: &Item| match item {
            Item::Actor(actor) => shown.has_actor(*actor),
            Item::Tie(tie) => shown.has_tie(*tie),
            Item::Fact(_) | Item::Source(_) => false,
        };
        match self {
            Self::Neighborhood(actor) => shown.has_actor(*actor),
            Self::Items(items) => items.iter().all(is_item_shown),
        }
    }
}
