//! Draws the text of the scene: plain lines as egui glyphs, all others as images, because egui can't shape them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::text::LayoutJob;
use egui::epaint::{ColorImage, Mesh, TextShape, TextureHandle};
use egui::{Color32, Context, FontId, Pos2, Rect, Shape, TextureOptions, Vec2};

use crate::text::{Fonts, Text, TextLine};

use crate::app::ui::fonts::family;

/// Maximum number of cached images of lines; beyond it, the cache is cleared.
const MAX_PICTURES: usize = 512;

/// Rounds a font size in pixels down to one of a few steps, so that zooming doesn't fill the glyph atlas.
fn quantize(size_px: f32) -> f32 {
    let step = match size_px {
        ..16.0 => 0.25,
        ..32.0 => 0.5,
        ..64.0 => 1.0,
        _ => 4.0,
    };
    ((size_px / step).floor() * step).clamp(1.0, 512.0)
}

/// Returns the scale (pixels per world unit) at which an image of a line is created: `scale` rounded up to a power of
/// √2.
fn quantize_scale(scale: f32) -> f32 {
    ((2.0 * scale.max(1.0 / 64.0).log2()).ceil() / 2.0).exp2()
}

/// An image of a line, with its rectangle relative to the left end of the baseline, in world units.
struct TextTexture {
    texture: TextureHandle,
    rect: Rect,
}

/// The cache key of an image: the line, and the bits of font size and scale.
type LineKey = (String, u32, u32);

/// Draws lines of text, and caches the images of those that egui can't shape.
pub(crate) struct Lettering {
    fonts: Arc<Fonts>,
    pictures: RefCell<HashMap<LineKey, Option<TextTexture>>>,
}

/// The view in which lines are drawn.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) ctx: &'a Context,
    /// Points per world unit.
    pub(crate) zoom: f32,
    /// Screen position of the world's origin.
    pub(crate) pan: Vec2,
    /// The visible part of the screen.
    pub(crate) clip: Rect,
}

impl Lettering {
    pub(crate) fn new(fonts: Arc<Fonts>) -> Self {
        Self { fonts, pictures: RefCell::default() }
    }

    /// Returns the fonts.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Adds the shapes of a text whose upper left corner is at the world position `pos`.
    pub(crate) fn shapes(&self, setting: Setting<'_>, pos: Pos2, text: &Text, color: Color32, out: &mut Vec<Shape>) {
        for line in &text.lines {
            let start = pos + Vec2::new(line.left, line.baseline);
            let start = (start.to_vec2() * setting.zoom + setting.pan).to_pos2();
            let reach = text.style.size * 1.5 * setting.zoom;
            let covered = Rect::from_x_y_ranges(
                start.x - reach..=start.x + line.width * setting.zoom + reach,
                start.y - reach..=start.y + reach,
            );
            if !setting.clip.intersects(covered) {
                continue;
            }
            let shape = if line.is_plain {
                Some(plain(setting, start, text, line, color))
            } else {
                self.pictured(setting, start, text, line, color)
            };
            out.extend(shape);
        }
    }

    fn pictured(
        &self,
        setting: Setting<'_>,
        start: Pos2,
        text: &Text,
        line: &TextLine,
        color: Color32,
    ) -> Option<Shape> {
        let size = text.style.size;
        let scale = quantize_scale(setting.zoom * setting.ctx.pixels_per_point());
        let key = (line.text.clone(), size.to_bits(), scale.to_bits());
        let mut pictures = self.pictures.borrow_mut();
        if pictures.len() > MAX_PICTURES {
            pictures.clear();
        }
        let picture = pictures.entry(key).or_insert_with(|| {
            // White, so that one image can be tinted with any color.
            let bitmap = self.fonts.rasterize(line, size, scale, [255; 3])?;
            let extent = [bitmap.width_px as usize, bitmap.height_px as usize];
            let image = ColorImage::from_rgba_premultiplied(extent, &bitmap.rgba);
            let texture = setting.ctx.load_texture("line of text", image, TextureOptions::LINEAR);
            Some(TextTexture { texture, rect: bitmap.rect })
        });
        let picture = picture.as_ref()?;
        let on_screen = |corner: Pos2| start + corner.to_vec2() * setting.zoom;
        let rect = Rect::from_min_max(on_screen(picture.rect.min), on_screen(picture.rect.max));
        let mut mesh = Mesh::with_texture(picture.texture.id());
        mesh.add_rect_with_uv(rect, Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0)), color);
        Some(Shape::mesh(mesh))
    }
}

/// A line as glyphs; `start` is the left end of its baseline on the screen.
fn plain(setting: Setting<'_>, start: Pos2, text: &Text, line: &TextLine, color: Color32) -> Shape {
    let pixels_per_point = setting.ctx.pixels_per_point();
    let exact = text.style.size * setting.zoom;
    let size = quantize(exact * pixels_per_point) / pixels_per_point;
    let font = FontId::new(size, family(text.style.face));
    let mut job = LayoutJob::simple(line.text.clone(), font, Color32::PLACEHOLDER, f32::INFINITY);
    // egui places text at whole pixels, but glyphs within a text at fractions of a pixel.
    let left = (start.x * pixels_per_point).floor() / pixels_per_point;
    if let Some(section) = job.sections.first_mut() {
        section.leading_space = start.x - left;
        // Glyphs of a quantized size are slightly too narrow; extra spacing puts each one where exported pictures have
        // it.
        let gaps = line.runs.iter().map(|run| run.glyphs.len()).sum::<usize>().saturating_sub(1).max(1);
        section.format.extra_letter_spacing = line.width * setting.zoom * (1.0 - size / exact) / gaps as f32;
    }
    let galley = setting.ctx.fonts_mut(|fonts| fonts.layout_job(job));
    let baseline =
        galley.rows.first().map_or(0.0, |row| row.pos.y + row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y));
    TextShape::new(Pos2::new(left, start.y - baseline), galley, color).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_never_rounded_up_and_take_few_steps() {
        let mut steps = std::collections::BTreeSet::new();
        for tenth in 60..400 {
            let size = tenth as f32 / 10.0;
            let quantized = quantize(size);
            assert!(quantized <= size && quantized > size * 0.95);
            steps.insert(quantized.to_bits());
        }
        assert!(steps.len() < 90, "{}", steps.len());
    }

    #[test]
    fn pictures_are_never_coarser_than_the_screen() {
        for scale in [0.1, 0.5, 1.0, 1.3, 2.0, 7.9] {
            let quantized = quantize_scale(scale);
            assert!(quantized >= scale * 0.999 && quantized < scale * 1.42, "{scale} {quantized}");
        }
    }
}
