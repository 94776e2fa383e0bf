//! A workbook as it is opened, and the records of its stream.

use super::super::bytes::u16_at;
use super::super::number::Epoch;
use super::super::number::format::NumberShape;

/// A workbook, with what its sheets share.
#[derive(Debug)]
pub(in crate::load::table) struct XlsWorkbook {
    pub(super) stream: Vec<u8>,
    pub(in crate::load::table) sheets: Vec<XlsSheet>,
    pub(super) epoch: Epoch,
    pub(super) strings: Vec<String>,
    /// How numbers are shown, by the style of the cell.
    pub(super) shown: Vec<NumberShape>,
}

/// A sheet in the list of the workbook.
#[derive(Debug)]
pub(in crate::load::table) struct XlsSheet {
    pub(in crate::load::table) name: String,
    pub(in crate::load::table) is_hidden: bool,
    /// The offset of its first record.
    pub(super) at: usize,
}

/// Types of records.
pub(super) mod record {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const END: u16 = 0x000a;
    pub(in super::super) const DATE_1904: u16 = 0x0022;
    pub(in super::super) const PASSWORD: u16 = 0x002f;
    pub(in super::super) const CONTINUE: u16 = 0x003c;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const MANY_COMPACT_NUMBERS: u16 = 0x00bd;
    pub(in super::super) const STYLE: u16 = 0x00e0;
    pub(in super::super) const MERGED: u16 = 0x00e5;
    pub(in super::super) const SHARED_STRINGS: u16 = 0x00fc;
    pub(in super::super) const SHARED_STRING_CELL: u16 = 0x00fd;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(in super::super) const FORMULA_TEXT: u16 = 0x0207;
    pub(in super::super) const COMPACT_NUMBER: u16 = 0x027e;
    pub(in super::super) const FORMAT: u16 = 0x041e;
    pub(in super::super) const BEGIN: u16 = 0x0809;
}

/// A record of the stream.
pub(super) struct XlsRecord<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// Iterates over records from an offset, up to the end of the stream or a record that is cut off.
pub(super) struct XlsRecords<'a> {
    pub(super) stream: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Iterator for XlsRecords<'a> {
    type Item = XlsRecord<'a>;

    fn next(&mut self) -> Option<XlsRecord<'a>> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(XlsRecord { kind, data })
    }
}
