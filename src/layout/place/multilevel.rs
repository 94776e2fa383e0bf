//! Large maps: the graph is coarsened by matching until it is small, laid out there, and refined level
//! by level with spring forces (Walshaw 2003); far boxes repel through the centers of coarse cells.

use emath::{Pos2, Rect, Vec2, vec2};
use rayon::prelude::*;

use crate::layout::Progress;
use crate::layout::geometry::length;
use crate::layout::model::Model;
use crate::layout::rng::Rng;

/// Pull toward the middle; half of it would give each box twice the area.
const PULL: f32 = 0.8;
/// Coarsening ends at this many boxes.
const SMALLEST: usize = 24;

/// One level of the coarsened graph.
struct Level {
    /// Neighbors, with the strength of each connection.
    ties: Vec<Vec<(u32, f32)>>,
    /// Number of original boxes each box represents.
    mass: Vec<f32>,
    /// Index of each box's parent in the next coarser level.
    parent: Vec<u32>,
}

/// Computes the centers of all boxes, before overlap removal; `None` if canceled.
pub(super) fn place(model: &Model, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    let mut levels = vec![finest(model)];
    while let Some(next) = levels.last_mut().and_then(coarser) {
        levels.push(next);
    }
    let mut rng = Rng::new(model.seed, 5);
    let top = levels.last().map_or(0, |l| l.mass.len());
    let mut places: Vec<Vec2> =
        (0..top).map(|_| vec2(rng.signed(), rng.signed()) * (model.len() as f32).sqrt()).collect();
    let pull = pull(model);
    let count = levels.len();
    for (n, level) in levels.iter().enumerate().rev() {
        if n + 1 < count {
            places =
                level.parent.iter().map(|&p| places[p as usize] + vec2(rng.signed(), rng.signed()) * 0.4).collect();
        }
        let rounds = match level.mass.len() {
            0..=300 => 200,
            301..=3000 => 70,
            3001..=20_000 => 30,
            _ => 10,
        };
        for round in 0..rounds {
            if progress.is_canceled() {
                return None;
            }
            relax(level, &mut places, pull, 1.0 - round as f32 / rounds as f32);
        }
        progress.report(0.6 * (count - n) as f32 / count as f32);
    }
    Some(scaled(model, &places))
}

fn finest(model: &Model) -> Level {
    let mut ties = vec![Vec::new(); model.len()];
    for bundle in model.bundles.iter().filter(|b| !b.is_loop()) {
        let strength = 1.0 + 0.2 * (bundle.lanes.len() as f32 - 1.0).clamp(0.0, 5.0);
        ties[bundle.a as usize].push((bundle.b, strength));
        ties[bundle.b as usize].push((bundle.a, strength));
    }
    Level { ties, mass: vec![1.0; model.len()], parent: Vec::new() }
}

/// Matches each box with its lightest free neighbor; `None` if the level is small enough or would hardly shrink.
fn coarser(level: &mut Level) -> Option<Level> {
    let count = level.mass.len();
    if count <= SMALLEST {
        return None;
    }
    let mut parent = vec![u32::MAX; count];
    let mut mass = Vec::new();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&v| level.ties[v].len());
    // Boxes without a free neighbor join a neighbor's group, so that stars shrink too.
    for &v in &order {
        if parent[v] != u32::MAX {
            continue;
        }
        let free = level.ties[v].iter().filter(|t| parent[t.0 as usize] == u32::MAX && t.0 as usize != v);
        let lightest =
            free.min_by(|s, t| (level.mass[s.0 as usize] / s.1).total_cmp(&(level.mass[t.0 as usize] / t.1)));
        let joined = level.ties[v]
            .iter()
            .map(|t| parent[t.0 as usize])
            .find(|&p| p != u32::MAX && mass[p as usize] < 6.0 * level.mass[v]);
        if let Some(&(u, _)) = lightest {
            parent[v] = mass.len() as u32;
            parent[u as usize] = mass.len() as u32;
            mass.push(level.mass[v] + level.mass[u as usize]);
        } else if let Some(p) = joined {
            parent[v] = p;
            mass[p as usize] += level.mass[v];
        } else {
            parent[v] = mass.len() as u32;
            mass.push(level.mass[v]);
        }
    }
    if mass.len() as f32 > count as f32 * 0.95 {
        return None;
    }
    let mut ties: Vec<Vec<(u32, f32)>> = vec![Vec::new(); mass.len()];
    for (v, list) in level.ties.iter().enumerate() {
        for &(u, strength) in list {
            let (p, q) = (parent[v], parent[u as usize]);
            if p != q {
                ties[p as usize].push((q, strength));
            }
        }
    }
    for list in &mut ties {
        list.sort_by_key(|t| t.0);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
    }
    level.parent = parent;
    Some(Level { ties, mass, parent: Vec::new() })
}

/// Coarse cells, with the total mass and center of each.
struct Cells {
    origin: Vec2,
    size: Vec2,
    side: usize,
    members: Vec<Vec<u32>>,
    middle: Vec<(Vec2, f32)>,
}

impl Cells {
    fn new(places: &[Vec2], mass: &[f32]) -> Self {
        let mut area = Rect::NOTHING;
        for p in places {
            area.extend_with(p.to_pos2());
        }
        let side = ((places.len() as f32 / 4.0).sqrt() as usize).clamp(1, 40);
        let size = (area.size() / side as f32).max(Vec2::splat(1e-3));
        let mut cells = Self {
            origin: area.min.to_vec2(),
            size,
            side,
            members: vec![Vec::new(); side * side],
            middle: vec![(Vec2::ZERO, 0.0); side * side],
        };
        for (v, p) in places.iter().enumerate() {
            let (x, y) = cells.at(*p);
            let cell = y * side + x;
            cells.members[cell].push(v as u32);
            cells.middle[cell].0 += *p * mass[v];
            cells.middle[cell].1 += mass[v];
        }
        for (sum, mass) in &mut cells.middle {
            *sum /= mass.max(1e-6);
        }
        cells
    }

