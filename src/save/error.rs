//! Errors of saving.

use std::path::{Path, PathBuf};

use crate::jsonc::Overlap;

/// An error of saving; unless it says otherwise, the file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The map has no file yet.
    #[error("could not save the map: it has no file yet; choose one with Save as")]
    NoPath,
    /// The file is read-only.
    #[error("could not save “{}”: {reason}; save under another name", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Reason.
        reason: String,
    },
    /// The map was imported from this file.
    #[error("could not save “{}”: the map was imported from it, and Tieline does not save maps as {format}; save under another name", path.display())]
    Imported {
        /// The file.
        path: PathBuf,
        /// Name of its format, with article.
        format: &'static str,
    },
    /// The file has been changed on disk since it was opened.
    #[error("could not save “{}”: it has changed on disk since it was opened; reload or overwrite it", path.display())]
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// The folder doesn't exist.
    #[error("could not save “{}”: the folder “{}” does not exist; create it, or save elsewhere", path.display(), folder.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The missing folder.
        folder: PathBuf,
    },
    /// The path exists and can't be written as a file.
    #[error("could not save “{}”: it is {found}; choose a file name", path.display())]
    NotAFile {
        /// The requested path.
        path: PathBuf,
        /// Kind of the existing item, with article.
        found: &'static str,
    },
    /// Two paths refer to the same file.
    #[error("could not save “{}”: it is {}; choose another file", path.display(), same_words(path, other))]
    SameFile {
        /// The requested path.
        path: PathBuf,
        /// The other path, which is read or also written.
        other: PathBuf,
    },
    /// A file has the name of one that is written beside the one that was named.
    #[error("could not save “{}”: another file has this name; rename that file, or choose another name for the picture", path.display())]
    Occupied {
        /// What was to be written.
        path: PathBuf,
    },
    /// Writing to a device or pipe failed.
    #[error("could not write to “{}”: {source}; check the program that reads from it, or choose a file", path.display())]
    Stream {
        /// The device or pipe.
        path: PathBuf,
        /// Error from the system.
        source: std::io::Error,
    },
    /// A step of writing failed.
    #[error("could not save “{}”: {step} failed: {source}; {remedy}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Description of the step.
        step: &'static str,
        /// Error from the system.
        source: std::io::Error,
        /// State of the file on disk, and advice.
        remedy: &'static str,
    },
    /// Two edits of the text overlap.
    #[error(
        "could not save the map: two changes affect the same part of its text; this is a bug in Tieline, please report it"
    )]
    Overlap,
    /// The text to be saved doesn't open as the same map.
    #[error(
        "could not save the map: the changed text would not open as the same map; save under another name and report this bug"
    )]
    NotTheSame,
}

impl SaveError {
    /// Returns the error of the system without the path and the remedy, for files that users don't know by name.
    pub(crate) fn into_cause(self) -> std::io::Error {
        match self {
            Self::Write { source, .. } | Self::Stream { source, .. } => source,
            other => std::io::Error::other(other),
        }
    }
}

impl From<Overlap> for SaveError {
    fn from(_: Overlap) -> Self {
        Self::Overlap
    }
}

fn same_words(path: &Path, other: &Path) -> String {
    if path == other { "given twice".to_owned() } else { format!("the same file as “{}”", other.display()) }
}

/// Advice while the old file is still in place.
pub(super) const UNTOUCHED: &str =
    "the file is unchanged; check free space and permissions, then try again or save elsewhere";

/// Returns the error of a step that the system refused.
pub(super) fn failure(path: &Path, step: &'static str, source: std::io::Error, remedy: &'static str) -> SaveError {
    SaveError::Write { path: path.to_owned(), step, source, remedy }
}
