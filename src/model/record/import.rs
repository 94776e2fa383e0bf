//! Provenance of records: imported tables and their rows. Not evidence.

use crate::model::{Date, ImportId, Key, OwnFields, RawJson, SourceId};

/// An imported table, from which records were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// Its id in the file.
    pub key: Key,
    /// File name of the table, or name of the database, without its folder.
    pub file: Option<String>,
    /// Name of the sheet, if the file has several.
    pub sheet: Option<String>,
    /// The statement that a database answered; `None` for files. Its parameter `:actor` stands for the id of an actor.
    pub query: Option<String>,
    /// SHA-256 hash of the imported bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// Date of the import.
    pub read: Option<Date>,
    /// The source that represents the table, if it is cited.
    pub source: Option<SourceId>,
    /// Columns that identify a row; if empty, its ends, kind and date do, else its number.
    pub columns: Vec<String>,
    /// Rows whose records were deleted by hand: their keys, or words that tell them where rows have no keys.
    pub gone: Vec<String>,
    /// Mapping from columns to fields.
    pub recipe: Option<RawJson>,
    /// Fields outside the format.
    pub own: OwnFields,
}

/// The rows of an imported table that a record was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// The table.
    pub import: ImportId,
    /// The keys of the rows.
    pub keys: Vec<String>,
    /// Table values of fields that were edited by hand since, by field name; empty if there was none.
    pub was: Vec<(String, String)>,
    /// Fields outside the format.
    pub own: OwnFields,
}
