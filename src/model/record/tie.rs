//! Ties between actors, and facts about one.

use crate::model::{ActorId, Claim, TieKindId};

/// A party to a tie among three or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub actor: ActorId,
    /// In which role, such as "supplier".
    pub role: Option<String>,
}

/// Whom a tie connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Two actors, or one with itself.
    Pair {
        /// Where it starts.
        from: ActorId,
        /// Where it leads.
        to: ActorId,
    },
    /// Any number of actors with roles, drawn as a hub.
    Parties(Vec<Party>),
}

impl Ends {
    /// Every actor it connects, in the file's order; a self-tie gives its actor once.
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

    /// Whether this actor is one of its ends.
    #[must_use]
    pub fn has(&self, actor: ActorId) -> bool {
        match self {
            Self::Pair { from, to } => *from == actor || *to == actor,
            Self::Parties(parties) => parties.iter().any(|party| party.actor == actor),
        }
    }
}

/// One claim that relates actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// What kind of tie it is.
    pub kind: TieKindId,
    /// Whom it connects.
    pub ends: Ends,
    /// Whether it has a direction: the tie's own word, else its kind's.
    pub is_directed: bool,
    /// What it states.
    pub claim: Claim,
}

/// One claim about a single actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Whom it is about.
    pub actor: ActorId,
    /// What it says, never empty.
    pub text: String,
    /// What else it states.
    pub claim: Claim,
}
