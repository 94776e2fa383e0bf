//! `tieline edit`: fields as typed, all edits or none, and no byte of the file changed besides.
//!
//! Transcripts are stored in `tests/data/cli/`; `TIELINE_BLESS=1` rewrites them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use tieline::load::load_map;
use tieline::model::{Item, Map};

use crate::golden::{assert_golden, data};

/// A folder with a copy of a map.
struct Workplace {
    folder: TempDir,
    name: &'static str,
}

impl Workplace {
    fn new(name: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::copy(data(&format!("cli/{name}")), folder.path().join(name)).expect("copied");
        Self { folder, name }
    }

    fn with_text(name: &'static str, text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), text).expect("written");
        Self { folder, name }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.path()).expect("the file")
    }

    fn text(&self) -> String {
        String::from_utf8(self.bytes()).expect("UTF-8")
    }

    fn map(&self) -> Map {
        let loaded = load_map(&self.bytes(), self.name).expect("a map");
        assert_eq!(loaded.counts.errors, 0, "{:?}", loaded.problems);
        loaded.map
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
        command.arg("edit").arg(self.name).args(arguments).current_dir(self.folder.path());
        command.output().expect("the program runs")
    }

    /// Runs edits that succeed; returns what was said.
    fn edit(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs edits that are refused; returns the message. The file stays as it is.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.bytes();
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        assert_eq!(self.bytes(), before, "{arguments:?} leaves the file");
        assert_eq!(fs::read_dir(self.folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
        String::from_utf8(output.stderr).expect("UTF-8")
    }

    /// Runs a command line and compares its output with the transcript `name`.
    fn transcript(&self, name: &str, arguments: &[&str]) {
        let output = self.run(arguments);
        let [said, messages] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        let code = output.status.code().expect("an exit code");
        let quoted: Vec<String> = arguments.iter().map(|text| shell_quoted(text)).collect();
        let line = format!("$ tieline edit {} {}", self.name, quoted.join(" "));
        assert_golden(&format!("cli/{name}.txt"), &format!("{line}\n{said}--- messages\n{messages}--- exit {code}\n"));
    }
}

fn shell_quoted(text: &str) -> String {
    if text.contains([' ', '>', '#', '&']) { format!("'{text}'") } else { text.to_owned() }
}

/// Returns the lines of a text that another one lacks.
fn lost<'t>(before: &'t str, after: &str) -> Vec<&'t str> {
    before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect()
}

const MAP: &str = "edit.tieline.jsonc";

#[test]
fn fields_are_set_as_typed() {
    let place = Workplace::new(MAP);
    place.transcript(
        "edit-set",
        &[
            "--set",
            "own.amount=more than $13bn",
            "--set",
            "own.when=since March 2019",
            "--set",
            "own.confidence=high",
            "--set",
            "pay.to=alder",
            "--set",
            "pay.kind=Grants",
            "--set",
            "alder.x-Founded in=",
            "--set",
            "birch.aliases=BT; The Trust",
            "--set",
            "map.title=Ports and banks",
        ],
    );
    let map = place.map();
    let Some(Item::Tie(own)) = map.find("own") else { panic!("the tie") };
    let claim = &map.tie(own).claim;
    assert_eq!(claim.start.as_ref().map(tieline::model::Date::text), Some("2019-03"));
    assert!(claim.end.as_ref().is_some_and(tieline::model::Date::is_open));
    assert!(claim.amount.as_ref().is_some_and(|amount| amount.lower.is_some() && amount.upper.is_none()));
    assert_eq!(map.meta().title.as_deref(), Some("Ports and banks"));
}

#[test]
fn records_are_added_cited_renamed_merged_and_deleted() {
    let place = Workplace::new(MAP);
    place.transcript(
        "edit-records",
        &[
            "--add-actor",
            "Dune Media",
            "--add-actor",
            "elm=Elm & Co",
            "--add-tie",
            "new=Dune Media -owns-> elm",
            "--add-tie",
            "bt -partners with- Alder Bank",
            "--add-source",
            "https://herald.example/other",
            "--add-source",
            "known=https://herald.example/deal#:~:text=x",
            "--cite",
            "new=known",
            "--quote",
            "“The exact\nwords.”",
            "--locator",
            "page 3",
            "--stance",
            "mentions",
            "--for",
            "amount,startDate",
            "--cite",
            "pay=https://ledger.example/a#:~:text=paid-,Birch%20paid,Cove",
            "--rename",
            "cove-2=Cove Harbor",
            "--merge",
            "cove=cove-2",
            "--delete",
            "file",
        ],
    );
    let map = place.map();
    let Some(Item::Tie(new)) = map.find("new") else { panic!("the tie") };
    let piece = &map.tie(new).claim.evidence[0];
    assert_eq!(&*map.source(piece.source).key, "herald", "the same page, whatever its tracking words");
    assert_eq!(piece.quote.as_ref().map(|quote| quote.exact.as_str()), Some("The exact words."));
    assert_eq!((piece.proves.join(","), piece.locator.as_deref()), ("amount,startDate".to_owned(), Some("page 3")));
}

