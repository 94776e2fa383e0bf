//! Rows that a database answered. They are encoded while they arrive and then read as a table, so that an answer goes
//! wherever the bytes of a file with tables go. The encoding is private to this file.

use std::borrow::Cow;
use std::sync::Arc;

use super::limits::{Limits, Meter};
use super::types::{Cell, CellKind, Stop, Table, TableNote, Tables};
use crate::model::Severity;

/// The first bytes; no text begins with them.
const MAGIC: &[u8] = b"\0tieline rows 1\n";
/// The formats that answers come from, as an import names them.
const FORMATS: [&str; 2] = ["sqlite", "postgresql"];
/// What follows in the bytes.
const TABLE: u8 = b'T';
const ROW: u8 = b'R';
const NOTE: u8 = b'N';

/// The kind of a value of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Words, and all that has no kind of its own.
    Text,
    /// A plain decimal.
    Number,
    /// A day: `2016-04-06`.
    Date,
    /// `true` or `false`.
    Bool,
}

/// The kinds by their numbers in the bytes.
const KINDS: [(ValueKind, CellKind); 4] = [
    (ValueKind::Text, CellKind::Text),
    (ValueKind::Number, CellKind::Number),
    (ValueKind::Date, CellKind::Date),
    (ValueKind::Bool, CellKind::Bool),
];

/// The sort of database that rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsOrigin {
    /// A file of SQLite.
    Sqlite,
    /// A server that speaks the protocol of PostgreSQL.
    Postgresql,
}

/// A table as it is announced before its rows.
#[derive(Clone, Copy, Debug)]
pub struct RowsHead<'a> {
    /// What the table is called, such as "ties".
    pub name: &'a str,
    /// The statement that was asked, which the map keeps.
    pub query: &'a str,
    /// Whether other rows come on another day although nothing changed, since a value was put into the statement.
    pub has_values: bool,
    /// The headings of its columns.
    pub headings: &'a [String],
}

/// The reason why an answer can't be taken, with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {remedy}")]
pub struct RowsError {
    message: String,
    remedy: &'static str,
}

impl RowsError {
    /// Returns the message and the remedy.
    #[must_use]
    pub fn parts(self) -> (String, &'static str) {
        (self.message, self.remedy)
    }
}

/// Collects the rows of answers, within the limits of tables in files.
#[derive(Debug)]
pub struct RowsWriter {
    bytes: Vec<u8>,
    columns: usize,
    cells: usize,
    rows: usize,
    limits: Limits,
}

