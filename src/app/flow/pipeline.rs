//! The pipeline from document to picture: visibility, layout and scene, updated incrementally.
//!
//! Layouts are computed by a job, so that the window never blocks; until it ends, the previous picture stays.

mod derived_picture;
mod giving_up;
mod large;
mod large_map;
mod searching;
mod settling;
mod showing;
mod story;

use std::sync::Arc;

use egui::{Context, Theme as Colors};
use emath::{Pos2, Rect};

use crate::derive::{self, LayoutInput};
use crate::derive::{Difference, Incumbent, Picture, Work};
use crate::document::{Document, Shown, StepId};
use crate::jobs::JobContext;
use crate::layout::{self, Layout};
use crate::load::Origin;
use crate::model::{Map, Placed, TieId};
use crate::scene::{LabelMaterials, Legend, Overview, Part, Picker, Ribbons, Scene};
use crate::text::Fonts;

use self::derived_picture::DerivedPicture;
use self::large_map::LargeMap;
use crate::app::ask::command::JobKind;
use crate::app::canvas::Drag;
use crate::app::flow::task::Task;
use crate::app::flow::transition::Transition;
use crate::app::session::Session;
use crate::app::ui::theme::scene_theme;

/// The aspect ratio (width / height) that maps are laid out for, about that of the canvas in a window of default size.
/// It is constant, so that a map looks the same each time it is opened.
const ASPECT: f32 = 1.25;

/// Layouts of at most this many boxes are routed within a frame, larger ones by a job.
const ROUTED_AT_ONCE: usize = 120;

/// The same limit for the number of lines.
const LANES_AT_ONCE: usize = 600;

/// Identifies a state of the document.
#[derive(Debug)]
struct Version {
    map: Arc<Map>,
    revision: u64,
    /// Whether it is laid out for its story.
    is_story: bool,
}

impl Version {
    fn of(document: &Document, is_story: bool) -> Self {
        Self { map: Arc::clone(&document.map), revision: document.revision, is_story }
    }
}

/// The progress of laying out the document.
#[expect(clippy::large_enum_variant, reason = "there is one, and it is never copied")]
enum LayoutState {
    /// Nothing has been derived yet.
    None,
    /// A job computes positions or routes; the previous picture stays until it ends.
    Running {
        of: Version,
        /// What it was started for; `None` if the job measures, too.
        layout_input: Option<LayoutInput>,
        /// The job; it returns `None` if it is canceled.
        task: Task<Option<DerivedPicture>>,
        /// The undo step that made the layout necessary, if any.
        cause: Option<StepId>,
    },
    /// Nothing is to be done for this version of the document; the picture shows it unless a job failed or was canceled.
    Done { of: Version },
}

/// The running transition, if any.
enum Motion {
    Still,
    /// The picture is shown in transition from the previous scene.
    Moving(Transition),
}

/// The derived picture and the state needed to update it.
pub(crate) struct Pipeline {
    fonts: Arc<Fonts>,
    shown: Shown,
    picture: Picture,
    colors: Colors,
    progress: LayoutState,
    motion: Motion,
    /// The picture that the next layout has to beat.
    incumbent: Option<Arc<Incumbent>>,
    /// Whether the last layout found nothing more readable than the incumbent.
    has_kept: bool,
    /// The document that the picture shows.
    pictured: Document,
    /// The last document seen, and the differences accumulated since [`Pipeline::take_difference_since`] was called.
    document: Document,
    news: Option<Difference>,
    /// Whether steps of the story are shown, which have dates of their own.
    is_story: bool,
    large: LargeMap,
    work: Work,
}

/// The result of [`Pipeline::derive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Derived {
    /// Nothing changed.
    Same,
    /// The picture changed.
    Changed,
    /// The picture is up to date with a complete layout.
    Settled,
}

