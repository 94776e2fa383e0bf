//! What stands behind the canvas: what is shown, laid out and drawn, derived again as much as changed.
//!
//! Places are found by a job, so that the window never waits; until it ends, the picture before stays.

use std::sync::Arc;

use egui::{Context, Theme as Colors};
use emath::Pos2;

use crate::document::{Document, Shown};
use crate::jobs::JobContext;
use crate::layout::{self, Algorithm, Layout};
use crate::load::Origin;
use crate::model::{Map, Placed};
use crate::picture::{self, Draft, build_scene};
use crate::scene::{Legend, Picker, Scene, Theme};
use crate::text::Fonts;

use super::canvas::Drag;
use super::session::Session;
use super::task::{Task, Work};

/// Width over height of the canvas in a window of the first size, with all panels.
const FIRST_ASPECT: f32 = 1.25;

/// Up to this many boxes, lines are routed at once; beyond, by a job.
const ROUTED_AT_ONCE: usize = 120;

/// What the scene was last made from.
#[derive(Debug)]
struct MadeFrom {
    map: Arc<Map>,
    revision: u64,
    colors: Colors,
}

/// The derived picture.
pub(crate) struct Stage {
    fonts: Arc<Fonts>,
    made_from: Option<MadeFrom>,
    shown: Shown,
    draft: Draft,
    legend: Legend,
    layout: Layout,
    scene: Arc<Scene>,
    picker: Picker,
    /// The job that looks for places; it finds none if it is canceled.
    task: Option<Task<Option<Layout>>>,
    /// Whether the scene shows a drag that is under way.
    shows_drag: bool,
    /// Width over height that the next layout is made for.
    aspect: f32,
}

