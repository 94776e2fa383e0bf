//! Where records came from: the tables that they were made from, and their rows there. No evidence.

use crate::model::{Date, ImportId, Key, OwnFields, RawJson, SourceId};

/// A table that records were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// Its id in the file.
    pub key: Key,
    /// The name of the table's file, without its folder.
    pub file: Option<String>,
    /// The sheet, where the file has several.
    pub sheet: Option<String>,
    /// The hash of the bytes that were read, in hexadecimal digits.
    pub sha256: Option<String>,
    /// When it was read.
    pub read: Option<Date>,
    /// The source, where the table itself is cited.
    pub source: Option<SourceId>,
    /// The columns that tell one row from another; if empty, ends, kind and date do, then the row's number.
    pub columns: Vec<String>,
    /// The keys of rows whose records were deleted by hand.
    pub gone: Vec<String>,
    /// How columns become fields.
    pub recipe: Option<RawJson>,
    /// What the format does not have.
    pub own: OwnFields,
}

/// The row or rows of a table that a record was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// The table.
    pub import: ImportId,
    /// The keys of the rows.
    pub keys: Vec<String>,
    /// What the table says of fields that were changed by hand since, by the name of the field.
    pub was: Vec<(String, String)>,
    /// What the format does not have.
    pub own: OwnFields,
}
