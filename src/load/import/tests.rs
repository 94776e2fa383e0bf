//! Random and damaged tables: each gives a map that can be saved and opened again, or a clear error; no row vanishes.

use std::path::Path;

use super::{ImportFile, ImportOptions, add_tables, import_tables};
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

#[test]
fn attributes_of_graphs_may_be_called_as_ends() {
    let text =
        br#"<graphml><key id="s" attr.name="source"/><key id="t" attr.name="target"/><key id="u" attr.name="to"/>
        <key id="n" attr.name="from name"/><key id="i" attr.name="id"/><graph edgedefault="directed">
        <node id="a"><data key="s">reg</data><data key="t">2020</data></node><node id="b"><data key="i">X7</data></node>
        <edge source="a" target="b"><data key="u">2021-05</data><data key="n">Old A</data></edge></graph></graphml>"#;
    let (map, report) = import_tables(&[file("a.graphml", text)], &ImportOptions::default(), &|_| true).expect("a map");
    assert_eq!((map.actors().len(), map.ties().len(), report.rows.skipped), (2, 1, 0));
    let kept = |own: &crate::model::OwnFields| {
        own.iter().filter_map(|field| field.heading().map(str::to_owned)).collect::<Vec<_>>()
    };
    let own: Vec<_> = map.actors().values().map(|actor| kept(&actor.metadata.own)).collect();
    assert_eq!(own, [vec!["source", "target"], vec!["id (2)"]]);
    let tie = map.ties().values().next().expect("a tie");
    let dates = [&tie.claim.start, &tie.claim.end, &tie.claim.date].into_iter().flatten().count();
    assert_eq!(dates + kept(&tie.claim.metadata.own).len(), 2, "{tie:?}");
}

#[test]
fn ids_of_a_graph_hold_in_its_file_alone() {
    let graph = |name: &str| format!("digraph {{ n0 [label=\"{name}\"]; n0 -> n0 }}");
    let (first, second) = (graph("Ada"), graph("Bo"));
    let files = [file("g.dot", first.as_bytes()), file("g.dot", second.as_bytes())];
    let (map, _) = import_tables(&files, &ImportOptions::default(), &|_| true).expect("a map");
    let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Ada", "Bo"], "files of one name in two folders");
    let own = |tie: &crate::model::Tie| tie.ends.actors().first().map(|actor| map.actors()[*actor].name.clone());
    assert_eq!(map.ties().values().filter_map(own).collect::<Vec<_>>(), ["Ada", "Bo"]);
}

#[test]
fn a_graph_that_is_added_to_a_map_leaves_its_places_alone() {
    let start = r#"{"format": "tieline", "version": "1.1", "actors": [{"id": "q", "name": "Ada"}]}"#;
    let map = load_map(start.as_bytes(), "a.tieline.json").expect("a map").map;
    let text = br#"graph [ node [ id 1 label "Ada" graphics [ x 5 y 6 ] ] node [ id 2 label "Bo" ] edge [ source 1 target 2 ] ]"#;
    let added = add_tables(&map, &[file("a.gml", text)], &ImportOptions::default(), &|_| true).expect("changes");
    let map = map.with_changes(&added.0).expect("they fit");
    assert_eq!((map.actors().len(), map.ties().len(), map.views().len()), (2, 1, 0), "Ada is the one of that name");
    assert!(added.1.problems.iter().any(|problem| problem.message.contains("places and colors are left out")));
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
