//! Writes sheets as a workbook: texts are never formulas or links, and the same sheets give the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, IgnoreError, Workbook, Worksheet, XlsxError};

use crate::load::workbook::{SheetCell, WorkbookSheet};
use crate::model::Day;

use super::DataError;

/// The most characters of a text that Excel holds.
const MAX_UNITS: usize = 32_767;
/// The widest column, in characters.
const MAX_WIDTH: usize = 48;
/// The rows by which the width of a column is chosen.
const SAMPLE: usize = 200;

/// How cells look.
struct Looks {
    heading: Format,
    day: Format,
    whole: Format,
}

pub(super) fn write_workbook(sheets: &[WorkbookSheet]) -> Result<Vec<u8>, DataError> {
    write(sheets).map_err(|error| DataError::TooLarge { format: "a workbook", reason: error.to_string() })
}

fn write(sheets: &[WorkbookSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Otherwise the file would contain the time of its creation.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let looks = Looks {
        heading: Format::new().set_bold(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
        whole: Format::new().set_num_format("#,##0"),
    };
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        write_sheet(worksheet, sheet, &looks)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &WorkbookSheet, looks: &Looks) -> Result<(), XlsxError> {
    let has_headings = !sheet.headings.is_empty();
    for (column, heading) in (0..).zip(&sheet.headings) {
        worksheet.write_string_with_format(0, column, heading, &looks.heading)?;
    }
    for (row, cells) in (u32::from(has_headings)..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            if let Some(cell) = cell {
                write_cell(worksheet, row, column, cell, looks)?;
            }
        }
    }
    let columns = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(sheet.headings.len());
    for column in 0..columns {
        worksheet.set_column_width(column as u16, width(sheet, column) as f64)?;
    }
    if has_headings {
        worksheet.set_freeze_panes(1, 0)?;
    }
    if columns > 0 && !sheet.rows.is_empty() {
        let last = (sheet.rows.len() - usize::from(!has_headings)) as u32;
        // Years and ids are texts on purpose.
        worksheet.ignore_error_range(0, 0, last, columns as u16 - 1, IgnoreError::NumberStoredAsText)?;
        if has_headings {
            worksheet.autofilter(0, 0, last, columns as u16 - 1)?;
        }
    }
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &SheetCell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Text(text) => worksheet.write_string(row, column, fitting(text))?,
        SheetCell::Number(number) if number.fract() == 0.0 && number.abs() >= 10_000.0 => {
            worksheet.write_number_with_format(row, column, *number, &looks.whole)?
        }
        SheetCell::Number(number) => worksheet.write_number(row, column, *number)?,
        SheetCell::Day(Day { year, month, day }) => {
            let date = ExcelDateTime::from_ymd(*year as u16, *month, *day)?;
            worksheet.write_datetime_with_format(row, column, date, &looks.day)?
        }
        SheetCell::Flag(flag) => worksheet.write_boolean(row, column, *flag)?,
    };
    Ok(())
}

/// Returns a text cut to what a cell holds.
fn fitting(text: &str) -> &str {
    if text.len() <= MAX_UNITS {
        return text;
    }
    let mut units = 0;
    let cut = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_UNITS
    });
    cut.map_or(text, |(at, _)| &text[..at])
}

fn width(sheet: &WorkbookSheet, column: usize) -> usize {
    let length = |cell: &SheetCell| match cell {
        SheetCell::Text(text) => text.lines().map(|line| line.chars().take(MAX_WIDTH).count()).max().unwrap_or(0),
        SheetCell::Number(number) => number.to_string().len() + 2,
        SheetCell::Day(_) => 10,
        SheetCell::Flag(_) => 5,
    };
    let cells = sheet.rows.iter().take(SAMPLE).filter_map(|row| row.get(column)?.as_ref());
    let heading = sheet.headings.get(column).map_or(0, |heading| heading.chars().count() + 3);
    cells.map(length).max().unwrap_or(0).max(heading).clamp(4, MAX_WIDTH) + 1
}
