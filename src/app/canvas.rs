//! The canvas: draws the scene, and turns pointer and keyboard input into commands.
//!
//! Touchable elements are held in a graph (`graph`, over `egui_graphs`) with marks for selected, hovered and dragged
//! ones; the interaction loop is our own. Picking is left to `scene`, and executing commands to the window. For a large
//! map the graph holds the elements in view, up to 1,500; if more are in view, everything is drawn without the graph,
//! in a few large meshes.

mod camera;
mod controls;
mod drag;
mod element_marks;
mod exploring;
mod graph;
mod graph_contents;
mod handles;
mod highlight;
mod input;
mod keys;
mod labels;
mod map_graph;
mod notes;
mod overview;
mod paint;
mod pointer;
mod records;
mod select;
#[cfg(test)]
mod tests;

pub(crate) use drag::Drag;
use drag::Handles;
pub(crate) use input::CanvasInput;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Id, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui};

use crate::derive::Work;
use crate::model::{ActorId, Item, NoteId};
use crate::scene::LabelingCounts;
use crate::text::Fonts;

pub(crate) use self::camera::CameraMotion;
use self::camera::{Aim, Camera, Transform, Viewpoint};
use self::graph_contents::VisibleArea;
use self::highlight::{AppliedHighlight, Highlight};
use self::labels::ScreenLabels;
use self::map_graph::MapGraph;
use self::overview::OverviewLayer;
pub(crate) use self::paint::gpu::FarGpu;
use self::paint::lettering::Lettering;
use self::select::FocusTarget;
use crate::app::ask::command::Commands;
use crate::app::ui::theme::opaque;

/// The factor by which one step of a zoom button or key changes the scale.
pub(crate) const ZOOM_STEP: f32 = 1.25;

/// The canvas with its state between frames.
#[expect(clippy::struct_excessive_bools, reason = "facts about earlier frames that do not exclude each other")]
pub(crate) struct Canvas {
    id: Id,
    camera: Camera,
    /// Whether the view has been set before; the first move is not animated.
    has_aimed: bool,
    aim: Option<Aim>,
    /// The view that fits everything, if that was the last aim.
    fitted: Option<Viewpoint>,
    /// The part of the world that a step of a story shows, with its view, if that was the last aim.
    framed: Option<(Rect, Viewpoint)>,
    map_graph: Option<MapGraph>,
    /// The selected actors that are elements of a large map although they may have no name.
    elements_of: BTreeSet<ActorId>,
    labels: ScreenLabels,
    /// A large map seen from afar.
    overview: OverviewLayer,
    letters: Rc<Lettering>,
    /// The highlight that was last applied.
    highlight: Option<AppliedHighlight>,
    /// Whether the numbers of names and labels changed in this frame.
    has_new_counts: bool,
    /// Whether a large map shows something that was derived for another view.
    is_overview_unfinished: bool,
    /// How often dots and ties were sent to the graphics adapter.
    uploads: usize,
    /// How the view moved in the last frame.
    motion: CameraMotion,
    transform: Option<Transform>,
    /// Whether the graph was rebuilt since the highlight was applied.
    is_graph_new: bool,
    is_fading: bool,
    /// The drawing work done so far.
    work: Work,
    hovered: Option<Item>,
    hovered_note: Option<NoteId>,
    /// The last tooltip, with its item and the document revision; cached between frames.
    told: Option<(Item, u64, String)>,
    drag: Option<Drag>,
    handles: Handles,
    pressed_with: Modifiers,
    /// Whether the last wheel event came from a notched wheel.
    is_notched: bool,
    /// Whether the keyboard is in use, so that the focus ring is drawn.
    shows_focus: bool,
    focus_next: Option<FocusTarget>,
    /// The element that had the keyboard focus in the last frame, and its rectangle on screen.
    focused: Option<(Item, Rect)>,
    /// The actor whose ties are walked by keyboard.
    walked_around: Option<ActorId>,
    /// The visible part of the world in the last frame.
    seen_in_world: Rect,
    /// The rectangle of the canvas on screen in the last frame.
    view: Rect,
}

