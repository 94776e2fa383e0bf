//! The map as placed shapes in world units: the single source of what canvas and pictures show.
//!
//! Each item carries the id of what it shows, so that the canvas can pick, fade and animate it, and a
//! least scale below which it is not drawn. Nothing here depends on a window or a zoom.

mod color;
mod curve;
mod free_place;
mod item;
mod lane;
mod legend;
mod parts;
mod pick;
mod plan;
mod shape;
mod sheet;
mod theme;
mod tween;

pub use free_place::free_place;
pub use item::Drawing;
pub use lane::LineStyle;
pub use legend::{Legend, Widths};
pub use parts::{Items, Order, Parts, Stale, build_scene};
pub use pick::Picker;
pub use plan::{Card, Excerpt, Gathered, Labels, MOST_LANES, NoteBox, Pill, Plan, PlanLine, Ribbons, WidthScale};
pub use sheet::{
    Detail, Materials, Overflow, Sheet, SheetOptions, SourceLine, compose_sheet, coverage_line, credit_line, map_room,
    source_lines,
};
pub use theme::{Ground, Theme};
pub use tween::tween;

use std::collections::BTreeSet;
use std::sync::Arc;

use emath::{Pos2, Rect};

use crate::layout::Cubic;
use crate::model::{ActorId, NoteId, Rgb, SourceId, TieId};
use crate::text::Text;

/// What an item of the scene shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The lane of a tie: its line and arrowhead (all spokes of a many-party tie).
    Lane(TieId),
    /// The card of an actor.
    Card(ActorId),
    /// The label of a tie (also the hub of a many-party tie).
    Pill(TieId),
    /// The lane of a ribbon, named by the first of its ties.
    Ribbon(TieId),
    /// The label of a ribbon.
    RibbonPill(TieId),
    /// A note.
    Note(NoteId),
    /// The role of the nth party of a many-party tie.
    Role(TieId, u32),
    /// What stands above a column, counted from the left.
    Heading(u32),
    /// Title, subtitle and as-of date.
    Title,
    /// The legend.
    Legend,
    /// What stands around the numbered sources: rules, heading, coverage, credits.
    Sources,
    /// One of the numbered sources.
    Source(SourceId),
}

/// A color with opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// The color.
    pub color: Rgb,
    /// 0 (invisible) to 1 (opaque).
    pub opacity: f32,
}

/// A line's looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its color.
    pub paint: Paint,
    /// Its width in world units.
    pub width: f32,
    /// Lengths of dashes and gaps in turn, in world units; empty for a solid line.
    pub dashes: Vec<f32>,
}

/// One placed shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of its corners.
        radius: f32,
        /// Its inside.
        fill: Option<Paint>,
        /// Its outline, centered on the edge.
        stroke: Option<Stroke>,
    },
    /// A curve of joined Bézier pieces.
    Curve {
        /// The pieces.
        pieces: Vec<Cubic>,
        /// Its looks.
        stroke: Stroke,
    },
    /// A convex polygon, such as an arrowhead.
    Polygon {
        /// Its corners.
        points: Vec<Pos2>,
        /// Its inside.
        fill: Option<Paint>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// A text, already broken into lines.
    Text {
        /// Upper left corner.
        pos: Pos2,
        /// What.
        text: Arc<Text>,
        /// Its color.
        paint: Paint,
    },
}

/// All shapes of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneItem {
    /// What it shows.
    pub part: Part,
    /// Scale (pixels per world unit) below which it is not drawn.
    pub min_scale: f32,
    /// Its shapes, first at the back.
    pub shapes: Vec<Shape>,
}

/// Everything that canvas and pictures show, first item at the back.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The items, shared with earlier pictures in which they looked the same.
    pub items: Vec<Arc<SceneItem>>,
    /// What all items cover, without margin.
    pub bounds: Rect,
    /// What lies behind.
    pub background: Rgb,
}

impl Scene {
    /// Characters in its texts that no font at hand has, each once, in the order of their code points.
    #[must_use]
    pub fn missing(&self) -> Vec<char> {
        let texts = self.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text),
            _ => None,
        });
        let missing: BTreeSet<char> = texts.flat_map(|text| text.missing.iter().copied()).collect();
        missing.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
