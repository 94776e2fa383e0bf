//! Saving the map: small ones at once, large ones by a job, while the map can be worked on. What is done meanwhile
//! stays unsaved, and nothing leaves the map before it is on the disk.

use std::path::PathBuf;

use crate::save::SaveError;

use crate::app::ask::question::{Next, SaveRequest};
use crate::app::flow::task::Task;
use crate::app::session::Written;

/// Maps whose files have up to this many bytes are saved within a frame.
pub(crate) const SAVED_AT_ONCE: usize = 1 << 20;

/// About how much of the work is the text; the rest is the disk's.
pub(crate) const TEXT_SHARE: f32 = 0.8;

/// What comes out: nothing when it was canceled.
pub(crate) type SaveOutcome = Option<Result<Written, SaveError>>;

/// A map that is being saved.
pub(crate) struct Saving {
    pub(crate) path: PathBuf,
    /// Another wish to save, which came meanwhile.
    pub(crate) again: Option<SaveRequest>,
    /// The follow-up action once all is saved.
    pub(crate) then: Option<Next>,
    pub(crate) task: Task<SaveOutcome>,
}

impl Saving {
    /// Returns the follow-up actions that wait for the save, and for the one after it.
    pub(crate) fn follow_ups(&self) -> impl Iterator<Item = &Next> {
        self.then.iter().chain(self.again.iter().filter_map(|again| again.then.as_ref()))
    }

    /// The job behind it.
    pub(crate) fn task(&self) -> &Task<SaveOutcome> {
        &self.task
    }
}

#[cfg(test)]
mod tests;
