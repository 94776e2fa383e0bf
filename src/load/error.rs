//! Why a file does not open at all.

use std::path::PathBuf;
use std::sync::Arc;

/// A file that could not be opened as a map, in one sentence with the way out of it.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be read from the disk.
    #[error("could not read `{}`: {source}; check the path and your rights to read it", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is something else than a file.
    #[error("could not read `{}`: it is not a file; choose a map that ends in .tieline.json or .tieline.jsonc", path.display())]
    NotAFile {
        /// What it is called.
        path: PathBuf,
    },
    /// Nobody waits for the map any more.
    #[error("opening was canceled")]
    Canceled,
    /// The file has no text in it.
    #[error(
        "could not open `{file}`: it is empty; restore it from a copy, or start a map with {{ \"format\": \"tieline\", \"version\": \"1.0\" }}"
    )]
    Empty {
        /// The file's name.
        file: Arc<str>,
    },
    /// The records that were read fit together badly, which would be a fault of this program.
    #[error("could not open `{file}`: {fault}; this is a fault of the program, please report it with the file")]
    Unsound {
        /// The file's name.
        file: Arc<str>,
        /// What is wrong.
        fault: crate::model::MapError,
    },
    /// The file is beyond what a map may be.
    #[error("could not open `{file}`: it is larger than 1 GiB; split the map")]
    TooLarge {
        /// The file's name.
        file: Arc<str>,
    },
    /// The file is of another kind.
    #[error(
        "could not open `{file}`: it seems to be {seems}, not a Tieline map; choose a file that ends in .tieline.json or .tieline.jsonc"
    )]
    NotAMap {
        /// The file's name.
        file: Arc<str>,
        /// What it seems to be, with its article.
        seems: String,
    },
    /// The file is JSON so broken that nothing of a map can be found in it.
    #[error(
        "could not open `{file}`: line {line}, column {column}: {message}, and no map can be found in the rest; {remedy}"
    )]
    Broken {
        /// The file's name.
        file: Arc<str>,
        /// Line of the first fault, from 1.
        line: u32,
        /// Column of the first fault in characters, from 1.
        column: u32,
        /// What is wrong there.
        message: String,
        /// How to mend it.
        remedy: String,
    },
}

impl LoadError {
    /// Whether the file could not be read at all, whatever is in it.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Read { .. } | Self::NotAFile { .. })
    }

    pub(super) fn not_a_map(file: &Arc<str>, seems: &str) -> Self {
        Self::NotAMap { file: Arc::clone(file), seems: seems.to_owned() }
    }
}
