//! What the readers return: tables of cells, notes on them, and the error of a file without any.

use std::borrow::Cow;
use std::sync::Arc;

use iso_currency::Currency;

use crate::model::Severity;
use crate::wording::read::Role;

/// All tables of one file.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "what a file is read for")]
pub(crate) struct Tables<'a> {
    pub(crate) tables: Vec<Table<'a>>,
    /// The encoding of a text file, such as `UTF-8` or `windows-1252`; `None` for workbooks and archives.
    pub(crate) encoding: Option<&'static str>,
    /// The file format as its usual extension: `csv`, `tsv`, `sif`, `ncol`, `xlsx`, `xls`, `ods` or `zip`, or
    /// that of a graph or database.
    pub(crate) format: &'static str,
    /// What a graph is called, and what its file says of it as a whole.
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// Notes on the whole file, such as its encoding, hidden sheets, and members of an archive that were left out.
    pub(crate) notes: Vec<TableNote>,
}

/// The table of a text file, or of one sheet of a workbook. Rows without any text are left out.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what is special about a table, one by one")]
pub(crate) struct Table<'a> {
    /// The name of the file, or of the member of an archive.
    pub(crate) file: Arc<str>,
    /// The name of the sheet; `None` for text files.
    pub(crate) sheet: Option<String>,
    /// The format as in [`Tables::format`].
    pub(crate) format: &'static str,
    pub(crate) is_hidden: bool,
    pub(crate) notes: Vec<TableNote>,
    /// The number of notes beyond the first [`MAX_NOTES`].
    pub(crate) more_notes: usize,
    /// The roles of its columns as far as the format says them; `None` for tables that are not of a graph.
    pub(crate) known_roles: Option<Vec<Option<Role>>>,
    /// Whether the numbers of rows are columns of the only line of a graph.
    pub(crate) is_of_one_line: bool,
    /// Whether the rows of a graph are facts about its actors.
    pub(crate) is_of_facts: bool,
    /// Whether an id of the graph means the same actor in other files, too.
    pub(crate) has_shared_ids: bool,
    /// The statement that a database answered with these rows; `None` for tables of files.
    pub(crate) query: Option<String>,
    /// Whether a value was put into that statement, so that it has many answers.
    pub(crate) is_of_values: bool,
    pub(super) cells: Vec<Cell<'a>>,
    pub(super) rows: Vec<RowSpan>,
}

/// The maximum number of notes that a table lists.
pub(crate) const MAX_NOTES: usize = 200;

/// The location of a row in the flat list of cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowSpan {
    pub(super) number: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether an empty row or line comes before it.
    pub(super) follows_blank: bool,
}

/// A row of a table; rows may have different lengths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableRow<'t, 'a> {
    /// The line where the row starts, or the row of the sheet, from 1.
    pub(crate) number: u32,
    pub(crate) cells: &'t [Cell<'a>],
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// The text, with blanks at its ends if the file has them.
    pub(crate) text: Cow<'a, str>,
    pub(crate) kind: CellKind,
}

/// The kind of a cell as the file declares it. Except for `Text`, the text of a cell is canonical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Words, or a number as a person typed it.
    Text,
    /// A plain decimal: `-1234.5`.
    Number,
    /// A plain decimal of this currency.
    Money(Currency),
    /// A plain decimal in percent: `25.5` for 25.5 %.
    Percent,
    /// An EDTF date as precise as the cell shows it: `2014`, `2019-12` or `2016-04-06`.
    Date,
    /// `true` or `false`.
    Bool,
    /// Several texts with bars between them, see [`Cell::list`].
    List,
    /// An error of a formula, such as `#N/A`.
    Error,
}

/// A remark on a table, or on a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableNote {
    pub(crate) sheet: Option<String>,
    /// The line or row, from 1.
    pub(crate) row: Option<u32>,
    /// The column, from 1.
    pub(crate) column: Option<u32>,
    pub(crate) message: String,
    pub(crate) remedy: String,
    pub(crate) severity: Severity,
}

/// The error of a file from which no table can be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TableError {
    /// Reading was canceled.
    #[error("opening was canceled")]
    Canceled,
    /// The file can't be read.
    #[error("could not open “{file}”: {message}; {remedy}")]
    Refused {
        /// The file's name.
        file: Arc<str>,
        /// The reason.
        message: String,
        /// The remedy.
        remedy: String,
    },
}

/// The reason why a reader stopped; [`TableError`] adds the name of the file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::load) enum Stop {
    Canceled,
    /// The file, or this member of an archive, can't be read.
    Refused {
        message: String,
        remedy: &'static str,
    },
    /// A limit on the whole file is exceeded.
    Exceeded {
        message: String,
        remedy: &'static str,
    },
}

impl Stop {
    pub(super) fn refused(message: impl Into<String>, remedy: &'static str) -> Self {
        Self::Refused { message: message.into(), remedy }
    }

    pub(super) fn in_file(self, file: &Arc<str>) -> TableError {
        match self {
            Self::Canceled => TableError::Canceled,
            Self::Refused { message, remedy } | Self::Exceeded { message, remedy } => {
                TableError::Refused { file: Arc::clone(file), message, remedy: remedy.to_owned() }
            }
        }
    }
}

impl TableNote {
    /// Creates a note on the whole table or file.
    pub(super) fn new(severity: Severity, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { sheet: None, row: None, column: None, message: message.into(), remedy: remedy.into(), severity }
    }

