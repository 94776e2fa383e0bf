//! Reads workbooks of Excel since 2007: the parts that list sheets, shared texts and formats first, then each sheet.

use std::borrow::Cow;
use std::collections::HashMap;

use super::encoding::decode_text;
use super::limits::Meter;
use super::number::format::{DatePrecision, NumberShape, built_in, parse_format};
use super::number::{Epoch, number_cell};
use super::sheet::{RawSheet, parse_area, parse_reference};
use super::types::{Cell, CellKind, Stop, TableNote};
use super::xml::{XmlNode, XmlReader, attribute, attributes, is_end_of, local_name};
use super::zip::Archive;
use crate::model::Severity;

/// What the sheets of a workbook share.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<SheetEntry>,
    epoch: Epoch,
    strings: Vec<String>,
    /// How numbers are shown, by the style of the cell.
    shown: Vec<NumberShape>,
}

/// A sheet in the list of the workbook.
#[derive(Debug)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// The part with its cells.
    part: String,
}

const MAIN: &str = "xl/workbook.xml";
const SAVE_AGAIN: &str = "save it again in Excel or LibreOffice";
/// The row of Excel's last row, from 0.
const LAST_ROW: u32 = 1_048_575;
const ROWS_PER_REPORT: u32 = 4096;

impl Workbook {
    /// Reads the shared parts.
    pub(super) fn open(archive: &Archive, meter: &Meter) -> Result<Self, Stop> {
        let main = main_part(archive, meter)?;
        let Some(text) = part_text(archive, &main, meter)? else {
            return Err(Stop::refused("it is not a workbook", "choose a .csv, .xlsx, .xls or .ods file"));
        };
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = match part_text(archive, &format!("{folder}/_rels/{file}.rels"), meter)? {
            Some(text) => read_relations(&text, folder)?,
            None => Vec::new(),
        };
        let mut workbook = Self::default();
        workbook.read_sheets(&text, &relations)?;
        let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
        if let Some(relation) = of_kind("sharedStrings")
            && let Some(text) = part_text(archive, &relation.part, meter)?
        {
            workbook.strings = read_strings(&text)?;
        }
        if let Some(relation) = of_kind("styles")
            && let Some(text) = part_text(archive, &relation.part, meter)?
        {
            workbook.shown = read_styles(&text)?;
        }
        Ok(workbook)
    }

    fn read_sheets(&mut self, text: &str, relations: &[PartRelation]) -> Result<(), Stop> {
        let by_id: HashMap<&str, &PartRelation> = relations.iter().map(|relation| (&*relation.id, relation)).collect();
        let mut xml = XmlReader::new(text);
        loop {
            match xml.next()? {
                XmlNode::Open(start) if local_name(&start) == "sheet" => {
                    let id = attribute(&start, "id").unwrap_or_default();
                    let relation = by_id.get(&*id);
                    // Sheets of charts and dialogs have no cells.
                    if let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") {
                        let is_hidden = attribute(&start, "state").is_some_and(|state| state != "visible");
                        let name = attribute(&start, "name").unwrap_or_default();
                        self.sheets.push(SheetEntry { name, is_hidden, part: relation.part.clone() });
                    }
                }
                XmlNode::Open(start) if is_flag(attribute(&start, "date1904")) => self.epoch = Epoch::Year1904,
                XmlNode::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads the cells of a sheet. A damaged sheet is read up to the damage, with a note.
    pub(super) fn read_sheet<'a>(
        &'a self,
        entry: &SheetEntry,
        archive: &Archive,
        meter: &Meter,
    ) -> Result<RawSheet<'a>, Stop> {
        let mut sheet = RawSheet { name: entry.name.clone(), is_hidden: entry.is_hidden, ..RawSheet::default() };
        sheet.epoch = self.epoch;
        let text = match part_text(archive, &entry.part, meter) {
            Ok(text) => text.unwrap_or_default(),
            Err(Stop::Refused { message, .. }) => {
                sheet.notes.push(TableNote::new(Severity::Error, message, SAVE_AGAIN));
                return Ok(sheet);
            }
            Err(stop) => return Err(stop),
        };
        let mut cells = CellReader { workbook: self, xml: XmlReader::new(&text), row: 0, column: 0 };
        match cells.read(&mut sheet, text.len(), meter) {
            Err(Stop::Refused { message, .. }) => {
                let message = format!("{message}; the rows from here on are left out");
                let note = TableNote::new(Severity::Error, message, SAVE_AGAIN);
                sheet.notes.push(note.at_row(cells.row.saturating_add(1)));
                Ok(sheet)
            }
            result => result.map(|()| sheet),
        }
    }

