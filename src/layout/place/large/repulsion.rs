//! Repulsion between all points in nearly linear time: far cells act through a few numbers (fast multipole method,
//! Greengard and Rokhlin 1987, in complex numbers), near points one by one. The sums of each point are made in an order
//! that depends on the tree alone, so the result is the same for any number of threads.

use std::ops::Range;

use emath::Vec2;
use rayon::prelude::*;

use super::quadtree::{QuadCell, Quadtree};
use crate::layout::work;

/// Two cells act through their sums if their radii add up to less than this share of their distance.
const OPENING: f32 = 1.0;
/// Points that are computed side by side.
const LANES: usize = 8;
/// Cells of about so many points are one task.
const TASK: usize = 1024;

/// A field around a center, as a polynomial of complex numbers: the conjugate of the force at `center + z` is
/// `terms[0] + terms[1] z + terms[2] z²`.
#[derive(Clone, Copy, Default)]
struct LocalField {
    terms: [Vec2; 3],
}

impl LocalField {
    /// Adds the field of a far cell.
    fn add(&mut self, center: Vec2, source: &QuadCell) {
        let inverse = inverse(center - source.center);
        let second = times(inverse, inverse);
        let third = times(second, inverse);
        let (q, mass) = (source.quadrupole, source.mass);
        self.terms[0] += inverse * mass + times(q, third);
        self.terms[1] -= second * mass + times(q, times(second, second)) * 3.0;
        self.terms[2] += third * mass + times(q, times(second, third)) * 6.0;
    }

    /// Returns the same field around a center that lies `by` from the present one.
    fn moved(&self, by: Vec2) -> Self {
        let [a, b, c] = self.terms;
        Self { terms: [a + times(b + times(c, by), by), b + times(c, by) * 2.0, c] }
    }

    fn at(&self, z: Vec2) -> Vec2 {
        let [a, b, c] = self.terms;
        let conjugate = a + times(b + times(c, z), z);
        Vec2::new(conjugate.x, -conjugate.y)
    }
}

/// Multiplies complex numbers.
fn times(a: Vec2, b: Vec2) -> Vec2 {
    Vec2::new(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
}

/// Returns 1 / z.
fn inverse(z: Vec2) -> Vec2 {
    let size = z.x * z.x + z.y * z.y;
    Vec2::new(z.x / size, -z.y / size)
}

/// Computes for each point, in the order before sorting, the sum of `mass × d / (d² + soft)` over all others, `d` being
/// the way from the other.
pub(super) fn repulsion(tree: &Quadtree) -> Vec<Vec2> {
    let mut tasks = Vec::new();
    let mut walk = TargetWalk::new(tree);
    let root = walk.list.len()..walk.list.len() + 1;
    walk.list.push(0);
    walk.split(0, root, LocalField::default(), &mut tasks);
    let sorted: Vec<Vec<Vec2>> = tasks.par_iter().map_init(|| TargetWalk::new(tree), TargetWalk::run).collect();
    let mut forces = vec![Vec2::ZERO; tree.order.len()];
    for (&v, force) in tree.order.iter().zip(sorted.into_iter().flatten()) {
        forces[v as usize] = force;
    }
    forces
}

/// A target cell whose forces are computed by one thread.
struct TargetTask {
    target: u32,
    /// Cells that act on it and are not in `field` yet.
    sources: Vec<u32>,
    field: LocalField,
}

/// The state of a walk down the tree of target cells.
struct TargetWalk<'a> {
    tree: &'a Quadtree,
    /// Lists of source cells, those of a child after those of its parent.
    list: Vec<u32>,
    open: Vec<u32>,
    near: Near,
    forces: Vec<Vec2>,
}

impl<'a> TargetWalk<'a> {
    fn new(tree: &'a Quadtree) -> Self {
        Self { tree, list: Vec::new(), open: Vec::new(), near: Near::default(), forces: Vec::new() }
    }

    /// Divides a target cell into tasks, in the order of their points.
    fn split(&mut self, target: u32, sources: Range<usize>, mut field: LocalField, tasks: &mut Vec<TargetTask>) {
        let cell = &self.tree.cells[target as usize];
        if cell.is_leaf() || cell.points().len() <= TASK {
            tasks.push(TargetTask { target, sources: self.list[sources].to_vec(), field });
            return;
        }
        let from = self.list.len();
        self.weigh(target, sources, &mut field);
        let passed = from..self.list.len();
        for child in cell.inside() {
            let by = self.tree.cells[child as usize].center - cell.center;
            self.split(child, passed.clone(), field.moved(by), tasks);
        }
        self.list.truncate(from);
    }

    fn run(&mut self, task: &TargetTask) -> Vec<Vec2> {
        self.list.clear();
        self.list.extend_from_slice(&task.sources);
        self.forces = Vec::with_capacity(self.tree.cells[task.target as usize].points().len());
        self.descend(task.target, 0..task.sources.len(), task.field);
        std::mem::take(&mut self.forces)
    }

