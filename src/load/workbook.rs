//! A whole map as the sheets of a workbook, and back.
//!
//! `columns` says which field stands in which column, once for both directions; `encode` makes sheets of a map, `decode`
//! makes the JSON of a map of sheets, which is then read and checked like any other map. A field that a cell can't hold as
//! it is goes into the column "Other fields" as JSON, so that nothing is lost.

mod cell;
mod columns;
mod decode;
mod encode;
mod locator;
mod read;
#[cfg(test)]
mod tests;

pub(crate) use cell::{SheetCell, exact_number};
pub(crate) use encode::{WorkbookSheet, sheets_of_map};
pub(super) use read::{is_map_sheet, is_map_workbook, is_technical_heading, is_tie_or_actor_sheet, read_map_workbook};

/// The first cell of the sheet [`columns::MAP`] of a workbook that holds a map.
const MARK: &str = "Tieline map";

/// The heading of the columns with all fields that no other column holds. Further ones have a number behind.
const OTHER_FIELDS: &str = "Other fields";
