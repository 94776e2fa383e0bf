//! A uniform grid over rectangles, so that queries on large maps visit only nearby entries.

use emath::{Pos2, Rect, pos2};

use super::work;

/// Rectangles by id, indexed by the cells they overlap.
pub(super) struct Grid {
    origin: Pos2,
    cell: f32,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    rects: Vec<Rect>,
}

impl Grid {
    /// Creates an empty grid over `area` for about `expected` entries.
    pub(super) fn new(area: Rect, expected: usize) -> Self {
        let area = if area.is_finite() && area.is_positive() {
            area
        } else {
            Rect::from_min_size(Pos2::ZERO, emath::vec2(1.0, 1.0))
        };
        let (w, h) = (area.width().max(1.0), area.height().max(1.0));
        let cell = (w * h / (expected.max(1) as f32)).sqrt().max(w.max(h) / 1024.0).max(24.0);
        let columns = (w / cell) as usize + 1;
        let rows = (h / cell) as usize + 1;
        Self {
            origin: area.min,
            cell,
            columns,
            rows,
            cells: vec![Vec::new(); columns * rows],
            rects: Vec::with_capacity(expected),
        }
    }

    /// Creates a grid of all `rects`; their indices become their ids.
    pub(super) fn of(rects: &[Rect]) -> Self {
        let mut area = Rect::NOTHING;
        for rect in rects {
            area = area.union(*rect);
        }
        let mut grid = Self::new(area, rects.len());
        for rect in rects {
            grid.insert(*rect);
        }
        grid
    }

    /// Inserts a rectangle and returns its id.
    pub(super) fn insert(&mut self, rect: Rect) -> u32 {
        let id = self.rects.len() as u32;
        let (x0, y0, x1, y1) = self.span(&rect);
        work::count((x1 - x0 + 1) * (y1 - y0 + 1));
        for y in y0..=y1 {
            for x in x0..=x1 {
                self.cells[y * self.columns + x].push(id);
            }
        }
        self.rects.push(rect);
        id
    }

    /// Moves a rectangle; its id stays the same.
    pub(super) fn relocate(&mut self, id: u32, rect: Rect) {
        for (old, is_there) in [(self.rects[id as usize], false), (rect, true)] {
            let (x0, y0, x1, y1) = self.span(&old);
            for cell in (y0..=y1).flat_map(|y| (x0..=x1).map(move |x| (x, y))) {
                let cell = &mut self.cells[cell.1 * self.columns + cell.0];
                if is_there {
                    cell.push(id);
                } else {
                    cell.retain(|&other| other != id);
                }
            }
        }
        self.rects[id as usize] = rect;
    }

    fn column(&self, x: f32) -> usize {
        (((x - self.origin.x) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.origin.y) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    fn span(&self, rect: &Rect) -> (usize, usize, usize, usize) {
        (self.column(rect.min.x), self.row(rect.min.y), self.column(rect.max.x), self.row(rect.max.y))
    }

    /// Calls `visit` once for each entry that intersects `rect`, with its id and rectangle.
    /// Stops and returns `true` as soon as `visit` does.
    pub(super) fn any(&self, rect: &Rect, visit: impl FnMut(u32, &Rect) -> bool) -> bool {
        let mut left = usize::MAX;
        self.any_within(rect, &mut left, visit)
    }

    /// Like [`Self::any`], but inspects at most `left` entries, intersecting or not; also returns `true` if these run
    /// out.
    pub(super) fn any_within(&self, rect: &Rect, left: &mut usize, mut visit: impl FnMut(u32, &Rect) -> bool) -> bool {
        let (x0, y0, x1, y1) = self.span(rect);
        for y in y0..=y1 {
            for x in x0..=x1 {
                for &id in &self.cells[y * self.columns + x] {
                    let other = &self.rects[id as usize];
                    work::count(1);
                    if *left == 0 {
                        return true;
                    }
                    *left -= 1;
                    if !other.intersects(*rect) {
                        continue;
                    }
                    // An entry in several cells is reported only in the first one that it shares with `rect`.
                    let first = (self.column(other.min.x).max(x0), self.row(other.min.y).max(y0));
                    if first == (x, y) && visit(id, other) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Calls `visit` once for each entry that intersects `rect`.
    pub(super) fn each(&self, rect: &Rect, mut visit: impl FnMut(u32, &Rect)) {
        self.any(rect, |id, other| {
            visit(id, other);
            false
        });
    }
}

/// The corner points of a rectangle, clockwise from the top left.
pub(super) fn corners(rect: &Rect) -> [Pos2; 4] {
    [rect.min, pos2(rect.max.x, rect.min.y), rect.max, pos2(rect.min.x, rect.max.y)]
}
