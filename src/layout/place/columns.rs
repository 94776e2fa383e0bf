//! One column per group, from left to right; long groups take several columns, with tied boxes in different ones (by
//! exchanges, as in Kernighan and Lin's graph partitioning of 1970). Within a column, boxes are near those they are
//! tied to; hubs are among their parties.

use std::collections::BTreeMap;

use emath::{Pos2, Vec2, pos2};

use super::MARGIN;
use super::layered::in_row;
use crate::layout::model::{Model, STUB};
use crate::layout::rng::Rng;

/// Up to this many boxes, boxes are exchanged between columns.
const EXCHANGED: usize = 400;
/// Maximum number of passes over all pairs.
const PASSES: usize = 8;

/// Column of a box outside all columns.
const NONE: usize = usize::MAX;

/// A variant of the column layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnsStyle {
    /// Maximum number of boxes per column, as a multiple of the number that fills a page of the requested aspect
    /// ratio.
    pub tall: f32,
    /// Initial order within columns; 0 is that of the request.
    pub start: u64,
}

/// Returns the variants to try: columns of several lengths, each from several starts.
pub(super) fn styles() -> Vec<Vec<ColumnsStyle>> {
    let talls = [1.3, 1.0, 0.75, 0.55, 0.4];
    talls.into_iter().map(|tall| (0..6).map(|start| ColumnsStyle { tall, start }).collect()).collect()
}

/// Computes the centers of all boxes.
pub(super) fn place(model: &Model, style: ColumnsStyle) -> Vec<Pos2> {
    let mut columns = columns(model, style);
    let mut column_of = vec![NONE; model.len()];
    for (c, column) in columns.iter().enumerate() {
        for &v in column {
            column_of[v as usize] = c;
        }
    }
    if model.len() <= EXCHANGED {
        part(model, &mut columns, &mut column_of);
    }
    let x = positions(model, &columns, &column_of);
    let y = heights(model, columns, &column_of);
    let mut centers: Vec<Pos2> =
        (0..model.len()).map(|v| pos2(x.get(column_of[v]).copied().unwrap_or(0.0), y[v])).collect();
    for v in (0..model.len()).filter(|&v| model.hub[v]) {
        let mut sum = Vec2::ZERO;
        let mut count = 0.0;
        for u in model.neighbors(v as u32).filter(|&u| !model.hub[u as usize]) {
            sum += centers[u as usize].to_vec2();
            count += 1.0;
        }
        centers[v] = (sum / f32::max(count, 1.0)).to_pos2();
    }
    centers
}

/// Returns the boxes of each column, without hubs.
fn columns(model: &Model, style: ColumnsStyle) -> Vec<Vec<u32>> {
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for v in (0..model.len()).filter(|&v| !model.hub[v]) {
        groups.entry(model.group[v]).or_default().push(v as u32);
    }
    let count = model.len().max(1) as f32;
    let mean = model.size.iter().fold(Vec2::ZERO, |s, v| s + *v) / count;
    let (wide, tall) = (mean.x + 150.0, mean.y + 2.0 * MARGIN.y + 24.0);
    let longest = ((count * wide / tall / model.aspect).sqrt() * style.tall).ceil().max(3.0) as usize;
    let mut rng = Rng::new(model.seed, 400 + style.start);
    let mut columns: Vec<Vec<u32>> = Vec::new();
    for mut group in groups.into_values() {
        if style.start > 0 {
            rng.shuffle(&mut group);
        }
        let parts = group.len().div_ceil(longest);
        columns.extend(group.chunks(group.len().div_ceil(parts)).map(<[u32]>::to_vec));
    }
    columns
}

/// Returns the cost of a tie between two columns: lowest between neighbors, highest within one.
fn cost(a: usize, b: usize) -> usize {
    match a.abs_diff(b) {
        0 => 4,
        off => off - 1,
    }
}

/// Exchanges boxes of one group between its columns while the total cost of ties decreases.
fn part(model: &Model, columns: &mut [Vec<u32>], column_of: &mut [usize]) {
    let cards: Vec<usize> = (0..model.len()).filter(|&v| column_of[v] != NONE).collect();
    let sum = |v: usize, column_of: &[usize]| -> usize {
        let others = model.neighbors(v as u32).filter(|&u| column_of[u as usize] != NONE);
        others.map(|u| cost(column_of[v], column_of[u as usize])).sum()
    };
    for _ in 0..PASSES {
        let mut improved = false;
        for (n, &v) in cards.iter().enumerate() {
            for &u in &cards[n + 1..] {
                if model.group[v] != model.group[u] || column_of[v] == column_of[u] {
                    continue;
                }
                let before = sum(v, column_of) + sum(u, column_of);
                column_of.swap(v, u);
                if sum(v, column_of) + sum(u, column_of) < before {
                    improved = true;
                } else {
                    column_of.swap(v, u);
                }
            }
        }
        if !improved {
            break;
        }
    }
    let order: Vec<u32> = columns.iter().flatten().copied().collect();
    columns.iter_mut().for_each(Vec::clear);
    for v in order {
        columns[column_of[v as usize]].push(v);
    }
}

