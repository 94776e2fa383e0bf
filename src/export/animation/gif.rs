//! GIF: all pages share one table of colors, and each after the first has only the part that differs.

use std::borrow::Cow;

use ::gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::AnimationPage;
use super::color_table::Histogram;
use crate::export::ExportError;
use crate::export::bitmap::Bitmap;

/// Writes pages.
pub(super) fn write(
    pages: &[AnimationPage<'_>],
    draw: impl Fn(&AnimationPage<'_>) -> Result<Bitmap, ExportError>,
) -> Result<Vec<u8>, ExportError> {
    let mut histogram = Histogram::default();
    for page in pages {
        histogram.add(&draw(page)?.rgba);
    }
    let table = histogram.color_table();
    let mut bytes = Vec::new();
    let mut encoder: Option<Encoder<&mut Vec<u8>>> = None;
    let mut bytes_of = Some(&mut bytes);
    let mut before: Option<Vec<u8>> = None;
    for page in pages {
        let bitmap = draw(page)?;
        let [width, height] = [bitmap.width_px, bitmap.height_px].map(|side| u16::try_from(side).unwrap_or(u16::MAX));
        if let Some(bytes) = bytes_of.take() {
            let mut new = Encoder::new(bytes, width, height, table.colors.as_flattened())?;
            new.set_repeat(Repeat::Infinite)?;
            encoder = Some(new);
        }
        let Some(encoder) = &mut encoder else { continue };
        let pixels = table.indices(&bitmap.rgba);
        let area = before.as_ref().map_or([0, 0, width, height], |before| changed(before, &pixels, width));
        let [left, top, width_changed, height_changed] = area;
        encoder.write_frame(&Frame {
            delay: page.centiseconds,
            dispose: DisposalMethod::Keep,
            left,
            top,
            width: width_changed,
            height: height_changed,
            buffer: Cow::Owned(part(&pixels, width, area)),
            ..Frame::default()
        })?;
        before = Some(pixels);
    }
    drop(encoder);
    Ok(bytes)
}

/// Returns left, top, width and height of the smallest area with all differences, at least one pixel.
fn changed(before: &[u8], now: &[u8], width: u16) -> [u16; 4] {
    let [mut left, mut right] = [width, 0];
    let mut rows: Option<[u16; 2]> = None;
    let lines = before.chunks(usize::from(width)).zip(now.chunks(usize::from(width)));
    for (row, (before, now)) in (0..).zip(lines) {
        let differs = |(before, now): (&u8, &u8)| before != now;
        let Some(first) = before.iter().zip(now).position(differs) else { continue };
        let last = before.iter().zip(now).rposition(differs).unwrap_or(first);
        left = left.min(first as u16);
        right = right.max(last as u16);
        rows = Some([rows.map_or(row, |[first, _]| first), row]);
    }
    match rows {
        Some([top, bottom]) => [left, top, right - left + 1, bottom - top + 1],
        None => [0, 0, 1, 1],
    }
}

/// Returns the pixels of an area.
fn part(pixels: &[u8], width: u16, [left, top, width_kept, height]: [u16; 4]) -> Vec<u8> {
    let rows = pixels.chunks(usize::from(width)).skip(usize::from(top)).take(usize::from(height));
    rows.flat_map(|row| &row[usize::from(left)..usize::from(left) + usize::from(width_kept)]).copied().collect()
}
