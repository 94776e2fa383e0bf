//! Named background threads that run closures, with progress, cancellation and a wake callback; independent of the
//! window.
//!
//! A panicking job becomes an error and never ends the program. Dropping a handle cancels its job.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

/// Reason for a call of [`Wake`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Progress has increased.
    Progress,
    /// The job has ended and its result is available.
    Ended,
}

/// Callback that is invoked on the job's thread.
pub type Wake = Arc<dyn Fn(News) + Send + Sync>;

/// Number of progress steps that wake the waiting side; finer ones would only repaint an unchanged bar.
const PROGRESS_STEPS: f32 = 200.0;

/// Reason why a job has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// The job was canceled.
    #[error("{name} was canceled")]
    Canceled {
        /// The job's name.
        name: String,
    },
    /// The job panicked.
    #[error("{name} failed because of a bug in Tieline: {message}")]
    Panicked {
        /// The job's name.
        name: String,
        /// The panic message.
        message: String,
    },
    /// The thread could not be started.
    #[error("{name} could not start: {message}")]
    NotStarted {
        /// The job's name.
        name: String,
        /// The message of the operating system.
        message: String,
    },
}

/// State shared by a job and its handle.
#[derive(Default)]
struct TaskState {
    /// Progress in steps, from 0 to [`PROGRESS_STEPS`].
    progress: AtomicU32,
    /// [`OPEN`], [`CANCELED`] or [`SEALED`]; leaves `OPEN` once and never returns.
    state: AtomicU8,
}

/// Running, can still be canceled.
const OPEN: u8 = 0;
const CANCELED: u8 = 1;
/// Past the point of no return, can't be canceled.
const SEALED: u8 = 2;

impl TaskState {
    /// Changes from open to `state`; returns whether the job is then in `state`.
    fn become_state(&self, state: u8) -> bool {
        let before = self.state.compare_exchange(OPEN, state, Ordering::AcqRel, Ordering::Acquire);
        before.is_ok() || before == Err(state)
    }

    fn is_canceled(&self) -> bool {
        self.state.load(Ordering::Acquire) == CANCELED
    }
}

/// Passed to the running job, to report progress and check for cancellation.
pub struct JobContext {
    shared: Arc<TaskState>,
    wake: Wake,
}

impl JobContext {
    /// Reports progress from 0 to 1. Progress never decreases, so reports may arrive out of order.
    pub fn report(&self, done: f32) {
        let steps = (done.clamp(0.0, 1.0) * PROGRESS_STEPS) as u32;
        if self.shared.progress.fetch_max(steps, Ordering::Relaxed) < steps {
            (self.wake)(News::Progress);
        }
    }

    /// Whether the result is no longer wanted; the job should then return immediately with any value.
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        self.shared.is_canceled()
    }

    /// Passes the point after which the job has lasting effects and can't be canceled. Returns `false` if it was
    /// already canceled; the job should then return immediately.
    #[must_use]
    pub fn seal(&self) -> bool {
        self.shared.become_state(SEALED)
    }
}

/// Handle of a started job. Dropping it cancels the job.
pub struct JobHandle<T> {
    name: String,
    shared: Arc<TaskState>,
    result: Receiver<Result<T, JobError>>,
}

impl<T> JobHandle<T> {
    /// Returns the display name, such as "Laying out".
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the progress from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        self.shared.progress.load(Ordering::Relaxed) as f32 / PROGRESS_STEPS
    }

    /// Requests cancellation. Returns `true` if the job is canceled and will yield [`JobError::Canceled`], `false` if
    /// it is already past the point of no return and will yield its result.
    #[must_use]
    pub fn cancel(&self) -> bool {
        self.shared.become_state(CANCELED)
    }

    /// Returns the result once, as soon as it is available; `None` before and after.
    #[must_use]
    pub fn poll(&self) -> Option<Result<T, JobError>> {
        match self.result.try_recv() {
            Ok(result) => Some(self.or_canceled(result)),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => None,
        }
    }

    /// Blocks until the result is available.
    ///
    /// # Errors
    ///
    /// If the job was canceled, panicked or could not start.
    pub fn wait(self) -> Result<T, JobError> {
        let result = self.result.recv().unwrap_or_else(|_| {
            Err(JobError::Panicked { name: self.name.clone(), message: "it ended unexpectedly".to_owned() })
        });
        self.or_canceled(result)
    }

    fn or_canceled(&self, result: Result<T, JobError>) -> Result<T, JobError> {
        if self.shared.is_canceled() {
            return Err(JobError::Canceled { name: self.name.clone() });
        }
        result
    }
}

