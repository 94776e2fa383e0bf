//! The numbered sources on a page, as its items show them.

use emath::Pos2;

use super::text::PlacedText;
use crate::model::SourceId;
use crate::scene::{Part, Shape};

/// A numbered source on the page.
#[derive(Clone, Copy)]
pub(super) struct SourceEntry<'a> {
    pub(super) source: Option<SourceId>,
    /// Upper left corner of number and text.
    pub(super) pos: Pos2,
    /// `None` for the line on numbers that are skipped.
    pub(super) number: Option<PlacedText<'a>>,
    pub(super) text: PlacedText<'a>,
}

impl<'a> SourceEntry<'a> {
    /// Returns the entry that an item shows.
    pub(super) fn of(part: Part, shapes: &'a [&'a Shape]) -> Option<Self> {
        let source = match part {
            Part::Source(source) => Some(source),
            Part::Sources => None,
            _ => return None,
        };
        let [Shape::Text { pos, .. }, second @ Shape::Text { .. }] = shapes else { return None };
        let text = PlacedText::of(second)?;
        // Head and foot have two texts at most, and hairlines.
        ((text.pos.y - pos.y).abs() < 0.1).then_some(Self {
            source,
            pos: *pos,
            number: PlacedText::of(shapes[0]),
            text,
        })
    }
}
