//! The sources as CSL-JSON, for Zotero and other reference managers.

use serde_json::Value;

use crate::wording::csl_json;

use super::content::DataContent;
use super::{DataError, DataFile, one_file};

pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let items: Vec<Value> = content
        .map
        .source_ids()
        .flat_map(|id| serde_json::from_str::<Vec<Value>>(&csl_json(&content.map, id)).unwrap_or_default())
        .collect();
    one_file(format!("{:#}\n", Value::from(items)))
}

/// Refuses a map without sources.
pub(super) fn check(content: &DataContent) -> Result<(), DataError> {
    if content.map.sources().is_empty() {
        let (reason, remedy) = ("the map has no sources", "add sources, or choose a format for ties");
        return Err(DataError::Unfit { format: "a list of sources", reason, remedy });
    }
    Ok(())
}
