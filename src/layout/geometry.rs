//! Geometry of points, segments and rectangles shared by placing, routing and labeling. Lengths use `sqrt`, never
//! `hypot`, which differs between machines.

use emath::{Pos2, Rect, Vec2, vec2};

use super::Cubic;

/// Returns the length of a vector.
pub(super) fn length(v: Vec2) -> f32 {
    (v.x * v.x + v.y * v.y).sqrt()
}

/// Normalizes a vector; `(1, 0)` if it is almost zero.
pub(super) fn unit(v: Vec2) -> Vec2 {
    let len = length(v);
    if len > 1e-4 { v / len } else { vec2(1.0, 0.0) }
}

/// Returns `v` turned to the right by 90°, y down.
pub(super) fn right_of(v: Vec2) -> Vec2 {
    vec2(-v.y, v.x)
}

/// Returns the cross product; positive if `b` points to the right of `a`.
pub(super) fn cross(a: Vec2, b: Vec2) -> f32 {
    a.x * b.y - a.y * b.x
}

/// Creates a rectangle from its center and full size.
pub(super) fn boxed(center: Pos2, size: Vec2) -> Rect {
    Rect::from_center_size(center, size)
}

/// Returns the overlap of two rectangles along the shallower axis; 0 or less if they are apart.
pub(super) fn overlap_depth(a: &Rect, b: &Rect) -> f32 {
    let x = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let y = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    x.min(y)
}

/// Returns whether two segments cross.
pub(super) fn segments_cross(a: Pos2, b: Pos2, c: Pos2, d: Pos2) -> bool {
    if a.x.max(b.x) < c.x.min(d.x)
        || c.x.max(d.x) < a.x.min(b.x)
        || a.y.max(b.y) < c.y.min(d.y)
        || c.y.max(d.y) < a.y.min(b.y)
    {
        return false;
    }
    let (ab, cd) = (b - a, d - c);
    let (s, t) = (cross(ab, c - a), cross(ab, d - a));
    let (u, v) = (cross(cd, a - c), cross(cd, b - c));
    (s > 0.0) != (t > 0.0) && (u > 0.0) != (v > 0.0)
}

/// Returns the part of segment `a`–`b` inside `rect`, as fractions of its length (Liang–Barsky); `None` if outside.
pub(super) fn clip(a: Pos2, b: Pos2, rect: &Rect) -> Option<(f32, f32)> {
    let d = b - a;
    let (mut from, mut to) = (0.0_f32, 1.0_f32);
    for (p, q) in [(-d.x, a.x - rect.min.x), (d.x, rect.max.x - a.x), (-d.y, a.y - rect.min.y), (d.y, rect.max.y - a.y)]
    {
        if p.abs() < 1e-9 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    (from < to).then_some((from, to))
}

/// Returns whether segment `a`–`b` passes through `rect`.
pub(crate) fn segment_hits(a: Pos2, b: Pos2, rect: &Rect) -> bool {
    if a.x.max(b.x) < rect.min.x || a.x.min(b.x) > rect.max.x || a.y.max(b.y) < rect.min.y || a.y.min(b.y) > rect.max.y
    {
        return false;
    }
    clip(a, b, rect).is_some()
}

/// Returns whether a polyline passes through `rect`.
pub(super) fn path_hits(path: &[Pos2], rect: &Rect) -> bool {
    path.windows(2).any(|w| segment_hits(w[0], w[1], rect))
}

/// Returns the point where a ray from the center leaves a box; `half` is half the size of the box.
pub(super) fn exit(center: Pos2, half: Vec2, toward: Vec2) -> Pos2 {
    let dir = unit(toward);
    let x = if dir.x.abs() > 1e-6 { half.x / dir.x.abs() } else { f32::INFINITY };
    let y = if dir.y.abs() > 1e-6 { half.y / dir.y.abs() } else { f32::INFINITY };
    center + dir * x.min(y)
}

/// Returns a straight line as a Bézier piece.
pub(super) fn straight(a: Pos2, b: Pos2) -> Cubic {
    let d = (b - a) / 3.0;
    [a, a + d, b - d, b]
}

/// Returns the total length of a polyline.
pub(super) fn path_length(path: &[Pos2]) -> f32 {
    path.windows(2).map(|w| length(w[1] - w[0])).sum()
}

/// Returns the point at a distance along a polyline.
pub(super) fn point_after(path: &[Pos2], mut left: f32) -> Pos2 {
    for w in path.windows(2) {
        let len = length(w[1] - w[0]);
        if left <= len && len > 0.0 {
            return w[0] + (w[1] - w[0]) * (left / len);
        }
        left -= len;
    }
    path.last().copied().unwrap_or(Pos2::ZERO)
}

/// Returns the smallest size of the given aspect that contains `size`.
pub(super) fn framed(size: Vec2, aspect: f32) -> Vec2 {
    let height = size.y.max(size.x / aspect);
    vec2(height * aspect, height)
}

/// Returns the ascending values nearest to the given ones, as runs of equal values with their lengths (least squares
/// by pooling adjacent violators: Ayer and others 1955).
pub(super) fn pooled(values: impl Iterator<Item = f32>) -> Vec<(f32, usize)> {
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for value in values {
        pools.push((value, 1));
        while let [.., first, second] = pools.as_slice() {
            if first.0 <= second.0 {
                break;
            }
            let count = first.1 + second.1;
            let mean = (first.0 * first.1 as f32 + second.0 * second.1 as f32) / count as f32;
            pools.truncate(pools.len() - 2);
            pools.push((mean, count));
        }
    }
    pools
}
