//! Paths of a scene as geometries of a slide: straight lines, and steps from the upper left corner.

use emath::{Pos2, Rect, vec2};

use super::model::{EmuRect, Geometry, SlidePathStep};
use super::units::Units;
use crate::text::PathSegment;

/// How far, in world units, the points of a curve may lie beside a straight line.
const STRAIGHT: f32 = 0.05;

/// Units of a font size in which icons are outlined.
const FONT_GRID: f32 = 500.0;

/// Returns the place and geometry of a path; `None` if it has no extent.
pub(super) fn path(steps: &[PathSegment], units: Units) -> Option<(EmuRect, Geometry)> {
    if let Some([from, to]) = straight_ends(steps) {
        let ([x, y], [to_x, to_y]) = (units.point(from), units.point(to));
        let rect = EmuRect { x: x.min(to_x), y: y.min(to_y), width: (x - to_x).abs(), height: (y - to_y).abs() };
        let is_empty = rect.width == 0 && rect.height == 0;
        return (!is_empty).then_some((rect, Geometry::Line { is_leftward: to_x < x, is_upward: to_y < y }));
    }
    let ([x, y], [width, height], steps) = on_grid(steps, |point| units.point(point));
    (width > 0 && height > 0).then_some((EmuRect { x, y, width, height }, Geometry::Path(steps)))
}

/// Returns the place and geometry of an icon at `pos` whose outline is that of a font size. Wherever an icon is and
/// whatever size it has, its geometry is the same, and its numbers are short, so that the file is small.
pub(super) fn icon_outline(
    outline: &[PathSegment],
    pos: Pos2,
    font_size: f32,
    units: Units,
) -> Option<(EmuRect, Geometry)> {
    let step = font_size / FONT_GRID;
    let ([x, y], size, steps) = on_grid(outline, |point| {
        let point = point / step;
        [point.x.round() as i64, point.y.round() as i64]
    });
    let corner = pos + vec2(x as f32, y as f32) * step;
    let rect = units.rect(Rect::from_min_size(corner, vec2(size[0] as f32, size[1] as f32) * step));
    let is_seen = size.iter().all(|side| *side > 0) && rect.width > 0 && rect.height > 0;
    is_seen.then_some((rect, Geometry::Outline(size, steps)))
}

/// Returns upper left corner and size of a path whose points are placed on a grid, and its steps from that corner.
fn on_grid(steps: &[PathSegment], place: impl Fn(Pos2) -> [i64; 2]) -> ([i64; 2], [i64; 2], Vec<SlidePathStep>) {
    let placed = steps.iter().map(|step| match *step {
        PathSegment::Move(a) => SlidePathStep::Move(place(a)),
        PathSegment::Line(a) => SlidePathStep::Line(place(a)),
        PathSegment::Quad(a, b) => SlidePathStep::Quad(place(a), place(b)),
        PathSegment::Cubic(a, b, c) => SlidePathStep::Cubic(place(a), place(b), place(c)),
        PathSegment::Close => SlidePathStep::Close,
    });
    let steps: Vec<SlidePathStep> = placed.collect();
    let points = || steps.iter().flat_map(SlidePathStep::points);
    let [left, top] = [0, 1].map(|axis| points().map(|point| point[axis]).min().unwrap_or(0));
    let [right, bottom] = [0, 1].map(|axis| points().map(|point| point[axis]).max().unwrap_or(0));
    let moved = steps.into_iter().map(|step| step.map(|[x, y]| [x - left, y - top])).collect();
    ([left, top], [right - left, bottom - top], moved)
}

impl SlidePathStep {
    fn points(&self) -> impl Iterator<Item = [i64; 2]> + use<> {
        let points = match *self {
            Self::Move(a) | Self::Line(a) => vec![a],
            Self::Quad(a, b) => vec![a, b],
            Self::Cubic(a, b, c) => vec![a, b, c],
            Self::Close => Vec::new(),
        };
        points.into_iter()
    }

    fn map(self, place: impl Fn([i64; 2]) -> [i64; 2]) -> Self {
        match self {
            Self::Move(a) => Self::Move(place(a)),
            Self::Line(a) => Self::Line(place(a)),
            Self::Quad(a, b) => Self::Quad(place(a), place(b)),
            Self::Cubic(a, b, c) => Self::Cubic(place(a), place(b), place(c)),
            Self::Close => Self::Close,
        }
    }
}

/// Returns the ends of an open path that is a straight line.
fn straight_ends(steps: &[PathSegment]) -> Option<[Pos2; 2]> {
    let Some(PathSegment::Move(from)) = steps.first() else { return None };
    let mut points = Vec::new();
    for step in &steps[1..] {
        match step {
            PathSegment::Line(a) => points.push(*a),
            PathSegment::Quad(a, b) => points.extend([*a, *b]),
            PathSegment::Cubic(a, b, c) => points.extend([*a, *b, *c]),
            PathSegment::Move(_) | PathSegment::Close => return None,
        }
    }
    let to = *points.last()?;
    let way = (to - *from).normalized();
    let is_on_line = |point: &Pos2| {
        let off = *point - *from;
        let along = off.dot(way);
        off.dot(way.rot90()).abs() <= STRAIGHT && along >= -STRAIGHT && along <= from.distance(to) + STRAIGHT
    };
    points.iter().all(is_on_line).then_some([*from, to])
}
