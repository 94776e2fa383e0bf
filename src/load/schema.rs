//! The JSON Schema of the map file, generated from the record structs, for completion and validation in editors.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::records::FileRecord;

/// Returns the JSON Schema of the map file (draft 2020-12).
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<FileRecord>();
    schema.insert("title".to_owned(), "Tieline map, version 1".into());
    schema.to_value()
}
