//! Which area lies where, and the outlines of areas: where members are denser than in any other area.

use std::collections::BTreeSet;

use emath::{Pos2, Rect, Vec2, vec2};
use rayon::prelude::*;

use super::contour::ContourField;
use super::density::{DensityGrid, Patch, blurred};
use super::network::{NO_AREA, OverviewDots};

/// The view in which outlines are meant to be seen as a whole, in pixels: the canvas of a window.
const FIT: Vec2 = vec2(864.0, 708.0);
/// Side of a cell in that view.
const CELL_PX: f32 = 4.0;
/// Density at the outline, relative to the mean of the map.
const LEAST_DENSITY: f32 = 0.30;
/// How much denser than any other area.
const MARGIN: f32 = 1.06;
/// Width of the transition between two areas, as a multiple of the mean density.
const TRANSITION: f32 = 0.6;
/// Cells up to which two areas count as neighbors.
const NEAR: usize = 4;

/// The area of each cell of a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AreaMap {
    grid: DensityGrid,
    of: Vec<u32>,
}

/// The highest density of an area at a cell, and that of the next area.
#[derive(Clone, Copy)]
struct Densest {
    area: u32,
    most: f32,
    next: f32,
}

/// Returns the map of areas with these members, and the outlines of each.
pub(super) fn build(
    areas: &[&[u32]],
    dots: &OverviewDots,
    (bounds, spacing): (Rect, f32),
) -> (AreaMap, Vec<Vec<Vec<Pos2>>>) {
    let px_per_world = (FIT.x / bounds.width()).min(FIT.y / bounds.height());
    let sigma = (1.25 * spacing * px_per_world).clamp(9.0, 60.0) / CELL_PX;
    let cell = CELL_PX / px_per_world;
    let margin = (3.0 * sigma + 3.0).ceil();
    let cells = |length: f32| ((length / cell).ceil() + 2.0 * margin) as usize + 1;
    let origin = bounds.min - Vec2::splat(margin * cell);
    let grid = DensityGrid { origin, cell, columns: cells(bounds.width()), rows: cells(bounds.height()) };
    let mean = cell * cell / (spacing * spacing);
    let patch = |members: &&[u32]| {
        let points: Vec<Pos2> = members.iter().map(|&node| dots.centers[node as usize]).collect();
        let mut patch = blurred(&grid, &points, sigma);
        patch.values.iter_mut().for_each(|value| *value /= mean);
        patch
    };
    let patches: Vec<Patch> = areas.par_iter().map(patch).collect();
    let densest = densest(&grid, &patches);
    let fields = (0..).zip(&patches).collect::<Vec<_>>();
    let fields = fields.into_par_iter().map(|(area, patch)| field(&grid, area, patch, &densest));
    let outlined: Vec<(Vec<usize>, Vec<Vec<Pos2>>)> = fields
        .map(|field| {
            let columns = field.columns;
            let inside = (0..field.values.len()).filter(|&at| field.values[at] > 0.0);
            let cells = inside.map(|at| (field.top + at / columns) * grid.columns + field.left + at % columns);
            (cells.collect(), field.contours())
        })
        .collect();
    let mut map = AreaMap { grid, of: vec![NO_AREA; grid.columns * grid.rows] };
    let mut outlines = Vec::with_capacity(areas.len());
    for (area, (cells, rings)) in (0..).zip(outlined) {
        for cell in cells {
            map.of[cell] = area;
        }
        outlines.push(rings);
    }
    (map, outlines)
}

fn densest(grid: &DensityGrid, patches: &[Patch]) -> Vec<Densest> {
    let mut densest = vec![Densest { area: NO_AREA, most: 0.0, next: 0.0 }; grid.columns * grid.rows];
    for (area, patch) in (0..).zip(patches) {
        for (row, values) in patch.values.chunks_exact(patch.columns).enumerate() {
            let start = (patch.top + row) * grid.columns + patch.left;
            for (&value, own) in values.iter().zip(&mut densest[start..]) {
                if value > own.most {
                    *own = Densest { area, most: value, next: own.most };
                } else {
                    own.next = own.next.max(value);
                }
            }
        }
    }
    densest
}

/// Returns the field that is positive inside an area. It is never positive in two areas, not even between the cells.
fn field<'a>(grid: &'a DensityGrid, area: u32, patch: &Patch, densest: &[Densest]) -> ContourField<'a> {
    let Patch { left, top, columns, rows, .. } = *patch;
    let value = |at: usize| {
        let (column, row) = (at % columns, at / columns);
        if column == 0 || row == 0 || column + 1 == columns || row + 1 == rows {
            return -1.0;
        }
        let own = patch.values[at];
        let most = densest[(top + row) * grid.columns + left + column];
        let other = if most.area == area { most.next } else { most.most };
        (own - LEAST_DENSITY).min((own - MARGIN * other) / TRANSITION)
    };
    ContourField { grid, left, top, columns, rows, values: (0..columns * rows).map(value).collect() }
}

impl AreaMap {
    /// Returns the area at a position.
    pub(super) fn at(&self, pos: Pos2) -> Option<u32> {
        let place = self.grid.place(pos);
        let (column, row) = (place.x.round(), place.y.round());
        if !(column >= 0.0 && row >= 0.0) || column >= self.grid.columns as f32 || row >= self.grid.rows as f32 {
            return None;
        }
        Some(self.of[row as usize * self.grid.columns + column as usize]).filter(|&area| area != NO_AREA)
    }

    /// Returns for each area those that touch it or nearly so, ascending.
    pub(super) fn neighbors(&self, count: usize) -> Vec<Vec<u32>> {
        let mut pairs = BTreeSet::new();
        let (columns, rows) = (self.grid.columns, self.grid.rows);
        for (at, &area) in self.of.iter().enumerate().filter(|(_, area)| **area != NO_AREA) {
            let (column, row) = (at % columns, at / columns);
            let mut beside = |other: u32| {
                if other != area && other != NO_AREA {
                    pairs.insert((area, other));
                    pairs.insert((other, area));
                }
            };
            (1..=NEAR).take_while(|step| column + step < columns).for_each(|step| beside(self.of[at + step]));
            (1..=NEAR).take_while(|step| row + step < rows).for_each(|step| beside(self.of[at + step * columns]));
        }
        let mut neighbors = vec![Vec::new(); count];
        for (area, other) in pairs {
            neighbors[area as usize].push(other);
        }
        neighbors
    }
}
