//! The only place where text gets a size: font bytes, shaping, wrapping, measuring.
//!
//! Screen, measuring and pictures use the same font bytes and the same [`Text`]: lines are broken here,
//! once, and everyone else places what comes out.

mod faces;
mod fonts;
mod icons;
mod outline;
mod raster;
mod shape;
mod state;

pub use faces::face_bytes;
pub use fonts::{FontFile, Fonts};
pub use icons::icon;
pub use outline::Step;
pub(crate) use outline::raster_path;
pub use raster::Bitmap;

use emath::Vec2;

/// The faces of the one typeface, and the icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Inter Regular.
    Regular,
    /// Inter in its semi-bold weight.
    SemiBold,
    /// Inter Italic.
    Italic,
    /// Phosphor Bold: icons by their private code points.
    Icon,
}

/// How a text looks, apart from its color.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Which face.
    pub face: Face,
    /// Font size in world units (pixels at zoom 1).
    pub size: f32,
}

/// A shaped text: lines from top to bottom, relative to its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The style it was shaped in.
    pub style: Style,
    /// Width of the widest line, and the height of all.
    pub size: Vec2,
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether lines were cut off (the last then ends in "…").
    pub is_cut: bool,
    /// Characters that no font at hand has.
    pub missing: Vec<char>,
}

impl Text {
    /// The same text with its lines centered on its middle.
    #[must_use]
    pub fn centered(&self) -> Self {
        let mut text = self.clone();
        for line in &mut text.lines {
            line.left = (self.size.x - line.width) / 2.0;
        }
        text
    }

    /// The same text at `factor` times the size: shaping is unhinted, so everything grows alike.
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
pub struct Line {
    /// Its characters in logical order, without the line break.
    pub text: String,
    /// Left end, from the left of the text.
    pub left: f32,
    /// Baseline, from the top of the text.
    pub baseline: f32,
    /// Advance width.
    pub width: f32,
    /// What to draw, from left to right.
    pub runs: Vec<Run>,
    /// Whether the bundled face has every character and all run left to right, so that a
    /// toolkit that draws `text` with that face shows the same.
    pub is_plain: bool,
}

/// Glyphs of one font.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Which font, for [`Fonts::outline`].
    pub font: FontId,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A font that [`Fonts`] knows: a bundled face or one found on the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontId(pub u32);

/// One glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Origin, from the left end of the line.
    pub x: f32,
    /// Origin below (positive) or above the baseline.
    pub y: f32,
    /// Byte in the line's text at which the characters begin that it stands for.
    pub start: u32,
    /// Byte at which they end; glyphs of one cluster share both.
    pub end: u32,
}

#[cfg(test)]
mod tests;
