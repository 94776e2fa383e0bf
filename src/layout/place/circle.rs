//! Circular layout (an ellipse on a wide page) with tied boxes side by side: the order is improved by moving one box
//! at a time to the position with the fewest crossings (sifting, Baur and Brandes 2004).

use std::f32::consts::TAU;

use emath::{Pos2, Vec2, pos2, vec2};

use super::MARGIN;
use crate::layout::model::Model;
use crate::layout::rng::Rng;

/// Up to this many boxes, the order is improved.
const SIFTED: usize = 160;
/// Number of orders sifted per start.
const SHUFFLES: u64 = 4;
/// Maximum number of sifting rounds.
const ROUNDS: usize = 12;

/// A variant of the circular layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct CircleStyle {
    /// Distance between neighbors, as a multiple of the distance that their boxes need.
    pub space: f32,
    /// Initial order for sifting; 0 is a walk along ties.
    pub start: u64,
}

/// Returns the variants to try: tight and loose circles, each from several starts.
pub(super) fn styles() -> Vec<Vec<CircleStyle>> {
    let shapes = [1.0, 1.4, 2.0].into_iter().flat_map(|space| [0..6, 6..12].map(|starts| (space, starts)));
    shapes.map(|(space, starts)| starts.map(|start| CircleStyle { space, start }).collect()).collect()
}

/// Computes the centers of a connected part, in the order of `part`: from the first start, with room for labels.
pub(super) fn place(model: &Model, part: &[u32]) -> Vec<Pos2> {
    styled(model, part, CircleStyle { space: 2.0, start: 0 })
}

/// Computes the centers of a connected part in one of several variants, in the order of `part`.
pub(super) fn styled(model: &Model, part: &[u32], style: CircleStyle) -> Vec<Pos2> {
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
    let order = ordered(&neighbors, model.seed, style.start);
    let longest = order
        .windows(2)
        .flat_map(|w| model.at[part[w[0]] as usize].iter())
        .map(|&k| model.ideal_distance(&model.bundles[k as usize]))
        .fold(0.0, f32::max);
    let sizes: Vec<Vec2> = order.iter().map(|&i| (model.size[part[i] as usize] + 2.0 * MARGIN) * style.space).collect();
    let mut centers = vec![Pos2::ZERO; count];
    for (&i, place) in order.iter().zip(around(&sizes, longest.min(400.0) * 0.6, model.aspect.sqrt())) {
        centers[i] = place;
    }
    centers
}

/// Returns the order with the fewest crossings among several shuffled and sifted ones.
fn ordered(neighbors: &[Vec<usize>], seed: u64, start: u64) -> Vec<usize> {
    let first = depth_first(neighbors);
    if neighbors.len() > SIFTED {
        return first;
    }
    let tried = (SHUFFLES * start..SHUFFLES * (start + 1)).map(|shuffle| {
        let mut order = first.clone();
        if shuffle > 0 {
            Rng::new(seed, 500 + shuffle).shuffle(&mut order);
        }
        for _ in 0..ROUNDS {
            if !sift(&mut order, neighbors) {
                break;
            }
        }
        order
    });
    tried.min_by_key(|order| all_crossings(order, neighbors)).unwrap_or(first)
}

/// Counts the crossings of all chords.
fn all_crossings(order: &[usize], neighbors: &[Vec<usize>]) -> usize {
    let mut at = vec![0; order.len()];
    for (n, &v) in order.iter().enumerate() {
        at[v] = n;
    }
    let chords: Vec<(usize, usize)> = (0..at.len())
        .flat_map(|v| neighbors[v].iter().map(move |&u| (v, u)))
        .map(|(v, u)| (at[v], at[u]))
        .filter(|chord| chord.0 < chord.1)
        .collect();
    let crosses = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.0 && b.0 < a.1 && a.1 < b.1;
    chords.iter().map(|a| chords.iter().filter(|b| crosses(a, b)).count()).sum()
}

