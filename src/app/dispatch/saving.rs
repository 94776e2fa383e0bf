//! Saves the map, and continues with the step that waited for it.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::jobs::JobError;
use crate::save::{Disk, IfChanged, SaveError, losses};
use crate::wording;

use crate::app::App;
use crate::app::ask::command::JobKind;
use crate::app::ask::question::{Dialog, Next, PathRequest, SaveRequest};
use crate::app::flow::saving::{SAVED_AT_ONCE, SaveOutcome, Saving, TEXT_SHARE};
use crate::app::flow::task::Task;
use crate::app::settings::absolute;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Saves to the map's own file, or asks for one if it has none; continues with `then` once the map is saved.
    pub(crate) fn save(&mut self, ctx: &Context, then: Option<Next>) {
        match self.session.own_path().map(Path::to_owned) {
            None => self.ask_for_file(ctx, PathRequest::SaveMap { then }),
            Some(path) => self.save_to(ctx, SaveRequest { path, if_changed: IfChanged::Refuse, then }),
        }
    }

    /// Saves although the file changed on disk.
    pub(crate) fn overwrite(&mut self, ctx: &Context, then: Option<Next>) {
        if let Some(path) = self.session.own_path().map(Path::to_owned) {
            self.save_to(ctx, SaveRequest { path, if_changed: IfChanged::Overwrite, then });
        }
    }

    /// Writes the map to a file, which becomes its own file; if a save is running, waits for it to end.
    pub(crate) fn save_to(&mut self, ctx: &Context, request: SaveRequest) {
        if let Some(saving) = &mut self.saving {
            let earlier = saving.again.take().and_then(|again| again.then);
            saving.again = Some(SaveRequest { then: request.then.or(earlier), ..request });
            return;
        }
        let SaveRequest { path, if_changed, then } = request;
        let path = absolute(&path);
        if if_changed == IfChanged::Refuse && self.session.own_path() == Some(&*path) && self.tell_undecided() {
            return;
        }
        // Asked before the first save of a file; errors are ignored here, because saving reports them.
        let losses = if self.session.may_lose(&path) { Vec::new() } else { losses(&path, &Disk).unwrap_or_default() };
        if !losses.is_empty() {
            let losses = losses.iter().map(ToString::to_string).collect();
            self.show_dialog(Dialog::Losing { save: SaveRequest { path, if_changed, then }, losses });
            return;
        }
        // In a file of the user's own, only what was changed is written.
        if self.session.own_path().is_none() {
            self.session.declare_kinds();
        }
        let mut pending = self.session.start_writing(&path, if_changed);
        pending.journal = self.journaling.flusher();
        if self.session.document.origin.bytes().len() <= SAVED_AT_ONCE {
            let outcome = pending.write(|| true);
            self.take_outcome(ctx, path, Ok(outcome), then);
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let words = format!("Saving {}", wording::visible(&name));
        let task = Task::start(ctx, JobKind::Saving, &words, |job| {
            pending.write(|| {
                job.report(TEXT_SHARE);
                job.seal()
            })
        });
        self.saving = Some(Saving { path, again: None, then, task });
    }

    /// Saves although part of the file can't be kept, and doesn't ask again.
    pub(crate) fn save_losing(&mut self, ctx: &Context, request: SaveRequest) {
        self.session.let_lose(&request.path);
        self.save_to(ctx, request);
    }

    /// Handles the result of a saving job.
    pub(crate) fn poll_saving(&mut self, ctx: &Context) {
        let Some(outcome) = self.saving.as_ref().and_then(|saving| saving.task.poll()) else { return };
        let Some(Saving { path, again, then, .. }) = self.saving.take() else { return };
        let is_saved = matches!(outcome, Ok(Some(Ok(_))));
        if let Some(again) = again.filter(|_| is_saved) {
            self.take_outcome(ctx, path, outcome, None);
            self.save_to(ctx, SaveRequest { then: again.then.or(then), ..again });
        } else {
            self.take_outcome(ctx, path, outcome, then);
        }
    }

    /// Cancels saving and the step that waited for it, unless the file is already being written.
    pub(crate) fn cancel_saving(&mut self) {
        if let Some(saving) = self.saving.take_if(|saving| saving.task.cancel()) {
            self.session.stop_writing();
            self.toasts.say(ToastKind::Told, format!("{} was not saved", saving.path.display()));
        }
    }

    fn take_outcome(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        outcome: Result<SaveOutcome, JobError>,
        then: Option<Next>,
    ) {
        match outcome {
            Ok(Some(Ok(written))) if written.is_gone() => {
                self.session.stop_writing();
                let text = format!("Wrote the map to {}, where nothing stays: it is not saved", path.display());
                self.toasts.say(ToastKind::Told, text);
            }
            Ok(Some(Ok(written))) => {
                let remark = self.session.take_written(written).map(|why| format!("; {why}")).unwrap_or_default();
                self.toasts.say(ToastKind::Done, format!("Saved {}{remark}", self.session.file_name()));
                self.settings.remember(&path);
                self.settings.last_map = Some(path);
                self.settings.opening = None;
                self.remember();
                self.watch_file(ctx);
                if let Some(next) = then {
                    // Changes made while the file was written must not be discarded without asking.
                    self.go_on_or_ask(ctx, next);
                }
            }
            Ok(Some(Err(SaveError::ChangedOnDisk { .. }))) => {
                self.session.stop_writing();
                self.show_dialog(Dialog::ChangedOnDisk { then });
            }
            Ok(Some(Err(error))) => self.tell_not_saved(&error.to_string()),
            Ok(None) => self.session.stop_writing(),
            Err(fault) => self.tell_not_saved(&fault.to_string()),
        }
    }

    fn tell_not_saved(&mut self, why: &str) {
        self.session.stop_writing();
        let (title, text) = ("The map was not saved".to_owned(), wording::capitalized(why));
        self.show_dialog(Dialog::Message { title, text });
    }
}
