//! What a frame of the overview is drawn with, and what it took.

use std::collections::BTreeSet;
use std::rc::Rc;

use egui::{Painter, Pos2};

use crate::app::canvas::camera::Transform;
use crate::app::canvas::paint::lettering::Lettering;
use crate::model::{ActorId, Item};
use crate::scene::{LabelMaterials, Level, OverviewView};
use crate::text::Fonts;

/// The smallest size of names, in points.
const LEAST_NAME: f32 = 11.0;
/// How strongly areas, ties, dots and words are drawn beside a selection.
const FADED: Strengths = Strengths { areas: 0.4, ties: 0.22, dots: 0.32, words: 0.5 };
const FULL: Strengths = Strengths { areas: 1.0, ties: 1.0, dots: 1.0, words: 1.0 };

#[derive(Clone, Copy)]
pub(super) struct Strengths {
    pub(super) areas: f32,
    pub(super) ties: f32,
    pub(super) dots: f32,
    pub(super) words: f32,
}

/// Records that stay bright; `None` if nothing is faded.
pub(crate) type BrightRecords = Option<Rc<BTreeSet<Item>>>;

/// What a view is drawn with.
pub(crate) struct OverviewScope<'a> {
    pub(crate) of: LabelMaterials<'a>,
    pub(crate) fonts: &'a Fonts,
    pub(crate) letters: &'a Lettering,
    pub(crate) bright: BrightRecords,
    pub(crate) hovered: Option<ActorId>,
    pub(crate) selected: &'a BTreeSet<ActorId>,
    /// Dragged actors with their present centers.
    pub(crate) moved: &'a [(ActorId, Pos2)],
}

/// What is drawn in a frame.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    pub(super) painter: &'a Painter,
    pub(super) transform: Transform,
    pub(super) level: Level,
    pub(super) scope: &'a OverviewScope<'a>,
    /// Time of the frame.
    pub(super) now_secs: f64,
}

impl Stage<'_> {
    /// Returns what is seen.
    pub(super) fn view(&self) -> OverviewView {
        OverviewView {
            scale: self.transform.zoom,
            offset: self.transform.pan,
            visible: self.painter.clip_rect(),
            unit: 1.0,
            least_px: LEAST_NAME,
            level: self.level,
        }
    }

    /// Returns how strongly everything is drawn.
    pub(super) fn strengths(&self) -> Strengths {
        if self.scope.bright.is_some() { FADED } else { FULL }
    }

    /// Returns what colors and sizes of shapes depend on.
    pub(super) fn look(&self) -> OverviewLook {
        OverviewLook {
            level: self.level,
            pixels_per_point: self.painter.ctx().pixels_per_point(),
            is_dark: self.scope.of.theme.is_dark(),
            is_faded: self.scope.bright.is_some(),
        }
    }
}

/// What colors and sizes of shapes depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OverviewLook {
    pub(super) level: Level,
    pub(super) pixels_per_point: f32,
    pub(super) is_dark: bool,
    pub(super) is_faded: bool,
}

/// The work of a frame.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OverviewWork {
    /// Whether words were placed anew.
    pub(crate) has_new_words: bool,
    /// Whether another frame is needed, since something derived for another view is reused.
    pub(crate) is_unfinished: bool,
    /// Number of dots and ties drawn.
    pub(crate) drawn: usize,
    /// Number of dots and ties that were looked at.
    pub(crate) walked: usize,
}

/// A word of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OverviewWord {
    /// The title of an area.
    Title(u32),
    /// The name of a dot.
    Name(u32),
}
