//! A sheet of a workbook of any make while it is read, and its conversion to a table: cells in order, merged cells
//! repeated, day counts among dates.

use std::sync::Arc;

use super::limits::Meter;
use super::number::format::DatePrecision;
use super::number::{Epoch, date, date_text};
use super::types::{Cell, CellKind, Stop, Table, TableNote, column_letters};
use crate::model::Severity;

/// A sheet, as the cells that are not empty.
#[derive(Debug, Default)]
pub(super) struct RawSheet<'a> {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    pub(super) epoch: Epoch,
    pub(super) cells: Vec<PlacedCell<'a>>,
    pub(super) merges: Vec<Area>,
    pub(super) notes: Vec<TableNote>,
}

/// A cell with its row and column, from 0.
#[derive(Clone, Debug)]
pub(super) struct PlacedCell<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) cell: Cell<'a>,
}

/// A merged range of cells: its first and last row and column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// Whole numbers that are day counts of the years 1927 to 2173 if they stand among dates.
const DAY_COUNTS: std::ops::Range<f64> = 10_000.0..100_000.0;

impl<'a> RawSheet<'a> {
    /// Adds a cell, unless it has no text.
    pub(super) fn push(&mut self, row: u32, column: u32, cell: Cell<'a>) {
        if !cell.is_empty() {
            self.cells.push(PlacedCell { row, column, cell });
        }
    }

    /// Converts the sheet to a table.
    pub(super) fn into_table(
        mut self,
        file: &Arc<str>,
        format: &'static str,
        meter: &Meter,
    ) -> Result<Table<'a>, Stop> {
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.repeat_merged(meter)?;
        self.read_day_counts();
        let mut table = Table::new(file, Some(self.name), format);
        table.is_hidden = self.is_hidden;
        for note in self.notes {
            table.note(note);
        }
        let mut next_row = 0;
        let mut cells = self.cells.into_iter().peekable();
        while let Some(row) = cells.peek().map(|cell| cell.row) {
            let start = table.cells.len();
            while let Some(placed) = cells.next_if(|cell| cell.row == row) {
                let gap = start + placed.column as usize - table.cells.len();
                meter.count_cells(gap + 1)?;
                table.cells.extend(std::iter::repeat_n(Cell::text(""), gap));
                if placed.cell.kind == CellKind::Error {
                    table.note(error_note(&placed));
                }
                table.cells.push(placed.cell);
            }
            meter.check_columns(table.cells.len() - start, row + 1)?;
            table.end_row(start, row.saturating_add(1), row > next_row);
            next_row = row.saturating_add(1);
        }
        Ok(table)
    }

    fn row_range(&self, row: u32) -> std::ops::Range<usize> {
        let start = self.cells.partition_point(|cell| cell.row < row);
        start..start + self.cells[start..].partition_point(|cell| cell.row == row)
    }

    /// Repeats the value of merged cells in all of their rows, and in all of their columns unless it is alone in its
    /// row, as a title is.
    fn repeat_merged(&mut self, meter: &Meter) -> Result<(), Stop> {
        let last_row = self.cells.last().map_or(0, |cell| cell.row);
        let last_column = self.cells.iter().map(|cell| cell.column).max().unwrap_or(0);
        let mut repeated: Vec<PlacedCell> = Vec::new();
        let mut first_of_several_rows = None;
        for area in std::mem::take(&mut self.merges) {
            let (row, column) = area.first;
            let range = self.row_range(row);
            let Ok(at) = self.cells[range.clone()].binary_search_by_key(&column, |cell| cell.column) else { continue };
            let cell = self.cells[range.start + at].cell.clone();
            let is_inside = |cell: &PlacedCell| (column..=area.last.1).contains(&cell.column);
            let row_cells = &self.cells[range];
            let is_alone = row_cells.first().is_some_and(is_inside) && row_cells.last().is_some_and(is_inside);
            if is_alone && area.last.1 > column {
                continue;
            }
            let (bottom, right) = (area.last.0.min(last_row), area.last.1.min(last_column));
            let height = (bottom.saturating_sub(row) + 1) as usize;
            let width = (right.saturating_sub(column) + 1) as usize;
            meter.count_cells(height.saturating_mul(width))?;
            meter.count_copies(cell.text.len(), height.saturating_mul(width))?;
            for row in row..=bottom {
                let columns = (column..=right).map(|column| PlacedCell { row, column, cell: cell.clone() });
                repeated.extend(columns);
            }
            if bottom > row {
                first_of_several_rows.get_or_insert((row, column));
            }
        }
        if repeated.is_empty() {
            return Ok(());
        }
        // The sort is stable, so that cells of the file come before those repeated.
        self.cells.append(&mut repeated);
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        if let Some((row, column)) = first_of_several_rows {
            let message = "cells are merged over several rows; their value is repeated in each of them";
            let note = TableNote::new(Severity::Remark, message, "check that it holds for each of the rows");
            self.notes.push(note.at_cell(row + 1, column + 1));
        }
        Ok(())
    }

    /// Converts bare numbers in columns of dates to dates, if most of the column are dates.
    fn read_day_counts(&mut self) {
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for placed in &self.cells {
            let column = placed.column as usize;
            if matches!(placed.cell.kind, CellKind::Date | CellKind::Number) && column < 16_384 {
                if counts.len() <= column {
                    counts.resize(column + 1, (0, 0));
                }
                match placed.cell.kind {
                    CellKind::Date => counts[column].0 += 1,
                    _ => counts[column].1 += 1,
                }
            }
        }
        for placed in &mut self.cells {
            let (dates, numbers) = counts.get(placed.column as usize).copied().unwrap_or_default();
            if placed.cell.kind != CellKind::Number || dates <= numbers {
                continue;
            }
            let value = placed.cell.text.parse().ok().filter(|value: &f64| DAY_COUNTS.contains(value));
            if let Some(date) = value.and_then(|value| date(value, self.epoch)) {
                let text = date_text(date, DatePrecision::Day);
                let message =
                    format!("a bare number among dates, {}; read as the day count of {text}", placed.cell.text);
                let note = TableNote::new(Severity::Warning, message, "format the cell as a date");
                self.notes.push(note.at_cell(placed.row + 1, placed.column + 1));
                placed.cell = Cell { text: text.into(), kind: CellKind::Date };
            }
        }
    }
}

fn error_note(placed: &PlacedCell) -> TableNote {
    let (row, column) = (placed.row + 1, placed.column + 1);
    let message =
        format!("the cell {}{row} holds the error {}; it is left empty", column_letters(column), placed.cell.text);
    TableNote::new(Severity::Warning, message, "mend the formula, or clear the cell").at_cell(row, column)
}

/// Parses a reference such as `B12`, and returns row and column from 0.
pub(super) fn parse_reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at(letters);
    if column.is_empty() || column.len() > 3 {
        return None;
    }
    let column = column.bytes().fold(0, |column, byte| column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    Some((row - 1, column - 1))
}

/// Parses a range such as `A1:C3`.
pub(super) fn parse_area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    let (first, last) = (parse_reference(first)?, parse_reference(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some(Area { first, last })
}
