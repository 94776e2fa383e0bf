//! From the places of points to those of boxes: communities are drawn together, so that white space opens between them,
//! the map takes the shape of the page, points keep a distance that leaves room for names, and all of it is scaled to
//! the size of the boxes.

use emath::{Pos2, Vec2, vec2};

use super::graph::Graph;
use super::{fixed, parts, spacing};
use crate::layout::buckets::Buckets;
use crate::layout::model::Model;
use crate::layout::place::MARGIN;

/// From so many nodes on, members are drawn toward the middle of their community.
const PULLED_FROM: usize = 500;
/// By how much: the share of the distance that is left.
const PULL: f32 = 0.88;
/// Members of the smallest community that is drawn together.
const SMALLEST: usize = 8;
/// Below this modularity, communities are not worth showing.
const CLEAR: f32 = 0.3;
/// How much wider than high the map may be stretched.
const MAX_STRETCH: f32 = 1.5;
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
    for p in &mut at {
        *p = *p * stretch;
    }
    let area: f32 = model.size.iter().map(|s| (s.x + 2.0 * MARGIN.x) * (s.y + 2.0 * MARGIN.y)).sum();
    let scale = (LOOSE * area / model.len().max(1) as f32).sqrt();
    let is_fixed: Vec<bool> = model.fixed.iter().map(Option::is_some).collect();
    if is_fixed.contains(&true) {
        let fixed: Vec<Option<Vec2>> = model.fixed.iter().map(|p| p.map(|p| p.to_vec2() / scale)).collect();
        fixed::arranged_around(&mut at, &fixed, graph);
    }
    spacing::push_apart(&mut at, &is_fixed);
    at.iter().map(|p| (*p * scale).to_pos2()).collect()
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
