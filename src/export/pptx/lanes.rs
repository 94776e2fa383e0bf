//! Lines of ties as paths that end in arrowheads of their own, so that they stay arrows when somebody moves a point.

use emath::Pos2;

use super::deck::DeckColors;
use super::model::{Arrow, ArrowSize, EMU_PER_POINT, Label, ShapeElement, ShapeKind};
use super::paths::path;
use super::shape::shape_element;
use super::units::Units;
use crate::layout::Cubic;
use crate::scene::{Shape, Stroke, curve_end, without_curve_end};
use crate::text::{Fonts, PathSegment};

/// Width in EMU below which presentation programs draw arrowheads as for a line of this width.
const THIN: i64 = 2 * EMU_PER_POINT as i64;
/// Gap between an arrowhead and the middle of an end bar, as a multiple of the bar's thickness.
const BAR_GAP: f32 = 1.4;
/// How far an end bar is from its arrowhead in the scene at most, as a multiple of the bar's length.
const BAR_REACH: f32 = 1.0;

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

    /// Returns an end bar as far from the tip as the arrowhead of a slide requires, which is larger than that of the
    /// scene on a thin line; `None` if the bar is not beside the far arrowhead of this line.
    fn bar_behind_head(&self, bar: &Shape, units: Units) -> Option<Shape> {
        let Shape::Polygon { points, fill, stroke } = bar else { return None };
        let (&[a, b, c, d], Some(tip)) = (points.as_slice(), self.tail) else { return None };
        let (thickness, length) = (a.distance(b), b.distance(c));
        let center = a.lerp(c, 0.5);
        if center.distance(tip.pos) > tip.length + BAR_REACH * length {
            return None;
        }
        let line_width = units.length(self.stroke.width);
        let head = units
            .world(Arrow::nearest(units.length(tip.length), units.length(tip.width), line_width).length(line_width));
        let mut pieces = self.pieces.to_vec();
        let end = curve_end(&pieces)?;
        pieces.push([0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(|t| end.lerp(tip.pos, t)));
        let gap = BAR_GAP * thickness;
        let place = |distance: f32| curve_end(&without_curve_end(&pieces, distance));
        let (near, far) = (place(head + gap)?, place(head + 2.0 * gap)?);
        let way = (near - far).normalized();
        let turned = |corner: Pos2| {
            // The bar is across the line, at its old place and at its new one.
            let (old, from_center) = ((a - b).normalized(), corner - center);
            near + way * from_center.dot(old) + way.rot90() * from_center.dot(old.rot90())
        };
        Some(Shape::Polygon { points: [a, b, c, d].map(turned).to_vec(), fill: *fill, stroke: stroke.clone() })
    }
}

impl Arrow {
    /// Returns the arrowhead that comes closest to one of this length and width in EMU, on a line of a width: its area
    /// counts first, then its proportions.
    fn nearest(length: i64, width: i64, line_width: i64) -> Self {
        let base = line_width.max(THIN) as f64;
        let [length, width] = [length, width].map(|side| (side as f64 / base).max(0.01));
        let difference = |arrow: &Self| {
            let (own_length, own_width) = (arrow.length.factor() as f64, arrow.width.factor() as f64);
            let area = (own_length * own_width / (length * width)).ln().abs();
            area + 0.5 * (own_length * width / (own_width * length)).ln().abs()
        };
        let all = ArrowSize::ALL.into_iter().flat_map(|length| ArrowSize::ALL.map(|width| Self { length, width }));
        let nearest = all.min_by(|a, b| difference(a).total_cmp(&difference(b)));
        nearest.unwrap_or(Self { length: ArrowSize::Medium, width: ArrowSize::Medium })
    }

    /// Returns the length in EMU on a line of a width.
    fn length(self, line_width: i64) -> i64 {
        self.length.factor() * line_width.max(THIN)
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
        let width = line.width;
        let arrow = |tip: ArrowTip| Arrow::nearest(units.length(tip.length), units.length(tip.width), width);
        (line.head, line.tail) = (strand.head.map(arrow), strand.tail.map(arrow));
        let (rect, geometry) = path(&strand.steps(), units)?;
        let label = Label::decorative("Line");
        Some(ShapeElement { label, kind: ShapeKind::Plain, rect, geometry, fill: None, line: Some(line), text: None })
    });
    let others = others.into_iter().filter_map(|shape| {
        let moved = strands.iter().find_map(|strand| strand.bar_behind_head(shape, units));
        shape_element(moved.as_ref().unwrap_or(shape), "End bar", (fonts, colors), units)
    });
    lines.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(length: i64, width: i64, line_width: i64) -> (i64, i64) {
        let Arrow { length, width } = Arrow::nearest(length, width, line_width);
        (length.factor(), width.factor())
    }

    #[test]
    fn arrowheads_are_as_large_as_on_the_map() {
        // Of half a point, one point, six points.
        assert_eq!(sizes(76_200, 76_200, 6_350), (3, 3));
        assert_eq!(sizes(127_000, 127_000, 12_700), (5, 5));
        assert_eq!(sizes(152_400, 152_400, 76_200), (2, 2));
        // Between two sizes, one side is of the larger.
        assert!(matches!(sizes(100_000, 100_000, 12_700), (5, 3) | (3, 5)));
    }
}
