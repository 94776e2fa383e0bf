//! Reading map files: small ones at once, large ones by a job. One file is read at a time; who asks for another
//! gives the first one up. Until a file is read, the open map stays and can be worked on.

use std::path::PathBuf;

use crate::load::LoadError;

use crate::app::flow::task::Task;
use crate::app::session::Session;

/// Files up to this many bytes are read within a frame.
pub(crate) const READ_AT_ONCE: u64 = 1 << 20;

/// Why a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A person chose it.
    Open,
    /// It was open when the program last ended.
    Restore,
    /// It is open and has changed.
    Reload,
}

/// A file that is being read.
pub(crate) struct Opening {
    pub(crate) purpose: Purpose,
    pub(crate) path: PathBuf,
    /// The revision of the open map when the file was asked for, which a person agreed to leave.
    pub(crate) left_revision: u64,
    pub(crate) task: Task<Result<Session, LoadError>>,
}

impl Opening {
    /// The job behind it.
    pub(crate) fn task(&self) -> &Task<Result<Session, LoadError>> {
        &self.task
    }
}