/// Places boxes in order on the smallest ellipse, no smaller than `least`, that has room for these sizes.
fn around(sizes: &[Vec2], least: f32, stretch: f32) -> Vec<Pos2> {
    let mut low = least;
    let mut high = sizes.iter().map(|s| s.x + s.y).sum::<f32>().max(least);
    let mut angles = steps(sizes, high, stretch);
    for _ in 0..32 {
        let middle = (low + high) * 0.5;
        let tried = steps(sizes, middle, stretch);
        if tried.last().is_some_and(|&all| all <= TAU) {
            high = middle;
            angles = tried;
        } else {
            low = middle;
        }
    }
    let all = angles.last().copied().unwrap_or(TAU).max(1e-3);
    let place = |angle: f32| {
        let angle = angle * TAU / all;
        pos2(libm::sinf(angle) * high * stretch, -libm::cosf(angle) * high / stretch)
    };
    // The last step leads back to the first box.
    std::iter::once(0.0).chain(angles).take(sizes.len()).map(place).collect()
}

/// Returns the angle after each box, with neighbors as close as possible without touching: side by side at top and
/// bottom, stacked at the sides.
fn steps(sizes: &[Vec2], radius: f32, stretch: f32) -> Vec<f32> {
    let mut at = 0.0_f32;
    (0..sizes.len())
        .map(|n| {
            let apart = (sizes[n] + sizes[(n + 1) % sizes.len()]) * 0.5;
            let way =
                |angle: f32| vec2(libm::cosf(angle) * radius * stretch, libm::sinf(angle) * radius / stretch).abs();
            let step = |way: Vec2| (apart.x / way.x.max(1e-3)).min(apart.y / way.y.max(1e-3));
            // Use the direction in the middle of the step.
            let first = step(way(at)).min(1.0);
            at += step(way(at + first * 0.5));
            at
        })
        .collect()
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

/// Counts the crossings of the chords at `i` and `j` when `i` is directly before `j`.
fn crossings(i: usize, j: usize, at: &[usize], neighbors: &[Vec<usize>]) -> i64 {
    let count = at.len();
    // Positions are counted from behind the pair, which cuts the circle open there.
    let far = |v: usize| (at[v] + count - at[j]) % count;
    let mut sum = 0_i64;
    for &u in neighbors[i].iter().filter(|&&u| u != j) {
        for &v in neighbors[j].iter().filter(|&&v| v != i) {
            sum += i64::from(far(u) < far(v));
        }
    }
    sum
}

/// Moves each box once around the circle to its best position; returns whether any moved.
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

#[cfg(test)]
mod tests {
    use emath::vec2;

    use super::{all_crossings, around, ordered};

    fn neighbors(count: usize, ties: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let mut neighbors = vec![Vec::new(); count];
        for &(a, b) in ties {
            neighbors[a].push(b);
            neighbors[b].push(a);
        }
        neighbors
    }

    #[test]
    fn an_outerplanar_map_has_no_crossings_in_any_numbering() {
        // A ring of 13 with chords from 0, which don't cross; indices are scattered by steps of 5.
        let scattered = |v: usize| v * 5 % 13;
        let ring = (0..13).map(|v| (v, (v + 1) % 13));
        let chords = (2..12).map(|v| (0, v));
        let ties: Vec<(usize, usize)> = ring.chain(chords).map(|(a, b)| (scattered(a), scattered(b))).collect();
        let neighbors = neighbors(13, &ties);
        assert!(all_crossings(&(0..13).collect::<Vec<_>>(), &neighbors) > 0, "the numbering itself is bad");
        for start in 0..4 {
            assert_eq!(all_crossings(&ordered(&neighbors, 7, start), &neighbors), 0, "start {start}");
        }
    }

    #[test]
    fn crossings_of_chords_are_counted() {
        let neighbors = neighbors(5, &[(0, 2), (1, 3), (1, 4), (0, 4)]);
        assert_eq!(all_crossings(&[0, 1, 2, 3, 4], &neighbors), 2);
        assert_eq!(all_crossings(&[0, 2, 1, 3, 4], &neighbors), 0);
    }

    #[test]
    fn boxes_around_an_ellipse_keep_apart_and_waste_little() {
        let size = vec2(160.0, 60.0);
        let places = around(&[size; 24], 0.0, 1.3);
        for (n, a) in places.iter().enumerate() {
            for b in &places[n + 1..] {
                let d = (*a - *b).abs();
                assert!(d.x > size.x * 0.85 || d.y > size.y * 0.85, "{a:?} {b:?}");
            }
        }
        let width = places.iter().fold(0.0_f32, |m, p| m.max(p.x)) * 2.0;
        assert!(width < 24.0 * size.x / std::f32::consts::TAU * 2.0, "{width}");
    }
}
