//! Text: font data, shaping, line breaking and measuring. The only module that measures text.
//!
//! Screen, layout and exports use the same fonts and the same [`Text`]: lines are broken here once, and callers only
//! place the result.

mod faces;
mod fonts;
mod icons;
mod outline;
mod raster;
mod shape;
mod shaping_state;
mod text_cache;

pub use faces::face_bytes;
pub use fonts::{FontFile, Fonts};
pub use icons::{icon, icon_names};
pub use outline::PathSegment;
pub(crate) use outline::raster_path;
pub use raster::TextBitmap;

use emath::Vec2;

/// Faces of the bundled typeface, and the icon face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Inter Regular.
    Regular,
    /// Inter Semi Bold.
    SemiBold,
    /// Inter Italic.
    Italic,
    /// Phosphor Bold, with icons at private-use code points.
    Icon,
}

/// Style of a text, apart from its color.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The face of the font.
    pub face: Face,
    /// Font size in world units (pixels at zoom 1).
    pub size: f32,
}

/// A shaped text: lines from top to bottom, in world units relative to its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The style it was shaped in.
    pub style: Style,
    /// Width of the widest line and total height.
    pub size: Vec2,
    /// The lines.
    pub lines: Vec<TextLine>,
    /// Whether the text was truncated; the last line then ends in "…".
    pub is_cut: bool,
    /// Whether its lines run from right to left.
    pub is_rtl: bool,
    /// Characters that no available font covers.
    pub missing: Vec<char>,
}

impl Text {
    /// Returns the text scaled by `factor`. Exact, because shaping is unhinted.
    #[must_use]
    pub fn scaled(&self, factor: f32) -> Self {
        let mut text = self.clone();
        text.style.size *= factor;
        text.size *= factor;
        for line in &mut text.lines {
            line.left *= factor;
            line.baseline *= factor;
            line.width *= factor;
            for glyph in line.runs.iter_mut().flat_map(|run| &mut run.glyphs) {
                glyph.x *= factor;
                glyph.y *= factor;
            }
        }
        text
    }
}

/// One line of a shaped text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Characters in logical order, without the line break.
    pub text: String,
    /// Left end, relative to the text.
    pub left: f32,
    /// Baseline, relative to the top of the text.
    pub baseline: f32,
    /// Advance width.
    pub width: f32,
    /// Glyphs from left to right, grouped by font.
    pub runs: Vec<Run>,
    /// Whether the bundled face covers every character and all run left to right, so that a toolkit drawing `text` with
    /// that face gives the same result.
    pub is_plain: bool,
}

/// Glyphs of a single font.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The font, see [`Fonts::outline`].
    pub font: FontId,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// Id of a font in [`Fonts`]: a bundled face or a system font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontId(pub u32);

/// A positioned glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Glyph id in the font.
    pub id: u32,
    /// Horizontal origin, relative to the left end of the line.
    pub x: f32,
    /// Vertical origin, relative to the baseline; positive is down.
    pub y: f32,
    /// Byte offset in the text of the line at which the glyph's characters begin.
    pub start: u32,
    /// Byte offset of their end; glyphs of the same cluster share both.
    pub end: u32,
}

#[cfg(test)]
mod tests;
