//! The steps of exploring a map, as undo names them.

use crate::model::ActorId;
use crate::wording::counted;

/// A step of exploring a map, for its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExploreStep {
    /// Shows an actor and neighbors of it alone.
    Start(ActorId),
    /// Shows this number of actors alone, with the ties among them.
    Among(usize),
    /// Brings neighbors of actors in.
    BringIn {
        /// The actors.
        of: Vec<ActorId>,
        /// The number of neighbors.
        count: usize,
    },
    /// Takes neighbors of actors away.
    TakeAway {
        /// The actors.
        of: Vec<ActorId>,
        /// The number of neighbors.
        count: usize,
    },
    /// Shows the whole map.
    End,
}

impl ExploreStep {
    /// Returns the label for undo, as in "Show 12 neighbors of OpenAI", given the names of actors.
    pub(super) fn words<'a>(&self, name: &impl Fn(ActorId) -> &'a str) -> String {
        let neighbors = |verb: &str, of: &[ActorId], count: usize| {
            let whose = match of {
                [only] => name(*only).to_owned(),
                several => counted(several.len(), "actor", "actors"),
            };
            format!("{verb} {} of {whose}", counted(count, "neighbor", "neighbors"))
        };
        match self {
            Self::Start(actor) => format!("Start from {}", name(*actor)),
            Self::Among(count) => format!("Show only {}", counted(*count, "actor", "actors")),
            Self::BringIn { of, count } => neighbors("Show", of, *count),
            Self::TakeAway { of, count } => neighbors("Take away", of, *count),
            Self::End => "Show the whole map".to_owned(),
        }
    }
}
