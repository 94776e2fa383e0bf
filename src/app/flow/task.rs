//! A job as the window has it: once it takes long, a strip says how far it is and offers a way out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use crate::jobs::{JobContext, JobError, JobHandle, News, start_job};
use crate::layout;

use crate::app::ask::command::JobKind;
use crate::app::ui::progress::Strip;

/// Work that takes longer shows how far it is.
const SHOWN_AFTER: Duration = Duration::from_millis(500);

/// A job that the window waits for. Dropping it cancels it.
pub(crate) struct Task<T> {
    work: JobKind,
    job: JobHandle<T>,
    started: Instant,
}

impl<T: Send + 'static> Task<T> {
    /// Starts a job; its name is what the strip says: "Laying out the map".
    pub(crate) fn start(
        ctx: &Context,
        work: JobKind,
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
