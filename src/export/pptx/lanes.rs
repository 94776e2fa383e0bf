//! Lines of ties as paths that end in arrowheads of their own, so that they stay arrows when somebody moves a point.

use emath::Pos2;

use super::deck::DeckColors;
use super::model::{Arrow, Label, ShapeElement, ShapeKind};
use super::paths::path;
use super::shape::shape_element;
use super::units::Units;
use crate::layout::Cubic;
use crate::scene::{Shape, Stroke};
use crate::text::{Fonts, PathSegment};

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
