//! Dots by position, for what is under the pointer.

use egui::{Pos2, Rect};

/// Mean number of dots in a cell.
const IN_CELL: f32 = 2.0;

/// A grid over dots; the dots of a cell lie side by side.
#[derive(Default)]
pub(super) struct DotIndex {
    low: Pos2,
    cell: f32,
    columns: usize,
    rows: usize,
    start: Vec<u32>,
    nodes: Vec<u32>,
}

impl DotIndex {
    pub(super) fn new(centers: &[Pos2]) -> Self {
        let bounds = Rect::from_points(centers);
        if centers.is_empty() || !bounds.is_finite() {
            return Self::default();
        }
        let size = bounds.size();
        let cell =
            (size.x.max(1.0) * size.y.max(1.0) * IN_CELL / centers.len() as f32).sqrt().max(size.max_elem() / 4096.0);
        let (columns, rows) = ((size.x / cell) as usize + 1, (size.y / cell) as usize + 1);
        let mut index =
            Self { low: bounds.min, cell, columns, rows, start: vec![0; columns * rows + 1], nodes: Vec::new() };
        let cells: Vec<usize> = centers.iter().map(|&center| index.cell_of(center)).collect();
        for &cell in &cells {
            index.start[cell + 1] += 1;
        }
        for cell in 0..columns * rows {
            index.start[cell + 1] += index.start[cell];
        }
        let mut next = index.start.clone();
        index.nodes = vec![0; centers.len()];
        for (node, cell) in (0..).zip(cells) {
            index.nodes[next[cell] as usize] = node;
            next[cell] += 1;
        }
        index
    }

    fn column(&self, x: f32) -> usize {
        (((x - self.low.x) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.low.y) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    fn cell_of(&self, pos: Pos2) -> usize {
        self.row(pos.y) * self.columns + self.column(pos.x)
    }

    /// Calls `each` for all dots whose cells are within `reach` of a position, and maybe for some beyond.
    pub(super) fn each_near(&self, pos: Pos2, reach: f32, mut each: impl FnMut(u32)) {
        if self.nodes.is_empty() {
            return;
        }
        for row in self.row(pos.y - reach)..=self.row(pos.y + reach) {
            let first = self.start[row * self.columns + self.column(pos.x - reach)] as usize;
            let end = self.start[row * self.columns + self.column(pos.x + reach) + 1] as usize;
            self.nodes[first..end].iter().for_each(|&node| each(node));
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, pos2};

    use super::DotIndex;

    #[test]
    fn dots_near_a_position_are_found_and_few_others() {
        let centers: Vec<Pos2> = (0..10_000).map(|n| pos2((n % 100) as f32 * 10.0, (n / 100) as f32 * 10.0)).collect();
        let index = DotIndex::new(&centers);
        for (pos, reach) in [(pos2(503.0, 497.0), 30.0), (pos2(0.0, 0.0), 15.0), (pos2(-40.0, 2000.0), 20.0)] {
            let mut found = Vec::new();
            index.each_near(pos, reach, |node| found.push(node));
            let near = (0..10_000).filter(|&node| centers[node as usize].distance(pos) <= reach);
            assert!(near.clone().all(|node| found.contains(&node)));
            assert!(found.len() <= 150, "{}", found.len());
        }
        DotIndex::new(&[]).each_near(Pos2::ZERO, 10.0, |_| panic!("there are none"));
        let mut found = 0;
        DotIndex::new(&[Pos2::ZERO; 3]).each_near(Pos2::ZERO, 1.0, |_| found += 1);
        assert_eq!(found, 3);
    }
}
