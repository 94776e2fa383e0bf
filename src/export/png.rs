//! Encodes bitmaps as PNG files.

use std::io::{self, Write};

use crate::scene::Scene;
use crate::text::Fonts;

use super::bitmap::{Bitmap, draw};
use super::{ExportError, Frame};

/// Resolution at scale 1: CSS pixels per inch.
const BASE_DPI: f32 = 96.0;
/// Bytes of compressed data written at a time.
const CHUNK: usize = 1 << 18;

/// Renders a scene with [`draw`] and encodes it as PNG; the file records the resolution (96 dpi at scale 1).
///
/// # Errors
///
/// As [`draw`], or when encoding fails.
pub fn write_png(scene: &Scene, fonts: &Fonts, frame: &Frame, scale: f32) -> Result<Vec<u8>, ExportError> {
    let bitmap = draw(scene, fonts, frame, scale)?;
    encode_png(&bitmap, BASE_DPI * scale, None)
}

/// Encodes pixels as PNG; opaque bitmaps omit the alpha channel, which is smaller and faster. `title` is stored in
/// the file.
///
/// # Errors
///
/// When encoding fails.
pub fn encode_png(bitmap: &Bitmap, dpi: f32, title: Option<&str>) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, bitmap.width_px, bitmap.height_px);
    let (pixels, _) = bitmap.rgba.as_chunks();
    let is_opaque = pixels.iter().fold(255, |least, [_, _, _, alpha]| least & alpha) == 255;
    encoder.set_color(if is_opaque { ::png::ColorType::Rgb } else { ::png::ColorType::Rgba });
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_compression(::png::Compression::Fast);
    let per_meter = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(::png::PixelDimensions { xppu: per_meter, yppu: per_meter, unit: ::png::Unit::Meter }));
    if let Some(title) = title {
        encoder.add_text_chunk("Title".to_owned(), title.to_owned())?;
    }
    let mut header = encoder.write_header()?;
    let mut writer = header.stream_writer_with_size(CHUNK)?;
    for row in pixels.chunks(bitmap.width_px.max(1) as usize) {
        write_row(&mut writer, row, is_opaque).map_err(::png::EncodingError::from)?;
    }
    writer.finish()?;
    header.finish()?;
    Ok(bytes)
}

/// Writes one row of pixels. Working by row avoids a second copy of the picture without its alpha channel.
fn write_row(writer: &mut impl Write, row: &[[u8; 4]], is_opaque: bool) -> io::Result<()> {
    if is_opaque {
        let packed: Vec<[u8; 3]> = row.iter().map(|&[red, green, blue, _]| [red, green, blue]).collect();
        writer.write_all(packed.as_flattened())
    } else {
        writer.write_all(row.as_flattened())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bitmap: &Bitmap) -> (::png::ColorType, Vec<u8>) {
        let bytes = encode_png(bitmap, 96.0, None).expect("encoded");
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let color = reader.next_frame(&mut pixels).expect("pixels").color_type;
        (color, pixels)
    }

    #[test]
    fn alpha_is_written_where_there_is_some() {
        let opaque = Bitmap { width_px: 2, height_px: 1, rgba: vec![1, 2, 3, 255, 4, 5, 6, 255] };
        assert_eq!(decoded(&opaque), (::png::ColorType::Rgb, vec![1, 2, 3, 4, 5, 6]));
        let rgba = vec![1, 2, 3, 254, 4, 5, 6, 255];
        let clear = Bitmap { rgba: rgba.clone(), ..opaque };
        assert_eq!(decoded(&clear), (::png::ColorType::Rgba, rgba));
    }
}
