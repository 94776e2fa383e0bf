//! Places the nodes of a connected graph: communities are found and joined level by level, the few largest are placed
//! by stress, and forces unfold one level after the other.

use emath::Vec2;

use super::coarsest;
use super::communities::Hierarchy;
use super::forces::{Forces, spread};
use super::graph::Graph;
use super::lift::{CommunityLift, Strength};
use crate::layout::Progress;
use crate::layout::buckets::Buckets;

/// Pull toward the middle: parts of the graph with few ties to the rest don't drift off.
const GRAVITY: f32 = 0.2;
/// Radius of a node as seen by repulsion, in units of what its mass fills, and in mean distances of nodes.
const SOFTNESS: [f32; 2] = [1.0, 0.1];
/// How much weaker ties between communities become.
const LIFT: Strength = Strength { most: 6.0, power: 2.0 };
/// Rounds of forces at the coarsest and the finest level.
const COARSEST_ROUNDS: usize = 300;
const FINEST_ROUNDS: usize = 20;
/// Rounds at the levels between: so many nodes are moved in all, within limits.
const MIDDLE_MOVES: usize = 200_000;
const MIDDLE_ROUNDS: [usize; 2] = [15, 150];
/// Radius of the disc on which the children of a node start, in units of what its mass fills.
const START_RADIUS: f32 = 0.8;
/// Length of the longest and shortest tie between two communities.
const TIE_LENGTHS: [f32; 2] = [0.5, 3.0];
/// A graph whose nodes are more than so many times as far apart as those of a random graph has no communities.
const FAR_APART: f32 = 3.0;
/// Numbers of nodes from which distances are measured.
const PROBES: usize = 3;

/// Places the nodes of a connected graph, spread evenly over a disc around the origin; a node has an area of 1 on average.
/// Returns the community of each node too. `None` if canceled.
pub(super) fn unfold(graph: &Graph, seed: u64, progress: &dyn Progress) -> Option<(Vec<Vec2>, Vec<u32>)> {
    let count = graph.len();
    if count < 3 {
        return Some(((0..count).map(|n| Vec2::new(n as f32, 0.0)).collect(), vec![0; count]));
    }
    let hierarchy = Hierarchy::new(graph, seed);
    let levels = Levels::new(graph, &hierarchy);
    let mean_degree = graph.ends() as f32 / count as f32;
    let is_small_world = is_small_world(graph);
    let strength = if is_small_world { LIFT } else { Strength { most: 1.0, ..LIFT } };
    let lift = CommunityLift::new(&hierarchy.communities, mean_degree, strength);
    let (graphs, total) = levels.graphs(graph, &lift);
    let forces =
        Forces { gravity: GRAVITY, softness: SOFTNESS[0], nearness: SOFTNESS[1], stiffness: total / count as f32 };
    let mut at = placed_by_stress(graphs.last()?, total, forces.radius(count as f32));
    for (n, level) in graphs.iter().enumerate().rev() {
        if n + 1 < graphs.len() {
            at = levels.unfolded(n, &graphs[n + 1], &forces, &at);
        }
        let rounds = if n == 0 {
            FINEST_ROUNDS
        } else if n + 1 == graphs.len() {
            COARSEST_ROUNDS
        } else {
            (MIDDLE_MOVES / level.len()).clamp(MIDDLE_ROUNDS[0], MIDDLE_ROUNDS[1])
        };
        forces.relax(level, &mut at, rounds, progress)?;
        progress.report((graphs.len() - n) as f32 / graphs.len() as f32);
    }
    let (middle, square) = spread(&at, &graphs[0].mass);
    let scale = (count as f32 / (std::f32::consts::TAU * square)).sqrt();
    let mut places = vec![Vec2::ZERO; count];
    for (&v, p) in levels.order[0].iter().zip(&at) {
        places[v as usize] = (*p - middle) * scale;
    }
    Some((places, if is_small_world { hierarchy.of_nodes() } else { vec![0; count] }))
}

/// Returns the same communities as [`unfold`].
pub(super) fn communities(graph: &Graph, seed: u64) -> Vec<u32> {
    if graph.len() < 3 || !is_small_world(graph) {
        return vec![0; graph.len()];
    }
    Hierarchy::new(graph, seed).of_nodes()
}

/// Places the nodes of the coarsest level so that they fill most of a disc of this radius.
fn placed_by_stress(top: &Graph, total: f32, radius: f32) -> Vec<Vec2> {
    let strength: Vec<f32> = (0..top.len()).map(|a| top.strength(a) + top.inner[a]).collect();
    // The more ties two communities have beyond chance, the closer they are.
    let length = |a: usize, b: usize, weight: f32| {
        let ratio = weight * total / (strength[a] * strength[b]).max(f32::MIN_POSITIVE);
        (1.0 / ratio.max(f32::MIN_POSITIVE).sqrt()).clamp(TIE_LENGTHS[0], TIE_LENGTHS[1])
    };
    let mut at = coarsest::placed(top, length);
    let (middle, square) = spread(&at, &top.mass);
    let scale = std::f32::consts::FRAC_1_SQRT_2 * radius / square.sqrt();
    for p in &mut at {
        *p = (*p - middle) * scale;
    }
    at
}

