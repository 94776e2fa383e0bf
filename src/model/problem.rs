//! What is wrong with a file, where, and how to mend it.

use std::sync::Arc;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was changed.
    Remark,
    /// Probably a mistake; the data are used as they stand.
    Warning,
    /// Something could not be used, and was left out or repaired.
    Error,
}

/// A place in a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// Where in the file; none if it concerns the whole.
    pub place: Option<Place>,
    /// The field as a path, such as `ties[3].evidence[0].source`; empty if it concerns the whole.
    pub field: String,
    /// What is wrong, starting in lower case, without a full stop.
    pub message: String,
    /// How to mend it, with "did you mean" where a close word is known.
    pub remedy: Option<String>,
}
