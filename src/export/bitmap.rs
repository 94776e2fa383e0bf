//! Draws a scene to pixels: the same shapes as in the SVG, with coordinates rounded alike. A test compares the two.

mod marks;

use emath::{Pos2, Rect, Vec2, pos2, vec2};
use resvg::tiny_skia::{
    Color, ColorU8, FillRule, LineJoin, Paint as Ink, Path, PathBuilder, Pixmap, Rect as PathRect, Stroke as Pen,
    StrokeDash, Transform,
};

use self::marks::Marks;
use super::svg::{hundredths, tenths};
use super::{ExportError, Frame, path};
use crate::scene::{Paint, Scene, Shape, Stroke};
use crate::text::{Fonts, PathSegment, Text, TextLine, raster_path};

/// Maximum side of a bitmap, in pixels.
const MAX_SIDE_PX: f32 = 20_000.0;
/// Maximum area of a bitmap, in pixels.
const MAX_AREA_PX: f32 = 200e6;
/// Length of the shortest dash pattern that is drawn, in pixels; finer ones become solid lines.
const FINEST_DASH_PX: f32 = 0.25;

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

/// Draws the part of a scene that a frame shows, at `scale` times the size of the frame.
///
/// # Errors
///
/// When the bitmap would be too large or has no area.
pub fn draw(scene: &Scene, fonts: &Fonts, frame: &Frame, scale: f32) -> Result<Bitmap, ExportError> {
    let size = (frame.size_px * scale).round();
    check_size(size)?;
    let pixmap =
        Pixmap::new(size.x as u32, size.y as u32).ok_or(ExportError::Size { width_px: size.x, height_px: size.y })?;
    let mut painter = Painter { pixmap, fonts, to_pixels: to_pixels(frame, size) };
    if let Some(background) = frame.background {
        painter.pixmap.fill(color_of(Paint { color: background, opacity: 1.0 }));
    }
    let scale = frame.scale();
    for shape in scene.items.iter().filter(|item| item.min_scale <= scale).flat_map(|item| &item.shapes) {
        painter.shape(shape);
    }
    let (width_px, height_px) = (painter.pixmap.width(), painter.pixmap.height());
    let mut rgba = painter.pixmap.take();
    // With a background all pixels are opaque.
    if frame.background.is_none() {
        rgba.chunks_exact_mut(4).for_each(unpremultiply);
    }
    Ok(Bitmap { width_px, height_px, rgba })
}

fn check_size(size: Vec2) -> Result<(), ExportError> {
    let is_possible =
        size.is_finite() && size.min_elem() >= 1.0 && size.max_elem() <= MAX_SIDE_PX && size.x * size.y <= MAX_AREA_PX;
    if is_possible { Ok(()) } else { Err(ExportError::Size { width_px: size.x, height_px: size.y }) }
}

/// Returns the transform from world units to pixels of a bitmap of this size.
fn to_pixels(frame: &Frame, size: Vec2) -> Transform {
    let world = frame.world_rect();
    let (min, extent) = (rounded(world.min), vec2(exact(world.width()), exact(world.height())));
    let scale = size / extent;
    Transform::from_row(scale.x, 0.0, 0.0, scale.y, -min.x * scale.x, -min.y * scale.y)
}

/// Rounds a number to hundredths, as the SVG writer does.
fn exact(number: f32) -> f32 {
    (hundredths(number) as f64 / 100.0) as f32
}

fn rounded(point: Pos2) -> Pos2 {
    pos2(exact(point.x), exact(point.y))
}

/// Rounds a coordinate to tenths, as the SVG writer does where there are many.
fn coarse(point: Pos2) -> Pos2 {
    pos2(coarse_length(point.x), coarse_length(point.y))
}

fn coarse_length(number: f32) -> f32 {
    (tenths(number) as f64 / 10.0) as f32
}

fn mapped(to_pixels: Transform, point: Pos2) -> Pos2 {
    pos2(point.x * to_pixels.sx + to_pixels.tx, point.y * to_pixels.sy + to_pixels.ty)
}

fn solid_of(paint: Paint) -> ColorU8 {
    let [red, green, blue] = paint.color.0;
    ColorU8::from_rgba(red, green, blue, 255)
}

fn color_of(paint: Paint) -> Color {
    let [red, green, blue] = paint.color.0;
    let alpha = (exact(paint.opacity).clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    Color::from_rgba8(red, green, blue, alpha)
}

fn ink_of(paint: Paint) -> Ink<'static> {
    let mut ink = Ink { anti_alias: true, ..Ink::default() };
    ink.set_color(color_of(paint));
    ink
}

struct Painter<'a> {
    pixmap: Pixmap,
    fonts: &'a Fonts,
    to_pixels: Transform,
}

