//! What stands behind the canvas: what is shown, laid out and drawn, derived again as much as changed.
//!
//! Places are found by a job, so that the window never waits; until it ends, the picture before stays.

mod giving_up;
mod showing;

use std::sync::Arc;

use egui::{Context, Theme as Colors};
use emath::{Pos2, Rect};

use crate::derive::{self, LayoutInput};
use crate::derive::{Difference, Picture, Work};
use crate::document::{Document, Shown, StepId};
use crate::jobs::JobContext;
use crate::layout::{self, Layout};
use crate::load::Origin;
use crate::model::{Map, Placed};
use crate::scene::{Legend, Picker, Ribbons, Scene};
use crate::text::Fonts;

use crate::app::ask::command::JobKind;
use crate::app::canvas::Drag;
use crate::app::flow::task::Task;
use crate::app::flow::transition::Transition;
use crate::app::session::Session;
use crate::app::ui::theme::scene_theme;

/// Width over height that a map is laid out for: about that of the canvas in a window of the first size. It does not
/// follow the window, so that a map looks the same each time it is opened.
const ASPECT: f32 = 1.25;

/// Up to this many boxes, lines are routed at once; beyond, by a job.
const ROUTED_AT_ONCE: usize = 120;

/// Up to this many lines, the same.
const LANES_AT_ONCE: usize = 600;

/// A state of the document.
#[derive(Debug)]
struct Version {
    map: Arc<Map>,
    revision: u64,
}

impl Version {
    fn of(document: &Document) -> Self {
        Self { map: Arc::clone(&document.map), revision: document.revision }
    }
}

/// How far the layout of the document is.
#[expect(clippy::large_enum_variant, reason = "there is one, and it is never copied")]
enum LayoutState {
    /// Nothing has been derived yet.
    None,
    /// A job looks for places or ways; the last picture stays until it ends.
    Running {
        of: Version,
        layout_input: LayoutInput,
        /// The job; it makes no picture if it is canceled.
        task: Task<Option<DerivedPicture>>,
        /// The step that made it necessary, if one did.
        cause: Option<StepId>,
    },
    /// The picture shows this state of the document.
    Done { of: Version },
}

/// What a job has made: a picture, and what that took.
pub(crate) struct DerivedPicture {
    picture: Picture,
    work: Work,
}

/// What is seen instead of the finished picture.
enum Motion {
    /// Nothing else.
    Still,
    /// The picture on its way from where everything was.
    Moving(Transition),
}

/// The derived picture.
pub(crate) struct Pipeline {
    fonts: Arc<Fonts>,
    shown: Shown,
    picture: Picture,
    /// The colors of the picture.
    colors: Colors,
    progress: LayoutState,
    motion: Motion,
    /// The document that was looked at last, and how it differs from the one before for those who ask.
    document: Document,
    news: Option<Difference>,
    work: Work,
}

/// What came of deriving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Derived {
    /// Nothing new.
    Same,
    /// The picture changed.
    Changed,
    /// Everything has its place now that had none before.
    Settled,
}

impl Pipeline {
    /// An empty stage.
    pub(crate) fn new(fonts: Arc<Fonts>) -> Self {
        let nothing = Document::new(Arc::new(Map::default()), Arc::new(Origin::default()));
        let layout_input = derive::build_request(&nothing, &fonts, derive::LANDSCAPE);
        let (colors, mut work) = (Colors::Light, Work::default());
        let map = Arc::clone(&nothing.map);
        let picture = Picture::new(map, layout_input, Layout::default(), scene_theme(colors), &mut work);
        Self {
            fonts,
            shown: Shown::default(),
            picture,
            colors,
            progress: LayoutState::None,
            motion: Motion::Still,
            document: nothing,
            news: None,
            work,
        }
    }

