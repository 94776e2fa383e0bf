//! Takes in a workbook or a graph that holds a whole map as it is, without asking what its columns say.

use std::sync::Arc;

use crate::load::graph_map::read_graph_map;
use crate::load::table::Table;
use crate::load::workbook::{is_map_workbook, is_technical_heading, is_tie_or_actor_sheet, read_map_workbook};
use crate::load::{LoadError, Loaded, ProgressFn};
use crate::model::Map;
use crate::wording::read::Role;

use super::columns::TableColumns;
use super::options::{ImportFile, ImportOptions};
use super::report::preview::TablePreview;
use super::report::{ImportReport, Place, RowCounts};

/// Whether tables are a workbook with a whole map, and nothing is said about them that a map has no use for.
pub(super) fn is_whole_map(tables: &[Table<'_>], options: &ImportOptions) -> bool {
    let is_one_file = tables.windows(2).all(|pair| pair[0].file == pair[1].file);
    is_one_file && is_plain(options) && is_map_workbook(tables)
}

fn is_plain(options: &ImportOptions) -> bool {
    options.columns.is_empty()
        && options.tables.is_empty()
        && options.again.is_empty()
        && options.source.is_none()
        && options.sheet.is_none()
        && options.projection.is_none()
}

/// Reads a graph with a whole map; `None` if the files are anything else.
pub(super) fn read_whole_graph(
    files: &[ImportFile],
    options: &ImportOptions,
    on_progress: ProgressFn,
) -> Result<Option<(Map, ImportReport)>, LoadError> {
    let [file] = files else { return Ok(None) };
    if !is_plain(options) {
        return Ok(None);
    }
    let Some(loaded) = read_graph_map(&file.bytes, &file.name, on_progress)? else { return Ok(None) };
    let rows = loaded.map.actors().len() + loaded.map.ties().len();
    let report = ImportReport { format: "graphml", encoding: Some("UTF-8"), ..ImportReport::default() };
    Ok(Some(with_report(loaded, report, rows)))
}

/// Reads a workbook with a whole map.
pub(super) fn read_whole_map(
    tables: &[Table<'_>],
    report: ImportReport,
    on_progress: ProgressFn,
) -> Result<(Map, ImportReport), LoadError> {
    let file = tables.first().map_or_else(|| Arc::from("workbook"), |table| Arc::clone(&table.file));
    let (loaded, rows) = read_map_workbook(tables, &file, on_progress)?;
    let mut report = report;
    for table in tables {
        report.take_notes(&table.file, &table.notes);
    }
    report.tables = tables
        .iter()
        .map(|table| TablePreview { is_used: true, ..TablePreview::new(table, None, Vec::new()) })
        .collect();
    Ok(with_report(loaded, report, rows))
}

/// Returns a map with a report that says what was read.
fn with_report(loaded: Loaded, mut report: ImportReport, rows: usize) -> (Map, ImportReport) {
    let map = loaded.map;
    report.problems.extend(loaded.problems);
    report.counts.errors += loaded.counts.errors;
    report.counts.warnings += loaded.counts.warnings;
    report.counts.remarks += loaded.counts.remarks;
    (report.actors, report.ties, report.sources) = (map.actors().len(), map.ties().len(), map.sources().len());
    report.facts = map.facts().len();
    report.rows = RowCounts { read: rows, used: rows, skipped: 0 };
    (map, report)
}

/// Whether a table is left out where others are joined with it: of a workbook with a whole map, only actors and ties can be.
/// Says so.
pub(super) fn is_left_out(table: &Table<'_>, tables: &[Table<'_>], report: &mut ImportReport) -> bool {
    let is_left_out = is_of_whole_map(table, tables) && !is_tie_or_actor_sheet(table);
    if is_left_out && table.row_count() > 1 {
        let message = "only the actors and ties of this workbook are added; the sheet is left out".to_owned();
        report.remark(Place::new(table, table.heading_number(), 0), message);
    }
    is_left_out
}

/// Leaves out columns that only the map of the workbook has a use for.
pub(super) fn ignore_technical(table: &Table<'_>, tables: &[Table<'_>], columns: &mut TableColumns) {
    if is_of_whole_map(table, tables) {
        let technical = columns.list.iter_mut().filter(|column| is_technical_heading(&column.heading));
        technical.for_each(|column| column.role = Some(Role::Ignore));
    }
}

fn is_of_whole_map(table: &Table<'_>, tables: &[Table<'_>]) -> bool {
    let of_file = |other: &&Table<'_>| other.file == table.file && crate::load::workbook::is_map_sheet(other);
    table.sheet.is_some() && tables.iter().find(of_file).is_some()
}
