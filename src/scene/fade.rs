//! Fades parts of a scene that are not in focus.

use std::sync::Arc;

use super::{Paint, Part, Scene, SceneItem, Shape, Stroke};
use crate::model::Rgb;

/// What remains of the color of faded parts.
const REMAINING: f32 = 0.25;

impl Scene {
    /// Returns the scene with all other parts faded and behind those in focus.
    ///
    /// Colors are mixed with the background instead of becoming transparent, so that lines don't shine through cards
    /// and labels.
    #[must_use]
    pub fn faded(&self, is_in_focus: impl Fn(Part) -> bool) -> Self {
        let (bright, faded): (Vec<_>, Vec<_>) = self.items.iter().partition(|item| is_in_focus(item.part));
        let faded = faded.into_iter().map(|item| {
            let shapes = item.shapes.iter().map(|shape| self.faded_shape(shape)).collect();
            Arc::new(SceneItem { shapes, ..SceneItem::clone(item) })
        });
        Self { items: faded.chain(bright.into_iter().map(Arc::clone)).collect(), ..self.clone() }
    }

    fn faded_shape(&self, shape: &Shape) -> Shape {
        let mut shape = shape.clone();
        let ground = self.background;
        match &mut shape {
            Shape::Rect { fill, stroke, .. }
            | Shape::Polygon { fill, stroke, .. }
            | Shape::Region { fill, stroke, .. } => {
                fade_paint(fill.as_mut(), ground);
                fade_paint(stroke.as_mut().map(|stroke| &mut stroke.paint), ground);
            }
            Shape::Curve { stroke: Stroke { paint, .. }, .. }
            | Shape::Segments { paint, .. }
            | Shape::Halo { paint, .. }
            | Shape::Text { paint, .. } => fade_paint(Some(paint), ground),
            Shape::Dots { fill, rim, .. } => {
                fade_paint(fill.as_mut(), ground);
                fade_paint(rim.as_mut().map(|(paint, _)| paint), ground);
            }
        }
        shape
    }
}

fn fade_paint(paint: Option<&mut Paint>, ground: Rgb) {
    if let Some(paint) = paint {
        paint.color = ground.mix(paint.color, REMAINING);
    }
}

#[cfg(test)]
mod tests {
    use emath::{Rect, pos2};

    use super::*;
    use crate::model::{ActorId, TieId};
    use crate::scene::theme::solid;

    #[test]
    fn what_is_not_in_focus_is_pale_opaque_and_behind() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        let item = |part| {
            let fill = Some(solid(Rgb([0; 3])));
            let shapes = vec![Shape::Rect { rect, radius: 0.0, fill, stroke: None }];
            Arc::new(SceneItem { part, min_scale: 0.0, shapes })
        };
        let (lane, card) = (Part::Lane(TieId(0)), Part::Card(ActorId(0)));
        let scene = Scene { items: vec![item(lane), item(card)], bounds: rect, background: Rgb([255; 3]) };
        let faded = scene.faded(|part| part == lane);
        assert_eq!(faded.items.iter().map(|item| item.part).collect::<Vec<_>>(), [card, lane]);
        let Shape::Rect { fill: Some(paint), .. } = faded.items[0].shapes[0] else { panic!("a rectangle") };
        assert_eq!((paint.color, paint.opacity), (Rgb([191; 3]), 1.0));
        assert!(Arc::ptr_eq(&faded.items[1], &scene.items[0]), "what is in focus stays as it is");
    }
}