impl Canvas {
    /// Creates a canvas that first fits everything into the view.
    pub(crate) fn new(fonts: Arc<Fonts>) -> Self {
        Self {
            id: Id::new("canvas"),
            camera: Camera::default(),
            has_aimed: false,
            aim: Some(Aim::All),
            fitted: None,
            framed: None,
            map_graph: None,
            elements_of: BTreeSet::new(),
            labels: ScreenLabels::default(),
            overview: OverviewLayer::default(),
            letters: Rc::new(Lettering::new(fonts)),
            highlight: None,
            has_new_counts: false,
            is_overview_unfinished: false,
            uploads: 0,
            motion: CameraMotion::Rest,
            transform: None,
            is_graph_new: true,
            is_fading: false,
            work: Work::default(),
            hovered: None,
            hovered_note: None,
            told: None,
            drag: None,
            handles: Handles::default(),
            pressed_with: Modifiers::NONE,
            is_notched: true,
            shows_focus: false,
            focus_next: None,
            focused: None,
            walked_around: None,
            seen_in_world: Rect::NOTHING,
            view: Rect::NOTHING,
        }
    }

    /// Returns the running drag, so that the scene can show its items at their current positions.
    pub(crate) fn drag_under_way(&self) -> Option<&Drag> {
        self.drag.as_ref()
    }

    /// Returns whether a tie is being drawn from a handle, or an end of one dragged.
    pub(crate) fn is_drawing_tie(&self) -> bool {
        self.handles.drawn.is_some() || self.handles.moved_end.is_some()
    }

    /// Returns how the view moved in the last frame.
    pub(crate) fn motion(&self) -> CameraMotion {
        self.motion
    }

    /// Returns the drawing work done so far.
    pub(crate) fn work(&self) -> Work {
        self.work
    }

    /// Returns how many names and labels were drawn in the last frame.
    pub(crate) fn labeling_counts(&self) -> LabelingCounts {
        self.overview.counts().unwrap_or_else(|| self.labels.labeling.counts())
    }

    /// Returns whether the pointer is over a record.
    pub(crate) fn is_hovering(&self) -> bool {
        self.hovered.is_some()
    }

    /// Returns the part of the world that was visible in the last frame.
    pub(crate) fn seen_in_world(&self) -> Rect {
        self.seen_in_world
    }

    /// Draws the canvas in the available space; the response is for its context menu.
    pub(crate) fn canvas_ui(&mut self, ui: &mut Ui, input: &CanvasInput<'_>, commands: &mut Commands) -> Response {
        let view = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(view);
        let response = ui.interact(view, self.id, Sense::click_and_drag());
        Self::describe(ui, &response, input);
        let pixels_per_point = ui.pixels_per_point();
        let dt_secs = ui.input(|it| it.stable_dt);

        self.refresh(input, view, pixels_per_point);
        if self.view != view && self.aim.is_none() {
            let again = if self.is_fitted() { Some(Aim::All) } else { self.framed().map(Aim::Frame) };
            if again.is_some() {
                (self.aim, self.has_aimed) = (again, false);
            }
        }
        let is_flying = self.fly(ui, view, input, dt_secs);
        self.wheel(ui, &response, input);
        let transform = self.camera.transform(view, pixels_per_point);
        self.drag(&response, input, transform, commands);
        let clicked = self.click(&response, input, transform, commands);
        self.hover(ui, &response, input, transform);
        self.refresh(input, view, pixels_per_point);
        let is_fading = self.mark(input, is_animated(ui).then_some(dt_secs));

        let transform = self.camera.transform(view, pixels_per_point);
        self.motion = CameraMotion::between(self.transform.replace(transform), transform);
        self.view = view;
        self.seen_in_world = Rect::from_min_max(transform.pos_in_world(view.min), transform.pos_in_world(view.max));
        self.draw(ui, view, input, transform);
        let focused = ui.scope_builder(egui::UiBuilder::new().max_rect(view), |ui| {
            ui.set_clip_rect(view.intersect(ui.clip_rect()));
            self.unseen_areas(ui, input, transform, commands);
            (self.areas(ui, input, transform), self.note_areas(ui, input, transform, commands))
        });
        let (focused, focused_note) = focused.inner;
        self.focused = focused.element;
        self.draw_focus(ui, view, focused.element.map(|element| self.drawn_area(element, transform)).or(focused_note));
        self.keys(ui, input, &focused, commands);
        if let Some(target) = self.focus_next.take().or(clicked) {
            self.focus(ui, target);
        }
        if !input.is_presented {
            self.handles_ui(ui, view, input, transform, commands);
            self.controls(ui, view);
        }
        let has_new_counts = std::mem::take(&mut self.has_new_counts);
        let is_unfinished = std::mem::take(&mut self.is_overview_unfinished);
        if is_flying
            || is_fading
            || is_unfinished
            || has_new_counts
            || (self.aim.is_some() && !input.scene.items.is_empty())
            || !commands.is_empty()
        {
            ui.ctx().request_repaint();
        }
        response
    }

