//! Large maps: measured, placed and drawn by a job after each change, so that the window never waits for them.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{Context, Theme as Colors};

use crate::derive::{self, Difference, Incumbent, LayoutInput, Work};
use crate::document::Document;
use crate::jobs::JobContext;
use crate::model::Map;
use crate::scene::Overview;
use crate::text::Fonts;

use super::{ASPECT, Derived, DerivedPicture, LayoutState, Motion, Pipeline, Version, searching};
use crate::app::ask::command::JobKind;
use crate::app::flow::task::Task;
use crate::app::session::Session;

/// Maps of more actors and ties than this are measured by the job.
const MEASURED_AT_ONCE: usize = 12_000;

/// Returns whether a map is measured by a job.
pub(super) fn is_large(map: &Map) -> bool {
    map.actors().len() + map.ties().len() > MEASURED_AT_ONCE
}

/// Held by the job that is at work: those that were canceled meanwhile end without having begun.
pub(super) type Turn = Arc<Mutex<()>>;

/// What the job derives a picture from.
struct Wanted {
    turn: Turn,
    document: Document,
    fonts: Arc<Fonts>,
    /// The input of the shown picture, if an equal one looks the same.
    shown: Option<Arc<LayoutInput>>,
    earlier: Option<Arc<Overview>>,
    incumbent: Option<Arc<Incumbent>>,
    colors: Colors,
}

impl Pipeline {
    /// Starts the job that derives the picture of a large map; the shown one stays until it ends.
    pub(super) fn start_large(
        &mut self,
        ctx: &Context,
        session: &Session,
        document: &Document,
        difference: &Difference,
        colors: Colors,
    ) -> Derived {
        let is_shown = matches!(self.progress, LayoutState::Done { .. }) && self.colors == colors;
        let has_same_colors = is_shown && self.picture.has_same_colors(&document.map, difference);
        let mut derived = Derived::Same;
        // What was dragged stays where it was dropped until the job ends.
        if !self.picture.keep_moved(document, difference) && self.picture.restore(&mut self.work) {
            derived = Derived::Changed;
        }
        let wanted = Wanted {
            turn: Arc::clone(&self.turn),
            document: document.clone(),
            fonts: Arc::clone(&self.fonts),
            shown: has_same_colors.then(|| self.picture.shared_input()),
            earlier: self.picture.overview().cloned(),
            incumbent: self.incumbent.clone(),
            colors,
        };
        self.motion = Motion::Still;
        let task = Task::start(ctx, JobKind::Layout, "Arranging the map", move |job| derived_large(wanted, job));
        let (of, cause) = (Version::of(&session.document, self.is_story), session.history.latest());
        self.progress = LayoutState::Running { of, layout_input: None, task, cause };
        derived
    }
}

/// Measures, places and draws a large map. `None` if canceled.
fn derived_large(wanted: Wanted, job: &JobContext) -> Option<DerivedPicture> {
    let Wanted { turn, document, fonts, shown, earlier, incumbent, colors } = wanted;
    let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
    if job.is_canceled() {
        return None;
    }
    let before = fonts.asked();
    let layout_input = derive::build_request(&document, &fonts, ASPECT);
    let texts = fonts.asked() - before;
    let records = document.map.actors().len() + document.map.ties().len();
    let mut derived = if shown.is_some_and(|shown| *shown == layout_input) {
        DerivedPicture { picture: None, work: Work::default(), is_kept: false }
    } else {
        let map = Arc::clone(&document.map);
        searching::derived(map, layout_input, incumbent.as_deref(), earlier.as_deref(), colors, job)?
    };
    derived.work.texts += texts;
    derived.work.records += records;
    Some(derived)
}
