//! Exported files in the programs that they are for: openpyxl, `NetworkX` and igraph in Python, graphology-gexf and
//! Cytoscape.js in Node.js, and LibreOffice Calc; entities and statements by the schemata of their makers.
//!
//! Each is skipped with a printed notice where it is missing, unless `TIELINE_REQUIRE_PROGRAMS=1` is set.
//! `TIELINE_PYTHON` names another Python than `python3`, and `TIELINE_VALIDATORS` one with the packages `followthemoney` and
//! `libcovebods`; Node.js finds packages by `NODE_PATH`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tieline::document::Document;
use tieline::model::Ends;

use crate::exporting::{all_maps, document, exported};
use crate::golden::data;

/// Says that a program is missing; fails where it must be there.
fn skip(what: &str) {
    let is_required = std::env::var("TIELINE_REQUIRE_PROGRAMS").is_ok_and(|value| value == "1");
    assert!(!is_required, "required, but {what} is missing");
    println!("skipped: {what} is missing");
}

/// Writes a map in all formats that are read, and returns the folder.
fn written(document: &Document) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (word, name) in [
        ("xlsx", "map.xlsx"),
        ("kumu", "map.kumu.xlsx"),
        ("graphml", "map.graphml"),
        ("node-link", "map.json"),
        ("gexf", "map.gexf"),
        ("cyjs", "map.cyjs"),
    ] {
        std::fs::write(folder.path().join(name), exported(document, word)).expect("written");
    }
    folder
}

/// Runs a script on the files in a folder, and returns what it printed; `None` if its packages are missing.
fn read(program: &str, probe: &[&str], script: &str, folder: &Path) -> Option<Value> {
    let probed = Command::new(program).args(probe).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !probed.is_ok_and(|status| status.success()) {
        return None;
    }
    let output = Command::new(program).arg(data(script)).arg(folder).output().expect("it runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {messages}");
    Some(serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{script}: {error}: {messages}")))
}

/// Returns some maps: the bundled ones, one with many parties, one with scripts of all sorts, and one with all fields.
fn some_maps() -> Vec<(String, Document)> {
    let wanted = ["harbor", "openai", "built-on", "11-many-party-9", "30-scripts-15", "version-1-1"];
    let mut maps = all_maps();
    maps.retain(|(name, _)| wanted.iter().any(|wanted| name.starts_with(wanted)));
    assert_eq!(maps.len(), wanted.len(), "{:?}", maps.iter().map(|(name, _)| name).collect::<Vec<_>>());
    maps
}

/// Returns the numbers of nodes and edges that a graph of a map has.
fn counts(document: &Document) -> (usize, usize) {
    let parties = document.map.ties().values().map(|tie| match &tie.ends {
        Ends::Pair { .. } => (0, 1),
        Ends::Parties(parties) => (1, parties.len()),
    });
    parties.fold((document.map.actors().len(), 0), |(nodes, edges), (hub, lines)| (nodes + hub, edges + lines))
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("a count")
}

#[test]
fn python_reads_workbooks_and_graphs() {
    let python = std::env::var("TIELINE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (name, document) in some_maps() {
        let folder = written(&document);
        let probe = ["-c", "import openpyxl, networkx, igraph"];
        let Some(found) = read(&python, &probe, "programs/read.py", folder.path()) else {
            return skip("a Python with openpyxl, networkx and igraph");
        };
        let (nodes, edges) = counts(&document);
        let map = &document.map;
        assert!(found["kinds"].get("f").is_none(), "{name}: a cell is a formula: {}", found["kinds"]);
        assert_eq!(found["frozen"], "A2", "{name}");
        let actors = found["Actors"].as_array().expect("rows");
        assert_eq!(actors.len(), map.actors().len(), "{name}");
        for (row, actor) in actors.iter().zip(map.actors().values()) {
            assert_eq!(row["Id"], &*actor.key, "{name}");
        }
        for (row, tie) in found["Ties"].as_array().expect("rows").iter().zip(map.ties().values()) {
            let exact = tie.claim.amount.as_deref().and_then(tieline::model::Amount::exact);
            let exact = exact.and_then(|exact| exact.to_string().parse::<f64>().ok());
            assert_eq!(row.get("Amount").and_then(Value::as_f64), exact, "{name}: {row}");
            let day = tie.claim.date.as_ref().map(tieline::model::Date::text);
            assert_eq!(row.get("Date").and_then(Value::as_str), day, "{name}: {row}");
        }
        assert_eq!(found["kumu"], serde_json::json!(["Elements", "Connections"]));
        let networkx = &found["networkx"];
        assert_eq!(networkx["nodes"].as_object().map(serde_json::Map::len), Some(nodes), "{name}");
        assert_eq!((number(&networkx["edges"]), number(&networkx["sources"])), (edges, map.sources().len()), "{name}");
        assert_eq!(
            (number(&found["node-link"]["nodes"]), number(&found["node-link"]["edges"])),
            (nodes, edges),
            "{name}"
        );
        assert_eq!((number(&found["igraph"]["nodes"]), number(&found["igraph"]["edges"])), (nodes, edges), "{name}");
        let labels: BTreeSet<&str> =
            found["igraph"]["labels"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert!(map.actors().values().all(|actor| labels.contains(actor.name.as_str())), "{name}: {labels:?}");
    }
}

#[test]
fn node_reads_graphs() {
    for (name, document) in some_maps() {
        let folder = written(&document);
        let probe = ["-e", "require('graphology'); require('graphology-gexf'); require('cytoscape')"];
        let Some(found) = read("node", &probe, "programs/read.js", folder.path()) else {
            return skip("Node.js with graphology, graphology-gexf and cytoscape");
        };
        let (nodes, edges) = counts(&document);
        for program in ["graphology", "cytoscape"] {
            let found = &found[program];
            assert_eq!((number(&found["nodes"]), number(&found["edges"])), (nodes, edges), "{name}: {program}");
        }
    }
}

/// Converts a workbook to a table of one sheet in LibreOffice; `None` if it is missing.
fn converted(workbook: &Path, folder: &Path, sheet: usize) -> Option<String> {
    let profile = folder.join("profile");
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    let filter = format!("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}");
    office.args(["--headless", "--convert-to", &filter, "--outdir"]).arg(folder).arg(workbook);
    office.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    let tables = std::fs::read_dir(folder).expect("listed").flatten().map(|entry| entry.path());
    let table: PathBuf = tables.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "csv"))?;
    let text = std::fs::read_to_string(&table).expect("read");
    std::fs::remove_file(table).expect("removed");
    Some(text)
}

