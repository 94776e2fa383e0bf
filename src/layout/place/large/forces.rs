//! Forces between the nodes of one level: ties pull in proportion to their length, all nodes push one another away like
//! charges in the plane. Such forces add up exactly when nodes are joined, so what a coarse level finds holds for the
//! finer ones, and few rounds are enough.

use emath::Vec2;
use rayon::prelude::*;

use super::graph::Graph;
use super::quadtree::Quadtree;
use super::repulsion::repulsion;
use crate::layout::Progress;

/// Share of the way to its balance that a node goes in a round.
const STEP: f32 = 0.8;
/// Share of its last step that a node adds.
const MOMENTUM: f32 = 0.5;
/// Longest step by repulsion beyond the one by attraction, in mean distances of nodes, in the first and last round.
const HEAT: [f32; 2] = [1.0, 0.1];

/// Constants of the forces, the same at all levels of a graph.
#[derive(Clone, Copy)]
pub(super) struct Forces {
    /// Pull toward the middle, as a share of what an average node's ties pull.
    pub gravity: f32,
    /// Radius of a node as seen by repulsion, in units of what its mass fills.
    pub softness: f32,
    /// The same, in mean distances of nodes.
    pub nearness: f32,
    /// Weight of all ties by the mass of all nodes.
    pub stiffness: f32,
}

impl Forces {
    /// Returns the radius of a disc that a mass fills once all forces are in balance.
    pub(super) fn radius(&self, mass: f32) -> f32 {
        (mass / self.stiffness).sqrt()
    }

    /// Moves nodes until they are nearly in balance. `None` if canceled.
    pub(super) fn relax(&self, graph: &Graph, at: &mut [Vec2], rounds: usize, progress: &dyn Progress) -> Option<()> {
        let count = graph.len();
        let pull: Vec<f32> = graph.mass.iter().map(|mass| self.gravity * self.stiffness * mass).collect();
        let rate: Vec<f32> = (0..count).into_par_iter().map(|v| STEP / (graph.strength(v) + pull[v])).collect();
        let mut velocity = vec![Vec2::ZERO; count];
        for round in 0..rounds {
            if progress.is_canceled() {
                return None;
            }
            let (middle, spread) = spread(at, &graph.mass);
            let gap = (std::f32::consts::TAU * spread / count as f32).sqrt();
            let near = 0.5 * (self.nearness * gap).powi(2) + f32::MIN_POSITIVE;
            let soft: Vec<f32> = graph.mass.iter().map(|m| self.softness * m / self.stiffness + near).collect();
            let push = repulsion(&Quadtree::new(at, &graph.mass, &soft));
            let cooled = round as f32 / (rounds.max(2) - 1) as f32;
            let limit = gap * HEAT[0] * libm::powf(HEAT[1] / HEAT[0], cooled);
            let old = &*at;
            velocity.par_iter_mut().enumerate().with_min_len(256).for_each(|(v, velocity)| {
                let own = old[v];
                let mut pulled = (middle - own) * pull[v];
                for (u, weight) in graph.neighbors(v) {
                    pulled += (old[u] - own) * weight;
                }
                let pulled = pulled * rate[v];
                let pushed = push[v] * (graph.mass[v] * rate[v]);
                *velocity = *velocity * MOMENTUM + pulled + clipped(pushed, length(pulled) + limit);
            });
            at.par_iter_mut().zip(&velocity).for_each(|(at, velocity)| *at += *velocity);
        }
        Some(())
    }
}

fn length(v: Vec2) -> f32 {
    (v.x * v.x + v.y * v.y).sqrt()
}

fn clipped(v: Vec2, limit: f32) -> Vec2 {
    let length = length(v);
    if length > limit { v * (limit / length) } else { v }
}

/// Returns the center of mass, and the mean square of the distance from it.
pub(super) fn spread(at: &[Vec2], mass: &[f32]) -> (Vec2, f32) {
    let mut sum = [0.0_f64; 4];
    for (p, mass) in at.iter().zip(mass) {
        let (x, y, mass) = (f64::from(p.x), f64::from(p.y), f64::from(*mass));
        sum[0] += mass;
        sum[1] += mass * x;
        sum[2] += mass * y;
        sum[3] += mass * (x * x + y * y);
    }
    let (x, y) = (sum[1] / sum[0], sum[2] / sum[0]);
    let square = (sum[3] / sum[0] - x * x - y * y).max(f64::from(f32::MIN_POSITIVE));
    (Vec2::new(x as f32, y as f32), square as f32)
}
