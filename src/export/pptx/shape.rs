//! Shapes of a scene as shapes of a slide, without text.

use emath::{Pos2, Rect, Vec2, vec2};

use super::deck::DeckColors;
use super::model::{BaseColor, Geometry, Label, ShapeElement, ShapeKind, SlideColor};
use super::paths;
use super::units::{Units, color};
use crate::export::path;
use crate::scene::Shape;
use crate::text::{Face, Fonts, PathSegment, Text};

/// Returns a shape without text; `None` if nothing of it is seen.
pub(super) fn shape_element(
    shape: &Shape,
    name: &str,
    (fonts, colors): (&Fonts, &DeckColors),
    units: Units,
) -> Option<ShapeElement> {
    let element = |rect, geometry, fill, line| ShapeElement {
        label: Label::decorative(name),
        kind: ShapeKind::Plain,
        rect,
        geometry,
        fill,
        line,
        text: None,
    };
    let outlined = |steps: &[PathSegment], fill: Option<SlideColor>, line| {
        let (rect, geometry) = paths::path(steps, units)?;
        Some(element(rect, geometry, fill, line))
    };
    match shape {
        Shape::Rect { rect, radius, fill, stroke } => {
            let short = rect.width().min(rect.height()).max(1e-3);
            let share = radius / short;
            let geometry = if share >= 0.499 && (rect.width() - rect.height()).abs() < 0.1 {
                Geometry::Ellipse
            } else if share > 0.0 {
                Geometry::Rounded((share.min(0.5) * 100_000.0).round() as u32)
            } else {
                Geometry::Rect
            };
            let line = stroke.as_ref().map(|stroke| units.line(stroke, colors));
            Some(element(units.rect(*rect), geometry, fill.map(|paint| color(paint, colors)), line))
        }
        Shape::Curve { pieces, stroke } => {
            outlined(&path::curve(pieces).collect::<Vec<_>>(), None, Some(units.line(stroke, colors)))
        }
        Shape::Polygon { points, fill, stroke } => {
            let line = stroke.as_ref().map(|stroke| units.line(stroke, colors));
            outlined(&path::polygon(points).collect::<Vec<_>>(), fill.map(|paint| color(paint, colors)), line)
        }
        Shape::Region { rings, fill, stroke } => {
            let steps: Vec<_> = rings.iter().flat_map(|ring| path::polygon(ring)).collect();
            let line = stroke.as_ref().map(|stroke| units.line(stroke, colors));
            outlined(&steps, fill.map(|paint| color(paint, colors)), line)
        }
        Shape::Text { pos, text, paint } if text.style.face == Face::Icon => {
            let fill = SlideColor { base: BaseColor::Fixed(paint.color), opacity: paint.opacity };
            let outline = outlines(text, fonts);
            let (rect, geometry) = paths::icon_outline(&outline, *pos, text.style.size, units)?;
            Some(element(rect, geometry, Some(fill), None))
        }
        Shape::Segments { lines, paint, width } => {
            let stroke = crate::scene::Stroke { paint: *paint, width: *width, dashes: Vec::new() };
            let steps: Vec<_> =
                lines.iter().flat_map(|&[from, to]| [PathSegment::Move(from), PathSegment::Line(to)]).collect();
            outlined(&steps, None, Some(units.line(&stroke, colors)))
        }
        Shape::Dots { dots, fill, .. } => {
            let rings = dots.iter().flat_map(|&(center, radius)| {
                path::rounded_rect(Rect::from_center_size(center, Vec2::splat(2.0 * radius)), radius, path::ROUND)
            });
            outlined(&rings.collect::<Vec<_>>(), fill.map(|paint| color(paint, colors)), None)
        }
        Shape::Text { .. } | Shape::Halo { .. } => None,
    }
}

/// Returns the outlines of a text at the origin.
fn outlines(text: &Text, fonts: &Fonts) -> Vec<PathSegment> {
    let mut steps = Vec::new();
    for line in &text.lines {
        for run in &line.runs {
            for glyph in &run.glyphs {
                let origin = Pos2::ZERO + vec2(line.left + glyph.x, line.baseline + glyph.y);
                let outline = fonts.outline(run.font, glyph.id, text.style.size);
                steps.extend(outline.iter().map(|step| step.map(|point| origin + point.to_vec2())));
            }
        }
    }
    steps
}
