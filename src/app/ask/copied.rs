//! The records that were copied last.

use crate::document::edit::Fragment;

/// Copied records, kept until others are copied.
pub(crate) struct CopiedRecords {
    pub(crate) fragment: Fragment,
    /// What was put on the clipboard for other programs; while it is there, the records are what is pasted.
    pub(crate) text: String,
    /// Whether another map has been opened since.
    pub(crate) is_of_other_map: bool,
}
