//! A job as the window has it: once it takes long, a strip says how far it is and offers a way out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Align2, Area, Context, Id, ProgressBar, Rect};

use crate::jobs::{JobContext, JobError, JobHandle, News, start_job};
use crate::layout;

use super::command::{AppCommand, Commands};
use super::theme;

/// Work that takes longer shows how far it is.
const SHOWN_AFTER: Duration = Duration::from_millis(500);

/// What the window does on a thread of its own; one job of each at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// A map file is read.
    Reading,
    /// The map is saved.
    Saving,
    /// Places are looked for.
    Layout,
    /// A picture is made.
    Picture,
}

/// A job that the window waits for. Dropping it cancels it.
pub(crate) struct Task<T> {
    work: Work,
    job: JobHandle<T>,
    started: Instant,
}

impl<T: Send + 'static> Task<T> {
    /// Starts a job; its name is what the strip says: "Laying out the map".
    pub(crate) fn start(
        ctx: &Context,
        work: Work,
        name: &str,
        run: impl FnOnce(&JobContext) -> T + Send + 'static,
    ) -> Self {
        let (started, window) = (Instant::now(), ctx.clone());
        let wake = move |news| {
            // Progress that nobody sees is worth no frame.
            if news == News::Ended || started.elapsed() >= SHOWN_AFTER {
                window.request_repaint();
            }
        };
        let job = start_job(name, Arc::new(wake), run);
        ctx.request_repaint();
        Self { work, job, started }
    }

    /// The result, once it is there; it is given once.
    pub(crate) fn poll(&self) -> Option<Result<T, JobError>> {
        self.job.poll()
    }

    /// Asks it to end; false if that comes too late.
    pub(crate) fn cancel(&self) -> bool {
        self.job.cancel()
    }

    /// What to show of it: nothing at first, and then the window is drawn again when there is.
    pub(crate) fn strip(&self, ctx: &Context) -> Option<Strip> {
        let rest = SHOWN_AFTER.saturating_sub(self.started.elapsed());
        if !rest.is_zero() {
            ctx.request_repaint_after(rest);
            return None;
        }
        Some(Strip { work: self.work, words: self.job.name().to_owned(), done: self.job.progress() })
    }
}

impl layout::Progress for JobContext {
    fn report(&self, done: f32) {
        JobContext::report(self, done);
    }

    fn is_canceled(&self) -> bool {
        JobContext::is_canceled(self)
    }
}

/// What is shown of a job.
pub(crate) struct Strip {
    work: Work,
    words: String,
    /// From 0 to 1.
    done: f32,
}

/// Shows the strips in the middle of the canvas.
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
