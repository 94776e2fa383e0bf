//! Layered layout from left to right: break cycles, rank boxes, order ranks, smooth heights (Sugiyama, Tagawa and Toda
//! 1981). A flow too long for the page runs back and forth in bands, one below the other.

mod order;
mod ranks;

use emath::{Pos2, pos2};

use super::MARGIN;
use crate::layout::geometry::pooled;
use crate::layout::model::{Model, STUB};
use ranks::OneWayTie;

/// Minimum free width between two columns.
const AISLE: f32 = 70.0;
/// Distance from its ideal position, in units, at which a cut through a flow is placed to avoid cutting one tie.
const CUT: f32 = 120.0;

/// A variant of the layered layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayeredStyle {
    /// Maximum number of boxes per rank, as a multiple of a column's length on a page of the requested aspect ratio.
    pub tall: f32,
    /// Maximum number of bands.
    pub bands: usize,
    /// Initial order within ranks.
    pub start: u64,
}

/// Returns the variants to try: full and shorter ranks, in one to five bands, each from several starts.
pub(super) fn styles() -> Vec<Vec<LayeredStyle>> {
    let talls = [f32::INFINITY, 2.0, 1.4, 1.0];
    let shapes = talls.into_iter().flat_map(|tall| (1..=5).map(move |bands| (tall, bands)));
    shapes.map(|(tall, bands)| (0..4).map(|start| LayeredStyle { tall, bands, start }).collect()).collect()
}

/// A box, or a point of a line that passes a rank.
struct RankItem {
    /// Index within the part; `None` for a passing line.
    node: Option<usize>,
    height: f32,
    before: Vec<usize>,
    after: Vec<usize>,
}

struct Layers {
    items: Vec<RankItem>,
    ranks: Vec<Vec<usize>>,
}

/// Computes the centers of a connected part, in the order of `part`: full ranks in one band.
pub(super) fn place(model: &Model, part: &[u32]) -> Vec<Pos2> {
    styled(model, part, LayeredStyle { tall: f32::INFINITY, bands: 1, start: 0 })
}

/// Computes the centers of a connected part in one of several variants, in the order of `part`.
pub(super) fn styled(model: &Model, part: &[u32], style: LayeredStyle) -> Vec<Pos2> {
    let mut ways = ways(model, part);
    let mut ranks = ranks::ranked(part.len(), &mut ways);
    if style.tall.is_finite() {
        let limit = (column_length(model, part) * style.tall).ceil().max(3.0) as usize;
        ranks = ranks::spread(&ways, &ranks, limit);
    }
    let mut layers = layered(model, part, &ways, &ranks);
    order::order(&mut layers, model.seed, style.start);
    let heights = heights(&layers);
    let (gaps, widths) = widths(model, part, &layers, &ways, &ranks);
    let bands = bands(&layers, &gaps, &widths, style.bands);
    banded(part.len(), &layers, &heights, (&gaps, &widths), &bands)
}

/// Returns the share of a map's lines that are agreeing arrows, minus opposing ones, and the number of ranks of its
/// longest part.
pub(super) fn agreement(model: &Model) -> (f32, usize) {
    let (mut agreeing, mut all, mut most) = (0.0, 0.0, 0);
    for part in model.components() {
        let drawn = ways(model, &part);
        let mut opened = drawn.clone();
        let ranks = ranks::ranked(part.len(), &mut opened);
        most = most.max(ranks.iter().max().map_or(0, |highest| highest + 1));
        for (drawn, opened) in drawn.iter().zip(&opened) {
            let bundle = &model.bundles[drawn.bundle];
            let lines = bundle.lanes.len() as f32;
            let arrows = bundle.flow.abs() * lines;
            agreeing += if drawn.from == opened.from { arrows } else { -arrows };
            all += lines;
        }
    }
    (agreeing / f32::max(all, 1.0), most)
}

/// Returns the number of boxes per column if a part's columns fill a page of the requested aspect ratio.
fn column_length(model: &Model, part: &[u32]) -> f32 {
    let count = part.len().max(1) as f32;
    let mean = part.iter().fold(emath::Vec2::ZERO, |sum, &v| sum + model.size[v as usize]) / count;
    let (wide, tall) = (mean.x + 150.0, mean.y + 2.0 * MARGIN.y + 16.0);
    (count * wide / tall / model.aspect).sqrt()
}

