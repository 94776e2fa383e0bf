//! Why a map was not saved.

use std::path::{Path, PathBuf};

use crate::jsonc::Overlap;

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
    /// It is what the map was imported from.
    #[error("could not save `{}`: the map was imported from it, and it stays {format}; save under another name", path.display())]
    Imported {
        /// The file.
        path: PathBuf,
        /// The name of its format, with the article.
        format: &'static str,
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
    /// There is something that can't take a file.
    #[error("could not save `{}`: it is {found}; give the name of a file", path.display())]
    NotAFile {
        /// What was to be written.
        path: PathBuf,
        /// What is there, with its article.
        found: &'static str,
    },
    /// Two names are one file.
    #[error("could not save `{}`: it is {}; name another file to write", path.display(), same_words(path, other))]
    SameFile {
        /// What was to be written.
        path: PathBuf,
        /// What is read, or written too.
        other: PathBuf,
    },
    /// A device or a pipe did not take what was to be written to it.
    #[error("could not write to `{}`: {source}; see to what takes its data, or name a file", path.display())]
    Stream {
        /// The device or pipe.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
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
    /// Two changes of the text overlap.
    #[error("could not save the map: two changes touch the same part of its text; report this")]
    Overlap,
    /// The text that would be saved does not open as the same map.
    #[error(
        "could not save the map: the changed text would not open as the same map; save under another name and report this"
    )]
    NotTheSame,
}

impl From<Overlap> for SaveError {
    fn from(_: Overlap) -> Self {
        Self::Overlap
    }
}

fn same_words(path: &Path, other: &Path) -> String {
    if path == other { "named twice".to_owned() } else { format!("the same file as `{}`", other.display()) }
}

/// What to tell while the old file is still in place.
pub(super) const UNTOUCHED: &str =
    "the file is as it was; free space or rights may be missing, so try again or save elsewhere";

/// Returns the error of a step that the system refused.
pub(super) fn failure(path: &Path, step: &'static str, source: std::io::Error, remedy: &'static str) -> SaveError {
    SaveError::Write { path: path.to_owned(), step, source, remedy }
}
