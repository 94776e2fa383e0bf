//! Options and inputs of a page.

use emath::{Vec2, vec2};

use crate::model::Map;
use crate::scene::plan::Plan;
use crate::scene::{ReadableSizes, Theme};
use crate::text::Fonts;

/// Page area in pixels at which text has its plain size: 1920 × 1080.
pub(super) const PLAIN_AREA: f32 = 1920.0 * 1080.0;

/// Handling of sources that would make the map too small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// The page grows downward.
    #[default]
    Grow,
    /// Further pages of the same size.
    NextPage,
    /// Omitted; another text, such as speaker notes, holds them.
    LeaveOut,
}

/// Content of a page.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "parts that are switched on and off one by one")]
pub struct SheetOptions {
    /// Size of the page in pixels.
    pub size_px: Vec2,
    /// Whether title, subtitle and as-of date are above the map.
    pub has_title: bool,
    /// Whether the subtitle is the caption of a step, which may be long.
    pub has_caption: bool,
    /// Whether there is a legend.
    pub has_legend: bool,
    /// Whether the numbered sources are listed.
    pub has_sources: bool,
    /// Whether the foot summarizes how well the map is sourced.
    pub has_coverage: bool,
    /// Whether the foot contains authors and license.
    pub has_credits: bool,
    /// Handling of sources without room.
    pub overflow: Overflow,
    /// The smallest readable sizes of names and labels on the map; `None` if it can be enlarged.
    pub readable: Option<ReadableSizes>,
    /// The smallest font size around the map, in page pixels; 0 for any.
    pub least_text_px: f32,
    /// A sentence for the foot, such as a note on redaction.
    pub remark: Option<String>,
}

impl Default for SheetOptions {
    fn default() -> Self {
        Self {
            size_px: vec2(1920.0, 1080.0),
            has_title: true,
            has_caption: false,
            has_legend: true,
            has_sources: true,
            has_coverage: true,
            has_credits: true,
            overflow: Overflow::Grow,
            readable: None,
            least_text_px: 0.0,
            remark: None,
        }
    }
}

/// Inputs of a page, except the map's positions.
#[derive(Clone, Copy)]
pub struct SheetInputs<'a> {
    /// The map.
    pub map: &'a Map,
    /// Measured contents.
    pub plan: &'a Plan,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The colors.
    pub theme: &'a Theme,
}
