//! Communities: nodes with more ties among themselves than chance would give them, level by level (Blondel, Guillaume,
//! Lambiotte and Lefebvre 2008). Nodes are moved in batches: each node of a batch chooses in parallel with the others,
//! all seeing the communities as they were before the batch, so the result is the same for any number of threads.

use rayon::prelude::*;

use super::graph::Graph;
use crate::layout::rng::Rng;

/// Most passes over the nodes of a level.
const PASSES: usize = 8;
/// A level is done once fewer than one in so many nodes move in a pass.
const SETTLED: usize = 200;
/// Batches of a pass; in larger ones, more neighbors choose at once and might swap places.
const BATCHES: usize = 48;
/// Nodes of the smallest batch.
const SMALLEST_BATCH: usize = 48;
/// Communities are joined further until they are this few.
const FEW: usize = 400;
/// By how much the next level tolerates ties between its communities, where no more nodes belong together.
const COARSER: f32 = 0.25;

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
        let mut found = Self { parents: Vec::new(), depth: 0, communities: graph.clone() };
        let mut coarser: Option<Graph> = None;
        let mut resolution = 1.0;
        loop {
            let level = coarser.as_ref().unwrap_or(&found.communities);
            if resolution < 1.0 && (level.len() <= FEW || resolution < 1e-6) {
                return found;
            }
            let (parent, count) = communities(level, resolution, &mut rng);
            if count as f32 > 0.97 * level.len() as f32 {
                resolution *= COARSER;
                continue;
            }
            let next = level.contracted(&parent, count);
            found.parents.push(parent);
            if resolution < 1.0 {
                coarser = Some(next);
            } else {
                found.communities = next;
                found.depth = found.parents.len();
            }
        }
    }
}

impl Hierarchy {
    /// Returns the community of each node.
    pub(super) fn of_nodes(&self) -> Vec<u32> {
        let lowest = self.parents[..self.depth].iter();
        let of_all = |of: Vec<u32>, parent: &Vec<u32>| of.into_iter().map(|v| parent[v as usize]).collect();
        let count = self.parents.first().map_or(self.communities.len(), Vec::len);
        lowest.fold((0..count as u32).collect(), of_all)
    }
}

/// Returns the community of each node, numbered from 0 in order of the nodes, and the number of communities.
fn communities(graph: &Graph, resolution: f32, rng: &mut Rng) -> (Vec<u32>, usize) {
    let count = graph.len();
    let strength: Vec<f32> = (0..count).into_par_iter().map(|v| graph.strength(v) + graph.inner[v]).collect();
    let all: f64 = strength.iter().map(|s| f64::from(*s)).sum();
    let mut found = Found {
        of: (0..count as u32).collect(),
        total: strength.clone(),
        strength,
        per_strength: if all > 0.0 { resolution / all as f32 } else { 0.0 },
    };
    let mut order: Vec<u32> = (0..count as u32).collect();
    rng.shuffle(&mut order);
    let mut active = vec![true; count];
    let mut scratches: Vec<Scratch> = (0..rayon::current_num_threads()).map(|_| Scratch::new(count)).collect();
    for _ in 0..PASSES {
        let mut moved = 0;
        for batch in order.chunks(count.div_ceil(BATCHES).max(SMALLEST_BATCH)) {
            let runs = batch.par_chunks(batch.len().div_ceil(scratches.len()));
            let moves: Vec<Vec<(u32, u32)>> =
                runs.zip(&mut scratches).map(|(run, scratch)| found.moves(graph, run, &active, scratch)).collect();
            batch.iter().for_each(|&v| active[v as usize] = false);
            for (v, to) in moves.into_iter().flatten() {
                moved += 1;
                found.assign(v as usize, to);
                for (u, _) in graph.neighbors(v as usize) {
                    active[u] |= found.of[u] != to;
                }
            }
        }
        if moved * SETTLED < count {
            break;
        }
    }
    numbered(&found.of)
}

/// Communities found so far.
struct Found {
    /// Community of each node.
    of: Vec<u32>,
    /// Strength of each node, with what lies within it.
    strength: Vec<f32>,
    /// Strength of all nodes of each community.
    total: Vec<f32>,
    /// Resolution by the strength of all nodes.
    per_strength: f32,
}

/// Weights of a node's ties into each community.
struct Scratch {
    weight: Vec<f32>,
    seen: Vec<u32>,
}

impl Scratch {
    fn new(count: usize) -> Self {
        Self { weight: vec![0.0; count], seen: Vec::new() }
    }
}

impl Found {
    /// Returns the nodes of `run` that gain modularity by another community, with the best one for each.
    fn moves(&self, graph: &Graph, run: &[u32], active: &[bool], scratch: &mut Scratch) -> Vec<(u32, u32)> {
        let mut moves = Vec::new();
        for &v in run.iter().filter(|&&v| active[v as usize]) {
            let best = self.best(graph, v as usize, scratch);
            if best != self.of[v as usize] {
                moves.push((v, best));
            }
        }
        moves
    }

    fn best(&self, graph: &Graph, v: usize, scratch: &mut Scratch) -> u32 {
        let own = self.of[v];
        for (u, weight) in graph.neighbors(v) {
            let of = self.of[u];
            let sum = &mut scratch.weight[of as usize];
            if *sum == 0.0 {
                scratch.seen.push(of);
            }
            *sum += weight;
        }
        let expected = self.strength[v] * self.per_strength;
        let mut best = (own, scratch.weight[own as usize] - expected * (self.total[own as usize] - self.strength[v]));
        for &of in &scratch.seen {
            if of != own {
                let gain = scratch.weight[of as usize] - expected * self.total[of as usize];
                // Rounding must not let a node wander between two equal communities.
                if gain > best.1 + 1e-5 * best.1.abs() {
                    best = (of, gain);
                }
            }
        }
        scratch.seen.drain(..).for_each(|of| scratch.weight[of as usize] = 0.0);
        best.0
    }

    fn assign(&mut self, v: usize, to: u32) {
        self.total[self.of[v] as usize] -= self.strength[v];
        self.total[to as usize] += self.strength[v];
        self.of[v] = to;
    }
}

/// Numbers communities from 0 in order of their first node.
fn numbered(of: &[u32]) -> (Vec<u32>, usize) {
    let mut number = vec![u32::MAX; of.len()];
    let mut count = 0;
    let numbered = of.iter().map(|&community| {
        let number = &mut number[community as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *number
    });
    let numbered: Vec<u32> = numbered.collect();
    (numbered, count as usize)
}
