//! Reading map files: small ones immediately, large ones by a job. The open map stays usable until a file has been
//! read, and only then is the user asked about its unsaved changes. Only one file is read at a time; opening another
//! cancels the first.

use crate::load::LoadError;

use crate::app::flow::task::Task;
use crate::app::session::Session;

/// Files of at most this many bytes are read within a frame.
pub(crate) const READ_AT_ONCE: u64 = 1 << 20;

/// The reason for reading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The user chose it.
    Open,
    /// It was open when the program was last closed.
    Restore,
    /// It is the open file and has changed on disk.
    Reload,
}

/// A file being read.
pub(crate) struct Opening {
    pub(crate) purpose: Purpose,
    pub(crate) task: Task<Result<Session, LoadError>>,
}

impl Opening {
    pub(crate) fn task(&self) -> &Task<Result<Session, LoadError>> {
        &self.task
    }
}
