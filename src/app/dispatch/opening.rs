//! Opens map files, handles the results of reading jobs, and merges files that changed on disk.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::database::is_sqlite_file;
use crate::document::Merged;
use crate::load::LoadError;
use crate::wording;

use crate::app::ask::command::JobKind;
use crate::app::ask::database::DatabasePurpose;
use crate::app::ask::question::{Dialog, Next};
use crate::app::dispatch::editing::conflict_words;
use crate::app::flow::opening::{Opening, Purpose, READ_AT_ONCE};
use crate::app::flow::pipeline::Derived;
use crate::app::flow::saving::Saving;
use crate::app::flow::task::Task;
use crate::app::session::Session;
use crate::app::settings::absolute;
use crate::app::ui::toast::ToastKind;
use crate::app::{App, Options};

impl App {
    /// Opens the map given on the command line, else the last one; the sample map is the fallback.
    pub(crate) fn open_first(&mut self, ctx: &Context, options: &Options) {
        let unfinished = self.settings.opening.take();
        if unfinished.is_some() {
            self.settings.last_map.take_if(|path| Some(&*path) == unfinished.as_ref());
            self.remember();
        }
        if !options.files.is_empty() {
            self.open_files(ctx, &options.files);
        } else if let Some(path) = self.settings.last_map.clone().filter(|_| !options.no_restore) {
            self.restore(ctx, &path);
        } else if let Some(path) = unfinished.filter(|_| !options.no_restore) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = format!(
                "{} was not reopened, because the program ended while opening it; find it under Open recent",
                wording::visible(&name)
            );
            self.toasts.say(ToastKind::Failed, text);
        }
    }

    /// Opens a file; the open map stays if that fails or is canceled. Asks about unsaved changes only once the file has
    /// been read.
    pub(crate) fn open(&mut self, ctx: &Context, path: &Path) {
        if is_sqlite_file(path) {
            self.ask_for_file_of_database(DatabasePurpose::Open, path);
        } else {
            self.read(ctx, &[path.to_owned()], Purpose::Open);
        }
    }

    /// Opens tables as one new map.
    pub(crate) fn open_tables(&mut self, ctx: &Context, paths: &[PathBuf]) {
        self.read(ctx, paths, Purpose::Open);
    }

    /// Opens the map that was open when the program last ended.
    pub(crate) fn restore(&mut self, ctx: &Context, path: &Path) {
        self.read(ctx, &[path.to_owned()], Purpose::Restore);
    }

    /// Reads the open file again, keeping unsaved changes. Does nothing while the file is being written.
    pub(crate) fn reload(&mut self, ctx: &Context) {
        if self.saving.is_some() {
            return;
        }
        if let Some(path) = self.session.own_path().map(Path::to_owned) {
            self.read(ctx, &[path], Purpose::Reload);
        }
    }

    /// Reads a file, or several tables as one map.
    fn read(&mut self, ctx: &Context, paths: &[PathBuf], purpose: Purpose) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
        let Some(path) = paths.first() else { return };
        self.opening = None;
        if purpose != Purpose::Reload {
            self.opened = None;
            // Written before reading: a map that crashes the program must not be opened again at each start.
            self.settings.opening = Some(path.clone());
            self.remember();
        }
        let recipes = self.settings.recipes.clone();
        if paths.iter().map(|path| std::fs::metadata(path).map_or(0, |meta| meta.len())).sum::<u64>() <= READ_AT_ONCE {
            let read = Session::load_any(&paths, &recipes, &|_| true);
            self.take_read(ctx, purpose, read);
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let words = format!("Opening {}", wording::visible(&name));
        let task = Task::start(ctx, JobKind::Opening, &words, move |job| {
            Session::load_any(&paths, &recipes, &|done| {
                job.report(done);
                !job.is_canceled()
            })
        });
        self.opening = Some(Opening { purpose, task });
    }

    /// Takes in a file that was read by a job; once the open map is on the disk, if it is being saved, and once no
    /// question about it is open.
    pub(crate) fn poll_reading(&mut self, ctx: &Context) {
        if self.saving.is_some() || self.modal.dialogs().any(Dialog::is_about_open_map) {
            return;
        }
        let Some(read) = self.opening.as_ref().and_then(|reading| reading.task.poll()) else { return };
        let Some(reading) = self.opening.take() else { return };
        self.finish_note();
        match read {
            Ok(read) => self.take_read(ctx, reading.purpose, read),
            Err(fault) => {
                self.give_up_opening(reading.purpose);
                self.toasts.say(ToastKind::Failed, wording::capitalized(&fault.to_string()));
            }
        }
    }

    /// Cancels reading a file.
    pub(crate) fn cancel_reading(&mut self) {
        if let Some(reading) = self.opening.take() {
            self.give_up_opening(reading.purpose);
        }
    }

    /// Records that a file was not opened, so that it isn't opened automatically again.
    fn give_up_opening(&mut self, purpose: Purpose) {
        match purpose {
            Purpose::Open => self.settings.opening = None,
            Purpose::Restore => (self.settings.opening, self.settings.last_map) = (None, None),
            Purpose::Reload => return,
        }
        self.remember();
    }

    /// Remembers the open map as the last one, once it is completely laid out.
    pub(crate) fn finish_opening(&mut self) {
        if self.settings.opening.is_some() && self.settings.opening.as_deref() == self.session.path() {
            self.settings.last_map = self.settings.opening.take();
            self.remember();
        }
    }

    /// Cancels the layout; a map that was being opened is then not restored at the next start.
    pub(crate) fn cancel_layout(&mut self, ctx: &Context) {
        if self.pipeline.cancel(ctx, &mut self.session) == Derived::Settled {
            self.aim_if_new();
        }
        if self.opening.is_none() && self.settings.opening.take().is_some() {
            self.remember();
        }
    }

    fn take_read(&mut self, ctx: &Context, purpose: Purpose, read: Result<Session, LoadError>) {
        if read.is_err() {
            self.give_up_opening(purpose);
        }
        match (purpose, read) {
            (Purpose::Open | Purpose::Restore, Ok(session)) => self.show_or_ask(ctx, session),
            (Purpose::Reload, Ok(fresh)) => self.show_reloaded(ctx, fresh),
            (Purpose::Open, Err(error)) => self.tell_load_error(&error),
            (Purpose::Restore, Err(error)) => {
                let text = format!("The last map could not be opened again, so this is the sample map: {error}");
                self.toasts.say(ToastKind::Failed, text);
            }
            (Purpose::Reload, Err(error)) => {
                let text = format!("The file could not be read again, so the map stays as it was: {error}");
                self.toasts.say(ToastKind::Failed, text);
            }
        }
    }

    /// Shows a map that has been read. Asks first if the open one has unsaved changes; waits for a running save.
    pub(crate) fn show_or_ask(&mut self, ctx: &Context, session: Session) {
        if !self.session.would_be_lost() && self.unread_texts() == 0 && self.saving.is_none() {
            self.show_session(ctx, session);
            return;
        }
        self.opened = Some(Box::new(session));
        // A map that only waits can't end the program; the layout may, and sets this again.
        self.settings.opening = None;
        self.remember();
        self.go_on_or_ask(ctx, Next::ShowOpened);
    }

    /// Shows the map that waited until the open one was saved or discarded.
    pub(crate) fn show_opened(&mut self, ctx: &Context) {
        let Some(session) = self.opened.take() else { return };
        self.settings.opening = session.path().map(Path::to_owned);
        self.show_session(ctx, *session);
        // Nothing watched the file while the question was open.
        if self.session.differs_from_disk() {
            self.reload(ctx);
        }
    }

    /// Forgets the map that has been read once its question was canceled.
    pub(crate) fn forget_opened(&mut self) {
        if self.opened.is_some() && !self.waits_for(Next::ShowOpened) {
            self.opened = None;
        }
    }

    /// Returns whether a step is the follow-up action of a question or a save.
    fn waits_for(&self, next: Next) -> bool {
        let in_dialogs = self.modal.dialogs().filter_map(Dialog::then);
        let in_file_dialog = self.file_dialog.iter().filter_map(|(request, _)| request.as_ref()?.then());
        let in_saving = self.saving.iter().flat_map(Saving::follow_ups);
        in_dialogs.chain(in_file_dialog).chain(in_saving).any(|waiting| waiting == next)
    }

    /// Merges a reloaded file into the open map.
    fn show_reloaded(&mut self, ctx: &Context, fresh: Session) {
        // The map may have been saved to another file meanwhile.
        if fresh.path() != self.session.path() {
            return;
        }
        self.finish_note();
        let name = self.session.file_name();
        match self.session.merge(fresh) {
            Ok(merged) => {
                self.focus = None;
                self.say_or_compare(ToastKind::Told, reloaded_words(&name, &merged));
            }
            Err(error) => {
                let text = format!("{name} changed on disk, but could not be merged with your changes: {error}");
                self.toasts.say(ToastKind::Failed, text);
            }
        }
        self.tell_problems();
        ctx.request_repaint();
    }
}

/// Describes the result of reloading a file.
fn reloaded_words(name: &str, merged: &Merged) -> String {
    let kept = if merged.kept > 0 { "; your unsaved changes were kept" } else { "" };
    let conflicts = conflict_words(merged.conflicts.iter().filter(|conflict| conflict.about.needs_decision()).count());
    format!("{name} changed on disk and was read again{kept}{conflicts}")
}
