//! The reasons why a file can't be opened.

use std::path::PathBuf;
use std::sync::Arc;

/// The error of a file that can't be opened as a map, in one sentence with a remedy.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file can't be read from the disk.
    #[error("could not read “{}”: {source}; check the path and its permissions", path.display())]
    Read {
        /// The path of the file.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The path is not a file.
    #[error("could not read “{}”: it is not a file; choose a file that ends in .tieline.json or .tieline.jsonc", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The load was canceled.
    #[error("opening was canceled")]
    Canceled,
    /// The file has no text.
    #[error(
        "could not open “{file}”: it is empty; restore it from a backup, or start a map with {{ \"format\": \"tieline\", \"version\": \"1.0\" }}"
    )]
    Empty {
        /// The file's name.
        file: Arc<str>,
    },
    /// The records that were read don't form a valid map, which would be a bug in this program.
    #[error("could not open “{file}”: {fault}; this is a bug in Tieline, please report it with the file")]
    Unsound {
        /// The file's name.
        file: Arc<str>,
        /// The violated rule.
        fault: crate::model::MapError,
    },
    /// A graph has nothing that a map shows.
    #[error(
        "could not open “{file}”: the graph in it has no actors{}; check that it is the right file",
        reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default()
    )]
    EmptyGraph {
        /// The file's name.
        file: Arc<str>,
        /// The first problem.
        reason: Option<String>,
    },
    /// No table has anything that a map shows.
    #[error(
        "could not open “{file}”: no column says who is tied to whom, or names actors{}; name its columns From and To, or Name",
        reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default()
    )]
    NothingToImport {
        /// The file's name.
        file: Arc<str>,
        /// The first problem.
        reason: Option<String>,
    },
    /// The actors of one side of a table share too much.
    #[error(
        "could not project “{file}”: it makes more than {limit} ties, as {members} actors share “{shared}”; leave such actors out, or import without a projection"
    )]
    TooManyShared {
        /// The file's name.
        file: Arc<str>,
        /// The maximum number of ties.
        limit: String,
        /// The actor that most others share.
        shared: String,
        /// The number of actors that share it.
        members: usize,
    },
    /// A table that a map was made of lacks a column that it had.
    #[error(
        "could not update from “{table}”: it no longer has a column “{column}”; restore its heading, or make a map from the new table"
    )]
    ColumnGone {
        /// The table.
        table: String,
        /// The heading of the column.
        column: String,
    },
    /// A map was made of what the actors of a table share, so its ties have no rows of their own.
    #[error(
        "could not update from “{file}”: the map shows what actors share in it, not its rows; project the new table into a map of its own"
    )]
    Projected {
        /// The file's name.
        file: Arc<str>,
    },
    /// A table that a map was made of is not in its file any more.
    #[error("could not update from “{table}”: the file no longer has this table; give the table its former name")]
    TableGone {
        /// The table.
        table: String,
    },
    /// No table can be read from the file.
    #[error("{message}")]
    NoTables {
        /// The sentence that says why, with the name of the file and a remedy.
        message: String,
    },
    /// The file exceeds the maximum size.
    #[error("could not open “{file}”: it is larger than 1 GiB; split the map")]
    TooLarge {
        /// The file's name.
        file: Arc<str>,
    },
    /// The file has another format.
    #[error(
        "could not open “{file}”: it seems to be {seems}, not a Tieline map; choose a file that ends in .tieline.json or .tieline.jsonc"
    )]
    NotAMap {
        /// The file's name.
        file: Arc<str>,
        /// The name of the detected format, with its article.
        seems: String,
    },
    /// The file is JSON so broken that no part of a map can be found in it.
    #[error("could not open “{file}”: line {line}, column {column}: {message}, and the rest contains no map; {remedy}")]
    Broken {
        /// The file's name.
        file: Arc<str>,
        /// Line of the first fault, from 1.
        line: u32,
        /// Column of the first fault in characters, from 1.
        column: u32,
        /// The first fault.
        message: String,
        /// The remedy.
        remedy: String,
    },
}

impl LoadError {
    /// Returns whether the file could not be read at all, regardless of its contents.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Read { .. } | Self::NotAFile { .. })
    }

    pub(super) fn of_table(error: &super::table::TableError) -> Self {
        match error {
            super::table::TableError::Canceled => Self::Canceled,
            super::table::TableError::Refused { .. } => Self::NoTables { message: error.to_string() },
        }
    }

    pub(super) fn not_a_map(file: &Arc<str>, seems: &str) -> Self {
        Self::NotAMap { file: Arc::clone(file), seems: seems.to_owned() }
    }
}
