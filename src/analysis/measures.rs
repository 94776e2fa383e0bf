//! Measures of how important an actor is to the network of a map, over all ties that are not withdrawn.
//!
//! A tie of several parties counts as a tie between each two of them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::rank;
use crate::model::{ActorId, Map};

/// Shortest paths are followed from at most this many actors; in larger maps from a sample of them.
pub const MAX_PIVOTS: usize = 256;

/// Ties with more parties than this connect them through the first one only, so that the work stays linear.
const MAX_PARTIES: usize = 40;

/// A measure of an actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActorMeasure {
    /// The number of its ties.
    #[default]
    Ties,
    /// The sum of the weights of its ties.
    Weight,
    /// How often it lies on a shortest path between two others, as a share of all pairs.
    Betweenness,
    /// The share of a random walk along ties that visits it, compared to the highest.
    PageRank,
    /// The number of actors that would be cut off from the rest without it.
    Bridges,
}

impl ActorMeasure {
    /// All measures.
    pub const ALL: [Self; 5] = [Self::Ties, Self::Weight, Self::Betweenness, Self::PageRank, Self::Bridges];
}

/// The values of a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// The value of each actor, by slot.
    pub values: Vec<f64>,
    /// The number of actors from which shortest paths were followed, if not all.
    pub sampled: Option<usize>,
}

/// Measures all actors; `None` if `is_canceled` returns `true`.
#[must_use]
pub fn measure(map: &Map, by: ActorMeasure, is_canceled: &dyn Fn() -> bool) -> Option<Measured> {
    let all = |values| Some(Measured { values, sampled: None });
    match by {
        ActorMeasure::Ties => all(per_actor(map, |actor| map.ties_of(actor).len() as f64)),
        ActorMeasure::Weight => all(per_actor(map, |actor| {
            let weights = map.ties_of(actor).iter().filter_map(|&tie| {
                let claim = &map.tie(tie).claim;
                claim.metadata.weight.filter(|_| !claim.is_withdrawn())
            });
            weights.fold(Decimal::ZERO, Decimal::saturating_add).to_f64().unwrap_or_default()
        })),
        ActorMeasure::PageRank => all(rank(map).into_iter().map(f64::from).collect()),
        ActorMeasure::Betweenness => betweenness(&Neighbors::of(map), is_canceled),
        ActorMeasure::Bridges => all(cut_off(&Neighbors::of(map))),
    }
}

fn per_actor(map: &Map, value: impl Fn(ActorId) -> f64) -> Vec<f64> {
    let mut values = vec![0.0; map.actors().bound()];
    for actor in map.actor_ids() {
        values[actor.index()] = value(actor);
    }
    values
}

/// The neighbors of each actor, without duplicates; flat, by slot.
struct Neighbors {
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// The slots that hold an actor.
    actors: Vec<u32>,
}