/// Returns the center of each column; gaps fit the labels between neighboring columns.
fn positions(model: &Model, columns: &[Vec<u32>], column_of: &[usize]) -> Vec<f32> {
    let width = |c: usize| columns[c].iter().map(|&v| model.size[v as usize].x).fold(0.0, f32::max);
    let mut gaps = vec![80.0_f32; columns.len()];
    for bundle in &model.bundles {
        let (c, d) = (column_of[bundle.a as usize], column_of[bundle.b as usize]);
        let (c, d) = (c.min(d), c.max(d));
        if d < columns.len() && c + 1 == d {
            let fan = if bundle.lanes.len() > 1 { 8.0 * bundle.rows() } else { 0.0 };
            gaps[c] = gaps[c].max(bundle.stack.x + 2.0 * STUB + fan);
        }
    }
    let mut left = 0.0;
    let mut centers = Vec::with_capacity(columns.len());
    for (c, gap) in gaps.iter().enumerate() {
        centers.push(left + width(c) * 0.5);
        left += width(c) + gap;
    }
    centers
}

/// Computes vertical positions by barycenter sweeps over the columns.
fn heights(model: &Model, mut columns: Vec<Vec<u32>>, column_of: &[usize]) -> Vec<f32> {
    let mut y = vec![0.0; model.len()];
    let size = |v: u32| model.size[v as usize].y + 2.0 * MARGIN.y + 24.0;
    for column in &columns {
        let total: f32 = column.iter().map(|&v| size(v)).sum();
        let mut top = -total * 0.5;
        for &v in column {
            y[v as usize] = top + size(v) * 0.5;
            top += size(v);
        }
    }
    for _ in 0..12 {
        for column in &mut columns {
            let wish = |v: u32| {
                let mut sum = 0.0;
                let mut count = 0.0;
                for u in model.neighbors(v).filter(|&u| column_of[u as usize] != column_of[v as usize]) {
                    sum += y[u as usize];
                    count += 1.0;
                }
                if count > 0.0 { sum / count } else { y[v as usize] }
            };
            let mut wishes: Vec<(f32, u32)> = column.iter().map(|&v| (wish(v), v)).collect();
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            *column = wishes.iter().map(|w| w.1).collect();
            let sizes: Vec<f32> = column.iter().map(|&v| size(v)).collect();
            let wanted: Vec<f32> = wishes.iter().map(|w| w.0).collect();
            let mut places = in_row(&wanted, &sizes);
            // Keep columns centered on one line.
            let shift = places.first().zip(places.last()).map_or(0.0, |(a, b)| (a + b) * 0.5);
            for place in &mut places {
                *place -= shift;
            }
            for (&v, place) in column.iter().zip(places) {
                y[v as usize] = place;
            }
        }
    }
    y
}

#[cfg(test)]
mod tests {
    use super::{ColumnsStyle, columns, part};
    use crate::layout::model::Model;
    use crate::layout::tests::maps;

    #[test]
    fn tied_boxes_of_one_group_take_different_columns() {
        // Consecutive pairs, so that plain chunks keep most of them together.
        let ties: Vec<(usize, usize, bool)> = (0..8).map(|v| (2 * v, 2 * v + 1, true)).collect();
        let mut request = maps::request(16, &ties, 1);
        request.nodes.iter_mut().for_each(|node| node.group = 0);
        let model = Model::new(&request);
        let mut columns = columns(&model, ColumnsStyle { tall: 0.4, start: 0 });
        let mut column_of = vec![0; 16];
        for (c, column) in columns.iter().enumerate() {
            for &v in column {
                column_of[v as usize] = c;
            }
        }
        let within = |column_of: &[usize]| ties.iter().filter(|t| column_of[t.0] == column_of[t.1]).count();
        assert!(within(&column_of) > 4);
        let sizes: Vec<usize> = columns.iter().map(Vec::len).collect();
        part(&model, &mut columns, &mut column_of);
        assert_eq!(within(&column_of), 0);
        assert_eq!(columns.iter().map(Vec::len).collect::<Vec<_>>(), sizes, "columns keep their lengths");
    }
}
