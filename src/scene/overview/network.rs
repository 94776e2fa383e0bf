//! Dots and ties as flat arrays, by node and by tie.

use emath::Pos2;

use super::input::OverviewInput;
use crate::model::{ActorId, ActorKindId, TieId, TieKindId};
use crate::scene::plan::{PlanLine, common_kind};

/// Area of a dot that belongs to none.
pub const NO_AREA: u32 = u32::MAX;

/// The dots, one per node of the layout: actors first, then the hubs of many-party ties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewDots {
    /// Actors; further nodes are hubs.
    pub actors: Vec<ActorId>,
    /// Whether they come in the order of their ids.
    pub has_sorted_actors: bool,
    /// Centers, in world units.
    pub centers: Vec<Pos2>,
    /// Numbers of ties.
    pub degrees: Vec<u32>,
    /// Kinds of actors; `None` for hubs as well.
    pub kinds: Vec<Option<ActorKindId>>,
    /// Indices of areas, or [`NO_AREA`].
    pub areas: Vec<u32>,
    /// Number of other areas into which a node has ties.
    pub reaches: Vec<u32>,
    /// Whether it has ties into so many areas that it is marked by a ring.
    pub is_bridge: Vec<bool>,
    /// Importance.
    pub scores: Vec<f32>,
    /// Ranks by importance, from 0.
    pub ranks: Vec<u32>,
}

impl OverviewDots {
    /// Returns the number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.centers.len()
    }

    /// Returns whether there are no nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.centers.is_empty()
    }

    /// Returns the number of actors.
    #[must_use]
    pub fn actor_count(&self) -> usize {
        self.actors.len()
    }

    /// Returns the actor at a node, or `None` for a hub.
    #[must_use]
    pub fn actor(&self, node: u32) -> Option<ActorId> {
        self.actors.get(node as usize).copied()
    }
}

/// The ties, one per line of the plan except those from an actor to itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewTies {
    /// The tie; the first of several drawn as one.
    pub ids: Vec<TieId>,
    /// Nodes at both ends.
    pub ends: Vec<[u32; 2]>,
    /// Kinds; `None` for several ties of different kinds drawn as one.
    pub kinds: Vec<Option<TieKindId>>,
    /// Whether the ends are not in the same area.
    pub is_between: Vec<bool>,
    /// All ties in a random but fixed order, for drawing a sample.
    pub sampling_order: Vec<u32>,
    /// The place of each tie in that order.
    pub sampling_ranks: Vec<u32>,
}

impl OverviewTies {
    /// Returns the number of ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn mark_between(&mut self, dots: &OverviewDots, has_areas: bool) {
        let area = |node: u32| dots.areas[node as usize];
        let is_between = |&[a, b]: &[u32; 2]| has_areas && (area(a) != area(b) || area(a) == NO_AREA);
        self.is_between = self.ends.iter().map(is_between).collect();
    }
}

/// Returns all dots and ties, without areas and ranks.
pub(super) fn gather(input: &OverviewInput<'_>) -> (OverviewDots, OverviewTies) {
    let OverviewInput { map, plan, centers, .. } = *input;
    let count = (plan.cards.len() + plan.hubs.len()).min(centers.len());
    let mut dots = OverviewDots {
        actors: plan.cards.iter().map(|card| card.actor).take(count).collect(),
        centers: centers[..count].iter().map(|&at| if at.is_finite() { at } else { Pos2::ZERO }).collect(),
        degrees: vec![0; count],
        areas: vec![NO_AREA; count],
        reaches: vec![0; count],
        is_bridge: vec![false; count],
        ..OverviewDots::default()
    };
    dots.has_sorted_actors = dots.actors.is_sorted();
    dots.kinds = dots.actors.iter().map(|&id| map.actor(id).kind).collect();
    dots.kinds.resize(count, None);
    let mut ties = OverviewTies::default();
    for line in plan.lines.iter().filter(|line| (line.from.max(line.to) as usize) < count) {
        let ribbon = plan.ribbons.get(line.tie);
        let number = ribbon.map_or(1, |summary| summary.ties.len() as u32);
        dots.degrees[line.from as usize] += number;
        if line.from == line.to {
            continue;
        }
        dots.degrees[line.to as usize] += number;
        push(&mut ties, line, ribbon.map_or_else(|| Some(map.tie(line.tie).kind), common_kind));
    }
    let mut order: Vec<(u64, u32)> = ties.ids.iter().map(|id| hash(id.index() as u64)).zip(0..).collect();
    order.sort_unstable();
    ties.sampling_order = order.into_iter().map(|(_, tie)| tie).collect();
    ties.sampling_ranks = vec![0; ties.len()];
    for (rank, &tie) in (0..).zip(&ties.sampling_order) {
        ties.sampling_ranks[tie as usize] = rank;
    }
    (dots, ties)
}

fn push(ties: &mut OverviewTies, line: &PlanLine, kind: Option<TieKindId>) {
    ties.ids.push(line.tie);
    ties.ends.push([line.from, line.to]);
    ties.kinds.push(kind);
}

/// Mixes the bits of a number (`SplitMix64`, Steele, Lea and Flood 2014).
pub(super) fn hash(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
