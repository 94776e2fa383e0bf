//! Offers changes left behind by a crash, and recovers them.

use egui::Context;

use crate::document::journal::{JournalChange, TypedForm, TypedState};
use crate::recovery::{JournalContent, Offer, OfferedFile, is_same_file, what_differs};
use crate::wording;

use crate::app::App;
use crate::app::ask::form::{FormPurpose, Where};
use crate::app::ask::question::{Dialog, RecoverAnswer};
use crate::app::ask::selection::Selection;
use crate::app::dispatch::editing::conflict_words;
use crate::app::flow::recovering::{Event, Step, Surroundings};
use crate::app::flow::typed::{purpose_of, records_of, typed_forms};
use crate::app::ui::toast::ToastKind;

impl App {
    /// Advances the recovery of changes left behind by a crash.
    pub(crate) fn poll_recovering(&mut self, ctx: &Context) {
        let now = Surroundings {
            is_asking: self.modal.dialogs().any(|dialog| matches!(dialog, Dialog::Recover(_))),
            is_busy: self.modal.is_open() || self.file_dialog.is_some() || self.writing.is_some(),
            is_opening: self.opening.is_some() || self.opened.is_some(),
            is_laid_out: self.pipeline.is_settled(),
            file: self.session.offered_file(),
        };
        match self.recovering.poll(&now) {
            None => return,
            Some(Event::Ask(dialog)) => self.show_dialog(dialog),
            Some(Event::Recover(offer)) => self.recover(offer),
        }
        ctx.request_repaint();
    }

    /// Handles the answer to an offer.
    pub(crate) fn take_recover_answer(&mut self, ctx: &Context, answer: RecoverAnswer) {
        let Step::Asking(offer) = std::mem::take(&mut self.recovering.step) else { return };
        match answer {
            RecoverAnswer::NotNow => {}
            RecoverAnswer::Discard => {
                if let Err(error) = offer.found.remove() {
                    self.toasts.say(ToastKind::Failed, format!("The recovery file was not removed: {error}"));
                }
            }
            RecoverAnswer::Recover => {
                let file = offer.file().cloned();
                self.recovering.step = Step::Opening(offer);
                self.open_offered(ctx, file);
            }
        }
    }

    /// Opens the file of the accepted offer, unless it is open already.
    fn open_offered(&mut self, ctx: &Context, file: Option<OfferedFile>) {
        match file {
            Some(file) if self.session.offered_file().is_some_and(|open| is_same_file(&open, &file)) => {
                ctx.request_repaint();
            }
            Some(OfferedFile::New) => self.new_map(ctx),
            Some(OfferedFile::Sample) => self.open_sample(ctx),
            Some(OfferedFile::At(path)) => self.open(ctx, &path),
            None => {}
        }
    }

    /// Applies the changes of a journal to the open map, as one unsaved undo step.
    fn recover(&mut self, offer: Offer) {
        let JournalContent::Changes { journal, .. } = &offer.content else { return };
        let applied = match self.session.recover(journal) {
            Ok(applied) => applied,
            Err(error) => {
                self.toasts.say(ToastKind::Failed, format!("Nothing was recovered: {error}. The changes are kept."));
                return;
            }
        };
        let left_out = match applied.left_out.len() {
            0 => String::new(),
            count => format!("; {} did not fit", wording::counted(count, "change", "changes")),
        };
        if applied.made == 0 {
            let text = format!("Nothing was recovered{left_out}. The changes are kept.");
            self.toasts.say(ToastKind::Failed, text);
            return;
        }
        let kind = if left_out.is_empty() { ToastKind::Done } else { ToastKind::Failed };
        let choices = conflict_words(self.session.undecided.len());
        let text = format!("Recovered, not saved yet: {}{left_out}{choices}", what_differs(journal));
        self.selection.keep_existing(&self.session.document.map);
        let mut left_out = applied.left_out;
        left_out.extend(self.bring_back_typed(applied.typed));
        self.journaling.take_recovered(offer.found, left_out);
        self.say_or_compare(kind, text);
    }

    /// Puts typed texts back into their fields and forms; returns those that no longer fit.
    fn bring_back_typed(&mut self, typed: Vec<TypedForm>) -> Vec<JournalChange> {
        let mut left_out = Vec::new();
        // Opening a form leaves the one before, so that the open one comes last.
        let (open, rest): (Vec<_>, Vec<_>) = typed.into_iter().partition(|form| form.state == TypedState::Open);
        for form in rest.into_iter().chain(open) {
            match purpose_of(&self.session.document.map, &form) {
                Some((purpose, place)) => self.bring_back(form, purpose, place),
                None => left_out.push(form.change()),
            }
        }
        left_out
    }

    fn bring_back(&mut self, form: TypedForm, purpose: FormPurpose, place: Where) {
        if let (TypedState::Draft, FormPurpose::Set(items, entry)) = (form.state, &purpose) {
            let text = form.rows.into_iter().next().unwrap_or_default().text;
            self.drafts.insert((items[0], *entry), text);
            self.selection = Selection::one(items[0]);
            return;
        }
        let records = records_of(&purpose);
        self.open_form(purpose, place);
        if let Some(opened) = &mut self.form {
            opened.fill(&self.session.document, form.rows.into_iter().map(|row| (row.text, row.pasted)));
        }
        if form.state == TypedState::Aside {
            self.put_aside = self.form.take();
        } else if !records.is_empty() {
            self.selection = Selection::new(records);
        }
    }

    /// Passes the unsaved changes, and what is typed but not kept yet, to the journal.
    pub(crate) fn keep_journal(&mut self) {
        let map = &self.session.document.map;
        let typed = typed_forms(map, &self.drafts, self.form.as_ref(), self.put_aside.as_ref());
        self.journaling.poll(&self.session, self.writing.as_ref(), typed, &mut self.toasts);
    }
}
