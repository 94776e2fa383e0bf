//! What a page is made from, and what it shall hold.

use emath::{Vec2, vec2};

use crate::model::Map;
use crate::scene::Theme;
use crate::scene::plan::Plan;
use crate::text::Fonts;

/// Page area at which texts have their plain sizes: 1920 by 1080 pixels.
pub(super) const PLAIN_AREA: f32 = 1920.0 * 1080.0;

/// Where sources go that would make the map too small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// Below the map: the page grows downwards.
    #[default]
    Grow,
    /// Onto further pages of the same size.
    NextPage,
    /// Nowhere: another text holds them, such as speaker notes.
    LeaveOut,
}

/// What a page holds.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "five parts that are switched on and off one by one")]
pub struct SheetOptions {
    /// Size of the page in pixels.
    pub size_px: Vec2,
    /// Whether title, subtitle and as-of date stand above the map.
    pub has_title: bool,
    /// Whether the signs are explained.
    pub has_legend: bool,
    /// Whether the numbered sources are listed.
    pub has_sources: bool,
    /// Whether the foot tells how well the map is sourced.
    pub has_coverage: bool,
    /// Whether the foot names authors and license.
    pub has_credits: bool,
    /// Where sources go that find no room.
    pub overflow: Overflow,
    /// A sentence for the foot, such as on what is withheld.
    pub remark: Option<String>,
}

impl Default for SheetOptions {
    fn default() -> Self {
        Self {
            size_px: vec2(1920.0, 1080.0),
            has_title: true,
            has_legend: true,
            has_sources: true,
            has_coverage: true,
            has_credits: true,
            overflow: Overflow::Grow,
            remark: None,
        }
    }
}

/// What a page is made from, apart from its map's places.
#[derive(Clone, Copy)]
pub struct Materials<'a> {
    /// The map.
    pub map: &'a Map,
    /// What of it is drawn, measured.
    pub plan: &'a Plan,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The colors.
    pub theme: &'a Theme,
}
