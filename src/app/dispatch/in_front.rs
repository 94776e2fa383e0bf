//! Determines which element in front of the canvas gets the keys, and what Escape closes.

use egui::{Context, Key, Modifiers};

use crate::app::App;
use crate::app::ask::question::{Answer, Dialog, PathRequest};
use crate::app::dialogs::modal::ModalState;
use crate::app::panels::details::compare::take_keys;
use crate::app::panels::search::Search;
use crate::app::ui::events::take_press;

impl App {
    /// Returns whether a dialog is open; nothing behind it gets keys, clicks or dropped files.
    pub(crate) fn is_asking(&self) -> bool {
        self.modal.is_asking()
    }

    /// Shows a question or message in front; a note that is being written is finished first.
    pub(crate) fn show_dialog(&mut self, dialog: Dialog) {
        self.finish_note();
        self.leave_form();
        self.modal.ask(dialog);
    }

    /// Returns whether something in front of the window takes the keys.
    pub(crate) fn is_something_in_front(&self) -> bool {
        self.modal.is_open()
    }

    /// Handles Escape: it closes what is in front, and only otherwise reaches the canvas.
    pub(crate) fn escape(&mut self, ctx: &Context) {
        if self.kind_list.is_typing() {
            // Here egui has taken the focus from the text already.
            if take_escape(ctx) {
                self.kind_list.give_up_text();
            }
            return;
        }
        if self.canvas.drag_under_way().is_some() || self.canvas.is_drawing_tie() {
            // egui has already ended the drag; Escape must not also clear the selection.
            take_escape(ctx);
            return;
        }
        if self.form.is_some() && !self.modal.is_open() {
            if take_escape(ctx) {
                self.escape_form();
            }
            return;
        }
        if self.session.undecided.is_open() && !self.modal.is_open() && !self.search.is_in_use() {
            take_keys(ctx, &mut self.commands);
            if take_escape(ctx) {
                self.session.undecided.close();
            }
            return;
        }
        if self.writing.is_some() && !self.modal.is_asking() {
            if take_escape(ctx) {
                self.writing = None;
            }
            return;
        }
        self.duplicates.list.take_keys(ctx, &mut self.commands);
        let is_duplicates = self.duplicates.list.is_open();
        let is_list_open = self.problem_list.is_open() || self.kind_list.is_open() || is_duplicates;
        let is_in_front = self.modal.is_open() || self.search.is_in_use() || is_list_open;
        // A list that is open in a dialog or among the kinds closes first, by itself.
        let has_lists = self.modal.has_lists() || self.kind_list.is_open();
        let is_in_list = has_lists && egui::Popup::is_any_open(ctx);
        if !is_in_front || is_in_list || !take_escape(ctx) {
            return;
        }
        match self.modal {
            ModalState::Closed if self.search.is_in_use() => self.search = Search::default(),
            ModalState::Closed if self.kind_list.is_open() => self.kind_list.close(),
            ModalState::Closed if is_duplicates => self.duplicates.cancel(),
            ModalState::Closed => self.problem_list.close(),
            // The open file dialog or the running job belongs to this picture.
            ModalState::Export(_) if self.file_dialog.is_some() || self.picture.is_some() => {}
            _ => self.modal.close_front(),
        }
    }

    /// Handles the answer given in a dialog.
    pub(super) fn take_answer(&mut self, ctx: &Context, answer: Answer) {
        match answer {
            Answer::Path(request, path) => self.take_path(ctx, request, path),
            Answer::SaveAnd(next) => self.save(ctx, Some(next)),
            Answer::DiscardAnd(next) => self.go_on(ctx, next),
            Answer::KeepAndQuit => self.quit_keeping(ctx),
            Answer::Recover(answer) => self.take_recover_answer(ctx, answer),
            Answer::Overwrite(then) => self.overwrite(ctx, then),
            Answer::SaveLosing(request) => self.save_losing(ctx, request),
            Answer::SaveCopy(word) => self.ask_for_file(ctx, PathRequest::SaveCopy(word)),
            Answer::Open(url) => self.open_link(&url),
            Answer::OpenTables(paths) => self.open_tables(ctx, &paths),
            Answer::AddTables(paths) => self.add_files(ctx, &paths),
        }
    }
}

fn take_escape(ctx: &Context) -> bool {
    take_press(ctx, Modifiers::NONE, Key::Escape)
}
