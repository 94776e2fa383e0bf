//! Moves of boxes that stay in their columns.

use emath::pos2;

use super::{Move, RASTER, choose, to};
use crate::layout::place::sketch::Sketch;
use crate::layout::rng::Rng;

/// Centers that are closer than this lie in one column.
const SAME: f32 = 0.5;
/// Free room that columns keep between them.
const AISLE: f32 = 26.0;

/// Which column a box may change to.
#[derive(Clone, Copy)]
pub(in crate::layout::place) enum Hop {
    /// Any that leaves the boxes it is tied to on their sides.
    Flow,
    /// Those with boxes of its group.
    Group,
}

pub(super) fn propose(sketch: &Sketch, free: &[u32], stride: f32, hop: Hop, rng: &mut Rng) -> Option<Move> {
    let v = free[rng.below(free.len())];
    let own = sketch.pos[v as usize];
    let kind = rng.unit();
    if kind < 0.34 {
        let y = own.y + (rng.signed() + rng.signed()) * stride * 0.5;
        Some(to(sketch, v, pos2(own.x, on_row(y))))
    } else if kind < 0.46 {
        level(sketch, v, rng)
    } else if kind < 0.60 {
        swap(sketch, v, free[rng.below(free.len())], hop)
    } else if kind < 0.72 {
        change(sketch, v, free[rng.below(free.len())], hop, stride, rng)
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

/// Whether a box may stand in the column of another.
fn may_change(sketch: &Sketch, v: u32, u: u32, hop: Hop) -> bool {
    let (own, x) = (sketch.pos[v as usize].x, sketch.pos[u as usize].x);
    if (own - x).abs() < SAME {
        return true;
    }
    let model = sketch.model;
    match hop {
        Hop::Flow => model.neighbors(v).all(|o| {
            let there = sketch.pos[o as usize].x;
            o != u && side(there - own) == side(there - x)
        }),
        Hop::Group => {
            let (a, b) = (v as usize, u as usize);
            model.group[a] == model.group[b] && !model.hub[a] && !model.hub[b]
        }
    }
}

/// Left, right or in the same column.
fn side(off: f32) -> i8 {
    i8::from(off > SAME) - i8::from(off < -SAME)
}

/// Exchanges two boxes, of one column or of two that both may stand in.
fn swap(sketch: &Sketch, v: u32, u: u32, hop: Hop) -> Option<Move> {
    (u != v && may_change(sketch, v, u, hop) && may_change(sketch, u, v, hop)).then(|| Move {
        touched: sketch.touched_by(&[v, u]),
        places: vec![(v, sketch.pos[u as usize]), (u, sketch.pos[v as usize])],
        choice: None,
    })
}

/// Moves a box into the column of another, above or below it.
fn change(sketch: &Sketch, v: u32, u: u32, hop: Hop, stride: f32, rng: &mut Rng) -> Option<Move> {
    let (own, other) = (sketch.pos[v as usize], sketch.pos[u as usize]);
    let y = if rng.unit() < 0.5 { own.y } else { other.y } + rng.signed() * stride;
    let is_other = (own.x - other.x).abs() >= SAME;
    (is_other && may_change(sketch, v, u, hop)).then(|| to(sketch, v, pos2(other.x, on_row(y))))
}

fn on_row(y: f32) -> f32 {
    (y / RASTER).round() * RASTER
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
