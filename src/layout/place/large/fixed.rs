//! Points that were placed by hand or before stay; the others are arranged around them.

use emath::Vec2;

use super::coarsest::on_disc;
use super::graph::Graph;

/// If more than one in this many points is fixed, the others are placed next to what they are tied to.
const FEW_NEW: usize = 2;
/// Distance of a new point from the middle of what it is tied to, in mean distances of points.
const BESIDE: f32 = 0.7;

/// Puts fixed points where they belong and the others around them.
pub(super) fn arranged_around(at: &mut [Vec2], fixed: &[Option<Vec2>], graph: &Graph) {
    fit(at, fixed);
    for (p, fixed) in at.iter_mut().zip(fixed) {
        *p = fixed.unwrap_or(*p);
    }
    let count = fixed.iter().flatten().count();
    if count * FEW_NEW > at.len() {
        place_beside(at, fixed, graph);
    }
}

/// Turns and moves all points so that the fixed ones come closest to their places (Procrustes analysis, Schönemann 1966).
fn fit(at: &mut [Vec2], fixed: &[Option<Vec2>]) {
    let pairs = || at.iter().zip(fixed).filter_map(|(p, fixed)| Some((*p, (*fixed)?)));
    let count = pairs().count() as f32;
    let (from, to) = pairs().fold((Vec2::ZERO, Vec2::ZERO), |(from, to), (p, fixed)| (from + p, to + fixed));
    let (from, to) = (from / count, to / count);
    let (mut dot, mut cross) = (0.0, 0.0);
    for (p, fixed) in pairs() {
        let (p, fixed) = (p - from, fixed - to);
        dot += p.x * fixed.x + p.y * fixed.y;
        cross += p.x * fixed.y - p.y * fixed.x;
    }
    let angle = if dot == 0.0 && cross == 0.0 { 0.0 } else { libm::atan2f(cross, dot) };
    let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
    for p in at {
        let d = *p - from;
        *p = to + Vec2::new(d.x * cos - d.y * sin, d.x * sin + d.y * cos);
    }
}

/// Places points next to the middle of those that they are tied to, from the fixed ones outward; points that no ties lead
/// to go below all others.
fn place_beside(at: &mut [Vec2], fixed: &[Option<Vec2>], graph: &Graph) {
    let mut is_placed: Vec<bool> = fixed.iter().map(Option::is_some).collect();
    let mut open: Vec<usize> = (0..at.len()).filter(|&v| is_placed[v]).collect();
    let mut next = 0;
    while let Some(&v) = open.get(next) {
        next += 1;
        for (u, _) in graph.neighbors(v) {
            if is_placed[u] {
                continue;
            }
            let placed = graph.neighbors(u).filter(|(w, _)| is_placed[*w]);
            let (sum, count) = placed.fold((Vec2::ZERO, 0.0), |(sum, count), (w, _)| (sum + at[w], count + 1.0));
            at[u] = sum / count + on_disc(u, at.len()).normalized() * BESIDE;
            is_placed[u] = true;
            open.push(u);
        }
    }
    let bottom = (0..at.len()).filter(|&v| is_placed[v]).map(|v| at[v].y).fold(f32::NEG_INFINITY, f32::max);
    let top = (0..at.len()).filter(|&v| !is_placed[v]).map(|v| at[v].y).fold(f32::INFINITY, f32::min);
    for v in (0..at.len()).filter(|&v| !is_placed[v]) {
        at[v].y += bottom + 2.0 - top;
    }
}
