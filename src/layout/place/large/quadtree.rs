//! A quadtree over points that are sorted along a Morton curve. The cells, parents before children, hold what far
//! points need to know of the points in them.

use emath::Vec2;
use rayon::prelude::*;

/// Cells of at most so many points are not divided.
const LEAF: usize = 20;
/// So few points are not divided at all.
const FEW: usize = 200;
/// Bits of a coordinate along the Morton curve.
const BITS: u32 = 16;

/// Points with a mass, sorted along the Morton curve.
#[derive(Default)]
pub(super) struct Points {
    pub x: Vec<f32>,
    pub y: Vec<f32>,
    pub mass: Vec<f32>,
    /// Square of the distance below which the repulsion of a point ends growing.
    pub soft: Vec<f32>,
}

/// A square with some of the points.
#[derive(Clone, Copy, Default)]
pub(super) struct QuadCell {
    /// Range of its points.
    pub first: u32,
    pub end: u32,
    /// Range of its children; empty for a leaf.
    pub children: (u32, u32),
    /// Center of mass.
    pub center: Vec2,
    pub mass: f32,
    /// Sum of mass × (point - center)², squared as complex numbers.
    pub quadrupole: Vec2,
    /// Distance of the farthest point from the center, or more.
    pub radius: f32,
}

impl QuadCell {
    pub(super) fn is_leaf(&self) -> bool {
        self.children.0 == self.children.1
    }

    pub(super) fn points(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }

    pub(super) fn inside(&self) -> std::ops::Range<u32> {
        self.children.0..self.children.1
    }
}

/// See the module's text.
pub(super) struct Quadtree {
    /// Index of each point before it was sorted.
    pub order: Vec<u32>,
    pub points: Points,
    pub cells: Vec<QuadCell>,
}

impl Quadtree {
    /// Sorts points and sums up each cell; there is at least one point.
    pub(super) fn new(at: &[Vec2], mass: &[f32], soft: &[f32]) -> Self {
        if at.len() <= FEW {
            return Self::undivided(at, mass, soft);
        }
        let (keys, order) = sorted(at);
        let of = |values: &[f32]| order.par_iter().map(|&v| values[v as usize]).collect();
        let points = Points {
            x: order.par_iter().map(|&v| at[v as usize].x).collect(),
            y: order.par_iter().map(|&v| at[v as usize].y).collect(),
            mass: of(mass),
            soft: of(soft),
        };
        let mut tree = Self { order, points, cells: divided(&keys) };
        tree.sum_up();
        tree
    }

    /// Puts a few points into a single cell, where each acts on each.
    fn undivided(at: &[Vec2], mass: &[f32], soft: &[f32]) -> Self {
        let (x, y) = at.iter().map(|p| (p.x, p.y)).unzip();
        let points = Points { x, y, mass: mass.to_vec(), soft: soft.to_vec() };
        let mut cell = QuadCell { end: at.len() as u32, ..QuadCell::default() };
        cell.sum_points(&points);
        Self { order: (0..at.len() as u32).collect(), points, cells: vec![cell] }
    }

    fn sum_up(&mut self) {
        let Self { points, cells, .. } = self;
        cells.par_iter_mut().filter(|cell| cell.is_leaf()).for_each(|cell| cell.sum_points(points));
        for n in (0..cells.len()).rev().filter(|&n| !cells[n].is_leaf()).collect::<Vec<_>>() {
            let (parents, children) = cells.split_at_mut(n + 1);
            let inside = cells_of(&parents[n], n + 1, children);
            parents[n].sum_cells(inside);
        }
    }
}

fn cells_of<'a>(cell: &QuadCell, offset: usize, cells: &'a [QuadCell]) -> &'a [QuadCell] {
    &cells[cell.children.0 as usize - offset..cell.children.1 as usize - offset]
}

impl QuadCell {
    fn sum_points(&mut self, points: &Points) {
        let range = self.points();
        let (xs, ys, masses) = (&points.x[range.clone()], &points.y[range.clone()], &points.mass[range]);
        let all = || xs.iter().zip(ys).zip(masses).map(|((x, y), mass)| (Vec2::new(*x, *y), *mass));
        let (sum, mass) = all().fold((Vec2::ZERO, 0.0), |(sum, total), (p, mass)| (sum + p * mass, total + mass));
        self.mass = mass;
        self.center = sum / mass;
        let (mut far, mut quadrupole) = (0.0_f32, Vec2::ZERO);
        for (p, mass) in all() {
            let d = p - self.center;
            far = far.max(d.x * d.x + d.y * d.y);
            quadrupole += square(d) * mass;
        }
        self.radius = far.sqrt();
        self.quadrupole = quadrupole;
    }

