//! Offers changes left behind by a crash, and recovers them.

use egui::Context;

use crate::recovery::{JournalContent, Offer, OfferedFile, is_same_file, what_differs};
use crate::wording;

use crate::app::App;
use crate::app::ask::question::{Dialog, Next, RecoverAnswer};
use crate::app::flow::recovering::{Event, Step, Surroundings};
use crate::app::flow::saving::Saving;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Advances the recovery of changes left behind by a crash.
    pub(crate) fn poll_recovering(&mut self, ctx: &Context) {
        let now = Surroundings {
            is_asking: self.modal.dialogs().any(|dialog| matches!(dialog, Dialog::Recover(_))),
            is_waiting: self.waits_to_recover(),
            is_busy: self.modal.is_open() || self.file_dialog.is_some() || self.writing.is_some(),
            is_reading: self.opening.is_some(),
            is_laid_out: self.pipeline.is_settled(),
            path: self.session.path(),
        };
        match self.recovering.poll(&now) {
            None => return,
            Some(Event::Ask(dialog)) => self.show_dialog(dialog),
            Some(Event::Recover(offer)) => self.recover(offer),
        }
        ctx.request_repaint();
    }

    /// Returns whether recovery is the follow-up action of a question or a save.
    fn waits_to_recover(&self) -> bool {
        let in_dialogs = self.modal.dialogs().filter_map(Dialog::then);
        let in_file_dialog = self.file_dialog.iter().filter_map(|(request, _)| request.as_ref()?.then());
        let in_saving = self.saving.iter().flat_map(Saving::follow_ups);
        in_dialogs.chain(in_file_dialog).chain(in_saving).any(|next| *next == Next::Recover)
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
                let is_open = offer.file().is_some_and(|file| is_same_file(file, self.session.path()));
                self.recovering.step = Step::Waiting(offer);
                if is_open {
                    self.go_on_recovering(ctx);
                } else {
                    self.open_or_ask(ctx, Next::Recover);
                }
            }
        }
    }

    /// Opens the file of the accepted offer, unless it is open already.
    pub(crate) fn go_on_recovering(&mut self, ctx: &Context) {
        match self.recovering.open() {
            Some(file) if is_same_file(&file, self.session.path()) => ctx.request_repaint(),
            Some(OfferedFile::Sample) => self.open_sample(ctx),
            Some(OfferedFile::At(path)) => self.open(ctx, &path),
            None => {}
        }
    }

    /// Applies the changes of a journal to the open map, as one unsaved undo step.
    fn recover(&mut self, offer: Offer) {
        let JournalContent::Changes { journal, .. } = &offer.content else { return };
        let document = &self.session.document;
        let applied = journal.apply(&document.map, &self.session.on_disk().look, &document.look);
        let left_out = match applied.left_out.len() {
            0 => String::new(),
            count => format!("; {} did not fit", wording::counted(count, "change", "changes")),
        };
        if applied.made == 0 {
            let text = format!("Nothing was recovered{left_out}. The changes are kept.");
            self.toasts.say(ToastKind::Failed, text);
            return;
        }
        let text = format!("Recovered, not saved yet: {}{left_out}", what_differs(journal));
        if let Err(error) = self.session.recover(&applied) {
            self.toasts.say(ToastKind::Failed, format!("Nothing was recovered: {error}. The changes are kept."));
            return;
        }
        self.selection.keep_existing(&self.session.document.map);
        self.journaling.take_recovered(offer.found, applied.left_out);
        self.toasts.say(if left_out.is_empty() { ToastKind::Done } else { ToastKind::Failed }, text);
    }
}
