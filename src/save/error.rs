//! Why a map was not saved.

use std::path::PathBuf;

/// A map that was not saved; the file is what it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The map has no file yet.
    #[error("could not save the map: it has no file yet; choose one with Save as")]
    NoPath,
    /// The file must not be written.
    #[error("could not save `{}`: {reason}; save under another name", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Someone else changed the file since it was opened.
    #[error("could not save `{}`: it was changed on the disk since it was opened; reload it, or save over it", path.display())]
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// There is no such folder.
    #[error("could not save `{}`: there is no folder `{}`; make it, or save elsewhere", path.display(), folder.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The folder that it was to go into.
        folder: PathBuf,
    },
    /// The system refused a step.
    #[error("could not save `{}`: {step} failed: {source}; {remedy}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What was tried.
        step: &'static str,
        /// What the system says.
        source: std::io::Error,
        /// What the file on the disk is now, and what to do.
        remedy: &'static str,
    },
    /// The text that would be saved does not open as the same map.
    #[error(
        "could not save the map: the changed text would not open as the same map; save under another name and report this"
    )]
    NotTheSame,
}
