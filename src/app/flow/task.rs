//! A job with a progress bar and a Cancel button, shown once it has run for a while.

use std::sync::Arc;
use std::time::Instant;

use egui::Context;

use crate::jobs::{JobContext, JobError, JobHandle, News, start_job};
use crate::layout;

use crate::app::ask::command::JobKind;
use crate::app::ui::progress::{SHOWN_AFTER, Strip};

/// A job whose result the window polls. Dropping it cancels the job.
pub(crate) struct Task<T> {
    work: JobKind,
    job: JobHandle<T>,
    started: Instant,
}

impl<T: Send + 'static> Task<T> {
    /// Starts a job; `name` is shown on its progress bar, for example "Arranging the map".
    pub(crate) fn start(
        ctx: &Context,
        work: JobKind,
        name: &str,
        run: impl FnOnce(&JobContext) -> T + Send + 'static,
    ) -> Self {
        let (started, window) = (Instant::now(), ctx.clone());
        let wake = move |news| {
            // Progress that isn't shown needs no repaint.
            if news == News::Ended || started.elapsed() >= SHOWN_AFTER {
                window.request_repaint();
            }
        };
        let job = start_job(name, Arc::new(wake), run);
        ctx.request_repaint();
        Self { work, job, started }
    }

    /// Returns the result once the job has ended; `None` after that.
    pub(crate) fn poll(&self) -> Option<Result<T, JobError>> {
        self.job.poll()
    }

    /// Requests cancellation; returns `false` if it is too late.
    pub(crate) fn cancel(&self) -> bool {
        self.job.cancel()
    }

    /// Returns the progress bar. Before it is due, returns `None` and schedules a repaint for when it is.
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
