//! Glyphs as paths.

use emath::{Pos2, pos2};
use resvg::tiny_skia::{Path, PathBuilder};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// One step of a path, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Starts a new contour.
    Move(Pos2),
    /// A straight line.
    Line(Pos2),
    /// A quadratic curve: control point, end.
    Quad(Pos2, Pos2),
    /// A cubic curve: two control points, end.
    Cubic(Pos2, Pos2, Pos2),
    /// Closes the contour.
    Close,
}

impl Step {
    /// Returns the step with each of its points changed.
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

/// Returns the path of some steps for a rasterizer; `None` without any.
pub(crate) fn raster_path(steps: impl IntoIterator<Item = Step>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match step {
            Step::Move(a) => path.move_to(a.x, a.y),
            Step::Line(a) => path.line_to(a.x, a.y),
            Step::Quad(a, b) => path.quad_to(a.x, a.y, b.x, b.y),
            Step::Cubic(a, b, c) => path.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y),
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// The outline of a glyph around its origin on the baseline, unhinted; empty for one without ink or without outlines.
pub(super) fn draw(font: &FontRef<'_>, glyph: u32, size: f32) -> Vec<Step> {
    let mut pen = Pen(Vec::new());
    let Some(outline) = font.outline_glyphs().get(GlyphId::new(glyph)) else { return Vec::new() };
    let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
    // A damaged system font must not take the picture with it: its glyph stays empty.
    if outline.draw(settings, &mut pen).is_err() {
        return Vec::new();
    }
    pen.0
}

struct Pen(Vec<Step>);

fn flipped(x: f32, y: f32) -> Pos2 {
    pos2(x, -y)
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Move(flipped(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Line(flipped(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(Step::Quad(flipped(cx, cy), flipped(x, y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(Step::Cubic(flipped(ax, ay), flipped(bx, by), flipped(x, y)));
    }

    fn close(&mut self) {
        self.0.push(Step::Close);
    }
}