#[test]
fn a_bibliography_in_a_file_becomes_sources() {
    let place = Workplace::new(MAP);
    let entries = "@misc{one, title={One}, year=2019}\n@misc{two, title={Two}}\n@misc{bad, year=2019}";
    fs::write(place.folder.path().join("refs.bib"), entries).expect("written");
    let said = place.edit(&["--add-source", "@refs.bib", "--cite", "own=two", "--add-source", "doi:10.1000/182"]);
    assert!(said.starts_with("Add 2 sources\n  3 entries pasted: 2 become sources, 1 can't be read\n"), "{said}");
    let map = place.map();
    assert!(["one", "two"].iter().all(|key| matches!(map.find(key), Some(Item::Source(_)))));
    assert!(place.text().contains("https://doi.org/10.1000/182"));
}

#[test]
fn json_tells_each_changed_field() {
    let place = Workplace::new(MAP);
    let arguments = ["--json", "--dry-run", "--set", "own.amount=€2.5m", "--delete", "pay"];
    place.transcript("edit-json", &arguments);
    let report: Value = serde_json::from_slice(&place.run(&arguments).stdout).expect("JSON");
    assert_eq!(report["written"], false);
    let changes: Vec<String> = report["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| format!("{} {}", it["id"], it["change"]))
        .collect();
    assert_eq!(changes, [r#""own" "changed""#, r#""pay" "deleted""#]);
}

#[test]
fn what_is_not_understood_is_refused_with_a_remedy() {
    let place = Workplace::new(MAP);
    let cases: &[&[&str]] = &[
        &["--set", "onw.amount=5"],
        &["--set", "own.amout=5"],
        &["--set", "own.when=03/04/2019"],
        &["--set", "own.date=2020-13"],
        &["--set", "own.kind=own"],
        &["--set", "own.evidence=x"],
        &["--set", "own"],
        &["--set", "own.to=Cove"],
        &["--set", "own.to=herald"],
        &["--set", "alder.name="],
        &["--add-actor", "alder bank"],
        &["--add-actor", "own=New"],
        &["--add-tie", "Alder Bank owns Cove"],
        &["--add-tie", "Alder Bank -owns-> Birtch Trust"],
        &["--add-source", "some words"],
        &["--add-source", "javascript:alert(1)"],
        &["--add-source", "@no-such-file.bib"],
        &["--cite", "own=heralt"],
        &["--cite", "alder=herald"],
        &["--cite", "own=herald", "--stance", "support"],
        &["--cite", "own=herald", "--for", "amout"],
        &["--quote", "x", "--cite", "own=herald"],
        &["--merge", "alder=own"],
        &["--merge", "alder=alder"],
        &["--delete", "x"],
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|arguments| {
            let line: Vec<String> = arguments.iter().map(|text| shell_quoted(text)).collect();
            format!("$ {}\n{}", line.join(" "), place.refused(arguments))
        })
        .collect();
    assert_golden("cli/edit-refused.txt", &said.concat());
}

#[test]
fn all_edits_are_made_or_none() {
    let place = Workplace::new(MAP);
    let said = place.refused(&["--set", "own.label=first", "--rename", "alder=A", "--delete", "nobody"]);
    assert!(said.contains("--delete “nobody”") && said.contains("nothing was written"), "{said}");
}

#[test]
fn a_dry_run_changes_no_byte() {
    let place = Workplace::new(MAP);
    let (before, time) = (place.bytes(), fs::metadata(place.path()).expect("a file").modified().expect("a time"));
    let output = place.run(&["--dry-run", "--set", "own.label=new", "-o", "other.json"]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains('+'), "the difference is told");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing was written"));
    assert_eq!(place.bytes(), before);
    assert_eq!(fs::metadata(place.path()).expect("a file").modified().expect("a time"), time);
    assert_eq!(fs::read_dir(place.folder.path()).expect("a folder").count(), 1);
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let place = Workplace::new(MAP);
    let before = place.bytes();
    let output = place.run(&["--rename", "alder=Alder Bank"]);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing changes"));
    assert_eq!(place.bytes(), before);
}

#[test]
fn only_the_lines_of_what_changes_are_touched() {
    let place = Workplace::new(MAP);
    let before = place.text();
    place.edit(&["--set", "own.amount=$120", "--set", "own.amount=$130"]);
    let after = place.text();
    assert_eq!(lost(&before, &after), [r#"      "amount": { "exact": 100, "currency": "USD" },"#]);
    assert!(after.contains(r#""amount": { "exact": 130, "currency": "USD" }"#), "two edits of one record: {after}");
    assert!(!after.contains("120"));
    place.edit(&["--delete", "fact", "--rename", "cove-2=Cove Two"]);
    let comments =
        ["// The port file", "// the working title", "/* checked */", "// odd spacing stays", "// the first tie"];
    for comment in comments {
        assert!(place.text().contains(comment), "{comment}");
    }
    assert!(place.text().contains(r#"{ "a": [1,   2] }"#) && place.text().contains("1907.50"));
}

#[test]
fn marks_and_line_ends_of_the_file_stay() {
    let text = fs::read_to_string(data("cli/edit.tieline.jsonc")).expect("a file").replace('\n', "\r\n");
    let place = Workplace::with_text(MAP, &format!("\u{feff}{text}"));
    let said = place.edit(&["--rename", "cove=Cove \u{202e}x"]);
    let after = place.text();
    assert!(after.starts_with('\u{feff}') && after.matches('\n').count() == after.matches("\r\n").count());
    assert!(!said.contains(['\u{202e}', '\r']) && said.contains("[U+202E]"), "{said:?}");
}

#[test]
fn another_file_is_written_when_one_is_named() {
    let place = Workplace::new(MAP);
    let before = place.bytes();
    place.edit(&["--rename", "cove=Harbor", "-o", "out.tieline.jsonc"]);
    assert_eq!(place.bytes(), before);
    let out = fs::read_to_string(place.folder.path().join("out.tieline.jsonc")).expect("written");
    assert!(out.contains("Harbor") && out.contains("// the first tie"));
}

#[test]
fn files_that_must_not_be_overwritten_are_left() {
    let map =
        r#"{ "format": "tieline", "version": "1.0", "requires": ["magic"], "actors": [{ "id": "a", "name": "A" }] }"#;
    let place = Workplace::with_text("map.json", map);
    let said = place.refused(&["--rename", "a=B"]);
    assert!(said.contains("could not save “map.json”"), "{said}");
    let place = Workplace::with_text("ties.csv", "From,To\nA,B\n");
    let said = place.refused(&["--rename", "A=C"]);
    assert!(said.contains("imported from it"), "{said}");
    let output = place.run(&["--rename", "A=C", "-o", "new.tieline.json"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(place.text(), "From,To\nA,B\n");
    let broken = r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }"#;
    let place = Workplace::with_text("broken.json", broken);
    let said = place.refused(&["--rename", "a=B"]);
    assert!(said.contains("`tieline check`") && said.contains("with -o"), "{said}");
}

#[test]
fn merged_actors_keep_every_tie() {
    let place = Workplace::new("edit-merge.tieline.json");
    place.transcript("edit-merge", &["--merge", "n1=n2"]);
    let map = place.map();
    assert_eq!((map.actors().len(), map.ties().len()), (3, 6));
    let Some(Item::Actor(bank)) = map.find("n1") else { panic!("the bank") };
    let bank = map.actor(bank);
    assert_eq!(bank.aliases, ["Norvik Bank AS"]);
    assert_eq!(bank.url.as_deref(), Some("https://example.org/norvik"));
    assert_eq!(bank.summary.as_deref(), Some("A savings bank."));
    assert!(
        !place
            .text()
            .replace("\"formerIds\": [\"n2\"]", "")
            .replace("[\n        \"n2\"\n      ]", "")
            .contains("\"n2\"")
    );
}

#[test]
fn ties_that_go_with_an_actor_are_told() {
    let place = Workplace::new("edit-delete.tieline.json");
    place.transcript("edit-delete", &["--delete", "b"]);
    assert_eq!((place.map().actors().len(), place.map().ties().len()), (3, 1));
}

#[test]
fn a_tie_is_turned_moved_and_gets_a_new_kind() {
    let place = Workplace::new("edit-ties.tieline.json");
    place.transcript(
        "edit-ties",
        &[
            "--add-tie",
            "t2=Brook Trust -owns-> c",
            "--set",
            "t1.from=b",
            "--set",
            "t1.to=c",
            "--set",
            "t1.kind=grants",
            "--set",
            "t1.amount=€ 2.5m",
            "--set",
            "t1.date=Mar 2020",
        ],
    );
    let map = place.map();
    let Some(Item::Tie(tie)) = map.find("t1") else { panic!("the tie") };
    let claim = &map.tie(tie).claim;
    assert_eq!(claim.evidence.len(), 1, "the evidence stays");
    assert_eq!(claim.date.as_ref().map(tieline::model::Date::text), Some("2020-03"));
    assert!(place.text().contains("\"grants\": {"), "the file gets the kind");
    place.refused(&["--set", "t1.date=2020-13"]);
}
