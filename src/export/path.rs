//! Outlines of shapes as path segments, for formats that draw paths.

use emath::{Pos2, Rect, pos2};

use crate::layout::Cubic;
use crate::text::PathSegment;

/// Distance of a quarter circle's control points from its ends, as a fraction of the radius.
pub(super) const ROUND: f32 = 0.552_284_8;

/// Returns a rectangle whose corners are quarter circles of this radius, clockwise from the end of the upper left
/// corner. `round` is [`ROUND`] in the precision of the output format.
pub(super) fn rounded_rect(rect: Rect, radius: f32, round: f32) -> [PathSegment; 10] {
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let off = radius * (1.0 - round);
    let line = |x, y| PathSegment::Line(pos2(x, y));
    let corner = |a: (f32, f32), b: (f32, f32), end: (f32, f32)| PathSegment::Cubic(a.into(), b.into(), end.into());
    [
        PathSegment::Move(pos2(left + radius, top)),
        line(right - radius, top),
        corner((right - off, top), (right, top + off), (right, top + radius)),
        line(right, bottom - radius),
        corner((right, bottom - off), (right - off, bottom), (right - radius, bottom)),
        line(left + radius, bottom),
        corner((left + off, bottom), (left, bottom - off), (left, bottom - radius)),
        line(left, top + radius),
        corner((left, top + off), (left + off, top), (left + radius, top)),
        PathSegment::Close,
    ]
}

/// Returns connected pieces as an open path.
pub(super) fn curve(pieces: &[Cubic]) -> impl Iterator<Item = PathSegment> + use<'_> {
    let start = pieces.first().map(|piece| PathSegment::Move(piece[0]));
    start.into_iter().chain(pieces.iter().map(|&[_, a, b, end]| PathSegment::Cubic(a, b, end)))
}

/// Returns a polygon as a closed path.
pub(super) fn polygon(points: &[Pos2]) -> impl Iterator<Item = PathSegment> + use<'_> {
    let step =
        |(index, &point): (usize, &Pos2)| if index == 0 { PathSegment::Move(point) } else { PathSegment::Line(point) };
    let end = (!points.is_empty()).then_some(PathSegment::Close);
    points.iter().enumerate().map(step).chain(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::curve::point;

    #[test]
    fn corners_are_quarter_circles() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(110.0, 80.0));
        let steps = rounded_rect(rect, 12.0, ROUND);
        let mut last = Pos2::ZERO;
        let mut corners = 0;
        for step in steps {
            match step {
                PathSegment::Move(end) | PathSegment::Line(end) => last = end,
                PathSegment::Cubic(a, b, end) => {
                    corners += 1;
                    let center = rect.shrink(12.0).clamp(last);
                    for share in [0.0, 0.2, 0.5, 0.8, 1.0] {
                        let reach = point(&[last, a, b, end], share).distance(center);
                        assert!((reach - 12.0).abs() < 0.005, "{reach} from {center:?}");
                    }
                    last = end;
                }
                PathSegment::Quad(..) | PathSegment::Close => {}
            }
        }
        assert_eq!((corners, steps[0], steps[9]), (4, PathSegment::Move(last), PathSegment::Close));
    }

    #[test]
    fn nothing_is_no_path() {
        assert_eq!((curve(&[]).count(), polygon(&[]).count()), (0, 0));
        assert_eq!(polygon(&[Pos2::ZERO, pos2(1.0, 0.0)]).last(), Some(PathSegment::Close));
    }
}
