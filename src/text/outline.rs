//! Conversion of glyphs to paths.

use emath::{Pos2, pos2};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// One segment of a path; y points down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathSegment {
    /// Start of a new contour.
    Move(Pos2),
    /// A straight line.
    Line(Pos2),
    /// A quadratic Bézier curve: control point, end.
    Quad(Pos2, Pos2),
    /// A cubic Bézier curve: two control points, end.
    Cubic(Pos2, Pos2, Pos2),
    /// End of the contour.
    Close,
}

/// Returns the unhinted outline of a glyph, relative to its origin on the baseline; empty if it has none.
pub(super) fn draw(font: &FontRef<'_>, glyph: u32, size: f32) -> Vec<PathSegment> {
    let mut pen = Pen(Vec::new());
    let Some(outline) = font.outline_glyphs().get(GlyphId::new(glyph)) else { return Vec::new() };
    let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
    // A damaged system font must not fail the whole drawing.
    if outline.draw(settings, &mut pen).is_err() {
        return Vec::new();
    }
    pen.0
}

struct Pen(Vec<PathSegment>);

fn flipped(x: f32, y: f32) -> Pos2 {
    pos2(x, -y)
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(PathSegment::Move(flipped(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(PathSegment::Line(flipped(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(PathSegment::Quad(flipped(cx, cy), flipped(x, y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(PathSegment::Cubic(flipped(ax, ay), flipped(bx, by), flipped(x, y)));
    }

    fn close(&mut self) {
        self.0.push(PathSegment::Close);
    }
}
