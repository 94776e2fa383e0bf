//! Moves of boxes that stay in their columns, or in rows, which are columns mirrored along the diagonal.

use emath::{Pos2, pos2};

use super::{Move, RASTER, choose, to};
use crate::layout::place::sketch::Sketch;
use crate::layout::rng::Rng;

/// Centers closer than this are in one column.
const SAME: f32 = 0.5;
/// Minimum free space between columns.
const AISLE: f32 = 26.0;

/// Columns to which a box may change.
#[derive(Clone, Copy)]
pub(in crate::layout::place) enum ColumnHop {
    /// Any that keeps each tied box on its side.
    Flow,
    /// Columns with boxes of the same group.
    Group,
}

/// Direction in which columns follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// Left to right.
    Across,
    /// Top to bottom, as rows.
    Down,
}

impl Axis {
    /// Converts a position to or from columns running left to right.
    fn turned(self, p: Pos2) -> Pos2 {
        if self == Self::Down { pos2(p.y, p.x) } else { p }
    }

    fn place(self, sketch: &Sketch, v: u32) -> Pos2 {
        self.turned(sketch.pos[v as usize])
    }
}

pub(super) fn propose(
    sketch: &Sketch,
    free: &[u32],
    stride: f32,
    (hop, axis): (ColumnHop, Axis),
    rng: &mut Rng,
) -> Option<Move> {
    let v = free[rng.below(free.len())];
    let own = axis.place(sketch, v);
    let kind = rng.unit();
    if kind < 0.34 {
        let y = own.y + (rng.signed() + rng.signed()) * stride * 0.5;
        Some(to(sketch, v, axis.turned(pos2(own.x, on_row(y)))))
    } else if kind < 0.46 {
        level(sketch, v, axis, rng)
    } else if kind < 0.60 {
        swap(sketch, v, free[rng.below(free.len())], (hop, axis))
    } else if kind < 0.72 {
        change(sketch, v, free[rng.below(free.len())], (hop, axis), stride, rng)
    } else if kind < 0.80 {
        choose(sketch, rng)
    } else if kind < 0.92 {
        part_rows(sketch, free, stride, axis, rng)
    } else {
        part_columns(sketch, free, stride, axis, rng)
    }
}

/// Moves a box to the height of a tied one.
fn level(sketch: &Sketch, v: u32, axis: Axis, rng: &mut Rng) -> Option<Move> {
    let bundles = &sketch.model.at[v as usize];
    if bundles.is_empty() {
        return None;
    }
    let other = sketch.model.bundles[bundles[rng.below(bundles.len())] as usize].other(v);
    let (own, theirs) = (axis.place(sketch, v), axis.place(sketch, other));
    ((theirs.y - own.y).abs() > 0.0).then(|| to(sketch, v, axis.turned(pos2(own.x, theirs.y))))
}

/// Returns whether a box may move to the column of another.
fn may_change(sketch: &Sketch, v: u32, u: u32, (hop, axis): (ColumnHop, Axis)) -> bool {
    let (own, x) = (axis.place(sketch, v).x, axis.place(sketch, u).x);
    if (own - x).abs() < SAME {
        return true;
    }
    let model = sketch.model;
    match hop {
        ColumnHop::Flow => model.neighbors(v).all(|o| {
            let there = axis.place(sketch, o).x;
            o != u && side(there - own) == side(there - x)
        }),
        ColumnHop::Group => {
            let (a, b) = (v as usize, u as usize);
            model.group[a] == model.group[b] && !model.hub[a] && !model.hub[b]
        }
    }
}

/// Returns whether an offset leads left (-1), right (1) or stays in the column (0).
fn side(off: f32) -> i8 {
    i8::from(off > SAME) - i8::from(off < -SAME)
}

/// Swaps two boxes of one column, or of two columns that both may be in.
fn swap(sketch: &Sketch, v: u32, u: u32, hop: (ColumnHop, Axis)) -> Option<Move> {
    (u != v && may_change(sketch, v, u, hop) && may_change(sketch, u, v, hop)).then(|| Move {
        touched: sketch.touched_by(&[v, u]),
        places: vec![(v, sketch.pos[u as usize]), (u, sketch.pos[v as usize])],
        choice: None,
    })
}

/// Moves a box to the column of another, above or below it.
fn change(sketch: &Sketch, v: u32, u: u32, hop: (ColumnHop, Axis), stride: f32, rng: &mut Rng) -> Option<Move> {
    let axis = hop.1;
    let (own, other) = (axis.place(sketch, v), axis.place(sketch, u));
    let y = if rng.unit() < 0.5 { own.y } else { other.y } + rng.signed() * stride;
    let is_other = (own.x - other.x).abs() >= SAME;
    (is_other && may_change(sketch, v, u, hop)).then(|| to(sketch, v, axis.turned(pos2(other.x, on_row(y)))))
}

fn on_row(y: f32) -> f32 {
    (y / RASTER).round() * RASTER
}

/// Returns the distance by which a part moves: mostly inward, which closes gaps.
fn step(stride: f32, rng: &mut Rng) -> f32 {
    let far = RASTER * (1.0 + (rng.unit() * stride * 0.3 / RASTER).floor());
    if rng.unit() < 0.6 { -far } else { far }
}

/// Moves everything below a box, or only its column's part.
fn part_rows(sketch: &Sketch, free: &[u32], stride: f32, axis: Axis, rng: &mut Rng) -> Option<Move> {
    let at = axis.place(sketch, free[rng.below(free.len())]);
    let by = step(stride, rng);
    let one_column = rng.unit() < 0.5;
    let nodes: Vec<u32> = free
        .iter()
        .copied()
        .filter(|&v| {
            let p = axis.place(sketch, v);
            p.y >= at.y && (!one_column || (p.x - at.x).abs() < SAME)
        })
        .collect();
    let places = nodes.iter().map(|&v| (v, sketch.pos[v as usize] + axis.turned(pos2(0.0, by)).to_vec2())).collect();
    (!nodes.is_empty()).then(|| Move { touched: sketch.touched_by(&nodes).rigidly(), places, choice: None })
}

/// Moves a column and all columns to its right, keeping at least an aisle between boxes.
fn part_columns(sketch: &Sketch, free: &[u32], stride: f32, axis: Axis, rng: &mut Rng) -> Option<Move> {
    let x = axis.place(sketch, free[rng.below(free.len())]).x - SAME;
    let by = step(stride, rng);
    let half = |v: u32| axis.turned(sketch.model.size[v as usize].to_pos2()).x * 0.5;
    let (mut left, mut right) = (f32::NEG_INFINITY, f32::INFINITY);
    for v in 0..sketch.pos.len() as u32 {
        let p = axis.place(sketch, v);
        if p.x < x {
            left = left.max(p.x + half(v));
        } else {
            right = right.min(p.x - half(v));
        }
    }
    if by < 0.0 && right + by < left + AISLE {
        return None;
    }
    let nodes: Vec<u32> = free.iter().copied().filter(|&v| axis.place(sketch, v).x >= x).collect();
    let places = nodes.iter().map(|&v| (v, sketch.pos[v as usize] + axis.turned(pos2(by, 0.0)).to_vec2())).collect();
    (!nodes.is_empty() && left.is_finite()).then(|| Move {
        touched: sketch.touched_by(&nodes).rigidly(),
        places,
        choice: None,
    })
}