    /// Returns the cell of a value of this type and style.
    fn cell<'a>(&'a self, value: Cow<'_, str>, kind: &str, style: usize) -> Cell<'a> {
        let shown = self.shown.get(style).unwrap_or(&NumberShape::Number);
        match kind {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                Cell::text(index.and_then(|index| self.strings.get(index)).map_or("", String::as_str))
            }
            "str" | "inlineStr" => Cell::text(unescape(value.into_owned())),
            "b" => {
                let text = if matches!(value.trim(), "1" | "true") { "true" } else { "false" };
                Cell { text: text.into(), kind: CellKind::Bool }
            }
            "e" => Cell { text: value.into_owned().into(), kind: CellKind::Error },
            "d" => iso_date_cell(value.into_owned(), shown),
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => number_cell(number, shown, self.epoch),
                _ => Cell::text(value.into_owned()),
            },
        }
    }
}

fn is_flag(value: Option<String>) -> bool {
    value.is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}

/// Reads the cells of a sheet in order.
struct CellReader<'w, 'x> {
    workbook: &'w Workbook,
    xml: XmlReader<'x>,
    /// The current row and the next column, from 0.
    row: u32,
    column: u32,
}

impl<'w, 'x> CellReader<'w, 'x> {
    fn read(&mut self, sheet: &mut RawSheet<'w>, length: usize, meter: &Meter) -> Result<(), Stop> {
        let mut is_first = true;
        loop {
            match self.xml.next()? {
                XmlNode::Open(start) => match local_name(&start) {
                    "row" => {
                        let declared = attribute(&start, "r").and_then(|row| row.parse::<u32>().ok());
                        let next = if is_first { 0 } else { self.row.saturating_add(1) };
                        self.row = declared.map_or(next, |row| row.saturating_sub(1)).min(LAST_ROW);
                        self.column = 0;
                        is_first = false;
                        if self.row.is_multiple_of(ROWS_PER_REPORT) {
                            meter.report(self.xml.offset() as f32 / length.max(1) as f32)?;
                        }
                    }
                    "c" => {
                        let [place, style, kind] = attributes(&start, ["r", "s", "t"]);
                        let place = place.and_then(|reference| parse_reference(&reference));
                        let (row, column) = place.unwrap_or((self.row, self.column));
                        let style = style.and_then(|style| style.parse().ok()).unwrap_or(0);
                        let kind = kind.unwrap_or_default();
                        let value = self.value(row, meter)?;
                        self.column = column.saturating_add(1);
                        if !value.trim().is_empty() {
                            let cell = self.workbook.cell(value, &kind, style);
                            meter.count_cells(1)?;
                            sheet.push(row, column, cell);
                        }
                    }
                    "mergeCell" => {
                        meter.count_cells(1)?;
                        sheet.merges.extend(attribute(&start, "ref").and_then(|area| parse_area(&area)));
                    }
                    _ => {}
                },
                XmlNode::End => return Ok(()),
                XmlNode::Close(_) | XmlNode::Text(_) => {}
            }
        }
    }

    /// Returns the value of a cell: that of a formula as last calculated, or its text.
    fn value(&mut self, row: u32, meter: &Meter) -> Result<Cow<'x, str>, Stop> {
        let mut value = Cow::Borrowed("");
        let (mut depth, mut shown_from) = (1, None);
        let mut skipped_from = None;
        while depth > 0 {
            match self.xml.next()? {
                XmlNode::Open(start) => {
                    depth += 1;
                    match local_name(&start) {
                        "v" | "t" => shown_from = Some(depth),
                        "rPh" => skipped_from = Some(depth),
                        _ => {}
                    }
                }
                XmlNode::Close(_) => {
                    shown_from = shown_from.filter(|from| *from < depth);
                    skipped_from = skipped_from.filter(|from| *from < depth);
                    depth -= 1;
                }
                XmlNode::Text(text) if shown_from.is_some() && skipped_from.is_none() => {
                    if value.is_empty() {
                        value = text;
                    } else {
                        value.to_mut().push_str(&text);
                    }
                    meter.check_text(value.len(), row + 1)?;
                }
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(Stop::refused("the sheet is cut off", SAVE_AGAIN)),
            }
        }
        Ok(value)
    }
}

/// A reference from the workbook to another part.
struct PartRelation {
    id: String,
    /// The last part of the kind's address: `worksheet`, `styles`.
    kind: String,
    part: String,
}

