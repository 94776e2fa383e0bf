//! Notes on the canvas: writing, changing and taking them away. A note is written where it stands.

use egui::{Color32, FontId, Frame, Key, Margin, Modifiers, Pos2, RichText, Stroke, TextEdit, Ui};

use crate::document::{Command, Document};
use crate::model::{NoteId, Rgb};
use crate::scene::NoteBox;
use crate::text::Face;
use crate::visible::prose;

use crate::app::ui::{fonts, theme};

/// Letters of a note that is being written are no smaller than at this scale, however far off it is looked at.
pub(crate) const LEAST_SCALE: f32 = 0.8;

/// A note that is being written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteDraft {
    /// The note that is changed; none for a new one.
    pub(crate) note: Option<NoteId>,
    /// Its upper left corner, in the world.
    pub(crate) at: Pos2,
    /// Its width, in world units.
    pub(crate) width: f32,
    /// Its words.
    pub(crate) text: String,
}

/// How a note looks while it is written.
#[derive(Clone, Copy)]
pub(crate) struct NoteStyle {
    /// Points per world unit.
    pub(crate) scale: f32,
    pub(crate) ground: Color32,
    pub(crate) ink: Color32,
}

/// Draws the field for the words of a note; says whether they are done.
pub(crate) fn field_ui(ui: &mut Ui, draft: &mut NoteDraft, look: NoteStyle) -> bool {
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

pub(crate) fn opaque(Rgb([r, g, b]): Rgb) -> Color32 {
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
