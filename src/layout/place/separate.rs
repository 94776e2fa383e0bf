//! Pushes boxes apart until none overlap, with as little disturbance as possible.

use emath::{Pos2, Rect, Vec2, vec2};

use super::MARGIN;
use crate::layout::geometry::boxed;
use crate::layout::grid::Grid;
use crate::layout::model::Model;

/// Rounds of pushing before the remaining boxes move to the nearest free spot.
const ROUNDS: usize = 60;

/// Maximum number of rings searched around a box for a free spot; the last is beyond any crowd.
const RINGS: usize = 400;
/// Above this many boxes, they may overlap: most are drawn as dots.
const CROWD: usize = 5000;

/// Returns centers without overlaps. Fixed boxes stay; two fixed ones may overlap.
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
    if model.len() > CROWD {
        return centers;
    }
    for round in 0..ROUNDS {
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

/// Runs one round: each overlapping pair moves apart along its shallower axis. Returns `false` if nothing overlapped.
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
            // Coincident boxes part by index; alternating the direction keeps a heap from becoming a line.
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

/// Moves boxes that still overlap to the nearest free spot, heaviest first.
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

/// Returns the nearest position on widening rings where the box overlaps nothing.
fn free_spot(model: &Model, grid: &Grid, v: usize, from: Pos2) -> Pos2 {
    let is_free = |p: Pos2| {
        let rect = wide(model, v, p).shrink(0.02);
        !grid.any(&rect, |_, _| true)
    };
    let step = vec2(model.size[v].x * 0.25 + 8.0, model.size[v].y * 0.35 + 8.0);
    let mut reach = 0.0_f32;
    for ring in 0..RINGS {
        let mut best: Option<(f32, Pos2)> = None;
        // Samples the sides of the ring; far rings are sampled more coarsely.
        let count = (8 * ring).clamp(1, 64);
        for n in 0..count {
            let d = on_square(n as f32 / count as f32) * reach;
            let p = from + d * step;
            let far = d.x.abs() + d.y.abs() * 0.9;
            if best.is_none_or(|b| far < b.0) && is_free(p) {
                best = Some((far, p));
            }
        }
        if let Some((_, p)) = best {
            return p;
        }
        reach += 1.0 + 0.04 * reach;
    }
    from
}

/// Returns the point at a share of the way around the square from (-1, -1) to (1, 1).
fn on_square(share: f32) -> Vec2 {
    let along = share * 8.0;
    match along as u32 / 2 {
        0 => vec2(along - 1.0, -1.0),
        1 => vec2(1.0, along - 3.0),
        2 => vec2(5.0 - along, 1.0),
        _ => vec2(-1.0, 7.0 - along),
    }
}
