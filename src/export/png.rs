//! A scene as a bitmap: the SVG writer's output, rasterized.

use emath::Vec2;
use resvg::{tiny_skia, usvg};

use crate::scene::Scene;
use crate::text::Fonts;

use super::svg::{TextMode, write_svg};
use super::{ExportError, Frame};

/// The longest side of a bitmap, in pixels.
const MAX_SIDE_PX: f32 = 20_000.0;
/// The largest area of a bitmap, in pixels.
const MAX_AREA_PX: f32 = 200e6;
/// CSS pixels per inch: what scale 1 means on paper.
const BASE_DPI: f32 = 96.0;

/// Pixels, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Red, green, blue and alpha of each pixel, not premultiplied.
    pub rgba: Vec<u8>,
}

/// Draws the part of a scene that a frame shows, `scale` times as large as the frame says.
///
/// # Errors
///
/// When the bitmap would be too large or has no area.
pub fn draw(scene: &Scene, fonts: &Fonts, frame: &Frame, scale: f32) -> Result<Bitmap, ExportError> {
    let size = (frame.size_px * scale).round();
    check_size(size)?;
    let svg = write_svg(scene, fonts, frame, TextMode::Paths, "");
    let tree =
        usvg::Tree::from_str(&svg, &usvg::Options::default()).map_err(|error| ExportError::Draw(error.to_string()))?;
    let mut pixmap = tiny_skia::Pixmap::new(size.x as u32, size.y as u32)
        .ok_or(ExportError::Size { width_px: size.x, height_px: size.y })?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(size.x / frame.size_px.x, size.y / frame.size_px.y),
        &mut pixmap.as_mut(),
    );
    let (width_px, height_px) = (pixmap.width(), pixmap.height());
    let mut rgba = pixmap.take();
    for pixel in rgba.chunks_exact_mut(4) {
        unpremultiply(pixel);
    }
    Ok(Bitmap { width_px, height_px, rgba })
}

/// Draws as [`draw`] does, and encodes as PNG with its resolution noted (96 dpi at scale 1).
///
/// # Errors
///
/// As [`draw`], or when encoding fails.
pub fn write_png(scene: &Scene, fonts: &Fonts, frame: &Frame, scale: f32) -> Result<Vec<u8>, ExportError> {
    let bitmap = draw(scene, fonts, frame, scale)?;
    encode_png(&bitmap, BASE_DPI * scale)
}

/// Encodes pixels as PNG.
///
/// # Errors
///
/// When encoding fails.
pub fn encode_png(bitmap: &Bitmap, dpi: f32) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, bitmap.width_px, bitmap.height_px);
    encoder.set_color(::png::ColorType::Rgba);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_compression(::png::Compression::Fast);
    let per_meter = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(::png::PixelDimensions { xppu: per_meter, yppu: per_meter, unit: ::png::Unit::Meter }));
    encoder.write_header()?.write_image_data(&bitmap.rgba)?;
    Ok(bytes)
}

fn check_size(size: Vec2) -> Result<(), ExportError> {
    let is_possible =
        size.is_finite() && size.min_elem() >= 1.0 && size.max_elem() <= MAX_SIDE_PX && size.x * size.y <= MAX_AREA_PX;
    if is_possible { Ok(()) } else { Err(ExportError::Size { width_px: size.x, height_px: size.y }) }
}

fn unpremultiply(pixel: &mut [u8]) {
    let alpha = u32::from(pixel[3]);
    if alpha != 0 && alpha != 255 {
        for channel in &mut pixel[..3] {
            *channel = ((u32::from(*channel) * 255 + alpha / 2) / alpha).min(255) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use emath::{Rect, pos2, vec2};

    use super::*;
    use crate::model::Rgb;

    fn empty_scene() -> Scene {
        let bounds = Rect::from_min_max(pos2(-10.0, -5.0), pos2(10.0, 5.0));
        Scene { items: Vec::new(), bounds, background: Rgb([255; 3]) }
    }

    #[test]
    fn half_transparent_pixels_keep_their_color() {
        let mut pixel = [64, 0, 128, 128];
        unpremultiply(&mut pixel);
        assert_eq!(pixel, [128, 0, 255, 128]);
    }

    #[test]
    fn a_size_that_can_not_be_is_refused() {
        let scene = empty_scene();
        for size_px in [vec2(0.0, 10.0), vec2(f32::NAN, 10.0), vec2(50_000.0, 10.0), vec2(20_000.0, 20_000.0)] {
            let frame = Frame { view: scene.bounds, size_px, background: None };
            assert!(matches!(draw(&scene, &Fonts::new(), &frame, 1.0), Err(ExportError::Size { .. })), "{size_px:?}");
        }
    }

    #[test]
    fn the_background_fills_the_whole_picture() {
        let scene = empty_scene();
        let frame = Frame { view: scene.bounds, size_px: vec2(40.0, 40.0), background: Some(Rgb([1, 2, 3])) };
        let bitmap = draw(&scene, &Fonts::new(), &frame, 2.0).expect("drawn");
        assert_eq!((bitmap.width_px, bitmap.height_px), (80, 80));
        assert!(bitmap.rgba.chunks(4).all(|pixel| pixel == [1, 2, 3, 255]));
    }
}
