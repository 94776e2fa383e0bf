//! Geometry of connected Bézier pieces: lengths and cutting.

use emath::{Pos2, Vec2};

use crate::layout::Cubic;
use crate::layout::curve::flatten;

/// Number of straight steps per piece for lengths and bounds.
const STEPS: usize = 24;

/// Splits a piece at `t` (de Casteljau).
pub(super) fn split(&[a, b, c, d]: &Cubic, t: f32) -> (Cubic, Cubic) {
    let (ab, bc, cd) = (a.lerp(b, t), b.lerp(c, t), c.lerp(d, t));
    let (abc, bcd) = (ab.lerp(bc, t), bc.lerp(cd, t));
    let middle = abc.lerp(bcd, t);
    ([a, ab, abc, middle], [middle, bcd, cd, d])
}

/// Returns the pieces as a polyline of [`STEPS`] steps each.
pub(super) fn chain(pieces: &[Cubic]) -> Vec<Pos2> {
    flatten(pieces, |_| STEPS)
}

/// Cuts `length` world units off the end; at least a tenth of the last remaining piece stays.
pub(crate) fn without_end(pieces: &[Cubic], length: f32) -> Vec<Cubic> {
    let mut kept = pieces.to_vec();
    let mut rest = length;
    while let Some(piece) = kept.last().copied() {
        let (t, walked) = walk_back(&piece, rest);
        if t > 0.0 || kept.len() == 1 {
            if let Some(last) = kept.last_mut() {
                *last = split(&piece, t.max(0.1)).0;
            }
            break;
        }
        rest -= walked;
        kept.pop();
    }
    kept
}

/// Returns the parameter at distance `length` from the end of a piece, or 0 if it is shorter, and the length walked.
fn walk_back(piece: &Cubic, length: f32) -> (f32, f32) {
    let mut walked = 0.0;
    let mut last = piece[3];
    for step in (0..STEPS).rev() {
        // Computed as in cutting, so that the points are identical.
        let next = split(piece, step as f32 / STEPS as f32).0[3];
        let stride = (last - next).length();
        if walked + stride >= length {
            let share = if stride > 0.0 { (length - walked) / stride } else { 0.0 };
            return ((step as f32 + 1.0 - share) / STEPS as f32, length);
        }
        walked += stride;
        last = next;
    }
    (0.0, walked)
}

/// Returns the end of the last piece.
pub(crate) fn end(pieces: &[Cubic]) -> Option<Pos2> {
    pieces.last().map(|piece| piece[3])
}

/// Returns the unit direction from one point to another; to the right if they coincide.
pub(super) fn direction(from: Pos2, to: Pos2) -> Vec2 {
    let way = to - from;
    if way.length() > 1e-4 { way.normalized() } else { Vec2::RIGHT }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::pos2;

    fn straight(from: f32, to: f32) -> Cubic {
        [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(|t| pos2(from + (to - from) * t, 0.0))
    }

    #[test]
    fn cuts_by_length_across_pieces() {
        let pieces = [straight(0.0, 90.0), straight(90.0, 100.0)];
        let kept = without_end(&pieces, 40.0);
        assert_eq!(kept.len(), 1);
        assert!((end(&kept).expect("a piece").x - 60.0).abs() < 0.1);
        let short = without_end(&pieces[1..], 40.0);
        assert!((end(&short).expect("a piece").x - 91.0).abs() < 0.1);
    }

    #[test]
    fn flattens_with_both_ends() {
        assert_eq!(chain(&[straight(0.0, 1.0)]).len(), STEPS + 1);
    }
}
