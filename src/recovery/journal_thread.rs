//! The background thread that writes the journal with a short delay; the caller only hands over the latest state.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::document::journal::JournalChange;
use crate::jobs::{JobError, JobHandle, News, start_job};

use super::folder::FoundJournal;
use super::own_journal::OwnJournal;
use super::unsaved::Unsaved;

/// The maximum delay before a change is written; later changes in this time are written together with it.
pub const WRITE_DELAY: Duration = Duration::from_secs(1);

/// The delay before a failed write is repeated, unless a change comes first.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// The maximum time to wait for the last write when the program ends.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Recovered journals, to be removed once their changes are in this program's journal.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    journals: Vec<FoundJournal>,
    left_out: Vec<JournalChange>,
}

/// Writes unsaved changes to a journal. Dropping it writes the latest changes and keeps the journal.
pub struct JournalThread {
    shared: Arc<SharedMailbox>,
    /// The thread; waiting for it is limited to [`SHUTDOWN_TIMEOUT`].
    job: JobHandle<()>,
}

/// A cloneable handle to wait for the journal from any thread.
#[derive(Clone)]
pub struct Flusher(Arc<SharedMailbox>);

#[derive(Default)]
struct SharedMailbox {
    mailbox: Mutex<Mailbox>,
    /// Notified when something was put into the mailbox.
    has_news: Condvar,
    /// Notified when a write has succeeded or failed.
    has_written: Condvar,
}

/// The state shared between the window and the thread.
#[derive(Default)]
struct Mailbox {
    latest: Option<Unsaved>,
    recovered: Recovered,
    /// When `latest` must be written.
    due: Option<Instant>,
    /// The hash of the bytes that the file is about to get.
    announced: Option<String>,
    /// The number of states put into the mailbox; `handled` of them are written or failed.
    left: u64,
    handled: u64,
    trouble: Option<String>,
    end: Option<End>,
    has_ended: bool,
}

/// What the thread does next.
struct JournalWork {
    /// The state to write, its number, and the journals that it was recovered from.
    state: Option<(Unsaved, u64, Recovered)>,
    /// The hash of the bytes that the file is about to get.
    announced: Option<String>,
}