impl RowsWriter {
    /// Starts without any table.
    #[must_use]
    pub fn new(origin: RowsOrigin) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.push(origin as u8);
        Self { bytes, columns: 0, cells: 0, rows: 0, limits: Limits::default() }
    }

    /// Starts a table; its rows follow.
    ///
    /// # Errors
    ///
    /// If it has no columns, or too many.
    pub fn start_table(&mut self, head: RowsHead<'_>) -> Result<(), RowsError> {
        let columns = head.headings.len();
        if columns == 0 || columns > self.limits.columns {
            let message =
                format!("the answer has {columns} columns, and a table has from 1 to {}", self.limits.columns);
            return Err(RowsError { message, remedy: "name the columns that the map needs" });
        }
        self.bytes.extend([TABLE, u8::from(head.has_values)]);
        self.text(head.name);
        self.text(head.query);
        self.number(columns);
        for heading in head.headings {
            self.text(heading);
        }
        (self.columns, self.rows) = (columns, 0);
        self.count(columns)
    }

    /// Adds a row. Missing cells are empty, and further ones are left out.
    ///
    /// # Errors
    ///
    /// If the answer gets too large.
    pub fn push_row<'c>(&mut self, cells: impl IntoIterator<Item = (ValueKind, &'c str)>) -> Result<(), RowsError> {
        self.bytes.push(ROW);
        let mut cells = cells.into_iter();
        for _ in 0..self.columns {
            let (kind, text) = cells.next().unwrap_or((ValueKind::Text, ""));
            if text.len() > self.limits.cell_bytes {
                let message =
                    format!("row {} has a value of more than {} MB", self.rows + 1, self.limits.cell_bytes >> 20);
                return Err(RowsError { message, remedy: "leave its column out of the statement" });
            }
            self.bytes.push(kind as u8);
            self.text(text);
        }
        self.rows += 1;
        self.count(self.columns)
    }

    /// Adds a remark on the database as a whole.
    pub fn note(&mut self, severity: Severity, message: &str, remedy: &str) {
        self.bytes.extend([NOTE, severity_number(severity)]);
        self.text(message);
        self.text(remedy);
    }

    /// Returns the rows as the bytes of a file to import.
    #[must_use]
    pub fn into_bytes(self) -> Arc<[u8]> {
        self.bytes.into()
    }

    fn count(&mut self, cells: usize) -> Result<(), RowsError> {
        const NARROW: &str = "narrow the statement, such as by WHERE or LIMIT";
        self.cells += cells;
        if self.cells > self.limits.cells {
            let message = format!("the answer has more than {} cells", self.limits.cells);
            return Err(RowsError { message, remedy: NARROW });
        }
        if self.bytes.len() as u64 > self.limits.unpacked_bytes {
            let message = format!("the answer has more than {} MB", self.limits.unpacked_bytes >> 20);
            return Err(RowsError { message, remedy: NARROW });
        }
        Ok(())
    }

    fn number(&mut self, number: usize) {
        self.bytes.extend((number as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend(text.as_bytes());
    }
}

fn severity_number(severity: Severity) -> u8 {
    match severity {
        Severity::Remark => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    }
}

/// Returns whether bytes are rows of a database.
pub(crate) fn is_rows(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads the tables of rows.
pub(super) fn read_rows<'a>(
    bytes: &'a [u8],
    name: &Arc<str>,
    tables: &mut Tables<'a>,
    meter: &Meter,
) -> Result<(), Stop> {
    let damaged = || Stop::refused("its rows are damaged", "ask the database again");
    read_all(bytes, name, tables, meter)?.ok_or_else(damaged)
}

/// Reads all tables; `None` if the bytes are not as they were written.
fn read_all<'a>(bytes: &'a [u8], name: &Arc<str>, tables: &mut Tables<'a>, meter: &Meter) -> Result<Option<()>, Stop> {
    let mut rest = Bytes(bytes.get(MAGIC.len()..).unwrap_or_default());
    let Some(format) = rest.byte().and_then(|number| FORMATS.get(usize::from(number)).copied()) else {
        return Ok(None);
    };
    tables.format = format;
    let mut table: Option<(Table<'a>, usize)> = None;
    let push = |table: Option<(Table<'a>, usize)>, tables: &mut Tables<'a>| {
        tables.tables.extend(table.map(|(table, _)| table));
    };
    while let Some(what) = rest.byte() {
        match (what, &mut table) {
            (TABLE, _) => {
                push(table.take(), tables);
                let Some(head) = rest.head() else { return Ok(None) };
                meter.check_columns(head.headings.len(), 1)?;
                let mut new = Table::new(name, Some(head.name.to_owned()), format);
                new.query = Some(head.query.to_owned());
                new.is_of_values = head.has_values;
                new.cells.extend(head.headings.iter().map(|heading| Cell::text(*heading)));
                meter.count_row(head.headings.len())?;
                new.push_row(0, 1);
                table = Some((new, head.headings.len()));
            }
            (ROW, Some((table, columns))) => {
                let (start, number) = (table.cells.len(), table.rows.len() as u32 + 1);
                for _ in 0..*columns {
                    let Some(cell) = rest.cell() else { return Ok(None) };
                    table.cells.push(cell);
                }
                meter.count_row(*columns)?;
                meter.check_text(0, number)?;
                table.push_row(start, number);
                if number.is_multiple_of(4096) {
                    meter.report(1.0 - rest.0.len() as f32 / bytes.len() as f32)?;
                }
            }
            (NOTE, _) => {
                let severity = match rest.byte() {
                    Some(0) => Severity::Remark,
                    Some(1) => Severity::Warning,
                    _ => Severity::Error,
                };
                let (Some(message), Some(remedy)) = (rest.text(), rest.text()) else { return Ok(None) };
                tables.notes.push(TableNote::new(severity, message, remedy));
            }
            _ => return Ok(None),
        }
    }
    push(table, tables);
    Ok(Some(()))
}

/// What a table begins with.
struct Head<'a> {
    name: &'a str,
    query: &'a str,
    has_values: bool,
    headings: Vec<&'a str>,
}

/// The bytes that are not read yet.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*number) as usize)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn cell(&mut self) -> Option<Cell<'a>> {
        let (_, kind) = *KINDS.get(usize::from(self.byte()?))?;
        Some(Cell { text: Cow::Borrowed(self.text()?), kind })
    }

    fn head(&mut self) -> Option<Head<'a>> {
        let has_values = self.byte()? != 0;
        let (name, query) = (self.text()?, self.text()?);
        let columns = self.number()?;
        // Each heading takes at least the bytes of its length.
        if columns > self.0.len() / 4 {
            return None;
        }
        let headings = (0..columns).map(|_| self.text()).collect::<Option<Vec<_>>>()?;
        Some(Head { name, query, has_values, headings })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{KINDS, RowsHead, RowsOrigin, RowsWriter, ValueKind, is_rows};
    use crate::load::table::{CellKind, Limits, open_tables};
    use crate::model::Severity;

    fn answer() -> RowsWriter {
        let mut rows = RowsWriter::new(RowsOrigin::Postgresql);
        let headings = ["from".to_owned(), "to".to_owned(), "sum".to_owned()];
        let head = RowsHead { name: "ties", query: "SELECT 1", has_values: true, headings: &headings };
        rows.start_table(head).expect("three columns");
        rows.note(Severity::Warning, "beware", "look twice");
        rows.push_row([(ValueKind::Text, "Ann"), (ValueKind::Text, "Bob"), (ValueKind::Number, "5")]).expect("small");
        rows.push_row([(ValueKind::Text, ""), (ValueKind::Text, "total")]).expect("small");
        rows
    }

    #[test]
    fn rows_are_read_as_they_were_written() {
        let (bytes, name) = (answer().into_bytes(), Arc::from("shop"));
        assert!(is_rows(&bytes));
        let opened = open_tables(&bytes, &name, &Limits::default(), &|_| true).expect("rows");
        let read = opened.read(&|_| true).expect("rows");
        assert_eq!(read.format, "postgresql");
        assert_eq!(read.notes[0].message, "beware");
        let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
        assert_eq!((table.sheet.as_deref(), table.query.as_deref()), (Some("ties"), Some("SELECT 1")));
        assert!(table.is_of_values);
        let texts: Vec<Vec<&str>> =
            table.rows().map(|row| row.cells.iter().map(|cell| &*cell.text).collect()).collect();
        assert_eq!(texts, [["from", "to", "sum"], ["Ann", "Bob", "5"], ["", "total", ""]]);
        assert_eq!(table.row(1).expect("a row").cells[2].kind, CellKind::Number);
    }

    #[test]
    fn kinds_are_found_by_their_numbers() {
        for (number, (kind, _)) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, number);
        }
    }

    #[test]
    fn damaged_rows_are_refused_and_never_panic() {
        let whole = answer().into_bytes();
        let name: Arc<str> = "shop".into();
        let read = |bytes: &[u8]| {
            let opened = open_tables(bytes, &name, &Limits::default(), &|_| true)?;
            opened.read(&|_| true).map(|tables| tables.tables.len())
        };
        assert!(matches!(read(&whole), Ok(1)));
        let mut refused = 0;
        for end in 0..whole.len() {
            refused += usize::from(read(&whole[..end]).is_err());
            for byte in [0, 0x7f, 0xff] {
                let mut damaged = whole.to_vec();
                damaged[end] = byte;
                let _ = read(&damaged);
            }
        }
        assert!(refused > whole.len() / 2, "{refused} of {}", whole.len());
    }

    #[test]
    fn answers_beyond_the_limits_are_refused() {
        let mut rows = answer();
        (rows.limits.cells, rows.limits.cell_bytes, rows.limits.columns) = (12, 8, 3);
        rows.push_row([(ValueKind::Text, "a")]).expect("the twelfth cell");
        let error = rows.push_row([(ValueKind::Text, "a")]).expect_err("more cells");
        assert!(error.to_string().contains("more than 12 cells; narrow the statement"), "{error}");
        let error = rows.push_row([(ValueKind::Text, "123456789")]).expect_err("a long cell");
        assert!(error.to_string().contains("has a value of more than"), "{error}");
        let headings: Vec<String> = (0..4).map(|column| column.to_string()).collect();
        for headings in [&headings[..], &[]] {
            let head = RowsHead { name: "ties", query: "", has_values: false, headings };
            assert!(rows.start_table(head).is_err());
        }
        rows.limits.unpacked_bytes = 10;
        assert!(rows.push_row([]).is_err());
    }
}
