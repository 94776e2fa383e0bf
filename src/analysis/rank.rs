//! Centrality of actors.

use crate::model::Map;

/// Damping factor of PageRank: the share of a weight that flows along ties.
const FLOW: f32 = 0.85;

/// Number of iterations; further ones make no visible difference.
const STEPS: usize = 40;

/// Returns a centrality from 0 to 1 per actor slot; the most central actor has 1.
///
/// PageRank (Brin and Page 1998) over undirected ties. Withdrawn ties don't count; a many-party tie distributes the
/// flow of a single tie among its parties.
#[must_use]
pub fn rank(map: &Map) -> Vec<f32> {
    let count = map.actors().bound();
    let ties: Vec<Vec<usize>> = map
        .ties()
        .values()
        .filter(|tie| !tie.claim.is_withdrawn())
        .map(|tie| tie.ends.actors().into_iter().map(crate::model::ActorId::index).collect())
        .filter(|ends: &Vec<usize>| ends.len() > 1)
        .collect();
    let mut degrees = vec![0.0_f32; count];
    for &end in ties.iter().flatten() {
        degrees[end] += 1.0;
    }
    let mut weights = vec![1.0_f32; count];
    for _ in 0..STEPS {
        let mut next = vec![1.0 - FLOW; count];
        for ends in &ties {
            let total: f32 = ends.iter().map(|&end| weights[end] / degrees[end]).sum();
            let others = ends.len() as f32 - 1.0;
            for &end in ends {
                next[end] += FLOW * (total - weights[end] / degrees[end]) / others;
            }
        }
        weights = next;
    }
    let most = weights.iter().copied().fold(0.0, f32::max);
    weights.iter().map(|weight| weight / most).collect()
}

#[cfg(test)]
mod tests {
    use super::rank;
    use crate::model::fixture::{self, ALDER, BIRCH, CEDAR, DANA};
    use crate::model::{Map, MapParts};

    #[test]
    fn the_best_connected_lead_and_loners_trail() {
        let weights = rank(&fixture::map());
        assert!((weights[BIRCH.index()] - 1.0).abs() < f32::EPSILON, "{weights:?}");
        assert!(weights[ALDER.index()] > weights[CEDAR.index()]);
        assert!(weights[CEDAR.index()] > weights[DANA.index()]);
        assert!(weights[DANA.index()] > 0.0);
    }

    #[test]
    fn an_empty_map_has_no_weights() {
        assert!(rank(&Map::new(MapParts::default()).expect("a sound map")).is_empty());
    }
}
