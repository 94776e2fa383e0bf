//! Small pictures of scenes: cards and lanes in their colors, without words.

use std::sync::Arc;

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use crate::app::ui::theme::opaque;
use crate::scene::{self, Paint, Part, Scene};

/// The number of items from which cards are drawn as dots and lanes are left out.
const MAX_ITEMS: usize = 1_200;
/// The margin around the picture, as a fraction of its size.
const MARGIN: f32 = 0.06;
/// The straight pieces that a curve is drawn with.
const PIECES: usize = 8;
/// The smallest width of lanes and size of cards, in points.
const LEAST: f32 = 1.0;

/// The shapes of a small picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thumbnail {
    shapes: Arc<[Shape]>,
    ground: Color32,
}

impl Thumbnail {
    /// Draws the part of a scene in `view`, in world units, for a picture of this size.
    pub(crate) fn new(scene: &Scene, view: Rect, size: Vec2) -> Self {
        let room = size * (1.0 - 2.0 * MARGIN);
        let view_size = view.size().max(Vec2::splat(1.0));
        let scale = (room.x / view_size.x).min(room.y / view_size.y).min(1.0);
        let to = |pos: Pos2| ((pos - view.center()) * scale + size / 2.0).to_pos2();
        let is_dense = scene.items.len() > MAX_ITEMS;
        let mut shapes = Vec::new();
        for item in &scene.items {
            match item.part {
                Part::Lane(_) | Part::Ribbon(_) if !is_dense => {
                    let curves = item.shapes.iter().filter_map(|shape| lane(shape, scale, &to));
                    shapes.extend(curves);
                }
                Part::Card(_) => {
                    // The card, then its badge in the color of its kind.
                    let most = if is_dense { 1 } else { 2 };
                    shapes.extend(item.shapes.iter().filter_map(|shape| rect(shape, is_dense, &to)).take(most));
                }
                _ => {}
            }
        }
        Self { shapes: shapes.into(), ground: opaque(scene.background) }
    }

    /// Paints it into a rectangle of the size that it was drawn for.
    pub(crate) fn paint(&self, painter: &Painter, rect: Rect) {
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        painter.rect_filled(rect, CornerRadius::ZERO, self.ground);
        let moved = |shape: &Shape| {
            let mut shape = shape.clone();
            shape.translate(rect.min.to_vec2());
            shape
        };
        painter.extend(self.shapes.iter().map(moved));
    }

    /// Returns the number of shapes drawn.
    #[cfg(test)]
    pub(crate) fn shape_count(&self) -> usize {
        self.shapes.len()
    }
}

fn lane(shape: &scene::Shape, scale: f32, to: &impl Fn(Pos2) -> Pos2) -> Option<Shape> {
    let scene::Shape::Curve { pieces, stroke } = shape else { return None };
    let first = pieces.first().map(|piece| piece[0]);
    let rest = pieces.iter().flat_map(|piece| (1..=PIECES).map(|step| at(*piece, step as f32 / PIECES as f32)));
    let points = first.into_iter().chain(rest).map(to).collect();
    Some(Shape::line(points, Stroke::new((stroke.width * scale).max(LEAST), ink(stroke.paint))))
}

/// Returns the point of a cubic Bézier curve at a parameter.
fn at([a, b, c, d]: [Pos2; 4], t: f32) -> Pos2 {
    let [ab, bc, cd] = [a.lerp(b, t), b.lerp(c, t), c.lerp(d, t)];
    ab.lerp(bc, t).lerp(bc.lerp(cd, t), t)
}

/// Returns a rectangle of a card: in its own colors, or as a dot in the color of its border.
fn rect(shape: &scene::Shape, is_dense: bool, to: &impl Fn(Pos2) -> Pos2) -> Option<Shape> {
    let scene::Shape::Rect { rect, fill, stroke, .. } = shape else { return None };
    let placed = Rect::from_min_max(to(rect.min), to(rect.max));
    let fill = fill.map_or(Color32::TRANSPARENT, ink);
    let edge = stroke.as_ref().map(|stroke| ink(stroke.paint));
    if is_dense {
        return Some(Shape::circle_filled(placed.center(), LEAST, edge.unwrap_or(fill)));
    }
    let placed = Rect::from_center_size(placed.center(), placed.size().max(Vec2::splat(2.0 * LEAST)));
    let edge = edge.map_or(Stroke::NONE, |color| Stroke::new(LEAST, color));
    Some(egui::epaint::RectShape::new(placed, CornerRadius::same(2), fill, edge, egui::StrokeKind::Inside).into())
}

fn ink(paint: Paint) -> Color32 {
    opaque(paint.color).gamma_multiply(paint.opacity)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::vec2;

    use super::Thumbnail;
    use crate::derive::{self, LANDSCAPE};
    use crate::document::Document;
    use crate::layout::NoProgress;
    use crate::scene::Theme;
    use crate::text::Fonts;

    #[test]
    fn every_card_and_lane_is_drawn_inside_the_picture() {
        let map = Arc::new(crate::load::load_bundled(crate::load::BUNDLED[0]).expect("a bundled map").0.map);
        let document = Document::new(Arc::clone(&map), Arc::default());
        let picture =
            derive::compose(&document, &Fonts::new(), &Theme::light(), LANDSCAPE, &NoProgress).expect("not canceled");
        let size = vec2(148.0, 84.0);
        let thumbnail = Thumbnail::new(&picture.scene, picture.scene.bounds, size);
        assert!(thumbnail.shape_count() >= map.actors().len() + 2, "{}", thumbnail.shape_count());
        for shape in &*thumbnail.shapes {
            let rect = shape.visual_bounding_rect();
            assert!(rect.min.x >= 0.0 && rect.min.y >= 0.0 && rect.max.x <= size.x && rect.max.y <= size.y, "{rect:?}");
        }
    }
}
