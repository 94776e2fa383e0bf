//! A row of a form: its field, how its text is understood, and the list of what it may mean.

use egui::{Context, Event, Id, Key, Label, Modifiers, RichText, TextEdit, Ui, WidgetInfo, WidgetType};

use crate::document::Document;
use crate::document::edit::SourceChoice;
use crate::view::{Answered, Asked, Suggestion, Understood, further_words, understand};
use crate::wording::{number, source_name};

use super::RecordForm;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::{FormPurpose, FormRequest};
use crate::app::ui::combo_box::ComboBox;
use crate::app::ui::events::take_presses;
use crate::app::ui::theme;

/// Texts above this many bytes are not laid out in a field.
const MAX_TYPED: usize = 20_000;

/// A row of a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FormRow {
    /// What it is called: "How much".
    pub(crate) label: &'static str,
    /// The hint shown in an empty field.
    pub(crate) hint: &'static str,
    pub(crate) asked: Asked,
    pub(crate) text: String,
    /// The text with which it opened.
    pub(crate) before: String,
    /// The suggestion that was taken, with its words.
    pub(crate) taken: Option<(String, Answered)>,
    /// What was pasted, if the text is only a name for it.
    pub(crate) pasted: Option<String>,
    /// Why it was refused when the form was last kept.
    pub(crate) refused: Option<String>,
    /// Whether the form requires it.
    pub(crate) is_needed: bool,
}

impl FormRow {
    /// Returns whether a suggestion was taken for its text.
    pub(super) fn is_answered(&self) -> bool {
        self.taken.as_ref().is_some_and(|(words, _)| *words == self.text)
    }

    /// Returns whether it asks for an entry of a list, or what is to be a new one.
    pub(super) fn is_choice(&self) -> bool {
        matches!(self.asked, Asked::Actor | Asked::TieKind | Asked::ActorKind | Asked::Source)
    }

    /// Takes a pasted text; one that makes sources is shown by the name of the first.
    pub(super) fn take_pasted(&mut self, document: &Document, text: &str) {
        text.clone_into(&mut self.text);
        let understood = understand(document, self.asked, text);
        let Some(answer @ Answered::Source(source, _, further)) = understood.answer(None) else { return };
        let name = match source {
            SourceChoice::Known(source) => source_name(&document.map, *source),
            SourceChoice::New(source) => {
                let name = source.title.as_ref().or(source.url.as_ref()).or(source.publisher.as_ref());
                name.cloned().unwrap_or_else(|| "Pasted source".to_owned())
            }
        };
        let name = if further.is_empty() { name } else { format!("{name} and {} more", further.len()) };
        self.text.clone_from(&name);
        self.pasted = Some(text.to_owned());
        self.taken = Some((name, answer.clone()));
    }

    /// Returns what its text means.
    ///
    /// # Errors
    ///
    /// Why it means nothing, or that it may mean several things.
    pub(super) fn answer(&self, document: &Document) -> Result<Answered, String> {
        if let Some((words, answer)) = &self.taken
            && *words == self.text
        {
            return Ok(answer.clone());
        }
        if self.text.trim().is_empty() && !self.is_needed && !matches!(self.asked, Asked::Entry(..)) {
            return Ok(Answered::Nothing);
        }
        if self.text.trim().is_empty() && self.is_needed {
            return Err(format!("{} is needed.", self.label));
        }
        let understood = understand(document, self.asked, &self.text);
        match understood.answer(None) {
            Some(answer) => Ok(answer.clone()),
            None if understood.remark.is_empty() => Err("Choose one from the list.".to_owned()),
            None => Err(understood.remark),
        }
    }
}

