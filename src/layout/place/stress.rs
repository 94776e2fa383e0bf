//! Stress majorization (Gansner, Koren and North 2004) by local steps, with distances that leave room
//! for boxes, labels and lanes.

use emath::{Pos2, Vec2, vec2};

use crate::layout::geometry::{length, unit};
use crate::layout::model::Model;
use crate::layout::rng::Rng;

/// Rounds over all boxes of a part.
const ROUNDS: usize = 120;

/// Computes the centers of one connected part, in the order of `part`.
pub(super) fn place(model: &Model, part: &[u32], seed: u64) -> Vec<Pos2> {
    let count = part.len();
    let goal = distances(model, part);
    let mut rng = Rng::new(seed, u64::from(part[0]) + 1);
    let widest = goal.iter().fold(1.0_f32, |m, d| m.max(*d));
    let mut centers: Vec<Pos2> = (0..count)
        .map(|_| Pos2::new(rng.signed() * widest * 0.5 * model.aspect, rng.signed() * widest * 0.5))
        .collect();
    let pinned: Vec<bool> = part.iter().map(|&v| model.fixed[v as usize].is_some()).collect();
    let many_pinned = pinned.iter().filter(|p| **p).count() > 0;
    if many_pinned {
        for (i, &v) in part.iter().enumerate() {
            centers[i] = model.fixed[v as usize].unwrap_or(centers[i]);
        }
    }
    for _ in 0..ROUNDS {
        for i in 0..count {
            if !pinned[i] {
                centers[i] = stepped(&centers, &goal, i, model.aspect);
            }
        }
    }
    if !many_pinned {
        turn(&mut centers, &goal);
    }
    centers
}

/// Returns the position of box `i` that fits its distances best while the others stay.
fn stepped(centers: &[Pos2], goal: &[f32], i: usize, aspect: f32) -> Pos2 {
    let count = centers.len();
    let mut sum = Vec2::ZERO;
    let mut weights = 0.0;
    for (j, &other) in centers.iter().enumerate() {
        let want = goal[i * count + j];
        if i == j || want <= 0.0 {
            continue;
        }
        // Horizontal distances count more than vertical ones, which yields a landscape picture.
        let stretch = vec2(1.0, aspect.sqrt());
        let d = centers[i] - other;
        let way = unit(d * stretch) / stretch;
        let weight = 1.0 / (want * want);
        sum += (other.to_vec2() + way * want) * weight;
        weights += weight;
    }
    if weights > 0.0 { (sum / weights).to_pos2() } else { centers[i] }
}

/// Computes the shortest paths between all pairs of a part, by Dijkstra over ideal distances.
fn distances(model: &Model, part: &[u32]) -> Vec<f32> {
    let count = part.len();
    let mut index = vec![u32::MAX; model.len()];
    for (i, &v) in part.iter().enumerate() {
        index[v as usize] = i as u32;
    }
    let mut all = vec![0.0; count * count];
    for i in 0..count {
        let mut far = vec![f32::INFINITY; count];
        let mut done = vec![false; count];
        far[i] = 0.0;
        for _ in 0..count {
            let Some(next) = (0..count).filter(|&j| !done[j]).min_by(|&a, &b| far[a].total_cmp(&far[b])) else { break };
            done[next] = true;
            for &k in &model.at[part[next] as usize] {
                let bundle = &model.bundles[k as usize];
                let other = index[bundle.other(part[next]) as usize] as usize;
                let way = far[next] + model.ideal_distance(bundle);
                far[other] = far[other].min(way);
            }
        }
        all[i * count..(i + 1) * count].copy_from_slice(&far);
        all[i * count + i] = 0.0;
    }
    all
}

/// Rotates the part so that its longest extent is horizontal.
fn turn(centers: &mut [Pos2], goal: &[f32]) {
    if centers.len() == 2 {
        let want = goal[1].max(1.0);
        centers[0] = Pos2::ZERO;
        centers[1] = Pos2::new(want, 0.0);
        return;
    }
    let count = centers.len().max(1) as f32;
    let mean = centers.iter().fold(Vec2::ZERO, |s, p| s + p.to_vec2()) / count;
    let (mut xx, mut xy, mut yy) = (0.0_f32, 0.0_f32, 0.0_f32);
    for p in centers.iter() {
        let d = p.to_vec2() - mean;
        xx += d.x * d.x;
        xy += d.x * d.y;
        yy += d.y * d.y;
    }
    let axis = {
        let angle = 0.5 * libm::atan2f(2.0 * xy, xx - yy);
        vec2(libm::cosf(angle), libm::sinf(angle))
    };
    if length(axis) < 0.5 {
        return;
    }
    for p in centers.iter_mut() {
        let d = p.to_vec2() - mean;
        *p = Pos2::new(d.dot(axis), d.y * axis.x - d.x * axis.y);
    }
}
