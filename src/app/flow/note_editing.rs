//! Notes on the canvas: writing, changing and taking them away. A note is written where it stands.

use egui::{
    Area, Color32, Context, FontId, Frame, Id, Key, Margin, Modifiers, Pos2, Rect, RichText, Stroke, TextEdit, Ui,
};
use emath::RectTransform;

use crate::document::{Command, Document};
use crate::model::{NoteId, Rgb};
use crate::scene::{NoteBox, free_place};
use crate::text::Face;
use crate::visible::prose;

use crate::app::App;
use crate::app::ask::command::AppCommand;
use crate::app::ask::selection::Selection;
use crate::app::ui::theme::scene_theme;
use crate::app::ui::{fonts, theme};

/// Letters of a note that is being written are no smaller than at this scale, however far off it is looked at.
const LEAST_SCALE: f32 = 0.8;

/// A note that is being written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteDraft {
    /// The note that is changed; none for a new one.
    note: Option<NoteId>,
    /// Its upper left corner, in the world.
    at: Pos2,
    /// Its width, in world units.
    width: f32,
    /// Its words.
    text: String,
}

/// How a note looks while it is written.
#[derive(Clone, Copy)]
struct Look {
    /// Points per world unit.
    scale: f32,
    ground: Color32,
    ink: Color32,
}

/// Draws the field for the words of a note; says whether they are done.
fn field_ui(ui: &mut Ui, draft: &mut NoteDraft, look: Look) -> bool {
    let palette = theme::palette(ui);
    let is_done = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let frame = Frame::new()
        .fill(look.ground)
        .stroke(Stroke::new(1.5, palette.accent))
        .corner_radius(4)
        .inner_margin(Margin::same((NoteBox::PADDING * look.scale).round() as i8));
    let style = NoteBox::STYLE;
    let field = TextEdit::multiline(&mut draft.text)
        .hint_text("What should be said here?")
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .font(FontId::new(style.size * look.scale, fonts::family(style.face)))
        .text_color(look.ink)
        .desired_rows(1)
        .desired_width((draft.width - 2.0 * NoteBox::PADDING) * look.scale);
    let response = frame
        .show(ui, |ui| {
            let response = ui.add(field);
            let keys = RichText::new("Ctrl+Enter keeps it, Esc gives it up")
                .font(FontId::new(11.0, fonts::family(Face::Regular)));
            ui.label(keys.color(palette.weak));
            response
        })
        .inner;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Words of the note"));
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    is_done || response.lost_focus()
}

fn opaque(Rgb([r, g, b]): Rgb) -> Color32 {
    Color32::from_rgb(r, g, b)
}

impl NoteDraft {
    /// What it comes to if it is done now, and the note that it is then; `None` for a new note of nothing but blanks.
    pub(crate) fn as_change(&self, document: &Document) -> Option<(NoteId, Command)> {
        let text = prose(self.text.trim());
        match (self.note, text.is_empty()) {
            (None, true) => None,
            (Some(note), true) => Some((note, Command::RemoveNote(note))),
            (Some(note), false) => Some((note, Command::EditNote(note, text))),
            (None, false) => Some(document.new_note(&text, self.at)),
        }
    }
}

impl App {
    /// Begins a new note; its place is free of cards and ties, as near to the point as there is room.
    pub(crate) fn add_note(&mut self, near: Pos2) {
        let at = free_place(self.stage.picker(), near);
        self.writing = Some(NoteDraft { note: None, at, width: NoteBox::WIDTH, text: String::new() });
    }

    /// Begins to change the words of the selected note.
    pub(crate) fn edit_note(&mut self) {
        let notes = &self.session.document.look.notes;
        let Some((id, note)) = self.selection.note().and_then(|id| Some((id, notes.get(&id)?))) else { return };
        let width = note.width.unwrap_or(NoteBox::WIDTH).max(NoteBox::WIDTH);
        self.writing = Some(NoteDraft { note: Some(id), at: note.at, width, text: note.text.clone() });
    }

    /// Draws the note that is being written, over the canvas; whatever else a person does then finishes it.
    pub(crate) fn writing_ui(&mut self, ctx: &Context, canvas: Rect) {
        let Some(draft) = &mut self.writing else { return };
        let to_screen = RectTransform::from_to(self.canvas.seen_in_world(), canvas);
        let colors = scene_theme(ctx.theme());
        let look = Look {
            scale: to_screen.scale().x.max(LEAST_SCALE),
            ground: opaque(NoteBox::ground(&colors)),
            ink: opaque(colors.muted),
        };
        let area = Area::new(Id::new("note")).fixed_pos(to_screen.transform_pos(draft.at)).constrain_to(canvas);
        if area.show(ctx, |ui| field_ui(ui, draft, look)).inner {
            self.commands.push(AppCommand::FinishNote);
        }
    }

    /// Takes in the note that is being written, if there is one.
    pub(crate) fn finish_note(&mut self) {
        if let Some(draft) = self.writing.take() {
            self.take_note(&draft);
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
    fn take_note(&mut self, draft: &NoteDraft) {
        let Some((note, change)) = draft.as_change(&self.session.document) else { return };
        let is_gone = matches!(change, Command::RemoveNote(_));
        self.session.change(change);
        self.selection = if is_gone { Selection::default() } else { Selection::of_note(note) };
    }
}