impl RecordForm {
    /// Tracks the input method: while it composes, the form handles no keys.
    pub(super) fn follow_composing(&mut self, ctx: &Context) {
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Ime(egui::ImeEvent::Preedit { text, .. }) => self.is_composing = !text.is_empty(),
                    Event::Ime(_) => self.is_composing = false,
                    _ => {}
                }
            }
        });
    }

    /// Takes the keys of the form before its field sees them.
    pub(super) fn take_keys(&mut self, ctx: &Context, understood: &Understood, commands: &mut Commands) {
        let has_focus = ctx.memory(|memory| memory.has_focus(self.field_id(self.current)));
        if self.is_composing || !has_focus {
            return;
        }
        for key in take_presses(ctx, Modifiers::NONE, &[Key::ArrowDown, Key::ArrowUp, Key::Enter, Key::Tab]) {
            match key {
                Key::ArrowDown => self.walk(understood, 1),
                Key::ArrowUp => self.walk(understood, -1),
                Key::Enter => self.enter(understood, commands, FormRequest::Keep),
                _ => self.tab(understood, commands),
            }
        }
        // Undo first takes back what was typed, then the opening of the form, and only then a change of the map.
        let is_as_opened = self.rows.iter().all(|row| row.text == row.before);
        if is_as_opened && !take_presses(ctx, Modifiers::COMMAND, &[Key::Z]).is_empty() {
            commands.push(AppCommand::Form(FormRequest::GiveUp));
        }
        if !take_presses(ctx, Modifiers::SHIFT, &[Key::Tab]).is_empty() {
            self.take_default(understood);
            self.go_to(self.current.saturating_sub(1));
        }
        if !take_presses(ctx, Modifiers::COMMAND, &[Key::Enter]).is_empty() {
            let is_actor = matches!(self.purpose, FormPurpose::NewActor { .. });
            let request = if is_actor { FormRequest::KeepAndAnother } else { FormRequest::Keep };
            self.enter(understood, commands, request);
        }
    }

    /// Takes a pasted text before the field sees it, if it has lines that make a source, or is too long for a field.
    pub(super) fn take_paste(&mut self, ctx: &Context, document: &Document) {
        if self.is_composing || !ctx.memory(|memory| memory.has_focus(self.field_id(self.current))) {
            return;
        }
        let row = &mut self.rows[self.current];
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Paste(text) = event else { return true };
                let is_of_lines = row.asked == Asked::Source && text.trim().contains('\n');
                if text.len() <= MAX_TYPED && !is_of_lines {
                    return true;
                }
                row.take_pasted(document, text);
                false
            });
        });
    }

    fn walk(&mut self, understood: &Understood, step: isize) {
        let count = understood.suggestions.len();
        if count == 0 {
            return;
        }
        self.is_list_closed = false;
        self.rows[self.current].taken = None;
        let now = self.marked.or(understood.marked);
        let next = match (now, step) {
            (None, 1..) => 0,
            (None, _) => count - 1,
            (Some(now), step) => now.saturating_add_signed(step).min(count - 1),
        };
        self.marked = Some(next);
    }

    /// Takes the suggestion that Enter or Tab accepts without asking.
    fn take_default(&mut self, understood: &Understood) {
        let (marked, row) = (self.marked.take(), &mut self.rows[self.current]);
        let is_typed = !row.text.trim().is_empty() || marked.is_some();
        if row.is_answered() || !is_typed {
            return;
        }
        if let Some(suggestion) = marked.or(understood.marked).and_then(|index| understood.suggestions.get(index)) {
            take(row, suggestion);
        }
    }

    fn enter(&mut self, understood: &Understood, commands: &mut Commands, request: FormRequest) {
        self.take_default(understood);
        let missing = self.rows.iter().position(|row| row.is_needed && row.text.trim().is_empty());
        match missing {
            Some(row) if !self.is_single() => self.go_to(row),
            _ => commands.push(AppCommand::Form(request)),
        }
    }

    fn tab(&mut self, understood: &Understood, commands: &mut Commands) {
        self.take_default(understood);
        if self.is_single() {
            commands.push(AppCommand::Form(FormRequest::KeepAndNext));
        } else if let Some(next) = self.next_row() {
            self.go_to(next);
        } else {
            self.enter(understood, commands, FormRequest::Keep);
        }
    }

    /// Returns the next row that did not open filled.
    pub(super) fn next_row(&self) -> Option<usize> {
        let is_open = |row: &usize| self.rows[*row].before.is_empty() || !self.rows[*row].is_needed;
        (self.current + 1..self.rows.len()).find(is_open)
    }

    /// Returns the id of the field of a row.
    pub(super) fn field_id(&self, row: usize) -> Id {
        Id::new(("form", self.number, row))
    }

    /// Draws a row.
    pub(super) fn row_ui(&mut self, ui: &mut Ui, index: usize, document: &Document, commands: &mut Commands) {
        let palette = theme::palette(ui);
        let is_current = index == self.current;
        let id = self.field_id(index);
        let row = &mut self.rows[index];
        let name = ui.label(RichText::new(row.label).small().color(palette.weak));
        ui.ctx().accesskit_node_builder(name.id, egui::accesskit::Node::set_hidden);
        if row.text.len() > MAX_TYPED {
            ui.label(format!("{} characters, too many to show here", number(row.text.chars().count())));
            if ui.button("Clear").clicked() {
                row.text.clear();
            }
            return;
        }
        let is_long = matches!(row.asked, Asked::Quote) || row.label == "Summary";
        let before = row.text.clone();
        let field = if is_long {
            TextEdit::multiline(&mut row.text)
                .desired_rows(2)
                .return_key(egui::KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
        } else {
            TextEdit::singleline(&mut row.text)
        };
        let hint = RichText::new(row.hint).color(palette.weak);
        let filter = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let field = field.id(id).hint_text(hint).desired_width(f32::INFINITY).event_filter(filter);
        let response = ui.add(field);
        let (label, text) = (row.label, row.text.clone());
        response.widget_info(|| WidgetInfo {
            label: Some(label.to_owned()),
            current_text_value: Some(text.clone()),
            ..WidgetInfo::new(WidgetType::TextEdit)
        });
        if row.text != before {
            (row.refused, row.pasted) = (None, None);
            self.marked = None;
            self.is_list_closed = false;
        }
        if response.gained_focus() && !is_current {
            self.current = index;
            self.marked = None;
            self.is_list_closed = false;
        }
        if is_current && self.wants_focus {
            response.request_focus();
            self.wants_focus = !response.has_focus();
            if response.has_focus() {
                select_all(ui.ctx(), id, self.rows[index].text.chars().count());
            }
        }
        if index == self.current {
            self.answer_ui(ui, index, document, commands);
        } else {
            let row = &self.rows[index];
            let remark = row.refused.clone().or_else(|| remark_of(row, document));
            if let Some((remark, is_bad)) = remark.map(|remark| (remark, row.refused.is_some())) {
                let color = if is_bad { palette.warning } else { palette.weak };
                ui.add(Label::new(RichText::new(remark).small().color(color)).wrap());
            }
        }
    }

    /// Draws how the current row is understood, and its list.
    fn answer_ui(&mut self, ui: &mut Ui, index: usize, document: &Document, commands: &mut Commands) {
        let palette = theme::palette(ui);
        let understood = understand(document, self.rows[index].asked, &self.rows[index].text);
        let refused = self.rows[index].refused.clone();
        let is_blank = self.rows[index].text.trim().is_empty();
        let pasted = self.rows[index].taken.as_ref().filter(|_| self.rows[index].is_answered());
        let pasted = pasted.and_then(|(_, answer)| further_words(answer));
        let remark = refused.or(pasted);
        let remark = remark.or_else(|| (!is_blank && !understood.remark.is_empty()).then(|| understood.remark.clone()));
        let is_bad = understood.is_refused || self.rows[index].refused.is_some();
        let shown = remark.as_ref().map(|remark| {
            let (mark, color) = match (is_bad, understood.answer(None).is_none()) {
                (true, _) => ("! ", palette.warning),
                (false, true) => ("? ", palette.warning),
                (false, false) => ("", palette.weak),
            };
            let response = ui.add(Label::new(RichText::new(format!("{mark}{remark}")).small().color(color)).wrap());
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
            response.id
        });
        let is_open = self.shows_list(&understood);
        let marked = if is_open { self.suggestions_ui(ui, index, &understood, commands) } else { None };
        let fault = shown.filter(|_| is_bad);
        let is_choice = self.rows[index].is_choice();
        let field = ComboBox { is_choice, is_open, marked, remark: remark.as_deref(), fault };
        field.describe(ui.ctx(), self.field_id(index));
    }
}

/// Takes a suggestion: the row says its words from now on.
pub(super) fn take(row: &mut FormRow, suggestion: &Suggestion) {
    row.text.clone_from(&suggestion.words);
    row.taken = Some((suggestion.words.clone(), suggestion.answer.clone()));
    row.refused = None;
}

/// Returns how a row that has no caret is understood.
fn remark_of(row: &FormRow, document: &Document) -> Option<String> {
    let is_read = matches!(row.asked, Asked::Entry(..)) && !row.text.trim().is_empty() && !row.is_answered();
    let understood = is_read.then(|| understand(document, row.asked, &row.text))?;
    (!understood.remark.is_empty()).then_some(understood.remark)
}

/// Selects the whole text of a field.
fn select_all(ctx: &Context, id: Id, characters: usize) {
    let mut state = TextEdit::load_state(ctx, id).unwrap_or_default();
    let range = egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(characters));
    state.cursor.set_char_range(Some(range));
    TextEdit::store_state(ctx, id, state);
}
