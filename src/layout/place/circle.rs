//! One circle (an ellipse on a wide page) with tied boxes side by side: the order is improved by
//! moving one box at a time to where fewest lines cross (sifting, Baur and Brandes 2004).

use emath::{Pos2, pos2};

use super::MARGIN;
use crate::layout::model::Model;

/// Up to this many boxes the order is improved.
const SIFTED: usize = 160;

/// Centers for one connected part, in the order of `part`.
pub(super) fn place(model: &Model, part: &[u32]) -> Vec<Pos2> {
    let count = part.len();
    if count == 1 {
        return vec![Pos2::ZERO];
    }
    let mut index = vec![usize::MAX; model.len()];
    for (i, &v) in part.iter().enumerate() {
        index[v as usize] = i;
    }
    let neighbors: Vec<Vec<usize>> =
        part.iter().map(|&v| model.neighbors(v).map(|u| index[u as usize]).collect()).collect();
    let mut order = depth_first(&neighbors);
    if count <= SIFTED {
        for _ in 0..4 {
            if !sift(&mut order, &neighbors) {
                break;
            }
        }
    }
    let extent = |i: usize| (model.size[part[i] as usize].x + model.size[part[i] as usize].y) * 0.6 + 2.0 * MARGIN.x;
    let total: f32 = order.iter().map(|&i| extent(i)).sum();
    let longest = order
        .windows(2)
        .flat_map(|w| model.at[part[w[0]] as usize].iter())
        .map(|&k| model.ideal_distance(&model.bundles[k as usize]))
        .fold(0.0, f32::max);
    let radius = (total / std::f32::consts::TAU).max(longest.min(400.0) * 0.6);
    let stretch = model.aspect.sqrt();
    let mut centers = vec![Pos2::ZERO; count];
    let mut at = 0.0;
    for &i in &order {
        let angle = (at + extent(i) * 0.5) / total * std::f32::consts::TAU;
        at += extent(i);
        centers[i] = pos2(libm::sinf(angle) * radius * stretch, -libm::cosf(angle) * radius / stretch);
    }
    centers
}

fn depth_first(neighbors: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(neighbors.len());
    let mut seen = vec![false; neighbors.len()];
    let mut stack = vec![0];
    while let Some(i) = stack.pop() {
        if std::mem::replace(&mut seen[i], true) {
            continue;
        }
        order.push(i);
        stack.extend(neighbors[i].iter().rev().filter(|&&j| !seen[j]));
    }
    order
}

/// Crossings of the chords at `i` and `j` when `i` stands right before `j`.
fn crossings(i: usize, j: usize, at: &[usize], neighbors: &[Vec<usize>]) -> i64 {
    let count = at.len();
    // Positions are counted from behind the pair, so that the circle is cut open there.
    let far = |v: usize| (at[v] + count - at[j]) % count;
    let mut sum = 0_i64;
    for &u in neighbors[i].iter().filter(|&&u| u != j) {
        for &v in neighbors[j].iter().filter(|&&v| v != i) {
            sum += i64::from(far(u) < far(v));
        }
    }
    sum
}

/// Moves each box once around the circle to its best place; whether anything moved.
fn sift(order: &mut Vec<usize>, neighbors: &[Vec<usize>]) -> bool {
    let count = order.len();
    let mut moved = false;
    for i in 0..count {
        let mut at = vec![0; count];
        let Some(start) = order.iter().position(|&v| v == i) else { continue };
        order.rotate_left(start);
        for (n, &v) in order.iter().enumerate() {
            at[v] = n;
        }
        let mut change = 0_i64;
        let mut best = (0_i64, 0);
        for step in 1..count {
            let j = order[step];
            // `i` is at `step - 1` now and passes `j`.
            let before = crossings(i, j, &at, neighbors);
            order.swap(step - 1, step);
            at[j] = step - 1;
            at[i] = step;
            let after = crossings(j, i, &at, neighbors);
            change += after - before;
            if change < best.0 {
                best = (change, step);
            }
        }
        let own = order.remove(count - 1);
        order.insert(best.1, own);
        moved |= best.1 != 0;
    }
    moved
}
