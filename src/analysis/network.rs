//! Connectivity of actors over a filtered set of ties: neighbors, connected components, shortest paths.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use crate::model::{ActorId, Ends, Map, TieId};

/// Maximum number of paths that [`paths`] returns.
pub const MAX_PATHS: usize = 8;

/// Length of a tie between two actors; each spoke of a many-party tie is half as long.
const TIE_LENGTH: u32 = 2;

/// One step of a path: two actors and every tie that connects them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Start of the step.
    pub from: ActorId,
    /// End of the step.
    pub to: ActorId,
    /// Ties between the two actors, in file order; never empty.
    pub ties: Vec<TieId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GraphNode {
    Actor(ActorId),
    /// The center of a many-party tie: one edge per party instead of one per pair.
    Hub,
}

/// The filtered ties as a graph. Its first nodes are the actor slots, so node and actor indices agree.
struct Network {
    graph: UnGraph<GraphNode, TieId>,
}

impl Network {
    fn new(map: &Map, lets_tie: impl Fn(TieId) -> bool) -> Self {
        let slots = map.actors().bound();
        let mut graph = UnGraph::with_capacity(slots, map.ties().len());
        for index in 0..slots {
            graph.add_node(GraphNode::Actor(ActorId::from_index(index)));
        }
        for tie in map.tie_ids().filter(|&tie| lets_tie(tie)) {
            match &map.tie(tie).ends {
                Ends::Pair { from, to } if from == to => {}
                Ends::Pair { from, to } => drop(graph.add_edge(node(*from), node(*to), tie)),
                Ends::Parties(_) => {
                    let hub = graph.add_node(GraphNode::Hub);
                    for actor in map.tie(tie).ends.actors() {
                        graph.add_edge(node(actor), hub, tie);
                    }
                }
            }
        }
        Self { graph }
    }

    fn length(&self, edge: petgraph::graph::EdgeReference<'_, TieId>) -> u32 {
        let is_spoke = [edge.source(), edge.target()].iter().any(|&end| self.graph[end] == GraphNode::Hub);
        if is_spoke { TIE_LENGTH / 2 } else { TIE_LENGTH }
    }

    /// Returns the actors one tie away with the connecting ties, both in file order.
    fn beside(&self, actor: ActorId) -> BTreeMap<ActorId, BTreeSet<TieId>> {
        let mut found: BTreeMap<ActorId, BTreeSet<TieId>> = BTreeMap::new();
        for edge in self.graph.edges(node(actor)) {
            let far = edge.target();
            let ends: Vec<NodeIndex> = match self.graph[far] {
                GraphNode::Actor(_) => vec![far],
                GraphNode::Hub => self.graph.neighbors(far).collect(),
            };
            for end in ends {
                if let GraphNode::Actor(other) = self.graph[end]
                    && other != actor
                {
                    found.entry(other).or_default().insert(*edge.weight());
                }
            }
        }
        found
    }
}

fn node(actor: ActorId) -> NodeIndex {
    NodeIndex::new(actor.index())
}

/// Returns the other actors that share a tie with `actor`, in file order.
#[must_use]
pub fn neighbors(map: &Map, actor: ActorId, lets_tie: impl Fn(TieId) -> bool) -> Vec<ActorId> {
    neighborhood(map, &[actor], 1, lets_tie).into_iter().filter(|&other| other != actor).collect()
}

/// Returns the actors at most `depth` ties away from any of `actors`, including these.
#[must_use]
pub fn neighborhood(
    map: &Map,
    actors: &[ActorId],
    depth: usize,
    lets_tie: impl Fn(TieId) -> bool,
) -> BTreeSet<ActorId> {
    let mut found: BTreeSet<ActorId> = actors.iter().copied().collect();
    let mut edge: Vec<ActorId> = found.iter().copied().collect();
    for _ in 0..depth {
        let ties: BTreeSet<TieId> =
            edge.iter().flat_map(|&actor| map.ties_of(actor)).copied().filter(|&tie| lets_tie(tie)).collect();
        let reached: BTreeSet<ActorId> = ties.iter().flat_map(|&tie| map.tie(tie).ends.actors()).collect();
        edge = reached.into_iter().filter(|&actor| found.insert(actor)).collect();
        if edge.is_empty() {
            break;
        }
    }
    found
}

/// Returns the connected components, largest first, each in file order.
#[must_use]
pub fn components(map: &Map, lets_tie: impl Fn(TieId) -> bool) -> Vec<Vec<ActorId>> {
    let network = Network::new(map, lets_tie);
    let mut sets: UnionFind<usize> = UnionFind::new(network.graph.node_count());
    for edge in network.graph.edge_references() {
        sets.union(edge.source().index(), edge.target().index());
    }
    let mut groups: BTreeMap<usize, Vec<ActorId>> = BTreeMap::new();
    for actor in map.actor_ids() {
        groups.entry(sets.find(actor.index())).or_default().push(actor);
    }
    let mut groups: Vec<Vec<ActorId>> = groups.into_values().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
    groups
}

