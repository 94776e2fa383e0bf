//! Determines which element in front of the canvas gets the keys, and what Escape closes.

use egui::Context;

use crate::app::App;
use crate::app::dialogs::palette::CommandPalette;
use crate::app::panels::search::Search;

impl App {
    /// Returns whether a dialog is open; nothing behind it gets keys, clicks or dropped files.
    pub(crate) fn is_asking(&self) -> bool {
        self.dialog.is_some() || self.export.is_some()
    }

    /// Returns whether something in front of the window takes the keys.
    pub(crate) fn is_something_in_front(&self) -> bool {
        self.is_asking() || self.palette.is_open()
    }

    /// Handles Escape: it closes what is in front, and only otherwise reaches the canvas.
    pub(crate) fn escape(&mut self, ctx: &Context) {
        if self.canvas.drag_under_way().is_some() {
            // egui has already ended the drag; Escape must not also clear the selection.
            ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            return;
        }
        if self.writing.is_some() {
            if ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
                self.writing = None;
            }
            return;
        }
        let is_in_front =
            self.palette.is_open() || self.dialog.is_some() || self.export.is_some() || self.search.is_in_use();
        // A list that is open in the export dialog closes first, by itself.
        let is_in_list = self.export.is_some() && self.dialog.is_none() && egui::Popup::is_any_open(ctx);
        if !is_in_front
            || is_in_list
            || !ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            return;
        }
        if self.palette.is_open() {
            self.palette = CommandPalette::default();
        } else if self.dialog.take().is_some() {
            self.next = None;
        } else if self.export.is_some() {
            // A question of the system that is still open is about this picture.
            if self.asked.is_none() && self.picture.is_none() {
                self.export = None;
            }
        } else {
            self.search = Search::default();
        }
    }
}