/// Returns whether most nodes are a few ties apart; in others, like grids and chains, communities are an artifact.
fn is_small_world(graph: &Graph) -> bool {
    let count = graph.len();
    let mean_degree = graph.ends() as f32 / count as f32;
    let steps: f32 = (0..PROBES).map(|n| mean_steps(graph, count / PROBES * n)).sum();
    steps / PROBES as f32 <= FAR_APART * libm::logf(count as f32) / libm::logf(mean_degree.max(1.5))
}

/// Returns the mean number of ties from a node to another one.
fn mean_steps(graph: &Graph, from: usize) -> f32 {
    let mut far = vec![u32::MAX; graph.len()];
    far[from] = 0;
    let mut queue = vec![from];
    let (mut next, mut sum) = (0, 0.0);
    while let Some(&v) = queue.get(next) {
        next += 1;
        sum += far[v] as f32;
        for (u, _) in graph.neighbors(v) {
            if far[u] == u32::MAX {
                far[u] = far[v] + 1;
                queue.push(u);
            }
        }
    }
    sum / queue.len() as f32
}

/// Nodes of all levels, from the finest; the children of a node lie side by side.
struct Levels {
    /// Which node of the hierarchy each node is.
    order: Vec<Vec<u32>>,
    /// Parent of each node.
    parent: Vec<Vec<u32>>,
    /// Community of each node of the finest level, as the hierarchy numbers them.
    community: Vec<u32>,
}

impl Levels {
    fn new(graph: &Graph, hierarchy: &Hierarchy) -> Self {
        let parents = &hierarchy.parents;
        let top = parents.last().map_or(graph.len(), |parent| parent.iter().max().map_or(0, |p| *p as usize + 1));
        let mut order: Vec<Vec<u32>> = vec![(0..top as u32).collect()];
        let mut parent: Vec<Vec<u32>> = Vec::new();
        for above in parents.iter().rev() {
            let number = inverse(&order[order.len() - 1]);
            let parent_of = |v: u32| number[above[v as usize] as usize];
            let buckets = Buckets::new(number.len(), above.iter().map(|&p| number[p as usize]));
            let mut sorted = vec![0; above.len()];
            buckets.fill(0..above.len() as u32, |v| parent_of(*v), |v| v, &mut sorted);
            parent.push(sorted.iter().map(|&v| parent_of(v)).collect());
            order.push(sorted);
        }
        order.reverse();
        parent.reverse();
        let mut community: Vec<u32> = (0..graph.len() as u32).collect();
        for parents in &parent[..hierarchy.depth] {
            for v in &mut community {
                *v = parents[*v as usize];
            }
        }
        let numbers = &order[hierarchy.depth];
        for v in &mut community {
            *v = numbers[*v as usize];
        }
        Self { order, parent, community }
    }

    /// Returns the graph of each level with lifted weights, and twice the weight of all ties.
    fn graphs(&self, graph: &Graph, lift: &CommunityLift) -> (Vec<Graph>, f32) {
        let mut finest = graph.reordered(&self.order[0]);
        finest.reweigh(|v, u| lift.between(self.community[v], self.community[u]));
        let total = (0..finest.len()).map(|v| f64::from(finest.strength(v))).sum::<f64>() as f32;
        let mut graphs = vec![finest];
        for (parent, order) in self.parent.iter().zip(&self.order[1..]) {
            let next = graphs[graphs.len() - 1].contracted(parent, order.len());
            graphs.push(next);
        }
        (graphs, total)
    }

    /// Places the nodes of level `n` on discs around their parents.
    fn unfolded(&self, n: usize, parents: &Graph, forces: &Forces, at: &[Vec2]) -> Vec<Vec2> {
        let mut places = Vec::with_capacity(self.parent[n].len());
        for children in self.parent[n].chunk_by(|a, b| a == b) {
            let p = children[0] as usize;
            let stiffness = (parents.inner[p] / parents.mass[p]).max(0.1 * forces.stiffness);
            let radius = START_RADIUS * (parents.mass[p] / stiffness).sqrt();
            let radius = if children.len() > 1 { radius } else { 0.0 };
            places.extend((0..children.len()).map(|k| at[p] + coarsest::on_disc(k, children.len()) * radius));
        }
        places
    }
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut number = vec![0; order.len()];
    for (n, &v) in (0..).zip(order) {
        number[v as usize] = n;
    }
    number
}