    /// Sets the row, from 1.
    pub(super) fn at_row(self, row: u32) -> Self {
        Self { row: Some(row), ..self }
    }

    /// Sets the row and the column, both from 1.
    pub(super) fn at_cell(self, row: u32, column: u32) -> Self {
        Self { row: Some(row), column: Some(column), ..self }
    }

    pub(super) fn in_sheet(self, sheet: Option<&str>) -> Self {
        Self { sheet: sheet.map(str::to_owned), ..self }
    }
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), kind: CellKind::Text }
    }

    /// Returns the cell of a truth value.
    pub(super) fn flag(value: bool) -> Self {
        Self { text: if value { "true" } else { "false" }.into(), kind: CellKind::Bool }
    }

    /// Returns the cell of several texts. They are kept as a list, and are several values of a role that may have them.
    pub(super) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Self {
        let mut text = String::new();
        let mut count = 0;
        for item in items {
            if !text.is_empty() {
                text.push('|');
            }
            text.extend(item.as_ref().chars().map(|c| if c == '|' { '¦' } else { c }));
            count += 1;
        }
        // A single text with a semicolon is not split there.
        if count == 1 && text.contains(';') {
            text.push('|');
        }
        Self { text: text.into(), kind: CellKind::List }
    }

    /// Returns whether the cell has nothing but blanks.
    pub(crate) fn is_empty(&self) -> bool {
        // Most cells begin with a letter or digit of ASCII.
        !self.text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && self.text.trim().is_empty()
    }
}

impl<'a> Table<'a> {
    pub(super) fn new(file: &Arc<str>, sheet: Option<String>, format: &'static str) -> Self {
        Self {
            file: Arc::clone(file),
            sheet,
            format,
            is_hidden: false,
            notes: Vec::new(),
            more_notes: 0,
            known_roles: None,
            is_of_one_line: false,
            is_of_facts: false,
            has_shared_ids: false,
            query: None,
            is_of_values: false,
            cells: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Returns the number of rows.
    pub(crate) fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Returns a row by its index among the rows of the table.
    pub(crate) fn row(&self, index: usize) -> Option<TableRow<'_, 'a>> {
        self.rows.get(index).map(|span| self.row_of(*span))
    }

    /// Returns all rows, in file order.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = TableRow<'_, 'a>> + Clone {
        self.rows.iter().map(|span| self.row_of(*span))
    }

    /// Returns the length of the longest row.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(|span| (span.end - span.start) as usize).max().unwrap_or(0)
    }

    /// Puts a row of headings above a table that has none. It is no row of the file, so its number is 0.
    pub(crate) fn add_headings(&mut self, headings: impl IntoIterator<Item = String>) {
        let start = self.cells.len() as u32;
        self.cells.extend(headings.into_iter().map(Cell::text));
        let end = self.cells.len() as u32;
        self.rows.insert(0, RowSpan { number: 0, start, end, follows_blank: false });
    }

    /// Puts a row of headings above the rows of a file that names the columns in each row.
    pub(super) fn add_first_row(&mut self, headings: impl IntoIterator<Item = Cow<'a, str>>) {
        let number = self.rows.first().map_or(1, |span| span.number);
        let start = self.cells.len() as u32;
        self.cells.extend(headings.into_iter().map(Cell::text));
        let end = self.cells.len() as u32;
        self.rows.insert(0, RowSpan { number, start, end, follows_blank: false });
    }

    /// Whether it is a table of the actors or ties of a graph: its rows are elements, and its cells name actors by id.
    pub(crate) fn is_of_graph(&self) -> bool {
        self.known_roles.is_some()
    }

    /// Whether the headings are not in the file, but were added by [`Table::add_headings`].
    pub(crate) fn has_added_headings(&self) -> bool {
        self.rows.first().is_some_and(|span| span.number == 0)
    }

    /// Returns the number of the row of headings, for problems; that of the first row if the file has no headings.
    pub(crate) fn heading_number(&self) -> u32 {
        self.rows.iter().map(|span| span.number).find(|&number| number > 0).unwrap_or(1)
    }

    pub(super) fn row_of(&self, span: RowSpan) -> TableRow<'_, 'a> {
        TableRow { number: span.number, cells: &self.cells[span.start as usize..span.end as usize] }
    }

    /// Ends a row whose cells are those from `start` on, with or without text.
    pub(super) fn push_row(&mut self, start: usize, number: u32) {
        let (start, end) = (start as u32, self.cells.len() as u32);
        self.rows.push(RowSpan { number, start, end, follows_blank: false });
    }

    /// Ends a row whose cells are those from `start` on; a row without text is dropped. Returns whether it was kept.
    pub(super) fn end_row(&mut self, start: usize, number: u32, follows_blank: bool) -> bool {
        let is_kept = self.cells[start..].iter().any(|cell| !cell.is_empty());
        if is_kept {
            let (start, end) = (start as u32, self.cells.len() as u32);
            self.rows.push(RowSpan { number, start, end, follows_blank });
        } else {
            self.cells.truncate(start);
        }
        is_kept
    }

    /// Adds a note; beyond the maximum, it is only counted.
    pub(super) fn note(&mut self, note: TableNote) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(note.in_sheet(self.sheet.as_deref()));
        } else {
            self.more_notes += 1;
        }
    }
}

/// Returns the letters of a column counted from 1, as spreadsheets show them: `A`, `Z`, `AA`.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
