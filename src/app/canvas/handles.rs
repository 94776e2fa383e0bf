//! Handles beside a card: dragging one to another card, or to empty space, begins a tie.

mod dropped;
mod ends;

use egui::{Id, Pos2, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo, WidgetType, vec2};

use crate::model::{ActorId, Item};

use super::Canvas;
use super::camera::Transform;
use super::drag::DrawnTie;
use super::input::CanvasInput;
use super::records::item_of;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::{FormPurpose, FormRequest, Where};

/// The diameter of a handle, in points.
const SIZE: f32 = 12.0;
/// The size of the area that reacts to the pointer, in points.
const REACH: f32 = 20.0;
/// The distance of a handle from its card, in points.
const GAP: f32 = 8.0;
/// Below this scale there are no handles: the cards are too small for them.
const MIN_SCALE: f32 = 0.5;

impl Canvas {
    /// Returns the screen position that a world position had in the last frame; `None` before the first frame.
    pub(crate) fn pos_in_screen(&self, pos_in_world: Pos2) -> Option<Pos2> {
        let seen = self.seen_in_world;
        let share = (pos_in_world - seen.min) / seen.size();
        seen.is_positive().then(|| self.view.min + share * self.view.size())
    }

    /// Returns the world position of a screen position over the canvas in the last frame.
    pub(crate) fn pos_in_world(&self, pos_in_screen: Pos2) -> Option<Pos2> {
        let seen = self.seen_in_world;
        let share = (pos_in_screen - self.view.min) / self.view.size();
        (seen.is_positive() && self.view.contains(pos_in_screen)).then(|| seen.min + share * seen.size())
    }

    /// Draws the handles of the hovered or selected actor, and the tie that is being drawn from one.
    pub(super) fn handles_ui(
        &mut self,
        ui: &Ui,
        view: Rect,
        input: &CanvasInput<'_>,
        transform: Transform,
        commands: &mut Commands,
    ) {
        let is_near = self.overview.shown().is_none() && transform.zoom >= MIN_SCALE * ui.pixels_per_point().max(1.0);
        if self.drag.is_some() || !is_near {
            (self.handles.drawn, self.handles.moved_end) = (None, None);
            return;
        }
        self.tie_ends_ui(ui, view, input, transform, commands);
        self.dropped_source_ui(ui, view, input, transform, commands);
        let owner = self.handles.drawn.map(|tie| tie.from).or_else(|| self.owner_of_handles(ui, input, transform));
        self.handles.owner = owner;
        let Some((actor, card)) = owner.and_then(|actor| Some((actor, self.card_in_screen(actor, input, transform)?)))
        else {
            return;
        };
        let accent = ui.visuals().selection.stroke.color;
        let painter = ui.painter_at(view);
        for (side, center) in handles_around(card).into_iter().enumerate() {
            let id = Id::new(("handle", actor, side));
            let area = Rect::from_center_size(center, Vec2::splat(REACH));
            let response = ui.interact(area, id, Sense::click_and_drag());
            let name = format!("Tie from {}", input.document.map.actor(actor).name);
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
            let radius = if response.hovered() || response.dragged() { SIZE / 2.0 + 1.5 } else { SIZE / 2.0 };
            painter.circle(center, radius, ui.visuals().panel_fill, Stroke::new(1.5, accent));
            if response.clicked() {
                open(FormPurpose::NewTie { from: Some(actor), to: None, at: None }, commands);
            }
            if response.drag_started() {
                self.handles.drawn = Some(DrawnTie { from: actor, origin: center });
            }
            if response.drag_stopped() {
                let dropped = self.handles.drawn.take().zip(ui.input(|it| it.pointer.interact_pos()));
                // egui stops a drag on Escape while the button is still down.
                if let Some((tie, pos)) = dropped.filter(|_| !ui.input(|it| it.pointer.any_down())) {
                    Self::drop_tie(tie, pos, (view, input, transform), commands);
                }
            }
        }
        if let (Some(tie), Some(pointer)) = (self.handles.drawn, ui.input(|it| it.pointer.interact_pos())) {
            let target = actor_at(pointer, input, transform).filter(|actor| *actor != tie.from);
            if let Some(card) = target.and_then(|actor| self.card_in_screen(actor, input, transform)) {
                painter.rect_stroke(card.expand(4.0), 8.0, Stroke::new(2.0, accent), egui::StrokeKind::Outside);
            }
            painter.arrow(tie.origin, pointer - tie.origin, Stroke::new(2.0, accent));
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
    }

    /// Returns whose handles are shown: those of the card under the pointer, of the card whose handles the pointer is
    /// near, or of the selected one.
    fn owner_of_handles(&self, ui: &Ui, input: &CanvasInput<'_>, transform: Transform) -> Option<ActorId> {
        // A quick drag is far from its handle in the frame in which it starts.
        let pressed = ui.input(|it| it.pointer.press_origin().filter(|_| it.pointer.primary_down()));
        if let (Some(Item::Actor(actor)), None) = (self.hovered, pressed) {
            return Some(actor);
        }
        let pointer = pressed.or_else(|| ui.input(|it| it.pointer.hover_pos()));
        let is_near = |actor: &ActorId| {
            let card = self.card_in_screen(*actor, input, transform);
            card.zip(pointer).is_some_and(|(card, pointer)| card.expand(GAP + REACH).contains(pointer))
        };
        let selected = match input.selection.single() {
            Some(Item::Actor(actor)) => Some(actor),
            _ => None,
        };
        let has_actor = |actor: &ActorId| input.document.map.actors().has(*actor);
        self.handles.owner.filter(has_actor).filter(is_near).or_else(|| selected.filter(has_actor))
    }

    fn card_in_screen(&self, actor: ActorId, input: &CanvasInput<'_>, transform: Transform) -> Option<Rect> {
        let rect = self.map_graph.as_ref()?.rect(Item::Actor(actor), input)?;
        Some(Rect::from_min_max(transform.pos_in_screen(rect.min), transform.pos_in_screen(rect.max)))
    }

    fn drop_tie(
        tie: DrawnTie,
        pos: Pos2,
        (view, input, transform): (Rect, &CanvasInput<'_>, Transform),
        commands: &mut Commands,
    ) {
        let to = actor_at(pos, input, transform);
        let is_back = to == Some(tie.from);
        if is_back || !view.contains(pos) {
            return;
        }
        let at = to.is_none().then(|| transform.pos_in_world(pos));
        open(FormPurpose::NewTie { from: Some(tie.from), to, at }, commands);
    }
}

fn actor_at(pos: Pos2, input: &CanvasInput<'_>, transform: Transform) -> Option<ActorId> {
    let part = input.picker.pick(transform.pos_in_world(pos), 0.0)?;
    match item_of(part)? {
        Item::Actor(actor) => input.document.map.actors().has(actor).then_some(actor),
        _ => None,
    }
}

fn open(purpose: FormPurpose, commands: &mut Commands) {
    commands.push(AppCommand::Form(FormRequest::Open(purpose, Where::Details)));
}

/// Returns the middles of the handles of a card: above, right, below, left.
fn handles_around(card: Rect) -> [Pos2; 4] {
    let away = GAP + SIZE / 2.0;
    [
        card.center_top() - vec2(0.0, away),
        card.right_center() + vec2(away, 0.0),
        card.center_bottom() + vec2(0.0, away),
        card.left_center() - vec2(away, 0.0),
    ]
}
