//! Two actors in no direction.

use crate::model::{ActorId, Ends};

/// Two actors in no direction, or one actor twice: whose ties to each other, or to itself, belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    lower: ActorId,
    higher: ActorId,
}

impl Pair {
    /// The pair of two actors; their order does not count.
    #[must_use]
    pub fn new(one: ActorId, other: ActorId) -> Self {
        Self { lower: one.min(other), higher: one.max(other) }
    }

    /// The pair that a tie connects, or `None` for a many-party tie.
    #[must_use]
    pub fn of_ends(ends: &Ends) -> Option<Self> {
        match ends {
            Ends::Pair { from, to } => Some(Self::new(*from, *to)),
            Ends::Parties(_) => None,
        }
    }

    /// Both actors, the one that comes first in the file first.
    #[must_use]
    pub fn actors(self) -> [ActorId; 2] {
        [self.lower, self.higher]
    }

    /// Whether it is one actor with itself.
    #[must_use]
    pub fn is_loop(self) -> bool {
        self.lower == self.higher
    }
}
