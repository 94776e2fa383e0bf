//! Reads workbooks of Excel 97 to 2003: records of the stream "Workbook" in a compound file.

use super::number::Epoch;
use super::number_format::{Shown, built_in, parse_format};
use super::types::Stop;

mod cells;
mod strings;

pub(super) use cells::read_xls_sheet;
use strings::{read_shared_strings, text_at};

/// A workbook, with what its sheets share.
#[derive(Debug)]
pub(super) struct XlsWorkbook {
    stream: Vec<u8>,
    pub(super) sheets: Vec<XlsSheet>,
    epoch: Epoch,
    strings: Vec<String>,
    /// How numbers are shown, by the style of the cell.
    shown: Vec<Shown>,
}

/// A sheet in the list of the workbook.
#[derive(Debug)]
pub(super) struct XlsSheet {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// The offset of its first record.
    at: usize,
}

/// Types of records.
mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000a;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const PASSWORD: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const MANY_COMPACT_NUMBERS: u16 = 0x00bd;
    pub(super) const STYLE: u16 = 0x00e0;
    pub(super) const MERGED: u16 = 0x00e5;
    pub(super) const SHARED_STRINGS: u16 = 0x00fc;
    pub(super) const SHARED_STRING_CELL: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(super) const FORMULA_TEXT: u16 = 0x0207;
    pub(super) const COMPACT_NUMBER: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}

const UNLOCK: &str = "open it in Excel or LibreOffice with the password, and save it without one";
const SAVE_AS: &str = "save it as .xlsx or .csv in the program it comes from";
/// The version of the records since Excel 97.
const BIFF8: u16 = 0x0600;

/// A record of the stream.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

/// Iterates over records from an offset, up to the end of the stream or a record that is cut off.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(Record { kind, data })
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Reads what the sheets of a workbook share.
pub(super) fn open_xls(stream: Vec<u8>) -> Result<XlsWorkbook, Stop> {
    let mut workbook =
        XlsWorkbook { stream, sheets: Vec::new(), epoch: Epoch::Year1900, strings: Vec::new(), shown: Vec::new() };
    let mut formats: Vec<(u16, Shown)> = Vec::new();
    let mut styles: Vec<u16> = Vec::new();
    let stream = std::mem::take(&mut workbook.stream);
    let mut records = Records { stream: &stream, at: 0 };
    let mut next = records.next();
    let version = next.as_ref().filter(|record| record.kind == record::BEGIN).and_then(|record| u16_at(record.data, 0));
    if version != Some(BIFF8) {
        return Err(Stop::refused("it is a workbook of Excel 95 or older, or damaged", SAVE_AS));
    }
    while let Some(Record { kind, data }) = next {
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
