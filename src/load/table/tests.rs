//! Tests over files as programs write them.

mod cases;
pub(in crate::load) mod damage;
mod graphs;
mod hostile;
mod json;
mod slow;
mod text;
mod workbooks;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::types::Tables;
use super::{CellKind, Limits, Table, TableError, TableNote, open_tables, trim_table};

/// Returns the bytes of a file in `tests/data`; tests run in the root of the package.
fn data(path: &str) -> Vec<u8> {
    let path = Path::new("tests/data").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads a file with the usual limits, and shows its tables to `examine`.
fn with_tables<R>(bytes: &[u8], name: &str, examine: impl FnOnce(Tables) -> R) -> R {
    let files = open_tables(bytes, &Arc::from(name), &Limits::default(), &|_| true).expect("a file of tables");
    let tables = files.read(&|_| true).expect("tables");
    examine(tables)
}

/// Returns the error of a file that can't be opened or read.
fn error_of(bytes: &[u8], name: &str, limits: &Limits) -> String {
    let opened = open_tables(bytes, &Arc::from(name), limits, &|_| true);
    let error: TableError = match &opened {
        Err(_) => opened.map(|_| ()).expect_err("an error"),
        Ok(files) => files.read(&|_| true).map(|_| ()).expect_err("an error"),
    };
    error.to_string()
}

/// Formats a table with a line for each row: number, then the cells with their kinds.
fn listing(table: &Table) -> String {
    let mut out = String::new();
    for row in table.rows() {
        let cells: Vec<String> = row.cells.iter().map(|cell| format!("{}{}", mark(cell.kind), cell.text)).collect();
        let _ = writeln!(out, "{}: {}", row.number, cells.join(" | ").replace('\n', "⏎"));
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
        CellKind::List => "l:".to_owned(),
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
        let _ = writeln!(out, "{:?} {sheet}{row}{column}{}", note.severity, note.message);
    }
    out
}

/// Lists all tables of a file, trimmed, with all notes; long cells are cut.
fn whole_listing(bytes: &[u8], name: &str) -> String {
    with_tables(bytes, name, |mut tables| {
        let mut out = format!("format {}, encoding {}\n", tables.format, tables.encoding.unwrap_or("none"));
        out += &notes(&tables.notes);
        for table in &mut tables.tables {
            trim_table(table);
            let sheet = table.sheet.as_ref().map(|sheet| format!(", sheet {sheet}")).unwrap_or_default();
            let _ = writeln!(out, "[{}{sheet}{}]", table.file, if table.is_hidden { ", hidden" } else { "" });
            for line in listing(table).lines() {
                let _ = writeln!(out, "{}", line.chars().take(160).collect::<String>().trim_end());
            }
            out += &notes(&table.notes);
        }
        out
    })
}

/// Compares a listing with a file in `tests/data/import`, or writes it there if `TIELINE_BLESS` is set.
fn assert_golden(listing: &str, file: &str) {
    let path = Path::new("tests/data/import").join(file);
    if std::env::var_os("TIELINE_BLESS").is_some() {
        std::fs::write(&path, listing).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (found, expected)) in (1..).zip(listing.lines().zip(expected.lines())) {
        assert_eq!(found, expected, "{file}, line {line}");
    }
    assert_eq!(listing.lines().count(), expected.lines().count(), "{file}");
}