/// What came of deriving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let scene = Arc::new(build_scene(&nothing, &draft, &Layout::default(), &Theme::light()));
        Self {
            fonts,
            made_from: None,
            shown: Shown::default(),
            draft,
            legend: Legend::default(),
            layout: Layout::default(),
            picker: Picker::new(&scene),
            scene,
            task: None,
            shows_drag: false,
            aspect: FIRST_ASPECT,
        }
    }

    /// Tells the proportions of the canvas, for what is laid out from now on.
    pub(crate) fn set_aspect(&mut self, aspect: f32) {
        if aspect.is_finite() {
            // In steps, so that a window that is a little larger shows the same picture.
            self.aspect = ((aspect * 4.0).round() / 4.0).clamp(FIRST_ASPECT, picture::LANDSCAPE);
        }
    }

    /// What the document shows.
    pub(crate) fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The picture.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// The picture's index by place.
    pub(crate) fn picker(&self) -> &Picker {
        &self.picker
    }

    /// The job that looks for places.
    pub(crate) fn task(&self) -> Option<&Task<Option<Layout>>> {
        self.task.as_ref()
    }

    /// The signs that occur in the picture.
    pub(crate) fn legend(&self) -> &Legend {
        &self.legend
    }

    /// The fonts, which pictures share.
    pub(crate) fn fonts(&self) -> &Arc<Fonts> {
        &self.fonts
    }

    /// How many labels have no room.
    pub(crate) fn labels_left_out(&self) -> usize {
        let plan = &self.draft.plan;
        let lanes = plan.lines.iter().zip(&self.layout.lanes);
        let has_pill = |tie| plan.pills.contains_key(&tie);
        lanes.filter(|(line, lane)| line.party.is_none() && has_pill(line.tie) && lane.label.is_none()).count()
    }

    /// Whether the picture shows the document as it is.
    pub(crate) fn is_settled(&self) -> bool {
        self.made_from.is_some() && self.task.is_none()
    }

    /// Forgets the picture of a map that is no longer open: ids of one map mean nothing in another.
    pub(crate) fn forget(&mut self) {
        *self = Self { aspect: self.aspect, ..Self::new(Arc::clone(&self.fonts)) };
    }

    /// Derives again what is stale.
    pub(crate) fn derive(&mut self, ctx: &Context, session: &mut Session, drag: Option<&Drag>) -> Derived {
        let colors = ctx.theme();
        let arrived = self.take_layout(session, colors);
        if arrived != Derived::Same {
            return arrived;
        }
        let document = &session.document;
        let is_stale = match &self.made_from {
            Some(made) => made.revision != document.revision || !Arc::ptr_eq(&made.map, &document.map),
            None => true,
        };
        if is_stale {
            return self.lay_out(ctx, session, colors);
        }
        if self.made_from.as_ref().is_some_and(|made| made.colors != colors) {
            self.draw(document, colors);
            return Derived::Changed;
        }
        self.follow(document, drag, colors)
    }

    /// Gives up the job. What it was to arrange goes back to how it was; a new map gets plain columns.
    pub(crate) fn cancel(&mut self, session: &mut Session) {
        if self.task.take().is_none() {
            return;
        }
        if session.history.undo_label().is_some() && !self.scene.items.is_empty() {
            session.undo();
        } else {
            self.draft.request.algorithm = Algorithm::Columns;
            if let Some(layout) = picture::lay_out(&self.draft, &layout::NoProgress) {
                self.layout = layout;
                self.settle(session);
            }
        }
    }

    /// Measures what is shown and places it: at once if all has a place, else by a job.
    fn lay_out(&mut self, ctx: &Context, session: &mut Session, colors: Colors) -> Derived {
        let document = &session.document;
        self.shown = document.shown();
        self.draft = picture::build_request(document, &self.fonts, self.aspect);
        self.legend = Legend::of_plan(&document.map, &self.draft.plan);
        self.made_from = Some(MadeFrom { map: Arc::clone(&document.map), revision: document.revision, colors });
        let nodes = &self.draft.request.nodes;
        let is_quick = nodes.len() <= ROUTED_AT_ONCE && nodes.iter().all(|node| node.fixed.is_some());
        if is_quick && let Some(layout) = picture::lay_out(&self.draft, &layout::NoProgress) {
            self.task = None;
            self.layout = layout;
            self.draw(&session.document, colors);
            return Derived::Settled;
        }
        let draft = self.draft.clone();
        let work = move |job: &JobContext| picture::lay_out(&draft, job);
        self.task = Some(Task::start(ctx, Work::Layout, "Laying out the map", work));
        Derived::Same
    }

    /// Takes the layout that the job has found.
    fn take_layout(&mut self, session: &mut Session, colors: Colors) -> Derived {
        let Some(found) = self.task.as_ref().and_then(Task::poll) else { return Derived::Same };
        self.task = None;
        let found = found.inspect_err(|fault| tracing::error!("{fault}"));
        // What was laid out is stale if the document went on meanwhile; it is laid out again then.
        let is_current = self.made_from.as_ref().is_some_and(|made| made.revision == session.document.revision);
        let Some(layout) = found.ok().flatten().filter(|_| is_current) else { return Derived::Same };
        self.layout = layout;
        self.settle(session);
        self.draw(&session.document, colors);
        Derived::Settled
    }

    /// Writes the places that were found into the document.
    fn settle(&mut self, session: &mut Session) {
        let places: Vec<(Placed, Pos2)> = self.draft.plan.places().zip(self.layout.centers.iter().copied()).collect();
        for (node, &(_, center)) in self.draft.request.nodes.iter_mut().zip(&places) {
            node.fixed = Some(center);
        }
        session.settle(&places);
        if let Some(made) = &mut self.made_from {
            made.revision = session.document.revision;
        }
    }

    fn draw(&mut self, document: &Document, colors: Colors) {
        self.scene = Arc::new(build_scene(document, &self.draft, &self.layout, &scene_theme(colors)));
        self.picker = Picker::new(&self.scene);
        self.shows_drag = false;
        if let Some(made) = &mut self.made_from {
            made.colors = colors;
        }
    }

    /// Shows what is being dragged where it is now; only its own lanes are routed again.
    fn follow(&mut self, document: &Document, drag: Option<&Drag>, colors: Colors) -> Derived {
        let moved = drag.map(Drag::moved).unwrap_or_default();
        let bent = drag.and_then(Drag::bent);
        if moved.is_empty() && bent.is_none() {
            if self.shows_drag {
                self.draw(document, colors);
                return Derived::Changed;
            }
            return Derived::Same;
        }
        let plan = &self.draft.plan;
        let mut request = self.draft.request.clone();
        let mut centers = self.layout.centers.clone();
        let mut changed = Vec::new();
        for (index, place) in plan.places().enumerate() {
            if let Some(&(_, center)) = moved.iter().find(|(placed, _)| *placed == place) {
                centers[index] = center;
                request.nodes[index].fixed = Some(center);
                changed.push(index as u32);
            }
        }
        if let Some((tie, bend)) = bent {
            let bends = std::collections::BTreeMap::from([(tie, bend)]);
            for (index, line) in plan.lines.iter().enumerate().filter(|(_, line)| line.tie == tie) {
                request.edges[index].bend = plan.edges(&bends)[index].bend;
                changed.push(line.from);
            }
        }
        let dragged = layout::reroute(&request, &centers, &self.layout, &changed);
        self.scene = Arc::new(build_scene(document, &self.draft, &dragged, &scene_theme(colors)));
        self.shows_drag = true;
        Derived::Changed
    }
}

/// The scene's colors for the window's.
pub(crate) fn scene_theme(colors: Colors) -> Theme {
    match colors {
        Colors::Light => Theme::light(),
        Colors::Dark => Theme::dark(),
    }
}

#[cfg(test)]
mod tests;
