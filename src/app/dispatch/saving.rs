//! Saves the map, and continues with the step that waited for it.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::jobs::JobError;
use crate::save::{Disk, IfChanged, SaveError, losses};
use crate::wording;

use crate::app::App;
use crate::app::ask::command::JobKind;
use crate::app::ask::question::{Dialog, FileQuestion, Next};
use crate::app::flow::saving::{Outcome, SAVED_AT_ONCE, Saving, TEXT_SHARE};
use crate::app::flow::task::Task;
use crate::app::settings::absolute;
use crate::app::ui::toast::Tone;

impl App {
    /// Saves to the map's own file; asks for one if it has none.
    pub(crate) fn save(&mut self, ctx: &Context) {
        match self.session.own_path().map(Path::to_owned) {
            None => self.ask_for_file(ctx, FileQuestion::SaveMap),
            Some(path) => self.save_to(ctx, path, IfChanged::Refuse),
        }
    }

    /// Saves although the file changed on disk.
    pub(crate) fn overwrite(&mut self, ctx: &Context) {
        if let Some(path) = self.session.own_path().map(Path::to_owned) {
            self.save_to(ctx, path, IfChanged::Overwrite);
        }
    }

    /// Saves and then goes on; what could not be saved is not given up.
    pub(crate) fn save_and(&mut self, ctx: &Context, next: Next) {
        self.next = Some(next);
        self.save(ctx);
    }

    /// Writes the map to a file and goes on with that one; after the save that is under way, if there is one.
    pub(crate) fn save_to(&mut self, ctx: &Context, path: PathBuf, if_changed: IfChanged) {
        if let Some(saving) = &mut self.saving {
            saving.again = Some((path, if_changed));
            return;
        }
        let path = absolute(&path);
        // Asked before the first save of a file; errors are ignored here, because saving reports them.
        let losses = if self.session.may_lose(&path) { Vec::new() } else { losses(&path, &Disk).unwrap_or_default() };
        if !losses.is_empty() {
            let losses = losses.iter().map(ToString::to_string).collect();
            self.dialog = Some(Dialog::Losing { path, if_changed, losses });
            return;
        }
        let draft = self.session.start_writing(&path, if_changed);
        if self.session.document.origin.bytes().len() <= SAVED_AT_ONCE {
            let outcome = draft.write(|| true);
            self.take_outcome(ctx, path, Ok(outcome));
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let words = format!("Saving {}", wording::visible(&name));
        let task = Task::start(ctx, JobKind::Saving, &words, |job| {
            draft.write(|| {
                job.report(TEXT_SHARE);
                job.seal()
            })
        });
        self.saving = Some(Saving { path, again: None, task });
    }

    /// Saves although something of the file can't be kept, which is not asked again.
    pub(crate) fn save_losing(&mut self, ctx: &Context, path: PathBuf, if_changed: IfChanged) {
        self.session.let_lose(&path);
        self.save_to(ctx, path, if_changed);
    }

    /// Handles the result of a saving job.
    pub(crate) fn poll_saving(&mut self, ctx: &Context) {
        let Some(outcome) = self.saving.as_ref().and_then(|saving| saving.task.poll()) else { return };
        let Some(Saving { path, again, .. }) = self.saving.take() else { return };
        let is_saved = matches!(outcome, Ok(Some(Ok(_))));
        let next = self.next.take_if(|_| is_saved && again.is_some());
        self.take_outcome(ctx, path, outcome);
        if let Some((path, if_changed)) = again.filter(|_| is_saved) {
            self.next = next;
            self.save_to(ctx, path, if_changed);
        }
    }

    /// Cancels saving and the step that waited for it, unless the file is already being written.
    pub(crate) fn cancel_saving(&mut self) {
        if let Some(saving) = self.saving.take_if(|saving| saving.task.cancel()) {
            self.session.stop_writing();
            self.next = None;
            self.toasts.say(Tone::Told, format!("{} was not saved", saving.path.display()));
        }
    }

    fn take_outcome(&mut self, ctx: &Context, path: PathBuf, outcome: Result<Outcome, JobError>) {
        match outcome {
            Ok(Some(Ok(written))) if written.is_gone() => {
                self.session.stop_writing();
                self.next = None;
                let text = format!("Wrote the map to {}, where nothing stays: it is not saved", path.display());
                self.toasts.say(Tone::Told, text);
            }
            Ok(Some(Ok(written))) => {
                let remark = self.session.take_written(written).map(|why| format!("; {why}")).unwrap_or_default();
                self.toasts.say(Tone::Done, format!("Saved {}{remark}", self.session.file_name()));
                self.settings.remember(&path);
                self.settings.last_map = Some(path);
                self.settings.opening = None;
                self.remember();
                self.watch_file(ctx);
                if let Some(next) = self.next.take() {
                    // What was done while the file was written is not given up unasked.
                    self.open_or_ask(ctx, next);
                }
            }
            Ok(Some(Err(SaveError::ChangedOnDisk { .. }))) => {
                self.session.stop_writing();
                self.dialog = Some(Dialog::ChangedOnDisk);
            }
            Ok(Some(Err(error))) => self.tell_not_saved(&error.to_string()),
            Ok(None) => self.session.stop_writing(),
            Err(fault) => self.tell_not_saved(&fault.to_string()),
        }
    }

    fn tell_not_saved(&mut self, why: &str) {
        self.session.stop_writing();
        self.next = None;
        let (title, text) = ("The map was not saved".to_owned(), wording::capitalized(why));
        self.dialog = Some(Dialog::Message { title, text });
    }
}