impl<T> Drop for JobHandle<T> {
    fn drop(&mut self) {
        self.shared.become_state(CANCELED);
    }
}

/// Runs a closure on its own thread. `wake` is called at each visible step of progress and at the end.
#[must_use]
pub fn start_job<T: Send + 'static>(
    name: &str,
    wake: Wake,
    run: impl FnOnce(&JobContext) -> T + Send + 'static,
) -> JobHandle<T> {
    let shared = Arc::new(TaskState::default());
    let (sender, result) = channel();
    let handle = JobHandle { name: name.to_owned(), shared: Arc::clone(&shared), result };
    let context = JobContext { shared, wake };
    let (job_name, job_sender) = (name.to_owned(), sender.clone());
    let work = move || {
        // State that a panic leaves inconsistent is owned by the closure and dropped with it.
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&context)));
        let outcome = outcome.map_err(|panic| JobError::Panicked { name: job_name, message: panic_message(&*panic) });
        // Sending fails only if the handle was dropped, and then the result is not needed.
        let _ = job_sender.send(outcome);
        (context.wake)(News::Ended);
    };
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work) {
        let _ = sender.send(Err(JobError::NotStarted { name: name.to_owned(), message: error.to_string() }));
    }
    handle
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    use super::{JobError, News, Wake, start_job};

    fn no_wake() -> Wake {
        Arc::new(|_| {})
    }

    #[test]
    fn gives_its_result_once() {
        let (woken, waking) = channel();
        let job = start_job("Adding", Arc::new(move |news| woken.send(news).unwrap_or_default()), |_| 2 + 2);
        assert_eq!(waking.recv_timeout(Duration::from_secs(20)), Ok(News::Ended));
        assert_eq!(job.poll(), Some(Ok(4)));
        assert_eq!(job.poll(), None);
        assert_eq!(job.name(), "Adding");
    }

    #[test]
    fn progress_rises_and_wakes_only_when_it_shows() {
        let wakes = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&wakes);
        let (go, gone) = channel::<()>();
        let (told, telling) = channel();
        let job = start_job(
            "Counting",
            Arc::new(move |news| {
                counter.fetch_add(usize::from(news == News::Progress), Ordering::SeqCst);
            }),
            move |context| {
                for done in [0.5, 0.2, 0.5001, f32::NAN, 9.0] {
                    context.report(done);
                }
                told.send(()).expect("told");
                let _ = gone.recv();
            },
        );
        telling.recv().expect("told");
        assert!((job.progress() - 1.0).abs() < f32::EPSILON);
        assert_eq!(wakes.load(Ordering::SeqCst), 2);
        drop(go);
        assert_eq!(job.wait(), Ok(()));
    }

    #[test]
    fn a_panic_is_an_error() {
        let job = start_job("Failing", no_wake(), |_| -> u32 { panic!("a planned failure") });
        let message = "a planned failure".to_owned();
        assert_eq!(job.wait(), Err(JobError::Panicked { name: "Failing".to_owned(), message }));
    }

    #[test]
    fn a_canceled_job_ends_and_leaves_no_result() {
        let job = start_job("Waiting", no_wake(), |context| {
            while !context.is_canceled() {
                std::thread::sleep(Duration::from_millis(1));
            }
            7
        });
        assert_eq!(job.poll(), None);
        assert!(job.cancel());
        assert_eq!(job.wait(), Err(JobError::Canceled { name: "Waiting".to_owned() }));
    }

    #[test]
    fn a_job_is_either_canceled_or_sealed() {
        let (sealed, sealing) = channel();
        let (go, gone) = channel::<()>();
        let job = start_job("Writing", no_wake(), move |context| {
            sealed.send(context.seal()).expect("told");
            let _ = gone.recv();
            context.is_canceled()
        });
        assert_eq!(sealing.recv(), Ok(true));
        assert!(!job.cancel(), "it comes too late");
        drop(go);
        assert_eq!(job.wait(), Ok(false));

        let (go, gone) = channel::<()>();
        let (sealed, sealing) = channel();
        let job = start_job("Waiting", no_wake(), move |context| {
            let _ = gone.recv();
            sealed.send(context.seal()).expect("told");
        });
        assert!(job.cancel());
        drop(go);
        assert_eq!(sealing.recv(), Ok(false));
    }

    #[test]
    fn dropping_the_handle_cancels() {
        let (ended, ending) = channel();
        let job = start_job("Forgotten", no_wake(), move |context| {
            let begun = Instant::now();
            while !context.is_canceled() && begun.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(1));
            }
            let _ = ended.send(context.is_canceled());
        });
        drop(job);
        assert_eq!(ending.recv_timeout(Duration::from_secs(30)), Ok(true));
    }
}
