//! Starts, commits and deletes notes on the canvas.

use egui::{Area, Context, Id, Pos2, Rect};
use emath::RectTransform;

use crate::document::Command;
use crate::scene::{NoteBox, free_place};

use crate::app::App;
use crate::app::ask::command::AppCommand;
use crate::app::ask::selection::Selection;
use crate::app::panels::note_editor::{MIN_SCALE, NoteDraft, NoteStyle, field_ui};
use crate::app::ui::theme::{opaque, scene_theme};

impl App {
    /// Starts a new note in the free space nearest to a point.
    pub(crate) fn add_note(&mut self, near: Pos2) {
        let at = free_place(self.pipeline.picker(), near);
        self.writing = Some(NoteDraft { note: None, at, width: NoteBox::WIDTH, text: String::new() });
    }

    /// Starts editing the selected note.
    pub(crate) fn edit_note(&mut self) {
        let notes = &self.session.document.look.notes;
        let Some((id, note)) = self.selection.note().and_then(|id| Some((id, notes.get(&id)?))) else { return };
        let width = note.width.unwrap_or(NoteBox::WIDTH).max(NoteBox::WIDTH);
        self.writing = Some(NoteDraft { note: Some(id), at: note.at, width, text: note.text.clone() });
    }

    /// Draws the note being written over the canvas; any other command commits it.
    pub(crate) fn writing_ui(&mut self, ctx: &Context, canvas: Rect) {
        let Some(draft) = &mut self.writing else { return };
        let to_screen = RectTransform::from_to(self.canvas.seen_in_world(), canvas);
        let colors = scene_theme(ctx.theme());
        let look = NoteStyle {
            scale: to_screen.scale().x.max(MIN_SCALE),
            ground: opaque(NoteBox::ground(&colors)),
            ink: opaque(colors.muted),
        };
        let area = Area::new(Id::new("note")).fixed_pos(to_screen.transform_pos(draft.at)).constrain_to(canvas);
        if area.show(ctx, |ui| field_ui(ui, draft, look)).inner {
            self.commands.push(AppCommand::FinishNote);
        }
    }

    /// Commits the note being written, if any, and what is being typed for a step.
    pub(crate) fn finish_note(&mut self) {
        for typed in self.strip.take_typed() {
            self.take_step_request(typed);
        }
        if let Some(draft) = self.writing.take() {
            self.take_note(&draft);
        }
    }

    /// Deletes the selected note.
    pub(crate) fn delete_note(&mut self) {
        if let Some(note) = self.selection.note() {
            self.session.change(Command::RemoveNote(note));
            self.selection = Selection::default();
        }
    }

    /// Commits a draft; a new note without text is dropped.
    fn take_note(&mut self, draft: &NoteDraft) {
        let Some((note, change)) = draft.as_change(&self.session.document) else { return };
        let is_gone = matches!(change, Command::RemoveNote(_));
        self.session.change(change);
        self.selection = if is_gone { Selection::default() } else { Selection::of_note(note) };
    }
}
