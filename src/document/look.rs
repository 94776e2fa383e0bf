//! How a map is looked at: places, pins, filters, what is hidden.

use std::collections::{BTreeMap, BTreeSet};

use emath::Pos2;

use crate::model::{ActorId, Arrangement, BendPoint, LabelChoice, Map, Placed, TieId, View, Word};

use super::Filter;

/// A look at a map. Everything in it is undoable; hover and selection are not part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// How actors without a place are arranged.
    pub arrangement: Arrangement,
    /// Seed of the arrangement.
    pub seed: u64,
    /// Centers of all cards and hubs that have a place: from the file, by hand, or settled by a layout.
    pub positions: BTreeMap<Placed, Pos2>,
    /// What "lay out again" must not move.
    pub pinned: BTreeSet<ActorId>,
    /// Actors hidden by hand.
    pub hidden: BTreeSet<ActorId>,
    /// What else is left out.
    pub filter: Filter,
    /// Labels shown or hidden by hand.
    pub labels: BTreeMap<TieId, LabelChoice>,
    /// Lanes bent by hand; the label lies at the bend.
    pub bends: BTreeMap<TieId, BendPoint>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            arrangement: Arrangement::Auto,
            seed: 1,
            positions: BTreeMap::new(),
            pinned: BTreeSet::new(),
            hidden: BTreeSet::new(),
            filter: Filter::default(),
            labels: BTreeMap::new(),
            bends: BTreeMap::new(),
        }
    }
}

impl Look {
    /// The look that a map opens with: its first view, else everything with default settings.
    #[must_use]
    pub fn of_map(map: &Map) -> Self {
        map.views.first().map_or_else(Self::default, Self::of_view)
    }

    fn of_view(view: &View) -> Self {
        let arrangement = view.algorithm.as_deref().map(Arrangement::from_word);
        let actors = view.positions.iter().map(|&(id, pos)| (Placed::Actor(id), pos));
        let hubs = view.hub_positions.iter().map(|&(id, pos)| (Placed::Hub(id), pos));
        Self {
            arrangement: arrangement.as_ref().and_then(Word::known).unwrap_or(Arrangement::Auto),
            seed: view.seed.unwrap_or(1),
            positions: actors.chain(hubs).collect(),
            pinned: view.pinned.iter().copied().collect(),
            hidden: view.hidden.iter().copied().collect(),
            filter: Filter::default(),
            labels: view.labels.iter().copied().collect(),
            bends: view.bends.iter().copied().collect(),
        }
    }
}
