//! Ties inside communities are made stronger than those between them, so that communities are drawn apart with white
//! space between; ties of a graph without communities keep their weights.

use super::graph::Graph;

/// How much weaker ties between communities may become, and how fast.
#[derive(Clone, Copy)]
pub(super) struct Strength {
    /// Ties between communities keep at least one part in so many of their weight.
    pub most: f32,
    /// Exponent of the ratio of their number to what chance would give.
    pub power: f32,
}

/// Pairs of communities: how many times as many ties as chance would give, at most 1 for those that look like chance.
pub(super) struct CommunityLift {
    /// Of each pair of tied communities, in the order of the neighbors of the coarsest graph.
    pairs: Vec<Vec<(u32, f32)>>,
}

impl CommunityLift {
    /// Compares the ties between the nodes of the coarsest graph with chance.
    pub(super) fn new(top: &Graph, mean_degree: f32, strength: Strength) -> Self {
        let total: Vec<f32> = (0..top.len()).map(|a| top.strength(a) + top.inner[a]).collect();
        let all: f32 = total.iter().sum();
        // Modularity that a random graph of this degree shows by chance.
        let chance = (1.0 / mean_degree.max(1.0).sqrt()).min(0.97);
        let ratio = |a: usize, b: usize, weight: f32| weight * all / (total[a] * total[b]) / (1.0 - chance);
        // A community most of whose ties look like chance is none: its ties keep their weight.
        let loose = |a: usize| {
            let (sum, weights) = top.neighbors(a).fold((0.0, 0.0), |(sum, weights), (b, weight)| {
                (sum + weight * ratio(a, b, weight).min(1.0), weights + weight)
            });
            if weights > 0.0 { (2.0 * sum / weights - 1.0).max(0.0) } else { 0.0 }
        };
        let loose: Vec<f32> = (0..top.len()).map(loose).collect();
        let pairs = (0..top.len()).map(|a| {
            let lifted = top.neighbors(a).map(|(b, weight)| {
                let lift = ratio(a, b, weight).max(loose[a].min(loose[b]));
                (b as u32, powf(lift.min(1.0), strength.power).max(1.0 / strength.most))
            });
            lifted.collect()
        });
        Self { pairs: pairs.collect() }
    }

    /// Returns the factor on the weight of ties between two communities.
    pub(super) fn between(&self, a: u32, b: u32) -> f32 {
        if a == b {
            return 1.0;
        }
        let pairs = &self.pairs[a as usize];
        pairs.binary_search_by_key(&b, |pair| pair.0).map_or(1.0, |k| pairs[k].1)
    }
}

fn powf(value: f32, power: f32) -> f32 {
    if value > 0.0 { libm::powf(value, power) } else { 0.0 }
}
