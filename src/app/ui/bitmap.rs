//! Conversion of bitmaps to egui images.

use egui::ColorImage;

use crate::export::bitmap::Bitmap;

/// Converts a bitmap to an egui image.
pub(crate) fn color_image(bitmap: &Bitmap) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([bitmap.width_px as usize, bitmap.height_px as usize], &bitmap.rgba)
}
