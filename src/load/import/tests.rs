//! Random and damaged tables: each gives a map that can be saved and opened again, or a clear error; no row vanishes.

use std::path::Path;

use super::{ImportFile, ImportOptions, import_tables};
use crate::load::load_map;
use crate::load::table::tests::damage::{Numbers, mutated};
use crate::save::write_map;

/// Headings that have roles, and some that have none.
const HEADINGS: &[&str] = &[
    "From",
    "To",
    "To 2",
    "Source",
    "Target",
    "Source Label",
    "Type",
    "Kind",
    "Label",
    "Id",
    "id",
    "Name",
    "Weight",
    "Amount",
    "Amount (EUR m)",
    "Currency",
    "Share",
    "Date",
    "Start date",
    "End",
    "timeset",
    "Stage",
    "Status",
    "Tags",
    "Source URL",
    "Quote",
    "Page",
    "Published",
    "Accessed",
    "Direction",
    "Description",
    "Aliases",
    "Website",
    ":ID(A)",
    ":START_ID(A)",
    ":END_ID(A)",
    ":TYPE",
    "_from",
    "_to",
    "From Type",
    "To Type",
    "x",
    "x",
    "",
    "labels",
    "1",
    "Kind of source",
];
const VALUES: &[&str] = &[
    "",
    "",
    "Ada",
    "Bob",
    "Cy",
    "ada ",
    "A1",
    "1",
    "2",
    "0",
    "-1",
    "1.5",
    "1,25",
    "1.234.567,89 €",
    "$3bn",
    "25 %",
    "NULL",
    "NA",
    "\\N",
    "A;B",
    "A|B|C",
    ";",
    "|",
    "2019",
    "2019-03-31",
    "3/4/2021",
    "31.12.1999",
    "since 2019",
    "2010–2012",
    "0000-00-00",
    "<[2013,2014]>",
    "<[",
    "Directed",
    "undirected",
    "both",
    "<-",
    "yes",
    "disputed",
    "announced",
    "https://example.org/a",
    "javascript:alert(1)",
    "www.example.org",
    "\"quoted\"",
    "line\nbreak",
    "\u{202e}rtl",
    "مرحبا",
    "日本",
    "🚢",
    "people/1",
    "A1/B",
    "=1+1",
    "#N/A",
    "99999999999999999999999999999999",
    "1e5",
    "Total",
    "\u{feff}",
    "\u{0}",
    "'",
];

/// Writes a table of random headings and values.
fn random_table(numbers: &mut Numbers) -> String {
    let separator = [",", ";", "\t", "|"][numbers.below(4)];
    let width = 1 + numbers.below(8);
    let mut text = String::new();
    for row in 0..=numbers.below(12) {
        let words = if row == 0 { HEADINGS } else { VALUES };
        let length = if numbers.below(6) == 0 { numbers.below(12) } else { width };
        let cells: Vec<String> = (0..length)
            .map(|_| {
                let word = words[numbers.below(words.len())];
                let is_quoted = word.contains([',', ';', '\t', '|', '"', '\n']) || numbers.below(5) == 0;
                if is_quoted { format!("\"{}\"", word.replace('"', "\"\"")) } else { word.to_owned() }
            })
            .collect();
        text += &cells.join(separator);
        text.push('\n');
    }
    text
}

fn file(name: &str, bytes: &[u8]) -> ImportFile {
    ImportFile { name: name.into(), bytes: bytes.into() }
}

/// Imports tables whatever comes of it, and returns whether they gave a map.
fn survive(files: &[(&str, &[u8])]) -> bool {
    let listed: Vec<ImportFile> = files.iter().map(|(name, bytes)| file(name, bytes)).collect();
    let shown = || files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<Vec<_>>();
    let (map, report) = match import_tables(&listed, &ImportOptions::default(), &|_| true) {
        Ok(imported) => imported,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return false;
        }
    };
    if map.actors().is_empty() {
        return false;
    }
    let rows = report.rows;
    assert_eq!(rows.read, rows.used + rows.skipped, "{:#?}", shown());
    assert_eq!((map.actors().len(), map.ties().len()), (report.actors, report.ties));
    let loaded = load_map(write_map(&map).as_bytes(), "a.tieline.jsonc").expect("a map");
    assert_eq!(loaded.counts.errors, 0, "{:#?}\n{:#?}", shown(), loaded.problems);
    assert_eq!((loaded.map.actors().len(), loaded.map.ties().len()), (report.actors, report.ties), "{:#?}", shown());
    true
}

