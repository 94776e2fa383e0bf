//! Lines of ties as paths that end in arrowheads of their own, so that they stay arrows when somebody moves a point.

use emath::Pos2;

use super::DeckColors;
use super::build::shape_element;
use super::model::{Arrow, EmuRect, Geometry, Label, ShapeElement, ShapeKind, SlidePathStep};
use super::units::Units;
use crate::layout::Cubic;
use crate::scene::{Shape, Stroke};
use crate::text::{Fonts, PathSegment};

/// How far, in world units, the points of a curve may lie beside a straight line.
const STRAIGHT: f32 = 0.05;

/// A curve with the tips of its arrowheads.
struct Strand<'a> {
    pieces: &'a [Cubic],
    stroke: &'a Stroke,
    head: Option<ArrowTip>,
    tail: Option<ArrowTip>,
}

/// The tip of an arrowhead, and its size.
#[derive(Clone, Copy)]
struct ArrowTip {
    pos: Pos2,
    length: f32,
    width: f32,
}

impl Strand<'_> {
    /// Takes an arrowhead over if its tip is near an end that has none.
    fn take(&mut self, tip: ArrowTip) -> bool {
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else { return false };
        let is_near = |end: Pos2| end.distance(tip.pos) <= tip.length * 1.05;
        if self.tail.is_none() && is_near(last[3]) {
            self.tail = Some(tip);
        } else if self.head.is_none() && is_near(first[0]) {
            self.head = Some(tip);
        } else {
            return false;
        }
        true
    }

    fn steps(&self) -> Vec<PathSegment> {
        let Some(first) = self.pieces.first() else { return Vec::new() };
        let mut steps = match self.head {
            Some(tip) => vec![PathSegment::Move(tip.pos), PathSegment::Line(first[0])],
            None => vec![PathSegment::Move(first[0])],
        };
        steps.extend(self.pieces.iter().map(|&[_, a, b, end]| PathSegment::Cubic(a, b, end)));
        steps.extend(self.tail.map(|tip| PathSegment::Line(tip.pos)));
        steps
    }
}

/// Returns the shapes of a lane.
pub(super) fn lane_elements(
    shapes: &[&Shape],
    (fonts, colors): (&Fonts, &DeckColors),
    units: Units,
) -> Vec<ShapeElement> {
    let mut strands: Vec<Strand<'_>> = Vec::new();
    let mut others = Vec::new();
    for &shape in shapes {
        match shape {
            Shape::Curve { pieces, stroke } => strands.push(Strand { pieces, stroke, head: None, tail: None }),
            Shape::Polygon { points, .. } => {
                let &[tip, a, b] = points.as_slice() else {
                    others.push(shape);
                    continue;
                };
                let tip = ArrowTip { pos: tip, length: tip.distance(a.lerp(b, 0.5)), width: a.distance(b) };
                if !strands.iter_mut().any(|strand| strand.take(tip)) {
                    others.push(shape);
                }
            }
            _ => others.push(shape),
        }
    }
    let lines = strands.iter().filter_map(|strand| {
        let mut line = units.line(strand.stroke, colors);
        let arrow = |tip: ArrowTip| Arrow { length: units.length(tip.length), width: units.length(tip.width) };
        (line.head, line.tail) = (strand.head.map(arrow), strand.tail.map(arrow));
        let (rect, geometry) = path(&strand.steps(), units)?;
        let label = Label::decorative("Line");
        Some(ShapeElement { label, kind: ShapeKind::Plain, rect, geometry, fill: None, line: Some(line), text: None })
    });
    let others = others.into_iter().filter_map(|shape| shape_element(shape, "End bar", (fonts, colors), units));
    lines.chain(others).collect()
}

/// Returns the place and geometry of a path; `None` if it has no extent.
pub(super) fn path(steps: &[PathSegment], units: Units) -> Option<(EmuRect, Geometry)> {
    if let Some([from, to]) = straight_ends(steps) {
        let ([x, y], [to_x, to_y]) = (units.point(from), units.point(to));
        let rect = EmuRect { x: x.min(to_x), y: y.min(to_y), width: (x - to_x).abs(), height: (y - to_y).abs() };
        let is_empty = rect.width == 0 && rect.height == 0;
        return (!is_empty).then_some((rect, Geometry::Line { is_leftward: to_x < x, is_upward: to_y < y }));
    }
    let place = |point: Pos2| units.point(point);
    let steps: Vec<SlidePathStep> = steps
        .iter()
        .map(|step| match *step {
            PathSegment::Move(a) => SlidePathStep::Move(place(a)),
            PathSegment::Line(a) => SlidePathStep::Line(place(a)),
            PathSegment::Quad(a, b) => SlidePathStep::Quad(place(a), place(b)),
            PathSegment::Cubic(a, b, c) => SlidePathStep::Cubic(place(a), place(b), place(c)),
            PathSegment::Close => SlidePathStep::Close,
        })
        .collect();
    let points = || steps.iter().flat_map(SlidePathStep::points);
    let [left, top] = [0, 1].map(|axis| points().map(|point| point[axis]).min().unwrap_or(0));
    let [right, bottom] = [0, 1].map(|axis| points().map(|point| point[axis]).max().unwrap_or(0));
    let rect = EmuRect { x: left, y: top, width: right - left, height: bottom - top };
    let moved = steps.into_iter().map(|step| step.map(|[x, y]| [x - left, y - top])).collect();
    (rect.width > 0 && rect.height > 0).then_some((rect, Geometry::Path(moved)))
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