/// Converts bundles to one-way ties between indices of the part, in the direction of most of their lanes.
fn ways(model: &Model, part: &[u32]) -> Vec<OneWayTie> {
    let mut index = vec![usize::MAX; model.len()];
    for (i, &v) in part.iter().enumerate() {
        index[v as usize] = i;
    }
    let mut ways = Vec::new();
    for (i, &v) in part.iter().enumerate() {
        for &k in &model.at[v as usize] {
            let bundle = &model.bundles[k as usize];
            if bundle.a != v || bundle.is_loop() {
                continue;
            }
            let votes: i64 = bundle
                .lanes
                .iter()
                .filter_map(|&l| model.lines[l as usize].as_ref())
                .map(|l| i64::from(l.arrow) * if l.from == v { 1 } else { -1 })
                .sum();
            let j = index[bundle.b as usize];
            let (from, to) = if votes >= 0 { (i, j) } else { (j, i) };
            // Reversing an undirected tie costs little.
            ways.push(OneWayTie { from, to, weight: 1 + 3 * votes.abs(), bundle: k as usize });
        }
    }
    ways
}

fn layered(model: &Model, part: &[u32], ways: &[OneWayTie], rank: &[usize]) -> Layers {
    let item = |node: usize| RankItem {
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
    for way in ways {
        let mut last = way.from;
        for layer in &mut layers.ranks[(rank[way.from] + 1).min(rank[way.to])..rank[way.to]] {
            // A passing bundle needs the height of its lanes.
            let height = 16.0 + 10.0 * model.bundles[way.bundle].rows();
            layers.items.push(RankItem { node: None, height, before: Vec::new(), after: Vec::new() });
            let passing = layers.items.len() - 1;
            layer.push(passing);
            layers.items[last].after.push(passing);
            layers.items[passing].before.push(last);
            last = passing;
        }
        layers.items[last].after.push(way.to);
        layers.items[way.to].before.push(last);
    }
    layers
}

/// Computes a vertical position for each item: near its neighbors', in order, without overlap.
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

/// Returns the positions nearest to the wishes that keep the order and don't overlap (least squares).
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

/// Returns the gap behind each rank, which fits the widest labels there, and the width of each rank.
fn widths(model: &Model, part: &[u32], layers: &Layers, ways: &[OneWayTie], rank: &[usize]) -> (Vec<f32>, Vec<f32>) {
    let mut width = vec![0.0_f32; layers.ranks.len()];
    let mut gap = vec![AISLE; layers.ranks.len()];
    for (i, &r) in rank.iter().enumerate() {
        width[r] = width[r].max(model.size[part[i] as usize].x);
    }
    for way in ways {
        let bundle = &model.bundles[way.bundle];
        let fan = if bundle.lanes.len() > 1 { 2.0 * STUB + 8.0 * bundle.rows() } else { 2.0 * STUB };
        let need = bundle.stack.x + fan;
        let (from, to) = (rank[way.from], rank[way.to]);
        let passed: f32 = (from + 1..to).map(|r| width[r] + gap[r]).sum();
        gap[from] = gap[from].max(need - passed);
    }
    (gap, width)
}

/// Returns the first rank of each band: cuts are near equal shares of the width, where few ties pass.
fn bands(layers: &Layers, gaps: &[f32], widths: &[f32], most: usize) -> Vec<usize> {
    let mut left = Vec::with_capacity(widths.len());
    let mut total = 0.0;
    for (w, g) in widths.iter().zip(gaps) {
        left.push(total);
        total += w + g;
    }
    let mut firsts = vec![0];
    for cut in 1..most {
        let ideal = total * cut as f32 / most as f32;
        let cost = |r: usize| {
            let passing: usize = layers.ranks[r].iter().map(|&i| layers.items[i].before.len()).sum();
            passing as f32 * CUT + (left[r] - ideal).abs()
        };
        let after = firsts[firsts.len() - 1] + 2;
        let best = (after..layers.ranks.len()).min_by(|&r, &s| cost(r).total_cmp(&cost(s)));
        firsts.extend(best);
    }
    firsts
}

/// Computes the centers with every other band reversed, so that a flow continues directly below the end of the
/// previous band.
fn banded(
    count: usize,
    layers: &Layers,
    heights: &[f32],
    (gaps, widths): (&[f32], &[f32]),
    firsts: &[usize],
) -> Vec<Pos2> {
    let mut slot = vec![0_i32; layers.ranks.len()];
    let mut band = vec![0_usize; layers.ranks.len()];
    for r in 1..slot.len() {
        let is_first = firsts.contains(&r);
        band[r] = band[r - 1] + usize::from(is_first);
        let step = if band[r].is_multiple_of(2) { 1 } else { -1 };
        slot[r] = slot[r - 1] + if is_first { 0 } else { step };
    }
    let lowest = slot.iter().min().copied().unwrap_or(0);
    let slot: Vec<usize> = slot.iter().map(|s| s.abs_diff(lowest) as usize).collect();
    let slots = slot.iter().max().map_or(0, |m| m + 1);
    let (mut width, mut gap) = (vec![0.0_f32; slots], vec![AISLE; slots]);
    for r in 0..slot.len() {
        width[slot[r]] = width[slot[r]].max(widths[r]);
        if r + 1 < slot.len() && band[r] == band[r + 1] {
            let behind = slot[r].min(slot[r + 1]);
            gap[behind] = gap[behind].max(gaps[r]);
        }
    }
    let mut columns = Vec::with_capacity(slots);
    let mut left = 0.0;
    for (w, g) in width.iter().zip(&gap) {
        columns.push(left + w * 0.5);
        left += w + g;
    }
    let mut reach = vec![(f32::INFINITY, f32::NEG_INFINITY); firsts.len()];
    for (r, rank) in layers.ranks.iter().enumerate() {
        for &i in rank.iter().filter(|&&i| layers.items[i].node.is_some()) {
            let (top, bottom) = &mut reach[band[r]];
            *top = top.min(heights[i] - layers.items[i].height * 0.5);
            *bottom = bottom.max(heights[i] + layers.items[i].height * 0.5);
        }
    }
    let mut shift = Vec::with_capacity(reach.len());
    let mut top = 0.0;
    for (low, high) in &reach {
        shift.push(top - low);
        top += high - low + 2.0 * STUB + 22.0;
    }
    let mut centers = vec![Pos2::ZERO; count];
    for (r, rank) in layers.ranks.iter().enumerate() {
        for &i in rank {
            if let Some(node) = layers.items[i].node {
                centers[node] = pos2(columns[slot[r]], heights[i] + shift[band[r]]);
            }
        }
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::{LayeredStyle, in_row, styled};
    use crate::layout::model::Model;
    use crate::layout::tests::maps;

    #[test]
    fn in_row_keeps_order_and_sizes() {
        assert_eq!(in_row(&[0.0, 0.0], &[10.0, 20.0]), vec![-7.5, 7.5]);
        assert_eq!(in_row(&[0.0, 100.0], &[10.0, 20.0]), vec![0.0, 100.0]);
    }

    #[test]
    fn a_long_chain_goes_back_and_forth_in_bands() {
        let request = maps::chain(20, 1);
        let model = Model::new(&request);
        let part: Vec<u32> = (0..20).collect();
        let place = |bands| styled(&model, &part, LayeredStyle { tall: f32::INFINITY, bands, start: 0 });
        let one = place(1);
        assert!(one.windows(2).all(|w| w[0].x < w[1].x && (w[0].y - w[1].y).abs() < 0.5), "one straight row");
        let four = place(4);
        let mut turns = 0;
        for w in four.windows(2) {
            if (w[0].x - w[1].x).abs() < 0.5 {
                turns += 1;
                assert!(w[1].y > w[0].y + 40.0, "the next band lies below");
            } else {
                assert!((w[0].y - w[1].y).abs() < 0.5, "a band is straight");
                assert_eq!(w[0].x < w[1].x, turns % 2 == 0, "every other band is turned around");
            }
        }
        assert_eq!(turns, 3);
    }
}
