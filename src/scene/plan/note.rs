//! Notes: text that a user puts on the canvas, drawn below the map's content.

use std::sync::Arc;

use emath::{Pos2, Rect, pos2, vec2};

use crate::model::{Note, NoteId, Rgb};
use crate::scene::theme::solid;
use crate::scene::{Part, SceneItem, Shape, Theme};
use crate::text::{Face, Fonts, Style, Text};

/// Allowed widths of a note, in world units.
const WIDTHS: std::ops::RangeInclusive<f32> = 60.0..=1200.0;
/// Maximum number of lines drawn; longer text ends in "…".
const MAX_LINES: usize = 40;
/// Share of the muted color in a note's background.
const TINT: f32 = 0.09;

/// A measured note.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteBox {
    /// Id of the note.
    pub note: NoteId,
    /// Bounding box.
    pub rect: Rect,
    /// Paragraphs from top to bottom; `None` for an empty line.
    paragraphs: Vec<Option<Arc<Text>>>,
}

impl NoteBox {
    /// Maximum width of a note without a width of its own, in world units.
    pub const WIDTH: f32 = 220.0;
    /// Padding between the text and the edge, in world units.
    pub const PADDING: f32 = 10.0;
    /// Style of the text.
    pub const STYLE: Style = Style { face: Face::Regular, size: 13.5 };

    /// Returns the background color of notes.
    #[must_use]
    pub fn ground(theme: &Theme) -> Rgb {
        theme.card.mix(theme.muted, TINT)
    }

    /// Breaks a note into lines and measures it.
    pub(in crate::scene) fn measure(id: NoteId, note: &Note, fonts: &Fonts) -> Self {
        let width = note.width.unwrap_or(Self::WIDTH).clamp(*WIDTHS.start(), *WIDTHS.end());
        let inner = width - 2.0 * Self::PADDING;
        let mut paragraphs = Vec::new();
        let mut left = MAX_LINES;
        for line in note.text.trim_end().lines() {
            if left == 0 {
                break;
            }
            let text = (!line.trim().is_empty()).then(|| fonts.shape(line, Self::STYLE, Some(inner), Some(left)));
            left -= text.as_ref().map_or(1, |text| text.lines.len()).clamp(1, left);
            paragraphs.push(text);
        }
        let height: f32 = paragraphs.iter().map(|text| height_of(text.as_ref())).sum();
        // A note without a width of its own is no wider than its text.
        let widest = paragraphs.iter().flatten().map(|text| text.size.x).fold(0.0, f32::max);
        let is_hugged = note.width.is_none();
        let width = if is_hugged { (widest + 2.0 * Self::PADDING).min(width).max(*WIDTHS.start()) } else { width };
        let size = vec2(width.ceil(), (height + 2.0 * Self::PADDING).ceil());
        Self { note: id, rect: Rect::from_min_size(note.at, size), paragraphs }
    }

    /// Moves the upper left corner to `at`.
    pub(in crate::scene) fn move_to(&mut self, at: Pos2) {
        self.rect = Rect::from_min_size(at, self.rect.size());
    }

    pub(in crate::scene) fn item(&self, theme: &Theme) -> SceneItem {
        let ground = Shape::Rect { rect: self.rect, radius: 4.0, fill: Some(solid(Self::ground(theme))), stroke: None };
        let mut shapes = vec![ground];
        let mut top = self.rect.top() + Self::PADDING;
        for paragraph in &self.paragraphs {
            if let Some(text) = paragraph {
                let pos = pos2(self.rect.left() + Self::PADDING, top);
                shapes.push(Shape::Text { pos, text: Arc::clone(text), paint: solid(theme.muted) });
            }
            top += height_of(paragraph.as_ref());
        }
        SceneItem { part: Part::Note(self.note), min_scale: 0.0, shapes }
    }
}

fn height_of(paragraph: Option<&Arc<Text>>) -> f32 {
    paragraph.map_or(NoteBox::STYLE.face.line_height() * NoteBox::STYLE.size * 0.6, |text| text.size.y)
}

#[cfg(test)]
mod tests {
    use emath::pos2;

    use super::{MAX_LINES, NoteBox};
    use crate::model::{Note, NoteId};
    use crate::scene::Theme;
    use crate::text::Fonts;

    fn measured(text: &str, width: Option<f32>) -> NoteBox {
        let note = Note { key: "n".into(), text: text.to_owned(), at: pos2(5.0, 7.0), width };
        NoteBox::measure(NoteId(0), &note, &Fonts::new())
    }

    #[test]
    fn words_are_wrapped_and_short_notes_are_small() {
        let short = measured("See page 4", None);
        let long = measured("Money flows from the port to the shipping line, and back through the bank.", None);
        assert!(short.rect.width() < long.rect.width() && short.rect.height() < long.rect.height());
        assert_eq!(short.rect.min, pos2(5.0, 7.0));
        let narrow = measured("Money flows from the port to the shipping line", Some(90.0));
        assert_eq!(narrow.rect.width(), 90.0);
        assert!(narrow.rect.height() > long.rect.height());
        let inside = |note: &NoteBox| {
            let shapes = note.item(&Theme::light()).shapes;
            shapes.iter().all(|shape| note.rect.expand(0.5).contains_rect(shape.bounds()))
        };
        assert!(inside(&short) && inside(&long) && inside(&narrow));
    }

    #[test]
    fn hostile_notes_stay_bounded() {
        let endless = "line\n".repeat(10_000);
        let word = "x".repeat(100_000);
        for text in ["", "\n\n\n", "\u{202e}txt.exe", &*endless, &*word] {
            for width in [None, Some(-5.0), Some(f32::MAX)] {
                let note = measured(text, width);
                assert!(note.rect.is_finite() && note.rect.width() <= 1200.0, "{:?}", note.rect);
                assert!(note.rect.height() < 20.0 * (MAX_LINES + 2) as f32, "{:?}", note.rect);
            }
        }
    }
}
