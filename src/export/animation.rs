//! Writes pages one after the other as a moving picture, for chats and social media.
//!
//! Pages are drawn twice, for their colors and for their pixels, so that no more than two are in memory.

mod apng;
mod color_table;
mod gif;

use emath::Vec2;

use super::bitmap::{self, Bitmap};
use super::{ExportError, Frame};
use crate::model::Rgb;
use crate::scene::Scene;
use crate::text::Fonts;

/// A format of moving pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnimationFormat {
    /// At most 256 colors, shown everywhere.
    Gif,
    /// All colors.
    Apng,
}

impl AnimationFormat {
    /// Both formats.
    pub const ALL: [Self; 2] = [Self::Gif, Self::Apng];

    /// Returns the file name extension, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gif => "gif",
            Self::Apng => "apng",
        }
    }
}

/// A page with the time that it is shown.
#[derive(Clone, Copy, Debug)]
pub struct AnimationPage<'a> {
    /// The page.
    pub scene: &'a Scene,
    /// The time in hundredths of a second.
    pub centiseconds: u16,
}

/// Longest side of a moving picture, in pixels.
const LONGEST_PX: f32 = 1280.0;
/// Sizes that are tried until the file is small enough, relative to the largest.
const SHARES: [f32; 3] = [1.0, 0.75, 0.5];
/// Size of a file that chats accept, in bytes.
const MAX_BYTES: usize = 8_000_000;

/// Writes pages of the same size, repeated without end; smaller if the file would be too large for a chat.
///
/// # Errors
///
/// When a page has no area, or the file can't be encoded.
pub fn write_animation(
    format: AnimationFormat,
    pages: &[AnimationPage<'_>],
    fonts: &Fonts,
    background: Rgb,
) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    for share in SHARES {
        let draw = |page: &AnimationPage<'_>| draw(page.scene, fonts, background, LONGEST_PX * share);
        bytes = match format {
            AnimationFormat::Gif => gif::write(pages, draw)?,
            AnimationFormat::Apng => apng::write(pages, draw)?,
        };
        if bytes.len() <= MAX_BYTES {
            break;
        }
    }
    Ok(bytes)
}

/// Draws a page with its longer side of so many pixels.
fn draw(scene: &Scene, fonts: &Fonts, background: Rgb, longest_px: f32) -> Result<Bitmap, ExportError> {
    let size: Vec2 = scene.bounds.size();
    let frame = Frame { view: scene.bounds, size_px: size, background: Some(background) };
    bitmap::draw(scene, fonts, &frame, longest_px / size.max_elem().max(1.0))
}

#[cfg(test)]
mod tests;
