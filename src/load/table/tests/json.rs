//! Graphs in JSON: how they are told apart, what is said of damage, and what hostile ones cost.

use super::super::{Limits, TableError, open_tables};
use super::{data, error_of, with_tables};
use std::sync::Arc;

/// Returns the format of a text, and the rows of its tables without their headings.
fn read(text: &str, name: &str) -> (&'static str, Vec<usize>) {
    with_tables(text.as_bytes(), name, |tables| {
        (tables.format, tables.tables.iter().map(|table| table.row_count() - 1).collect())
    })
}

/// Returns the notes of a file with their lines.
fn notes(text: &str, name: &str) -> Vec<(Option<u32>, String)> {
    with_tables(text.as_bytes(), name, |tables| {
        let of_tables = tables.tables.iter().flat_map(|table| table.notes.clone());
        tables.notes.iter().cloned().chain(of_tables).map(|note| (note.row, note.message)).collect()
    })
}

#[test]
fn formats_are_told_by_their_fields() {
    for (file, format) in [
        ("cases/33-json-node-link/links.json", "node-link JSON"),
        ("cases/33-json-node-link/graphology.json", "node-link JSON"),
        ("import/cytoscape-web.js", "cyjs"),
        ("import/cytoscape-js-flat.json", "cyjs"),
        ("cases/35-json-cx2/net.cx2", "cx2"),
        ("cases/36-json-kumu/project.json", "Kumu JSON"),
        ("cases/37-json-oligrapher/v2.json", "Oligrapher JSON"),
        ("import/littlesis-bulk-relationships.json", "LittleSis JSON"),
        ("cases/39-ftm-ndjson/entities.ftm.json", "FollowTheMoney"),
        ("cases/40-json-bods/bods02.json", "BODS"),
        ("cases/40-json-bods/bods04.jsonl", "BODS"),
        ("import/apoc-keys.json", "Neo4j JSON"),
        ("cases/42-obsidian-canvas/board.canvas", "canvas"),
        ("import/jgf-2.json", "JSON Graph Format"),
        ("import/stix2.json", "STIX"),
        ("import/wikidata.srj", "SPARQL JSON"),
        ("import/records.ndjson", "JSON table"),
    ] {
        let found = with_tables(&data(file), file, |tables| tables.format);
        assert_eq!(found, format, "{file}");
    }
    for other in
        [r#"{"type": "FeatureCollection", "features": []}"#, r#"[{"type": "book", "title": "x"}]"#, "[1]", "{}"]
    {
        assert!(!["node-link JSON", "JSON table", "STIX"].contains(&read(other, "a.json").0), "{other}");
    }
}

#[test]
fn a_bad_line_is_noted_with_its_number_and_the_others_are_read() {
    let line =
        |id: &str| format!("{{\"id\": \"{id}\", \"schema\": \"Person\", \"properties\": {{\"name\": [\"N\"]}}}}");
    for bad in
        ["{\"id\": \"b\", \"schema\": ", "nonsense", "{\"id\": \"b\" \"schema\": \"Person\", \"properties\": {}}"]
    {
        let text = [&line("a"), "", bad, &line("c")].join("\n");
        assert_eq!(read(&text, "a.ndjson"), ("FollowTheMoney", vec![2]), "{bad}");
        let noted = notes(&text, "a.ndjson");
        assert_eq!(noted.len(), 1, "{noted:?}");
        assert!(noted[0].0 == Some(3) && noted[0].1.contains("it is left out"), "{noted:?}");
    }
    // The first line may be the bad one.
    let text = [r#"{"id": "b", "schema": "Person", "properties": {"name": ["N"#, &line("a"), &line("c")].join("\n");
    assert_eq!(read(&text, "a.ndjson"), ("FollowTheMoney", vec![2]));
}

#[test]
fn what_python_writes_beyond_json_is_noted_and_the_rest_is_read() {
    let text =
        r#"{"nodes": [{"id": 1, "x": NaN}, {"id": 2}], "links": [{"source": 1, "target": 2, "weight": Infinity}]}"#;
    assert_eq!(read(text, "a.json"), ("node-link JSON", vec![2, 1]));
    let noted = notes(text, "a.json");
    assert_eq!(noted.len(), 2, "{noted:?}");
    // All is in one line, so that columns tell the places.
    let column = |value: &str| text.find(value).map(|at| at as u32 + 1);
    let places: Vec<Option<u32>> = noted.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [column("NaN"), column("Infinity")]);
    assert!(noted.iter().all(|(_, message)| message.contains("not a JSON value")));
}

#[test]
fn a_file_that_ends_too_early_is_read_up_to_there_with_an_error() {
    let text =
        r#"{"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}, {"source": "b", "tar"#;
    assert_eq!(read(text, "a.json"), ("node-link JSON", vec![2, 1]));
    assert!(notes(text, "a.json")[0].1.contains("ends too early"));
}

#[test]
fn elements_have_the_numbers_of_their_lines_and_rows_of_tables_their_own() {
    let numbers = |text: &str| {
        with_tables(text.as_bytes(), "a.json", |tables| {
            let rows = tables.tables[0].rows().skip(1).map(|row| row.number);
            rows.collect::<Vec<u32>>()
        })
    };
    let packed = r#"{"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "links": [{"source": "a", "target": "b"}]}"#;
    assert_eq!(numbers(packed), [12, 25, 38], "columns, since all is in one line");
    assert_eq!(numbers(r#"[{"from": "a", "to": "b"}, {"from": "b", "to": "c"}]"#), [2, 28]);
    assert_eq!(numbers("{\"from\": \"a\", \"to\": \"b\"}\n\n{\"from\": \"b\", \"to\": \"c\"}\n"), [1, 3]);
    assert_eq!(numbers(&packed.replace(", {", ",\n{").replace("[{", "[\n{")), [2, 3, 4]);
}

#[test]
fn names_that_occur_twice_escapes_and_lone_surrogates_are_read() {
    let text = r#"{"nodes": [{"id": "\u0061", "name": "A\ud83d\ude00", "name": "B"}, {"id": "b", "name": "\ud800x"}], "edges": []}"#;
    let cells = with_tables(text.as_bytes(), "a.json", |tables| {
        let rows = tables.tables[0]
            .rows()
            .skip(1)
            .map(|row| row.cells[..2].iter().map(|cell| cell.text.to_string()).collect());
        rows.collect::<Vec<Vec<String>>>()
    });
    assert_eq!(cells, [["a", "A😀"], ["b", r"\ud800x"]]);
}

#[test]
fn deep_files_and_files_of_many_names_are_refused_or_left() {
    let deep = format!("{{\"nodes\": {}", "[".repeat(200_000));
    let opened = open_tables(deep.as_bytes(), &Arc::from("a.json"), &Limits::default(), &|_| true);
    let read = opened.map(|files| files.read(&|_| true).map(|tables| tables.format));
    assert!(!matches!(read, Ok(Ok("node-link JSON"))));
    let names = (0..20_000).map(|name| format!(", \"n{name}\": 1")).collect::<Vec<_>>().concat();
    let wide = format!("{{\"nodes\": [{{\"id\": 1{names}}}], \"links\": []}}");
    assert!(error_of(wide.as_bytes(), "a.json", &Limits::default()).contains("more than 16384"));
    let several = (0..400).map(|at| format!(", {{\"id\": {at}, \"n{at}\": 1}}")).collect::<Vec<_>>().concat();
    let narrow = format!("{{\"nodes\": [{{\"id\": \"x\"}}{several}], \"links\": []}}");
    let few = Limits { cells: 10_000, ..Limits::default() };
    assert!(error_of(narrow.as_bytes(), "a.json", &few).contains("more than"));
}

#[test]
fn reading_can_be_canceled() {
    let line = "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}\n";
    let text = line.repeat(10_000);
    let file = Arc::from("a.ndjson");
    let opened = open_tables(text.as_bytes(), &file, &Limits::default(), &|_| true).expect("a file");
    assert!(matches!(opened.read(&|_| false), Err(TableError::Canceled)));
}
