//! What stands behind the canvas: what is shown, laid out and drawn, derived again as much as changed.
//!
//! Places are found by a job, so that the window never waits; until it ends, the picture before stays.

mod drawn;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Context, Theme as Colors};
use emath::{Pos2, Rect};

use crate::document::{Document, Shown, StepId};
use crate::jobs::JobContext;
use crate::layout::{self, Algorithm, Layout, Request};
use crate::load::Origin;
use crate::model::{Map, Placed};
use crate::picture::{self, Draft};
use crate::scene::{Legend, Picker, Ribbons, Scene};
use crate::text::Fonts;

pub(crate) use self::drawn::scene_theme;

use self::drawn::Drawn;
use super::canvas::Drag;
use super::glide::Glide;
use super::session::Session;
use super::task::{Task, Work};

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
enum Progress {
    /// Nothing has been derived yet.
    None,
    /// A job looks for places or ways; the last picture stays until it ends.
    Running {
        of: Version,
        draft: Draft,
        /// The job; it finds no layout if it is canceled.
        task: Task<Option<Layout>>,
        /// The step that made it necessary, if one did.
        cause: Option<StepId>,
    },
    /// The picture shows this state of the document.
    Done { of: Version },
}

/// What is seen instead of the finished picture.
enum Motion {
    /// Nothing else.
    Still,
    /// The picture on its way from where everything was.
    Gliding(Glide),
    /// What is dragged where it is now, with the layout of that.
    Dragged { scene: Arc<Scene>, layout: Layout },
}

/// The derived picture.
pub(crate) struct Stage {
    fonts: Arc<Fonts>,
    shown: Shown,
    drawn: Drawn,
    progress: Progress,
    motion: Motion,
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

impl Stage {
    /// An empty stage.
    pub(crate) fn new(fonts: Arc<Fonts>) -> Self {
        let nothing = Document::new(Arc::new(Map::default()), Arc::new(Origin::default()));
        let draft = picture::build_request(&nothing, &fonts, picture::LANDSCAPE);
        let drawn = Drawn::new(&nothing, draft, Layout::default(), Colors::Light);
        Self { fonts, shown: Shown::default(), drawn, progress: Progress::None, motion: Motion::Still }
    }

    /// What the document shows.
    pub(crate) fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The picture, or what is seen on the way to it.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        match &self.motion {
            Motion::Still => &self.drawn.scene,
            Motion::Gliding(glide) => glide.scene(),
            Motion::Dragged { scene, .. } => scene,
        }
    }

    /// The picture's index by place.
    pub(crate) fn picker(&self) -> &Picker {
        &self.drawn.picker
    }

    /// The job that looks for places.
    pub(crate) fn task(&self) -> Option<&Task<Option<Layout>>> {
        if let Progress::Running { task, .. } = &self.progress { Some(task) } else { None }
    }

    /// The pairs that the picture shows as one lane each.
    pub(crate) fn ribbons(&self) -> &Ribbons {
        &self.drawn.draft.plan.ribbons
    }

    /// The signs that occur in the picture.
    pub(crate) fn legend(&self) -> &Legend {
        &self.drawn.legend
    }

    /// The fonts, which pictures share.
    pub(crate) fn fonts(&self) -> &Arc<Fonts> {
        &self.fonts
    }

