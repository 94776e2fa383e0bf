//! Moves points that are too close to each other apart, so that dots don't touch and names find room.

use emath::Vec2;

use super::coarsest::on_disc;
use crate::layout::buckets::Buckets;

/// Least distance of two points, in mean distances of all.
pub(super) const DISTANCE: f32 = 0.8;
/// Points this close to that distance are left alone.
const TOLERANCE: f32 = 0.98;
/// Most rounds, and about how many moves in all.
const ROUNDS: usize = 60;
const MOVES: usize = 2_500_000;
/// Most cells along a side of the grid.
const CELLS: f32 = 4096.0;

/// Pushes points apart until all keep their distance or the rounds are used up; fixed ones stay.
pub(super) fn push_apart(at: &mut [Vec2], is_fixed: &[bool]) {
    let rounds = (MOVES / at.len().max(1)).clamp(8, ROUNDS);
    for _ in 0..rounds {
        if !push(at, is_fixed) {
            return;
        }
    }
}

/// Runs one round; returns `false` if no two points were too close.
fn push(at: &mut [Vec2], is_fixed: &[bool]) -> bool {
    let old = at.to_vec();
    let grid = PointGrid::new(&old);
    let mut any = false;
    for v in (0..old.len()).filter(|&v| !is_fixed[v]) {
        let mut shift = Vec2::ZERO;
        grid.each_near(old[v], |u| {
            let d = old[v] - old[u];
            let square = d.x * d.x + d.y * d.y;
            if u == v || square >= DISTANCE * DISTANCE {
                return;
            }
            let far = square.sqrt();
            // Points at the same place are pushed apart in a direction given by their index.
            let way = if far > 1e-6 { d / far } else { on_disc(v, old.len()) };
            let share = if is_fixed[u] { 1.0 } else { 0.5 };
            shift += way * (share * (DISTANCE - far));
            any |= far < TOLERANCE * DISTANCE;
        });
        at[v] += shift;
    }
    any
}

/// Points by cells of the side [`DISTANCE`].
struct PointGrid {
    low: Vec2,
    cell: f32,
    columns: usize,
    rows: usize,
    buckets: Buckets,
    inside: Vec<u32>,
}

impl PointGrid {
    fn new(at: &[Vec2]) -> Self {
        let low = at.iter().copied().fold(Vec2::splat(f32::INFINITY), Vec2::min);
        let high = at.iter().copied().fold(Vec2::splat(f32::NEG_INFINITY), Vec2::max);
        let size = high - low;
        let cell = DISTANCE.max(size.max_elem() / CELLS);
        let (columns, rows) = ((size.x / cell) as usize + 1, (size.y / cell) as usize + 1);
        let number = |p: Vec2| {
            let place = (p - low) / cell;
            ((place.y as usize).min(rows - 1) * columns + (place.x as usize).min(columns - 1)) as u32
        };
        let buckets = Buckets::new(columns * rows, at.iter().map(|&p| number(p)));
        let mut inside = vec![0; at.len()];
        buckets.fill(0..at.len() as u32, |v| number(at[*v as usize]), |v| v, &mut inside);
        Self { low, cell, columns, rows, buckets, inside }
    }

    /// Calls `each` for the points in the cell of a point and in those around it.
    fn each_near(&self, p: Vec2, mut each: impl FnMut(usize)) {
        let place = (p - self.low) / self.cell;
        let (x, y) = ((place.x as usize).min(self.columns - 1), (place.y as usize).min(self.rows - 1));
        for row in y.saturating_sub(1)..(y + 2).min(self.rows) {
            let first = self.buckets.range(row * self.columns + x.saturating_sub(1)).start;
            let end = self.buckets.range(row * self.columns + (x + 1).min(self.columns - 1)).end;
            self.inside[first..end].iter().for_each(|&u| each(u as usize));
        }
    }
}