/// Returns up to [`MAX_PATHS`] shortest paths between two actors, in file order of the actors on them.
/// Empty if no path exists or both actors are the same.
#[must_use]
pub fn paths(map: &Map, from: ActorId, to: ActorId, lets_tie: impl Fn(TieId) -> bool) -> Vec<Vec<Hop>> {
    if from == to {
        return Vec::new();
    }
    let network = Network::new(map, lets_tie);
    let far = petgraph::algo::dijkstra(&network.graph, node(to), Some(node(from)), |edge| network.length(edge));
    if !far.contains_key(&node(from)) {
        return Vec::new();
    }
    // Depth-first along actors strictly nearer to the target, so every path found is a shortest one.
    let mut paths = Vec::new();
    let mut open: Vec<Vec<Hop>> = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let here = path.last().map_or(from, |hop| hop.to);
        if here == to {
            paths.push(path);
            if paths.len() == MAX_PATHS {
                break;
            }
            continue;
        }
        let rest = far.get(&node(here)).copied().unwrap_or(0);
        let next = network
            .beside(here)
            .into_iter()
            .filter(|(actor, _)| far.get(&node(*actor)).is_some_and(|&left| left + TIE_LENGTH == rest));
        let longer: Vec<Vec<Hop>> = next
            .map(|(actor, ties)| {
                let hop = Hop { from: here, to: actor, ties: ties.into_iter().collect() };
                path.iter().cloned().chain([hop]).collect()
            })
            .collect();
        open.extend(longer.into_iter().rev());
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::{components, neighborhood, neighbors, paths};
    use crate::model::fixture::{self, AGREEMENT, ALDER, BIRCH, CEDAR, DANA, INVESTS};
    use crate::model::{Actor, ActorId, Claim, Ends, Map, MapParts, Party, Tie, TieId, TieKindId};

    fn all(_: TieId) -> bool {
        true
    }

    /// Builds a map of `actors` actors with the given ties between pairs, followed by many-party ties.
    fn map(actors: u32, pairs: &[(u32, u32)], parties: &[&[u32]]) -> Map {
        let mut parts = MapParts { tie_kinds: fixture::parts().tie_kinds, ..MapParts::default() };
        let sample = fixture::parts().actors.remove(0);
        parts.actors =
            (0..actors).map(|index| Actor { key: format!("a{index}").into(), kind: None, ..sample.clone() }).collect();
        let mut keys = (0..).map(|number| format!("t{number}").into());
        let mut tie = |ends| Tie {
            kind: TieKindId(0),
            ends,
            is_directed: true,
            claim: Claim { key: keys.next().expect("endless"), ..Claim::default() },
        };
        parts.ties = pairs.iter().map(|&(from, to)| tie(Ends::Pair { from: ActorId(from), to: ActorId(to) })).collect();
        for group in parties {
            let parties = group.iter().map(|&actor| Party { actor: ActorId(actor), role: None }).collect();
            parts.ties.push(tie(Ends::Parties(parties)));
        }
        Map::new(parts).expect("a sound map")
    }

    fn stops(path: &[super::Hop]) -> Vec<u32> {
        path.iter().map(|hop| hop.to.0).collect()
    }

    #[test]
    fn all_shortest_paths_and_no_longer_ones() {
        let map = map(6, &[(0, 1), (1, 3), (2, 0), (3, 2), (0, 4), (4, 5), (5, 3)], &[]);
        let found = paths(&map, ActorId(0), ActorId(3), all);
        assert_eq!(found.iter().map(|path| stops(path)).collect::<Vec<_>>(), [[1, 3], [2, 3]]);
    }

    #[test]
    fn a_hop_names_every_tie_between_its_actors() {
        let map = map(2, &[(0, 1), (1, 0)], &[&[0, 1]]);
        let found = paths(&map, ActorId(0), ActorId(1), all);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0][0].ties, [TieId(0), TieId(1), TieId(2)]);
    }

    #[test]
    fn a_tie_of_many_parties_is_one_step() {
        let map = map(4, &[(0, 1), (1, 2)], &[&[0, 2, 3]]);
        let found = paths(&map, ActorId(0), ActorId(2), all);
        assert_eq!(found.iter().map(|path| stops(path)).collect::<Vec<_>>(), [[2]]);
    }

    #[test]
    fn no_chain_to_oneself_or_to_strangers_or_over_hidden_ties() {
        let map = fixture::map();
        assert!(paths(&map, ALDER, ALDER, all).is_empty());
        assert!(paths(&map, ALDER, DANA, all).is_empty());
        assert_eq!(paths(&map, ALDER, CEDAR, all)[0][0].ties, [AGREEMENT]);
        let around = paths(&map, ALDER, CEDAR, |tie| tie != AGREEMENT);
        assert_eq!(stops(&around[0]), [BIRCH.0, CEDAR.0]);
        assert!(paths(&map, ALDER, CEDAR, |tie| tie == INVESTS).is_empty());
    }

    #[test]
    fn many_equal_chains_are_cut_off() {
        let pairs: Vec<(u32, u32)> = (1..=40).flat_map(|middle| [(0, middle), (middle, 41)]).collect();
        assert_eq!(paths(&map(42, &pairs, &[]), ActorId(0), ActorId(41), all).len(), super::MAX_PATHS);
    }

    #[test]
    fn neighbors_and_neighborhoods() {
        let map = fixture::map();
        assert_eq!(neighbors(&map, ALDER, all), [BIRCH, CEDAR]);
        assert_eq!(neighbors(&map, ALDER, |tie| tie == INVESTS), [BIRCH]);
        assert!(neighbors(&map, DANA, all).is_empty());
        assert_eq!(neighborhood(&map, &[ALDER], 2, |tie| tie != AGREEMENT).len(), 3);
        assert_eq!(neighborhood(&map, &[ALDER], 0, all).len(), 1);
    }

    #[test]
    fn components_largest_first() {
        let map = fixture::map();
        assert_eq!(components(&map, all), [vec![ALDER, BIRCH, CEDAR], vec![DANA]]);
        assert_eq!(components(&map, |_| false).len(), 4);
    }
}
