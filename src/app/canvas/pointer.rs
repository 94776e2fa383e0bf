//! Mouse wheel, clicks and drags on the canvas.

use egui::{CursorIcon, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Response, Tooltip, Ui};

use crate::model::{Ends, Item, NoteId, Placed};
use crate::scene::Part;

use super::Canvas;
use super::camera::Transform;
use super::drag::Drag;
use super::input::CanvasInput;
use super::notes::{click_note, start_moving_note};
use super::records::item_of;
use super::select::{FocusTarget, all_of, choose, select};
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::context::Wheel;
use crate::app::ask::selection::Selection;
use crate::app::ui::events::{click_modifiers, take_press};
use crate::app::ui::theme::SCROLL_PER_ZOOM_POINTS;

/// Maximum distance by which a click may miss, in points.
const CLICK_TOLERANCE: f32 = 6.0;
/// Gap between pointer and tooltip, in points.
const TOOLTIP_GAP: f32 = 14.0;

impl Canvas {
    /// Handles zooming and panning by wheel, pinch and trackpad.
    pub(super) fn wheel(&mut self, ui: &Ui, response: &Response, input: &CanvasInput<'_>) {
        let view = response.rect;
        let Some(pointer) = ui.input(|it| it.pointer.latest_pos()).filter(|_| response.contains_pointer()) else {
            return;
        };
        let (zoom, scrolled) = ui.input(|it| {
            for event in &it.events {
                if let Event::MouseWheel { unit, .. } = event {
                    self.is_notched = *unit != MouseWheelUnit::Point;
                }
            }
            (it.zoom_delta(), it.smooth_scroll_delta())
        });
        let zooms = match input.wheel {
            Wheel::Auto => self.is_notched,
            Wheel::Zooms => true,
            Wheel::Pans => false,
        };
        let mut factor = zoom;
        let mut shift = scrolled;
        if zooms {
            factor *= (scrolled.y / SCROLL_PER_ZOOM_POINTS).exp();
            shift.y = 0.0;
        }
        if shift != egui::Vec2::ZERO {
            self.camera.pan(shift);
        }
        if (factor - 1.0).abs() > 1e-6 {
            self.camera.zoom_at(pointer, view, factor);
        }
    }

    /// Returns the note at a screen position, if no record covers it.
    fn note_at(input: &CanvasInput<'_>, transform: Transform, pos_in_screen: Pos2) -> Option<NoteId> {
        match input.picker.pick(transform.pos_in_world(pos_in_screen), CLICK_TOLERANCE / transform.zoom)? {
            Part::Note(note) => Some(note),
            _ => None,
        }
    }

    /// Returns the part and the record at a screen position.
    fn pick(&self, input: &CanvasInput<'_>, transform: Transform, pos_in_screen: Pos2) -> Option<(Part, Item)> {
        if self.is_overview() {
            return self.pick_in_overview(input, transform, pos_in_screen);
        }
        let pos = transform.pos_in_world(pos_in_screen);
        let placed = self.labels.labeling.part_at(pos);
        let part = placed.or_else(|| input.picker.pick(pos, CLICK_TOLERANCE / transform.zoom))?;
        let item = item_of(part)?;
        self.map_graph.as_ref()?.has(item, input).then_some((part, item))
    }

