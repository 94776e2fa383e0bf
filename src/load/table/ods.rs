//! Reads spreadsheets of `OpenDocument`, whose cells carry their values with type, currency and date.

use quick_xml::events::BytesStart;

use super::limits::Meter;
use super::number::format::DatePrecision;
use super::number::{date_text, decimal};
use super::sheet::{Area, RawSheet};
use super::types::{Cell, CellKind, Stop, TableNote};
use super::xml::{XmlNode, XmlReader, attribute, is_end_of, local_name};
use crate::model::Severity;

const SAVE_AGAIN: &str = "save it again in LibreOffice";
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
const ROWS_PER_REPORT: u32 = 4096;

/// Reads all sheets of a document. A damaged document is read up to the damage, with a note.
pub(super) fn read_ods(content: &str, meter: &Meter) -> Result<Vec<RawSheet<'static>>, Stop> {
    let mut reader =
        OdsReader { xml: XmlReader::new(content), length: content.len(), hidden_styles: Vec::new(), meter };
    let mut sheets = Vec::new();
    let result = reader.read(&mut sheets);
    match (result, sheets.last_mut()) {
        (Err(Stop::Refused { message, .. }), Some(last)) => {
            let message = format!("{message}; the rows from here on are left out");
            last.notes.push(TableNote::new(Severity::Error, message, SAVE_AGAIN));
            Ok(sheets)
        }
        (result, _) => result.map(|()| sheets),
    }
}

struct OdsReader<'x, 'p> {
    xml: XmlReader<'x>,
    length: usize,
    /// The styles of sheets that are hidden.
    hidden_styles: Vec<String>,
    meter: &'x Meter<'p>,
}

/// A cell as it is repeated in a row.
struct RepeatedCell {
    column: u32,
    times: u32,
    cell: Cell<'static>,
    /// The rows and columns that it spans if it is merged.
    span: (u32, u32),
}

impl OdsReader<'_, '_> {
    fn read(&mut self, sheets: &mut Vec<RawSheet<'static>>) -> Result<(), Stop> {
        let mut style = None;
        loop {
            match self.xml.next()? {
                XmlNode::Open(start) => match local_name(&start) {
                    "style" => style = attribute(&start, "name"),
                    "table-properties" if attribute(&start, "display").is_some_and(|display| display == "false") => {
                        self.hidden_styles.extend(style.take());
                    }
                    "table" => {
                        let style = attribute(&start, "style-name");
                        sheets.push(RawSheet {
                            name: attribute(&start, "name").unwrap_or_default(),
                            is_hidden: style.is_some_and(|style| self.hidden_styles.contains(&style)),
                            ..RawSheet::default()
                        });
                        if let Some(sheet) = sheets.last_mut() {
                            self.read_table(sheet)?;
                        }
                    }
                    // The history of changes holds former contents in rows and cells.
                    "tracked-changes" => self.skip()?,
                    _ => {}
                },
                XmlNode::End => return Ok(()),
                XmlNode::Close(_) | XmlNode::Text(_) => {}
            }
        }
    }

    fn read_table(&mut self, sheet: &mut RawSheet<'static>) -> Result<(), Stop> {
        let mut row = 0_u32;
        loop {
            match self.xml.next()? {
                XmlNode::Open(start) => match local_name(&start) {
                    "table-row" => {
                        let times = repeats(&start, "number-rows-repeated");
                        let cells = self.read_row(row)?;
                        let times = if cells.is_empty() { times } else { times.min(LAST_ROW.saturating_sub(row) + 1) };
                        if !cells.is_empty() {
                            for row in row..row.saturating_add(times) {
                                self.push_row(sheet, row, &cells)?;
                            }
                        }
                        row = row.saturating_add(times).min(LAST_ROW);
                    }
                    "shapes" | "forms" => self.skip()?,
                    _ => {}
                },
                XmlNode::Close(end) if is_end_of(&end, "table") => return Ok(()),
                XmlNode::End => return Err(cut_off()),
                XmlNode::Close(_) | XmlNode::Text(_) => {}
            }
        }
    }

    fn push_row(&self, sheet: &mut RawSheet<'static>, row: u32, cells: &[RepeatedCell]) -> Result<(), Stop> {
        if row.is_multiple_of(ROWS_PER_REPORT) {
            self.meter.report(self.xml.offset() as f32 / self.length.max(1) as f32)?;
        }
        for cell in cells {
            self.meter.count_cells(cell.times as usize)?;
            self.meter.count_copies(cell.cell.text.len(), cell.times as usize)?;
            for column in cell.column..cell.column + cell.times {
                sheet.push(row, column, cell.cell.clone());
            }
            let last = (row.saturating_add(cell.span.0 - 1), cell.column.saturating_add(cell.span.1 - 1));
            if cell.span != (1, 1) {
                sheet.merges.push(Area { first: (row, cell.column), last });
            }
        }
        Ok(())
    }

