//! Pictures on disk: walks a scene and writes it. PNG has the pixels that the SVG would have, which a test holds, and
//! HTML holds the SVG writer's output.

pub mod bitmap;
mod captions;
pub mod html;
mod path;
pub mod pdf;
pub mod png;
pub mod svg;

pub use captions::{Caption, Captions};

use emath::{Rect, Vec2, vec2};

use crate::model::Rgb;

/// What part of a scene becomes the picture, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// What must be inside, in world units; centered, with background around it where the proportions differ.
    pub view: Rect,
    /// Width and height of the picture in pixels at scale 1.
    pub size_px: Vec2,
    /// What lies behind; none for a transparent picture.
    pub background: Option<Rgb>,
}

impl Frame {
    /// A frame that shows `view` with its own proportions at one pixel per world unit.
    #[must_use]
    pub fn around(view: Rect, background: Option<Rgb>) -> Self {
        let size_px = vec2(view.width().max(1.0).ceil(), view.height().max(1.0).ceil());
        Self { view, size_px, background }
    }

    /// Pixels per world unit.
    #[must_use]
    pub fn scale(&self) -> f32 {
        let size = self.view.size().max(Vec2::splat(1e-3));
        (self.size_px.x / size.x).min(self.size_px.y / size.y)
    }

    /// The part of the world that fills the whole picture.
    #[must_use]
    pub fn world_rect(&self) -> Rect {
        Rect::from_center_size(self.view.center(), self.size_px / self.scale())
    }
}

/// Why a picture can't be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The bitmap would be too large, or has no area.
    #[error(
        "can't make a picture of {width_px} × {height_px} pixels: choose between 1 and 20,000 pixels on each side, 200 million in all"
    )]
    Size {
        /// Asked-for width.
        width_px: f32,
        /// Asked-for height.
        height_px: f32,
    },
    /// The PDF can't be put together, for a font that can't be embedded or some limit of the format.
    #[error("can't write the picture as PDF: {0}")]
    Pdf(String),
    /// The PNG can't be encoded.
    #[error("can't encode the picture: {0}")]
    Encode(#[from] ::png::EncodingError),
}
