//! Conversion of glyphs to paths.

use emath::{Pos2, pos2};
use resvg::tiny_skia::{Path, PathBuilder};
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

impl PathSegment {
    /// Returns the segment with `change` applied to each point.
    #[must_use]
    pub(crate) fn map(self, mut change: impl FnMut(Pos2) -> Pos2) -> Self {
        match self {
            Self::Move(a) => Self::Move(change(a)),
            Self::Line(a) => Self::Line(change(a)),
            Self::Quad(a, b) => Self::Quad(change(a), change(b)),
            Self::Cubic(a, b, c) => Self::Cubic(change(a), change(b), change(c)),
            Self::Close => Self::Close,
        }
    }
}

/// Returns the segments as a path for a rasterizer; `None` if there are none.
pub(crate) fn raster_path(segments: impl IntoIterator<Item = PathSegment>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for segment in segments {
        match segment {
            PathSegment::Move(a) => path.move_to(a.x, a.y),
            PathSegment::Line(a) => path.line_to(a.x, a.y),
            PathSegment::Quad(a, b) => path.quad_to(a.x, a.y, b.x, b.y),
            PathSegment::Cubic(a, b, c) => path.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y),
            PathSegment::Close => path.close(),
        }
    }
    path.finish()
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
