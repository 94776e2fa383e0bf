//! Writes scenes in picture formats. A PNG has the same pixels as the rendered SVG, which a test checks, and HTML
//! embeds the output of the SVG writer.

pub mod animation;
pub mod bitmap;
mod captions;
pub mod html;
mod path;
pub mod pdf;
pub mod png;
pub mod pptx;
pub mod svg;

pub use captions::{Caption, Captions};

use emath::{Rect, Vec2, vec2};

use crate::model::Rgb;
use crate::wording::number;

/// Part of a scene to export, and size of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Area to show, in world units; centered, with background around it if the proportions differ.
    pub view: Rect,
    /// Width and height of the picture in pixels at scale 1.
    pub size_px: Vec2,
    /// Background color; `None` for a transparent picture.
    pub background: Option<Rgb>,
}

impl Frame {
    /// Creates a frame that shows `view` with its own proportions at one pixel per world unit.
    #[must_use]
    pub fn around(view: Rect, background: Option<Rgb>) -> Self {
        let size_px = vec2(view.width().max(1.0).ceil(), view.height().max(1.0).ceil());
        Self { view, size_px, background }
    }

    /// Returns the scale in pixels per world unit.
    #[must_use]
    pub fn scale(&self) -> f32 {
        let size = self.view.size().max(Vec2::splat(1e-3));
        (self.size_px.x / size.x).min(self.size_px.y / size.y)
    }

    /// Returns the part of the world that fills the whole picture.
    #[must_use]
    pub fn world_rect(&self) -> Rect {
        Rect::from_center_size(self.view.center(), self.size_px / self.scale())
    }
}

/// Error from exporting a picture.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The bitmap would be too large, or has no area.
    #[error(
        "could not make a picture of {} × {} pixels: each side must have 1 to 20,000 pixels, and the whole picture at most 200 million",
        number(*width_px as usize),
        number(*height_px as usize)
    )]
    Size {
        /// Requested width.
        width_px: f32,
        /// Requested height.
        height_px: f32,
    },
    /// The PDF can't be created: a font can't be embedded, or a limit of the format is exceeded.
    #[error("could not write the PDF: {0}")]
    Pdf(String),
    /// The `PowerPoint` file exceeds a limit of its format.
    #[error("could not write the PowerPoint file: {0}")]
    Package(std::io::Error),
    /// Writing was canceled.
    #[error("it was canceled")]
    Canceled,
    /// The PNG can't be encoded.
    #[error("could not encode the PNG: {0}")]
    Encode(#[from] ::png::EncodingError),
    /// The GIF can't be encoded.
    #[error("could not encode the GIF: {0}")]
    Gif(#[from] ::gif::EncodingError),
}
