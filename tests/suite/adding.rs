//! Tables added to a map: joined with what it has, and nothing twice.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;

use tieline::document::{Change, Document, Transaction};
use tieline::load::{ColumnChoice, ImportFile, ImportOptions, ImportReport, add_tables, load_map};
use tieline::model::{Ends, Map, RecordChange};
use tieline::wording::read::Role;

const START: &str = include_str!("../data/cases/46-paste-a-table/start.tieline.json");
const PASTE: &str = include_str!("../data/cases/46-paste-a-table/paste.txt");

/// Returns the map of the case without its tie: Larch Co and Maple SA.
fn start() -> Map {
    let mut start: serde_json::Value = serde_json::from_str(START).expect("JSON");
    start["ties"] = serde_json::json!([]);
    load_map(start.to_string().as_bytes(), "start.tieline.json").expect("a map").map
}

fn add(map: &Map, text: &str, options: &ImportOptions) -> (Vec<RecordChange>, ImportReport) {
    let file = ImportFile { name: "rows.txt".into(), bytes: text.as_bytes().into() };
    add_tables(map, &[file], options, &|_| true).expect("tables")
}

fn added(map: &Map, text: &str) -> (Map, ImportReport) {
    let (changes, report) = add(map, text, &ImportOptions::default());
    (map.with_changes(&changes).expect("they fit"), report)
}

/// Lists the ties of a map, one on a line.
fn listing(map: &Map) -> String {
    let mut out = String::new();
    for tie in map.ties().values() {
        let Ends::Pair { from, to } = tie.ends else { continue };
        let (from, to) = (&map.actor(from).name, &map.actor(to).name);
        let kind = &map.tie_kinds().get(tie.kind).expect("a kind").key;
        let date = tie.claim.date.as_ref().map(|date| date.text().to_owned()).unwrap_or_default();
        let amount = tie.claim.amount.as_ref().and_then(|amount| amount.lower).map(|lower| lower.value.to_string());
        let _ = writeln!(out, "{from} → {to} {kind} {date} {}", amount.unwrap_or_default());
    }
    out
}

#[test]
fn pasted_rows_are_joined_by_name_without_case_and_blanks() {
    let (map, report) = added(&start(), PASTE);
    assert_eq!((report.actors, report.ties), (3, 4));
    assert_eq!((report.rows.read, report.rows.used, report.rows.skipped), (5, 4, 1));
    let skipped = report.problems.iter().find(|problem| problem.message.contains("left out")).expect("row 6");
    assert_eq!(skipped.location.as_ref().expect("a place").position.to_string(), "B6");
    assert_eq!(
        listing(&map),
        "Larch Co → Nutwood Ltd owns 2019 \n\
         Nutwood Ltd → Maple SA pays 2020-05-01 1500000\n\
         Maple SA → Oak & Ash lends  \n\
         Quince Fund → Larch Co owns 2021-03 \n"
    );
    let rows: Vec<_> = map.ties().values().map(|tie| tie.claim.metadata.row.clone().expect("a row").keys).collect();
    assert_eq!(rows, [["2"], ["3"], ["4"], ["5"]]);
}

#[test]
fn the_same_rows_again_add_nothing_and_say_so() {
    let (once, _) = added(&start(), PASTE);
    let (changes, report) = add(&once, PASTE, &ImportOptions::default());
    assert_eq!(changes, [], "nothing new, not even the table");
    assert_eq!(report.known_ties, 4);
    let said = report.problems.iter().filter(|problem| problem.message.contains("has this tie already")).count();
    assert_eq!(said, 4);
    let wanted = ImportOptions { adds_known: true, ..ImportOptions::default() };
    let (changes, report) = add(&once, PASTE, &wanted);
    let twice = once.with_changes(&changes).expect("they fit");
    assert_eq!((twice.ties().len(), twice.actors().len(), report.known_ties), (8, 5, 0), "doubled if wanted");
}

#[test]
fn a_row_that_differs_in_its_source_only_is_further_evidence() {
    let with_source =
        |source: &str| format!("From,To,Type,Source URL\nLarch Co,Maple SA,owns,https://example.org/{source}\n");
    let (once, _) = added(&start(), &with_source("a"));
    let (twice, report) = added(&once, &with_source("b"));
    assert_eq!((report.ties, report.known_ties, report.sources), (0, 1, 1));
    let tie = twice.ties().values().next().expect("a tie");
    assert_eq!((twice.ties().len(), tie.claim.evidence.len()), (1, 2));
    let (changes, _) = add(&twice, &with_source("a"), &ImportOptions::default());
    assert_eq!(changes, [], "a source that it has already");
    let (other, _) = added(&twice, "From,To,Type,Amount\nLarch Co,Maple SA,owns,5\n");
    assert_eq!(other.ties().len(), 2, "another amount is another tie");
}

#[test]
fn what_the_map_says_of_an_actor_goes_before_what_a_table_says() {
    let table =
        "Name,Type,Description,Website,Alias,Seat\nLARCH CO,Bank,From the table,https://example.org/,Larch,Oslo\n";
    let (once, report) = added(&start(), table);
    assert_eq!((report.actors, once.actors().len()), (0, 2));
    let larch = once.actors().values().find(|actor| actor.name == "Larch Co").expect("under its name");
    assert_eq!(larch.summary.as_deref(), Some("From the table"), "what was missing is filled");
    assert_eq!(larch.aliases, ["Larch"]);
    assert!(larch.metadata.own.get("x-Seat").is_some());
    let other = "Name,Type,Description,Website,Alias,Seat\nLarch Co,Fund,Another,https://example.com/,Larch AG,Rome\n";
    let (twice, _) = added(&once, other);
    let again = twice.actors().values().find(|actor| actor.name == "Larch Co").expect("under its name");
    assert_eq!((&again.summary, &again.url, again.kind), (&larch.summary, &larch.url, larch.kind));
    assert_eq!(again.metadata.own.get("x-Seat"), larch.metadata.own.get("x-Seat"));
    assert_eq!(again.aliases, ["Larch", "Larch AG"], "both are names");
}

