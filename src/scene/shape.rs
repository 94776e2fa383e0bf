//! Bounding boxes and transforms of shapes.

use std::sync::Arc;

use emath::{Rect, Vec2};

use super::{Shape, Stroke, curve};

impl Shape {
    /// Returns the bounding box, including the stroke.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let half = |stroke: &Option<Stroke>| stroke.as_ref().map_or(0.0, |stroke| stroke.width / 2.0);
        match self {
            Self::Rect { rect, stroke, .. } => rect.expand(half(stroke)),
            Self::Curve { pieces, stroke } => Rect::from_points(&curve::chain(pieces)).expand(stroke.width / 2.0),
            Self::Polygon { points, stroke, .. } => Rect::from_points(points).expand(half(stroke)),
            Self::Text { pos, text, .. } => Rect::from_min_size(*pos, text.size),
        }
    }

    /// Scales around the origin, including strokes and text, then translates.
    pub(crate) fn transform(&mut self, factor: f32, offset: Vec2) {
        let grow = |stroke: &mut Stroke| {
            stroke.width *= factor;
            stroke.dashes.iter_mut().for_each(|length| *length *= factor);
        };
        match self {
            Self::Rect { rect, radius, stroke, .. } => {
                *rect = Rect::from_min_max(
                    (rect.min.to_vec2() * factor + offset).to_pos2(),
                    (rect.max.to_vec2() * factor + offset).to_pos2(),
                );
                *radius *= factor;
                stroke.iter_mut().for_each(grow);
            }
            Self::Curve { pieces, stroke } => {
                for point in pieces.iter_mut().flatten() {
                    *point = (point.to_vec2() * factor + offset).to_pos2();
                }
                grow(stroke);
            }
            Self::Polygon { points, stroke, .. } => {
                for point in points {
                    *point = (point.to_vec2() * factor + offset).to_pos2();
                }
                stroke.iter_mut().for_each(grow);
            }
            Self::Text { pos, text, .. } => {
                *pos = (pos.to_vec2() * factor + offset).to_pos2();
                if (factor - 1.0).abs() > f32::EPSILON {
                    *text = Arc::new(text.scaled(factor));
                }
            }
        }
    }
}
