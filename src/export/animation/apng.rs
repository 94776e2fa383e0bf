//! APNG: the pages as frames of a PNG; programs that don't know them show the first.

use super::AnimationPage;
use crate::export::ExportError;
use crate::export::bitmap::Bitmap;

/// Writes pages.
pub(super) fn write(
    pages: &[AnimationPage<'_>],
    draw: impl Fn(&AnimationPage<'_>) -> Result<Bitmap, ExportError>,
) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let Some(first) = pages.first() else { return Ok(bytes) };
    let bitmap = draw(first)?;
    let mut encoder = ::png::Encoder::new(&mut bytes, bitmap.width_px, bitmap.height_px);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_compression(::png::Compression::Balanced);
    if pages.len() > 1 {
        encoder.set_animated(u32::try_from(pages.len()).unwrap_or(u32::MAX), 0)?;
        encoder.set_frame_delay(first.centiseconds, 100)?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb(&bitmap))?;
    for page in &pages[1..] {
        writer.set_frame_delay(page.centiseconds, 100)?;
        writer.write_image_data(&rgb(&draw(page)?))?;
    }
    writer.finish()?;
    Ok(bytes)
}

fn rgb(bitmap: &Bitmap) -> Vec<u8> {
    let (pixels, _) = bitmap.rgba.as_chunks::<4>();
    pixels.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]).collect()
}
