//! Names and texts that break tables, markup or programs.

use serde_json::json;
use tieline::export_data::{DATA_FORMATS, DataContent};

use super::{document, export, imported};

/// Names that something was once broken by.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-2+3",
        "@SUM(A1:A9)",
        "'=1",
        "a\"b",
        "a,b;c\td",
        "]]>",
        "<script>alert(1)</script>",
        "&lt;",
        "${x} {{y}} `z`",
        "\\end{document}%",
        "שלום עולם",
        "👩\u{200d}🔬 🏴",
        "_x0041_",
        "..",
        "NULL",
        "0012",
        "1e5",
        "true",
        "javascript:alert(1)",
        "two\nlines",
    ]
    .map(str::to_owned)
    .into();
    names.push("n".repeat(10_000));
    names.push("bell \u{7} null \u{0} override \u{202e} end \u{fffe}".to_owned());
    names
}

#[test]
fn hostile_names_are_in_every_format_and_run_in_none() {
    let names = names();
    let actors: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, name)| json!({ "id": format!("a{number}"), "kind": name, "name": name, "summary": name, "x-own": name }))
        .collect();
    let ties: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            json!({ "id": format!("t{number}"), "kind": "owns", "from": "a0", "to": format!("a{}", (number + 1) % names.len()),
                "label": name, "tags": [name], "share": { "exact": 10 }, "evidence": [{ "source": format!("s{number}"), "quote": { "exact": name } }] })
        })
        .collect();
    let sources: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, name)| json!({ "id": format!("s{number}"), "title": name, "publisher": name, "url": "javascript:alert(1)" }))
        .collect();
    let map = json!({ "format": "tieline", "version": "1.1", "map": { "title": names[0], "asOf": "2024-05-06" }, "actors": actors, "ties": ties, "sources": sources });
    let document = document(&map.to_string());
    let content = DataContent::new(&document);
    for format in DATA_FORMATS {
        let files = format.write(&content).unwrap_or_else(|error| panic!("{error}"));
        for file in &files {
            assert!(!file.bytes.is_empty(), "{}", format.word);
            match format.word {
                "xlsx" | "kumu" | "csv-zip" => {
                    for part in crate::slides::package::entries(&file.bytes) {
                        let text = String::from_utf8_lossy(&part.content);
                        assert!(!text.contains("<f>") && !text.contains("<f "), "{}: {}", format.word, part.name);
                        if part.content.starts_with(b"<?xml") {
                            check_xml(&text);
                        }
                    }
                }
                "graphml" | "gexf" => check_xml(std::str::from_utf8(&file.bytes).expect("UTF-8")),
                "ftm" => {
                    let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
                    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
                }
                "node-link" | "cyjs" | "bods" | "csl" | "tieline" => {
                    serde_json::from_slice::<serde_json::Value>(&file.bytes).expect("JSON");
                }
                "markdown" => {
                    let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
                    let unescaped = text.replace("\\<", "");
                    assert!(!unescaped.contains("<script") && !text.contains("](<javascript"), "{text}");
                }
                "csv" => check_cells(std::str::from_utf8(&file.bytes).expect("UTF-8")),
                "bibtex" => {
                    let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
                    let read = biblatex::Bibliography::parse(text).expect("BibTeX");
                    assert_eq!(read.len(), names.len());
                }
                other => panic!("{other} is not checked"),
            }
        }
    }
}

/// Asserts that a text is XML, with a reader that is strict about characters.
fn check_xml(text: &str) {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_legal), "a character that XML can't hold");
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Eof => return,
            quick_xml::events::Event::GeneralRef(entity) => {
                let name = (*entity).to_owned();
                assert!(
                    name.starts_with('#') || ["amp", "lt", "gt", "quot", "apos"].contains(&name.as_str()),
                    "{name}"
                );
            }
            _ => {}
        }
    }
}

/// Asserts that no cell of a table begins as a formula does.
fn check_cells(table: &str) {
    let mut cell = String::new();
    let mut is_quoted = false;
    let check = |cell: &mut String| {
        let is_number = cell.strip_prefix(['-', '+']).is_some_and(|digits| digits.parse::<f64>().is_ok());
        assert!(is_number || !cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:.80}");
        cell.clear();
    };
    for c in table.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' | '\n' | '\r' if !is_quoted => check(&mut cell),
            c => cell.push(c),
        }
    }
}

#[test]
fn what_looks_like_a_formula_comes_back_from_tables() {
    for name in ["=cmd|' /C calc'!A0", "+1 more", "-2+3", "@SUM", "'=1", "''=1", "'tis", "a=b", "＝1"] {
        let map = json!({ "format": "tieline", "version": "1.0",
            "actors": [{ "id": "ann", "name": name }, { "id": "ben", "name": "Ben" }],
            "ties": [{ "id": "tie-1", "kind": "owns", "from": "ann", "to": "ben", "label": name, "summary": name }] });
        let files = export(&document(&map.to_string()), "csv");
        let files = ["actors.csv", "ties.csv"].into_iter().zip(files.into_iter().map(|file| file.bytes)).collect();
        let (back, report) = imported(files);
        assert_eq!(back.actors().values().next().map(|actor| actor.name.as_str()), Some(name), "{:?}", report.problems);
        let claim = &back.ties().values().next().expect("a tie").claim;
        assert_eq!((claim.label.as_deref(), claim.summary.as_deref()), (Some(name), Some(name)));
    }
}
