//! Pixels of a picture as the toolkit has them.

use egui::ColorImage;

use crate::export::bitmap::Bitmap;

/// Pixels as the window takes them.
pub(crate) fn color_image(bitmap: &Bitmap) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([bitmap.width_px as usize, bitmap.height_px as usize], &bitmap.rgba)
}
