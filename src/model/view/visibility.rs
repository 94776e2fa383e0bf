//! What hides records from a view or a look.

use super::Filter;
use crate::model::{ActorId, TieId};

/// What decides which records are visible: a view of a file, or the look of an open document.
pub trait Visibility {
    /// Returns whether an actor is hidden by hand.
    fn hides_actor(&self, actor: ActorId) -> bool;

    /// Returns whether a tie is hidden by hand.
    fn hides_tie(&self, tie: TieId) -> bool;

    /// Returns the filter.
    fn filter(&self) -> &Filter;

    /// Returns the explored part: the only actors that may be visible; `None` for all.
    fn explored(&self) -> Option<impl Iterator<Item = ActorId>>;
}
