//! Saving the map: small ones immediately, large ones by a job while editing continues. Changes made meanwhile stay
//! unsaved, and the map isn't closed before it is on disk.

use std::path::PathBuf;

use crate::save::{IfChanged, SaveError};

use crate::app::flow::task::Task;
use crate::app::session::Written;

/// Maps whose files have at most this many bytes are saved within a frame.
pub(crate) const SAVED_AT_ONCE: usize = 1 << 20;

/// The approximate fraction of the work spent on building the text; the rest is disk access.
pub(crate) const TEXT_SHARE: f32 = 0.8;

/// The result of a save; `None` if it was canceled.
pub(crate) type Outcome = Option<Result<Written, SaveError>>;

/// A map being saved.
pub(crate) struct Saving {
    pub(crate) path: PathBuf,
    /// Another wish to save, which came meanwhile.
    pub(crate) again: Option<(PathBuf, IfChanged)>,
    pub(crate) task: Task<Outcome>,
}

impl Saving {
    /// The job behind it.
    pub(crate) fn task(&self) -> &Task<Outcome> {
        &self.task
    }
}

#[cfg(test)]
mod tests;
