//! Forms: a row or a few rows that make or change records, in the details or over the map.
//!
//! A form keeps what is typed in the window, not in a widget, so that a widget that isn't drawn for a frame loses
//! nothing. It is kept or given up by requests alone, never because a widget lost the focus.

mod merge;
mod row;
mod rows;
mod suggestions;

use egui::{RichText, Ui};

use crate::document::Document;
use crate::view::{Answered, Understood, understand};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::{FormPurpose, FormRequest, Where};
use crate::app::ui::theme;

pub(crate) use row::FormRow;
pub(crate) use rows::kind_in;

/// A form with its state.
#[derive(Clone, Debug)]
pub(crate) struct RecordForm {
    pub(crate) purpose: FormPurpose,
    pub(crate) place: Where,
    pub(crate) rows: Vec<FormRow>,
    /// The row with the caret.
    pub(crate) current: usize,
    /// Makes the ids of its widgets its own, so that none brings back the text of another.
    number: u64,
    wants_focus: bool,
    /// The suggestion marked by the arrow keys.
    marked: Option<usize>,
    /// Whether the list was closed for the current text.
    is_list_closed: bool,
    /// Whether an input method is composing.
    is_composing: bool,
}

impl RecordForm {
    /// Creates a form; `number` differs from that of any earlier one.
    pub(crate) fn new(document: &Document, purpose: FormPurpose, place: Where, number: u64) -> Self {
        let rows = rows::rows_of(document, &purpose);
        let current = rows.iter().position(|row| row.text.is_empty()).unwrap_or(0);
        Self {
            purpose,
            place,
            rows,
            current,
            number,
            wants_focus: true,
            marked: None,
            is_list_closed: false,
            is_composing: false,
        }
    }

    /// Returns whether it has a single row, which is kept when it is left.
    pub(crate) fn is_single(&self) -> bool {
        self.rows.len() == 1
    }

    /// Returns whether nothing was typed that isn't in the map.
    pub(crate) fn is_unchanged(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|row| row.text == row.before)
    }

    /// Returns whether it is drawn in the details.
    pub(crate) fn is_in_details(&self) -> bool {
        self.place == Where::Details
    }

    /// Puts the caret into a row.
    pub(crate) fn go_to(&mut self, row: usize) {
        self.current = row;
        self.wants_focus = true;
        self.marked = None;
        self.is_list_closed = false;
    }

    /// Fills the rows with texts that were typed before, and what they were pasted from.
    pub(crate) fn fill(&mut self, document: &Document, texts: impl Iterator<Item = (String, Option<String>)>) {
        for (row, (text, pasted)) in self.rows.iter_mut().zip(texts) {
            match pasted {
                Some(pasted) => row.take_pasted(document, &pasted),
                None if row.text != text => (row.text, row.taken) = (text, None),
                None => {}
            }
        }
    }

    /// Asks for the focus again, after something else had it.
    pub(crate) fn focus_again(&mut self) {
        self.wants_focus = true;
    }

    /// Returns the answers of all rows.
    ///
    /// # Errors
    ///
    /// If a row can't be understood: its index, and why.
    pub(crate) fn answers(&self, document: &Document) -> Result<Vec<Answered>, (usize, String)> {
        self.rows.iter().enumerate().map(|(at, row)| row.answer(document).map_err(|reason| (at, reason))).collect()
    }

    /// Closes the list of suggestions; returns whether it was open.
    pub(crate) fn close_list(&mut self, document: &Document) -> bool {
        let is_open = !self.rows.is_empty() && self.shows_list(&self.understood(document));
        self.is_list_closed |= is_open;
        self.wants_focus |= is_open;
        is_open
    }

    fn understood(&self, document: &Document) -> Understood {
        self.rows.get(self.current).map_or_else(
            || understand(document, crate::view::Asked::Text, ""),
            |row| understand(document, row.asked, &row.text),
        )
    }

    fn shows_list(&self, understood: &Understood) -> bool {
        let row = &self.rows[self.current];
        let is_answered = row.is_answered();
        !self.is_list_closed && !is_answered && understood.has_list()
    }
}

/// Draws a form; what it asks for is pushed as commands.
pub(crate) fn form_ui(ui: &mut Ui, form: &mut RecordForm, document: &Document, commands: &mut Commands) {
    if let FormPurpose::Merge { keep, others } = &form.purpose {
        return merge::merge_ui(ui, document, *keep, others, commands);
    }
    form.follow_composing(ui.ctx());
    let understood = form.understood(document);
    form.take_keys(ui.ctx(), &understood, commands);
    form.take_paste(ui.ctx(), document);
    let title = rows::title_of(&form.purpose);
    theme::form_frame(ui).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        if let Some(title) = title {
            let heading = ui.label(theme::strong_text(title, 13.0));
            ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
        }
        for index in 0..form.rows.len() {
            form.row_ui(ui, index, document, commands);
        }
        form.foot_ui(ui, commands);
    });
}

impl RecordForm {
    fn foot_ui(&self, ui: &mut Ui, commands: &mut Commands) {
        let palette = theme::palette(ui);
        ui.horizontal_wrapped(|ui| {
            ui.style_mut().override_font_id = Some(egui::FontId::proportional(12.0));
            let keep = if self.is_single() { "Keep" } else { rows::verb_of(&self.purpose) };
            if ui.button(keep).clicked() {
                commands.push(AppCommand::Form(FormRequest::Keep));
            }
            if ui.button("Cancel").clicked() {
                commands.push(AppCommand::Form(FormRequest::GiveUp));
            }
            if matches!(self.purpose, FormPurpose::NewActor { .. }) && ui.button("Note instead").clicked() {
                commands.push(AppCommand::Form(FormRequest::NoteInstead));
            }
            ui.label(RichText::new("Enter keeps, Esc cancels").small().color(palette.weak));
        });
    }
}
