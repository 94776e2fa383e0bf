//! The layout job, and the picture that a search for a more readable arrangement has to beat.

use std::sync::Arc;

use egui::Theme as Colors;

use crate::derive::{self, Improved, Incumbent, LayoutInput, Picture, Work};
use crate::jobs::JobContext;
use crate::model::Map;
use crate::scene::{Legend, Overview};

use super::Pipeline;
use super::derived_picture::DerivedPicture;
use crate::app::ui::theme::scene_theme;

impl Pipeline {
    /// Makes the next layout keep the places of the current picture unless it finds more readable ones.
    pub(crate) fn keep_unless_better(&mut self) {
        // While a layout is running, the picture is still the one that it has to beat.
        self.incumbent = Some(Arc::new(Incumbent::of(&self.picture)));
    }

    /// Returns whether a layout has found nothing more readable and kept all places, once per layout.
    pub(crate) fn take_kept(&mut self) -> bool {
        std::mem::take(&mut self.has_kept)
    }
}

/// Lays out and draws a map in a job; keeps the places of the incumbent if there is one and nothing more readable is
/// found, and the hues of earlier areas. `None` if canceled.
pub(super) fn derived(
    map: Arc<Map>,
    wanted: LayoutInput,
    incumbent: Option<&Incumbent>,
    earlier: Option<&Overview>,
    colors: Colors,
    job: &JobContext,
) -> Option<DerivedPicture> {
    let Improved { layout, is_kept } = match incumbent {
        Some(current) => derive::lay_out_better(&wanted, current, job)?,
        None => Improved { layout: derive::lay_out(&wanted, job)?, is_kept: false },
    };
    if job.is_canceled() {
        return None;
    }
    let mut work = Work::default();
    let picture = Picture::after(earlier, map, wanted, layout, scene_theme(colors), &mut work);
    Some(DerivedPicture { picture: Some(picture), legend: Legend::default(), work, is_kept })
}
