//! Dots by position and ties by dot, so that a view of a part of a large map asks for that part only.

use emath::{Pos2, Rect, Vec2};

use super::network::OverviewTies;
use crate::layout::buckets::Buckets;

/// Mean number of dots in a cell.
const IN_CELL: f32 = 2.0;

/// Dots by position, and ties by dot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OverviewLookup {
    low: Pos2,
    cell: f32,
    columns: usize,
    rows: usize,
    /// Where the dots of each cell lie in `nodes`.
    cells: Buckets,
    /// Dots; those of a cell lie side by side.
    nodes: Vec<u32>,
    /// Where the ties of each dot lie in `ties`.
    of_node: Buckets,
    ties: Vec<u32>,
}

impl OverviewLookup {
    pub(super) fn new(centers: &[Pos2], ties: &OverviewTies) -> Self {
        let ends = ties.ends.iter().zip(0..).flat_map(|(ends, tie)| ends.map(|end| (end, tie)));
        let (of_node, ties) = grouped(centers.len(), ends);
        let bounds = Rect::from_points(centers);
        if centers.is_empty() || !bounds.is_finite() {
            return Self { of_node, ties, ..Self::default() };
        }
        let size = bounds.size();
        let cell =
            (size.x.max(1.0) * size.y.max(1.0) * IN_CELL / centers.len() as f32).sqrt().max(size.max_elem() / 4096.0);
        let (columns, rows) = ((size.x / cell) as usize + 1, (size.y / cell) as usize + 1);
        let mut lookup = Self { low: bounds.min, cell, columns, rows, of_node, ties, ..Self::default() };
        let places = centers.iter().map(|&at| (lookup.row(at.y) * columns + lookup.column(at.x)) as u32);
        let (cells, nodes) = grouped(columns * rows, places.zip(0..));
        (lookup.cells, lookup.nodes) = (cells, nodes);
        lookup
    }

    fn column(&self, x: f32) -> usize {
        (((x - self.low.x) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.low.y) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    /// Calls `each` for all dots in a rectangle of the world, and maybe for some beside it.
    pub(super) fn each_in(&self, rect: Rect, mut each: impl FnMut(u32)) {
        let extent = Vec2::new(self.columns as f32, self.rows as f32) * self.cell;
        if self.nodes.is_empty() || !rect.intersects(Rect::from_min_size(self.low, extent)) {
            return;
        }
        for row in self.row(rect.top())..=self.row(rect.bottom()) {
            let row = row * self.columns;
            let cells = row + self.column(rect.left())..=row + self.column(rect.right());
            self.nodes[self.cells.range_of(cells)].iter().for_each(|&node| each(node));
        }
    }

    /// Returns the ties of a dot.
    pub(super) fn ties_of(&self, node: u32) -> &[u32] {
        &self.ties[self.of_node.range(node as usize)]
    }
}

/// Sorts things by group; returns where those of each group lie, and all things.
fn grouped(groups: usize, things: impl Iterator<Item = (u32, u32)> + Clone) -> (Buckets, Vec<u32>) {
    let buckets = Buckets::new(groups, things.clone().map(|(group, _)| group));
    let mut sorted = vec![0; buckets.len()];
    buckets.fill(things, |(group, _)| *group, |(_, thing)| thing, &mut sorted);
    (buckets, sorted)
}

#[cfg(test)]
mod tests {
    use emath::{Pos2, Rect, Vec2, pos2};

    use super::{OverviewLookup, OverviewTies};

    #[test]
    fn dots_in_a_rectangle_are_found_and_few_others() {
        let centers: Vec<Pos2> = (0..10_000).map(|n| pos2((n % 100) as f32 * 10.0, (n / 100) as f32 * 10.0)).collect();
        let lookup = OverviewLookup::new(&centers, &OverviewTies::default());
        for (pos, reach) in [(pos2(503.0, 497.0), 30.0), (pos2(0.0, 0.0), 15.0), (pos2(-40.0, 2000.0), 20.0)] {
            let rect = Rect::from_center_size(pos, Vec2::splat(2.0 * reach));
            let mut found = Vec::new();
            lookup.each_in(rect, |node| found.push(node));
            let near = (0..10_000).filter(|&node| rect.contains(centers[node as usize]));
            assert!(near.clone().all(|node| found.contains(&node)));
            assert!(found.len() <= 150, "{}", found.len());
        }
        let none = OverviewLookup::new(&[], &OverviewTies::default());
        none.each_in(Rect::EVERYTHING, |_| panic!("there are none"));
        let mut found = 0;
        let stacked = OverviewLookup::new(&[Pos2::ZERO; 3], &OverviewTies::default());
        stacked.each_in(Rect::from_center_size(Pos2::ZERO, Vec2::splat(2.0)), |_| found += 1);
        assert_eq!(found, 3);
    }

    #[test]
    fn each_dot_knows_its_ties() {
        let ties = OverviewTies { ends: vec![[0, 2], [2, 1], [2, 0]], ..OverviewTies::default() };
        let lookup = OverviewLookup::new(&[Pos2::ZERO; 4], &ties);
        let of = |node| lookup.ties_of(node).to_vec();
        assert_eq!((of(0), of(1), of(2), of(3)), (vec![0, 2], vec![1], vec![0, 1, 2], vec![]));
    }
}
