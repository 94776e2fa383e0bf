//! Saving the map: small ones immediately, large ones by a job while editing continues. Changes made meanwhile stay
//! unsaved, and the map isn't closed before it is on disk.

use std::path::PathBuf;

use crate::save::SaveError;

use crate::app::ask::question::{Next, SaveRequest};
use crate::app::flow::task::Task;
use crate::app::session::Written;

/// Maps whose files have at most this many bytes are saved within a frame.
pub(crate) const SAVED_AT_ONCE: usize = 1 << 20;

/// The approximate fraction of the work spent on building the text; the rest is disk access.
pub(crate) const TEXT_SHARE: f32 = 0.8;

/// The result of a save; `None` if it was canceled.
pub(crate) type SaveOutcome = Option<Result<Written, SaveError>>;

/// A map being saved.
pub(crate) struct Saving {
    pub(crate) path: PathBuf,
    /// The latest save request that arrived meanwhile.
    pub(crate) again: Option<SaveRequest>,
    /// The follow-up action once everything is saved.
    pub(crate) then: Option<Next>,
    pub(crate) task: Task<SaveOutcome>,
}

impl Saving {
    /// Returns the follow-up actions that wait for the save, and for the one after it.
    pub(crate) fn follow_ups(&self) -> impl Iterator<Item = Next> {
        self.then.into_iter().chain(self.again.iter().filter_map(|again| again.then))
    }

    /// The job behind it.
    pub(crate) fn task(&self) -> &Task<SaveOutcome> {
        &self.task
    }
}

#[cfg(test)]
mod tests;
