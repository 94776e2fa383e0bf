//! Points on Bézier curves and distances to segments, shared by layout, scene and canvas. Leaves it to callers how
//! finely a curve is divided.

use emath::{Pos2, pos2};

use super::geometry::{cross, length, unit};
use super::{Cubic, work};

/// Returns the point of a piece at `t` from 0 to 1.
pub(crate) fn point(&[a, b, c, d]: &Cubic, t: f32) -> Pos2 {
    let s = 1.0 - t;
    let (wa, wb, wc, wd) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
    pos2(wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y)
}

/// Returns the end points of this number of chords of a piece, without its start.
pub(crate) fn chord_ends(piece: &Cubic, chords: usize) -> impl Iterator<Item = Pos2> + use<'_> {
    (1..=chords).map(move |step| point(piece, step as f32 / chords as f32))
}

/// Returns connected pieces as a polyline; `chords` returns the number of chords for a piece.
pub(crate) fn flatten(pieces: &[Cubic], mut chords: impl FnMut(&Cubic) -> usize) -> Vec<Pos2> {
    let mut points = Vec::with_capacity(pieces.len() * 16 + 1);
    points.extend(pieces.first().map(|piece| piece[0]));
    for piece in pieces {
        points.extend(chord_ends(piece, chords(piece)));
    }
    points
}

/// Returns the curve as a polyline with steps of about `step` units, at most `most` per piece; straight pieces stay
/// whole.
pub(super) fn flatten_within(curve: &[Cubic], step: f32, most: usize) -> Vec<Pos2> {
    flatten(curve, |piece| {
        if is_straight(piece) {
            return 1;
        }
        let hull = length(piece[1] - piece[0]) + length(piece[2] - piece[1]) + length(piece[3] - piece[2]);
        let steps = ((hull / step).ceil() as usize).clamp(4, most.max(4));
        work::count(steps);
        steps
    })
}

/// Returns whether a piece is a straight line, with a tolerance of 0.05 units.
pub(crate) fn is_straight(&[a, b, c, d]: &Cubic) -> bool {
    let dir = unit(d - a);
    cross(dir, b - a).abs() < 0.05 && cross(dir, c - a).abs() < 0.05 && dir.dot(b - a) >= 0.0 && dir.dot(d - c) >= 0.0
}

/// Returns the distance from a point to a segment.
pub(crate) fn segment_distance(from: Pos2, to: Pos2, pos: Pos2) -> f32 {
    let way = to - from;
    let length_sq = way.length_sq();
    let share = if length_sq > 0.0 { ((pos - from).dot(way) / length_sq).clamp(0.0, 1.0) } else { 0.0 };
    pos.distance(from + way * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BENT: Cubic = [pos2(0.0, 0.0), pos2(0.0, 100.0), pos2(100.0, 100.0), pos2(100.0, 0.0)];

    #[test]
    fn a_point_is_that_of_de_casteljau() {
        for step in 0..=20 {
            let t = step as f32 / 20.0;
            let mut points = BENT.to_vec();
            while points.len() > 1 {
                points = points.windows(2).map(|pair| pair[0].lerp(pair[1], t)).collect();
            }
            assert!(point(&BENT, t).distance(points[0]) < 1e-3);
        }
        assert_eq!((point(&BENT, 0.0), point(&BENT, 1.0)), (BENT[0], BENT[3]));
    }

    #[test]
    fn a_chain_has_each_joint_once() {
        let next = BENT.map(|point| point + emath::vec2(100.0, 0.0));
        let points = flatten(&[BENT, next], |piece| if piece[0].x > 0.0 { 1 } else { 4 });
        assert_eq!(points.len(), 6);
        assert_eq!((points[0], points[4], points[5]), (BENT[0], BENT[3], next[3]));
        assert!(flatten(&[], |_| 4).is_empty());
    }

    #[test]
    fn a_distance_is_to_the_segment_not_to_its_line() {
        let (from, to) = (pos2(0.0, 0.0), pos2(10.0, 0.0));
        for (pos, distance) in [(pos2(5.0, 3.0), 3.0), (pos2(13.0, 4.0), 5.0), (pos2(-3.0, -4.0), 5.0)] {
            assert_eq!(segment_distance(from, to, pos), distance);
        }
        assert_eq!(segment_distance(from, from, pos2(3.0, 4.0)), 5.0);
    }
}
