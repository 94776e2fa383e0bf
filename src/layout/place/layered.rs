//! Flows from left to right: cycles opened, boxes ranked by longest way, ranks ordered by barycenters
//! (Sugiyama, Tagawa and Toda 1981), heights evened out.

use emath::{Pos2, pos2};

use super::MARGIN;
use crate::layout::geometry::pooled;
use crate::layout::model::{Model, STUB};

/// How often ranks are ordered there and back.
const SWEEPS: usize = 12;

/// A box, or a point on the way of a line that passes a rank.
struct Item {
    /// Index within the part; none for a passing line.
    node: Option<usize>,
    height: f32,
    before: Vec<usize>,
    after: Vec<usize>,
}

/// Ranked items.
struct Layers {
    items: Vec<Item>,
    ranks: Vec<Vec<usize>>,
}

/// Centers for one connected part, in the order of `part`.
pub(super) fn place(model: &Model, part: &[u32]) -> Vec<Pos2> {
    let ways = directed(model, part);
    let ranks = ranked(part.len(), &ways);
    let mut layers = layered(model, part, &ways, &ranks);
    order(&mut layers);
    let heights = heights(&layers);
    let columns = columns(model, part, &layers, &ways, &ranks);
    let mut centers = vec![Pos2::ZERO; part.len()];
    for (rank, items) in layers.ranks.iter().enumerate() {
        for &item in items {
            if let Some(node) = layers.items[item].node {
                centers[node] = pos2(columns[rank], heights[item]);
            }
        }
    }
    centers
}

/// The bundles as one-way ties between indices of the part, cycles opened.
fn directed(model: &Model, part: &[u32]) -> Vec<(usize, usize, usize)> {
    let mut index = vec![usize::MAX; model.len()];
    for (i, &v) in part.iter().enumerate() {
        index[v as usize] = i;
    }
    let mut out: Vec<Vec<(usize, usize)>> = vec![Vec::new(); part.len()];
    let mut surplus = vec![0_i64; part.len()];
    for (i, &v) in part.iter().enumerate() {
        for &k in &model.at[v as usize] {
            let bundle = &model.bundles[k as usize];
            if bundle.a != v || bundle.is_loop() {
                continue;
            }
            let votes: i32 = bundle
                .lanes
                .iter()
                .filter_map(|&l| model.lines[l as usize].as_ref())
                .map(|l| i32::from(l.arrow) * if l.from == v { 1 } else { -1 })
                .sum();
            let j = index[bundle.b as usize];
            let (from, to) = if votes >= 0 { (i, j) } else { (j, i) };
            out[from].push((to, k as usize));
            surplus[to] += 1;
            surplus[from] -= 1;
        }
    }
    // Visiting sources first leaves few ties to turn around; those that close a cycle are turned.
    let mut starts: Vec<usize> = (0..part.len()).collect();
    starts.sort_by_key(|&i| (surplus[i], i));
    let mut state = vec![0_u8; part.len()];
    let mut ways = Vec::new();
    for start in starts {
        let mut stack = vec![(start, 0)];
        while let Some((i, next)) = stack.pop() {
            if next == 0 && state[i] != 0 {
                continue;
            }
            state[i] = 1;
            let Some(&(j, k)) = out[i].get(next) else {
                state[i] = 2;
                continue;
            };
            stack.push((i, next + 1));
            if state[j] == 1 {
                ways.push((j, i, k));
            } else {
                ways.push((i, j, k));
                if state[j] == 0 {
                    stack.push((j, 0));
                }
            }
        }
    }
    ways
}