impl Pipeline {
    /// Creates a pipeline with an empty picture.
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
            incumbent: None,
            has_kept: false,
            pictured: nothing.clone(),
            document: nothing,
            news: None,
            is_story: false,
            large: LargeMap::default(),
            work,
        }
    }

    /// Returns the shown part of the document.
    pub(crate) fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Returns the scene of the picture, or of the running transition.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        match &self.motion {
            Motion::Still => self.picture.scene(),
            Motion::Moving(transition) => transition.scene(),
        }
    }

    /// Returns the spatial index of the picture.
    pub(crate) fn picker(&self) -> &Picker {
        self.picture.picker()
    }

    /// Returns the picture as seen from afar, if the map is large.
    pub(crate) fn overview(&self) -> Option<&Arc<Overview>> {
        self.picture.overview()
    }

    /// Returns what the names and labels of the picture are made of.
    pub(crate) fn label_materials(&self) -> LabelMaterials<'_> {
        self.picture.label_materials()
    }

    /// Returns the running layout job.
    pub(crate) fn task(&self) -> Option<&Task<Option<DerivedPicture>>> {
        if let LayoutState::Running { task, .. } = &self.progress { Some(task) } else { None }
    }

    /// Returns the pairs drawn as one lane each.
    pub(crate) fn ribbons(&self) -> &Ribbons {
        &self.picture.input().plan.ribbons
    }

    /// Returns the signs that occur in the picture.
    pub(crate) fn legend(&self) -> &Legend {
        self.picture.legend()
    }

    /// Returns the fonts, shared with exported pictures.
    pub(crate) fn fonts(&self) -> &Arc<Fonts> {
        &self.fonts
    }

    /// Returns the middle of the label of a tie, in world coordinates; `None` if it has none.
    pub(crate) fn middle_of_tie(&self, tie: TieId) -> Option<Pos2> {
        let items = self.picker().items(Part::Pill(tie));
        let rect =
            items.iter().flat_map(|(_, item)| &item.shapes).fold(Rect::NOTHING, |all, shape| all | shape.bounds());
        rect.is_finite().then(|| rect.center())
    }

    /// Returns every card and hub with its box, in world coordinates.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        self.picture.boxes()
    }

    /// Returns the number of labels left out for lack of room.
    pub(crate) fn labels_left_out(&self) -> usize {
        self.picture.labels_left_out()
    }

    /// Returns the work done so far.
    pub(crate) fn work(&self) -> Work {
        self.work
    }

    /// Returns the accumulated difference since the last call, or `None` on the first call for a map.
    pub(crate) fn take_difference_since(&mut self) -> Option<Difference> {
        self.news.replace(Difference::default())
    }

    /// Returns whether the layout is complete and no transition is running.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self.progress, LayoutState::Done { .. }) && !matches!(self.motion, Motion::Moving(_))
    }

    /// Discards the picture of a map that is no longer open, because ids of one map are meaningless in another.
    pub(crate) fn forget(&mut self) {
        let new = Self { work: self.work, ..Self::new(Arc::clone(&self.fonts)) };
        let before = std::mem::replace(self, new);
        self.free(before.picture);
    }

    /// Updates whatever is stale.
    pub(crate) fn derive(&mut self, ctx: &Context, session: &mut Session, drag: Option<&Drag>) -> Derived {
        let colors = ctx.theme();
        self.advance(ctx);
        let mut derived = Derived::Same;
        if self.is_stale(&session.document) {
            derived = self.start(ctx, session, colors);
        }
        derived = derived.max(self.take_layout(ctx, session, colors));
        if matches!(self.progress, LayoutState::Done { .. }) && !self.is_stale(&session.document) {
            self.incumbent = None;
        }
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
                of.revision != document.revision || of.is_story != self.is_story || !Arc::ptr_eq(&of.map, &document.map)
            }
        }
    }

    /// Takes note of the difference to the last document seen: what is shown of it, and what the panels are told.
    fn see(&mut self, document: &Document) -> Difference {
        let difference = Difference::between(&self.document, document);
        let before = std::mem::replace(&mut self.document, document.clone());
        self.work.records += difference.compared;
        if matches!(self.progress, LayoutState::None) {
            self.shown = document.shown();
            self.work.records += document.map.actors().len() + document.map.ties().len();
        } else if difference.has_shown() {
            derive::update_shown(&mut self.shown, &before.map, document, &difference, &mut self.work);
        }
        if let Some(news) = &mut self.news {
            news.extend(difference.clone());
        }
        difference
    }

    /// Updates the picture immediately if possible; otherwise starts a layout job.
    fn start(&mut self, ctx: &Context, session: &Session, colors: Colors) -> Derived {
        let version = Version::of(&session.document, self.is_story);
        let document = &self.drawn(&session.document);
        let latest = self.see(document);
        // Not to the last document seen: its picture may never have been drawn.
        let difference = Difference::between(&self.pictured, document);
        if self.take_story(document, &difference) {
            self.finish(version);
            return Derived::Settled;
        }
        if let Some(derived) = self.take_difference(ctx, document, &difference, colors) {
            self.finish(version);
            return derived;
        }
        if self.large.limits.is_large(&document.map, &self.shown) {
            return self.start_large(ctx, session, document, (&difference, &latest), colors);
        }
        let layout_input = self.measure(document);
        if let LayoutState::Running { of, layout_input: Some(wanted), .. } = &mut self.progress
            && Arc::ptr_eq(&of.map, &document.map)
            && wanted.request == layout_input.request
        {
            // The running job still computes the requested layout.
            (*of, *wanted) = (version, layout_input);
            return Derived::Same;
        }
        let is_shown = !matches!(self.progress, LayoutState::None);
        if is_shown && self.colors == colors && self.picture.take_claims(&document.map, &layout_input, &difference) {
            self.finish(version);
            return Derived::Settled;
        }
        // Some changes, for example of labels, keep all positions and lanes.
        let fitting = self.picture.fits(&layout_input).then(|| self.picture.layout().clone());
        if let Some(layout) = fitting.or_else(|| routed_at_once(&layout_input)) {
            self.show(ctx, document, layout_input, layout, colors);
            self.finish(version);
            return Derived::Settled;
        }
        let mut derived = Derived::Same;
        // The dragged state stays visible until the job ends, so that nothing jumps back on release.
        if !self.picture.keep_shift(&layout_input) && self.picture.restore(&mut self.work) {
            derived = Derived::Changed;
        }
        let (wanted, map, incumbent) = (layout_input.clone(), Arc::clone(&document.map), self.incumbent.clone());
        let earlier = self.picture.overview().cloned();
        let work = move |job: &JobContext| {
            searching::derived(map, wanted, incumbent.as_deref(), earlier.as_deref(), colors, job)
        };
        self.motion = Motion::Still;
        let task = Task::start(ctx, JobKind::Layout, "Arranging the map", work);
        self.progress = LayoutState::Running {
            of: version,
            layout_input: Some(layout_input),
            task,
            cause: session.history.latest(),
        };
        derived
    }

    /// Applies a change of positions, bends, notes or pins without measuring, and reroutes only what moved. Small maps
    /// are rerouted completely, as when they are opened. Returns `None` if the change is of another kind or too large.
    fn take_difference(
        &mut self,
        ctx: &Context,
        document: &Document,
        difference: &Difference,
        colors: Colors,
    ) -> Option<Derived> {
        let is_shown = !matches!(self.progress, LayoutState::None) && self.picture.is_of(&document.map);
        let has_moved = !difference.places.is_empty();
        if !is_shown || !difference.keeps_measures() || (has_moved && self.large.limits.is_very_large(&document.map)) {
            return None;
        }
        let is_small = is_routed_at_once(self.picture.input());
        if is_small && (has_moved || !difference.bends.is_empty()) {
            let layout_input = self.picture.updated_input(document, difference, &self.fonts)?;
            let layout = routed_at_once(&layout_input)?;
            self.show(ctx, document, layout_input, layout, colors);
            return Some(Derived::Settled);
        }
        let from = Arc::clone(self.scene());
        if !self.picture.update(document, difference, &self.fonts, &mut self.work) {
            return None;
        }
        self.animate_from(ctx, from);
        Some(Derived::Settled)
    }

    /// Measures everything that is shown.
    fn measure(&mut self, document: &Document) -> LayoutInput {
        let before = self.fonts.asked();
        let layout_input = derive::build_request(document, &self.fonts, ASPECT);
        self.work.texts += self.fonts.asked() - before;
        self.work.records += document.map.actors().len() + document.map.ties().len();
        layout_input
    }
}

/// Returns whether a layout is small enough to be routed within a frame.
fn is_routed_at_once(layout_input: &LayoutInput) -> bool {
    layout_input.request.nodes.len() <= ROUTED_AT_ONCE && layout_input.request.edges.len() <= LANES_AT_ONCE
}

/// Returns the layout if all positions are fixed and it is small enough to be routed within a frame.
fn routed_at_once(layout_input: &LayoutInput) -> Option<Layout> {
    let is_quick =
        is_routed_at_once(layout_input) && layout_input.request.nodes.iter().all(|node| node.fixed.is_some());
    is_quick.then(|| derive::lay_out(layout_input, &layout::NoProgress)).flatten()
}

#[cfg(test)]
mod large_tests;
#[cfg(test)]
mod progress_tests;
#[cfg(test)]
mod tests;