#[test]
fn libreoffice_reads_workbooks() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, document) in some_maps().into_iter().take(3) {
        let path = folder.path().join("map.xlsx");
        std::fs::write(&path, exported(&document, "xlsx")).expect("written");
        let Some(table) = converted(&path, folder.path(), 1) else { return skip("LibreOffice Calc") };
        let actors = &document.map.actors();
        assert!(table.starts_with("Id,Kind,Name"), "{name}: {table:.200}");
        for actor in actors.values() {
            assert!(table.contains(&*actor.name), "{name}: {}", actor.name);
        }
    }
}

/// A map whose values other formats know in narrow forms only.
const NARROW: &str = r#"{ "format": "tieline", "version": "1.1", "map": { "title": "T", "asOf": "2026", "authors": ["Desk"] },
    "actors": [{ "id": "ann", "kind": "person", "name": "Ann", "startDate": "1961-02", "url": "ann.example", "identifiers": { "passport": "P 1", "tax": "77" } },
               { "id": "acme inc", "kind": "company", "name": "Acme", "startDate": "2011-02-30?", "url": "https://acme.example/", "identifiers": { "lei": "not one", "wikidata": "Q1" } },
               { "id": "tanker", "kind": "ship", "name": "Tanker", "startDate": "1999", "identifiers": { "imo": "9074729" } },
               { "id": "villa", "kind": "villa", "name": "Villa" }, { "id": "fund", "kind": "fund", "name": " " }],
    "sources": [{ "id": "s", "url": "https://s.example/a b", "accessed": "2025" }, { "id": "t", "title": "T", "published": "2020-01/2020-02", "url": "ftp://t.example/" }],
    "ties": [{ "id": "o1", "kind": "owns", "from": "ann", "to": "acme inc", "share": { "minimum": 25, "exclusiveMaximum": 50 }, "startDate": "2012-05", "evidence": [{ "source": "s" }] },
             { "id": "o2", "kind": "owns", "from": "acme inc", "to": "tanker", "share": { "exact": "12.5" }, "date": "2013-04-01", "evidence": [{ "source": "t" }] },
             { "id": "o3", "kind": "owns", "from": "fund", "to": "villa", "share": { "exclusiveMinimum": 50, "text": "a majority" }, "endDate": ".." },
             { "id": "o4", "kind": "owns", "from": "fund", "to": "fund", "share": { "exact": 150 } },
             { "id": "o5", "kind": "owns", "from": "tanker", "to": "acme inc", "share": { "text": "some" } },
             { "id": "p1", "kind": "payment", "from": "ann", "to": "fund", "amount": { "minimum": "1000.50", "currency": "EUR" }, "date": "2014~" },
             { "id": "p2", "kind": "payment", "from": "ann", "to": "fund", "amount": { "exact": "12", "currency": "XBT" } },
             { "id": "f1", "kind": "married", "from": "ann", "to": "fund", "stage": "rumored" },
             { "id": "d1", "kind": "loan", "from": "ann", "to": "fund", "quantity": { "exact": 2, "unit": "t" } },
             { "id": "m1", "kind": "pact", "parties": [{ "actor": "ann" }, { "actor": "fund" }, { "actor": "villa" }] }],
    "facts": [{ "id": "x", "actor": "ann", "text": "Sat in parliament.", "startDate": "1999", "evidence": [{ "source": "s" }] }] }"#;

#[test]
fn entities_and_statements_are_valid() {
    let python = std::env::var("TIELINE_VALIDATORS").unwrap_or_else(|_| "python3".to_owned());
    let folder = tempfile::tempdir().expect("a folder");
    let (mut statements, mut names) = (0, Vec::new());
    for (name, document) in all_maps().into_iter().chain([("narrow".to_owned(), document(NARROW))]) {
        let number = names.len();
        names.push(name);
        let path = |ending: &str| folder.path().join(format!("{number:03}{ending}"));
        std::fs::write(path(".ftm.json"), exported(&document, "ftm")).expect("written");
        let format = tieline::export_data::format_of_word("bods").expect("a format");
        // Most maps are not about ownership.
        if let Ok(files) = format.write(&tieline::export_data::DataContent::new(&document)) {
            statements += 1;
            std::fs::write(path(".bods.json"), &files[0].bytes).expect("written");
        }
    }
    assert!(statements > 10, "{statements} maps about ownership");
    let probe = ["-c", "import followthemoney, libcovebods, jsonschema, referencing"];
    let Some(found) = read(&python, &probe, "programs/validate.py", folder.path()) else {
        return skip("a Python with followthemoney and libcovebods");
    };
    let found = found["found"].as_array().expect("a list");
    assert!(found.is_empty(), "{} faults in {names:?}: {found:#?}", found.len());
}
