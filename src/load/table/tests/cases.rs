//! The tables of the shared cases.

use super::super::trim_table;
use super::{data, listing, notes, with_tables};

/// Reads and trims the tables of a case, and lists them with all notes.
fn case(path: &str) -> String {
    let name = path.rsplit('/').next().expect("a name");
    with_tables(&data(&format!("cases/{path}")), name, |mut tables| {
        let mut out = format!("{} {}\n", tables.format, tables.encoding.unwrap_or("-"));
        out += &notes(&tables.notes);
        for table in &mut tables.tables {
            trim_table(table);
            out += &format!(
                "[{}{}]\n",
                table.sheet.as_deref().unwrap_or("-"),
                if table.is_hidden { " hidden" } else { "" }
            );
            out += &listing(table);
            out += &notes(&table.notes);
        }
        out
    })
}

#[test]
fn print_all() {
    for path in [
        "02-semicolon-decimal-comma/edges.csv",
        "02-semicolon-decimal-comma/counts.csv",
        "03-bom-and-untidy-header/edges.csv",
        "04-windows-1252/cp1252.csv",
        "04-windows-1252/utf8.csv",
        "04-windows-1252/mixed.csv",
        "06-quotes-and-newlines/edges.csv",
        "06-quotes-and-newlines/backslash.csv",
        "06-quotes-and-newlines/unclosed.csv",
        "11-type-means-direction/timeset.csv",
        "12-amounts-in-words/deals.csv",
        "14-xlsx-dates-and-formats/dates.xlsx",
        "14-xlsx-dates-and-formats/dates-1904.xlsx",
        "15-xlsx-kumu/kumu.xlsx",
        "16-xlsx-many-tables/affair.xlsx",
        "20-neo4j-admin-csv/people.csv",
        "22-matrix-csv/matrix.csv",
        "24-sif/net.sif",
        "24-sif/spaces.sif",
        "54-evidence-columns/claims.csv",
    ] {
        println!("=== {path}\n{}", case(path));
    }
}
