//! Maps brought up to date with the tables that they were made of.

mod evidence;
mod facts;
mod graphs;
mod hand_edits;
mod random;
mod rows;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use tieline::load::load_map;
use tieline::model::{Ends, Map};

/// The map that the tables make.
const MAP: &str = "map.tieline.jsonc";

/// A folder with tables and the map made of them.
struct Workplace {
    folder: TempDir,
}

impl Workplace {
    /// Makes a map of tables, given by name and text.
    fn new(tables: &[(&str, &str)]) -> Self {
        let workplace = Self { folder: tempfile::tempdir().expect("a folder") };
        for (name, text) in tables {
            workplace.write(name, text);
        }
        let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
        workplace.import(&[&names[..], &["-o", MAP]].concat());
        workplace
    }

    /// Imports what is not a reason for an error; warnings are.
    fn import(&self, arguments: &[&str]) {
        let output = self.run(&[&["import"], arguments].concat());
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path(MAP)).expect("a map")
    }

    fn map(&self) -> Map {
        let loaded = load_map(self.text().as_bytes(), MAP).expect("a map");
        assert_eq!(loaded.counts.errors, 0, "{:?}", loaded.problems);
        loaded.map
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
        command.args(arguments).current_dir(self.folder.path()).output().expect("the program runs")
    }

    /// Runs `tieline edit`.
    fn edit(&self, arguments: &[&str]) {
        let output = self.run(&[&["edit", MAP], arguments].concat());
        assert!(output.status.success(), "{output:?}");
    }

    /// Runs an update, and returns what it says.
    fn update(&self, arguments: &[&str]) -> Update {
        let output = self.run(&[&["import", "--update", MAP, "--json"], arguments].concat());
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
        Update(serde_json::from_slice(&output.stdout).expect("JSON"))
    }

    /// Runs an update that is refused, and returns why.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.text();
        let output = self.run(&[&["import", "--update", MAP], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(self.text(), before, "nothing is written");
        String::from_utf8(output.stderr).expect("UTF-8")
    }

    /// Returns the ties of the map, one text each, in order.
    fn ties(&self) -> Vec<String> {
        ties(&self.map())
    }

    /// Returns the names of the actors of the map, in order.
    fn actors(&self) -> Vec<String> {
        let mut names: Vec<String> = self.map().actors().values().map(|actor| actor.name.clone()).collect();
        names.sort();
        names
    }
}

/// Returns the ties of a map with all that they say, in order.
fn ties(map: &Map) -> Vec<String> {
    let mut ties: Vec<String> = map
        .ties()
        .values()
        .map(|tie| {
            let name = |id| map.actor(id).name.clone();
            let ends = match &tie.ends {
                Ends::Pair { from, to } => format!("{} → {}", name(*from), name(*to)),
                ends @ Ends::Parties(_) => ends.actors().into_iter().map(name).collect::<Vec<_>>().join(" + "),
            };
            let claim = &tie.claim;
            let kind = &map.tie_kinds().get(tie.kind).expect("a kind").label;
            let date = claim.date.as_ref().map_or("", |date| date.text());
            let amount = claim.amount.as_ref().and_then(|amount| amount.exact()).map(|exact| exact.to_string());
            let mut sources: Vec<String> = claim
                .evidence
                .iter()
                .map(|piece| map.source(piece.source))
                .map(|source| source.url.clone().or_else(|| source.title.clone()).unwrap_or_default())
                .collect();
            sources.sort();
            let label = claim.label.as_deref().unwrap_or_default();
            format!("{ends} {kind} {date} {} {label} {}", amount.unwrap_or_default(), sources.join(" "))
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    ties.sort();
    ties
}

/// What an update says.
struct Update(Value);

impl Update {
    /// Returns a list of entries: their words.
    fn list(&self, name: &str) -> Vec<&str> {
        let list = self.0[name].as_array().expect("a list");
        list.iter().map(|entry| entry["words"].as_str().expect("words")).collect()
    }

    /// Returns the entry with an id.
    fn entry(&self, id: &str) -> &Value {
        let mut entries =
            ["new", "changed", "gone"].into_iter().flat_map(|name| self.0[name].as_array().expect("a list"));
        entries.find(|entry| entry["id"] == id).expect("an entry")
    }

    /// Returns the changes of an entry: field, old and new.
    fn changes(&self, id: &str) -> Vec<(String, String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
        let fields = self.entry(id)["fields"].as_array().expect("fields");
        fields.iter().map(|field| (text(&field["field"]), text(&field["old"]), text(&field["new"]))).collect()
    }

    /// Whether there is nothing new, changed or gone, and nothing that is not brought back.
    fn is_nothing(&self) -> bool {
        ["new", "changed", "gone", "not_brought_back"].iter().all(|name| self.list_is_empty(name))
    }

    fn list_is_empty(&self, name: &str) -> bool {
        self.0[name].as_array().is_some_and(Vec::is_empty)
    }
}
