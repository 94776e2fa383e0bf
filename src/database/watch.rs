//! Watches work that waits for a database: progress, cancellation, and a limit on the time of each statement.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::load::ProgressFn;

/// How often progress is reported, and how late a cancellation is noticed at most.
pub(super) const STEP: Duration = Duration::from_millis(50);
/// The number of rows at which the progress bar is half full; their total is not known before.
const HALFWAY: f32 = 20_000.0;

/// Why work has to end early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    Canceled,
    TimedOut,
}

/// What the work and its caller share.
#[derive(Debug)]
pub(super) struct Watch {
    is_canceled: AtomicBool,
    rows: AtomicU64,
    timeout: Duration,
    began: Instant,
    /// When the current statement has to be done, in milliseconds after `began`.
    deadline: AtomicU64,
}

impl Watch {
    fn new(timeout: Duration) -> Self {
        let watch = Self {
            is_canceled: AtomicBool::new(false),
            rows: AtomicU64::new(0),
            timeout,
            began: Instant::now(),
            deadline: AtomicU64::new(0),
        };
        watch.start_statement();
        watch
    }

    /// The time that a statement may take.
    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Gives the next statement its time.
    pub(super) fn start_statement(&self) {
        let deadline = self.began.elapsed() + self.timeout;
        self.deadline.store(deadline.as_millis().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Counts a row that has arrived.
    pub(super) fn count_row(&self) {
        self.rows.fetch_add(1, Ordering::Relaxed);
    }

    /// Returns why the work has to end; `None` while it may go on.
    pub(super) fn stopped(&self) -> Option<Stopped> {
        if self.is_canceled.load(Ordering::Relaxed) {
            return Some(Stopped::Canceled);
        }
        let deadline = Duration::from_millis(self.deadline.load(Ordering::Relaxed));
        (self.began.elapsed() > deadline).then_some(Stopped::TimedOut)
    }

    /// Returns the progress from 0 to 1, which it never reaches.
    fn progress(&self) -> f32 {
        let rows = self.rows.load(Ordering::Relaxed) as f32;
        rows / (rows + HALFWAY)
    }
}

/// Runs work on a thread of its own, so that it can be canceled while the database works. Reading is the first half of
/// the progress of an import.
pub(super) fn watched<R: Send>(
    timeout: Duration,
    on_progress: ProgressFn,
    work: impl FnOnce(&Arc<Watch>) -> R + Send,
) -> R {
    let watch = Arc::new(Watch::new(timeout));
    thread::scope(|scope| {
        let (done, ended) = channel::<()>();
        let of_work = Arc::clone(&watch);
        let worker = scope.spawn(move || {
            // Dropped at the end of the work, also by a panic.
            let _done = done;
            work(&of_work)
        });
        while ended.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
            if !on_progress(0.5 * watch.progress()) {
                watch.is_canceled.store(true, Ordering::Relaxed);
            }
        }
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Stopped, watched};

    fn wait(watch: &super::Watch) -> Stopped {
        loop {
            if let Some(stopped) = watch.stopped() {
                return stopped;
            }
            std::thread::yield_now();
        }
    }

    #[test]
    fn work_is_canceled_and_ends_at_its_time() {
        let canceled = watched(Duration::from_mins(10), &|_| false, |watch| wait(watch));
        assert_eq!(canceled, Stopped::Canceled);
        let late = watched(Duration::ZERO, &|_| true, |watch| wait(watch));
        assert_eq!(late, Stopped::TimedOut);
        let done = watched(Duration::ZERO, &|_| true, |_| 7);
        assert_eq!(done, 7);
    }

    #[test]
    #[should_panic(expected = "a planned failure")]
    fn a_panic_is_passed_on() {
        watched(Duration::ZERO, &|_| true, |_| -> () { panic!("a planned failure") });
    }
}
