//! Our own format, as a new file.

use crate::load::json::{Fields, file_json, json_text};
use crate::load::pretty_map;

use super::content::DataContent;
use super::{DataError, DataFile, one_file};

pub(super) fn write(content: &DataContent) -> Result<Vec<DataFile>, DataError> {
    let file: Fields = file_json(&content.map, content.views());
    Ok(one_file(pretty_map(&json_text(&file.into()))))
}
