//! Finds room for a new note on a picture.

use emath::{Pos2, Rect, Vec2, vec2};

use super::{NoteBox, Picker};

/// Minimum distance of a new note from existing items, in world units.
const FREE_MARGIN: f32 = 10.0;
/// Distance between the rings searched for a free place, and their number.
const RING: f32 = 28.0;
const RINGS: u32 = 48;
/// Directions tried on each ring.
const DIRECTIONS: u32 = 16;

/// Returns the upper left corner of a free place for a new note near a point, or the point itself if none is found:
/// notes are below everything else.
#[must_use]
pub fn free_place(picker: &Picker, near: Pos2) -> Pos2 {
    let size = Vec2::new(NoteBox::WIDTH, 60.0);
    let is_free = |at: Pos2| picker.is_free(Rect::from_min_size(at, size).expand(FREE_MARGIN));
    let around = (1..=RINGS).flat_map(|ring| {
        (0..DIRECTIONS).map(move |step| {
            let turn = step as f32 / DIRECTIONS as f32 * std::f32::consts::TAU;
            near + vec2(libm::cosf(turn), libm::sinf(turn)) * (ring as f32 * RING)
        })
    });
    std::iter::once(near).chain(around).find(|&at| is_free(at)).unwrap_or(near).round()
}

#[cfg(test)]
mod tests {
    use emath::{Rect, pos2, vec2};

    use super::free_place;
    use crate::model::{ActorId, Rgb};
    use crate::scene::{Part, Picker, Scene, SceneItem, Shape};

    #[test]
    fn a_new_note_keeps_away_from_cards() {
        let card = Rect::from_center_size(pos2(0.0, 0.0), vec2(300.0, 200.0));
        let shapes = vec![Shape::Rect { rect: card, radius: 0.0, fill: None, stroke: None }];
        let items = vec![SceneItem { part: Part::Card(ActorId(0)), min_scale: 0.0, shapes }];
        let picker = Picker::new(&Scene {
            items: items.into_iter().map(std::sync::Arc::new).collect(),
            bounds: card,
            background: Rgb([255; 3]),
        });
        let at = free_place(&picker, pos2(0.0, 0.0));
        assert!(!card.intersects(Rect::from_min_size(at, vec2(220.0, 60.0))), "{at:?}");
        assert_eq!(free_place(&picker, pos2(900.0, 0.0)), pos2(900.0, 0.0), "where there is room, right there");
    }
}