/// Ranks by longest way from the sources; sources move up to their first successor.
fn ranked(count: usize, ways: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut rank = vec![0; count];
    for _ in 0..count {
        let mut changed = false;
        for &(i, j, _) in ways {
            if rank[j] <= rank[i] && rank[i] < count {
                rank[j] = rank[i] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for i in 0..count {
        let has_before = ways.iter().any(|w| w.1 == i);
        let nearest = ways.iter().filter(|w| w.0 == i).map(|w| rank[w.1]).min();
        if let (false, Some(next)) = (has_before, nearest) {
            rank[i] = next.saturating_sub(1);
        }
    }
    rank
}

fn layered(model: &Model, part: &[u32], ways: &[(usize, usize, usize)], rank: &[usize]) -> Layers {
    let item = |node: usize| Item {
        node: Some(node),
        height: model.size[part[node] as usize].y + 2.0 * MARGIN.y,
        before: Vec::new(),
        after: Vec::new(),
    };
    let mut layers = Layers { items: (0..part.len()).map(item).collect(), ranks: Vec::new() };
    layers.ranks = vec![Vec::new(); rank.iter().max().map_or(0, |m| m + 1)];
    for (i, &r) in rank.iter().enumerate() {
        layers.ranks[r].push(i);
    }
    for &(from, to, k) in ways {
        let mut last = from;
        for layer in &mut layers.ranks[(rank[from] + 1).min(rank[to])..rank[to]] {
            // A passing bundle needs the height of its lanes.
            let height = 16.0 + 10.0 * model.bundles[k].lanes.len() as f32;
            layers.items.push(Item { node: None, height, before: Vec::new(), after: Vec::new() });
            let passing = layers.items.len() - 1;
            layer.push(passing);
            layers.items[last].after.push(passing);
            layers.items[passing].before.push(last);
            last = passing;
        }
        layers.items[last].after.push(to);
        layers.items[to].before.push(last);
    }
    layers
}

fn crossings(layers: &Layers, at: &[usize]) -> usize {
    let mut count = 0;
    for rank in &layers.ranks {
        let mut ways: Vec<(usize, usize)> =
            rank.iter().flat_map(|&i| layers.items[i].after.iter().map(move |&j| (at[i], at[j]))).collect();
        ways.sort_unstable();
        for (n, w) in ways.iter().enumerate() {
            count += ways[n + 1..].iter().filter(|v| v.1 < w.1 && v.0 > w.0).count();
        }
    }
    count
}

/// Orders the items within ranks; the order with the fewest crossings wins.
fn order(layers: &mut Layers) {
    let mut at = vec![0; layers.items.len()];
    let number = |ranks: &[Vec<usize>], at: &mut Vec<usize>| {
        for rank in ranks {
            for (n, &i) in rank.iter().enumerate() {
                at[i] = n;
            }
        }
    };
    number(&layers.ranks, &mut at);
    let small = layers.items.len() < 3000;
    let mut best = (if small { crossings(layers, &at) } else { usize::MAX }, layers.ranks.clone());
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        for step in 0..layers.ranks.len() {
            let r = if down { step } else { layers.ranks.len() - 1 - step };
            let mut rank = std::mem::take(&mut layers.ranks[r]);
            let key = |i: usize| {
                let others = if down { &layers.items[i].before } else { &layers.items[i].after };
                if others.is_empty() {
                    at[i] as f32
                } else {
                    others.iter().map(|&j| at[j] as f32).sum::<f32>() / others.len() as f32
                }
            };
            let mut keyed: Vec<(f32, usize)> = rank.iter().map(|&i| (key(i), i)).collect();
            keyed.sort_by(|x, y| x.0.total_cmp(&y.0));
            rank = keyed.into_iter().map(|k| k.1).collect();
            for (n, &i) in rank.iter().enumerate() {
                at[i] = n;
            }
            layers.ranks[r] = rank;
        }
        let count = if small { crossings(layers, &at) } else { usize::MAX - 1 - sweep };
        if count < best.0 {
            best = (count, layers.ranks.clone());
        }
    }
    layers.ranks = best.1;
}

/// A height for each item: near its neighbors', in order, without overlap.
fn heights(layers: &Layers) -> Vec<f32> {
    let mut y = vec![0.0; layers.items.len()];
    for rank in &layers.ranks {
        let total: f32 = rank.iter().map(|&i| layers.items[i].height).sum();
        let mut top = -total * 0.5;
        for &i in rank {
            y[i] = top + layers.items[i].height * 0.5;
            top += layers.items[i].height;
        }
    }
    for round in 0..16 {
        let last = layers.ranks.len();
        for step in 0..last {
            let rank = &layers.ranks[if round % 2 == 0 { step } else { last - 1 - step }];
            let wishes: Vec<f32> = rank
                .iter()
                .map(|&i| {
                    let item = &layers.items[i];
                    let count = item.before.len() + item.after.len();
                    let sum: f32 = item.before.iter().chain(&item.after).map(|&j| y[j]).sum();
                    if count == 0 { y[i] } else { sum / count as f32 }
                })
                .collect();
            let sizes: Vec<f32> = rank.iter().map(|&i| layers.items[i].height).collect();
            for (&i, place) in rank.iter().zip(in_row(&wishes, &sizes)) {
                y[i] = place;
            }
        }
    }
    y
}

/// The places nearest to the wishes that keep the order and overlap nowhere (least squares).
pub(super) fn in_row(wishes: &[f32], sizes: &[f32]) -> Vec<f32> {
    let mut starts = Vec::with_capacity(sizes.len());
    let mut at = 0.0;
    for size in sizes {
        starts.push(at + size * 0.5);
        at += size;
    }
    let pools = pooled(wishes.iter().zip(&starts).map(|(wish, start)| wish - start));
    let mut places = Vec::with_capacity(sizes.len());
    for (value, count) in pools {
        for _ in 0..count {
            places.push(value + starts[places.len()]);
        }
    }
    places
}

/// The center of each rank's column; gaps fit the widest labels between ranks.
fn columns(model: &Model, part: &[u32], layers: &Layers, ways: &[(usize, usize, usize)], rank: &[usize]) -> Vec<f32> {
    let mut width = vec![0.0_f32; layers.ranks.len()];
    let mut gap = vec![70.0_f32; layers.ranks.len()];
    for (i, &r) in rank.iter().enumerate() {
        width[r] = width[r].max(model.size[part[i] as usize].x);
    }
    for &(from, to, k) in ways {
        let bundle = &model.bundles[k];
        let fan = if bundle.lanes.len() > 1 { 2.0 * STUB + 8.0 * bundle.lanes.len() as f32 } else { 2.0 * STUB };
        let need = bundle.stack.x + fan;
        let passed: f32 = (rank[from] + 1..rank[to]).map(|r| width[r] + gap[r]).sum();
        gap[rank[from]] = gap[rank[from]].max(need - passed);
    }
    let mut centers = Vec::with_capacity(width.len());
    let mut left = 0.0;
    for (w, g) in width.iter().zip(&gap) {
        centers.push(left + w * 0.5);
        left += w + g;
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::in_row;

    #[test]
    fn in_row_keeps_order_and_sizes() {
        assert_eq!(in_row(&[0.0, 0.0], &[10.0, 20.0]), vec![-7.5, 7.5]);
        assert_eq!(in_row(&[0.0, 100.0], &[10.0, 20.0]), vec![0.0, 100.0]);
    }
}