    /// Returns the cells of a row that are not empty.
    fn read_row(&mut self, row: u32) -> Result<Vec<RepeatedCell>, Stop> {
        let mut cells = Vec::new();
        let mut column = 0_u32;
        loop {
            match self.xml.next()? {
                XmlNode::Open(start) if matches!(local_name(&start), "table-cell" | "covered-table-cell") => {
                    let times =
                        repeats(&start, "number-columns-repeated").min(LAST_COLUMN + 1 - column.min(LAST_COLUMN));
                    let shown = self.shown_text(row)?;
                    let is_covered = local_name(&start) == "covered-table-cell";
                    let cell = cell(&start, shown);
                    if !is_covered && !cell.is_empty() {
                        self.meter.check_columns(cells.len(), row + 1)?;
                        let span = (repeats(&start, "number-rows-spanned"), repeats(&start, "number-columns-spanned"));
                        cells.push(RepeatedCell { column, times, cell, span });
                    }
                    column = column.saturating_add(times).min(LAST_COLUMN);
                }
                XmlNode::Close(end) if is_end_of(&end, "table-row") => return Ok(cells),
                XmlNode::End => return Err(cut_off()),
                XmlNode::Open(_) => self.skip()?,
                XmlNode::Close(_) | XmlNode::Text(_) => {}
            }
        }
    }

    /// Returns the text that a cell shows, without comments; paragraphs become lines.
    fn shown_text(&mut self, row: u32) -> Result<String, Stop> {
        let mut text = String::new();
        let (mut depth, mut paragraphs) = (1, 0);
        while depth > 0 {
            match self.xml.next()? {
                XmlNode::Open(start) => {
                    depth += 1;
                    match local_name(&start) {
                        "annotation" | "table" | "frame" => {
                            self.skip()?;
                            depth -= 1;
                        }
                        "p" => {
                            if paragraphs > 0 {
                                text.push('\n');
                            }
                            paragraphs += 1;
                        }
                        "s" => {
                            let blanks = repeats(&start, "c").min(1000);
                            text.extend(std::iter::repeat_n(' ', blanks as usize));
                            self.meter.count_copies(1, blanks as usize)?;
                            self.meter.check_text(text.len(), row + 1)?;
                        }
                        "tab" => text.push('\t'),
                        "line-break" => text.push('\n'),
                        _ => {}
                    }
                }
                XmlNode::Close(_) => depth -= 1,
                XmlNode::Text(part) if paragraphs > 0 => {
                    text.push_str(&part);
                    self.meter.check_text(text.len(), row + 1)?;
                }
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(cut_off()),
            }
        }
        Ok(text)
    }

    /// Skips the element that was just opened.
    fn skip(&mut self) -> Result<(), Stop> {
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                XmlNode::Open(_) => depth += 1,
                XmlNode::Close(_) => depth -= 1,
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(cut_off()),
            }
        }
        Ok(())
    }
}

fn cut_off() -> Stop {
    Stop::refused("the sheet is cut off", SAVE_AGAIN)
}

/// Returns a count in an attribute; 1 if there is none.
fn repeats(start: &BytesStart, name: &str) -> u32 {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// Returns the cell of an element; `shown` is the text that it shows.
fn cell(start: &BytesStart, shown: String) -> Cell<'static> {
    let value = |name: &str| attribute(start, name);
    let number = || value("value").and_then(|value| value.parse::<f64>().ok()).filter(|number| number.is_finite());
    // LibreOffice declares the type twice; errors are told by its own attribute alone.
    let is_error = start
        .attributes()
        .flatten()
        .any(|attribute| attribute.key.as_ref() == "calcext:value-type" && &*attribute.value == "error");
    if is_error {
        return Cell { text: shown.into(), kind: CellKind::Error };
    }
    let kind = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == "office:value-type");
    match (kind.as_ref().map(|attribute| &*attribute.value).unwrap_or_default(), number()) {
        ("float", Some(_)) if shows_leading_zeros(&shown) => Cell::text(shown),
        ("float", Some(number)) => Cell { text: decimal(number, 0).into(), kind: CellKind::Number },
        ("percentage", Some(number)) => Cell { text: decimal(number, 2).into(), kind: CellKind::Percent },
        ("currency", Some(number)) => {
            let currency = value("currency").and_then(|code| iso_currency::Currency::from_code(&code));
            let kind = currency.map_or(CellKind::Number, CellKind::Money);
            Cell { text: decimal(number, 0).into(), kind }
        }
        ("date", _) => date_cell(value("date-value").unwrap_or_default(), shown),
        ("boolean", _) => {
            let text = if value("boolean-value").as_deref() == Some("true") { "true" } else { "false" };
            Cell { text: text.into(), kind: CellKind::Bool }
        }
        _ => Cell::text(if shown.is_empty() { value("string-value").unwrap_or_default() } else { shown }),
    }
}

fn shows_leading_zeros(shown: &str) -> bool {
    shown.len() > 1 && shown.starts_with('0') && shown.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the cell of a date, as precise as the text that is shown.
fn date_cell(value: String, shown: String) -> Cell<'static> {
    let Some(date) = value.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()) else {
        return Cell::text(if shown.is_empty() { value } else { shown });
    };
    let numbers: Vec<&str> = shown.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let has_month_name = shown.chars().any(char::is_alphabetic);
    let is_year = |text: &&str| text.parse() == Ok(date.year()) || text.parse() == Ok(date.year() % 100);
    let precision = match numbers.as_slice() {
        [year] if is_year(year) && has_month_name => DatePrecision::Month,
        [year] if is_year(year) => DatePrecision::Year,
        [one, other] if !has_month_name && (is_year(one) || is_year(other)) => DatePrecision::Month,
        _ => DatePrecision::Day,
    };
    Cell { text: date_text(date, precision).into(), kind: CellKind::Date }
}