#[test]
fn a_name_of_two_actors_leaves_its_rows_out_and_names_both() {
    let (twins, _) = added(&start(), "Id,Name\nq1,Quince\nq2,Quince\n");
    let (after, report) = added(&twins, "From,To\nQuince,Maple SA\nq2,Maple SA\n");
    assert_eq!((after.ties().len(), report.rows.skipped), (1, 1));
    assert!(report.problems.iter().any(|problem| problem.message.contains("q1 and q2")), "{:?}", report.problems);
}

#[test]
fn kinds_of_the_map_are_used_and_new_ones_get_other_colors() {
    let (once, _) = added(&start(), "From,To,Type\nLarch Co,Maple SA,Owns\nMaple SA,Larch Co,lends\n");
    let (twice, _) = added(&once, "From,To,Type\nMaple SA,Larch Co,OWNS\nLarch Co,Elm,pays\n");
    assert_eq!(twice.tie_kinds().len(), once.tie_kinds().len() + 1);
    let colors: BTreeSet<_> = twice.tie_kinds().values().filter_map(|kind| kind.color).map(|color| color.0).collect();
    let colored = twice.tie_kinds().values().filter(|kind| kind.color.is_some()).count();
    assert!(colors.len() == colored && colored == 2, "no two alike: {colors:?}");
}

#[test]
fn ids_and_keys_continue_after_records_were_deleted() {
    let (once, _) = added(&start(), PASTE);
    let document = Document::new(Arc::new(once.clone()), Arc::default());
    let gone = once.ties().ids().nth(1).expect("a tie");
    let delete = RecordChange::Tie(gone, tieline::model::Swap::of(once.ties(), gone, None));
    let holed = document
        .apply(&Transaction { label: String::new(), changes: vec![Change::Record(delete)] })
        .expect("it fits")
        .document;
    let (full, report) = added(&holed.map, PASTE);
    assert_eq!((full.ties().len(), report.ties, report.known_ties), (4, 1, 3));
    let keys: BTreeSet<_> = full.ties().values().map(|tie| tie.claim.key.clone()).collect();
    assert_eq!(keys.len(), 4);
}

#[test]
fn an_import_that_is_canceled_ends() {
    let rows: String = (0..5_000).fold("From,To\n".to_owned(), |mut text, row| {
        let _ = writeln!(text, "a{row},b{row}");
        text
    });
    let file = ImportFile { name: "rows.csv".into(), bytes: rows.as_bytes().into() };
    let reached = std::cell::Cell::new(0.0_f32);
    let go_on = |done: f32| {
        reached.set(done);
        done < 0.8
    };
    let error = add_tables(&start(), &[file], &ImportOptions::default(), &go_on).expect_err("canceled");
    assert!(error.to_string().contains("cancel"), "{error}");
    assert!((0.8..1.0).contains(&reached.get()), "{}", reached.get());
}

#[test]
fn a_column_that_was_said_to_be_kept_is_kept() {
    let choice = ColumnChoice::everywhere("Amount", Role::Keep);
    let options = ImportOptions { columns: vec![choice], ..ImportOptions::default() };
    let (changes, _) = add(&start(), "From,To,Amount\nLarch Co,Maple SA,5\n", &options);
    let map = start().with_changes(&changes).expect("they fit");
    let tie = map.ties().values().next().expect("a tie");
    assert!(tie.claim.amount.is_none() && tie.claim.metadata.own.get("x-Amount").is_some());
    let swapped = [("From", Role::To), ("To", Role::From)];
    let columns = swapped.map(|(heading, role)| ColumnChoice::everywhere(heading, role)).to_vec();
    let options = ImportOptions { columns, tie_kind: Some("backs".to_owned()), ..ImportOptions::default() };
    let (changes, _) = add(&start(), "From,To\nLarch Co,Maple SA\n", &options);
    assert_eq!(listing(&start().with_changes(&changes).expect("they fit")), "Maple SA → Larch Co backs  \n");
}

#[test]
fn the_command_line_adds_to_the_text_of_the_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = folder.path().join("start.tieline.jsonc");
    let noted = START.replacen('{', "{ // our own words\n", 1);
    std::fs::write(&map, &noted).expect("written");
    let paste = folder.path().join("paste.txt");
    std::fs::write(&paste, PASTE).expect("written");
    let done = Command::new(env!("CARGO_BIN_EXE_tieline"))
        .args(["import", "--json", "--into"])
        .arg(&map)
        .arg(&paste)
        .arg("-o")
        .arg(&map)
        .output()
        .expect("the program");
    let text = std::fs::read_to_string(&map).expect("text");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(text.contains("// our own words"), "{text}{said}");
    let loaded = load_map(text.as_bytes(), "start.tieline.jsonc").expect("a map");
    assert_eq!((loaded.map.ties().len(), loaded.map.actors().len()), (5, 5), "{said}");
    let refused = Command::new(env!("CARGO_BIN_EXE_tieline"))
        .args(["import", "--project", "first", "--into"])
        .arg(&map)
        .arg(&paste)
        .arg("-o")
        .arg(folder.path().join("projected.tieline.jsonc"))
        .output()
        .expect("the program");
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("can't be projected"));
}
