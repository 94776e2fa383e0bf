//! Room for words: what a view already shows, on a grid of small cells.

use emath::{Pos2, Rect, Vec2, vec2};

use super::{Overview, OverviewView};

/// Side of a cell, in pixels.
const CELL_PX: f32 = 4.0;
const NOBODY: u32 = u32::MAX;

/// What lies in each cell of a view.
pub(super) struct WordGround {
    view: Rect,
    columns: usize,
    rows: usize,
    /// Whether a word or leader is there.
    is_taken: Vec<bool>,
    /// Radius and node of the largest dot.
    largest: Vec<(f32, u32)>,
    /// How much dots would disturb reading.
    ink: Vec<f32>,
    /// Dots whose centers are in the view.
    seen: Vec<u32>,
}

impl WordGround {
    /// Enters the dots of a view.
    pub(super) fn new(overview: &Overview, view: &OverviewView) -> Self {
        let size = (view.visible.size() / CELL_PX).ceil().max(Vec2::splat(1.0)).min(Vec2::splat(10_000.0));
        let (columns, rows) = (size.x as usize, size.y as usize);
        let cells = columns * rows;
        let mut ground = Self {
            view: view.visible,
            columns,
            rows,
            is_taken: vec![false; cells],
            largest: vec![(0.0, NOBODY); cells],
            ink: vec![0.0; cells],
            seen: Vec::new(),
        };
        let sizes = overview.dot_sizes(view.scale);
        let around = view.visible.expand(sizes.most);
        let world = Rect::from_min_max(view.world(around.min), view.world(around.max));
        overview.lookup.each_in(world, |node| {
            let pos = view.pos(overview.dots.centers[node as usize]);
            let radius = sizes.radius(overview.dots.degrees[node as usize]);
            if view.visible.expand(radius).contains(pos) {
                ground.enter_dot(node, pos, radius);
            }
            if view.visible.contains(pos) {
                ground.seen.push(node);
            }
        });
        ground
    }

    /// Returns the dots whose centers are in the view.
    pub(super) fn seen(&self) -> &[u32] {
        &self.seen
    }

    fn enter_dot(&mut self, node: u32, pos: Pos2, radius: f32) {
        if let Some(at) = self.cell(pos) {
            self.ink[at] += (radius * radius / 9.0).clamp(0.3, 4.0);
        }
        // Of a small dot, its center decides.
        let reach = if radius < CELL_PX { 0.0 } else { radius - 1.0 };
        self.each(Rect::from_center_size(pos, Vec2::splat(2.0 * reach)), |ground, at| {
            if radius > ground.largest[at].0 {
                ground.largest[at] = (radius, node);
            }
        });
    }

    /// Returns the room for words.
    pub(super) fn room(&self) -> Rect {
        self.view.shrink(2.0)
    }

    fn cell(&self, pos: Pos2) -> Option<usize> {
        let place = (pos - self.view.min) / CELL_PX;
        let is_inside = place.x >= 0.0 && place.y >= 0.0;
        let (column, row) = (place.x as usize, place.y as usize);
        (is_inside && column < self.columns && row < self.rows).then(|| row * self.columns + column)
    }

    /// Returns the ranges of columns and rows that a rectangle touches.
    fn cells(&self, rect: Rect) -> impl Iterator<Item = usize> + use<> {
        let (min, max) = ((rect.min - self.view.min) / CELL_PX, (rect.max - self.view.min) / CELL_PX);
        let clamped = |value: f32, most: usize| value.floor().clamp(0.0, most as f32 - 1.0) as usize;
        let is_outside = max.x < 0.0 || max.y < 0.0 || min.x >= self.columns as f32 || min.y >= self.rows as f32;
        let rows = clamped(min.y, self.rows)..=clamped(max.y, self.rows);
        let (first, last) = (clamped(min.x, self.columns), clamped(max.x, self.columns));
        let columns = self.columns;
        let rows = (!is_outside).then_some(rows).into_iter().flatten();
        rows.flat_map(move |row| (first..=last).map(move |column| row * columns + column))
    }

    fn each(&mut self, rect: Rect, mut enter: impl FnMut(&mut Self, usize)) {
        for at in self.cells(rect) {
            enter(self, at);
        }
    }

    /// Returns whether no word is there.
    pub(super) fn is_free(&self, rect: Rect) -> bool {
        self.cells(rect).all(|at| !self.is_taken[at])
    }

    /// Returns whether all dots there, apart from one, are smaller than a radius.
    pub(super) fn is_below(&self, rect: Rect, radius: f32, own: u32) -> bool {
        self.cells(rect).all(|at| self.largest[at].0 < radius || self.largest[at].1 == own)
    }

    /// Returns how much dots would disturb reading there.
    pub(super) fn ink(&self, rect: Rect) -> f32 {
        self.cells(rect).map(|at| self.ink[at]).sum()
    }

    /// Takes a rectangle for a word.
    pub(super) fn take(&mut self, rect: Rect) {
        self.each(rect, |ground, at| ground.is_taken[at] = true);
    }

    /// Returns whether no word is on a line.
    pub(super) fn is_line_free(&self, line: [Pos2; 2]) -> bool {
        self.along(line).all(|at| !self.is_taken[at])
    }

    /// Takes a line.
    pub(super) fn take_line(&mut self, line: [Pos2; 2]) {
        for at in self.along(line).collect::<Vec<_>>() {
            self.is_taken[at] = true;
        }
    }

    fn along(&self, [from, to]: [Pos2; 2]) -> impl Iterator<Item = usize> + '_ {
        let steps = (from.distance(to) / (CELL_PX / 2.0)).ceil().clamp(1.0, 10_000.0) as usize;
        (0..=steps).filter_map(move |step| self.cell(from.lerp(to, step as f32 / steps as f32)))
    }
}

/// Returns the share of a rectangle in pixels that lies over areas other than `own`.
pub(super) fn share_of_others(overview: &Overview, view: &OverviewView, rect: Rect, own: u32) -> f32 {
    let (columns, rows) = ((rect.width() / 6.0).ceil().max(2.0), (rect.height() / 6.0).ceil().max(2.0));
    let (columns, rows) = (columns.min(100.0) as usize, rows.min(100.0) as usize);
    let mut others = 0;
    for row in 0..rows {
        for column in 0..columns {
            let share = vec2((column as f32 + 0.5) / columns as f32, (row as f32 + 0.5) / rows as f32);
            let at = overview.area_at(view.world(rect.min + share * rect.size()));
            others += usize::from(at.is_some_and(|area| area != own));
        }
    }
    others as f32 / (columns * rows) as f32
}