impl Painter<'_> {
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                self.paint(rect_path(*rect, *radius), *fill, stroke.as_ref());
            }
            Shape::Curve { pieces, stroke } => self.paint(exact_path(path::curve(pieces)), None, Some(stroke)),
            Shape::Polygon { points, fill, stroke } => {
                self.paint(exact_path(path::polygon(points)), *fill, stroke.as_ref());
            }
            Shape::Region { rings, fill, stroke } => self.region(rings, *fill, stroke.as_ref()),
            Shape::Segments { lines, paint, width } => self.segments(lines, *paint, *width),
            Shape::Dots { dots, fill, rim } => self.dots(dots, *fill, *rim),
            Shape::Halo { pos, text, paint, width } => self.halo(*pos, text, *paint, *width),
            Shape::Text { pos, text, paint } => self.text(*pos, text, *paint),
        }
    }

    fn region(&mut self, rings: &[Vec<Pos2>], fill: Option<Paint>, stroke: Option<&Stroke>) {
        let Some(path) = raster_path(rings.iter().flat_map(|ring| path::polygon(ring)).map(|step| step.map(coarse)))
        else {
            return;
        };
        if let Some(fill) = fill {
            self.pixmap.fill_path(&path, &ink_of(fill), FillRule::EvenOdd, self.to_pixels, None);
        }
        self.paint(Some(path), None, stroke);
    }

    fn segments(&mut self, lines: &[[Pos2; 2]], paint: Paint, width: f32) {
        let (to_pixels, color) = (self.to_pixels, solid_of(paint));
        let width = exact(width) * to_pixels.sx;
        let mut marks = Marks::new(&mut self.pixmap);
        for line in lines {
            marks.line(line.map(|point| mapped(to_pixels, coarse(point))), width, paint.opacity.clamp(0.0, 1.0), color);
        }
    }

    fn dots(&mut self, dots: &[(Pos2, f32)], fill: Option<Paint>, rim: Option<(Paint, f32)>) {
        let to_pixels = self.to_pixels;
        let mut marks = Marks::new(&mut self.pixmap);
        for &(center, radius) in dots {
            let (center, radius) = (mapped(to_pixels, coarse(center)), coarse_length(radius) * to_pixels.sx);
            if let Some((paint, width)) = rim {
                let outer = radius + exact(width) * to_pixels.sx;
                marks.ring(center, [radius, outer], color_of(paint).to_color_u8());
            }
            if let Some(paint) = fill {
                marks.ring(center, [0.0, radius], color_of(paint).to_color_u8());
            }
        }
    }

    fn halo(&mut self, pos: Pos2, text: &Text, paint: Paint, width: f32) {
        for line in &text.lines {
            let path = line_path(line, pos + vec2(line.left, line.baseline), text.style.size, self.fonts);
            let Some(path) = path.filter(|_| exact(width) > 0.0) else { continue };
            let pen = Pen { width: 2.0 * exact(width), line_join: LineJoin::Round, ..Pen::default() };
            self.pixmap.stroke_path(&path, &ink_of(paint), &pen, self.to_pixels, None);
        }
    }

    fn text(&mut self, pos: Pos2, text: &Text, paint: Paint) {
        for line in &text.lines {
            let path = line_path(line, pos + vec2(line.left, line.baseline), text.style.size, self.fonts);
            self.paint(path, Some(paint), None);
        }
    }

    fn paint(&mut self, path: Option<Path>, fill: Option<Paint>, stroke: Option<&Stroke>) {
        let Some(path) = path else { return };
        if let Some(fill) = fill {
            self.pixmap.fill_path(&path, &ink_of(fill), FillRule::Winding, self.to_pixels, None);
        }
        if let Some(stroke) = stroke.filter(|stroke| exact(stroke.width) > 0.0) {
            let dashes: Vec<f32> = stroke.dashes.iter().map(|length| exact(*length)).collect();
            // Between actors very far apart there would be millions of dashes too fine to be seen.
            let is_seen = dashes.iter().sum::<f32>() * self.to_pixels.sx.abs() >= FINEST_DASH_PX;
            let dash = if is_seen { StrokeDash::new(dashes, 0.0) } else { None };
            let pen = Pen { width: exact(stroke.width), dash, ..Pen::default() };
            self.pixmap.stroke_path(&path, &ink_of(stroke.paint), &pen, self.to_pixels, None);
        }
    }
}

fn rect_path(rect: Rect, radius: f32) -> Option<Path> {
    let (min, size) = (rounded(rect.min), vec2(exact(rect.width()), exact(rect.height())));
    let round = exact(radius).min(size.x / 2.0).min(size.y / 2.0);
    if round <= 0.0 {
        return Some(PathBuilder::from_rect(PathRect::from_xywh(min.x, min.y, size.x, size.y)?));
    }
    raster_path(path::rounded_rect(Rect::from_min_size(min, size), round, path::ROUND))
}

/// Builds a path from segments rounded as in the SVG; `None` if there are none.
fn exact_path(steps: impl Iterator<Item = PathSegment>) -> Option<Path> {
    raster_path(steps.map(|step| step.map(rounded)))
}

/// Returns the glyphs of a line as one path; `None` if they have no outlines.
fn line_path(line: &TextLine, start: Pos2, size: f32, fonts: &Fonts) -> Option<Path> {
    let glyphs = line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| (run.font, glyph)));
    exact_path(glyphs.flat_map(|(font, glyph)| {
        let origin = start + vec2(glyph.x, glyph.y);
        let outline = fonts.outline(font, glyph.id, size);
        (0..outline.len()).map(move |index| outline[index].map(|point| origin + point.to_vec2()))
    }))
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
