//! A map as one HTML file that works without a network and without its program: the picture, and behind every
//! actor, tie and source the details that the window shows.
//!
//! The page loads nothing, and its content policy lets nothing run but its own script, named by its digest. All
//! details stand in the markup, so that the file can be read and searched without the script, too.

mod css_colors;
mod digest;
mod lists;
mod map;
mod page;
mod record;
mod records;

use std::ops::RangeInclusive;

use emath::{Vec2, vec2};

use crate::document::Shown;
use crate::model::Map;
use crate::scene::{Overflow, Ribbons, Scene, SheetOptions};
use crate::text::Fonts;

/// What becomes a page.
#[derive(Clone, Copy, Debug)]
pub struct HtmlPage<'a> {
    /// The claims.
    pub map: &'a Map,
    /// What the picture shows.
    pub shown: &'a Shown,
    /// Which pairs it draws as one lane each.
    pub ribbons: &'a Ribbons,
    /// What the page tells of: what is shown, and withdrawn records to which that refers. The rest stays out of the file.
    pub told: &'a Shown,
    /// The picture in light colors.
    pub light: &'a Scene,
    /// The same picture in dark colors.
    pub dark: &'a Scene,
    /// In which colors the page opens.
    pub theme: HtmlTheme,
    /// A sentence on the picture as a whole, such as on what is withheld.
    pub remark: Option<&'a str>,
}

/// In which colors a page opens; whoever reads it can change them. It is always printed in light ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HtmlTheme {
    /// Those that the reader's system asks for.
    #[default]
    System,
    /// Light ones.
    Light,
    /// Dark ones.
    Dark,
}

/// The parts of a picture that a page needs, on a sheet as high as the map makes it: title, sources and credits are
/// text beside the picture. `scene` is the map alone.
#[must_use]
pub fn html_sheet(options: &SheetOptions, scene: &Scene) -> SheetOptions {
    /// What the legend takes of the height, as a share of the width.
    const LEGEND: f32 = 0.12;
    /// The lowest and the highest sheet, as shares of the width.
    const HEIGHTS: RangeInclusive<f32> = 0.45..=1.2;
    let map = scene.bounds.size().max(Vec2::splat(1.0));
    let legend = if options.has_legend { LEGEND } else { 0.0 };
    let height = options.size_px.x * (map.y / map.x + legend).clamp(*HEIGHTS.start(), *HEIGHTS.end());
    SheetOptions {
        size_px: vec2(options.size_px.x, height),
        has_legend: options.has_legend,
        has_title: false,
        has_sources: false,
        has_coverage: false,
        has_credits: false,
        overflow: Overflow::Grow,
        remark: None,
    }
}

/// Writes a page; the same bytes for the same input. Scenes of two themes that differ in more than their colors
/// are shown in the light one's colors.
#[must_use]
pub fn write_html(page: &HtmlPage<'_>, fonts: &Fonts) -> String {
    page::write(page, fonts)
}
