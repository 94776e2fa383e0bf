//! Contours of a field on a grid (marching squares), smoothed and thinned.

use emath::{Pos2, Vec2, vec2};

use super::density::DensityGrid;

/// Pieces and holes below this share of the largest piece are left out.
const LEAST_PIECE: f32 = 0.12;
/// How far a thinned contour may be off, in cells.
const TOLERANCE: f32 = 0.03;

const NONE: u32 = u32::MAX;

/// A field over a part of a grid, positive inside.
pub(super) struct ContourField<'a> {
    pub grid: &'a DensityGrid,
    pub left: usize,
    pub top: usize,
    pub columns: usize,
    pub rows: usize,
    pub values: Vec<f32>,
}

impl ContourField<'_> {
    /// Returns the closed contours in world units, holes among them. The field must not be positive at its edge.
    pub(super) fn contours(&self) -> Vec<Vec<Pos2>> {
        let next = self.links();
        let mut is_done = vec![false; next.len()];
        let mut loops: Vec<(f32, Vec<Vec2>)> = Vec::new();
        for start in 0..next.len() {
            if next[start] == NONE || is_done[start] {
                continue;
            }
            let (mut points, mut edge) = (Vec::new(), start);
            while next[edge] != NONE && !is_done[edge] {
                is_done[edge] = true;
                points.push(self.crossing(edge));
                edge = next[edge] as usize;
            }
            loops.push((area(&points), points));
        }
        let largest = loops.iter().map(|(area, _)| area.abs()).fold(0.0, f32::max);
        let kept = loops.into_iter().filter(|(area, points)| points.len() > 3 && area.abs() >= LEAST_PIECE * largest);
        let mut kept: Vec<(f32, Vec<Vec2>)> = kept.collect();
        kept.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        let offset = vec2(self.left as f32, self.top as f32);
        kept.into_iter()
            .map(|(_, points)| thinned(&smooth(&points)).into_iter().map(|p| self.grid.world(p + offset)).collect())
            .collect()
    }

    /// Returns for each edge of the grid the edge at which the contour through it leaves the next cell. Edge `2 * n` is
    /// the upper one of cell `n`, edge `2 * n + 1` its left one.
    fn links(&self) -> Vec<u32> {
        let columns = self.columns;
        let mut next = vec![NONE; 2 * columns * self.rows];
        for row in 0..self.rows.saturating_sub(1) {
            for column in 0..columns.saturating_sub(1) {
                let at = row * columns + column;
                let corners = [at, at + 1, at + columns + 1, at + columns];
                let case = (0..4).filter(|&corner| self.values[corners[corner]] > 0.0).map(|corner| 1 << corner).sum();
                let (top, right, bottom, left) = (2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1);
                let mut link = |from: usize, to: usize| next[from] = to as u32;
                match case {
                    1 => link(left, top),
                    2 => link(top, right),
                    3 => link(left, right),
                    4 => link(right, bottom),
                    6 => link(top, bottom),
                    7 => link(left, bottom),
                    8 => link(bottom, left),
                    9 => link(bottom, top),
                    11 => link(bottom, right),
                    12 => link(right, left),
                    13 => link(right, top),
                    14 => link(top, left),
                    // Opposite corners stay apart, so that no two areas can cross here.
                    5 => {
                        link(left, top);
                        link(right, bottom);
                    }
                    10 => {
                        link(top, right);
                        link(bottom, left);
                    }
                    _ => {}
                }
            }
        }
        next
    }

    /// Returns where the field is zero on an edge, in cells.
    fn crossing(&self, edge: usize) -> Vec2 {
        let (at, is_left) = (edge / 2, edge % 2 == 1);
        let (column, row) = ((at % self.columns) as f32, (at / self.columns) as f32);
        let (here, there) = (self.values[at], self.values[at + if is_left { self.columns } else { 1 }]);
        let share = (here / (here - there)).clamp(0.001, 0.999);
        if is_left { vec2(column, row + share) } else { vec2(column + share, row) }
    }
}

/// Returns the signed area of a closed polygon.
fn area(points: &[Vec2]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.x * b.y - a.y * b.x).sum::<f32>() / 2.0
}

/// Rounds the corners of a closed polygon: quadratic curves between the middles of its sides.
fn smooth(points: &[Vec2]) -> Vec<Vec2> {
    let count = points.len();
    let mut out = Vec::with_capacity(2 * count);
    for (index, &point) in points.iter().enumerate() {
        let before = (points[(index + count - 1) % count] + point) / 2.0;
        let after = (points[(index + 1) % count] + point) / 2.0;
        out.push(before);
        out.push(before * 0.25 + point * 0.5 + after * 0.25);
    }
    out
}

/// Leaves out points of a closed polygon that lie on the line between the points kept.
fn thinned(points: &[Vec2]) -> Vec<Vec2> {
    let mut kept = vec![points[0]];
    let mut first = 0;
    for end in 2..=points.len() {
        let (from, to) = (points[first], points[end % points.len()]);
        let along = (to - from).normalized();
        let is_off = |point: &Vec2| (along.x * (point.y - from.y) - along.y * (point.x - from.x)).abs() > TOLERANCE;
        if points[first + 1..end].iter().any(is_off) {
            first = end - 1;
            kept.push(points[first]);
        }
    }
    kept
}
