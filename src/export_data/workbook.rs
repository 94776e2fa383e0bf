//! A workbook with everything that the map has, which the import of tables reads back whole.

use crate::load::workbook::sheets_of_map;

use super::content::DataContent;
use super::xlsx::write_workbook;
use super::{DataError, DataFile, one_file};

pub(super) fn write(content: &DataContent) -> Result<Vec<DataFile>, DataError> {
    let sheets = sheets_of_map(&content.map, content.views());
    write_workbook(&sheets).map(one_file)
}
