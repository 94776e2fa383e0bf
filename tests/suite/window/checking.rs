//! What is to be mended is listed while a map is made, and leads to its field.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const MAP: &str = r#"{
  "format": "tieline", "version": "1.1", "map": { "title": "Two mills" },
  "actors": [ { "id": "a", "name": "Alder Mill" }, { "id": "b", "name": "Birch Mill" }, { "id": "c", "name": "Cedar Mill" } ],
  "sources": [ { "id": "s", "title": "Register", "url": "https://example.org/r" } ],
  "ties": [
    { "id": "t", "kind": "owns", "from": "a", "to": "b", "share": { "exact": "70" }, "evidence": [ { "source": "s" } ] },
    { "id": "u", "kind": "owns", "from": "c", "to": "b", "share": { "exact": "40" }, "evidence": [ { "source": "s" } ] },
    { "id": "v", "kind": "lends to", "from": "a", "to": "c", "startDate": "2005", "endDate": "2003" }
  ],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [420, 0], "c": [210, 200] } }]
}
"#;

/// Returns the rows of the list of what is to be mended.
fn rows(bench: &Bench) -> Vec<String> {
    let mut rows: Vec<String> = bench.texts();
    rows.retain(|text| text.contains(": It ") || text.contains(": No source") || text.contains("add up to"));
    rows.retain(|text| text.contains(": "));
    rows.sort();
    rows.dedup();
    rows
}

#[test]
fn concerns_are_listed_lead_to_their_field_and_go_once_mended() {
    let first = Bench::new();
    let path = first.write("mills.tieline.jsonc", MAP);
    let mut bench = Bench::start(Some(path), std::rc::Rc::clone(&first.folder));
    bench.press(Modifiers::NONE, Key::F8);
    assert!(bench.shows("In the map: 2 to look at, 1 without a source"), "{:?}", bench.texts());
    let listed = rows(&bench);
    assert!(listed.iter().any(|row| row.contains("It ends before it starts")), "{listed:?}");
    assert!(listed.iter().any(|row| row.contains("2 shares of it add up to at least 110%")), "{listed:?}");

    let dates = listed.iter().find(|row| row.contains("It ends before it starts")).expect("the row").clone();
    bench.click(&dates);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("2003–2005");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("In the map: 1 to look at, 1 without a source"), "{:?}", bench.texts());

    let unsourced = rows(&bench).into_iter().find(|row| row.contains(": No source")).expect("the row");
    bench.click(&unsourced);
    bench.type_text("Register");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("In the map: 1 to look at"), "{:?}", bench.texts());
    assert!(!bench.shows("without a source"), "{:?}", bench.texts());

    // Undone, it is to be mended again.
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("1 without a source"), "{:?}", bench.texts());
}

#[test]
fn shares_of_more_than_the_whole_select_their_ties() {
    let first = Bench::new();
    let path = first.write("mills.tieline.jsonc", MAP);
    let mut bench = Bench::start(Some(path), std::rc::Rc::clone(&first.folder));
    bench.press(Modifiers::NONE, Key::F8);
    let row = rows(&bench).into_iter().find(|row| row.contains("110%")).expect("the row");
    bench.click(&row);
    assert!(bench.shows("2 selected"), "{:?}", bench.texts());
    bench.harness.get_by_role_and_label(Role::Button, "Close").click();
    bench.settle();
    assert!(!bench.shows("In the map:"), "{:?}", bench.texts());
}