    /// Every card and hub with the box that it fills.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        self.drawn.boxes()
    }

    /// How many labels have no room.
    pub(crate) fn labels_left_out(&self) -> usize {
        self.drawn.labels_left_out
    }

    /// Whether the picture shows the document as it is.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self.progress, Progress::Done { .. }) && !matches!(self.motion, Motion::Gliding(_))
    }

    /// Forgets the picture of a map that is no longer open: ids of one map mean nothing in another.
    pub(crate) fn forget(&mut self) {
        *self = Self::new(Arc::clone(&self.fonts));
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
        if self.drawn.colors != colors && self.drawn.is_of(&session.document.map) {
            self.drawn.recolor(&session.document, colors);
            self.motion = Motion::Still;
            derived = derived.max(Derived::Changed);
        }
        derived.max(self.follow(&session.document, drag))
    }

    fn is_stale(&self, document: &Document) -> bool {
        match &self.progress {
            Progress::None => true,
            Progress::Running { of, .. } | Progress::Done { of } => {
                of.revision != document.revision || !Arc::ptr_eq(&of.map, &document.map)
            }
        }
    }

    /// Measures what is shown and places it: at once if all has a place, else by a job.
    fn start(&mut self, ctx: &Context, session: &Session, colors: Colors) -> Derived {
        let document = &session.document;
        self.shown = document.shown();
        let draft = picture::build_request(document, &self.fonts, ASPECT);
        if let Progress::Running { of, draft: wanted, .. } = &mut self.progress
            && Arc::ptr_eq(&of.map, &document.map)
            && wanted.request == draft.request
        {
            // What the job looks for is still what is wanted.
            (*of, *wanted) = (Version::of(document), draft);
            return Derived::Same;
        }
        // A change of notes, pins or the like leaves all places and lanes as they are.
        let fitting = self.drawn.fits(&document.map, &draft).then(|| self.drawn.layout.clone());
        if let Some(layout) = fitting.or_else(|| routed_at_once(&draft)) {
            self.show(ctx, document, draft, layout, colors);
            self.progress = Progress::Done { of: Version::of(document) };
            return Derived::Settled;
        }
        let derived = self.keep_drag(document, &draft, colors);
        let wanted = draft.clone();
        let work = move |job: &JobContext| picture::lay_out(&wanted, job);
        let task = Task::start(ctx, Work::Layout, "Laying out the map", work);
        self.progress = Progress::Running { of: Version::of(document), draft, task, cause: session.history.latest() };
        derived
    }

    /// Keeps what a drag has shown last until its job ends, so that nothing jumps back on release.
    fn keep_drag(&mut self, document: &Document, draft: &Draft, colors: Colors) -> Derived {
        let Motion::Dragged { layout, .. } = std::mem::replace(&mut self.motion, Motion::Still) else {
            return Derived::Same;
        };
        let centers: Option<Vec<Pos2>> = draft.request.nodes.iter().map(|node| node.fixed).collect();
        let is_where_it_was_dragged = centers.as_ref() == Some(&layout.centers);
        if is_where_it_was_dragged && self.drawn.is_of(&document.map) && draft.request.edges.len() == layout.lanes.len()
        {
            self.drawn = Drawn::new(document, draft.clone(), layout, colors);
        }
        Derived::Changed
    }

    /// Takes the layout that the job has found.
    fn take_layout(&mut self, ctx: &Context, session: &mut Session, colors: Colors) -> Derived {
        let Some(found) = self.task().and_then(Task::poll) else { return Derived::Same };
        let Progress::Running { of, draft, .. } = std::mem::replace(&mut self.progress, Progress::None) else {
            return Derived::Same;
        };
        let found = found.inspect_err(|fault| tracing::error!("{fault}"));
        let Some(layout) = found.ok().flatten() else {
            self.progress = Progress::Done { of };
            return Derived::Same;
        };
        self.settle(ctx, session, draft, layout, colors)
    }

    /// Gives up the job. The step that it was for is taken back if it is still the last one; else the history stays
    /// as it is, actors go back to where they were, and those of a new map to plain columns.
    pub(crate) fn cancel(&mut self, ctx: &Context, session: &mut Session) -> Derived {
        let (of, draft, cause) = match std::mem::replace(&mut self.progress, Progress::None) {
            Progress::Running { of, draft, cause, .. } => (of, draft, cause),
            other => {
                self.progress = other;
                return Derived::Same;
            }
        };
        if self.drawn.fits(&of.map, &draft) {
            self.progress = Progress::Done { of };
            return Derived::Same;
        }
        if cause.is_some() && session.history.last() == cause && self.drawn.is_of(&of.map) {
            session.undo();
            self.progress = Progress::Done { of };
            return Derived::Same;
        }
        self.fall_back(ctx, session, &of.map, draft)
    }

    /// Places everything without a search.
    fn fall_back(&mut self, ctx: &Context, session: &mut Session, map: &Arc<Map>, mut draft: Draft) -> Derived {
        let colors = ctx.theme();
        if self.drawn.is_of(map) {
            let earlier: BTreeMap<Placed, Pos2> = self.drawn.places().collect();
            for (node, place) in draft.request.nodes.iter_mut().zip(draft.plan.places()) {
                node.fixed = node.fixed.or_else(|| earlier.get(&place).copied());
            }
        }
        let drawn = &self.drawn.draft.request;
        let is_as_before = drawn.nodes == draft.request.nodes && drawn.edges == draft.request.edges;
        let layout = if is_as_before && self.drawn.is_of(map) {
            Some(self.drawn.layout.clone())
        } else {
            let request = Request { algorithm: Algorithm::Columns, ..draft.request.clone() };
            picture::lay_out(&Draft { request, plan: draft.plan.clone() }, &layout::NoProgress)
        };
        match layout {
            Some(layout) => self.settle(ctx, session, draft, layout, colors),
            None => Derived::Same,
        }
    }

    /// Writes the places that were found into the document, and shows them.
    fn settle(
        &mut self,
        ctx: &Context,
        session: &mut Session,
        mut draft: Draft,
        layout: Layout,
        colors: Colors,
    ) -> Derived {
        let places: Vec<(Placed, Pos2)> = draft.plan.places().zip(layout.centers.iter().copied()).collect();
        for (node, &(_, center)) in draft.request.nodes.iter_mut().zip(&places) {
            node.fixed = Some(center);
        }
        session.settle(&places);
        self.show(ctx, &session.document, draft, layout, colors);
        self.progress = Progress::Done { of: Version::of(&session.document) };
        Derived::Settled
    }

    /// Draws, and lets everything glide there from where it is seen now.
    fn show(&mut self, ctx: &Context, document: &Document, draft: Draft, layout: Layout, colors: Colors) {
        let from = self.drawn.is_of(&document.map).then(|| Arc::clone(self.scene()));
        self.drawn = Drawn::new(document, draft, layout, colors);
        let from = from.filter(|_| ctx.global_style().animation_time > 0.0);
        let glide = from.and_then(|from| Glide::start(from, Arc::clone(&self.drawn.scene)));
        if glide.is_some() {
            ctx.request_repaint();
        }
        self.motion = glide.map_or(Motion::Still, Motion::Gliding);
    }

    /// Advances the running transition.
    fn advance(&mut self, ctx: &Context) {
        if let Motion::Gliding(glide) = &mut self.motion {
            if !glide.advance(ctx.input(|input| input.stable_dt)) {
                self.motion = Motion::Still;
            }
            ctx.request_repaint();
        }
    }

    /// Shows what is being dragged where it is now.
    fn follow(&mut self, document: &Document, drag: Option<&Drag>) -> Derived {
        let dragged = drag.filter(|_| self.drawn.is_of(&document.map));
        if let Some((scene, layout)) = dragged.and_then(|drag| self.drawn.dragged(document, drag)) {
            self.motion = Motion::Dragged { scene, layout };
            return Derived::Changed;
        }
        if matches!(self.motion, Motion::Dragged { .. }) {
            self.motion = Motion::Still;
            return Derived::Changed;
        }
        Derived::Same
    }
}

/// The layout of a draft in which everything has a place, if it is small enough for one frame.
fn routed_at_once(draft: &Draft) -> Option<Layout> {
    let nodes = &draft.request.nodes;
    let is_small = nodes.len() <= ROUTED_AT_ONCE && draft.request.edges.len() <= LANES_AT_ONCE;
    let is_quick = is_small && nodes.iter().all(|node| node.fixed.is_some());
    is_quick.then(|| picture::lay_out(draft, &layout::NoProgress)).flatten()
}

#[cfg(test)]
mod progress_tests;
#[cfg(test)]
mod tests;
