//! Progress bars of running jobs, drawn over the canvas.

use std::time::Duration;

use egui::{Align2, Area, Context, Id, ProgressBar, Rect, Ui, WidgetInfo, WidgetType};

use crate::app::ask::command::{AppCommand, Commands, JobKind};
use crate::app::ui::theme;

/// How long a job runs before its progress is shown.
pub(crate) const SHOWN_AFTER: Duration = Duration::from_millis(500);

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
                if bar_ui(ui, &strip.words, strip.done, "Cancel") {
                    commands.push(AppCommand::Cancel(strip.work));
                }
            }
        });
    });
}

/// Draws a progress bar below its words, with a Cancel button; `name` is the button's accessible name. Returns whether
/// the button was clicked.
pub(crate) fn bar_ui(ui: &mut Ui, words: &str, done: f32, name: &str) -> bool {
    ui.add(egui::Label::new(theme::strong_text(words, 13.0)).truncate());
    ui.horizontal(|ui| {
        ui.add(ProgressBar::new(done).desired_width(190.0).desired_height(6.0));
        let button = ui.button("Cancel");
        button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
        button.clicked()
    })
    .inner
}
