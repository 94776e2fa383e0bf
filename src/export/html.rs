//! Exports a map as one HTML file that works offline and without the program: the picture, and the details of every
//! actor, tie and source as in the window.
//!
//! The page loads nothing: its content policy only allows its own script and style, identified by digest, and typefaces
//! that are in the file. All details are in the markup, so the file can be read and searched without the script, too.

mod css_colors;
mod digest;
mod legend;
mod lists;
mod map;
mod page;
mod record;
mod records;
mod story;
mod typeface;

pub use story::HtmlStep;

use std::ops::RangeInclusive;

use emath::{Vec2, vec2};

use crate::document::Shown;
use crate::model::Map;
use crate::scene::{LegendSignGroup, Overflow, Ribbons, Scene, SheetOptions};
use crate::text::Fonts;

/// Content of a page.
#[derive(Clone, Copy, Debug)]
pub struct HtmlPage<'a> {
    /// The map.
    pub map: &'a Map,
    /// Actors and ties of the picture.
    pub shown: &'a Shown,
    /// Pairs drawn as one lane each.
    pub ribbons: &'a Ribbons,
    /// Records of the page: everything shown, and withdrawn records that it refers to. All others stay out of the
    /// file.
    pub told: &'a Shown,
    /// The picture in light colors.
    pub light: &'a Scene,
    /// The same picture in dark colors.
    pub dark: &'a Scene,
    /// When each item of the picture is drawn.
    pub occurrences: &'a [Occurrence],
    /// The signs in light and in dark colors, at [`LEGEND_PX`]; none without a legend.
    pub legend: [&'a [LegendSignGroup]; 2],
    /// The steps of the story, if there is one.
    pub story: &'a [HtmlStep],
    /// Initial colors of the page.
    pub theme: HtmlTheme,
    /// A sentence on the picture as a whole, such as a note on redaction.
    pub remark: Option<&'a str>,
}

/// Font size of the legend, in pixels.
pub const LEGEND_PX: f32 = 13.0;

/// When an item of the picture is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// The scale from which it is drawn, in pixels of the screen per pixel of the picture.
    pub from: f32,
    /// The scale from which it is no longer drawn.
    pub until: f32,
    /// The numbers of the steps in which it is drawn, 0 for the whole map; `None` for all.
    pub steps: Option<Vec<usize>>,
    /// Whether it is in another place than what the whole map shows of the same record, so that no link leads from it.
    pub is_apart: bool,
}

impl Default for Occurrence {
    fn default() -> Self {
        Self { from: 0.0, until: f32::INFINITY, steps: None, is_apart: false }
    }
}

/// Initial colors of a page; readers can switch them. Printing always uses light colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HtmlTheme {
    /// The reader's system preference.
    #[default]
    System,
    /// Light colors.
    Light,
    /// Dark colors.
    Dark,
}

/// Returns the options of a page's sheet, whose height depends on the map. Title, legend, sources and credits are text
/// beside the picture. `scene` is the map alone.
#[must_use]
pub fn html_sheet(options: &SheetOptions, scene: &Scene) -> SheetOptions {
    /// Range of the sheet's height, as a share of the width.
    const HEIGHTS: RangeInclusive<f32> = 0.45..=1.2;
    let map = scene.bounds.size().max(Vec2::splat(1.0));
    let height = options.size_px.x * (map.y / map.x).clamp(*HEIGHTS.start(), *HEIGHTS.end());
    SheetOptions {
        readable: None,
        least_text_px: 0.0,
        size_px: vec2(options.size_px.x, height),
        has_legend: false,
        has_title: false,
        has_caption: false,
        has_sources: false,
        has_coverage: false,
        has_credits: false,
        overflow: Overflow::Grow,
        remark: None,
    }
}

/// Writes a page; deterministic. If the two scenes differ in more than their colors, the page always uses the light
/// one's colors.
#[must_use]
pub fn write_html(page: &HtmlPage<'_>, fonts: &Fonts) -> String {
    page::write(page, fonts)
}
