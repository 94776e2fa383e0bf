//! Progress bars of running jobs, drawn over the canvas.

use egui::{Align2, Area, Context, Id, ProgressBar, Rect};

use crate::app::ask::command::{AppCommand, Commands, JobKind};
use crate::app::ui::theme;

/// The progress bar of one job.
pub(crate) struct Strip {
    pub(crate) work: JobKind,
    pub(crate) words: String,
    /// The completed fraction, from 0 to 1.
    pub(crate) done: f32,
}

/// Draws the progress bars in the middle of the canvas.
pub(crate) fn strips_ui(ctx: &Context, canvas: Rect, strips: &[Strip], commands: &mut Commands) {
    if strips.is_empty() {
        return;
    }
    let area = Area::new(Id::new("progress")).pivot(Align2::CENTER_CENTER).fixed_pos(canvas.center());
    area.show(ctx, |ui| {
        theme::floating_frame(ui).show(ui, |ui| {
            ui.set_width(280.0);
            for strip in strips {
                ui.add(egui::Label::new(theme::strong_text(&strip.words, 13.0)).truncate());
                ui.horizontal(|ui| {
                    ui.add(ProgressBar::new(strip.done).desired_width(190.0).desired_height(6.0));
                    if ui.button("Cancel").clicked() {
                        commands.push(AppCommand::Cancel(strip.work));
                    }
                });
            }
        });
    });
}
