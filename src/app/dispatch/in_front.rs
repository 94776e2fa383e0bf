//! What lies in front of the canvas: which keys it takes, and what Escape closes.

use egui::Context;

use crate::app::App;
use crate::app::ask::question::Dialog;
use crate::app::dialogs::modal::ModalState;
use crate::app::panels::search::Search;

impl App {
    /// Whether a dialog waits for an answer; whatever lies behind it gets no keys, clicks or files.
    pub(crate) fn is_asking(&self) -> bool {
        self.modal.is_asking()
    }

    /// Shows a question or message in front; a note that is being written is finished first.
    pub(crate) fn show_dialog(&mut self, dialog: Dialog) {
        self.finish_note();
        self.modal.ask(dialog);
    }

    /// Whether keys belong to something in front of the window.
    pub(crate) fn is_something_in_front(&self) -> bool {
        self.modal.is_open()
    }

    /// Escape belongs to what lies in front; only then to the canvas.
    pub(crate) fn escape(&mut self, ctx: &Context) {
        if self.canvas.drag_under_way().is_some() {
            // The toolkit has ended the drag at this key already; the selection is no part of it.
            ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            return;
        }
        if self.writing.is_some() && !self.modal.is_asking() {
            if ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
                self.writing = None;
            }
            return;
        }
        let is_in_front = self.modal.is_open() || self.search.is_in_use();
        // A list that is open in the export dialog closes first, by itself.
        let is_in_list = matches!(self.modal, ModalState::Export(_)) && egui::Popup::is_any_open(ctx);
        if !is_in_front
            || is_in_list
            || !ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            return;
        }
        match self.modal {
            ModalState::Closed => self.search = Search::default(),
            // A question of the system that is still open is about this picture.
            ModalState::Export(_) if self.file_dialog.is_some() || self.picture.is_some() => {}
            _ => self.modal.close_front(),
        }
    }
}
