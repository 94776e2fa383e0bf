//! What the pipeline knows of a large map besides its picture.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Theme as Colors;
use emath::Pos2;

use crate::derive::{Incumbent, LayoutInput};
use crate::document::{Document, Shown};
use crate::model::{Map, Placed};
use crate::scene::Overview;
use crate::text::Fonts;

/// The numbers of actors and ties up to which the window's thread derives.
#[derive(Clone, Copy, Debug)]
pub(super) struct LargeLimits {
    /// Larger maps are measured by the job.
    pub(super) measured: usize,
    /// In still larger ones even a moved card is left to the job, since all areas are found again.
    pub(super) moved: usize,
}

impl Default for LargeLimits {
    fn default() -> Self {
        Self { measured: 5_000, moved: 60_000 }
    }
}

impl LargeLimits {
    /// Returns whether what is shown of a map is measured by a job.
    pub(super) fn is_large(self, map: &Map, shown: &Shown) -> bool {
        // Importance is measured over the whole map, however little of it is shown.
        let is_huge = self.is_very_large(map);
        is_huge || (self.is_large_map(map) && shown.actors().count() + shown.ties().count() > self.measured)
    }

    /// Returns whether a picture of a map is large if all of it is shown.
    pub(super) fn is_large_map(self, map: &Map) -> bool {
        map.actors().len() + map.ties().len() > self.measured
    }

    /// Returns whether places of a map are changed by a job, too.
    pub(super) fn is_very_large(self, map: &Map) -> bool {
        map.actors().len() + map.ties().len() > self.moved
    }
}

/// What the pipeline knows of a large map besides its picture.
#[derive(Default)]
pub(super) struct LargeMap {
    pub(super) limits: LargeLimits,
    /// Where cards and hubs were moved to since the picture was drawn, if a job draws it again.
    pub(super) moved: BTreeMap<Placed, Pos2>,
    /// Whether notes changed while a job draws.
    pub(super) has_late_notes: bool,
    /// What is derived once the canceled job that is still at work has ended.
    pub(super) waiting: Option<LargeInput>,
    /// Whether all that is shown has its place, so that the job only draws.
    pub(super) is_placed: bool,
}

/// What the job derives a picture from.
pub(super) struct LargeInput {
    pub(super) document: Document,
    pub(super) fonts: Arc<Fonts>,
    /// The input of the shown picture, if an equal one looks the same.
    pub(super) shown: Option<Arc<LayoutInput>>,
    pub(super) earlier: Option<Arc<Overview>>,
    pub(super) incumbent: Option<Arc<Incumbent>>,
    pub(super) colors: Colors,
}
