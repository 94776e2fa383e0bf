//! Exported files in the programs that they are for: openpyxl, `NetworkX` and igraph in Python, graphology-gexf and
//! Cytoscape.js in Node.js, and LibreOffice Calc.
//!
//! Each is skipped with a printed notice where it is missing, unless `TIELINE_REQUIRE_PROGRAMS=1` is set.
//! `TIELINE_PYTHON` names another Python than `python3`; Node.js finds packages by `NODE_PATH`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tieline::document::Document;
use tieline::model::Ends;

use crate::exporting::{all_maps, exported};
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
