//! A map as placed shapes in world units, the common source of canvas and exported pictures.
//!
//! Each item carries the id of the part it shows, so that the canvas can pick, fade and animate it, and a minimum
//! scale below which it is not drawn. Nothing here depends on a window or zoom.

mod color;
mod curve;
mod fade;
mod free_place;
mod item;
mod labeling;
mod lane;
mod legend;
mod overview;
mod parts;
mod pick;
mod plan;
mod shape;
mod sheet;
mod theme;
mod tween;

pub(crate) use curve::{end as curve_end, without_end as without_curve_end};
pub use free_place::free_place;
pub use item::Drawing;
pub use labeling::{LabelMaterials, Labeling, LabelingCounts, LabelingInput, ReadableSizes, room_for};
pub use lane::LineStyle;
pub use legend::{
    Legend, LegendSign, LegendSignGroup, OWN_COLOR, OverviewSigns, UNCERTAIN, UNSEEN, UNSEEN_SIGN, Widths, legend_signs,
};
pub use overview::{
    BENT_TIES_FROM, BOW, DotScale, FULL_DETAIL, Level, MAX_DRAWN_TIES, MapArea, NO_AREA, Overview, OverviewDots,
    OverviewInput, OverviewPalette, OverviewTies, OverviewView, OverviewWords, PlacedName, PlacedTitle, TIE_FADES,
    TieBudget, TieStyle, UsedSigns, WordMaterials, bow_pieces,
};
pub use parts::{Items, Order, Parts, Stale, build_scene};
pub use pick::Picker;
pub use plan::{Card, ColumnGrouping, Excerpt, Labels, MAX_LANES, NoteBox, Pill, Plan, PlanLine, Ribbons, WidthScale};
pub use shape::region_strips;
pub use sheet::{
    CaptionPages, Detail, LongCaption, MAX_CAPTION_PAGES, Overflow, OverviewRoom, Placement, Sheet, SheetInputs,
    SheetOptions, SourceLine, StoryPage, StorySheet, compose_caption_pages, compose_overview_sheet, compose_sheet,
    compose_source_pages, compose_story, coverage_line, credit_line, is_caption_cut, map_room, overview_legend,
    skipped_line, source_lines,
};
pub use theme::{Ground, Theme};
pub use tween::tween;

use std::collections::BTreeSet;
use std::sync::Arc;

use emath::{Pos2, Rect};

use crate::layout::Cubic;
use crate::model::{ActorId, NoteId, Rgb, SourceId, TieId};
use crate::text::Text;

/// Part of the picture that an item shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The lane of a tie: its line and arrowhead; all spokes of a many-party tie.
    Lane(TieId),
    /// The card of an actor.
    Card(ActorId),
    /// The label of a tie; also the hub of a many-party tie.
    Pill(TieId),
    /// The lane of a ribbon, identified by its first tie.
    Ribbon(TieId),
    /// The label of a ribbon.
    RibbonPill(TieId),
    /// A note.
    Note(NoteId),
    /// The role of the nth party of a many-party tie.
    Role(TieId, u32),
    /// The heading of a column, counted from the left.
    Heading(u32),
    /// An area of a large map: its inside, its outline or its title.
    Area(u32),
    /// The ties of a large map.
    Ties,
    /// The dots of a large map.
    Dots,
    /// Title, subtitle and as-of date.
    Title,
    /// The legend.
    Legend,
    /// The surroundings of the numbered sources: rules, heading, coverage, credits.
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

/// Style of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Color.
    pub paint: Paint,
    /// Width in world units.
    pub width: f32,
    /// Alternating lengths of dashes and gaps, in world units; empty for a solid line.
    pub dashes: Vec<f32>,
}

/// One placed shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Rect {
        /// Position and size.
        rect: Rect,
        /// Corner radius.
        radius: f32,
        /// Fill.
        fill: Option<Paint>,
        /// Outline, centered on the edge.
        stroke: Option<Stroke>,
    },
    /// A curve of joined Bézier pieces.
    Curve {
        /// The pieces.
        pieces: Vec<Cubic>,
        /// Line style.
        stroke: Stroke,
    },
    /// A convex polygon, such as an arrowhead.
    Polygon {
        /// Corners.
        points: Vec<Pos2>,
        /// Fill.
        fill: Option<Paint>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// Any area, bounded by closed lines; holes are found by the even-odd rule.
    Region {
        /// The closed lines.
        rings: Vec<Vec<Pos2>>,
        /// Fill.
        fill: Option<Paint>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// Straight lines of one style, each drawn by itself: where many cross, they add up.
    Segments {
        /// Ends of each line.
        lines: Vec<[Pos2; 2]>,
        /// Color.
        paint: Paint,
        /// Width in world units.
        width: f32,
    },
    /// Filled circles, each with a rim around it.
    Dots {
        /// Centers and radii.
        dots: Vec<(Pos2, f32)>,
        /// Fill.
        fill: Option<Paint>,
        /// Paint and width of the rim outside the radius.
        rim: Option<(Paint, f32)>,
    },
    /// A band around the letters of a text, which separates it from what is behind.
    Halo {
        /// Upper left corner of the text.
        pos: Pos2,
        /// Shaped text.
        text: Arc<Text>,
        /// Color.
        paint: Paint,
        /// How far it reaches beyond the letters.
        width: f32,
    },
    /// Text, already broken into lines.
    Text {
        /// Upper left corner.
        pos: Pos2,
        /// Shaped text.
        text: Arc<Text>,
        /// Color.
        paint: Paint,
    },
}

/// All shapes of one part, or of one layer of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneItem {
    /// Part shown.
    pub part: Part,
    /// Minimum scale for drawing, in pixels per world unit.
    pub min_scale: f32,
    /// Shapes from back to front.
    pub shapes: Vec<Shape>,
}

/// Content of canvas and pictures, items from back to front.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Items, shared with earlier scenes where unchanged.
    pub items: Vec<Arc<SceneItem>>,
    /// Bounding box of all items, without margin.
    pub bounds: Rect,
    /// Background color.
    pub background: Rgb,
}

impl Scene {
    /// Returns the items of some parts as a scene of its own.
    #[must_use]
    pub fn part(&self, is_kept: impl Fn(Part) -> bool) -> Self {
        let items: Vec<_> = self.items.iter().filter(|item| is_kept(item.part)).map(Arc::clone).collect();
        let shapes = items.iter().flat_map(|item| &item.shapes);
        let covered = shapes.fold(Rect::NOTHING, |all, shape| all.union(shape.bounds()));
        let bounds = if covered.is_finite() { covered } else { Rect::from_min_max(Pos2::ZERO, Pos2::ZERO) };
        Self { items, bounds, background: self.background }
    }

    /// Returns the characters in its texts that no available font has, sorted and without duplicates.
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
mod common_source_tests;
#[cfg(test)]
mod tests;
