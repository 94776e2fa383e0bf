//! The tables of the shared cases, whose right values are in the `expect.md` beside each.

use std::fmt::Write as _;

use super::{assert_golden, data, whole_listing};

const FILES: [&str; 36] = [
    "01-parallel-edges-csv/edges.csv",
    "01-parallel-edges-csv/mutual.csv",
    "02-semicolon-decimal-comma/edges.csv",
    "02-semicolon-decimal-comma/counts.csv",
    "03-bom-and-untidy-header/edges.csv",
    "04-windows-1252/cp1252.csv",
    "04-windows-1252/utf8.csv",
    "04-windows-1252/mixed.csv",
    "06-quotes-and-newlines/edges.csv",
    "06-quotes-and-newlines/backslash.csv",
    "06-quotes-and-newlines/unclosed.csv",
    "07-ids-are-text/nodes.csv",
    "07-ids-are-text/edges.csv",
    "09-nodes-by-id-or-by-label/a-nodes.csv",
    "09-nodes-by-id-or-by-label/a-edges.csv",
    "09-nodes-by-id-or-by-label/b-nodes.csv",
    "09-nodes-by-id-or-by-label/b-edges.csv",
    "09-nodes-by-id-or-by-label/c-nodes.csv",
    "09-nodes-by-id-or-by-label/c-edges.csv",
    "11-type-means-direction/edges.csv",
    "11-type-means-direction/edges-fr.csv",
    "11-type-means-direction/timeset.csv",
    "12-amounts-in-words/deals.csv",
    "14-xlsx-dates-and-formats/dates.xlsx",
    "14-xlsx-dates-and-formats/dates-1904.xlsx",
    "15-xlsx-kumu/kumu.xlsx",
    "15-xlsx-kumu/kumu-ids.xlsx",
    "16-xlsx-many-tables/affair.xlsx",
    "18-graphcommons-csv/nodes.csv",
    "18-graphcommons-csv/edges.csv",
    "20-neo4j-admin-csv/people.csv",
    "20-neo4j-admin-csv/rels.csv",
    "22-matrix-csv/matrix.csv",
    "24-sif/net.sif",
    "24-sif/spaces.sif",
    "54-evidence-columns/claims.csv",
];

#[test]
fn cells_of_the_cases_are_read_as_expected() {
    let mut out = String::new();
    for path in FILES {
        let name = path.rsplit('/').next().expect("a name");
        let _ = writeln!(out, "=== {path}\n{}", whole_listing(&data(&format!("cases/{path}")), name));
    }
    assert_golden(&out, "cases.txt");
}
