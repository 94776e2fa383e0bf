//! What an import reports: counts of rows, problems with their cells, kept fields.

pub(super) mod preview;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::load::table::{Table, TableNote};
use crate::load::{LoadError, ProblemCounts};
use crate::model::{Location, Map, Position, Problem, Severity};
use crate::wording::counted;

use self::preview::TablePreview;
use super::options::ImportFile;

/// The maximum number of listed problems; the rest are only counted.
const MAX_LISTED: usize = 1000;

/// The formats of files that are no graphs, see [`ImportReport::format`].
const TABLE_FORMATS: [&str; 10] = ["csv", "tsv", "sif", "ncol", "xlsx", "xls", "ods", "zip", "sqlite", "postgresql"];

/// Number of rows of the tables. All that are read are used or skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows below headings that are not blank.
    pub read: usize,
    /// Rows that became actors, ties or evidence.
    pub used: usize,
    /// Rows of which each has a problem that says why.
    pub skipped: usize,
}

/// What an import found.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The format of the file, or of the first of several.
    pub format: &'static str,
    /// The encoding of the text; `None` for workbooks.
    pub encoding: Option<&'static str>,
    /// What a graph is called; `None` for tables, and once a map is made.
    pub title: Option<String>,
    /// What its file says of it as a whole.
    pub description: Option<String>,
    /// The tables with the roles of their columns.
    pub tables: Vec<TablePreview>,
    /// Headings of columns whose role was guessed by their values.
    pub guesses: BTreeSet<String>,
    /// The number of new actors.
    pub actors: usize,
    /// The number of new ties.
    pub ties: usize,
    /// The number of new facts.
    pub facts: usize,
    /// The number of new sources.
    pub sources: usize,
    /// The number of ties that the map has already, which are not added again.
    pub known_ties: usize,
    /// The number of facts that the map has already.
    pub known_facts: usize,
    /// The rows of all tables.
    pub rows: RowCounts,
    /// Headings of columns without a role, whose values are kept as fields.
    pub kept_fields: BTreeSet<String>,
    /// The first 1,000 problems.
    pub problems: Vec<Problem>,
    /// The number of all problems.
    pub counts: ProblemCounts,
}

/// A cell, for problems; columns are counted from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a, 't> {
    pub(super) table: &'a Table<'t>,
    pub(super) row: u32,
    pub(super) column: usize,
}

impl<'a, 't> Place<'a, 't> {
    pub(super) fn new(table: &'a Table<'t>, row: u32, column: usize) -> Self {
        Self { table, row, column }
    }

    /// Returns the position of the cell; that of the element in the text of a graph.
    fn position(&self) -> Position {
        position(RowPosition::of(self.table), self.table.sheet.as_deref(), self.row, self.column as u32 + 1)
    }
}

/// What the number of a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowPosition {
    /// A row of a sheet.
    Row,
    /// A line of the text of a graph.
    Line,
    /// A column of its only line.
    Column,
}

impl RowPosition {
    fn of(table: &Table<'_>) -> Self {
        if table.is_of_one_line {
            Self::Column
        } else if table.is_of_graph() {
            Self::Line
        } else {
            Self::Row
        }
    }
}

fn position(number: RowPosition, sheet: Option<&str>, row: u32, column: u32) -> Position {
    match number {
        RowPosition::Row => Position::Cell { sheet: Arc::from(sheet.unwrap_or_default()), row, column },
        RowPosition::Line => Position::Text { line: row, column: 1 },
        RowPosition::Column => Position::Text { line: 1, column: row },
    }
}

impl ImportReport {
    pub(super) fn add(&mut self, severity: Severity, place: Place<'_, '_>, message: String, remedy: &str) {
        let location = Location { file: Arc::clone(&place.table.file), position: place.position() };
        self.push(severity, Arc::clone(&place.table.file), Some(location), message, remedy);
    }

    pub(super) fn remark(&mut self, place: Place<'_, '_>, message: String) {
        self.add(Severity::Remark, place, message, "");
    }

