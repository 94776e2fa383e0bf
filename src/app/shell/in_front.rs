//! What lies in front of the window's panels: forms, notices, lists that float, dialogs, and what dropping files will do.

use egui::{Area, Context, Id, Rect, RichText, Stroke};

use crate::app::App;
use crate::app::dialogs::message;
use crate::app::dialogs::modal::ModalState;
use crate::app::ui::theme;

impl App {
    /// Draws everything in front of the panels.
    pub(super) fn in_front_ui(&mut self, ctx: &Context, canvas: Rect) {
        self.writing_ui(ctx, canvas);
        self.form_on_map_ui(ctx, canvas);
        self.toasts.ui(ctx, canvas.center_bottom(), &mut self.commands);
        let problems = self.session.file_problems();
        let questions = self.proof_questions();
        self.problem_list.ui(ctx, (&problems, &questions), &self.session.document.map, &mut self.commands);
        self.kind_list.ui(ctx, &self.session.document.map, &mut self.commands);
        self.duplicates.list.ui(ctx, &mut self.commands);
        let now = self.action_context();
        if let ModalState::Palette(palette) = &mut self.modal
            && !palette.ui(ctx, &now, &mut self.commands)
        {
            self.modal.close_front();
        }
        self.export_ui(ctx);
        message::dialog_ui(ctx, &mut self.modal, &mut self.commands);
        drop_overlay_ui(ctx, self.is_asking());
    }
}

/// Draws an overlay that says what dropping the files will do.
fn drop_overlay_ui(ctx: &Context, is_asking: bool) {
    let hovered = ctx.input(|input| input.raw.hovered_files.len());
    if hovered == 0 {
        return;
    }
    let palette = theme::palette_of(ctx.theme());
    let screen = ctx.content_rect();
    let area = Area::new(Id::new("drop")).order(egui::Order::Tooltip).fixed_pos(screen.min).interactable(false);
    area.show(ctx, |ui| {
        ui.painter().rect_filled(screen, 0.0, palette.panel.gamma_multiply(0.9));
        let stroke = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(screen.shrink(18.0), 14.0, stroke, egui::StrokeKind::Inside);
        ui.allocate_ui(screen.size(), |ui| {
            ui.vertical_centered(|ui| {
                ui.add_space(screen.height() / 2.0 - 30.0);
                let words = match hovered {
                    _ if is_asking => "Close what is open first",
                    1 => "Drop the file to open it",
                    _ => "Drop the tables to make one map from them",
                };
                ui.label(theme::strong_text(words, 22.0).color(palette.accent));
                let kinds = "A table (.xlsx, .csv, .ods …) or a Tieline map (.tieline.jsonc)";
                ui.label(RichText::new(kinds).color(palette.weak));
            });
        });
    });
}