impl Mailbox {
    fn take_work(&mut self) -> JournalWork {
        self.due = None;
        let left = self.left;
        let state = self.latest.take().map(|unsaved| (unsaved, left, std::mem::take(&mut self.recovered)));
        JournalWork { state, announced: self.announced.clone() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Keep,
    Remove,
}

impl JournalThread {
    /// Starts the thread for a folder, which is created on the first write. A change is written after the delay `after`
    /// at the latest. `wake` is called when there is [trouble](Self::take_trouble).
    #[must_use]
    pub fn start(folder: PathBuf, after: Duration, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let shared = Arc::new(SharedMailbox::default());
        let (mailbox, job_wake) = (Arc::clone(&shared), Arc::clone(&wake));
        let job_news = move |news| {
            if news == News::Ended {
                job_wake();
            }
        };
        let job = start_job("Keeping unsaved changes", Arc::new(job_news), move |_| {
            let _ends = SaysWhenItEnds(&mailbox);
            BatchWriter { shared: &mailbox, own: OwnJournal::new(folder), after, wake }.run();
        });
        Self { shared, job }
    }

    /// Hands over the latest state. If nothing is unsaved, the journal is removed. An urgent state is written
    /// immediately.
    pub fn keep(&self, unsaved: Unsaved, is_urgent: bool) {
        self.shared.leave(|mailbox| {
            mailbox.latest = Some(unsaved);
            mailbox.left += 1;
            if is_urgent {
                mailbox.due = Some(Instant::now());
            }
        });
    }

    /// Hands over a state recovered from an earlier journal, which is removed once the state is written. Changes that
    /// didn't fit (`left_out`) are kept in the new journal.
    pub fn keep_recovered(&self, unsaved: Unsaved, journal: FoundJournal, left_out: Vec<JournalChange>) {
        self.shared.leave(|mailbox| {
            mailbox.recovered.journals.push(journal);
            mailbox.recovered.left_out.extend(left_out);
            mailbox.latest = Some(unsaved);
            mailbox.left += 1;
            mailbox.due = Some(Instant::now());
        });
    }

    /// Takes the error if the journal can't be written; reported once for each series of failures.
    #[must_use]
    pub fn take_trouble(&self) -> Option<String> {
        if let Some(Err(JobError::Panicked { message, .. } | JobError::NotStarted { message, .. })) = self.job.poll() {
            return Some(message);
        }
        self.shared.mailbox().trouble.take()
    }

    /// Returns a handle to wait for the journal.
    #[must_use]
    pub fn flusher(&self) -> Flusher {
        Flusher(Arc::clone(&self.shared))
    }

    /// Ends the thread and removes the journal because everything is saved or discarded. Waits for a limited time.
    pub fn end_without(self) {
        self.shared.leave(|mailbox| mailbox.end = Some(End::Remove));
        self.shared.wait(SHUTDOWN_TIMEOUT, |mailbox| mailbox.has_ended);
    }
}

impl Drop for JournalThread {
    fn drop(&mut self) {
        self.shared.leave(|mailbox| {
            mailbox.end.get_or_insert(End::Keep);
        });
        self.shared.wait(SHUTDOWN_TIMEOUT, |mailbox| mailbox.has_ended);
    }
}

impl Flusher {
    /// Writes the latest state immediately. Returns whether the write was attempted within this time, successfully or
    /// not.
    #[must_use]
    pub fn flush(&self, within: Duration) -> bool {
        self.0.leave(|mailbox| {
            if mailbox.handled < mailbox.left {
                mailbox.due = Some(Instant::now());
            }
        });
        let wanted = self.0.mailbox().left;
        self.0.wait(within, |mailbox| mailbox.handled >= wanted || mailbox.has_ended)
    }
}

impl Flusher {
    /// Writes the latest state and that the file is about to get the bytes with this hash, so that a journal that a kill
    /// leaves behind right after the save is not taken for newer than the file. Returns whether that was attempted
    /// within this time, successfully or not.
    #[must_use]
    pub fn announce(&self, hash: String, within: Duration) -> bool {
        self.0.leave(|mailbox| mailbox.announced = Some(hash));
        self.0.wait(within, |mailbox| mailbox.announced.is_none() || mailbox.has_ended)
    }
}

impl SharedMailbox {
    /// A panic while the mailbox is locked can't leave it inconsistent, so poisoning is ignored.
    fn mailbox(&self) -> MutexGuard<'_, Mailbox> {
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave(&self, change: impl FnOnce(&mut Mailbox)) {
        change(&mut self.mailbox());
        self.has_news.notify_all();
    }

    /// Waits until a condition holds or time runs out; returns whether it holds.
    fn wait(&self, within: Duration, holds: impl Fn(&Mailbox) -> bool) -> bool {
        let waited = self.has_written.wait_timeout_while(self.mailbox(), within, |mailbox| !holds(mailbox));
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

/// Notifies waiting threads when the thread ends, even by a panic.
struct SaysWhenItEnds<'a>(&'a SharedMailbox);

impl Drop for SaysWhenItEnds<'_> {
    fn drop(&mut self) {
        self.0.mailbox().has_ended = true;
        self.0.has_written.notify_all();
    }
}

struct BatchWriter<'a> {
    shared: &'a SharedMailbox,
    own: OwnJournal,
    after: Duration,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl BatchWriter<'_> {
    fn run(mut self) {
        let mut is_in_trouble = false;
        while let Some(work) = self.next() {
            if let Some((unsaved, left, recovered)) = work.state {
                self.write(unsaved, left, recovered, &mut is_in_trouble);
            }
            if let Some(hash) = work.announced {
                let announced = self.own.announce(&hash);
                let _ = announced.inspect_err(|error| tracing::warn!("a save was not announced: {error}"));
                self.shared.mailbox().announced.take_if(|now| *now == hash);
            }
            self.shared.has_written.notify_all();
        }
        let mut mailbox = self.shared.mailbox();
        if mailbox.end == Some(End::Remove) {
            let recovered = std::mem::take(&mut mailbox.recovered);
            drop(mailbox);
            remove_all(recovered.journals);
            let left = self.own.leave();
            let _ = left.inspect_err(|error| tracing::warn!("the recovery file was not removed: {error}"));
        }
    }

    fn write(&mut self, unsaved: Unsaved, left: u64, recovered: Recovered, is_in_trouble: &mut bool) {
        self.own.carry(recovered.left_out);
        match self.own.write(&unsaved) {
            Ok(()) => {
                *is_in_trouble = false;
                remove_all(recovered.journals);
                self.shared.mailbox().handled = left;
            }
            Err(error) => {
                let mut mailbox = self.shared.mailbox();
                mailbox.handled = left;
                // The recovered journals are kept until a write succeeds.
                mailbox.recovered.journals.extend(recovered.journals);
                if mailbox.end.is_none() {
                    mailbox.latest.get_or_insert(unsaved);
                    mailbox.due = Some(Instant::now() + RETRY_DELAY);
                }
                if !std::mem::replace(is_in_trouble, true) {
                    mailbox.trouble = Some(error.to_string());
                    drop(mailbox);
                    (self.wake)();
                }
            }
        }
    }

    /// Waits for the next state that is due or save that is announced; `None` at the end.
    fn next(&mut self) -> Option<JournalWork> {
        let mut mailbox = self.shared.mailbox();
        loop {
            let now = Instant::now();
            if mailbox.announced.is_some() && mailbox.end.is_none() {
                return Some(mailbox.take_work());
            }
            if mailbox.end == Some(End::Remove) || (mailbox.end.is_some() && mailbox.latest.is_none()) {
                return None;
            }
            if mailbox.latest.is_none() {
                mailbox.due = None;
                mailbox = self.shared.has_news.wait(mailbox).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let due = *mailbox.due.get_or_insert(now + self.after);
            if due <= now || mailbox.end.is_some() {
                return Some(mailbox.take_work());
            }
            let waited = self.shared.has_news.wait_timeout(mailbox, due - now);
            mailbox = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

fn remove_all(journals: Vec<FoundJournal>) {
    for journal in journals {
        if let Err(error) = journal.remove() {
            tracing::warn!("{} was not removed: {error}", journal.path().display());
        }
    }
}