    /// Updates what the pointer is over, and shows its tooltip and cursor.
    pub(super) fn hover(&mut self, ui: &Ui, response: &Response, input: &CanvasInput<'_>, transform: Transform) {
        let pointer = response.hover_pos().filter(|_| response.hovered() && self.drag.is_none());
        self.hovered = pointer.and_then(|pos| self.pick(input, transform, pos)).map(|(_, item)| item);
        self.hovered_note = pointer.and_then(|pos| Self::note_at(input, transform, pos));
        let cursor = match (&self.drag, self.hovered) {
            (Some(Drag::Pan), _) => Some(CursorIcon::Grabbing),
            (Some(Drag::Box { .. }), _) => Some(CursorIcon::Crosshair),
            (Some(Drag::Move { .. } | Drag::Bend { .. } | Drag::Note { .. }), _) => Some(CursorIcon::Move),
            (None, Some(_)) => Some(CursorIcon::PointingHand),
            (None, None) => self.hovered_note.map(|_| CursorIcon::PointingHand),
        };
        if let Some(cursor) = cursor {
            ui.ctx().set_cursor_icon(cursor);
        }
        if let Some(item) = self.hovered.filter(|_| !input.is_presented) {
            let text = self.told(item, input);
            Tooltip::for_enabled(response).at_pointer().gap(TOOLTIP_GAP).show(|ui| {
                let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
                ui.strong(title);
                if !rest.is_empty() {
                    ui.label(rest);
                }
            });
        }
    }

    /// Returns the tooltip of a record.
    fn told(&mut self, item: Item, input: &CanvasInput<'_>) -> &str {
        let revision = input.document.revision;
        let told = self.told.take().filter(|(told, at, _)| (*told, *at) == (item, revision));
        let (.., text) = self.told.insert(told.unwrap_or_else(|| (item, revision, (input.hover_text)(item))));
        text
    }

    /// Handles clicks; returns what gets the keyboard focus: the clicked record, or the canvas.
    pub(super) fn click(
        &mut self,
        response: &Response,
        input: &CanvasInput<'_>,
        transform: Transform,
        commands: &mut Commands,
    ) -> Option<FocusTarget> {
        // Enter and Space click what has the focus, but they have no place on the map.
        let is_clicked = response.clicked_by(PointerButton::Primary);
        let pos = response.interact_pointer_pos().filter(|_| is_clicked || response.secondary_clicked())?;
        let item = self.pick(input, transform, pos).map(|(_, item)| item);
        self.shows_focus = false;
        if let Some(note) = Self::note_at(input, transform, pos) {
            click_note(note, response, input, commands);
            return None;
        }
        let is_plain = item.is_none() && !response.secondary_clicked();
        if is_plain && self.click_area(pos, response.double_clicked(), transform) {
            return None;
        }
        let modifiers = click_modifiers(&response.ctx);
        match item {
            // A right click on a selected record keeps the selection, so that the context menu applies to all of it.
            Some(item) if response.secondary_clicked() && input.selection.has(item) => {}
            _ if response.secondary_clicked() => {
                select(item.map(|item| all_of(item, input)).unwrap_or_default(), input, commands);
            }
            Some(item) if modifiers.command => commands.push(AppCommand::ToggleSelected(item)),
            Some(Item::Actor(actor)) if response.double_clicked() => {
                commands.push(AppCommand::FocusNeighborhood(actor));
            }
            Some(item) => choose(item, input, commands),
            None if modifiers.command || modifiers.shift => {}
            None if response.double_clicked() => {
                commands.push(AppCommand::NameActor(transform.pos_in_world(pos)));
            }
            None => select(Selection::default(), input, commands),
        }
        Some(item.map_or(FocusTarget::Canvas, FocusTarget::Element))
    }

