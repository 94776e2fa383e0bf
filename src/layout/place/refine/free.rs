//! Moves of boxes that may go anywhere.

use emath::{Vec2, pos2, vec2};

use super::{Move, RASTER, choose, on_raster, to};
use crate::layout::place::sketch::Sketch;
use crate::layout::rng::Rng;

pub(super) fn propose(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
    let v = free[rng.below(free.len())];
    let kind = rng.unit();
    if kind < 0.40 {
        let offset = vec2(rng.signed() + rng.signed(), rng.signed() + rng.signed()) * stride * 0.5;
        Some(to(sketch, v, on_raster(sketch.pos[v as usize] + offset)))
    } else if kind < 0.60 {
        align(sketch, v, rng)
    } else if kind < 0.66 {
        with_leaves(sketch, v, stride, rng)
    } else if kind < 0.76 {
        Some(beside_neighbors(sketch, v, stride, rng))
    } else if kind < 0.86 {
        swap(sketch, v, free[rng.below(free.len())])
    } else if kind < 0.88 {
        choose(sketch, rng)
    } else {
        Some(cut(sketch, free, stride, rng))
    }
}

/// Aligns a box with another box's row or column, usually a tied one's.
pub(super) fn align(sketch: &Sketch, v: u32, rng: &mut Rng) -> Option<Move> {
    let bundles = &sketch.model.at[v as usize];
    let other = if rng.unit() < 0.6 && !bundles.is_empty() {
        sketch.model.bundles[bundles[rng.below(bundles.len())] as usize].other(v)
    } else {
        rng.below(sketch.pos.len()) as u32
    };
    let (own, theirs) = (sketch.pos[v as usize], sketch.pos[other as usize]);
    let place = if rng.unit() < 0.5 { pos2(theirs.x, own.y) } else { pos2(own.x, theirs.y) };
    (other != v && place != own).then(|| to(sketch, v, place))
}

/// Jumps to a position near the centroid of the tied boxes.
fn beside_neighbors(sketch: &Sketch, v: u32, stride: f32, rng: &mut Rng) -> Move {
    let mut sum = Vec2::ZERO;
    let mut count = 0.0;
    for other in sketch.model.neighbors(v) {
        sum += sketch.pos[other as usize].to_vec2();
        count += 1.0;
    }
    if count == 0.0 {
        let place = sketch.bounds().lerp_inside(vec2(rng.unit(), rng.unit()));
        return to(sketch, v, on_raster(place));
    }
    let spread = if sketch.model.hub[v as usize] { 60.0 } else { stride + 160.0 };
    let offset = vec2(rng.signed() * spread * 1.4, rng.signed() * spread);
    to(sketch, v, on_raster((sum / count).to_pos2() + offset))
}

/// Moves a box together with the neighbors tied to it alone.
fn with_leaves(sketch: &Sketch, v: u32, stride: f32, rng: &mut Rng) -> Option<Move> {
    let mut nodes = vec![v];
    for u in sketch.model.neighbors(v) {
        if sketch.model.at[u as usize].len() == 1 && sketch.model.fixed[u as usize].is_none() {
            nodes.push(u);
        }
    }
    let offset = vec2(rng.signed() + rng.signed(), rng.signed() + rng.signed()) * stride;
    let offset = on_raster(offset.to_pos2()).to_vec2();
    (nodes.len() > 1).then(|| Move {
        touched: sketch.touched_by(&nodes).rigidly(),
        places: nodes.iter().map(|&u| (u, sketch.pos[u as usize] + offset)).collect(),
        choice: None,
    })
}

fn swap(sketch: &Sketch, v: u32, u: u32) -> Option<Move> {
    (u != v).then(|| Move {
        touched: sketch.touched_by(&[v, u]),
        places: vec![(v, sketch.pos[u as usize]), (u, sketch.pos[v as usize])],
        choice: None,
    })
}

/// Cuts the picture in two and shifts one part, to close gaps or make room.
fn cut(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Move {
    let at = sketch.pos[free[rng.below(free.len())] as usize];
    let far = RASTER * (1.0 + (rng.unit() * stride * 0.3 / RASTER).floor());
    let by = if rng.unit() < 0.65 { -far } else { far };
    let across = rng.unit() < 0.5;
    let mut places = Vec::new();
    for &v in free {
        let p = sketch.pos[v as usize];
        if across && p.x >= at.x {
            places.push((v, pos2(p.x + by, p.y)));
        } else if !across && p.y >= at.y {
            places.push((v, pos2(p.x, p.y + by)));
        }
    }
    let nodes: Vec<u32> = places.iter().map(|m| m.0).collect();
    Move { touched: sketch.touched_by(&nodes).rigidly(), places, choice: None }
}