    /// Rebuilds the graph if its input or, for a large map, the visible part has changed.
    fn refresh(&mut self, input: &CanvasInput<'_>, view: Rect, pixels_per_point: f32) {
        let transform = self.camera.transform(view, pixels_per_point);
        let corners = [view.min, view.max].map(|corner| transform.pos_in_world(corner));
        let seen = VisibleArea { rect: Rect::from_min_max(corners[0], corners[1]), zoom: transform.zoom };
        self.overview.follow(input.overview, transform.zoom);
        let is_overview = self.overview.shown().is_some();
        let has_labels = is_overview || self.labels.is_of(input, seen);
        if !has_labels {
            let before = self.labeling_counts();
            self.labels = ScreenLabels::build(input, seen);
            // The status line was drawn with the counts before.
            self.has_new_counts |= self.labeling_counts() != before;
        }
        if let Some(map_graph) = self.map_graph.as_mut().filter(|graph| graph.is_of(input, seen, is_overview)) {
            if !has_labels {
                map_graph.set_labeling(&self.labels.labeling);
            }
            return;
        }
        let earlier = self.map_graph.take();
        let seen = (!is_overview).then_some(seen);
        self.map_graph = Some(MapGraph::build(input, seen, &self.letters, &self.labels.labeling, earlier));
        self.is_graph_new = true;
    }

    /// Updates marks and fading; returns whether anything is still fading.
    fn mark(&mut self, input: &CanvasInput<'_>, fade_secs: Option<f32>) -> bool {
        let highlight = Highlight {
            selection: input.selection.clone(),
            hovered: self.hovered,
            hovered_note: self.hovered_note,
            dragged: self.drag.as_ref().and_then(Drag::grabbed),
            focus: input.focus.cloned(),
        };
        let Some(map_graph) = &mut self.map_graph else { return false };
        let is_new_graph = std::mem::take(&mut self.is_graph_new);
        let is_same = !is_new_graph && self.highlight.as_ref().is_some_and(|applied| applied.is_of(&highlight));
        if !is_same {
            self.highlight = Some(highlight.apply(map_graph, input, self.highlight.as_ref(), is_new_graph));
        }
        if !is_same || self.is_fading {
            self.is_fading = false;
            map_graph.for_each_drawn(|drawn| self.is_fading |= drawn.fade(fade_secs));
        }
        self.is_fading
    }

    fn draw(&mut self, ui: &Ui, view: Rect, input: &CanvasInput<'_>, transform: Transform) {
        let painter = ui.painter_at(view);
        painter.rect_filled(view, 0.0, opaque(input.scene.background));
        if let Some(map_graph) = &mut self.map_graph {
            let drawn = map_graph.draw(&painter, transform);
            self.work += Work { drawn, held: map_graph.held_count(), ..Work::default() };
        }
        if !self.draw_overview(&painter, input, transform) {
            let emphasized = self.hovered.into_iter().chain(input.selection.items());
            self.labels.draw_emphasized(emphasized, input, (&painter, &self.letters), transform);
        }
        if let (Some(Drag::Box { from_in_world }), Some(pointer)) =
            (&self.drag, ui.input(|it| it.pointer.interact_pos()))
        {
            let accent = ui.visuals().selection.stroke.color;
            let rect = Rect::from_two_pos(transform.pos_in_screen(*from_in_world), pointer);
            painter.rect(rect, 2.0, accent.gamma_multiply(0.12), Stroke::new(1.0, accent), StrokeKind::Inside);
        }
    }
}

/// Returns whether animations are enabled.
fn is_animated(ui: &Ui) -> bool {
    ui.style().animation_time > 0.0
}