    pub(super) fn warn(&mut self, place: Place<'_, '_>, message: String, remedy: &str) {
        self.add(Severity::Warning, place, message, remedy);
    }

    /// Adds a warning at a location that is no cell.
    pub(super) fn warn_at(&mut self, location: Location, message: String, remedy: &str) {
        self.push(Severity::Warning, Arc::clone(&location.file), Some(location), message, remedy);
    }

    /// Adds a problem of a file as a whole.
    pub(super) fn add_to_file(&mut self, severity: Severity, file: &Arc<str>, message: String, remedy: &str) {
        self.push(severity, Arc::clone(file), None, message, remedy);
    }

    /// Reports a row that is left out.
    pub(super) fn skip(&mut self, place: Place<'_, '_>, message: String, remedy: &str) {
        self.rows.skipped += 1;
        self.add(Severity::Error, place, message, remedy);
    }

    /// Reports a table of which no row can be used.
    pub(super) fn skip_table(&mut self, table: &Table<'_>) {
        let count = table.row_count().saturating_sub(1);
        self.rows.read += count;
        self.rows.skipped += count;
        let message = "no column says who is tied to whom, or names actors; the table is left out".to_owned();
        let remedy = "name its columns From and To, or Name";
        // A workbook may have sheets of notes.
        self.add(Severity::Remark, Place::new(table, table.heading_number(), 0), message, remedy);
    }

    /// Adds what reading a file noticed.
    pub(super) fn take_notes(&mut self, file: &Arc<str>, notes: &[TableNote]) {
        self.take(file, RowPosition::Row, notes);
    }

    /// Adds what reading a table noticed.
    pub(super) fn take_table_notes(&mut self, table: &Table<'_>) {
        self.take(&table.file, RowPosition::of(table), &table.notes);
        if table.more_notes > 0 {
            let more = counted(table.more_notes, "more note", "more notes");
            let message = format!("{more} on the same table are not listed");
            self.add_to_file(Severity::Warning, &table.file, message, "");
        }
    }

    fn take(&mut self, file: &Arc<str>, number: RowPosition, notes: &[TableNote]) {
        for note in notes {
            let location = note.row.map(|row| {
                let position = position(number, note.sheet.as_deref(), row, note.column.unwrap_or(1));
                Location { file: Arc::clone(file), position }
            });
            self.push(note.severity, Arc::clone(file), location, note.message.clone(), &note.remedy);
        }
    }

    /// Takes format and encoding of the first file.
    pub(super) fn take_form(&mut self, format: &'static str, encoding: Option<&'static str>) {
        if self.format.is_empty() {
            (self.format, self.encoding) = (format, encoding);
        }
    }

    fn push(&mut self, severity: Severity, file: Arc<str>, location: Option<Location>, message: String, remedy: &str) {
        match severity {
            Severity::Error => self.counts.errors += 1,
            Severity::Warning => self.counts.warnings += 1,
            Severity::Remark => self.counts.remarks += 1,
        }
        if self.problems.len() < MAX_LISTED {
            let remedy = (!remedy.is_empty()).then(|| remedy.to_owned());
            let field = String::new();
            self.problems.push(Problem { severity, file, location, field, message, remedy, related: None });
        }
    }

    /// Checks that the map has something to show.
    ///
    /// # Errors
    ///
    /// If it has no actors; says why.
    pub(in crate::load) fn check(&self, map: &Map, files: &[ImportFile]) -> Result<(), LoadError> {
        if !map.actors().is_empty() {
            return Ok(());
        }
        let file = files.first().map_or_else(|| Arc::from("table"), |file| Arc::clone(&file.name));
        let reason = self.first_reason();
        if !self.format.is_empty() && !TABLE_FORMATS.contains(&self.format) {
            return Err(LoadError::EmptyGraph { file, reason });
        }
        Err(LoadError::NothingToImport { file, reason })
    }

    /// Returns the message of the first problem.
    fn first_reason(&self) -> Option<String> {
        self.problems.iter().find(|problem| problem.location.is_some()).map(|problem| problem.message.clone())
    }
}
