//! What stands behind the canvas: what is shown, laid out and drawn, derived again as much as changed.
//!
//! Places are found by a job, so that the window never waits; until it ends, the picture before stays.

use std::sync::Arc;

use egui::{Context, Theme as Colors};
use emath::{Pos2, Rect};

use crate::document::{Document, Shown};
use crate::jobs::JobContext;
use crate::layout::{self, Algorithm, Layout};
use crate::load::Origin;
use crate::model::{Map, Placed};
use crate::picture::{self, Draft, build_scene};
use crate::scene::{Legend, Picker, Ribbons, Scene, Theme};
use crate::text::Fonts;

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
    /// What is on its way to that scene.
    glide: Option<Glide>,
    /// The map that the scene shows: ids of one map mean nothing in another.
    drawn_map: Option<Arc<Map>>,
    /// Whether the scene shows a drag that is under way.
    shows_drag: bool,
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
            glide: None,
            drawn_map: None,
            shows_drag: false,
        }
    }

    /// What the document shows.
    pub(crate) fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The picture, or what is seen on the way to it.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        self.glide.as_ref().map_or(&self.scene, Glide::scene)
    }

    /// The picture's index by place.
    pub(crate) fn picker(&self) -> &Picker {
        &self.picker
    }

    /// The job that looks for places.
    pub(crate) fn task(&self) -> Option<&Task<Option<Layout>>> {
        self.task.as_ref()
    }

    /// The pairs that the picture shows as one lane each.
    pub(crate) fn ribbons(&self) -> &Ribbons {
        &self.draft.plan.ribbons
    }

    /// The signs that occur in the picture.
    pub(crate) fn legend(&self) -> &Legend {
        &self.legend
    }

    /// The fonts, which pictures share.
    pub(crate) fn fonts(&self) -> &Arc<Fonts> {
        &self.fonts
    }

    /// Every card and hub with the box that it fills.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        let sizes = self.draft.request.nodes.iter().map(|node| node.size);
        let boxes = self.layout.centers.iter().zip(sizes).map(|(&center, size)| Rect::from_center_size(center, size));
        self.draft.plan.places().zip(boxes)
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
        self.made_from.is_some() && self.task.is_none() && self.glide.is_none()
    }

    /// Forgets the picture of a map that is no longer open: ids of one map mean nothing in another.
    pub(crate) fn forget(&mut self) {
        *self = Self::new(Arc::clone(&self.fonts));
    }

    /// Derives again what is stale.
    pub(crate) fn derive(&mut self, ctx: &Context, session: &mut Session, drag: Option<&Drag>) -> Derived {
        let colors = ctx.theme();
        self.glide_on(ctx);
        let arrived = self.take_layout(ctx, session, colors);
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
        let draft = picture::build_request(document, &self.fonts, ASPECT);
        let is_same_map = self.made_from.as_ref().is_some_and(|made| Arc::ptr_eq(&made.map, &document.map));
        // A change of notes, pins or the like leaves all places and lanes as they are.
        let is_laid_out = is_same_map && self.task.is_none() && draft.request == self.draft.request;
        self.draft = draft;
        self.legend = Legend::of_plan(&document.map, &self.draft.plan);
        self.made_from = Some(MadeFrom { map: Arc::clone(&document.map), revision: document.revision, colors });
        if is_laid_out && self.layout.centers.len() == self.draft.request.nodes.len() {
            self.draw_on_its_way(ctx, &session.document, colors);
            return Derived::Settled;
        }
        let nodes = &self.draft.request.nodes;
        let is_small = nodes.len() <= ROUTED_AT_ONCE && self.draft.request.edges.len() <= LANES_AT_ONCE;
        let is_quick = is_small && nodes.iter().all(|node| node.fixed.is_some());
        if is_quick && let Some(layout) = picture::lay_out(&self.draft, &layout::NoProgress) {
            self.task = None;
            self.layout = layout;
            self.draw_on_its_way(ctx, &session.document, colors);
            return Derived::Settled;
        }
        let draft = self.draft.clone();
        let work = move |job: &JobContext| picture::lay_out(&draft, job);
        self.task = Some(Task::start(ctx, Work::Layout, "Laying out the map", work));
        Derived::Same
    }

    /// Takes the layout that the job has found.
    fn take_layout(&mut self, ctx: &Context, session: &mut Session, colors: Colors) -> Derived {
        let Some(found) = self.task.as_ref().and_then(Task::poll) else { return Derived::Same };
        self.task = None;
        let found = found.inspect_err(|fault| tracing::error!("{fault}"));
        // What was laid out is stale if the document went on meanwhile; it is laid out again then.
        let is_current = self.made_from.as_ref().is_some_and(|made| made.revision == session.document.revision);
        let Some(layout) = found.ok().flatten().filter(|_| is_current) else { return Derived::Same };
        self.layout = layout;
        self.settle(session);
        self.draw_on_its_way(ctx, &session.document, colors);
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

    /// Draws, and lets everything glide there from where it is seen now.
    fn draw_on_its_way(&mut self, ctx: &Context, document: &Document, colors: Colors) {
        let is_same_map = self.drawn_map.as_ref().is_some_and(|map| Arc::ptr_eq(map, &document.map));
        let from = Arc::clone(self.scene());
        self.draw(document, colors);
        if is_same_map && ctx.global_style().animation_time > 0.0 {
            self.glide = Glide::start(from, Arc::clone(&self.scene));
            ctx.request_repaint();
        }
    }

    /// Carries the way to the picture on.
    fn glide_on(&mut self, ctx: &Context) {
        if let Some(glide) = &mut self.glide {
            if !glide.advance(ctx.input(|input| input.stable_dt)) {
                self.glide = None;
            }
            ctx.request_repaint();
        }
    }

    fn draw(&mut self, document: &Document, colors: Colors) {
        self.scene = Arc::new(build_scene(document, &self.draft, &self.layout, &scene_theme(colors)));
        self.picker = Picker::new(&self.scene);
        self.glide = None;
        self.drawn_map = Some(Arc::clone(&document.map));
        self.shows_drag = false;
        if let Some(made) = &mut self.made_from {
            made.colors = colors;
        }
    }

    /// Shows what is being dragged where it is now; only its own lanes are routed again.
    fn follow(&mut self, document: &Document, drag: Option<&Drag>, colors: Colors) -> Derived {
        let moved = drag.map(Drag::moved).unwrap_or_default();
        let bent = drag.and_then(Drag::bent);
        let noted = drag.and_then(Drag::noted);
        if moved.is_empty() && bent.is_none() && noted.is_none() {
            if self.shows_drag {
                self.draw(document, colors);
                return Derived::Changed;
            }
            return Derived::Same;
        }
        self.glide = None;
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
        self.scene = Arc::new(if let Some((note, at)) = noted {
            let plan = self.draft.plan.clone().with_note_at(note, at);
            build_scene(document, &Draft { request, plan }, &self.layout, &scene_theme(colors))
        } else {
            let dragged = layout::reroute(&request, &centers, &self.layout, &changed);
            build_scene(document, &self.draft, &dragged, &scene_theme(colors))
        });
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
