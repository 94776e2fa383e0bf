//! Moves nodes between communities while that raises modularity (Blondel, Guillaume, Lambiotte and Lefebvre 2008). Nodes
//! are moved in batches: each node of a batch chooses in parallel with the others,
//! all seeing the communities as they were before the batch, so the result is the same for any number of threads.

use rayon::prelude::*;

use super::graph::Graph;
use crate::layout::rng::Rng;

/// Most passes over the nodes of a level.
const PASSES: usize = 8;
/// A level is done once fewer than one in this many nodes move in a pass.
const SETTLED: usize = 200;
/// Batches of a pass; in larger ones, more neighbors choose at once and might swap places.
const BATCHES: usize = 128;
/// A batch of fewer nodes is not worth dividing among threads.
const WORTH_DIVIDING: usize = 512;
/// Returns the community of each node, numbered from 0 in order of the nodes, and the number of communities. Starts from
/// the given communities, or from one for each node; the lower the resolution, the larger the communities.
pub(super) fn communities(graph: &Graph, start: Option<Vec<u32>>, resolution: f32, rng: &mut Rng) -> (Vec<u32>, usize) {
    let count = graph.len();
    let strength: Vec<f32> = (0..count).into_par_iter().map(|v| graph.strength(v) + graph.inner[v]).collect();
    let all: f64 = strength.iter().map(|s| f64::from(*s)).sum();
    let of = start.unwrap_or_else(|| (0..count as u32).collect());
    let mut total = vec![0.0; count];
    of.iter().zip(&strength).for_each(|(of, strength)| total[*of as usize] += strength);
    let per_strength = if all > 0.0 { resolution / all as f32 } else { 0.0 };
    let mut found = Partition { of, strength, total, per_strength };
    let mut order: Vec<u32> = (0..count as u32).collect();
    rng.shuffle(&mut order);
    let mut active = vec![true; count];
    let mut scratches: Vec<Scratch> = (0..rayon::current_num_threads()).map(|_| Scratch::new(count)).collect();
    for _ in 0..PASSES {
        let mut moved = 0;
        for batch in order.chunks(count.div_ceil(BATCHES)) {
            let moves = found.moves(graph, batch, &active, &mut scratches);
            for &v in batch {
                active[v as usize] = false;
            }
            for (v, to) in moves {
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
struct Partition {
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

impl Partition {
    /// Returns the active nodes of a batch that gain modularity by another community, with the best one for each.
    fn moves(&self, graph: &Graph, batch: &[u32], active: &[bool], scratches: &mut [Scratch]) -> Vec<(u32, u32)> {
        let moves = |run: &[u32], scratch: &mut Scratch| -> Vec<(u32, u32)> {
            let active = run.iter().copied().filter(|&v| active[v as usize]);
            let best = active.map(|v| (v, self.best(graph, v as usize, scratch)));
            best.filter(|&(v, best)| best != self.of[v as usize]).collect()
        };
        if batch.len() < WORTH_DIVIDING {
            return moves(batch, &mut scratches[0]);
        }
        let runs = batch.par_chunks(batch.len().div_ceil(scratches.len()));
        runs.zip(scratches).flat_map_iter(|(run, scratch)| moves(run, scratch)).collect()
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

/// Numbers communities from 0, in order of their first node.
pub(super) fn numbered(of: &[u32]) -> (Vec<u32>, usize) {
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
