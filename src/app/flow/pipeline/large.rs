//! Large maps: measured, placed and drawn by a job after each change, so that the window never waits for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Context, Theme as Colors};
use emath::Pos2;

use crate::derive::{self, Difference, Work};
use crate::document::Document;
use crate::jobs::JobContext;
use crate::model::Placed;
use crate::scene::Legend;

use super::derived_picture::DerivedPicture;
use super::large_map::LargeInput;
use super::{ASPECT, Derived, LayoutState, Motion, Pipeline, Version, searching};
use crate::app::ask::command::JobKind;
use crate::app::flow::task::Task;
use crate::app::session::Session;
use crate::app::ui::progress::Strip;

/// Up to this many cards and hubs are drawn where they were moved to before the job has ended.
const MOST_MOVED: usize = 200;

impl Pipeline {
    /// Returns where cards and hubs were moved to since the picture was drawn, if a job draws it again.
    pub(crate) fn moved(&self) -> &BTreeMap<Placed, Pos2> {
        &self.large.moved
    }

    /// Starts the job that derives the picture of a large map; the shown one stays until it ends. Given are the
    /// differences to the document that the picture shows, and to the last one seen.
    pub(super) fn start_large(
        &mut self,
        ctx: &Context,
        session: &Session,
        document: &Document,
        (difference, latest): (&Difference, &Difference),
        colors: Colors,
    ) -> Derived {
        let version = Version::of(&session.document, self.is_story);
        let has_moved = !(latest.places.is_empty() && latest.bends.is_empty());
        if let LayoutState::Running { of, layout_input: None, .. } = &mut self.progress
            && Arc::ptr_eq(&of.map, &version.map)
            && latest.keeps_measures()
            && !has_moved
        {
            // Notes are no reason to begin anew; they are added to what the job draws.
            *of = version;
            self.large.has_late_notes |= latest.has_notes;
            return Derived::Same;
        }
        let is_shown = !matches!(self.progress, LayoutState::None) && self.colors == colors;
        let has_same_kinds = is_shown && self.picture.has_same_kinds(&document.map, difference);
        let mut derived = Derived::Same;
        // What was dragged stays where it was dropped until the job ends.
        if !self.picture.keep_moved(document, difference, &mut self.work) && self.picture.restore(&mut self.work) {
            derived = Derived::Changed;
        }
        let positions = &document.look.positions;
        self.large.is_placed = self.shown.actors().all(|actor| positions.contains_key(&Placed::Actor(actor)));
        self.large.has_late_notes = false;
        let moved = |place: &Placed| Some((*place, *positions.get(place)?));
        if difference.places.len() <= MOST_MOVED {
            self.large.moved.extend(difference.places.iter().filter_map(moved));
        }
        self.motion = Motion::Still;
        let wanted = LargeInput {
            document: document.clone(),
            fonts: Arc::clone(&self.fonts),
            shown: has_same_kinds.then(|| self.picture.shared_input()),
            earlier: self.picture.overview().cloned(),
            incumbent: self.incumbent.clone(),
            colors,
        };
        let step = session.history.latest();
        if let LayoutState::Running { of, layout_input: None, task, cause } = &mut self.progress {
            // One at a time: this one begins when the canceled one has noticed.
            let _ = task.cancel();
            (*of, *cause) = (version, step);
            self.large.waiting = Some(wanted);
        } else {
            let task = start(wanted, ctx);
            self.progress = LayoutState::Running { of: version, layout_input: None, task, cause: step };
        }
        derived
    }

    /// Returns the progress bar of the running layout; none of a job that only draws.
    pub(crate) fn strip(&self, ctx: &Context) -> Option<Strip> {
        let is_large = matches!(self.progress, LayoutState::Running { layout_input: None, .. });
        let task = self.task().filter(|_| !(is_large && self.large.is_placed))?;
        task.strip(ctx)
    }
}

/// Starts the job.
pub(super) fn start(wanted: LargeInput, ctx: &Context) -> Task<Option<DerivedPicture>> {
    Task::start(ctx, JobKind::Layout, "Arranging the map", move |job| derived_large(wanted, job))
}

/// Measures, places and draws a large map. `None` if canceled.
fn derived_large(wanted: LargeInput, job: &JobContext) -> Option<DerivedPicture> {
    let LargeInput { document, fonts, shown, earlier, incumbent, colors } = wanted;
    let before = fonts.asked();
    let layout_input = derive::build_request(&document, &fonts, ASPECT);
    let texts = fonts.asked() - before;
    let records = document.map.actors().len() + document.map.ties().len();
    if job.is_canceled() {
        return None;
    }
    let mut derived = if shown.is_some_and(|shown| *shown == layout_input) {
        let legend = Legend::of_plan(&document.map, &layout_input.plan);
        DerivedPicture { picture: None, legend, work: Work::default(), is_kept: false }
    } else {
        let map = Arc::clone(&document.map);
        searching::derived(map, layout_input, incumbent.as_deref(), earlier.as_deref(), colors, job)?
    };
    derived.work.texts += texts;
    derived.work.records += records;
    Some(derived)
}
