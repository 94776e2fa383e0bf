//! Lines of ties: dashes, arrowheads, end bars.

use emath::{Pos2, Vec2};

use super::curve::{direction, end, without_end};
use super::theme::{line, solid};
use super::width::THINNEST;
use super::{Shape, Stroke};
use crate::layout::Cubic;
use crate::model::{Claim, Rgb, Stage, Word};

/// How far a tie has come, as its line shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineStyle {
    /// Active, agreed, done, or nothing said.
    Solid,
    /// Announced, planned, conditional.
    Dashed,
    /// Rumored.
    Dotted,
    /// Ended or canceled: thin, with an end bar.
    Ended,
}

impl LineStyle {
    /// The style of a claim's stage.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        Self::of_stage(claim.stage.as_ref().and_then(Word::known))
    }

    /// The style of a stage.
    pub(super) fn of_stage(stage: Option<Stage>) -> Self {
        match stage {
            Some(Stage::Announced | Stage::Planned | Stage::Conditional) => Self::Dashed,
            Some(Stage::Rumored) => Self::Dotted,
            Some(Stage::Ended | Stage::Canceled) => Self::Ended,
            Some(Stage::Agreed | Stage::Active | Stage::Done) | None => Self::Solid,
        }
    }

    /// The width of its line, given that of its amount.
    pub(super) fn width(self, width: f32) -> f32 {
        if self == Self::Ended { THINNEST * 0.8 } else { width }
    }

    /// The stroke of a line in this style.
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

/// What stands at the far end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tip {
    None,
    Arrow,
    Bar,
    ArrowAndBar,
}

/// The shapes of a line along a curve.
pub(super) fn shapes(curve: &[Cubic], style: LineStyle, width: f32, hue: Rgb, tip: Tip) -> Vec<Shape> {
    let Some(tip_pos) = end(curve) else { return Vec::new() };
    let stroke = style.stroke(hue, width);
    let length = arrow_length(width);
    let has_arrow = matches!(tip, Tip::Arrow | Tip::ArrowAndBar);
    // The line ends inside the arrowhead, so that a wide line does not show beside its tip.
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