    fn at(&self, p: Vec2) -> (usize, usize) {
        let cell = (p - self.origin) / self.size;
        ((cell.x.max(0.0) as usize).min(self.side - 1), (cell.y.max(0.0) as usize).min(self.side - 1))
    }

    /// Computes the repulsion on box `v`: from single boxes nearby, from whole cells farther away.
    fn repulsion(&self, v: usize, places: &[Vec2], mass: &[f32]) -> Vec2 {
        let own = places[v];
        let (cx, cy) = self.at(own);
        let mut force = Vec2::ZERO;
        for y in 0..self.side {
            for x in 0..self.side {
                let cell = y * self.side + x;
                if x.abs_diff(cx) <= 1 && y.abs_diff(cy) <= 1 {
                    for &u in self.members[cell].iter().filter(|&&u| u as usize != v) {
                        force += push(own - places[u as usize], mass[u as usize], v, u as usize);
                    }
                } else if self.middle[cell].1 > 0.0 {
                    force += push(own - self.middle[cell].0, self.middle[cell].1, 0, 1);
                }
            }
        }
        force
    }
}

fn push(d: Vec2, mass: f32, v: usize, u: usize) -> Vec2 {
    let square = d.x * d.x + d.y * d.y;
    if square < 1e-6 {
        // Coincident boxes part in a direction derived from their indices.
        let angle = (v * 31 + u * 17) as f32;
        return vec2(libm::cosf(angle), libm::sinf(angle)) * if v < u { 1.0 } else { -1.0 };
    }
    d * (mass / square)
}

/// Computes the horizontal and vertical pull toward the middle: enough to fill an ellipse evenly, which fits the page
/// once horizontal distances are stretched like the boxes.
fn pull(model: &Model) -> Vec2 {
    let count = model.len().max(1) as f32;
    let mean = model.size.iter().fold(Vec2::ZERO, |s, v| s + *v) / count;
    let cell = (mean.x + 50.0) / (mean.y + 60.0);
    let tall = (cell / model.aspect).clamp(0.5, 3.0);
    vec2(PULL * tall.sqrt(), PULL / tall.sqrt())
}

/// Runs one round of forces; `heat` limits the step size.
fn relax(level: &Level, places: &mut Vec<Vec2>, pull: Vec2, heat: f32) {
    let cells = Cells::new(places, &level.mass);
    let old = &*places;
    let next: Vec<Vec2> = (0..old.len())
        .into_par_iter()
        .map(|v| {
            let mut force = cells.repulsion(v, old, &level.mass) * level.mass[v];
            for &(u, strength) in &level.ties[v] {
                let d = old[u as usize] - old[v];
                force += d * (length(d) * strength.sqrt() * (level.mass[v] * level.mass[u as usize]).sqrt().sqrt());
            }
            force -= old[v] * pull * level.mass[v];
            let len = length(force);
            let step = (len * 0.1 / level.mass[v]).min((1.5 * heat + 0.02) * level.mass[v].sqrt());
            if len > 1e-9 { old[v] + force * (step / len) } else { old[v] }
        })
        .collect();
    *places = next;
}

/// Scales spring lengths to units: boxes get the area that they and their labels need, and most tied boxes are far
/// enough apart.
fn scaled(model: &Model, places: &[Vec2]) -> Vec<Pos2> {
    let mut area = Rect::NOTHING;
    for p in places {
        area.extend_with(p.to_pos2());
    }
    let boxes: f32 = model.size.iter().map(|s| (s.x + 30.0) * (s.y + 30.0)).sum();
    let labels: f32 = model.bundles.iter().map(|b| (b.stack.x + 12.0) * (b.stack.y + 12.0)).sum();
    let size = area.size().max(Vec2::splat(1.0));
    let height = ((boxes + labels) * 3.2 / model.aspect).sqrt();
    let mut scale = vec2(height * model.aspect / size.x, height / size.y);
    // Boxes are wider than tall, so horizontal distances may be longer than vertical ones.
    let mut stretch: Vec<f32> = model
        .bundles
        .iter()
        .filter(|b| !b.is_loop())
        .map(|b| {
            let d = (places[b.a as usize] - places[b.b as usize]) * scale;
            let need = (model.size[b.a as usize] + model.size[b.b as usize]) * 0.5 + vec2(40.0, 40.0);
            (need.x / d.x.abs().max(1.0)).min(need.y / d.y.abs().max(1.0))
        })
        .collect();
    if !stretch.is_empty() {
        let typical = stretch.len() * 3 / 5;
        stretch.sort_by(f32::total_cmp);
        scale *= stretch[typical].clamp(1.0, 1.5);
    }
    let shift = shift(model, places, scale);
    places.iter().map(|p| (*p * scale + shift).to_pos2()).collect()
}

/// Returns the translation that brings fixed boxes closest to their positions.
fn shift(model: &Model, places: &[Vec2], scale: Vec2) -> Vec2 {
    let mut sum = Vec2::ZERO;
    let mut count = 0.0;
    for (p, fixed) in places.iter().zip(&model.fixed) {
        if let Some(fixed) = fixed {
            sum += fixed.to_vec2() - *p * scale;
            count += 1.0;
        }
    }
    sum / f32::max(count, 1.0)
}
