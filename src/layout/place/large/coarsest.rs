//! Places the few nodes of the coarsest graph by stress majorization (Gansner, Koren and North 2004), so that distances
//! on the map follow those along ties and nothing is folded over.

use emath::Vec2;
use rayon::prelude::*;

use super::graph::Graph;

const ROUNDS: usize = 40;
/// Angle between two points of a spiral that fills a disc evenly.
const GOLDEN_ANGLE: f32 = 2.399_963_2;

/// Returns point `n` of `count` that fill a disc of radius 1 evenly.
pub(super) fn on_disc(n: usize, count: usize) -> Vec2 {
    let radius = ((n as f32 + 0.5) / count as f32).sqrt();
    let angle = n as f32 * GOLDEN_ANGLE;
    Vec2::new(libm::cosf(angle), libm::sinf(angle)) * radius
}

/// Returns a place for each node of a connected graph, on a scale of its own. `length` gives the length of a tie from its
/// nodes and its weight.
pub(super) fn placed(graph: &Graph, length: impl Fn(usize, usize, f32) -> f32 + Sync) -> Vec<Vec2> {
    let count = graph.len();
    let goals: Vec<Vec<f32>> = (0..count).into_par_iter().map(|v| distances(graph, v, &length)).collect();
    let widest = goals.iter().flatten().filter(|d| d.is_finite()).fold(1.0_f32, |m, d| m.max(*d));
    let mut at: Vec<Vec2> = (0..count).map(|n| on_disc(n, count) * (0.5 * widest)).collect();
    for _ in 0..ROUNDS {
        for v in 0..count {
            at[v] = majorized(&at, &goals[v], v);
        }
    }
    at
}

/// Returns the place of node `v` that fits its distances best while the others stay.
fn majorized(at: &[Vec2], goals: &[f32], v: usize) -> Vec2 {
    let (mut sum, mut weights) = (Vec2::ZERO, 0.0);
    for (u, (other, &goal)) in at.iter().zip(goals).enumerate() {
        if u == v || !goal.is_finite() {
            continue;
        }
        let d = at[v] - *other;
        let far = (d.x * d.x + d.y * d.y).sqrt();
        let weight = 1.0 / (goal * goal);
        let way = if far > 0.0 { d * (goal / far) } else { Vec2::new(goal, 0.0) };
        sum += (*other + way) * weight;
        weights += weight;
    }
    if weights > 0.0 { sum / weights } else { at[v] }
}

/// Returns the length of the shortest path from a node to each other one (Dijkstra 1959).
fn distances(graph: &Graph, from: usize, length: &impl Fn(usize, usize, f32) -> f32) -> Vec<f32> {
    let mut far = vec![f32::INFINITY; graph.len()];
    let mut done = vec![false; graph.len()];
    far[from] = 0.0;
    loop {
        let open = (0..graph.len()).filter(|&v| !done[v] && far[v].is_finite());
        let Some(v) = open.min_by(|&a, &b| far[a].total_cmp(&far[b])) else { return far };
        done[v] = true;
        for (u, weight) in graph.neighbors(v) {
            far[u] = far[u].min(far[v] + length(v, u, weight));
        }
    }
}
