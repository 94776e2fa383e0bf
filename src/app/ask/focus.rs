//! What alone stays bright while the rest of the picture fades.

use crate::document::Shown;
use crate::model::{ActorId, Item};

/// What is looked at. Not part of the document, as the selection is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// An actor with all that it is tied to.
    Neighborhood(ActorId),
    /// The ways between two actors: everything on them.
    Ways(Vec<Item>),
}

impl Focus {
    /// Whether all of it is shown.
    pub(crate) fn is_shown(&self, shown: &Shown) -> bool {
        let is_item_shown = |item: &Item| match item {
            Item::Actor(actor) => shown.has_actor(*actor),
            Item::Tie(tie) => shown.has_tie(*tie),
            Item::Fact(_) | Item::Source(_) => false,
        };
        match self {
            Self::Neighborhood(actor) => shown.has_actor(*actor),
            Self::Ways(items) => items.iter().all(is_item_shown),
        }
    }
}
