//! Reads a workbook that holds a whole map.

use std::sync::Arc;

use crate::load::build::build;
use crate::load::faults::{Faults, Quoted};
use crate::load::loose::Loose;
use crate::load::records::FileRecord;
use crate::load::table::Table;
use crate::load::{LoadError, Loaded, ProgressFn, finish};
use crate::model::{Location, Position, Problem, Severity};

use super::columns::{ACTORS, MAP, TIES};
use super::decode::{DecodedSheets, decode};
use super::locator::CellLocator;
use super::{MARK, OTHER_FIELDS};

/// Whether a sheet marks its workbook as one that holds a whole map.
pub(in crate::load) fn is_map_sheet(table: &Table<'_>) -> bool {
    let is_named = table.sheet.as_deref().is_some_and(|sheet| sheet.trim().eq_ignore_ascii_case(MAP));
    is_named && table.row(0).and_then(|row| row.cells.first()).is_some_and(|cell| cell.text.trim() == MARK)
}

fn about(tables: &[Table<'_>]) -> Option<usize> {
    tables.iter().position(is_map_sheet)
}

/// Whether these tables are the sheets of a workbook that holds a whole map.
pub(in crate::load) fn is_map_workbook(tables: &[Table<'_>]) -> bool {
    about(tables).is_some()
}

/// Whether a sheet of such a workbook has actors or ties, which can be added to another map.
pub(in crate::load) fn is_tie_or_actor_sheet(table: &Table<'_>) -> bool {
    let name = table.sheet.as_deref().unwrap_or_default().trim();
    [&ACTORS, &TIES].iter().any(|plan| name.eq_ignore_ascii_case(plan.name))
}

/// Whether a column of such a sheet says nothing to another map.
pub(in crate::load) fn is_technical_heading(heading: &str) -> bool {
    heading.starts_with(OTHER_FIELDS)
}

/// Reads the map in the sheets of a workbook; also returns the number of rows that were read.
///
/// # Errors
///
/// If reading is canceled, or the workbook is damaged beyond what a map can be read from.
pub(in crate::load) fn read_map_workbook(
    tables: &[Table<'_>],
    file: &Arc<str>,
    on_progress: ProgressFn,
) -> Result<(Loaded, usize), LoadError> {
    let Some(about) = about(tables) else { return Err(LoadError::not_a_map(file, "a workbook")) };
    let decoded = decode(tables, about);
    let sheets: Vec<Arc<str>> =
        tables.iter().map(|table| Arc::from(table.sheet.as_deref().unwrap_or_default())).collect();
    let further = problems_of_sheets(&decoded, &sheets, file);
    let DecodedSheets { json, places, rows, .. } = decoded;
    let Ok(Loose::Good(record)) = serde_json::from_str::<Loose<FileRecord>>(&json) else {
        return Err(LoadError::not_a_map(file, "a damaged Tieline workbook"));
    };
    let built = build(record, Faults::default(), on_progress)?;
    let mut loaded = finish(built, file, None, || CellLocator { places, sheets })?;
    for problem in further {
        match problem.severity {
            Severity::Error => loaded.counts.errors += 1,
            Severity::Warning => loaded.counts.warnings += 1,
            Severity::Remark => loaded.counts.remarks += 1,
        }
        loaded.problems.push(problem);
    }
    Ok((loaded, rows))
}

/// Returns the problems of rows and sheets that the map has no place for.
fn problems_of_sheets(decoded: &DecodedSheets, sheets: &[Arc<str>], file: &Arc<str>) -> Vec<Problem> {
    let problem = |severity, table: usize, row: u32, message: String, remedy: &str| Problem {
        severity,
        file: Arc::clone(file),
        location: Some(Location {
            file: Arc::clone(file),
            position: Position::Cell { sheet: Arc::clone(&sheets[table]), row, column: 1 },
        }),
        field: String::new(),
        message,
        remedy: Some(remedy.to_owned()),
        related: None,
    };
    let strays = decoded.strays.iter().map(|(table, row, id)| {
        let message = format!("no tie or fact has the id {}; its evidence is left out", Quoted(id));
        problem(Severity::Error, *table, *row, message, "write an id from the sheet Ties or Facts")
    });
    let damaged = decoded.damaged.iter().map(|&(table, row)| {
        let message = "the row can't be read in full: its other fields are damaged, or its kind is of an unknown type";
        problem(Severity::Error, table, row, message.to_owned(), "restore the row from an earlier version")
    });
    let unknown = decoded.unknown.iter().map(|&table| {
        let message = format!("the sheet {} is not part of the map; it is left out", Quoted(&sheets[table]));
        problem(Severity::Remark, table, 1, message, "nothing to do")
    });
    strays.chain(damaged).chain(unknown).take(crate::load::faults::MAX_LISTED).collect()
}
