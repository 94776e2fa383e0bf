//! Pushes boxes apart until none overlaps another, with as little disturbance as possible.

use emath::{Pos2, Rect, Vec2, vec2};

use super::MARGIN;
use crate::layout::geometry::boxed;
use crate::layout::grid::Grid;
use crate::layout::model::Model;

/// How many rounds of pushing come before the rest is moved to the nearest free spot.
const ROUNDS: usize = 60;

/// Centers without overlaps. Fixed boxes stay; two fixed ones may overlap.
pub(super) fn apart(model: &Model, mut centers: Vec<Pos2>) -> Vec<Pos2> {
    for (center, fixed) in centers.iter_mut().zip(&model.fixed) {
        if let Some(fixed) = fixed {
            *center = *fixed;
        }
        if !center.is_finite() {
            *center = Pos2::ZERO;
        }
        *center = center.clamp(Pos2::new(-1.0e7, -1.0e7), Pos2::new(1.0e7, 1.0e7));
    }
    let rounds = if model.len() > 5000 { 8 } else { ROUNDS };
    for round in 0..rounds {
        if !push(model, &mut centers, round) {
            return centers;
        }
    }
    settle(model, &mut centers);
    centers
}

fn wide(model: &Model, v: usize, center: Pos2) -> Rect {
    boxed(center, model.size[v] + 2.0 * MARGIN)
}

/// One round: each overlapping pair moves apart along its shallower axis. False if nothing overlapped.
fn push(model: &Model, centers: &mut [Pos2], round: usize) -> bool {
    let rects: Vec<Rect> = (0..centers.len()).map(|v| wide(model, v, centers[v])).collect();
    let grid = Grid::of(&rects);
    let mut shift = vec![Vec2::ZERO; centers.len()];
    let mut any = false;
    for v in 0..centers.len() {
        grid.each(&rects[v], |u, other| {
            let u = u as usize;
            let x = rects[v].max.x.min(other.max.x) - rects[v].min.x.max(other.min.x);
            let y = rects[v].max.y.min(other.max.y) - rects[v].min.y.max(other.min.y);
            if u <= v || x <= 0.01 || y <= 0.01 || (model.fixed[u].is_some() && model.fixed[v].is_some()) {
                return;
            }
            any = true;
            let d = centers[u] - centers[v];
            // Boxes on one spot part by number; alternating axes keeps a heap from becoming a line.
            let sign = |value: f32| {
                if value > 0.0 || (value == 0.0 && (u + v + round).is_multiple_of(2)) { 1.0 } else { -1.0 }
            };
            let by = if x < y { vec2(x * sign(d.x), 0.0) } else { vec2(0.0, y * sign(d.y)) } * 0.52;
            let both = if model.fixed[u].is_some() || model.fixed[v].is_some() { 2.0 } else { 1.0 };
            if model.fixed[u].is_none() {
                shift[u] += by * both;
            }
            if model.fixed[v].is_none() {
                shift[v] -= by * both;
            }
        });
    }
    for (center, by) in centers.iter_mut().zip(&shift) {
        *center += *by;
    }
    any
}

/// Moves what still overlaps to the nearest free spot, heaviest boxes first.
fn settle(model: &Model, centers: &mut [Pos2]) {
    let mut order: Vec<usize> = (0..centers.len()).collect();
    order.sort_by(|&u, &v| {
        let rank = |v: usize| (model.fixed[v].is_none(), -model.weight[v]);
        rank(u).partial_cmp(&rank(v)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut area = Rect::NOTHING;
    for (v, center) in centers.iter().enumerate() {
        area = area.union(wide(model, v, *center));
    }
    let mut grid = Grid::new(area.expand(area.width().max(area.height()) * 0.25), centers.len());
    for v in order {
        if model.fixed[v].is_none() {
            centers[v] = free_spot(model, &grid, v, centers[v]);
        }
        grid.insert(wide(model, v, centers[v]));
    }
}

/// The nearest place on widening rings where the box overlaps nothing.
fn free_spot(model: &Model, grid: &Grid, v: usize, from: Pos2) -> Pos2 {
    let is_free = |p: Pos2| {
        let rect = wide(model, v, p).shrink(0.02);
        !grid.any(&rect, |_, _| true)
    };
    let step = vec2(model.size[v].x * 0.25 + 8.0, model.size[v].y * 0.35 + 8.0);
    let mut ring = 0_i32;
    loop {
        // Rings widen faster and faster, so that a crowd of many thousands is left in few rounds.
        let stretch = 1.0 + ring as f32 * 0.02;
        let mut best: Option<(f32, Pos2)> = None;
        for y in -ring..=ring {
            let full = y.abs() == ring;
            let mut x = -ring;
            while x <= ring {
                let p = from + vec2(x as f32 * step.x, y as f32 * step.y) * stretch;
                let d = (p - from).x.abs() + (p - from).y.abs() * 1.5;
                if best.is_none_or(|b| d < b.0) && is_free(p) {
                    best = Some((d, p));
                }
                x += if full || ring == 0 { 1 } else { 2 * ring };
            }
        }
        match best {
            Some((_, p)) => return p,
            None => ring += 1,
        }
        if ring > 4000 {
            return from;
        }
    }
}