/// Returns the path of the workbook's main part.
fn main_part(archive: &Archive, meter: &Meter) -> Result<String, Stop> {
    if archive.find(MAIN).is_some() {
        return Ok(MAIN.to_owned());
    }
    let relations = match part_text(archive, "_rels/.rels", meter)? {
        Some(text) => read_relations(&text, "")?,
        None => Vec::new(),
    };
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(main.map_or_else(|| MAIN.to_owned(), |relation| relation.part))
}

fn part_text(archive: &Archive, part: &str, meter: &Meter) -> Result<Option<String>, Stop> {
    let Some(bytes) = archive.read_named(part, meter)? else { return Ok(None) };
    let is_plain = matches!(decode_text(&bytes).text, Cow::Borrowed(text) if text.len() == bytes.len());
    Ok(Some(if is_plain {
        // Large sheets are not copied.
        String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    } else {
        decode_text(&bytes).text.into_owned()
    }))
}

fn read_relations(text: &str, folder: &str) -> Result<Vec<PartRelation>, Stop> {
    let mut xml = XmlReader::new(text);
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            XmlNode::Open(start) if local_name(&start) == "Relationship" => {
                let kind = attribute(&start, "Type").unwrap_or_default();
                let target = attribute(&start, "Target").unwrap_or_default();
                relations.push(PartRelation {
                    id: attribute(&start, "Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    part: resolve_path(folder, &target),
                });
            }
            XmlNode::End => return Ok(relations),
            _ => {}
        }
    }
}

/// Resolves the path of a part against the folder of the part that refers to it.
fn resolve_path(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// Reads the texts that cells refer to by number, without their formatting and phonetic hints.
fn read_strings(text: &str) -> Result<Vec<String>, Stop> {
    let mut xml = XmlReader::new(text);
    let mut strings = Vec::new();
    let mut current: Option<String> = None;
    let (mut is_text, mut is_hint) = (false, false);
    loop {
        match xml.next()? {
            XmlNode::Open(start) => match local_name(&start) {
                "si" => current = Some(String::new()),
                "rPh" => is_hint = true,
                "t" => is_text = true,
                _ => {}
            },
            XmlNode::Close(end) => match end.local_name().into_inner() {
                "si" => strings.push(unescape(current.take().unwrap_or_default())),
                "rPh" => is_hint = false,
                "t" => is_text = false,
                _ => {}
            },
            XmlNode::Text(text) if is_text && !is_hint => {
                if let Some(current) = &mut current {
                    current.push_str(&text);
                }
            }
            XmlNode::Text(_) => {}
            XmlNode::End => return Ok(strings),
        }
    }
}

/// Reads how each style of cells shows numbers.
fn read_styles(text: &str) -> Result<Vec<NumberShape>, Stop> {
    let mut xml = XmlReader::new(text);
    let mut formats: Vec<(u32, NumberShape)> = Vec::new();
    let mut shown = Vec::new();
    let mut is_cell_style = false;
    loop {
        match xml.next()? {
            XmlNode::Open(start) => match local_name(&start) {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    let code = attribute(&start, "formatCode");
                    formats.extend(id.zip(code).map(|(id, code)| (id, parse_format(&code))));
                }
                "cellXfs" => {
                    is_cell_style = true;
                    formats.sort_by_key(|(id, _)| *id);
                }
                "xf" if is_cell_style => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    let own = formats.binary_search_by_key(&id, |(id, _)| *id).ok();
                    shown.push(own.map_or_else(|| built_in(id), |at| formats[at].1.clone()));
                }
                _ => {}
            },
            XmlNode::Close(end) if is_end_of(&end, "cellXfs") => is_cell_style = false,
            XmlNode::End => return Ok(shown),
            XmlNode::Close(_) | XmlNode::Text(_) => {}
        }
    }
}

/// Returns the cell of a date written in ISO 8601, as precise as it is shown.
fn iso_date_cell(value: String, shown: &NumberShape) -> Cell<'static> {
    let day = value.trim().get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let precision = if let NumberShape::Date(precision) = shown { *precision } else { DatePrecision::Day };
    match day {
        Some(day) => Cell { text: super::number::date_text(day, precision).into(), kind: CellKind::Date },
        None => Cell::text(value),
    }
}

/// Replaces `_x000D_` and the like, by which Excel writes signs that XML doesn't allow, and carriage returns.
fn unescape(text: String) -> String {
    if !text.contains("_x") && !text.contains('\r') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let sign = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let sign = sign.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let length = if sign.is_some() { 7 } else { 2 };
        out.push_str(&rest[..at]);
        match sign {
            Some(sign) => out.push(sign),
            None => out.push_str("_x"),
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}
