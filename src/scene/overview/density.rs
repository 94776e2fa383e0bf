//! Smoothed density of points on a grid.

use emath::{Pos2, Vec2};

/// A grid over the world.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DensityGrid {
    /// Center of the first cell.
    pub origin: Pos2,
    /// Side of a cell, in world units.
    pub cell: f32,
    pub columns: usize,
    pub rows: usize,
}

impl DensityGrid {
    /// Returns a position in cells; centers of cells are whole numbers.
    pub(super) fn place(&self, pos: Pos2) -> Vec2 {
        (pos - self.origin) / self.cell
    }

    pub(super) fn world(&self, place: Vec2) -> Pos2 {
        self.origin + place * self.cell
    }
}

/// A part of a grid with a value per cell.
#[derive(Clone, Debug)]
pub(super) struct Patch {
    pub left: usize,
    pub top: usize,
    pub columns: usize,
    pub rows: usize,
    pub values: Vec<f32>,
}

/// Share of points at each side that may lie too far out to count.
const STRAYS: usize = 50;

/// Returns the density of points, blurred by a Gaussian of `sigma` cells, in points per cell.
pub(super) fn blurred(grid: &DensityGrid, points: &[Pos2], sigma: f32) -> Patch {
    let places: Vec<Vec2> = points.iter().map(|&point| grid.place(point)).collect();
    let reach = (3.0 * sigma).ceil() as usize + 2;
    let (left, right) = range(places.iter().map(|place| place.x), reach, grid.columns);
    let (top, bottom) = range(places.iter().map(|place| place.y), reach, grid.rows);
    let (columns, rows) = (right - left, bottom - top);
    let mut patch = Patch { left, top, columns, rows, values: vec![0.0; columns * rows] };
    for place in places {
        let (x, y) = (place.x - left as f32, place.y - top as f32);
        let (column, row) = (x.floor(), y.floor());
        // The outermost cells stay empty, as do strays.
        if column < 1.0 || row < 1.0 || column + 2.0 >= columns as f32 || row + 2.0 >= rows as f32 {
            continue;
        }
        let (fx, fy, at) = (x - column, y - row, row as usize * columns + column as usize);
        patch.values[at] += (1.0 - fx) * (1.0 - fy);
        patch.values[at + 1] += fx * (1.0 - fy);
        patch.values[at + columns] += (1.0 - fx) * fy;
        patch.values[at + columns + 1] += fx * fy;
    }
    let mut scratch = vec![0.0; columns.max(rows)];
    for width in box_widths(sigma) {
        for row in 0..rows {
            blur(&mut patch.values, row * columns, 1, columns, width, &mut scratch);
        }
        for column in 0..columns {
            blur(&mut patch.values, column, columns, rows, width, &mut scratch);
        }
    }
    patch
}

/// Returns the range of cells around all but a few of the places.
fn range(places: impl Iterator<Item = f32>, reach: usize, count: usize) -> (usize, usize) {
    let mut sorted: Vec<f32> = places.collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let strays = sorted.len() / STRAYS;
    let (first, last) = (sorted[strays], sorted[sorted.len() - 1 - strays]);
    let start = (first.max(0.0) as usize).saturating_sub(reach);
    let end = (last.max(0.0) as usize + 1 + reach).min(count);
    (start.min(count.saturating_sub(1)), end.max(start + 1))
}

/// Returns the odd widths of three box filters that together come close to a Gaussian (Kovesi 2010).
fn box_widths(sigma: f32) -> [usize; 3] {
    let ideal = (4.0 * sigma * sigma + 1.0).sqrt();
    let lower = (((ideal - 1.0) / 2.0).floor() as usize) * 2 + 1;
    let (low, high) = (lower as f32, lower as f32 + 2.0);
    let count = ((12.0 * sigma * sigma - 3.0 * high * high + 3.0) / (low * low - high * high)).round().clamp(0.0, 3.0);
    [0.0, 1.0, 2.0].map(|index| if index < count { lower } else { lower + 2 })
}

/// Blurs `count` values that are `step` apart by a box of odd width.
fn blur(values: &mut [f32], start: usize, step: usize, count: usize, width: usize, scratch: &mut [f32]) {
    let half = width / 2;
    for (index, slot) in scratch[..count].iter_mut().enumerate() {
        *slot = values[start + index * step];
    }
    let mut sum: f32 = scratch[..half.min(count)].iter().sum();
    for index in 0..count {
        if index + half < count {
            sum += scratch[index + half];
        }
        if index > half {
            sum -= scratch[index - half - 1];
        }
        values[start + index * step] = (sum / width as f32).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use emath::{Pos2, pos2};

    use super::*;

    #[test]
    fn a_point_becomes_a_gaussian() {
        let grid = DensityGrid { origin: Pos2::ZERO, cell: 2.0, columns: 60, rows: 50 };
        let patch = blurred(&grid, &[pos2(60.0, 48.0)], 4.0);
        let sum: f32 = patch.values.iter().sum();
        assert!((sum - 1.0).abs() < 0.01, "{sum}");
        let at = |x: usize, y: usize| patch.values[(y - patch.top) * patch.columns + x - patch.left];
        let top = 1.0 / (2.0 * std::f32::consts::PI * 16.0);
        assert!((at(30, 24) / top - 1.0).abs() < 0.05, "{} instead of {top}", at(30, 24));
        // Three boxes are a little flatter than a Gaussian.
        assert!((at(34, 24) / at(30, 24) - 0.6065).abs() < 0.06, "{}", at(34, 24) / at(30, 24));
    }
}
