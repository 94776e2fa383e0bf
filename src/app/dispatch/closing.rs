//! Closes the window, or ends by a signal; nothing unsaved is lost.

use egui::{Context, ViewportCommand};

use crate::app::App;
use crate::app::ask::question::Next;

impl App {
    /// Takes back rows that might have been added, if the window is about to close.
    pub(crate) fn cancel_before_close(&mut self, ctx: &Context) {
        if self.is_choosing_rows() && ctx.input(|input| input.viewport().close_requested()) {
            self.cancel_importing(ctx);
        }
    }

    /// Asks before closing if there are unsaved changes; waits for a running save.
    pub(crate) fn poll_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        self.finish_note();
        self.leave_form();
        if self.settings.keeps_unsaved && self.can_keep_unsaved() && self.saving.is_none() {
            self.is_kept = true;
            return;
        }
        if self.session.would_be_lost() || self.saving.is_some() || self.unread_texts() > 0 {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.go_on_or_ask(ctx, Next::Quit);
        }
    }

    /// Returns the number of typed texts that are not in the map: drafts, and the open form.
    pub(crate) fn unread_texts(&self) -> usize {
        self.drafts.len() + usize::from(self.form.as_ref().is_some_and(|form| !form.is_unchanged()))
    }

    /// Returns whether unsaved changes can be kept until the next start: a map made of tables can only be saved.
    pub(crate) fn can_keep_unsaved(&self) -> bool {
        self.journaling.is_working() && !self.session.is_never_saved()
    }

    /// Closes the window and leaves the unsaved changes to the next start.
    pub(crate) fn quit_keeping(&mut self, ctx: &Context) {
        self.is_kept = true;
        self.go_on(ctx, Next::Quit);
    }

    /// Called when the window has closed. Removes the journal if everything was saved or discarded.
    pub fn leave(&mut self) {
        self.remember_view();
        self.remember();
        let has_unsaved = self.session.is_unsaved() || self.unread_texts() > 0;
        if self.is_kept && has_unsaved {
            self.keep_journal();
        } else if self.may_close || !has_unsaved {
            self.journaling.end_without();
        }
    }

    /// Passes the last changes to the journal; the signal thread waits for that and then ends the program.
    pub(crate) fn end_by_signal(&mut self) {
        self.finish_note();
        if let Some(before) = self.importing.take().and_then(|importing| importing.before) {
            self.session = *before;
        }
        self.keep_journal();
        self.remember();
        self.signals.say_ready();
    }
}
