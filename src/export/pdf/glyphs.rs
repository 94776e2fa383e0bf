//! Writes glyph runs as text of a PDF, so that copying yields the original characters.

use std::ops::Range;

use krilla::geom::Point;
use krilla::surface::{Location, Surface};
use krilla::text::{Font, Glyph, GlyphId};

use crate::text::Run;

/// A glyph in the units of the PDF writer: shares of the font size.
struct PlacedGlyph {
    id: GlyphId,
    range: Range<usize>,
    advance: f32,
    rise: f32,
}

impl Glyph for PlacedGlyph {
    fn glyph_id(&self) -> GlyphId {
        self.id
    }

    fn text_range(&self) -> Range<usize> {
        self.range.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, _: f32) -> f32 {
        0.0
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.rise * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        None
    }
}

/// Draws a run of a line that starts at `start` on the baseline; signs are drawn as shapes without text.
pub(super) fn draw_run(
    surface: &mut Surface<'_>,
    start: Point,
    run: &Run,
    text: &str,
    font: Font,
    size: f32,
    is_sign: bool,
) {
    let left = run.glyphs.first().map_or(0.0, |glyph| glyph.x);
    let next = run.glyphs.iter().skip(1).map(|glyph| glyph.x);
    // Nothing follows the last glyph, so its advance can be 0.
    let ends = next.chain(run.glyphs.last().map(|glyph| glyph.x));
    let placed = |(glyph, end): (&crate::text::Glyph, f32)| PlacedGlyph {
        id: GlyphId::new(glyph.id),
        range: within(glyph.start as usize..glyph.end as usize, text),
        advance: (end - glyph.x) / size,
        rise: -glyph.y / size,
    };
    let glyphs: Vec<PlacedGlyph> = run.glyphs.iter().zip(ends).map(placed).collect();
    surface.draw_glyphs(Point::from_xy(start.x + left, start.y), &glyphs, font, text, size, is_sign);
}

/// Returns the range if it lies on character boundaries of the text, else an empty one.
fn within(range: Range<usize>, text: &str) -> Range<usize> {
    if text.get(range.clone()).is_some() { range } else { 0..0 }
}
