//! Our own format, as a new file.

use crate::load::json::{Fields, file_json, json_text};
use crate::load::pretty_map;

use super::content::DataContent;
use super::{DataFile, one_file};

pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let file: Fields = file_json(&content.map, content.views());
    one_file(pretty_map(&json_text(&file.into())))
}
