//! Makes and corrects records: opens forms, keeps what was typed, deletes and merges.

mod answers;
mod comparing;
mod copying;
mod ends;
mod kinds;
mod pasting;
mod proof;
mod selected;
mod words;

use egui::{Area, Context, Id, Rect, vec2};
use emath::RectTransform;

pub(super) use comparing::conflict_words;

use crate::document::edit::{Field, TextEntry};
use crate::wording;

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::form::{FormPurpose, FormRequest, TieEnd, Where};
use crate::app::panels::form::{RecordForm, form_ui};

/// The distance between actors that are named one below the other, in world units.
const BELOW: f32 = 96.0;
/// The width of a form over the map, in points.
const WIDTH_ON_MAP: f32 = 300.0;
/// Typed texts up to this length are discarded without a notice, in characters.
const FEW: usize = 20;

/// The result of keeping a form.
enum KeepOutcome {
    /// It was kept and closed, or there was nothing to keep.
    Yes,
    /// Its text can't be taken; the form stays.
    No,
}

impl App {
    /// Runs an action if it makes or changes records; returns whether it does.
    pub(crate) fn run_edit(&mut self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::EditInPlace if self.selection.note().is_some() => self.edit_note(),
            Action::EditInPlace => self.edit_in_place(),
            Action::Delete => self.delete_selected(),
            Action::Cut => self.cut_records(ctx),
            Action::Copy => self.copy_records(ctx),
            Action::Duplicate => self.duplicate_selected(),
            Action::NewActor => self.name_actor_at(self.pointer_or_middle(ctx)),
            Action::NewTie => self.open_new_tie(),
            Action::Cite => self.open_cite(),
            Action::ChangeKind => self.open_kind(),
            Action::ChangeAmount => self.open_entry(TextEntry::HowMuch),
            Action::ChangeDate => self.open_entry(TextEntry::When),
            Action::ChangeStage => self.open_entry(TextEntry::Field(Field::Stage)),
            Action::ChangeFrom => self.open_end(TieEnd::From),
            Action::ChangeTo => self.open_end(TieEnd::To),
            Action::SwapEnds => self.swap_ends(),
            Action::Merge => self.open_merge(),
            Action::BringBack => self.take_form_request(FormRequest::BringBack),
            _ => return false,
        }
        true
    }

    /// Handles a request about forms.
    pub(crate) fn take_form_request(&mut self, request: FormRequest) {
        match request {
            FormRequest::Open(purpose, place) => self.open_form(purpose, place),
            FormRequest::Keep => {
                self.keep_form();
            }
            FormRequest::KeepAndNext => self.keep_and_next(),
            FormRequest::KeepAndAnother => self.keep_and_another(),
            FormRequest::GiveUp => self.give_up_form(),
            FormRequest::BringBack => {
                self.form = self.put_aside.take();
                self.toasts.take_back_offers(Action::BringBack);
                if let Some(form) = &mut self.form {
                    form.focus_again();
                }
            }
            FormRequest::SwapKept => self.swap_kept(),
            FormRequest::NotTheSame => self.remember_distinct(),
            FormRequest::NoteInstead => self.write_note_instead(),
        }
    }

    /// Opens a form; the one that is open is left first.
    pub(crate) fn open_form(&mut self, purpose: FormPurpose, place: Where) {
        self.leave_form();
        self.forms_opened += 1;
        let mut form = RecordForm::new(&self.session.document, purpose, place, self.forms_opened);
        if let FormPurpose::Set(items, entry) = &form.purpose
            && let [item] = items.as_slice()
            && let Some(draft) = self.drafts.get(&(*item, *entry))
        {
            form.rows[0].text.clone_from(draft);
        }
        if form.is_in_details() {
            self.settings.shows_details = true;
        }
        self.form = Some(form);
    }

    /// Leaves the open form, as every other command does: what was typed is kept if it can be read; else a value stays
    /// as a draft, and a form of several rows stays open.
    pub(crate) fn leave_form(&mut self) {
        let Some(form) = &self.form else { return };
        // Leaving the merge preview is not consent to merge.
        if form.is_unchanged() || form.rows.is_empty() {
            self.form = None;
            return;
        }
        if let KeepOutcome::Yes = self.keep_form() {
            return;
        }
        let Some(form) = &mut self.form else { return };
        if let (FormPurpose::Set(items, entry), true) = (&form.purpose, form.is_single()) {
            if let [item] = items.as_slice() {
                self.drafts.insert((*item, *entry), form.rows[0].text.clone());
            }
            self.form = None;
        } else if form.is_single() {
            self.put_aside = self.form.take();
        }
    }

    fn keep_form(&mut self) -> KeepOutcome {
        let Some(form) = &mut self.form else { return KeepOutcome::Yes };
        let document = &self.session.document;
        if form.is_single() && form.rows[0].text.trim().is_empty() && form.rows[0].is_needed {
            self.form = None;
            return KeepOutcome::Yes;
        }
        let answers = match form.answers(document) {
            Ok(answers) => answers,
            Err((row, reason)) => {
                form.rows[row].refused = Some(reason);
                form.go_to(row);
                return KeepOutcome::No;
            }
        };
        let is_unchanged = form.is_unchanged() && form.is_single();
        let purpose = form.purpose.clone();
        if let FormPurpose::Set(items, entry) = &purpose {
            for item in items {
                self.drafts.remove(&(*item, *entry));
            }
        }
        if is_unchanged {
            self.form = None;
            return KeepOutcome::Yes;
        }
        match self.keep_answers(&purpose, &answers) {
            Ok(()) => {
                self.form = None;
                KeepOutcome::Yes
            }
            Err(error) => {
                if let Some(form) = &mut self.form {
                    form.rows[0].refused = Some(wording::capitalized(&error.to_string()));
                    form.focus_again();
                }
                KeepOutcome::No
            }
        }
    }

    /// Keeps the value of a field, and opens the next field of the record.
    fn keep_and_next(&mut self) {
        let Some((items, entry, place)) = self.form.as_ref().and_then(|form| match &form.purpose {
            FormPurpose::Set(items, entry) => Some((items.clone(), *entry, form.place)),
            _ => None,
        }) else {
            self.keep_form();
            return;
        };
        self.leave_form();
        let [item] = items.as_slice() else { return };
        let entries: Vec<TextEntry> = crate::view::entries_of(*item).iter().map(|(_, entry)| *entry).collect();
        let next = entries.iter().position(|it| *it == entry).and_then(|at| entries.get(at + 1));
        if let (Some(next), Where::Details) = (next, place) {
            self.open_form(FormPurpose::Set(items, *next), place);
        }
    }

    fn keep_and_another(&mut self) {
        let at = match self.form.as_ref().map(|form| &form.purpose) {
            Some(FormPurpose::NewActor { at }) => *at,
            _ => return,
        };
        if let KeepOutcome::Yes = self.keep_form() {
            self.name_actor_at(at + vec2(0.0, BELOW));
        }
    }

    /// Closes the form without keeping it. More than a few typed characters are put aside.
    pub(crate) fn give_up_form(&mut self) {
        let Some(form) = self.form.take() else { return };
        let typed: usize =
            form.rows.iter().filter(|row| row.text != row.before).map(|row| row.text.chars().count()).sum();
        if let (FormPurpose::Set(items, entry), [row]) = (&form.purpose, form.rows.as_slice())
            && !row.text.is_empty()
        {
            for item in items {
                self.drafts.remove(&(*item, *entry));
            }
        }
        if typed > FEW {
            self.put_aside = Some(form);
            self.toasts.offer("Form closed; what you typed is kept".to_owned(), "Reopen", Action::BringBack);
        }
    }

    /// Handles Escape in an open form: it closes the list, then the form; returns whether there was one.
    pub(crate) fn escape_form(&mut self) -> bool {
        let Some(form) = &mut self.form else { return false };
        if !form.close_list(&self.session.document) {
            self.give_up_form();
        }
        true
    }

    fn write_note_instead(&mut self) {
        let Some(form) = self.form.take() else { return };
        if let FormPurpose::NewActor { at } = form.purpose {
            self.add_note(at);
            if let Some(note) = &mut self.writing {
                note.text.clone_from(&form.rows[0].text);
            }
        }
    }

    /// Returns the place of the pointer in the world, or the middle of the view if it is elsewhere.
    pub(crate) fn pointer_or_middle(&self, ctx: &Context) -> egui::Pos2 {
        let pointer = ctx.input(|input| input.pointer.hover_pos());
        pointer.and_then(|pos| self.canvas.pos_in_world(pos)).unwrap_or_else(|| self.canvas.middle())
    }

    /// Draws the form that lies over the map.
    pub(crate) fn form_on_map_ui(&mut self, ctx: &Context, canvas: Rect) {
        let Some(form) = &mut self.form else { return };
        let Where::Map(at) = form.place else { return };
        let to_screen = RectTransform::from_to(self.canvas.seen_in_world(), canvas);
        let at = to_screen.transform_pos(at) - vec2(WIDTH_ON_MAP / 2.0, 20.0);
        let area = Area::new(Id::new("form")).order(egui::Order::Foreground).fixed_pos(at).constrain_to(canvas);
        area.show(ctx, |ui| {
            ui.set_width(WIDTH_ON_MAP);
            form_ui(ui, form, &self.session.document, &mut self.commands);
        });
    }
}