impl Neighbors {
    fn of(map: &Map) -> Self {
        let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
        for tie in map.ties().values().filter(|tie| !tie.claim.is_withdrawn()) {
            let ends = tie.ends.actors();
            for (index, one) in ends.iter().enumerate() {
                let others = if ends.len() > MAX_PARTIES && index > 0 { &ends[..1] } else { &ends[index + 1..] };
                for other in others.iter().filter(|other| *other != one) {
                    pairs.insert((one.0, other.0));
                    pairs.insert((other.0, one.0));
                }
            }
        }
        let mut starts = vec![0; map.actors().bound() + 1];
        for (from, _) in &pairs {
            starts[*from as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let ends = pairs.into_iter().map(|(_, to)| to).collect();
        Self { starts, ends, actors: map.actor_ids().map(|actor| actor.0).collect() }
    }

    fn of_actor(&self, actor: u32) -> &[u32] {
        &self.ends[self.starts[actor as usize] as usize..self.starts[actor as usize + 1] as usize]
    }

    fn slots(&self) -> usize {
        self.starts.len() - 1
    }
}

/// Returns betweenness by Brandes (2001), from every actor or from evenly spaced ones (Brandes and Pich 2007).
fn betweenness(graph: &Neighbors, is_canceled: &dyn Fn() -> bool) -> Option<Measured> {
    let all = graph.actors.len();
    let pivots = all.min(MAX_PIVOTS);
    let mut values = vec![0.0; graph.slots()];
    let mut search = PathSearch::new(graph.slots());
    for pivot in 0..pivots {
        if is_canceled() {
            return None;
        }
        search.add(graph, graph.actors[pivot * all / pivots], &mut values);
    }
    // Each pivot counts pairs from it to all but two others.
    let pairs = pivots as f64 * (all.saturating_sub(2)).max(1) as f64;
    for value in &mut values {
        *value /= pairs.max(1.0);
    }
    Some(Measured { values, sampled: (pivots < all).then_some(pivots) })
}

/// Buffers of a search for the shortest paths from one actor.
struct PathSearch {
    distances: Vec<u32>,
    paths: Vec<f64>,
    shares: Vec<f64>,
    order: Vec<u32>,
}

impl PathSearch {
    fn new(slots: usize) -> Self {
        Self { distances: vec![u32::MAX; slots], paths: vec![0.0; slots], shares: vec![0.0; slots], order: Vec::new() }
    }

    /// Adds to each actor its share of the shortest paths from `source`.
    fn add(&mut self, graph: &Neighbors, source: u32, values: &mut [f64]) {
        for &reached in &self.order {
            let reached = reached as usize;
            (self.distances[reached], self.paths[reached], self.shares[reached]) = (u32::MAX, 0.0, 0.0);
        }
        self.order.clear();
        self.order.push(source);
        (self.distances[source as usize], self.paths[source as usize]) = (0, 1.0);
        let mut next = 0;
        while let Some(&here) = self.order.get(next) {
            next += 1;
            let (distance, paths) = (self.distances[here as usize] + 1, self.paths[here as usize]);
            for &there in graph.of_actor(here) {
                if self.distances[there as usize] == u32::MAX {
                    self.distances[there as usize] = distance;
                    self.order.push(there);
                }
                if self.distances[there as usize] == distance {
                    self.paths[there as usize] += paths;
                }
            }
        }
        for &here in self.order.iter().skip(1).rev() {
            let share = (1.0 + self.shares[here as usize]) / self.paths[here as usize];
            for &before in graph.of_actor(here) {
                if self.distances[before as usize] + 1 == self.distances[here as usize] {
                    self.shares[before as usize] += self.paths[before as usize] * share;
                }
            }
            values[here as usize] += self.shares[here as usize];
        }
    }
}

/// Returns for each actor how many others its removal would cut off from the largest remaining part of its component
/// (articulation points by Hopcroft and Tarjan 1973, without recursion).
fn cut_off(graph: &Neighbors) -> Vec<f64> {
    let mut values = vec![0.0; graph.slots()];
    let mut numbers = vec![u32::MAX; graph.slots()];
    let mut reach = vec![0; graph.slots()];
    let mut sizes = vec![1_u32; graph.slots()];
    // The sum and the largest of the parts below an actor that only it connects.
    let mut below = vec![(0_u32, 0_u32); graph.slots()];
    let mut count = 0;
    for &root in &graph.actors {
        if numbers[root as usize] != u32::MAX {
            continue;
        }
        let mut part = Vec::new();
        let mut stack = vec![(root, 0)];
        while let Some((here, step)) = stack.pop() {
            if step == 0 {
                (numbers[here as usize], reach[here as usize]) = (count, count);
                count += 1;
                part.push(here);
            }
            let Some(&there) = graph.of_actor(here).get(step) else {
                let Some(&(above, _)) = stack.last() else { continue };
                let size = sizes[here as usize];
                sizes[above as usize] += size;
                reach[above as usize] = reach[above as usize].min(reach[here as usize]);
                if reach[here as usize] >= numbers[above as usize] {
                    let (sum, largest) = below[above as usize];
                    below[above as usize] = (sum + size, largest.max(size));
                }
                continue;
            };
            stack.push((here, step + 1));
            if numbers[there as usize] == u32::MAX {
                stack.push((there, 0));
            } else {
                reach[here as usize] = reach[here as usize].min(numbers[there as usize]);
            }
        }
        for &here in &part {
            let (sum, largest) = below[here as usize];
            let others = part.len() as u32 - 1;
            let largest = largest.max(others - sum);
            values[here as usize] = f64::from(others - largest);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::{ActorMeasure, MAX_PIVOTS, measure};
    use crate::model::fixture;
    use crate::model::{Actor, ActorId, Claim, Ends, Map, MapParts, Tie, TieKindId};

    fn map(actors: u32, pairs: impl IntoIterator<Item = (u32, u32)>) -> Map {
        let actor = |index: u32| Actor { key: format!("a{index}").as_str().into(), ..Actor::default() };
        let tie = |(number, (from, to)): (usize, (u32, u32))| Tie {
            kind: TieKindId(0),
            ends: Ends::Pair { from: ActorId(from), to: ActorId(to) },
            is_directed: true,
            claim: Claim { key: format!("t{number}").as_str().into(), ..Claim::default() },
        };
        Map::new(MapParts {
            tie_kinds: fixture::parts().tie_kinds,
            actors: (0..actors).map(actor).collect(),
            ties: pairs.into_iter().enumerate().map(tie).collect(),
            ..MapParts::default()
        })
        .expect("a sound map")
    }

    fn values(map: &Map, by: ActorMeasure) -> Vec<f64> {
        measure(map, by, &|| false).expect("not canceled").values
    }

    /// Two triangles, joined by 2 – 3; 7 hangs on 6; 8 is alone.
    fn barbell() -> Map {
        map(9, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (5, 7), (7, 6)])
    }

    #[test]
    fn the_one_in_the_middle_of_a_star_is_on_all_paths() {
        let star = map(5, (1..5).map(|leaf| (0, leaf)));
        // Of the 5 × 3 pairs counted, 12 are pairs of leaves, all of which lead over the middle.
        assert_eq!(values(&star, ActorMeasure::Betweenness), [12.0 / 15.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(values(&star, ActorMeasure::Bridges), [3.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(values(&star, ActorMeasure::Ties), [4.0, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn several_shortest_paths_share_their_pair() {
        let square = map(4, [(0, 1), (1, 2), (2, 3), (3, 0)]);
        let all = values(&square, ActorMeasure::Betweenness);
        // Each pair of opposite corners, in both directions, leads half over each of the two others.
        assert!(all.iter().all(|value| (value - 1.0 / 8.0).abs() < 1e-12), "{all:?}");
        assert_eq!(values(&square, ActorMeasure::Bridges), [0.0; 4], "no one is needed");
    }

    #[test]
    fn bridges_count_whom_they_cut_off() {
        // Without 2, the smaller side has 0 and 1; without 3, it has 0, 1 and 2; 5 cuts off 7 and 6; 7 cuts off 6.
        assert_eq!(values(&barbell(), ActorMeasure::Bridges), [0.0, 0.0, 2.0, 3.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn large_maps_are_sampled_and_say_so() {
        let count = MAX_PIVOTS as u32 * 4;
        let path = map(count, (1..count).map(|index| (index - 1, index)));
        let measured = measure(&path, ActorMeasure::Betweenness, &|| false).expect("not canceled");
        assert_eq!(measured.sampled, Some(MAX_PIVOTS));
        let most = measured.values.iter().copied().fold(0.0, f64::max);
        let middle = measured.values[count as usize / 2];
        assert!(middle > 0.98 * most && measured.values[0] == 0.0, "{middle} of {most}");
        assert_eq!(measure(&path, ActorMeasure::Betweenness, &|| true), None, "canceled");
    }

    #[test]
    fn a_weight_is_the_sum_of_those_of_the_ties() {
        let mut parts = fixture::parts();
        parts.ties[0].claim.metadata.weight = Some(2.into());
        parts.ties[5].claim.metadata.weight = Some(3.into());
        // A withdrawn tie doesn't count.
        parts.ties[4].claim.metadata.weight = Some(100.into());
        let map = Map::new(parts).expect("a sound map");
        assert_eq!(values(&map, ActorMeasure::Weight), [5.0, 5.0, 3.0, 0.0]);
    }
}
