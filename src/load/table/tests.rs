//! Tests over files as programs write them.

mod cases;
mod hostile;
mod text;
mod workbooks;

use std::path::PathBuf;
use std::sync::Arc;

use super::types::Tables;
use super::{CellKind, Limits, Table, TableNote, open_tables};

/// Returns the bytes of a file in `tests/data`.
fn data(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads a file with the usual limits, and shows its tables to `examine`.
fn with_tables<R>(bytes: &[u8], name: &str, examine: impl FnOnce(Tables) -> R) -> R {
    let files = open_tables(bytes, &Arc::from(name), &Limits::default(), &|_| true).expect("a file of tables");
    let tables = files.read(&|_| true).expect("tables");
    examine(tables)
}

/// Formats a table with a line for each row: number, then the cells with their kinds.
fn listing(table: &Table) -> String {
    let mut out = String::new();
    for row in table.rows() {
        let cells: Vec<String> = row.cells.iter().map(|cell| format!("{}{}", mark(cell.kind), cell.text)).collect();
        out += &format!("{}: {}\n", row.number, cells.join(" | ").replace('\n', "⏎"));
    }
    out
}

fn mark(kind: CellKind) -> String {
    match kind {
        CellKind::Text => String::new(),
        CellKind::Number => "n:".to_owned(),
        CellKind::Money(currency) => format!("{}:", currency.code()),
        CellKind::Percent => "%:".to_owned(),
        CellKind::Date => "d:".to_owned(),
        CellKind::Bool => "b:".to_owned(),
        CellKind::Error => "e:".to_owned(),
    }
}

/// Formats notes with a line for each: sheet, row, column, message.
fn notes(notes: &[TableNote]) -> String {
    let mut out = String::new();
    for note in notes {
        let sheet = note.sheet.as_ref().map(|sheet| format!("{sheet} ")).unwrap_or_default();
        let row = note.row.map(|row| format!("row {row} ")).unwrap_or_default();
        let column = note.column.map(|column| format!("column {column} ")).unwrap_or_default();
        out += &format!("{:?} {sheet}{row}{column}{}\n", note.severity, note.message);
    }
    out
}
