//! Keyboard areas, clicks and drags of notes on the canvas. Editing is left to the window.

use egui::accesskit::Action as Request;
use egui::{Id, Key, Modifiers, Pos2, Rect, Response, Sense, Ui, WidgetInfo, WidgetType};

use crate::model::NoteId;

use super::Canvas;
use super::camera::Transform;
use super::drag::Drag;
use super::input::CanvasInput;
use super::select::select;
use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::ask::selection::Selection;
use crate::app::ui::events::take_presses;

/// Maximum length of a note's accessible name, in characters.
const MAX_READ: usize = 80;

/// Returns the widget id of a note's area.
fn area_id(canvas: Id, note: NoteId) -> Id {
    canvas.with(("note", note))
}

/// Selects the clicked note; a double click also opens it.
pub(super) fn click_note(note: NoteId, response: &Response, input: &CanvasInput<'_>, commands: &mut Commands) {
    select(Selection::of_note(note), input, commands);
    if response.double_clicked() {
        commands.push(AppCommand::Run(Action::EditInPlace));
    }
}

impl Canvas {
    /// Adds an area with its text for each note, for keyboard and screen readers; returns the rectangle of the focused
    /// one.
    pub(super) fn note_areas(
        &mut self,
        ui: &Ui,
        input: &CanvasInput<'_>,
        transform: Transform,
        commands: &mut Commands,
    ) -> Option<Rect> {
        let mut focused = None;
        let notes: Vec<(NoteId, Rect)> =
            self.map_graph.as_ref().map(|map_graph| map_graph.notes().collect()).unwrap_or_default();
        for (note, area) in notes {
            let Some(record) = input.document.look.notes.get(&note) else { continue };
            let rect = Rect::from_min_max(transform.pos_in_screen(area.min), transform.pos_in_screen(area.max));
            let id = area_id(self.id, note);
            let response = ui.interact(rect, id, Sense::focusable_noninteractive());
            response.widget_info(|| {
                let words: String = crate::wording::visible(&record.text).chars().take(MAX_READ).collect();
                let is_selected = input.selection.note() == Some(note);
                WidgetInfo::selected(WidgetType::Button, true, is_selected, format!("Note: {words}, on the map"))
            });
            ui.ctx().accesskit_node_builder(id, |node| node.add_action(Request::Click));
            let is_pressed = input.has_keys
                && response.has_focus()
                && !take_presses(ui.ctx(), Modifiers::NONE, &[Key::Enter, Key::Space]).is_empty();
            let is_asked = input.has_keys && ui.input(|it| it.has_accesskit_action_request(id, Request::Click));
            if is_pressed || is_asked {
                select(Selection::of_note(note), input, commands);
            }
            if response.has_focus() {
                focused = Some(rect);
            }
        }
        focused
    }
}

/// Starts moving a note.
pub(super) fn start_moving_note(note: NoteId, from_in_world: Pos2, input: &CanvasInput<'_>) -> Option<Drag> {
    let origin = input.document.look.notes.get(&note)?.at;
    Some(Drag::Note { note, from_in_world, origin, moved: None })
}