    /// What the document shows.
    pub(crate) fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The picture, or what is seen on the way to it.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        match &self.motion {
            Motion::Still => self.picture.scene(),
            Motion::Moving(transition) => transition.scene(),
        }
    }

    /// The picture's index by place.
    pub(crate) fn picker(&self) -> &Picker {
        self.picture.picker()
    }

    /// The job that looks for places.
    pub(crate) fn task(&self) -> Option<&Task<Option<DerivedPicture>>> {
        if let LayoutState::Running { task, .. } = &self.progress { Some(task) } else { None }
    }

    /// The pairs that the picture shows as one lane each.
    pub(crate) fn ribbons(&self) -> &Ribbons {
        &self.picture.input().plan.ribbons
    }

    /// The signs that occur in the picture.
    pub(crate) fn legend(&self) -> &Legend {
        self.picture.legend()
    }

    /// The fonts, which pictures share.
    pub(crate) fn fonts(&self) -> &Arc<Fonts> {
        &self.fonts
    }

    /// Every card and hub with the box that it fills.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        self.picture.boxes()
    }

    /// How many labels have no room.
    pub(crate) fn labels_left_out(&self) -> usize {
        self.picture.labels_left_out()
    }

    /// What deriving has taken so far.
    pub(crate) fn work(&self) -> Work {
        self.work
    }

    /// What changed since this was asked last; `None` if nothing is known of an earlier state.
    pub(crate) fn take_difference_since(&mut self) -> Option<Difference> {
        self.news.replace(Difference::default())
    }

    /// Whether the picture shows the document as it is.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self.progress, LayoutState::Done { .. }) && !matches!(self.motion, Motion::Moving(_))
    }

    /// Forgets the picture of a map that is no longer open: ids of one map mean nothing in another.
    pub(crate) fn forget(&mut self) {
        *self = Self { work: self.work, ..Self::new(Arc::clone(&self.fonts)) };
    }

    /// Derives again what is stale.
    pub(crate) fn derive(&mut self, ctx: &Context, session: &mut Session, drag: Option<&Drag>) -> Derived {
        let colors = ctx.theme();
        self.advance(ctx);
        let mut derived = Derived::Same;
        if self.is_stale(&session.document) {
            derived = self.start(ctx, session, colors);
        }
        derived = derived.max(self.take_layout(ctx, session, colors));
        if self.colors != colors {
            self.picture.recolor(scene_theme(colors), &mut self.work);
            self.colors = colors;
            self.motion = Motion::Still;
            derived = derived.max(Derived::Changed);
        }
        derived.max(self.follow(drag))
    }

    fn is_stale(&self, document: &Document) -> bool {
        match &self.progress {
            LayoutState::None => true,
            LayoutState::Running { of, .. } | LayoutState::Done { of } => {
                of.revision != document.revision || !Arc::ptr_eq(&of.map, &document.map)
            }
        }
    }

    /// Compares the document with the one that was looked at last.
    fn compare(&mut self, document: &Document) -> Difference {
        let difference = Difference::between(&self.document, document);
        self.document = document.clone();
        self.work.records += difference.compared;
        if let Some(news) = &mut self.news {
            news.extend(difference.clone());
        }
        difference
    }

    /// Shows what can be shown at once, and else looks for places and ways by a job.
    fn start(&mut self, ctx: &Context, session: &Session, colors: Colors) -> Derived {
        let document = &session.document;
        let difference = self.compare(document);
        if difference.has_shown() || matches!(self.progress, LayoutState::None) {
            self.shown = document.shown();
            self.work.records += document.map.actors().len() + document.map.ties().len();
        }
        if let Some(derived) = self.take_difference(ctx, document, &difference, colors) {
            self.progress = LayoutState::Done { of: Version::of(document) };
            return derived;
        }
        let layout_input = self.measure(document);
        if let LayoutState::Running { of, layout_input: wanted, .. } = &mut self.progress
            && Arc::ptr_eq(&of.map, &document.map)
            && wanted.request == layout_input.request
        {
            // What the job looks for is still what is wanted.
            (*of, *wanted) = (Version::of(document), layout_input);
            return Derived::Same;
        }
        let is_shown = matches!(self.progress, LayoutState::Done { .. });
        if is_shown && self.colors == colors && self.picture.take_claims(&document.map, &layout_input, &difference) {
            self.progress = LayoutState::Done { of: Version::of(document) };
            return Derived::Settled;
        }
        // A change of labels or the like may leave all places and lanes as they are.
        let fitting = self.picture.fits(&layout_input).then(|| self.picture.layout().clone());
        if let Some(layout) = fitting.or_else(|| routed_at_once(&layout_input)) {
            self.show(ctx, document, layout_input, layout, colors);
            self.progress = LayoutState::Done { of: Version::of(document) };
            return Derived::Settled;
        }
        let mut derived = Derived::Same;
        // What a drag has shown last stays until its job ends, so that nothing jumps back on release.
        if !self.picture.keep_shift(&layout_input) && self.picture.restore(&mut self.work) {
            derived = Derived::Changed;
        }
        let (wanted, map) = (layout_input.clone(), Arc::clone(&document.map));
        let work = move |job: &JobContext| {
            let layout = derive::lay_out(&wanted, job)?;
            let mut work = Work::default();
            let picture = Picture::new(map, wanted, layout, scene_theme(colors), &mut work);
            Some(DerivedPicture { picture, work })
        };
        self.motion = Motion::Still;
        let task = Task::start(ctx, JobKind::Layout, "Laying out the map", work);
        self.progress =
            LayoutState::Running { of: Version::of(document), layout_input, task, cause: session.history.latest() };
        derived
    }

    /// Takes in a change of places, bends, notes or pins: nothing is measured, and only what moved is routed. Small
    /// maps are routed as a whole, as they are when they are opened. `None` if the change is another, or too large.
    fn take_difference(
        &mut self,
        ctx: &Context,
        document: &Document,
        difference: &Difference,
        colors: Colors,
    ) -> Option<Derived> {
        let is_shown = matches!(self.progress, LayoutState::Done { .. }) && self.picture.is_of(&document.map);
        if !is_shown || !difference.keeps_measures() {
            return None;
        }
        let is_small = is_routed_at_once(self.picture.input());
        if is_small && !(difference.places.is_empty() && difference.bends.is_empty()) {
            let layout_input = self.picture.updated_input(document, difference, &self.fonts)?;
            let layout = routed_at_once(&layout_input)?;
            self.show(ctx, document, layout_input, layout, colors);
            return Some(Derived::Settled);
        }
        let from = Arc::clone(self.scene());
        if !self.picture.update(document, difference, &self.fonts, &mut self.work) {
            return None;
        }
        self.glide_from(ctx, from);
        Some(Derived::Settled)
    }

    /// Measures all that is shown.
    fn measure(&mut self, document: &Document) -> LayoutInput {
        let before = self.fonts.asked();
        let layout_input = derive::build_request(document, &self.fonts, ASPECT);
        self.work.texts += self.fonts.asked() - before;
        self.work.records += document.map.actors().len() + document.map.ties().len();
        layout_input
    }

    /// Takes the layout that the job has found.
    fn take_layout(&mut self, ctx: &Context, session: &mut Session, colors: Colors) -> Derived {
        let Some(found) = self.task().and_then(Task::poll) else { return Derived::Same };
        let LayoutState::Running { of, layout_input, .. } = std::mem::replace(&mut self.progress, LayoutState::None)
        else {
            return Derived::Same;
        };
        let found = found.inspect_err(|fault| tracing::error!("{fault}"));
        let Some(DerivedPicture { picture, work }) = found.ok().flatten() else {
            self.progress = LayoutState::Done { of };
            return Derived::Same;
        };
        self.work += work;
        let is_as_made = *picture.input() == layout_input && picture.has_theme(&scene_theme(colors));
        if is_as_made {
            self.settle_places(session, &picture.places().collect::<Vec<_>>());
            self.show_picture(ctx, picture, colors);
            self.picture.settle();
            self.progress = LayoutState::Done { of: Version::of(&session.document) };
            return Derived::Settled;
        }
        self.settle(ctx, session, layout_input, picture.layout().clone(), colors)
    }

    /// Writes the places that were found into the document, and shows them.
    fn settle(
        &mut self,
        ctx: &Context,
        session: &mut Session,
        layout_input: LayoutInput,
        layout: Layout,
        colors: Colors,
    ) -> Derived {
        let places: Vec<(Placed, Pos2)> = layout_input.plan.places().zip(layout.centers.iter().copied()).collect();
        self.settle_places(session, &places);
        self.show(ctx, &session.document, layout_input, layout, colors);
        self.picture.settle();
        self.progress = LayoutState::Done { of: Version::of(&session.document) };
        Derived::Settled
    }

    fn settle_places(&mut self, session: &mut Session, places: &[(Placed, Pos2)]) {
        session.settle(places);
        self.compare(&session.document);
    }
}

/// Whether a draft is small enough to be routed within a frame.
fn is_routed_at_once(layout_input: &LayoutInput) -> bool {
    layout_input.request.nodes.len() <= ROUTED_AT_ONCE && layout_input.request.edges.len() <= LANES_AT_ONCE
}

/// The layout of a draft in which everything has a place, if it is small enough for one frame.
fn routed_at_once(layout_input: &LayoutInput) -> Option<Layout> {
    let is_quick =
        is_routed_at_once(layout_input) && layout_input.request.nodes.iter().all(|node| node.fixed.is_some());
    is_quick.then(|| derive::lay_out(layout_input, &layout::NoProgress)).flatten()
}

#[cfg(test)]
mod progress_tests;
#[cfg(test)]
mod tests;
