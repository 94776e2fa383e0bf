//! Reads workbooks of Excel 97 to 2003: records of the stream "Workbook" in a compound file.

use super::bytes::{u16_at, u32_at};
use super::number::Epoch;
use super::number::format::{NumberShape, built_in, parse_format};
use super::types::Stop;

mod cells;
mod records;
mod strings;

pub(super) use cells::read_xls_sheet;
pub(super) use records::XlsWorkbook;
use records::{XlsRecord, XlsRecords, XlsSheet, record};
use strings::{read_shared_strings, text_at};

const UNLOCK: &str = "open it in Excel or LibreOffice with the password, and save it without one";
const SAVE_AS: &str = "save it as .xlsx or .csv in the program it comes from";
/// The version of the records since Excel 97.
const BIFF8: u16 = 0x0600;

/// Reads what the sheets of a workbook share.
pub(super) fn open_xls(stream: Vec<u8>) -> Result<XlsWorkbook, Stop> {
    let mut workbook =
        XlsWorkbook { stream, sheets: Vec::new(), epoch: Epoch::Year1900, strings: Vec::new(), shown: Vec::new() };
    let mut formats: Vec<(u16, NumberShape)> = Vec::new();
    let mut styles: Vec<u16> = Vec::new();
    let stream = std::mem::take(&mut workbook.stream);
    let mut records = XlsRecords { stream: &stream, at: 0 };
    let mut next = records.next();
    let version = next.as_ref().filter(|record| record.kind == record::BEGIN).and_then(|record| u16_at(record.data, 0));
    if version != Some(BIFF8) {
        return Err(Stop::refused("it is a workbook of Excel 95 or older, or damaged", SAVE_AS));
    }
    while let Some(XlsRecord { kind, data }) = next {
        match kind {
            record::PASSWORD => return Err(Stop::refused("it is protected by a password", UNLOCK)),
            record::DATE_1904 if u16_at(data, 0) == Some(1) => workbook.epoch = Epoch::Year1904,
            record::SHEET => workbook.sheets.extend(sheet(data)),
            record::FORMAT => {
                let code = u16_at(data, 2).and_then(|length| text_at(data, 4, usize::from(length)));
                formats.extend(u16_at(data, 0).zip(code).map(|(id, code)| (id, parse_format(&code))));
            }
            record::STYLE => styles.extend(u16_at(data, 2)),
            record::SHARED_STRINGS => {
                let mut parts = vec![data];
                next = records.next();
                while let Some(record) = next.as_ref().filter(|record| record.kind == record::CONTINUE) {
                    parts.push(record.data);
                    next = records.next();
                }
                workbook.strings = read_shared_strings(&parts);
                continue;
            }
            record::END => break,
            _ => {}
        }
        next = records.next();
    }
    formats.sort_by_key(|(id, _)| *id);
    let shown = |id: u16| {
        let own = formats.binary_search_by_key(&id, |(id, _)| *id).ok();
        own.map_or_else(|| built_in(u32::from(id)), |at| formats[at].1.clone())
    };
    workbook.shown = styles.into_iter().map(shown).collect();
    Ok(XlsWorkbook { stream, ..workbook })
}

/// Reads an entry of the list of sheets; `None` for charts and macros, which have no cells.
fn sheet(data: &[u8]) -> Option<XlsSheet> {
    let at = u32_at(data, 0)? as usize;
    let (state, kind, length) = (*data.get(4)?, *data.get(5)?, *data.get(6)?);
    let name = text_at(data, 7, usize::from(length))?;
    (kind == 0).then_some(XlsSheet { name, is_hidden: state & 3 != 0, at })
}