    fn descend(&mut self, target: u32, sources: Range<usize>, mut field: LocalField) {
        let tree = self.tree;
        let cell = &tree.cells[target as usize];
        let from = self.list.len();
        self.weigh(target, sources, &mut field);
        if cell.is_leaf() {
            self.near.gather(tree, &self.list[from..]);
            work::count(self.near.mass.len() * cell.points().len());
            for n in cell.points() {
                let p = Vec2::new(tree.points.x[n], tree.points.y[n]);
                self.forces.push(field.at(p - cell.center) + self.near.at(p, tree.points.soft[n]));
            }
        } else {
            let passed = from..self.list.len();
            for child in cell.inside() {
                let by = tree.cells[child as usize].center - cell.center;
                self.descend(child, passed.clone(), field.moved(by));
            }
        }
        self.list.truncate(from);
    }

    /// Adds far sources to the field of a target cell. The others are appended to the list: leaves that are near if the
    /// target is a leaf, else cells that its children have to look at.
    fn weigh(&mut self, target: u32, sources: Range<usize>, field: &mut LocalField) {
        let cell = &self.tree.cells[target as usize];
        let (is_leaf, center, radius) = (cell.is_leaf(), cell.center, cell.radius);
        self.open.clear();
        self.open.extend(self.list[sources].iter().rev());
        while let Some(source) = self.open.pop() {
            work::count(1);
            let other = &self.tree.cells[source as usize];
            let d = center - other.center;
            let radii = radius + other.radius;
            if radii * radii < OPENING * OPENING * (d.x * d.x + d.y * d.y) {
                field.add(center, other);
            } else if other.is_leaf() || (!is_leaf && other.radius <= radius) {
                self.list.push(source);
            } else {
                self.open.extend(other.inside());
            }
        }
    }
}

/// Points of near leaves, side by side.
#[derive(Default)]
struct Near {
    x: Vec<[f32; LANES]>,
    y: Vec<[f32; LANES]>,
    mass: Vec<[f32; LANES]>,
    soft: Vec<[f32; LANES]>,
}

impl Near {
    fn gather(&mut self, tree: &Quadtree, leaves: &[u32]) {
        let ranges = || leaves.iter().map(|&leaf| tree.cells[leaf as usize].points());
        pack(&mut self.x, &tree.points.x, ranges(), 0.0);
        pack(&mut self.y, &tree.points.y, ranges(), 0.0);
        // Padding has no mass; its distance must not be 0.
        pack(&mut self.mass, &tree.points.mass, ranges(), 0.0);
        pack(&mut self.soft, &tree.points.soft, ranges(), 1.0);
    }

    /// Returns the force of all points on the one at `p`; one at the same place, like itself, has none.
    fn at(&self, p: Vec2, soft: f32) -> Vec2 {
        let (mut x, mut y) = ([0.0; LANES], [0.0; LANES]);
        for (((xs, ys), masses), softs) in self.x.iter().zip(&self.y).zip(&self.mass).zip(&self.soft) {
            for n in 0..LANES {
                let (dx, dy) = (p.x - xs[n], p.y - ys[n]);
                let push = masses[n] / (dx * dx + dy * dy + (soft + softs[n]));
                x[n] += dx * push;
                y[n] += dy * push;
            }
        }
        Vec2::new(x.iter().sum(), y.iter().sum())
    }
}

fn pack(lanes: &mut Vec<[f32; LANES]>, values: &[f32], ranges: impl Iterator<Item = Range<usize>>, padding: f32) {
    lanes.clear();
    let mut filled = LANES;
    for &value in ranges.flat_map(|range| &values[range]) {
        if filled == LANES {
            lanes.push([padding; LANES]);
            filled = 0;
        }
        if let Some(last) = lanes.last_mut() {
            last[filled] = value;
        }
        filled += 1;
    }
}

#[cfg(test)]
mod tests {
    use emath::Vec2;

    use super::{LocalField, QuadCell};

    #[test]
    fn a_far_cell_acts_like_its_points() {
        let points = [Vec2::new(1.0, 0.3), Vec2::new(-1.0, -0.3)];
        let square = |z: Vec2| Vec2::new(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y);
        let quadrupole = square(points[0]) + square(points[1]);
        let cell = QuadCell { mass: 2.0, quadrupole, ..QuadCell::default() };
        let center = Vec2::new(6.0, 2.0);
        let mut field = LocalField::default();
        field.add(center, &cell);
        for offset in [Vec2::ZERO, Vec2::new(0.5, -0.4), Vec2::new(-0.6, 0.2)] {
            let exact = points.iter().fold(Vec2::ZERO, |sum, point| {
                let d = center + offset - *point;
                sum + d / (d.x * d.x + d.y * d.y)
            });
            // Without the quadrupole, the error is some 3 %.
            assert!((field.at(offset) - exact).length() < 0.004 * exact.length(), "{offset:?}");
            let by = Vec2::new(0.2, 0.1);
            assert!(
                (field.moved(by).at(offset - by) - field.at(offset)).length() < 1e-5,
                "the same around another center"
            );
        }
    }
}
