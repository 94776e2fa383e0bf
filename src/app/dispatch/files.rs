//! Controls which map is open: file dialogs, switching maps, watching the file.

use std::path::{Path, PathBuf};
use std::sync::mpsc::TryRecvError;

use egui::{Context, ViewportCommand};

use crate::export_data::format_of_word;
use crate::load::LoadError;
use crate::recovery::{OfferedFile, what_is_unsaved};
use crate::save::IfChanged;
use crate::wording;

use crate::app::App;
use crate::app::ask::command::Action;
use crate::app::ask::question::{Dialog, FileQuestion, Next, PathRequest, SaveRequest, UnsavedWork};
use crate::app::ask::selection::Selection;
use crate::app::flow::story::Story;
use crate::app::flow::watching::FileWatcher;
use crate::app::panels::steps::StepStrip;
use crate::app::session::Session;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Shows a file dialog, or the path field where there is none.
    pub(crate) fn ask_for_file(&mut self, ctx: &Context, request: PathRequest) {
        if let Some(why) = self.platform.dialogs.missing() {
            self.ask_for_path(request, Some(why));
            return;
        }
        if self.file_dialog.is_some() {
            self.toasts.say(ToastKind::Told, "Answer the file dialog that is open first");
            return;
        }
        let wake = ctx.clone();
        let question = request.question();
        let suggestion = self.suggested_path(&question);
        let answer = self.platform.dialogs.ask(&question, suggestion, Box::new(move || wake.request_repaint()));
        self.file_dialog = Some((Some(request), answer));
    }

    /// Shows the path field.
    pub(crate) fn ask_for_path(&mut self, request: PathRequest, why: Option<String>) {
        let question = request.question();
        let suggestion = self.suggested_path(&question).filter(|_| !question.is_for_reading());
        let text = suggestion.map(|path| path.display().to_string()).unwrap_or_default();
        self.show_dialog(Dialog::Path { request, why, text });
    }

    /// Returns the suggested path: next to the open file with a matching extension, or in the current folder for the
    /// sample map.
    fn suggested_path(&self, question: &FileQuestion) -> Option<PathBuf> {
        let here = || std::env::current_dir().ok().map(|folder| folder.join("sample.tieline.jsonc"));
        let path = self.session.path().map(Path::to_owned).or_else(here)?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("map").to_owned();
        Some(match question {
            FileQuestion::SaveMap if self.session.document.origin.imported_from().is_some() => {
                path.with_file_name(format!("{stem}.tieline.jsonc"))
            }
            FileQuestion::Open
            | FileQuestion::AddTable
            | FileQuestion::Database
            | FileQuestion::SourceFile(_)
            | FileQuestion::SaveMap => path,
            FileQuestion::SavePicture(format) => path.with_file_name(format!("{stem}.{}", format.ending())),
            FileQuestion::SaveCopy(word) => {
                let ending = format_of_word(word).and_then(|format| format.endings.first()).unwrap_or(&"");
                // A copy in our own format must not suggest the map itself.
                let stem = if *word == "tieline" { format!("{stem}-copy") } else { stem };
                path.with_file_name(format!("{stem}.{ending}"))
            }
            FileQuestion::SaveScreenshot => path.with_file_name(format!("{stem}-screenshot.png")),
        })
    }

    /// Handles the answer of the file dialog, if it has arrived.
    pub(crate) fn poll_file_dialog(&mut self, ctx: &Context) {
        let Some((_, answer)) = &self.file_dialog else { return };
        let answer = answer.try_recv();
        if answer == Err(TryRecvError::Empty) {
            return;
        }
        let request = self.file_dialog.take().and_then(|(request, _)| request);
        match (request, answer) {
            (Some(PathRequest::Open), Ok(paths)) => self.open_files(ctx, &paths),
            (Some(PathRequest::AddTable), Ok(paths)) if !paths.is_empty() => self.add_files(ctx, &paths),
            (request, Ok(paths)) => match (request, paths.into_iter().next()) {
                (Some(request), Some(path)) => self.take_path(ctx, request, path),
                (None, Some(path)) => {
                    let text = format!("{} was not written: another map was opened meanwhile", path.display());
                    self.toasts.say(ToastKind::Failed, text);
                }
                (_, None) => {}
            },
            (_, Err(_)) => {}
        }
    }

    /// Uses a path for the purpose it was requested for.
    pub(crate) fn take_path(&mut self, ctx: &Context, request: PathRequest, path: PathBuf) {
        match request {
            PathRequest::Open => self.open(ctx, &path),
            PathRequest::AddTable => self.add_files(ctx, &[path]),
            PathRequest::Database => {
                if let Some(form) = self.modal.database_mut() {
                    form.path = path.to_string_lossy().into_owned();
                }
            }
            PathRequest::SourceFile(name) => self.take_source_file(ctx, &name, path),
            PathRequest::SaveMap { then } => {
                self.save_to(ctx, SaveRequest { path, if_changed: IfChanged::Overwrite, then });
            }
            PathRequest::SavePicture(order) => self.save_picture(ctx, &path, *order),
            PathRequest::SaveScreenshot => self.save_screenshot(ctx, path),
            PathRequest::SaveCopy(word) => self.save_copy(ctx, path, word),
        }
    }

    /// Continues with `next`, after asking if there are unsaved changes.
    pub(crate) fn go_on_or_ask(&mut self, ctx: &Context, next: Next) {
        let typed = self.unread_texts();
        let can_keep = next == Next::Quit && self.can_keep_unsaved();
        if self.session.would_be_lost() && self.saving.is_none() {
            let words = what_is_unsaved(&self.session.state());
            let work = UnsavedWork { words, typed, can_keep };
            let is_new = self.session.own_path().is_none() && (self.session.is_made() || self.session.is_never_saved());
            self.show_dialog(if is_new { Dialog::NeverSaved(next, work) } else { Dialog::Unsaved(next, work) });
        } else if typed > 0 {
            let work = UnsavedWork { words: String::new(), typed, can_keep };
            self.show_dialog(Dialog::LosesTyped(next, work));
        } else {
            self.go_on(ctx, next);
        }
    }

    /// Continues with `next` once the open map is saved or discarded; waits for a running save.
    pub(crate) fn go_on(&mut self, ctx: &Context, next: Next) {
        if let Some(saving) = &mut self.saving {
            saving.then = Some(next);
            return;
        }
        match next {
            Next::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Next::ShowOpened => self.show_opened(ctx),
        }
    }

    /// Starts an empty map.
    pub(crate) fn new_map(&mut self, ctx: &Context) {
        self.show_or_ask(ctx, Session::made());
    }

    /// Opens the bundled sample map.
    pub(crate) fn open_sample(&mut self, ctx: &Context) {
        match Session::sample() {
            Ok(session) => self.show_or_ask(ctx, session),
            Err(error) => self.tell_load_error(&error),
        }
    }

    /// Shows why a file could not be opened.
    pub(crate) fn tell_load_error(&mut self, error: &LoadError) {
        self.show_dialog(Dialog::Message {
            title: "The file was not opened".to_owned(),
            text: wording::capitalized(&error.to_string()),
        });
    }

    /// Makes this the open map.
    pub(crate) fn show_session(&mut self, ctx: &Context, session: Session) {
        (self.opening, self.opened) = (None, None);
        // Rows that may be added belong to the map that is left, and so does what its database answers.
        self.cancel_importing(ctx);
        self.cancel_asking();
        self.remember_view();
        self.session = session;
        self.selection = Selection::default();
        self.focus = None;
        self.writing = None;
        (self.form, self.put_aside, self.first_selected) = (None, None, None);
        self.drafts.clear();
        if let Some(copied) = &mut self.copied {
            copied.is_of_other_map = true;
        }
        self.end_presenting_now(ctx);
        (self.story, self.strip, self.opens_strip) = (Story::default(), StepStrip::default(), None);
        self.search = crate::app::panels::search::Search::default();
        self.time = crate::app::panels::time::TimeStrip::default();
        self.toasts.clear();
        self.close_questions_about_map();
        self.pipeline.forget();
        (self.fits_when_settled, self.is_just_opened, self.vain_searches) = (true, true, 0);
        if self.session.is_made() {
            // New actors appear at the pointer, so the view must not move with the first one.
            self.fits_when_settled = false;
            self.canvas.show((egui::Pos2::ZERO, 1.0));
        }
        self.offers_start = self.is_start_worth_an_offer();
        self.watch_file(ctx);
        // Journals of new maps are offered when the program starts; the map just created must not be one of them.
        if let Some(file) = self.session.offered_file().filter(|file| *file != OfferedFile::New) {
            self.recovering.look_for(ctx, file);
        }
        if let Some(path) = self.session.path().map(Path::to_owned) {
            self.settings.remember(&path);
        } else {
            self.settings.opening = None;
        }
        // It becomes the last map once it has finished opening.
        self.settings.last_map = None;
        self.remember();
        let rows = self.session.take_pending_rows();
        if !rows.is_empty() {
            self.add_tables(ctx, rows);
        } else if self.session.tables.is_some() {
            self.tell_tables(ctx);
        } else {
            self.tell_problems();
        }
    }

    /// Closes the questions about the previous map: a file chosen for it must not get another map.
    fn close_questions_about_map(&mut self) {
        self.modal.close_questions_about_map();
        if let Some((request, _)) = &mut self.file_dialog {
            request.take_if(|request| request.is_about_open_map());
        }
    }

    /// Removes a file from the recent files.
    pub(crate) fn forget_recent(&mut self, path: &Path) {
        self.settings.recent.retain(|known| known != path);
        self.remember();
    }

    pub(super) fn watch_file(&mut self, ctx: &Context) {
        self.watcher = self.session.own_path().and_then(|path| FileWatcher::start(path, ctx));
    }

    /// Announces the problems in the file. Errors and warnings stay until closed and offer the list; remarks disappear
    /// by themselves, but the status line still leads to the list.
    pub(crate) fn tell_problems(&mut self) {
        let Some(words) = self.session.problem_words() else { return };
        let text = format!("{} opened, with {words}", self.session.file_name());
        if self.session.has_faults() {
            self.toasts.offer(text, "Show", Action::Problems);
        } else {
            self.toasts.say(ToastKind::Told, text);
        }
    }

    /// Reloads the file if it changed on disk; waits while a file is being read or written.
    pub(crate) fn poll_watch(&mut self, ctx: &Context) {
        if self.opening.is_some() || self.saving.is_some() || self.is_choosing_rows() {
            return;
        }
        let has_changed = self.watcher.as_mut().is_some_and(|watch| watch.poll(ctx));
        if has_changed && self.session.differs_from_disk() {
            self.reload(ctx);
        }
    }
}
