//! Parts of a map without ties to the rest: each is placed alone, then all are packed by size.

use emath::{Rect, Vec2, vec2};

use super::graph::Graph;
use crate::layout::buckets::Buckets;

/// Free space around each part, in mean distances of nodes.
const GUTTER: f32 = 0.6;
/// Number of lengths of rows that are tried.
const WIDTHS: usize = 12;
/// Number of angles at which a part is tried.
const ANGLES: usize = 36;

/// Calls `each` for every connected part, the largest first, with the part's nodes.
pub(super) fn each<T>(graph: &Graph, mut each: impl FnMut(&Graph) -> Option<T>) -> Option<Vec<(Vec<u32>, T)>> {
    let (part, count) = connected(graph);
    let buckets = Buckets::new(count, part.iter().copied());
    let mut nodes = vec![0; graph.len()];
    buckets.fill(0..graph.len() as u32, |v| part[*v as usize], |v| v, &mut nodes);
    let mut parts: Vec<&[u32]> = (0..count).map(|n| &nodes[buckets.range(n)]).collect();
    parts.sort_by_key(|nodes| std::cmp::Reverse(nodes.len()));
    let each = |nodes: &[u32]| Some((nodes.to_vec(), each(&graph.part(nodes))?));
    parts.into_iter().map(each).collect()
}

/// Returns the connected part of each node, and the number of parts.
fn connected(graph: &Graph) -> (Vec<u32>, usize) {
    let mut part = vec![u32::MAX; graph.len()];
    let mut count = 0;
    let mut open = Vec::new();
    for start in 0..graph.len() {
        if part[start] != u32::MAX {
            continue;
        }
        part[start] = count;
        open.push(start);
        while let Some(v) = open.pop() {
            for (u, _) in graph.neighbors(v) {
                if part[u] == u32::MAX {
                    part[u] = count;
                    open.push(u);
                }
            }
        }
        count += 1;
    }
    (part, count as usize)
}

/// A part with its places from its upper left corner, and its size.
type TurnedPart<'a> = (&'a [u32], Vec<Vec2>, Vec2);

/// Packs parts, each with its nodes and their places, into a frame of this shape (width by height): rows of columns, the
/// highest parts first, each column as wide as the first of its parts.
pub(super) fn packed(count: usize, parts: &[(Vec<u32>, Vec<Vec2>)], aspect: f32) -> Vec<Vec2> {
    let mut turned: Vec<TurnedPart<'_>> = Vec::new();
    for (nodes, at) in parts {
        let (at, size) = self::turned(at, aspect);
        turned.push((nodes, at, size));
    }
    turned.sort_by(|a, b| b.2.y.total_cmp(&a.2.y));
    let area: f32 = turned.iter().map(|(_, _, size)| size.x * size.y).sum();
    let widest = turned.iter().fold(0.0_f32, |widest, (_, _, size)| widest.max(size.x));
    let frames = (0..WIDTHS).map(|n| ((area * aspect).sqrt() * (1.0 + 0.08 * n as f32)).max(widest) * 1.001);
    let frames: Vec<(f32, Vec<Vec2>)> = frames.map(|frame| corners(&turned, frame, aspect)).collect();
    let mut places = vec![Vec2::ZERO; count];
    let Some((_, best)) = frames.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)) else { return places };
    for ((nodes, at, _), corner) in turned.iter().zip(best) {
        for (&v, p) in nodes.iter().zip(at) {
            places[v as usize] = corner + *p;
        }
    }
    places
}

/// Packs parts into rows of this length; returns the height of the page that they need, and the corner of each part.
fn corners(parts: &[TurnedPart<'_>], frame: f32, aspect: f32) -> (f32, Vec<Vec2>) {
    let mut row = PackedRow::default();
    let corners: Vec<Vec2> = parts.iter().map(|(_, _, size)| row.take(*size, frame)).collect();
    let ends = corners.iter().zip(parts).map(|(corner, (_, _, size))| *corner + *size);
    let end = ends.fold(Vec2::ZERO, Vec2::max);
    (end.y.max(end.x / aspect), corners)
}

/// The row and the column that are being filled.
#[derive(Default)]
struct PackedRow {
    /// Upper left corner and size.
    top: f32,
    height: f32,
    /// Left side, width and end of the last column.
    left: f32,
    width: f32,
    filled: f32,
}

impl PackedRow {
    /// Returns the upper left corner for a part of this size.
    fn take(&mut self, size: Vec2, frame: f32) -> Vec2 {
        if size.x > self.width || self.filled + size.y > self.height {
            self.left += self.width;
            self.width = size.x;
            self.filled = 0.0;
            if self.left + size.x > frame || size.y > self.height {
                self.top += self.height;
                self.height = size.y;
                self.left = 0.0;
            }
        }
        let corner = vec2(self.left, self.top + self.filled);
        self.filled += size.y;
        corner
    }
}

/// Turns a part so that it fits into the smallest frame; returns its places from the upper left corner, and its size.
fn turned(at: &[Vec2], aspect: f32) -> (Vec<Vec2>, Vec2) {
    let at_angle = |n: usize| -> (Vec<Vec2>, Rect) {
        let angle = std::f32::consts::PI * n as f32 / ANGLES as f32;
        let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
        let turned: Vec<Vec2> = at.iter().map(|p| vec2(p.x * cos - p.y * sin, p.x * sin + p.y * cos)).collect();
        let mut frame = Rect::NOTHING;
        for p in &turned {
            frame.extend_with(p.to_pos2());
        }
        (turned, frame)
    };
    let angles = if at.len() < 2 { 0..1 } else { 0..ANGLES };
    let fit = |n: usize| {
        let frame = at_angle(n).1;
        frame.height().max(frame.width() / aspect)
    };
    let fits: Vec<f32> = angles.map(fit).collect();
    let best = (0..fits.len()).min_by(|&a, &b| fits[a].total_cmp(&fits[b])).unwrap_or(0);
    let (turned, frame) = at_angle(best);
    let corner = frame.min.to_vec2() - Vec2::splat(GUTTER);
    (turned.into_iter().map(|p| p - corner).collect(), frame.size() + Vec2::splat(2.0 * GUTTER))
}
