//! Moves of boxes that stay in their columns.

use emath::pos2;

use super::{Move, RASTER, choose, to};
use crate::layout::place::sketch::Sketch;
use crate::layout::rng::Rng;

/// Centers that are closer than this lie in one column.
const SAME: f32 = 0.5;
/// Free room that columns keep between them.
const AISLE: f32 = 26.0;

pub(super) fn propose(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
    let v = free[rng.below(free.len())];
    let own = sketch.pos[v as usize];
    let kind = rng.unit();
    if kind < 0.40 {
        let y = own.y + (rng.signed() + rng.signed()) * stride * 0.5;
        Some(to(sketch, v, pos2(own.x, (y / RASTER).round() * RASTER)))
    } else if kind < 0.55 {
        level(sketch, v, rng)
    } else if kind < 0.72 {
        swap(sketch, v, free[rng.below(free.len())])
    } else if kind < 0.80 {
        choose(sketch, rng)
    } else if kind < 0.92 {
        part_rows(sketch, free, stride, rng)
    } else {
        part_columns(sketch, free, stride, rng)
    }
}

/// Takes over the height of a tied box.
fn level(sketch: &Sketch, v: u32, rng: &mut Rng) -> Option<Move> {
    let bundles = &sketch.model.at[v as usize];
    if bundles.is_empty() {
        return None;
    }
    let other = sketch.model.bundles[bundles[rng.below(bundles.len())] as usize].other(v);
    let (own, theirs) = (sketch.pos[v as usize], sketch.pos[other as usize]);
    ((theirs.y - own.y).abs() > 0.0).then(|| to(sketch, v, pos2(own.x, theirs.y)))
}

/// Exchanges two boxes of one column.
fn swap(sketch: &Sketch, v: u32, u: u32) -> Option<Move> {
    let (own, other) = (sketch.pos[v as usize], sketch.pos[u as usize]);
    (u != v && (own.x - other.x).abs() < SAME).then(|| Move {
        touched: sketch.touched_by(&[v, u]),
        places: vec![(v, pos2(own.x, other.y)), (u, pos2(other.x, own.y))],
        choice: None,
    })
}

/// How far a part moves: mostly inward, which closes gaps.
fn step(stride: f32, rng: &mut Rng) -> f32 {
    let far = RASTER * (1.0 + (rng.unit() * stride * 0.3 / RASTER).floor());
    if rng.unit() < 0.6 { -far } else { far }
}

/// Moves everything below a box, or everything below it in its column.
fn part_rows(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
    let at = sketch.pos[free[rng.below(free.len())] as usize];
    let by = step(stride, rng);
    let one_column = rng.unit() < 0.5;
    let nodes: Vec<u32> = free
        .iter()
        .copied()
        .filter(|&v| {
            let p = sketch.pos[v as usize];
            p.y >= at.y && (!one_column || (p.x - at.x).abs() < SAME)
        })
        .collect();
    let places = nodes.iter().map(|&v| (v, sketch.pos[v as usize] + emath::vec2(0.0, by))).collect();
    (!nodes.is_empty()).then(|| Move { touched: sketch.touched_by(&nodes).rigidly(), places, choice: None })
}

/// Moves a column and all columns to its right, no closer than their boxes and an aisle.
fn part_columns(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
    let x = sketch.pos[free[rng.below(free.len())] as usize].x - SAME;
    let by = step(stride, rng);
    let half = |v: usize| sketch.model.size[v].x * 0.5;
    let (mut left, mut right) = (f32::NEG_INFINITY, f32::INFINITY);
    for (v, p) in sketch.pos.iter().enumerate() {
        if p.x < x {
            left = left.max(p.x + half(v));
        } else {
            right = right.min(p.x - half(v));
        }
    }
    if by < 0.0 && right + by < left + AISLE {
        return None;
    }
    let nodes: Vec<u32> = free.iter().copied().filter(|&v| sketch.pos[v as usize].x >= x).collect();
    let places = nodes.iter().map(|&v| (v, sketch.pos[v as usize] + emath::vec2(by, 0.0))).collect();
    (!nodes.is_empty() && left.is_finite()).then(|| Move {
        touched: sketch.touched_by(&nodes).rigidly(),
        places,
        choice: None,
    })
}
