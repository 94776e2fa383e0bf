//! Flattens curves to polylines, and cuts polylines into dashes.

use egui::{Pos2, Rect};

use crate::layout::{Cubic, curve};

/// Maximum distance between a chord and its curve, in points.
const TOLERANCE: f32 = 0.12;
/// Maximum number of chords per piece, a bound for degenerate curves that visible lanes never reach.
const MAX_CHORDS: f32 = 96.0;
/// Shortest period of dash and gap that is distinguishable from a gray line, in points.
const SHORTEST_PERIOD: f32 = 2.0;
/// Length that remains of a line shorter than its trimming, in points.
const SPECK: f32 = 0.01;
/// Maximum number of dashes per line, a bound for lines far longer than any screen.
const MAX_DASHES: f32 = 4000.0;

/// Returns the points of joined Bézier pieces, with coordinates multiplied by `scale`.
pub(in crate::app::canvas) fn flatten(pieces: &[Cubic], scale: f32) -> Vec<Pos2> {
    let pieces: Vec<Cubic> =
        pieces.iter().map(|piece| piece.map(|point| (point.to_vec2() * scale).to_pos2())).collect();
    curve::flatten(&pieces, |[a, b, c, d]| {
        // Wang's formula: chords that keep a cubic within the tolerance.
        let bend = (a.to_vec2() - 2.0 * b.to_vec2() + c.to_vec2())
            .length()
            .max((b.to_vec2() - 2.0 * c.to_vec2() + d.to_vec2()).length());
        (0.75 * bend / TOLERANCE).sqrt().ceil().clamp(1.0, MAX_CHORDS) as usize
    })
}

/// Returns the bounding box of the control points, which contains the curve.
pub(in crate::app::canvas) fn hull(pieces: &[Cubic]) -> Rect {
    Rect::from_points(pieces.as_flattened())
}

/// Cuts a line into dashes. The pattern alternates lengths of dashes and gaps, in the units of the points. A line with
/// an empty, invalid or imperceptible pattern stays whole.
pub(in crate::app::canvas) fn dash(points: Vec<Pos2>, pattern: &[f32]) -> Vec<Vec<Pos2>> {
    let period: f32 = pattern.iter().sum();
    let length: f32 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let is_visible = pattern.iter().all(|part| *part >= 0.0) && period >= SHORTEST_PERIOD;
    if !is_visible || length / period * pattern.len() as f32 > MAX_DASHES {
        return vec![points];
    }
    let mut dashes = Vec::new();
    let mut current = vec![points[0]];
    let mut at = 0;
    let mut left = pattern[0];
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut rest = from.distance(to);
        while rest > left {
            from += (to - from) * (left / rest);
            rest -= left;
            if at % 2 == 0 {
                current.push(from);
                dashes.push(std::mem::take(&mut current));
            } else {
                current = vec![from];
            }
            at += 1;
            left = pattern[at % pattern.len()].max(1e-3);
        }
        left -= rest;
        if at % 2 == 0 {
            current.push(to);
        }
    }
    if at % 2 == 0 && current.len() > 1 {
        dashes.push(current);
    }
    dashes
}

/// Shortens a line at both ends by `by`. A line that is too short keeps a speck in its middle; the returned strength
/// then is its length divided by twice `by`.
pub(in crate::app::canvas) fn trim(mut points: Vec<Pos2>, by: f32) -> (Vec<Pos2>, f32) {
    let length: f32 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let cut = by.min((length - SPECK) / 2.0);
    for _ in 0..2 {
        shorten(&mut points, cut);
        points.reverse();
    }
    (points, (length / (2.0 * by)).min(1.0))
}

/// Shortens the end of a line by `by`.
fn shorten(points: &mut Vec<Pos2>, by: f32) {
    let mut rest = by;
    while let [.., before, last] = points.as_mut_slice() {
        let length = before.distance(*last);
        if length > rest {
            *last += (*before - *last) * (rest / length).max(0.0);
            return;
        }
        rest -= length;
        points.pop();
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn a_straight_piece_is_one_chord_and_a_bend_is_smooth() {
        let straight = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(20.0, 0.0), pos2(30.0, 0.0)];
        assert_eq!(flatten(&[straight], 2.0), [pos2(0.0, 0.0), pos2(60.0, 0.0)]);
        let bent = [pos2(0.0, 0.0), pos2(0.0, 100.0), pos2(100.0, 100.0), pos2(100.0, 0.0)];
        let points = flatten(&[bent], 1.0);
        for (step, pair) in points.windows(2).enumerate() {
            let middle = curve::point(&bent, (step as f32 + 0.5) / (points.len() - 1) as f32);
            assert!(pair[0].lerp(pair[1], 0.5).distance(middle) <= 0.15);
        }
    }

    #[test]
    fn dashes_go_on_around_corners() {
        let points = vec![pos2(0.0, 0.0), pos2(15.0, 0.0), pos2(15.0, 15.0)];
        let dashes = dash(points, &[10.0, 4.0]);
        assert_eq!(dashes.len(), 3);
        assert_eq!(dashes[0], [pos2(0.0, 0.0), pos2(10.0, 0.0)]);
        assert_eq!(dashes[1], [pos2(14.0, 0.0), pos2(15.0, 0.0), pos2(15.0, 9.0)]);
        assert_eq!(dashes[2], [pos2(15.0, 13.0), pos2(15.0, 15.0)]);
    }

    #[test]
    fn trimming_takes_from_both_ends_and_weakens_what_is_short() {
        let (points, strength) = trim(vec![pos2(0.0, 0.0), pos2(0.3, 0.0), pos2(10.0, 0.0)], 0.5);
        assert_eq!((points, strength), (vec![pos2(0.5, 0.0), pos2(9.5, 0.0)], 1.0));
        let (points, strength) = trim(vec![pos2(0.0, 0.0), pos2(0.6, 0.0)], 0.5);
        assert!((points[0].x - 0.295).abs() < 1e-4 && (points[1].x - 0.305).abs() < 1e-4, "{points:?}");
        assert!((strength - 0.6).abs() < 1e-6, "{strength}");
    }

    #[test]
    fn odd_patterns_end() {
        let points = vec![pos2(0.0, 0.0), pos2(100.0, 0.0)];
        assert_eq!(dash(points.clone(), &[]), std::slice::from_ref(&points));
        assert_eq!(dash(points.clone(), &[0.1, 0.1]), std::slice::from_ref(&points));
        assert_eq!(dash(points.clone(), &[-5.0, 50.0]), std::slice::from_ref(&points));
        assert_eq!(dash(points, &[0.0, 10.0]).len(), 10);
    }
}
