//! Opens and updates the export dialog, and handles its answers.

use egui::Context;

use crate::model::Item;

use crate::app::App;
use crate::app::ask::picture_order::PictureOrder;
use crate::app::ask::question::ExportAnswer;
use crate::app::dialogs::export::ExportDialog;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Opens the dialog with the remembered choices, for the whole map with nothing withheld.
    pub(crate) fn open_export(&mut self, ctx: &Context) {
        egui::Popup::close_all(ctx);
        self.modal.open_export(|| ExportDialog::new(&self.session.document, self.settings.export.clone()));
    }

    /// Opens the dialog for the steps of the story, as slides.
    pub(crate) fn open_story_export(&mut self, ctx: &Context) {
        egui::Popup::close_all(ctx);
        let (document, choices) = (&self.session.document, self.settings.export.clone());
        self.modal.open_export(|| ExportDialog::new(document, choices).with_story());
    }

    /// Updates the preview, and carries out the answer that waited for it; closes the dialog if the map has changed.
    pub(crate) fn poll_export(&mut self, ctx: &Context) {
        if self.modal.export().is_some_and(|dialog| !dialog.is_of(&self.session.document.map)) {
            // The redaction was chosen for another map.
            self.modal.close_export();
            self.toasts.say(ToastKind::Told, "The map has changed, so the export was closed");
        }
        let order = self.export_order();
        let mut answer = None;
        if let (Some(dialog), Some(order)) = (self.modal.export_mut(), order)
            && self.pipeline.is_settled()
        {
            dialog.refresh_preview(ctx, &order, self.pipeline.fonts());
            answer = dialog.take_waiting(&order);
        }
        if let Some(answer) = answer {
            self.take_export(ctx, answer);
        }
    }

    /// Draws the dialog, if it is open and its picture is not being made.
    pub(crate) fn export_ui(&mut self, ctx: &Context) {
        let has_selection = self.selection.items().any(|item| matches!(item, Item::Actor(_) | Item::Tie(_)));
        let is_waiting = self.file_dialog.is_some() || self.modal.dialogs().next().is_some();
        let is_making = self.picture.is_some();
        if let Some(dialog) = self.modal.export_mut().filter(|dialog| !(is_making && dialog.is_ordered)) {
            dialog.ui(ctx, has_selection, is_waiting, &mut self.commands);
        }
    }

    /// Handles the answer given in the dialog.
    pub(crate) fn take_export(&mut self, ctx: &Context, answer: ExportAnswer) {
        let order = self.export_order();
        let (Some(dialog), Some(order)) = (self.modal.export_mut(), order) else { return };
        let Some(answer) = dialog.accept(answer, &order) else { return };
        let choices = dialog.attempt();
        if answer != ExportAnswer::Cancel {
            self.settings.export = choices.clone();
        }
        match answer {
            ExportAnswer::Save => self.ask_where(ctx, order),
            ExportAnswer::Copy => self.copy_order(ctx, order),
            ExportAnswer::Cancel => self.modal.close_export(),
        }
    }

    /// Returns the picture that the dialog describes.
    fn export_order(&self) -> Option<PictureOrder> {
        let dialog = self.modal.export()?;
        Some(dialog.order(&self.session.document, &self.selection, self.canvas.seen_in_world()))
    }
}
