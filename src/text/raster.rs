//! Rasterization of lines, for toolkits that can't shape them.

use emath::{Rect, Vec2, vec2};
use resvg::tiny_skia::{FillRule, Paint, Pixmap, Transform};

use super::{Fonts, PathSegment, TextLine, raster_path};

/// Maximum width and height of a bitmap in pixels; longer lines are drawn at a lower resolution.
const MAX_SIDE: f32 = 4096.0;

/// A rasterized line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBitmap {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Premultiplied RGBA, row by row from the top.
    pub rgba: Vec<u8>,
    /// Covered rectangle, in world units relative to the left end of the baseline.
    pub rect: Rect,
}

impl Fonts {
    /// Draws a line in one color at `px_per_unit` pixels per world unit; `None` for a blank line.
    #[must_use]
    pub fn rasterize(&self, line: &TextLine, size: f32, px_per_unit: f32, rgb: [u8; 3]) -> Option<TextBitmap> {
        let mut ink = Rect::NOTHING;
        let mut glyphs = Vec::new();
        for run in &line.runs {
            for glyph in &run.glyphs {
                let steps = self.outline(run.font, glyph.id, size);
                let offset = vec2(glyph.x, glyph.y);
                for point in steps.iter().flat_map(points) {
                    ink.extend_with(point + offset);
                }
                glyphs.push((offset, steps));
            }
        }
        if !(ink.is_finite() && px_per_unit.is_finite() && px_per_unit > 0.0) {
            return None;
        }
        let scale = px_per_unit.min((MAX_SIDE - 4.0) / ink.width().max(ink.height()).max(1e-3));
        let rect = ink.expand(1.0 / scale);
        let (width, height) = ((rect.width() * scale).ceil() as u32, (rect.height() * scale).ceil() as u32);
        let mut pixmap = Pixmap::new(width.max(1), height.max(1))?;
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(rgb[0], rgb[1], rgb[2], 255);
        for (offset, steps) in glyphs {
            if let Some(path) = raster_path(steps.iter().map(|step| step.map(|point| point + offset))) {
                let transform = Transform::from_translate(-rect.min.x, -rect.min.y).post_scale(scale, scale);
                pixmap.fill_path(&path, &paint, FillRule::Winding, transform, None);
            }
        }
        let covered = Rect::from_min_size(rect.min, Vec2::new(width as f32, height as f32) / scale);
        Some(TextBitmap { width_px: width, height_px: height, rgba: pixmap.take(), rect: covered })
    }
}

fn points(step: &PathSegment) -> impl Iterator<Item = emath::Pos2> + use<> {
    let points = match *step {
        PathSegment::Move(a) | PathSegment::Line(a) => [Some(a), None, None],
        PathSegment::Quad(a, b) => [Some(a), Some(b), None],
        PathSegment::Cubic(a, b, c) => [Some(a), Some(b), Some(c)],
        PathSegment::Close => [None; 3],
    };
    points.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Face, Style};

    #[test]
    fn draws_ink_in_the_color_and_stays_small() {
        let fonts = Fonts::new();
        let style = Style { face: Face::Regular, size: 14.0 };
        let text = fonts.shape("Hill", style, None, None);
        let bitmap = fonts.rasterize(&text.lines[0], 14.0, 2.0, [200, 0, 0]).expect("ink");
        assert_eq!(bitmap.rgba.len(), (bitmap.width_px * bitmap.height_px * 4) as usize);
        let darkest = bitmap.rgba.chunks(4).max_by_key(|pixel| pixel[3]).expect("pixels");
        assert!(darkest[0] >= 195 && darkest[1] == 0 && darkest[3] >= 250, "{darkest:?}");
        let long = fonts.shape(&"long ".repeat(300), style, None, None);
        let coarse = fonts.rasterize(&long.lines[0], 14.0, 50.0, [0; 3]).expect("ink");
        assert!(coarse.width_px <= 4096);
        let blank = fonts.shape(" ", style, None, None);
        assert!(blank.lines.iter().all(|line| fonts.rasterize(line, 14.0, 2.0, [0; 3]).is_none()));
    }
}
