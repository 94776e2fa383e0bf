//! Cytoscape's simple interaction format: source, kind, and any number of targets in a line, or an actor alone.

use crate::load::table::delimited::dialect::TextStart;
use crate::load::table::delimited::{Dialect, read_delimited};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop, Table};

/// The number of lines examined.
const MAX_LINES: usize = 200;

/// Returns whether the text of a file without a telling name is SIF: lines of different lengths without gaps, no
/// heading, and few kinds in the second column.
pub(in crate::load::table) fn is_sif(text: &str, start: &TextStart) -> bool {
    if start.dialect.separator != b'\t' || text.contains('"') {
        return false;
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(MAX_LINES);
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let is_full = rows.iter().flatten().all(|cell| !cell.trim().is_empty());
    let has_targets = rows.iter().any(|row| row.len() > 3);
    let is_ragged = rows.iter().any(|row| row.len() != rows[0].len() && row.len() != 2);
    let first = rows.first().and_then(|row| row.get(1));
    let is_repeated = rows.iter().skip(1).any(|row| row.get(1).is_some() && row.get(1) == first);
    is_full && has_targets && is_ragged && is_repeated
}

/// Reads SIF: separated by tabs if there is any, else by blanks.
pub(in crate::load::table) fn read_sif<'a>(table: &mut Table<'a>, text: &'a str, meter: &Meter) -> Result<(), Stop> {
    if text.contains('\t') {
        let dialect = Dialect { separator: b'\t', has_escapes: false };
        return read_delimited(table, text, dialect, (0, 1), meter);
    }
    for (number, line) in (1..).zip(text.lines()) {
        let start = table.cells.len();
        table.cells.extend(line.split_whitespace().take(meter.read_columns()).map(Cell::text));
        let columns = table.cells.len() - start;
        meter.check_columns(columns, number)?;
        meter.check_text(line.len(), number)?;
        meter.count_row(columns)?;
        table.end_row(start, number, false);
    }
    Ok(())
}
