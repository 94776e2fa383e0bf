//! The canvas: draws the scene, and turns pointer and keyboard input into commands.
//!
//! Touchable elements are held in a graph of `egui_graphs`, which marks them as selected, hovered or dragged; input
//! handling is custom. Picking is left to `scene`, executing commands to the window. For a large map, the graph holds
//! only what is in view, up to 1,500 elements; if more is in view, all of it is drawn without the graph, in a few large
//! meshes.

mod art;
mod camera;
mod controls;
mod crowd;
mod drag;
mod element;
mod flatten;
mod held;
mod highlight;
mod keys;
mod lettering;
mod marks;
mod mirror;
mod notes;
mod pointer;
mod select;
#[cfg(test)]
mod tests;

pub(crate) use drag::Drag;

use std::rc::Rc;
use std::sync::Arc;

use egui::{Id, Modifiers, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType};

use crate::derive::Work;
use crate::document::Document;
use crate::model::{Item, NoteId};
use crate::scene::{Picker, Ribbons, Scene};
use crate::text::Fonts;

use self::camera::{Camera, Place, fitting, revealing};
use self::held::Seen;
use self::highlight::{Applied, Highlight};
use self::lettering::Lettering;
use self::mirror::Mirror;
use crate::app::ask::command::Commands;
use crate::app::ask::context::Wheel;
use crate::app::ask::focus::Focus;
use crate::app::ask::selection::Selection;
use crate::app::ui::theme::opaque;

/// The factor by which one step of a zoom button or key changes the scale.
pub(crate) const ZOOM_STEP: f32 = 1.25;

/// The input of the canvas for one frame.
pub(crate) struct CanvasInput<'a> {
    /// The picture, in the colors of the theme.
    pub(crate) scene: &'a Arc<Scene>,
    /// The spatial index of the scene.
    pub(crate) picker: &'a Picker,
    /// The pairs drawn as one lane each.
    pub(crate) ribbons: &'a Ribbons,
    /// The document that the scene is derived from.
    pub(crate) document: &'a Document,
    pub(crate) selection: &'a Selection,
    pub(crate) focus: Option<&'a Focus>,
    /// Whether the canvas gets keyboard and screen reader input, because nothing was in front of it when the frame
    /// began.
    pub(crate) has_keys: bool,
    /// The effect of a plain mouse wheel.
    pub(crate) wheel: Wheel,
    /// Returns the accessible name of an actor or tie.
    pub(crate) accessible_name: &'a dyn Fn(Item) -> String,
    /// Returns the tooltip: a title, then further lines.
    pub(crate) hover_text: &'a dyn Fn(Item) -> String,
}

/// The next target of the view.
#[derive(Clone, Copy, Debug)]
enum Aim {
    /// Everything.
    All,
    /// The selection, or everything if nothing is selected.
    Selection,
    /// A view that contains this item, moved as little as possible.
    Item(Item),
    /// The same center at this scale.
    Scale(f32),
}

