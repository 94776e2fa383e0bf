//! The records that link a map to its source tables, and the checks by reviewers.

use serde::de::{IgnoredAny, MapAccess};

use super::declare::{Extra, FieldSlot, record};
use super::value::{JsonText, List, Raw};
use crate::load::loose::{Entries, FromJson, Loose, Name};

record! {
    /// A table that records were made from.
    ImportRecord, ImportJson "Import" requires ["id", "file"] {
        /// Its id, unique in the file.
        id: "id" as Loose<JsonText<'a>>,
        /// Name of the table's file, without its folder, or of its database.
        file: "file" as Loose<JsonText<'a>>,
        /// Name of the sheet, where a file has several.
        sheet: "sheet" as Loose<JsonText<'a>>,
        /// The statement that a database answered with the rows, never with a password. It is never run automatically.
        query: "query" as Loose<JsonText<'a>>,
        /// Hash of the bytes that were read.
        #[schemars(with = "Option<super::value_schema::Sha256>")]
        sha256: "sha256" as Loose<JsonText<'a>>,
        /// When it was read (EDTF).
        read: "read" as Loose<JsonText<'a>>,
        /// Id of the source, where the table itself is cited.
        source: "source" as Loose<JsonText<'a>>,
        /// Names of the columns that tell one row from another; if absent, ends, kind and date do, then the row's number.
        key: "key" as Loose<List<JsonText<'a>>>,
        /// Rows whose records were deleted by hand: their keys, or words such as "tie A → B, loan, 2020" and "actor A" where rows
        /// have no keys.
        gone: "gone" as Loose<List<JsonText<'a>>>,
        /// How columns become fields.
        #[schemars(with = "Option<super::value_schema::Anything>")]
        recipe: "recipe" as Raw<'a>,
    }
}

record! {
    /// The row or rows of a table that a record was made from: no evidence.
    RowRecord, RowJson "Row" requires ["import"] {
        /// Id of the import.
        import: "import" as Loose<JsonText<'a>>,
        /// Keys of the rows.
        keys: "keys" as Loose<List<JsonText<'a>>>,
        /// What the table says of fields that were changed by hand since, by the name of the field: text as it is, other values as
        /// JSON, nothing as an empty text.
        was: "was" as Loose<Entries<'a, JsonText<'a>>>,
    }
}

record! {
    /// That someone compared a field with its sources.
    CheckRecord, CheckJson "Check" requires ["field", "result"] {
        /// Name of the field.
        field: "field" as Loose<JsonText<'a>>,
        /// What came out: "ok", "wrong" or "unclear".
        #[schemars(with = "super::value_schema::ResultWord")]
        result: "result" as Loose<JsonText<'a>>,
        /// Who checked it.
        by: "by" as Loose<JsonText<'a>>,
        /// When (EDTF).
        on: "on" as Loose<JsonText<'a>>,
        /// A remark.
        note: "note" as Loose<JsonText<'a>>,
        /// Hash of the value that was checked, so that a later change shows.
        value: "value" as Loose<JsonText<'a>>,
    }
}