    fn sum_cells(&mut self, inside: &[Self]) {
        let sum = inside.iter().fold((Vec2::ZERO, 0.0), |(sum, mass), c| (sum + c.center * c.mass, mass + c.mass));
        self.mass = sum.1;
        self.center = sum.0 / sum.1;
        for cell in inside {
            let d = cell.center - self.center;
            self.quadrupole += cell.quadrupole + square(d) * cell.mass;
            self.radius = self.radius.max((d.x * d.x + d.y * d.y).sqrt() + cell.radius);
        }
    }
}

/// Squares a complex number.
fn square(z: Vec2) -> Vec2 {
    Vec2::new(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y)
}

/// Returns the keys of points along the Morton curve in ascending order, and the points' indices in that order.
fn sorted(at: &[Vec2]) -> (Vec<u32>, Vec<u32>) {
    let low = at.par_iter().copied().reduce(|| Vec2::splat(f32::INFINITY), Vec2::min);
    let high = at.par_iter().copied().reduce(|| Vec2::splat(f32::NEG_INFINITY), Vec2::max);
    let side = (high - low).max_elem().max(f32::MIN_POSITIVE);
    let scale = ((1_u32 << BITS) - 1) as f32 / side;
    let key = |p: &Vec2| {
        let cell = (*p - low) * scale;
        spread(cell.x as u32) | spread(cell.y as u32) << 1
    };
    let mut items: Vec<u64> = at.par_iter().enumerate().map(|(n, p)| u64::from(key(p)) << 32 | n as u64).collect();
    radix_sort(&mut items);
    items.into_par_iter().map(|item| ((item >> 32) as u32, item as u32)).unzip()
}

/// Puts a zero between each two bits of a 16-bit number.
fn spread(number: u32) -> u32 {
    let mut n = number & 0xFFFF;
    n = (n | n << 8) & 0x00FF_00FF;
    n = (n | n << 4) & 0x0F0F_0F0F;
    n = (n | n << 2) & 0x3333_3333;
    (n | n << 1) & 0x5555_5555
}

/// Sorts by the upper 32 bits, equal ones as they came.
fn radix_sort(items: &mut Vec<u64>) {
    const DIGIT: u32 = 11;
    const SIZE: usize = 1 << DIGIT;
    let mut other = vec![0; items.len()];
    for shift in [32, 32 + DIGIT, 32 + 2 * DIGIT] {
        let digit = |item: u64| (item >> shift) as usize & (SIZE - 1);
        let mut next = vec![0_usize; SIZE];
        for &item in items.iter() {
            next[digit(item)] += 1;
        }
        let mut end = 0;
        for count in &mut next {
            end += std::mem::replace(count, end);
        }
        for &item in items.iter() {
            let at = &mut next[digit(item)];
            other[*at] = item;
            *at += 1;
        }
        std::mem::swap(items, &mut other);
    }
}

/// Divides sorted keys into cells of a few points, parents before children.
fn divided(keys: &[u32]) -> Vec<QuadCell> {
    let mut cells = vec![QuadCell { end: keys.len() as u32, ..QuadCell::default() }];
    // Each cell with the number of bits that its points have in common.
    let mut common = vec![0];
    let mut n = 0;
    while n < cells.len() {
        let cell = cells[n];
        if cell.points().len() > LEAF && common[n] < 2 * BITS {
            let first_child = cells.len() as u32;
            let bits = common[n] + 2;
            let mut first = cell.first;
            while first < cell.end {
                let quarter = keys[first as usize] >> (2 * BITS - bits);
                let rest = &keys[first as usize..cell.end as usize];
                let end = first + rest.partition_point(|key| key >> (2 * BITS - bits) == quarter) as u32;
                cells.push(QuadCell { first, end, ..QuadCell::default() });
                common.push(bits);
                first = end;
            }
            cells[n].children = (first_child, cells.len() as u32);
        }
        n += 1;
    }
    cells
}
