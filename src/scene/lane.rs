//! Lines of ties: dashes, arrowheads, end bars.

use emath::{Pos2, Vec2};

use super::curve::{direction, end, without_end};
use super::plan::THINNEST;
use super::theme::{line, solid};
use super::{Shape, Stroke};
use crate::layout::Cubic;
use crate::model::{Claim, Rgb, Stage, Word};

/// Width of a ribbon's band, independent of amounts.
pub(super) const RIBBON_WIDTH: f32 = 7.0;
/// Width of the edges on both sides of a ribbon's core.
const RIBBON_EDGE: f32 = 1.6;
/// Gap between the tip of an arrowhead and the card, at the end where the layout leaves none.
pub(super) const TIP_GAP: f32 = 2.0;

/// Line style, which shows the stage of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineStyle {
    /// Active, agreed, done, or no stage given.
    Solid,
    /// Announced, planned, conditional.
    Dashed,
    /// Rumored.
    Dotted,
    /// Ended or canceled: thin, with an end bar.
    Ended,
}

impl LineStyle {
    /// Returns the style for a claim's stage.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        Self::of_stage(claim.stage.as_ref().and_then(Word::known))
    }

    /// Returns the style for a stage.
    pub(super) fn of_stage(stage: Option<Stage>) -> Self {
        match stage {
            Some(Stage::Announced | Stage::Planned | Stage::Conditional) => Self::Dashed,
            Some(Stage::Rumored) => Self::Dotted,
            Some(Stage::Ended | Stage::Canceled) => Self::Ended,
            Some(Stage::Agreed | Stage::Active | Stage::Done) | None => Self::Solid,
        }
    }

    /// Returns the line width, given the width for its amount.
    pub(super) fn width(self, width: f32) -> f32 {
        if self == Self::Ended { THINNEST * 0.8 } else { width }
    }

    /// Returns the stroke of a line in this style.
    pub(super) fn stroke(self, hue: Rgb, width: f32) -> Stroke {
        let dashes = match self {
            Self::Solid | Self::Ended => Vec::new(),
            Self::Dashed => vec![9.0 + width, 5.0 + 0.4 * width],
            Self::Dotted => vec![width.max(1.8), 3.2 + width],
        };
        let width = if self == Self::Dotted { width.max(1.8) } else { width };
        Stroke { dashes, ..line(hue, width) }
    }
}

/// Shape at the far end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tip {
    None,
    Arrow,
    Bar,
    ArrowAndBar,
    /// An arrowhead at each end.
    Arrows,
}

impl Tip {
    /// Returns whether there is an arrowhead at the far end.
    pub(super) fn has_arrow(self) -> bool {
        matches!(self, Self::Arrow | Self::ArrowAndBar | Self::Arrows)
    }
}

/// Returns the shapes of a line along a curve.
pub(super) fn shapes(curve: &[Cubic], style: LineStyle, width: f32, hue: Rgb, tip: Tip) -> Vec<Shape> {
    let Some(tip_pos) = end(curve) else { return Vec::new() };
    let stroke = style.stroke(hue, width);
    let length = arrow_length(width);
    let has_arrow = tip.has_arrow();
    // The line ends inside the arrowhead, so that a wide line doesn't stick out beside the tip.
    let pieces = if has_arrow { without_end(curve, length * 0.8) } else { curve.to_vec() };
    let mut shapes = vec![Shape::Curve { pieces, stroke }];
    if has_arrow {
        let back = end(&without_end(curve, length)).unwrap_or(tip_pos);
        let points = arrowhead(tip_pos, direction(back, tip_pos), width);
        shapes.push(Shape::Polygon { points, fill: Some(solid(hue)), stroke: None });
    }
    if matches!(tip, Tip::Bar | Tip::ArrowAndBar) {
        let (near, far) = if has_arrow { (length + 3.0, length + 6.0) } else { (3.0, 6.0) };
        let center = end(&without_end(curve, near)).unwrap_or(tip_pos);
        let back = end(&without_end(curve, far)).unwrap_or(tip_pos);
        shapes.push(bar(center, direction(back, center), hue));
    }
    shapes
}

/// Returns the shapes of a ribbon along a curve: a band with a light core, to distinguish it from a wide line.
pub(super) fn ribbon_shapes(curve: &[Cubic], style: LineStyle, (hue, core): (Rgb, Rgb), tip: Tip) -> Vec<Shape> {
    let length = arrow_length(RIBBON_WIDTH);
    let mut pieces = curve.to_vec();
    let mut heads = Vec::new();
    let both = if tip == Tip::Arrows { 2 } else { usize::from(tip.has_arrow()) };
    for _ in 0..2 {
        if heads.len() < both {
            // At the near end, the curve begins at the card's outline without a gap for the tip.
            let gap = if heads.is_empty() { 0.0 } else { TIP_GAP };
            let pointed = without_end(&pieces, gap);
            let (tip_pos, back) = (end(&pointed), end(&without_end(&pointed, length)));
            if let (Some(tip_pos), Some(back)) = (tip_pos, back) {
                let points = arrowhead(tip_pos, direction(back, tip_pos), RIBBON_WIDTH);
                heads.push(Shape::Polygon { points, fill: Some(solid(hue)), stroke: None });
            }
            pieces = without_end(&pointed, length * 0.8);
        }
        pieces = reversed(&pieces);
    }
    let stroke = style.stroke(hue, RIBBON_WIDTH);
    let inner = Stroke { paint: solid(core), width: RIBBON_WIDTH - 2.0 * RIBBON_EDGE, dashes: stroke.dashes.clone() };
    let mut shapes = vec![Shape::Curve { pieces: pieces.clone(), stroke }, Shape::Curve { pieces, stroke: inner }];
    shapes.extend(heads);
    if matches!(tip, Tip::Bar | Tip::ArrowAndBar) {
        let behind = if both > 0 { length } else { 0.0 };
        let (center, back) = (end(&without_end(curve, behind + 3.0)), end(&without_end(curve, behind + 6.0)));
        shapes.extend(center.zip(back).map(|(center, back)| bar(center, direction(back, center), hue)));
    }
    shapes
}

/// Returns the pieces in reverse direction.
pub(super) fn reversed(pieces: &[Cubic]) -> Vec<Cubic> {
    pieces.iter().rev().map(|&[a, b, c, d]| [d, c, b, a]).collect()
}

fn arrow_length(width: f32) -> f32 {
    6.8 + width
}

fn arrowhead(tip: Pos2, way: Vec2, width: f32) -> Vec<Pos2> {
    let base = tip - way * arrow_length(width);
    let side = way.rot90() * (3.4 + 0.62 * width);
    vec![tip, base + side, base - side]
}

fn bar(center: Pos2, way: Vec2, hue: Rgb) -> Shape {
    let (side, thick) = (way.rot90() * 6.5, way * 1.1);
    let points = vec![center + side + thick, center + side - thick, center - side - thick, center - side + thick];
    Shape::Polygon { points, fill: Some(solid(hue)), stroke: None }
}