fn survive_random_tables(count: usize) {
    let mut numbers = Numbers(7);
    let mut maps = 0;
    for _ in 0..count {
        let (first, second) = (random_table(&mut numbers), random_table(&mut numbers));
        let is_alone = numbers.below(2) == 0;
        let files = [("a.csv", first.as_bytes()), ("b.csv", second.as_bytes())];
        maps += usize::from(survive(if is_alone { &files[..1] } else { &files }));
    }
    assert!(maps * 4 > count, "only {maps} tables gave a map");
}

/// Damages tables of the shared cases and of many programs, this number of times each.
fn survive_damaged_tables(count: usize) {
    let mut numbers = Numbers(11);
    let mut files = 0;
    for folder in ["tests/data/cases", "tests/data/import"] {
        for path in tables_in(Path::new(folder)) {
            let bytes = std::fs::read(&path).expect("a file");
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files += 1;
            for _ in 0..count {
                let bytes = mutated(&bytes, &mut numbers);
                survive(&[(&name, &bytes)]);
                if let Ok(loaded) = load_map(&bytes, &name) {
                    assert!(!loaded.map.actors().is_empty() || loaded.counts.errors > 0, "{name}");
                }
            }
        }
    }
    assert!(files > 80, "only {files} files were found");
}

fn tables_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    for path in entries {
        if path.is_dir() {
            found.append(&mut tables_in(&path));
        } else if path.extension().is_some_and(|ending| ending != "json" && ending != "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_row_of_a_random_table_vanishes() {
    survive_random_tables(1000);
}

#[test]
fn damaged_tables_give_a_map_or_an_error() {
    survive_damaged_tables(5);
}

#[test]
fn a_chain_without_a_start_is_left_out() {
    let text = b"\tadvises\tBlue Pier\nAda\tadvises\tBlue Pier\n";
    let (map, report) = import_tables(&[file("a.sif", text)], &ImportOptions::default(), &|_| true).expect("a map");
    assert_eq!((map.actors().len(), map.ties().len(), report.rows.skipped), (2, 1, 1));
}

#[test]
fn lists_in_both_ends_of_a_row_make_few_ties() {
    let list = |count: usize| (0..count).map(|index| format!("n{index}")).collect::<Vec<_>>().join(";");
    let text = format!("From,To\n{},{}\nn1;n2,n3;n4\n{},n1\n", list(9), list(9), list(300));
    let imported = import_tables(&[file("a.csv", text.as_bytes())], &ImportOptions::default(), &|_| true);
    let (map, report) = imported.expect("a map");
    assert_eq!((map.ties().len(), report.rows.skipped), (304, 1));
    assert!(report.problems[0].message.contains("lists of 9 and 9 actors"), "{:?}", report.problems[0]);
}

#[test]
fn columns_of_one_heading_are_told_apart() {
    let text = format!("From,To{}\na,b{}\n", ",x".repeat(16_000), ",1".repeat(16_000));
    let (map, report) =
        import_tables(&[file("a.csv", text.as_bytes())], &ImportOptions::default(), &|_| true).expect("a map");
    assert_eq!((map.ties().len(), report.kept_fields.len()), (1, 16_000));
    assert!(report.kept_fields.contains("x (2)") && report.kept_fields.contains("x (16000)"));
}

mod slow {
    #[test]
    fn no_row_of_many_random_tables_vanishes() {
        super::survive_random_tables(50_000);
    }

    #[test]
    fn many_damaged_tables_give_a_map_or_an_error() {
        super::survive_damaged_tables(1000);
    }
}
