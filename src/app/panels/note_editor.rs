//! Editing of notes in place on the canvas.

use egui::{Color32, FontId, Frame, Key, Margin, Modifiers, Pos2, RichText, Stroke, TextEdit, Ui};

use crate::document::{Command, Document};
use crate::hidden_characters::prose;
use crate::model::NoteId;
use crate::scene::NoteBox;
use crate::text::Face;

use crate::app::ui::events::take_press;
use crate::app::ui::{fonts, theme};

/// The minimum scale of the text being edited, however far the view is zoomed out.
pub(crate) const MIN_SCALE: f32 = 0.8;

/// A note being edited.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteDraft {
    /// The existing note, or `None` for a new one.
    pub(crate) note: Option<NoteId>,
    /// The upper left corner, in world coordinates.
    pub(crate) at: Pos2,
    /// The width, in world units.
    pub(crate) width: f32,
    pub(crate) text: String,
}

/// The style of the note being edited.
#[derive(Clone, Copy)]
pub(crate) struct NoteStyle {
    /// Points per world unit.
    pub(crate) scale: f32,
    pub(crate) ground: Color32,
    pub(crate) ink: Color32,
}

/// Draws the text field of a note; returns `true` once editing is finished.
pub(crate) fn field_ui(ui: &mut Ui, draft: &mut NoteDraft, look: NoteStyle) -> bool {
    let palette = theme::palette(ui);
    let is_done = take_press(ui.ctx(), Modifiers::COMMAND, Key::Enter);
    let frame = Frame::new()
        .fill(look.ground)
        .stroke(Stroke::new(1.5, palette.accent))
        .corner_radius(4)
        .inner_margin(Margin::same((NoteBox::PADDING * look.scale).round() as i8));
    let style = NoteBox::STYLE;
    let field = TextEdit::multiline(&mut draft.text)
        .hint_text("Write a note")
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .font(FontId::new(style.size * look.scale, fonts::family(style.face)))
        .text_color(look.ink)
        .desired_rows(1)
        .desired_width((draft.width - 2.0 * NoteBox::PADDING) * look.scale);
    let response = frame
        .show(ui, |ui| {
            let response = ui.add(field);
            let keys = RichText::new("Ctrl+Enter to keep, Esc to discard")
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

impl NoteDraft {
    /// Returns the command that applies the draft, with the note it concerns; `None` for a new note without text.
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
