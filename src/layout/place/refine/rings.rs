//! Moves of boxes that stay on their rings.

use std::f32::consts::TAU;

use emath::{Pos2, Vec2, vec2};

use super::{Move, choose};
use crate::layout::geometry::length;
use crate::layout::place::sketch::Sketch;
use crate::layout::rng::Rng;

/// Minimum distance between rings.
const AISLE: f32 = 60.0;

/// Ring of each box; rings are ellipses of one aspect ratio around the middle of a part.
#[derive(Clone)]
pub(in crate::layout::place) struct Rings {
    /// Center of each box's rings.
    pub middle: Vec<Pos2>,
    /// Ring number of each box; 0 is the middle itself.
    pub ring: Vec<usize>,
    /// Part number of each box, shared by all rings around one center.
    pub part: Vec<usize>,
    /// Factor by which rings are wider, and less tall, than circles.
    pub stretch: f32,
}

impl Rings {
    /// Creates the rings of parts that were placed around the origin (boxes, positions, ring numbers) and then moved
    /// to `centers` as a whole.
    pub(in crate::layout::place) fn new(
        centers: &[Pos2],
        parts: &[(Vec<u32>, Vec<Pos2>, Vec<usize>)],
        stretch: f32,
    ) -> Self {
        let count = centers.len();
        let mut rings = Self { middle: vec![Pos2::ZERO; count], ring: vec![0; count], part: vec![0; count], stretch };
        for (number, (part, around, ring)) in parts.iter().enumerate() {
            let Some((&first, at)) = part.first().zip(around.first()) else { continue };
            let middle = centers[first as usize] - at.to_vec2();
            for (&v, &ring) in part.iter().zip(ring) {
                rings.middle[v as usize] = middle;
                rings.ring[v as usize] = ring;
                rings.part[v as usize] = number;
            }
        }
        rings
    }

    /// Returns a box's position relative to its center, with its ring scaled to a circle.
    fn round(&self, sketch: &Sketch, v: u32) -> Vec2 {
        let d = sketch.pos[v as usize] - self.middle[v as usize];
        vec2(d.x / self.stretch, d.y * self.stretch)
    }

    fn place(&self, v: u32, round: Vec2) -> Pos2 {
        self.middle[v as usize] + vec2(round.x * self.stretch, round.y / self.stretch)
    }

    pub(super) fn propose(&self, sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
        let v = free[rng.below(free.len())];
        let kind = rng.unit();
        if kind < 0.40 {
            let radius = length(self.round(sketch, v));
            let turn = (rng.signed() + rng.signed()) * stride / radius.max(40.0);
            Some(self.turned(sketch, &[v], turn))
        } else if kind < 0.52 {
            let mut branch = vec![v];
            let outer = |u: &u32| self.ring[*u as usize] > self.ring[v as usize];
            branch.extend(sketch.model.neighbors(v).filter(outer).filter(|u| free.contains(u)));
            branch.sort_unstable();
            branch.dedup();
            let turn = rng.signed() * stride / length(self.round(sketch, v)).max(40.0);
            Some(self.turned(sketch, &branch, turn))
        } else if kind < 0.76 {
            self.swap(sketch, v, free[rng.below(free.len())])
        } else if kind < 0.86 {
            choose(sketch, rng)
        } else if kind < 0.98 {
            self.widen(sketch, v, free, stride, rng)
        } else {
            let part: Vec<u32> =
                free.iter().copied().filter(|&u| self.part[u as usize] == self.part[v as usize]).collect();
            Some(self.turned(sketch, &part, rng.signed() * TAU * 0.1))
        }
    }

    fn turned(&self, sketch: &Sketch, nodes: &[u32], turn: f32) -> Move {
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let place = |&v: &u32| {
            let d = self.round(sketch, v);
            (v, self.place(v, vec2(d.x * cos - d.y * sin, d.x * sin + d.y * cos)))
        };
        Move { touched: sketch.touched_by(nodes), places: nodes.iter().map(place).collect(), choice: None }
    }

    /// Swaps two boxes of one ring.
    fn swap(&self, sketch: &Sketch, v: u32, u: u32) -> Option<Move> {
        let (a, b) = (v as usize, u as usize);
        (a != b && self.ring[a] == self.ring[b] && self.part[a] == self.part[b]).then(|| Move {
            touched: sketch.touched_by(&[v, u]),
            places: vec![(v, sketch.pos[b]), (u, sketch.pos[a])],
            choice: None,
        })
    }

    /// Moves a ring and all rings outside it in or out, keeping an aisle to the ring inside it.
    fn widen(&self, sketch: &Sketch, v: u32, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
        let (ring, part) = (self.ring[v as usize], self.part[v as usize]);
        if ring == 0 {
            return None;
        }
        let far = rng.unit() * stride * 0.4 + 1.0;
        let by = if rng.unit() < 0.6 { -far } else { far };
        let radius = length(self.round(sketch, v));
        let inner = (0..sketch.pos.len())
            .filter(|&u| self.part[u] == part && self.ring[u] < ring)
            .map(|u| length(self.round(sketch, u as u32)))
            .fold(0.0, f32::max);
        if radius + by < inner + AISLE {
            return None;
        }
        let nodes: Vec<u32> =
            free.iter().copied().filter(|&u| self.part[u as usize] == part && self.ring[u as usize] >= ring).collect();
        let place = |&u: &u32| {
            let d = self.round(sketch, u);
            (u, self.place(u, d * (1.0 + by / length(d).max(1.0))))
        };
        Some(Move { touched: sketch.touched_by(&nodes), places: nodes.iter().map(place).collect(), choice: None })
    }
}