    /// Handles drags: panning, selection box, moving cards and notes, bending lanes.
    pub(super) fn drag(
        &mut self,
        response: &Response,
        input: &CanvasInput<'_>,
        transform: Transform,
        commands: &mut Commands,
    ) {
        let (origin, pointer) = response.ctx.input(|it| {
            for event in &it.events {
                if let Event::PointerButton { pressed: true, modifiers, .. } = event {
                    self.pressed_with = *modifiers;
                }
            }
            (it.pointer.press_origin(), it.pointer.interact_pos())
        });
        if let Some(origin) = origin.filter(|_| response.drag_started()) {
            self.drag = if response.drag_started_by(PointerButton::Primary) {
                self.start_drag(origin, self.pressed_with.shift, input, transform)
            } else {
                response.drag_started_by(PointerButton::Middle).then_some(Drag::Pan)
            };
        }
        let Some(pointer) = pointer else { return };
        // egui stops a drag on Escape while the button is still down.
        if response.drag_stopped() && response.ctx.input(|it| it.pointer.any_down()) {
            self.drag = None;
            take_press(&response.ctx, Modifiers::NONE, Key::Escape);
        }
        match &mut self.drag {
            Some(Drag::Pan) => self.camera.pan(response.drag_delta()),
            Some(drag) => drag.follow(transform.pos_in_world(pointer)),
            None => {}
        }
        if response.drag_stopped() {
            match self.drag.take() {
                Some(Drag::Box { from_in_world }) => {
                    let inside = Rect::from_two_pos(from_in_world, transform.pos_in_world(pointer));
                    let inside = input.picker.in_rect(inside).into_iter().filter_map(item_of);
                    let inside = inside.flat_map(|item| all_of(item, input).items().collect::<Vec<_>>());
                    let kept = input.selection.items().filter(|_| self.pressed_with.command);
                    select(Selection::new(inside.chain(kept)), input, commands);
                }
                Some(drag) => {
                    if let Some(command) = drag.command() {
                        commands.push(AppCommand::Change(command));
                    }
                }
                None => {}
            }
        }
    }

    fn start_drag(&self, origin: Pos2, is_box: bool, input: &CanvasInput<'_>, transform: Transform) -> Option<Drag> {
        if input.is_presented {
            return Some(Drag::Pan);
        }
        let from_in_world = transform.pos_in_world(origin);
        if is_box {
            return Some(Drag::Box { from_in_world });
        }
        if let Some(note) = Self::note_at(input, transform, origin) {
            return start_moving_note(note, from_in_world, input);
        }
        let drag = match self.pick(input, transform, origin).map(|(part, _)| part) {
            Some(Part::Card(actor)) => self.start_move(Item::Actor(actor), from_in_world, input),
            Some(Part::Pill(tie)) => match &input.document.map.tie(tie).ends {
                Ends::Parties(_) => self.start_move(Item::Tie(tie), from_in_world, input),
                Ends::Pair { from, to } => {
                    let center = |actor| self.center(Placed::Actor(actor), input);
                    let map_graph = self.map_graph.as_ref()?;
                    let origin = map_graph.center(Item::Tie(tie), input)?;
                    let (ends, is_loop) = ([center(*from)?, center(*to)?], from == to);
                    Some(Drag::Bend { tie, from_in_world, origin, ends, is_loop, bend: None })
                }
            },
            _ => None,
        };
        Some(drag.unwrap_or(Drag::Pan))
    }

    /// Starts moving the grabbed record, together with the selection if it is part of it.
    fn start_move(&self, grabbed: Item, from_in_world: Pos2, input: &CanvasInput<'_>) -> Option<Drag> {
        let items: Vec<Item> =
            if input.selection.has(grabbed) { input.selection.items().collect() } else { vec![grabbed] };
        let map_graph = self.map_graph.as_ref()?;
        let shown = items.into_iter().filter(|item| map_graph.has(*item, input));
        let placed = shown.filter_map(|item| match item {
            Item::Actor(actor) => Some(Placed::Actor(actor)),
            Item::Tie(tie) => matches!(input.document.map.tie(tie).ends, Ends::Parties(_)).then_some(Placed::Hub(tie)),
            Item::Fact(_) | Item::Source(_) => None,
        });
        let origins: Vec<_> = placed.filter_map(|placed| Some((placed, self.center(placed, input)?))).collect();
        (!origins.is_empty()).then_some(Drag::Move { grabbed, from_in_world, origins, moved: Vec::new() })
    }

    /// Returns the center of a shown card or hub, in world coordinates.
    fn center(&self, placed: Placed, input: &CanvasInput<'_>) -> Option<Pos2> {
        let item = match placed {
            Placed::Actor(actor) => Item::Actor(actor),
            Placed::Hub(tie) => Item::Tie(tie),
        };
        let drawn = self.map_graph.as_ref()?.center(item, input)?;
        Some(input.document.look.positions.get(&placed).copied().unwrap_or(drawn))
    }
}
