//! Notes on the canvas: writing, changing and taking them away.

use egui::{Key, Modifiers, Pos2, RichText, TextEdit, Ui};

use crate::document::Command;
use crate::model::NoteId;
use crate::scene::free_place;
use crate::visible::prose;

use super::dialog::{Dialog, buttons_ui, heading};
use super::selection::Selection;
use super::{App, theme};

/// A note that is being written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteDraft {
    /// The note that is changed; none for a new one.
    pub(crate) note: Option<NoteId>,
    /// The upper left corner of a new one, in the world.
    pub(crate) at: Pos2,
    /// Its words.
    pub(crate) text: String,
}

/// How the writing of a note ended.
pub(crate) enum Written {
    /// It goes on.
    Not,
    /// It was given up.
    GivenUp,
    /// It is done.
    Done,
}

/// Draws the field for the words of a note.
pub(crate) fn note_ui(ui: &mut Ui, draft: &mut NoteDraft) -> Written {
    heading(ui, if draft.note.is_some() { "Edit the note" } else { "Add a note" });
    let is_done = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let field = TextEdit::multiline(&mut draft.text)
        .hint_text("What should be said here?")
        .desired_width(f32::INFINITY)
        .desired_rows(5)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Words of the note"));
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    let remark = "A note is no claim: no source has to prove it. It is saved with the places, and stands in pictures.";
    ui.label(RichText::new(remark).small().color(theme::palette(ui).weak));
    match buttons_ui(ui, &[if draft.note.is_some() { "Change" } else { "Add" }, "Cancel"]) {
        Some(0) => Written::Done,
        Some(_) => Written::GivenUp,
        None if is_done => Written::Done,
        None => Written::Not,
    }
}

impl App {
    /// Asks for the words of a new note; its place is free of cards and ties, as near to the point as there is room.
    pub(crate) fn ask_for_note(&mut self, near: Pos2) {
        let at = free_place(self.stage.picker(), near);
        self.dialog = Some(Dialog::Note(NoteDraft { note: None, at, text: String::new() }));
    }

    /// Asks for other words of the selected note.
    pub(crate) fn edit_note(&mut self) {
        let notes = &self.session.document.look.notes;
        let selected = self.selection.note().and_then(|id| Some((id, notes.get(&id)?)));
        if let Some((id, note)) = selected {
            self.dialog = Some(Dialog::Note(NoteDraft { note: Some(id), at: note.at, text: note.text.clone() }));
        }
    }

    /// Takes the selected note away.
    pub(crate) fn delete_note(&mut self) {
        if let Some(note) = self.selection.note() {
            self.session.change(Command::RemoveNote(note));
            self.selection = Selection::default();
        }
    }

    /// Takes in what was written; nothing but blanks is no note.
    pub(crate) fn take_note(&mut self, draft: &NoteDraft) {
        let text = prose(draft.text.trim());
        let note = match (draft.note, text.is_empty()) {
            (None, true) => return,
            (Some(note), true) => {
                self.session.change(Command::RemoveNote(note));
                self.selection = Selection::default();
                return;
            }
            (Some(note), false) => {
                self.session.change(Command::EditNote(note, text));
                note
            }
            (None, false) => {
                let (note, command) = self.session.document.new_note(&text, draft.at);
                self.session.change(command);
                note
            }
        };
        self.selection = Selection::of_note(note);
    }
}
