//! Orders items within ranks: sweeps of weighted medians and exchanges of neighbors (Gansner, Koutsofios, North and Vo
//! 1993), keeping the order with the fewest crossings (counted after Barth, Jünger and Mutzel 2002).

use super::Layers;
use crate::layout::rng::Rng;

/// Maximum number of sweeps, alternating in direction.
const SWEEPS: usize = 24;
/// Up to this many items, neighbors are exchanged.
const EXCHANGED: usize = 30_000;

/// Orders the items within ranks; `start` 0 begins with the given order, others with a shuffled one.
pub(super) fn order(layers: &mut Layers, seed: u64, start: u64) {
    let mut rng = Rng::new(seed, 300 + start);
    if start > 0 {
        for rank in &mut layers.ranks {
            rng.shuffle(rank);
        }
    }
    let mut at = vec![0; layers.items.len()];
    for rank in &layers.ranks {
        number(rank, &mut at);
    }
    let is_small = layers.items.len() <= EXCHANGED;
    let mut best = (crossings(layers, &at), layers.ranks.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        let forward = sweep % 2 == 0;
        for step in 0..layers.ranks.len() {
            let r = if forward { step } else { layers.ranks.len() - 1 - step };
            let mut rank = std::mem::take(&mut layers.ranks[r]);
            by_medians(layers, &mut rank, &at, forward, sweep % 4 > 1);
            number(&rank, &mut at);
            layers.ranks[r] = rank;
        }
        if is_small {
            exchange(layers, &mut at);
        }
        let count = crossings(layers, &at);
        if count < best.0 {
            best = (count, layers.ranks.clone());
        }
    }
    layers.ranks = best.1;
}

fn number(rank: &[usize], at: &mut [usize]) {
    for (n, &i) in rank.iter().enumerate() {
        at[i] = n;
    }
}

/// Sorts a rank by the medians of its neighbors' positions; items without neighbors stay in place.
fn by_medians(layers: &Layers, rank: &mut [usize], at: &[usize], forward: bool, turn_equals: bool) {
    let mut places: Vec<usize> = Vec::new();
    let mut keyed: Vec<(f32, usize)> = Vec::with_capacity(rank.len());
    for &i in rank.iter() {
        let others = if forward { &layers.items[i].before } else { &layers.items[i].after };
        places.clear();
        places.extend(others.iter().map(|&j| at[j]));
        places.sort_unstable();
        if let Some(median) = weighted_median(&places) {
            keyed.push((median, i));
        }
    }
    if turn_equals {
        keyed.reverse();
    }
    keyed.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut sorted = keyed.into_iter();
    for i in rank.iter_mut() {
        let others = if forward { &layers.items[*i].before } else { &layers.items[*i].after };
        if !others.is_empty() {
            *i = sorted.next().map_or(*i, |key| key.1);
        }
    }
}

/// Returns the median of ascending positions; between two middle ones, weighted toward the denser side.
fn weighted_median(places: &[usize]) -> Option<f32> {
    let (first, last) = (places.first()?, places.last()?);
    let middle = places.len() / 2;
    if places.len() % 2 == 1 {
        return Some(places[middle] as f32);
    }
    let (low, high) = (places[middle - 1], places[middle]);
    let (left, right) = ((low - first) as f32, (last - high) as f32);
    Some(if left + right > 0.0 {
        (low as f32 * right + high as f32 * left) / (left + right)
    } else {
        (low + high) as f32 * 0.5
    })
}

/// Exchanges neighbors while that removes crossings.
fn exchange(layers: &mut Layers, at: &mut [usize]) {
    for _ in 0..8 {
        let mut improved = false;
        for r in 0..layers.ranks.len() {
            for n in 1..layers.ranks[r].len() {
                let (i, j) = (layers.ranks[r][n - 1], layers.ranks[r][n]);
                let (one, two) = (&layers.items[i], &layers.items[j]);
                let now = crossed(&one.before, &two.before, at) + crossed(&one.after, &two.after, at);
                let then = crossed(&two.before, &one.before, at) + crossed(&two.after, &one.after, at);
                if then < now {
                    layers.ranks[r].swap(n - 1, n);
                    (at[i], at[j]) = (n, n - 1);
                    improved = true;
                }
            }
        }
        if !improved {
            break;
        }
    }
}

