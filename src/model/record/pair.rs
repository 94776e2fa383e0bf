//! Unordered pairs of actors.

use crate::model::{ActorId, Ends};

/// An unordered pair of actors, or one actor twice; groups the ties between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    lower: ActorId,
    higher: ActorId,
}

impl Pair {
    /// Returns the pair of two actors, in any order.
    #[must_use]
    pub fn new(one: ActorId, other: ActorId) -> Self {
        Self { lower: one.min(other), higher: one.max(other) }
    }

    /// Returns the pair that a tie connects, or `None` for a many-party tie.
    #[must_use]
    pub fn of_ends(ends: &Ends) -> Option<Self> {
        match ends {
            Ends::Pair { from, to } => Some(Self::new(*from, *to)),
            Ends::Parties(_) => None,
        }
    }

    /// Returns both actors, in file order.
    #[must_use]
    pub fn actors(self) -> [ActorId; 2] {
        [self.lower, self.higher]
    }

    /// Whether both are the same actor.
    #[must_use]
    pub fn is_loop(self) -> bool {
        self.lower == self.higher
    }
}
