//! Offers changes left behind by a crash, and recovers them.

use egui::Context;

use crate::recovery::{JournalContent, Offer, OfferedFile, is_same_file, what_differs};
use crate::wording;

use crate::app::App;
use crate::app::ask::question::{Dialog, RecoverAnswer};
use crate::app::flow::recovering::{Event, Step, Surroundings};
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