/// Counts the crossings between the lines of two adjacent items.
fn crossed(first: &[usize], second: &[usize], at: &[usize]) -> usize {
    first.iter().map(|&a| second.iter().filter(|&&b| at[b] < at[a]).count()).sum()
}

/// Counts all crossings between neighboring ranks as inversions, with a Fenwick tree.
pub(super) fn crossings(layers: &Layers, at: &[usize]) -> usize {
    let mut count = 0;
    let mut sums: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for (rank, next) in layers.ranks.iter().zip(layers.ranks.iter().skip(1)) {
        sums.clear();
        sums.resize(next.len() + 1, 0);
        let mut seen = 0;
        for &i in rank {
            ends.clear();
            ends.extend(layers.items[i].after.iter().map(|&j| at[j]));
            for &end in &ends {
                let mut n = end + 1;
                let mut not_after = 0;
                while n > 0 {
                    not_after += sums[n];
                    n &= n - 1;
                }
                count += seen - not_after;
            }
            for &end in &ends {
                let mut n = end + 1;
                while n < sums.len() {
                    sums[n] += 1;
                    n += n & n.wrapping_neg();
                }
                seen += 1;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{crossings, order, weighted_median};
    use crate::layout::place::layered::{Layers, RankItem};

    /// Builds a tree in which every box of a rank leads to three of the next, in a scattered order.
    fn tree(ranks: usize) -> Layers {
        let mut layers = Layers { items: Vec::new(), ranks: Vec::new() };
        for r in 0..ranks {
            let count = 3_usize.pow(r as u32);
            let first = layers.items.len();
            for n in 0..count {
                let before = if r == 0 { Vec::new() } else { vec![first - count / 3 + n * 7 % (count / 3)] };
                for &parent in &before {
                    layers.items[parent].after.push(first + n);
                }
                layers.items.push(RankItem { node: Some(first + n), height: 1.0, before, after: Vec::new() });
            }
            layers.ranks.push((first..first + count).collect());
        }
        layers
    }

    fn count(layers: &Layers) -> usize {
        let mut at = vec![0; layers.items.len()];
        for rank in &layers.ranks {
            for (n, &i) in rank.iter().enumerate() {
                at[i] = n;
            }
        }
        crossings(layers, &at)
    }

    #[test]
    fn a_tree_comes_out_without_crossings() {
        for start in 0..4 {
            let mut layers = tree(4);
            assert!(count(&layers) > 20, "it starts with many");
            order(&mut layers, 1, start);
            assert_eq!(count(&layers), 0, "start {start}");
        }
    }

    #[test]
    fn counting_agrees_with_trying_all_pairs() {
        let layers = tree(4);
        let mut pairs = 0;
        for rank in &layers.ranks {
            let ways: Vec<(usize, usize)> =
                rank.iter().flat_map(|&i| layers.items[i].after.iter().map(move |&j| (i, j))).collect();
            pairs += ways.iter().flat_map(|a| ways.iter().filter(move |b| a.0 < b.0 && a.1 > b.1)).count();
        }
        assert_eq!(count(&layers), pairs);
    }

    #[test]
    fn the_median_leans_to_where_places_lie_closer() {
        assert_eq!(weighted_median(&[]), None);
        assert_eq!(weighted_median(&[2, 5, 90]), Some(5.0));
        assert_eq!(weighted_median(&[2, 4]), Some(3.0));
        assert_eq!(weighted_median(&[0, 1, 9, 90]), Some((1.0 * 81.0 + 9.0) / 82.0));
    }
}
