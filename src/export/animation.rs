//! Writes pages one after the other as a moving picture, for chats and social media.
//!
//! Pages are drawn twice, for their colors and for their pixels, so that no more than two are in memory.

mod apng;
mod color_table;
mod gif;

use std::cell::Cell;

use emath::Vec2;

use super::bitmap::{self, Bitmap};
use super::{ExportError, Frame};
use crate::layout::Progress;
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

    /// Returns how often each page is drawn: a GIF needs all colors before the first pixel.
    fn times_drawn(self) -> usize {
        match self {
            Self::Gif => 2,
            Self::Apng => 1,
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

/// Size of a moving picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnimationSize {
    /// 1280 pixels on the longer side, or fewer if the file would be too large for a chat.
    #[default]
    Fitting,
    /// This many pixels on the longer side, from 16 to 4,000, whatever the size of the file.
    Longest(u16),
}

/// Sizes that are tried until the file is small enough, in pixels, each with the progress made before and after it.
const FITTING_PX: [(f32, [f32; 2]); 3] = [(1280.0, [0.0, 0.6]), (960.0, [0.6, 0.85]), (640.0, [0.85, 1.0])];
/// Size of a file that chats accept, in bytes.
const MAX_BYTES: usize = 8_000_000;

/// Writes pages of the same size, repeated without end.
///
/// # Errors
///
/// When a page has no area, the file can't be encoded, or it was canceled.
pub fn write_animation(
    (format, size): (AnimationFormat, AnimationSize),
    pages: &[AnimationPage<'_>],
    fonts: &Fonts,
    background: Rgb,
    progress: &dyn Progress,
) -> Result<Vec<u8>, ExportError> {
    let write = |longest_px: f32, [begin, end]: [f32; 2]| {
        let drawn = Cell::new(0);
        let all = pages.len() * format.times_drawn();
        let draw = |page: &AnimationPage<'_>| {
            if progress.is_canceled() {
                return Err(ExportError::Canceled);
            }
            let bitmap = draw(page.scene, fonts, background, longest_px)?;
            drawn.set(drawn.get() + 1);
            progress.report(begin + (end - begin) * drawn.get() as f32 / all as f32);
            Ok(bitmap)
        };
        match format {
            AnimationFormat::Gif => gif::write(pages, draw),
            AnimationFormat::Apng => apng::write(pages, draw),
        }
    };
    if let AnimationSize::Longest(longest_px) = size {
        return write(f32::from(longest_px.clamp(16, 4_000)), [0.0, 1.0]);
    }
    let mut bytes = Vec::new();
    for (longest_px, shares) in FITTING_PX {
        bytes = write(longest_px, shares)?;
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
