//! Communities: nodes with more ties among themselves than chance would give them. They are found level by level, then
//! single nodes that were joined too early are moved to where they belong.

use super::graph::Graph;
use super::louvain::{self, numbered};
use crate::layout::rng::Rng;

/// Communities are joined further until they are this few.
const FEW: usize = 400;
/// By how much more the next level tolerates missing ties, where no more communities belong together.
const COARSER: f32 = 0.25;
/// Below this resolution, nothing is left to join.
const COARSEST: f32 = 1e-6;
/// A level that has more than this share of the nodes of the one below is not worth its time.
const SHRINKS: f32 = 0.97;

/// Levels of ever larger communities.
pub(super) struct Hierarchy {
    /// For each level, the parent of each node in the next level.
    pub parents: Vec<Vec<u32>>,
    /// Number of levels below the one whose nodes are the communities; above it are groups of communities.
    pub depth: usize,
    /// The graph of communities.
    pub communities: Graph,
}

impl Hierarchy {
    /// Joins the nodes of a graph level by level.
    pub(super) fn new(graph: &Graph, seed: u64) -> Self {
        let mut rng = Rng::new(seed, 5);
        let groups = joined(graph, &(0..graph.len() as u32).collect::<Vec<_>>(), &mut rng);
        let top = groups.last().cloned().unwrap_or_else(|| (0..graph.len() as u32).collect());
        let (refined, _) = louvain::communities(graph, Some(top), 1.0, &mut rng);
        let of = joined(graph, &refined, &mut rng).pop().unwrap_or(refined);
        let mut parents = nested(&groups, &of);
        let depth = parents.len();
        let (of, count) = numbered(&of);
        let communities = if depth == 0 { graph.clone() } else { graph.contracted(&of, count) };
        join_further(&communities, &mut parents, &mut rng);
        Self { parents, depth, communities }
    }

    /// Returns the community of each node.
    pub(super) fn of_nodes(&self) -> Vec<u32> {
        let count = self.parents.first().map_or(self.communities.len(), Vec::len);
        let of_all = |of: Vec<u32>, parent: &Vec<u32>| of.into_iter().map(|v| parent[v as usize]).collect();
        self.parents[..self.depth].iter().fold((0..count as u32).collect(), of_all)
    }
}

/// Joins groups of nodes, level by level, as long as that raises modularity; returns the group of each node at each level.
fn joined(graph: &Graph, start: &[u32], rng: &mut Rng) -> Vec<Vec<u32>> {
    let (mut of, mut count) = numbered(start);
    let mut levels = Vec::new();
    let mut level = if count < graph.len() { graph.contracted(&of, count) } else { graph.clone() };
    loop {
        let (parent, fewer) = louvain::communities(&level, None, 1.0, rng);
        if fewer as f32 > SHRINKS * count as f32 {
            return levels;
        }
        for v in &mut of {
            *v = parent[*v as usize];
        }
        levels.push(of.clone());
        level = level.contracted(&parent, fewer);
        count = fewer;
    }
}

/// Divides the groups of each level by community, so that they nest in it; returns the parents of each level.
fn nested(groups: &[Vec<u32>], community: &[u32]) -> Vec<Vec<u32>> {
    let mut parents = Vec::new();
    let mut below: Vec<u32> = (0..community.len() as u32).collect();
    let mut below_count = community.len();
    let (community, count) = numbered(community);
    let last = groups.len().saturating_sub(1);
    let parts = groups[..last].iter().map(|group| {
        let pairs: Vec<u64> = group.iter().zip(&community).map(|(g, c)| u64::from(*c) << 32 | u64::from(*g)).collect();
        let mut sorted = pairs.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let of = pairs.iter().map(|pair| sorted.partition_point(|other| other < pair) as u32);
        (of.collect::<Vec<u32>>(), sorted.len())
    });
    let parts = parts.chain((count < community.len()).then(|| (community.clone(), count)));
    for (of, count_of) in parts {
        if count_of != count && count_of as f32 > SHRINKS * below_count as f32 {
            continue;
        }
        let mut parent = vec![0; below_count];
        below.iter().zip(&of).for_each(|(below, of)| parent[*below as usize] = *of);
        parents.push(parent);
        (below, below_count) = (of, count_of);
    }
    parents
}

/// Joins communities until they are few, even those with few ties between them.
fn join_further(communities: &Graph, parents: &mut Vec<Vec<u32>>, rng: &mut Rng) {
    let mut coarser: Option<Graph> = None;
    let mut resolution = 1.0;
    loop {
        let level = coarser.as_ref().unwrap_or(communities);
        if level.len() <= FEW || resolution < COARSEST {
            return;
        }
        let (parent, count) = louvain::communities(level, None, resolution, rng);
        if count as f32 > SHRINKS * level.len() as f32 {
            resolution *= COARSER;
            continue;
        }
        let next = level.contracted(&parent, count);
        parents.push(parent);
        coarser = Some(next);
    }
}
