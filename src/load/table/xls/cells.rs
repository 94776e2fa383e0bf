//! The cells of a sheet in an old workbook.

use super::super::bytes::{f64_at, u16_at, u32_at};
use super::super::limits::Meter;
use super::super::number::format::NumberShape;
use super::super::number::number_cell;
use super::super::sheet::{Area, RawSheet};
use super::super::types::{Cell, CellKind, Stop};
use super::records::{XlsRecord, XlsRecords, XlsSheet, XlsWorkbook, record};
use super::strings::text_at;

/// Reads the cells of a sheet, up to its end or the first record that is cut off.
pub(in super::super) fn read_xls_sheet<'a>(
    workbook: &'a XlsWorkbook,
    entry: &XlsSheet,
    meter: &Meter,
) -> Result<RawSheet<'a>, Stop> {
    let mut sheet = RawSheet { name: entry.name.clone(), is_hidden: entry.is_hidden, ..RawSheet::default() };
    sheet.epoch = workbook.epoch;
    // The cell of the last formula, whose text comes in the next record.
    let mut formula = None;
    let mut depth = 0;
    meter.report(0.5)?;
    for XlsRecord { kind, data } in (XlsRecords { stream: &workbook.stream, at: entry.at }) {
        meter.count_cells(1)?;
        match kind {
            record::BEGIN => depth += 1,
            record::END if depth <= 1 => break,
            record::END => depth -= 1,
            // Charts within the sheet have records of their own.
            _ if depth > 1 => {}
            record::MERGED => sheet.merges.extend(data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(area)),
            record::MANY_COMPACT_NUMBERS => push_many(workbook, &mut sheet, data),
            record::FORMULA_TEXT => {
                let text = u16_at(data, 0).and_then(|length| text_at(data, 2, usize::from(length)));
                if let Some(((row, column), text)) = formula.take().zip(text) {
                    sheet.push(row, column, Cell::text(text));
                }
            }
            _ => {
                let Some(place) = place(data) else { continue };
                if kind == record::FORMULA {
                    formula = Some(place);
                }
                if let Some(cell) = workbook.cell(kind, data) {
                    sheet.push(place.0, place.1, cell);
                }
            }
        }
    }
    Ok(sheet)
}

/// Returns the row and column of a cell's record, from 0.
fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)))
}

fn area(data: &[u8]) -> Option<Area> {
    let at = |at| u16_at(data, at).map(u32::from);
    let area = Area { first: (at(0)?, at(4)?), last: (at(2)?, at(6)?) };
    (area.first.0 <= area.last.0 && area.first.1 <= area.last.1).then_some(area)
}

/// Adds the cells of a record of several numbers in a row.
fn push_many<'a>(workbook: &'a XlsWorkbook, sheet: &mut RawSheet<'a>, data: &[u8]) {
    let Some((row, first)) = place(data) else { return };
    for (column, number) in (first..).zip(data[4..].chunks_exact(6)) {
        if let Some((style, number)) = u16_at(number, 0).zip(u32_at(number, 2)) {
            sheet.push(row, column, workbook.number(compact(number), style));
        }
    }
}

impl XlsWorkbook {
    /// Returns the cell of a record; `None` for other records and for formulas whose text follows.
    fn cell(&self, kind: u16, data: &[u8]) -> Option<Cell<'_>> {
        let style = u16_at(data, 4)?;
        match kind {
            record::SHARED_STRING_CELL => {
                self.strings.get(u32_at(data, 6)? as usize).map(|text| Cell::text(text.as_str()))
            }
            record::NUMBER => Some(self.number(f64_at(data, 6)?, style)),
            record::COMPACT_NUMBER => Some(self.number(compact(u32_at(data, 6)?), style)),
            record::LABEL => Some(Cell::text(text_at(data, 8, usize::from(u16_at(data, 6)?))?)),
            record::BOOL_OR_ERROR => Some(bool_or_error(*data.get(6)?, *data.get(7)? == 1)),
            record::FORMULA if u16_at(data, 12)? != 0xffff => Some(self.number(f64_at(data, 6)?, style)),
            record::FORMULA => match *data.get(6)? {
                1 => Some(bool_or_error(*data.get(8)?, false)),
                2 => Some(bool_or_error(*data.get(8)?, true)),
                _ => None,
            },
            _ => None,
        }
    }

    fn number(&self, value: f64, style: u16) -> Cell<'static> {
        if !value.is_finite() {
            return Cell::text("");
        }
        number_cell(value, self.shown.get(usize::from(style)).unwrap_or(&NumberShape::Number), self.epoch)
    }
}

/// Returns a number that is packed into 30 bits and two flags.
fn compact(bits: u32) -> f64 {
    let number =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

fn bool_or_error(value: u8, is_error: bool) -> Cell<'static> {
    if !is_error {
        let text = if value == 0 { "false" } else { "true" };
        return Cell { text: text.into(), kind: CellKind::Bool };
    }
    let text = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell { text: text.into(), kind: CellKind::Error }
}
