//! Ties between actors, and facts about a single actor.

use crate::model::{ActorId, Claim, TieKindId};

/// A party to a many-party tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The actor.
    pub actor: ActorId,
    /// Its role, such as "supplier".
    pub role: Option<String>,
}

/// The actors that a tie connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Two actors, or one actor with itself.
    Pair {
        /// Start of the tie.
        from: ActorId,
        /// End of the tie.
        to: ActorId,
    },
    /// Any number of actors with roles; drawn as a hub.
    Parties(Vec<Party>),
}

impl Ends {
    /// Returns the actors in file order, without duplicates.
    #[must_use]
    pub fn actors(&self) -> Vec<ActorId> {
        match self {
            Self::Pair { from, to } if from == to => vec![*from],
            Self::Pair { from, to } => vec![*from, *to],
            Self::Parties(parties) => {
                let mut actors: Vec<ActorId> = parties.iter().map(|party| party.actor).collect();
                let mut seen = std::collections::HashSet::with_capacity(actors.len());
                actors.retain(|&actor| seen.insert(actor));
                actors
            }
        }
    }

    /// Whether this actor is one of the ends.
    #[must_use]
    pub fn has(&self, actor: ActorId) -> bool {
        match self {
            Self::Pair { from, to } => *from == actor || *to == actor,
            Self::Parties(parties) => parties.iter().any(|party| party.actor == actor),
        }
    }
}

/// A claim that relates actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Its kind.
    pub kind: TieKindId,
    /// Its actors.
    pub ends: Ends,
    /// Whether it has a direction: as set on the tie, else by its kind.
    pub is_directed: bool,
    /// Its content.
    pub claim: Claim,
}

/// A claim about a single actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The actor.
    pub actor: ActorId,
    /// The statement, never empty.
    pub text: String,
    /// Further content.
    pub claim: Claim,
}
