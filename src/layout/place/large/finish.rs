//! From the places of points to those of boxes: communities are drawn together, so that white space opens between them,
//! the map takes the shape of the page, points keep a distance that leaves room for names, and all of it is scaled to
//! the size of the boxes.

use emath::{Pos2, Vec2, vec2};

use super::graph::{Buckets, Graph};
use super::parts;
use crate::layout::model::Model;
use crate::layout::place::MARGIN;

/// From so many nodes on, members are drawn toward the middle of their community.
const PULLED_FROM: usize = 500;
/// By how much: the share of the distance that is left.
const PULL: f32 = 0.88;
/// Members of the smallest community that is drawn together.
const SMALLEST: usize = 8;
/// Below this modularity, communities are not worth showing.
pub(super) const CLEAR: f32 = 0.3;
/// How much wider than high the map may be stretched.
const MAX_STRETCH: f32 = 1.5;
/// Least distance of two points, in mean distances of all.
const DISTANCE: f32 = 0.8;
/// Rounds of pushing points apart, and how many pushes in all.
const ROUNDS: usize = 60;
const PUSHES: usize = 2_500_000;
/// Area of the map by the area of all boxes.
const LOOSE: f32 = 2.2;

/// Returns the centers of boxes from the places of points in each part, in which a point has an area of 1 on average.
pub(super) fn finished(model: &Model, graph: &Graph, community: &[u32], parts: &[(Vec<u32>, Vec<Vec2>)]) -> Vec<Pos2> {
    let stretch = model.aspect.clamp(1.0 / MAX_STRETCH, MAX_STRETCH);
    let mut at = parts::packed(model.len(), parts, model.aspect / stretch);
    if model.len() > PULLED_FROM && modularity(graph, community) > CLEAR {
        draw_together(&mut at, community);
    }
    let stretch = vec2(stretch.sqrt(), 1.0 / stretch.sqrt());
    at.iter_mut().for_each(|p| *p = *p * stretch);
    push_apart(&mut at);
    let area: f32 = model.size.iter().map(|s| (s.x + 2.0 * MARGIN.x) * (s.y + 2.0 * MARGIN.y)).sum();
    let scale = (LOOSE * area / model.len().max(1) as f32).sqrt();
    let shift = shift(model, &at, scale);
    at.iter().map(|p| (*p * scale + shift).to_pos2()).collect()
}

/// Returns how many more ties lie within communities than chance would give, as a share of all.
fn modularity(graph: &Graph, community: &[u32]) -> f32 {
    let count = community.iter().max().map_or(0, |last| *last as usize + 1);
    let mut total = vec![0.0_f64; count];
    let mut inside = 0.0_f64;
    for v in 0..graph.len() {
        for (u, weight) in graph.neighbors(v) {
            total[community[v] as usize] += f64::from(weight);
            inside += if community[u] == community[v] { f64::from(weight) } else { 0.0 };
        }
    }
    let all: f64 = total.iter().sum();
    if all > 0.0 { (inside / all - total.iter().map(|t| (t / all).powi(2)).sum::<f64>()) as f32 } else { 0.0 }
}

/// Moves members toward the median of their community.
fn draw_together(at: &mut [Vec2], community: &[u32]) {
    let count = community.iter().max().map_or(0, |last| *last as usize + 1);
    let buckets = Buckets::new(count, community.iter().copied());
    let mut members = vec![0_u32; at.len()];
    buckets.fill(0..at.len() as u32, |v| community[*v as usize], |v| v, &mut members);
    for community in 0..count {
        let members = &members[buckets.range(community)];
        if members.len() < SMALLEST {
            continue;
        }
        let median = |of: fn(Vec2) -> f32| {
            let mut values: Vec<f32> = members.iter().map(|&v| of(at[v as usize])).collect();
            values.sort_by(f32::total_cmp);
            values[values.len() / 2]
        };
        let middle = vec2(median(|p| p.x), median(|p| p.y));
        for &v in members {
            let p = &mut at[v as usize];
            *p = middle + (*p - middle) * PULL;
        }
    }
}

/// Moves points that are too close apart, until none are or time is up.
fn push_apart(at: &mut [Vec2]) {
    let rounds = (PUSHES / at.len().max(1)).clamp(8, ROUNDS);
    for _ in 0..rounds {
        if !push(at) {
            return;
        }
    }
}

/// Runs one round; returns `false` if no two points were too close.
fn push(at: &mut [Vec2]) -> bool {
    let low = at.iter().copied().fold(Vec2::splat(f32::INFINITY), Vec2::min);
    let high = at.iter().copied().fold(Vec2::splat(f32::NEG_INFINITY), Vec2::max);
    let cell = DISTANCE.max((high - low).max_elem() / 4096.0);
    let columns = ((high.x - low.x) / cell) as usize + 1;
    let rows = ((high.y - low.y) / cell) as usize + 1;
    let place = |p: Vec2| (((p.x - low.x) / cell) as usize, ((p.y - low.y) / cell) as usize);
    let number = |p: Vec2| {
        let (x, y) = place(p);
        (y.min(rows - 1) * columns + x.min(columns - 1)) as u32
    };
    let buckets = Buckets::new(columns * rows, at.iter().map(|&p| number(p)));
    let mut inside = vec![0_u32; at.len()];
    buckets.fill(0..at.len() as u32, |v| number(at[*v as usize]), |v| v, &mut inside);
    let old = at.to_vec();
    let mut any = false;
    for v in 0..at.len() {
        let (x, y) = place(old[v]);
        let mut shift = Vec2::ZERO;
        for row in y.saturating_sub(1)..(y + 2).min(rows) {
            let first = buckets.range(row * columns + x.saturating_sub(1)).start;
            let end = buckets.range(row * columns + (x + 1).min(columns - 1)).end;
            for &u in &inside[first..end] {
                let d = old[v] - old[u as usize];
                let square = d.x * d.x + d.y * d.y;
                if u as usize != v && square < DISTANCE * DISTANCE {
                    let far = square.sqrt();
                    // Two points at the same place part by their index.
                    let way = if far > 1e-6 { d / far } else { super::coarsest::on_disc(v, at.len()) };
                    shift += way * (0.5 * (DISTANCE - far));
                    any |= far < 0.98 * DISTANCE;
                }
            }
        }
        at[v] += shift;
    }
    any
}

/// Returns the translation that brings fixed boxes closest to their places.
fn shift(model: &Model, at: &[Vec2], scale: f32) -> Vec2 {
    let mut sum = Vec2::ZERO;
    let mut count = 0.0;
    for (p, fixed) in at.iter().zip(&model.fixed) {
        if let Some(fixed) = fixed {
            sum += fixed.to_vec2() - *p * scale;
            count += 1.0;
        }
    }
    sum / f32::max(count, 1.0)
}