/// The canvas with its state between frames.
#[expect(clippy::struct_excessive_bools, reason = "facts about earlier frames that do not exclude each other")]
pub(crate) struct Canvas {
    id: Id,
    camera: Camera,
    /// Whether the view has been set before; the first aim is not animated.
    has_aimed: bool,
    aim: Option<Aim>,
    mirror: Option<Mirror>,
    letters: Rc<Lettering>,
    /// The highlight that was last applied.
    highlight: Option<Applied>,
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
    pressed_with: Modifiers,
    /// Whether the last wheel event came from a notched wheel.
    is_notched: bool,
    /// Whether the keyboard is in use, so that the focus ring is drawn.
    shows_focus: bool,
    focus_next: Option<Item>,
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
            mirror: None,
            letters: Rc::new(Lettering::new(fonts)),
            highlight: None,
            is_graph_new: true,
            is_fading: false,
            work: Work::default(),
            hovered: None,
            hovered_note: None,
            told: None,
            drag: None,
            pressed_with: Modifiers::NONE,
            is_notched: true,
            shows_focus: false,
            focus_next: None,
            seen_in_world: Rect::NOTHING,
            view: Rect::NOTHING,
        }
    }

    /// Fits everything into the view.
    pub(crate) fn fit(&mut self) {
        self.aim = Some(Aim::All);
    }

    /// Fits the selection into the view, or everything if nothing is selected.
    pub(crate) fn fit_selection(&mut self) {
        self.aim = Some(Aim::Selection);
    }

    /// Brings a record into view, moving as little as possible.
    pub(crate) fn reveal(&mut self, item: Item) {
        self.aim = Some(Aim::Item(item));
    }

    /// Zooms around the center of the view.
    pub(crate) fn zoom_by(&mut self, factor: f32) {
        self.zoom_to(self.camera.goal().scale * factor);
    }

    /// Zooms to a scale (points per world unit) around the center of the view.
    pub(crate) fn zoom_to(&mut self, scale: f32) {
        self.aim = Some(Aim::Scale(scale));
    }

    /// Returns the world position of the center of the view.
    pub(crate) fn middle(&self) -> Pos2 {
        self.camera.goal().center
    }

    /// Returns the running drag, so that the scene can show its items at their current positions.
    pub(crate) fn drag_under_way(&self) -> Option<&Drag> {
        self.drag.as_ref()
    }

    /// Returns the screen position that a world position had in the last frame; `None` before the first frame.
    pub(crate) fn pos_in_screen(&self, pos_in_world: Pos2) -> Option<Pos2> {
        let seen = self.seen_in_world;
        let share = (pos_in_world - seen.min) / seen.size();
        seen.is_positive().then(|| self.view.min + share * self.view.size())
    }

    /// Returns the drawing work done so far.
    pub(crate) fn work(&self) -> Work {
        self.work
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
        let response = ui.allocate_rect(view, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Map"));
        let pixels_per_point = ui.pixels_per_point();
        let dt_secs = ui.input(|it| it.stable_dt);

        self.refresh(input, view, pixels_per_point);
        let is_flying = self.fly(ui, view, input, dt_secs);
        self.wheel(ui, &response, input);
        let meta = self.camera.frame(view, pixels_per_point);
        self.drag(&response, input, &meta, commands);
        let clicked = self.click(&response, input, &meta, commands);
        self.hover(ui, &response, input, &meta);
        self.refresh(input, view, pixels_per_point);
        let is_fading = self.mark(input, is_animated(ui).then_some(dt_secs));

        let meta = self.camera.frame(view, pixels_per_point);
        self.view = view;
        self.seen_in_world =
            Rect::from_min_max(meta.screen_to_canvas_pos(view.min), meta.screen_to_canvas_pos(view.max));
        self.draw(ui, view, input, &meta);
        let focused = ui.scope_builder(egui::UiBuilder::new().max_rect(view), |ui| {
            ui.set_clip_rect(view.intersect(ui.clip_rect()));
            (self.areas(ui, input, &meta), self.note_areas(ui, input, &meta, commands))
        });
        let (focused, focused_note) = focused.inner;
        self.draw_focus(ui, focused.element.map(|(_, rect)| rect).or(focused_note));
        self.keys(ui, input, &focused, commands);
        if let Some(item) = self.focus_next.take().or(clicked) {
            self.focus(ui, item);
        }
        self.controls(ui, view);
        if is_flying || is_fading || (self.aim.is_some() && !input.scene.items.is_empty()) || !commands.is_empty() {
            ui.ctx().request_repaint();
        }
        response
    }

    /// Rebuilds the graph if its input or, for a large map, the visible part has changed.
    fn refresh(&mut self, input: &CanvasInput<'_>, view: Rect, pixels_per_point: f32) {
        let meta = self.camera.frame(view, pixels_per_point);
        let corners = [view.min, view.max].map(|corner| meta.screen_to_canvas_pos(corner));
        let seen = Seen { rect: Rect::from_min_max(corners[0], corners[1]), zoom: meta.zoom };
        if self.mirror.as_ref().is_some_and(|mirror| mirror.is_of(input, seen)) {
            return;
        }
        let earlier = self.mirror.take();
        self.mirror = Some(Mirror::build(input, seen, &self.letters, earlier));
        self.is_graph_new = true;
    }

    /// Starts moving the view to its aim, or advances the running flight; returns whether a repaint is needed.
    fn fly(&mut self, ui: &Ui, view: Rect, input: &CanvasInput<'_>, dt_secs: f32) -> bool {
        let is_flying = self.camera.advance(dt_secs);
        let Some(aim) = self.aim.filter(|_| view.is_positive() && !input.scene.items.is_empty()) else {
            return is_flying;
        };
        self.aim = None;
        let rect = |item| self.mirror.as_ref().and_then(|mirror| mirror.rect(item, input));
        let selected = input.selection.items().filter_map(rect).reduce(|all, rect| all | rect);
        let goal = match aim {
            Aim::All => Some(fitting(input.scene.bounds, view)),
            Aim::Selection => Some(fitting(selected.unwrap_or(input.scene.bounds), view)),
            Aim::Item(item) => rect(item).map(|rect| revealing(rect, view, self.camera.goal())),
            Aim::Scale(scale) => Some(Place { scale, ..self.camera.goal() }),
        };
        if let Some(goal) = goal {
            self.camera.go(goal, self.has_aimed && is_animated(ui));
            self.has_aimed = true;
        }
        goal.is_some()
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
        let Some(mirror) = &mut self.mirror else { return false };
        let is_new_graph = std::mem::take(&mut self.is_graph_new);
        let is_same = !is_new_graph && self.highlight.as_ref().is_some_and(|applied| applied.is_of(&highlight));
        if !is_same {
            self.highlight = Some(highlight.apply(mirror, input, self.highlight.as_ref(), is_new_graph));
        }
        if !is_same || self.is_fading {
            self.is_fading = false;
            mirror.for_each_drawn(|drawn| self.is_fading |= drawn.fade(fade_secs));
        }
        self.is_fading
    }

    fn draw(&mut self, ui: &Ui, view: Rect, input: &CanvasInput<'_>, meta: &egui_graphs::MetadataFrame) {
        let painter = ui.painter_at(view);
        painter.rect_filled(view, 0.0, opaque(input.scene.background));
        if let Some(mirror) = &mut self.mirror {
            let drawn = mirror.draw(&painter, meta);
            self.work += Work { drawn, held: mirror.held_count(), ..Work::default() };
        }
        if let (Some(Drag::Box { from_in_world }), Some(pointer)) =
            (&self.drag, ui.input(|it| it.pointer.interact_pos()))
        {
            let accent = ui.visuals().selection.stroke.color;
            let rect = Rect::from_two_pos(meta.canvas_to_screen_pos(*from_in_world), pointer);
            painter.rect(rect, 2.0, accent.gamma_multiply(0.12), Stroke::new(1.0, accent), StrokeKind::Inside);
        }
    }
}

/// Returns whether animations are enabled.
fn is_animated(ui: &Ui) -> bool {
    ui.style().animation_time > 0.0
}
