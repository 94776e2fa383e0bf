//! The neighbors that an explored part of a map can be extended by, grouped for a menu.

use std::collections::BTreeMap;

use crate::document::{Look, NeighborChoice, UnseenNeighbor, unseen_neighbors, year_of};
use crate::model::{ActorId, ActorKindId, Map, TieKindId};
use crate::wording::visible;

/// Some of the neighbors that are not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeighborGroup {
    /// What they have in common.
    pub label: String,
    /// How to bring them in.
    pub choice: NeighborChoice,
    /// Their number.
    pub count: usize,
}

/// All neighbors that are not shown, in groups that overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeighborGroups {
    /// Their number.
    pub count: usize,
    /// Whether ties to them have weights, so that the strongest are the heaviest.
    pub has_weights: bool,
    /// By kind of actor; empty if there is only one. The largest first.
    pub actor_kinds: Vec<NeighborGroup>,
    /// By kind of tie; empty if there is only one. The largest first.
    pub tie_kinds: Vec<NeighborGroup>,
    /// By the year in which a tie began; empty if there is only one. The latest first.
    pub years: Vec<NeighborGroup>,
}

/// Groups the neighbors of these actors that are not shown. The cost is proportional to the number of their ties.
#[must_use]
pub fn build_neighbor_groups(map: &Map, look: &Look, of: &[ActorId]) -> NeighborGroups {
    let unseen = unseen_neighbors(map, look, of);
    let mut actor_kinds: BTreeMap<Option<ActorKindId>, usize> = BTreeMap::new();
    let mut tie_kinds: BTreeMap<TieKindId, usize> = BTreeMap::new();
    let mut years: BTreeMap<i64, usize> = BTreeMap::new();
    for neighbor in &unseen {
        *actor_kinds.entry(map.actor(neighbor.actor).kind).or_default() += 1;
        each_once(neighbor, |tie| Some(map.tie(tie).kind), &mut tie_kinds);
        each_once(neighbor, |tie| year_of(map, tie), &mut years);
    }
    let actor_kind = |kind: Option<ActorKindId>| {
        kind.map_or_else(|| "Without a kind".to_owned(), |kind| visible(&map.actor_kinds()[kind].label).into_owned())
    };
    let group = |label, choice, count| NeighborGroup { label, choice, count };
    let by_size = |mut groups: Vec<NeighborGroup>| {
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        if groups.len() > 1 { groups } else { Vec::new() }
    };
    let years: Vec<NeighborGroup> = years
        .into_iter()
        .rev()
        .map(|(year, count)| group(year.to_string(), NeighborChoice::Year(year), count))
        .collect();
    NeighborGroups {
        count: unseen.len(),
        has_weights: unseen.iter().any(|neighbor| neighbor.weight(map).is_some()),
        actor_kinds: by_size(
            actor_kinds
                .into_iter()
                .map(|(kind, count)| group(actor_kind(kind), NeighborChoice::ActorKind(kind), count))
                .collect(),
        ),
        tie_kinds: by_size(
            tie_kinds
                .into_iter()
                .map(|(kind, count)| {
                    let label = visible(&map.tie_kinds()[kind].label).into_owned();
                    group(label, NeighborChoice::TieKind(kind), count)
                })
                .collect(),
        ),
        years: if years.len() > 1 { years } else { Vec::new() },
    }
}

/// Counts a neighbor once for each property that one of its ties has.
fn each_once<K: Ord>(
    neighbor: &UnseenNeighbor,
    property: impl Fn(crate::model::TieId) -> Option<K>,
    counts: &mut BTreeMap<K, usize>,
) {
    let found: std::collections::BTreeSet<K> = neighbor.ties.iter().filter_map(|&tie| property(tie)).collect();
    for key in found {
        *counts.entry(key).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::build_neighbor_groups;
    use crate::document::Look;
    use crate::model::fixture::{self, ALDER, BIRCH};

    #[test]
    fn neighbors_are_counted_once_in_each_group() {
        let map = fixture::map();
        let look = Look { shown: Some([BIRCH].into_iter().collect()), ..Look::default() };
        let groups = build_neighbor_groups(&map, &look, &[BIRCH]);
        let told = |groups: &[super::NeighborGroup]| {
            groups.iter().map(|group| format!("{} {}", group.label, group.count)).collect::<Vec<_>>()
        };
        assert_eq!((groups.count, groups.has_weights), (2, false));
        assert_eq!(told(&groups.actor_kinds), ["Company 1", "Bank 1"]);
        assert_eq!(told(&groups.tie_kinds), ["Agreement 2", "Investment 1", "Revenue share 1", "Loan 1"]);
        assert!(groups.years.is_empty(), "one year is no choice");
        let all = Look { shown: Some([ALDER, BIRCH].into_iter().collect()), ..Look::default() };
        assert_eq!(build_neighbor_groups(&map, &all, &[BIRCH]).count, 1);
    }
}
