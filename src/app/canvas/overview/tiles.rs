//! Sorts items of a map so that those in a view lie in few ranges.

use std::ops::Range;

use egui::{Pos2, Rect, Vec2};

use crate::layout::buckets::Buckets;

/// Cells along each side of the grids, from fine to coarse. A thing lies in the cell of its middle, in the finest grid
/// whose cells are as large as the thing.
const GRIDS: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];
/// Ranges are joined over gaps of up to this many items, which are then drawn needlessly.
const GAP: u32 = 48;

/// Where a thing belongs.
#[derive(Clone, Copy, Debug)]
pub(super) struct TilePlace {
    /// Layers are drawn one after another.
    pub(super) layer: usize,
    pub(super) middle: Pos2,
    /// The larger side of its bounding box. Infinite ones come last in their layer, in the order given.
    pub(super) extent: f32,
}

/// Things in an order by layer, size and place.
#[derive(Debug)]
pub(super) struct Tiles {
    bounds: Rect,
    /// Where the things of each cell lie, by layer, grid, row and column.
    cells: Buckets,
}

/// Returns the number of cells of a layer.
fn cells_of_layer() -> usize {
    GRIDS.iter().map(|side| side * side).sum()
}

impl Tiles {
    /// Sorts things; returns their numbers in the new order.
    pub(super) fn new(
        bounds: Rect,
        layers: usize,
        places: impl Iterator<Item = TilePlace> + Clone,
    ) -> (Self, Vec<u32>) {
        let of_things: Vec<u32> = places.map(|place| cell(bounds, place) as u32).collect();
        let cells = Buckets::new(layers * cells_of_layer(), of_things.iter().copied());
        let mut order = vec![0; of_things.len()];
        cells.fill((0..).zip(of_things), |(_, cell)| *cell, |(thing, _)| thing, &mut order);
        (Self { bounds, cells }, order)
    }

    /// Adds the ranges of a layer that hold everything with a part in a rectangle.
    pub(super) fn add_ranges(&self, layer: usize, rect: Rect, ranges: &mut Vec<Range<u32>>) {
        let bounds = self.bounds;
        let mut first = layer * cells_of_layer();
        for side in GRIDS {
            let reach = bounds.size() / side as f32 / 2.0;
            let low = slot(bounds, side, rect.min - reach);
            let high = slot(bounds, side, rect.max + reach);
            for row in low[1]..=high[1] {
                let row = first + row * side;
                let range = self.cells.range_of(row + low[0]..=row + high[0]);
                push(ranges, range.start as u32..range.end as u32);
            }
            first += side * side;
        }
    }
}

/// Returns the cell of a thing.
fn cell(bounds: Rect, place: TilePlace) -> usize {
    let fits = |side: &&usize| bounds.size().min_elem() / **side as f32 >= place.extent;
    let side = GRIDS.iter().find(fits).copied().unwrap_or(1);
    let at = slot(bounds, side, place.middle);
    let before: usize = GRIDS.iter().take_while(|other| **other > side).map(|side| side * side).sum();
    place.layer * cells_of_layer() + before + at[1] * side + at[0]
}

/// Returns column and row of the cell at a position, or of that nearest to it.
fn slot(bounds: Rect, side: usize, pos: Pos2) -> [usize; 2] {
    let share = (pos - bounds.min) / bounds.size().max(Vec2::splat(f32::MIN_POSITIVE)) * side as f32;
    [share.x, share.y].map(|share| (share.max(0.0) as usize).min(side - 1))
}

fn push(ranges: &mut Vec<Range<u32>>, range: Range<u32>) {
    if range.is_empty() {
        return;
    }
    match ranges.last_mut() {
        Some(last) if range.start >= last.end && range.start - last.end <= GAP => last.end = range.end,
        _ => ranges.push(range),
    }
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, Rect, pos2, vec2};

    use super::{TilePlace, Tiles};

    /// Points on a grid, each with a line to its left, of random lengths.
    fn places() -> Vec<(Pos2, f32)> {
        // Most ties of a map are short.
        let length = |n: usize| if n.is_multiple_of(97) { 900.0 } else { [2.0, 11.0, 40.0, 11.0][n * 7 % 4] };
        (0..20_000).map(|n| (pos2((n % 200) as f32 * 10.0, (n / 200) as f32 * 10.0), length(n))).collect()
    }

    #[test]
    fn all_that_reaches_into_a_view_is_in_its_ranges_and_little_else() {
        let bounds = Rect::from_min_max(pos2(0.0, 0.0), pos2(2000.0, 1000.0));
        let lines = places();
        let place = |(index, (end, length)): (usize, &(Pos2, f32))| TilePlace {
            layer: index % 2,
            middle: *end - vec2(length / 2.0, 0.0),
            extent: *length,
        };
        let (tiles, order) = Tiles::new(bounds, 2, lines.iter().enumerate().map(place));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.iter().copied().eq(0..20_000), "each is there once");
        for view in [
            Rect::from_min_size(pos2(500.0, 300.0), vec2(120.0, 90.0)),
            Rect::from_min_size(pos2(-900.0, -300.0), vec2(1000.0, 400.0)),
            bounds.expand(500.0),
        ] {
            for layer in 0..2 {
                let mut ranges = Vec::new();
                tiles.add_ranges(layer, view, &mut ranges);
                let found: std::collections::BTreeSet<u32> =
                    ranges.iter().cloned().flatten().map(|at| order[at as usize]).collect();
                let is_seen =
                    |line: &(Pos2, f32)| Rect::from_min_max(line.0 - vec2(line.1, 0.0), line.0).intersects(view);
                let seen = (0..20_000_u32).filter(|&n| n as usize % 2 == layer && is_seen(&lines[n as usize]));
                assert!(seen.clone().all(|n| found.contains(&n)), "{view:?}");
                assert!(found.iter().all(|&n| n as usize % 2 == layer), "no other layer");
                assert!(found.len() <= 4 * seen.count() + 400, "{} in {view:?}", found.len());
                assert!(ranges.len() <= 60, "{} ranges", ranges.len());
            }
        }
    }

    #[test]
    fn endless_things_come_last_in_the_order_given() {
        let bounds = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let extents = [f32::INFINITY, 0.0, f32::INFINITY, 0.0];
        let places = extents.iter().map(|&extent| TilePlace { layer: 0, middle: pos2(50.0, 50.0), extent });
        let (tiles, order) = Tiles::new(bounds, 1, places);
        assert_eq!(order, [1, 3, 0, 2]);
        let mut ranges = Vec::new();
        tiles.add_ranges(0, bounds, &mut ranges);
        assert!(ranges.len() == 1 && ranges[0] == (0..4), "{ranges:?}");
    }
}
