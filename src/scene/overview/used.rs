//! What a legend explains: kinds and marks in use, gathered once per layout.

use std::collections::BTreeSet;

use super::network::{OverviewDots, OverviewTies};
use crate::model::{ActorKindId, TieKindId};

/// Kinds and marks in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UsedSigns {
    /// Kinds of actors; `None` for actors without a kind.
    pub actor_kinds: BTreeSet<Option<ActorKindId>>,
    /// Kinds of ties.
    pub tie_kinds: BTreeSet<TieKindId>,
    /// Whether there are ties between areas.
    pub has_between: bool,
    /// Whether there are bridges.
    pub has_bridges: bool,
}

impl UsedSigns {
    pub(super) fn new(dots: &OverviewDots, ties: &OverviewTies) -> Self {
        Self {
            actor_kinds: dots.kinds[..dots.actor_count()].iter().copied().collect(),
            tie_kinds: ties.kinds.iter().flatten().copied().collect(),
            has_between: ties.is_between.contains(&true),
            has_bridges: dots.is_bridge.contains(&true),
        }
    }
}
