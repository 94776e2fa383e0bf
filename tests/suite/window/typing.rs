//! Fields that hold more than a word: histories, identifiers, parties, wholes, and what evidence says of itself.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use super::bench::Bench;

const MAP: &str = r#"{
  "format": "tieline", "version": "1.0", "map": { "title": "Two mills" },
  "actors": [{ "id": "a", "name": "Alder Mill" }, { "id": "b", "name": "Birch Mill" }, { "id": "c", "name": "Cedar Group" }],
  "sources": [{ "id": "s", "title": "Digest" }, { "id": "r", "title": "Gazette" }],
  "ties": [
    { "id": "t", "kind": "loan", "from": "a", "to": "b", "amount": { "exact": 10, "currency": "USD" }, "startDate": "2019",
      "evidence": [{ "source": "s", "quote": { "exact": "ten dollars" }, "for": ["amount", "startDate"] }] },
    { "id": "u", "kind": "deal", "parties": [{ "actor": "a", "role": "lender" }, { "actor": "b" }] },
    { "id": "v", "kind": "frame agreement", "from": "a", "to": "c" }
  ],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [460, 0], "c": [230, 400] }, "hubPositions": { "u": [230, 160] } }]
}
"#;

fn opened() -> (Bench, PathBuf) {
    let first = Bench::new();
    let path = first.write("mills.tieline.json", MAP);
    (Bench::start(Some(path.clone()), std::rc::Rc::clone(&first.folder)), path)
}

fn click_part(bench: &mut Bench, begin: &str) {
    let label = bench.texts().into_iter().find(|text| text.starts_with(begin) && text.ends_with("the map"));
    bench.click(&label.unwrap_or_else(|| panic!("{begin}: {:?}", bench.texts())));
}

fn replace_with(bench: &mut Bench, text: &str) {
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text(text);
    bench.press(Modifiers::NONE, Key::Enter);
}

fn saved(bench: &mut Bench, path: &Path) -> Value {
    bench.press(Modifiers::COMMAND, Key::S);
    let text = std::fs::read_to_string(path).expect("the file");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Returns the record with this id.
fn record(map: &Value, list: &str, id: &str) -> Value {
    let records = map[list].as_array().expect("a list");
    records.iter().find(|record| record["id"] == id).cloned().expect("the record")
}

fn change_amount(bench: &mut Bench, text: &str) {
    click_part(bench, "Alder Mill → Birch Mill, loan");
    bench.press(Modifiers::NONE, Key::M);
    replace_with(bench, text);
}

const ASKS: &str = "[1] is cited for the old amount. Still right?";

#[test]
fn evidence_of_a_changed_amount_is_asked_about_and_unlinked() {
    let (mut bench, path) = opened();
    change_amount(&mut bench, "$12");
    assert!(bench.shows(ASKS), "{:?}", bench.texts());
    bench.click("Alder Mill, on the map");
    assert!(!bench.shows(ASKS), "it is asked with the tie");
    bench.press(Modifiers::NONE, Key::F8);
    assert!(bench.shows(ASKS), "and listed among the problems: {:?}", bench.texts());
    let row = bench.texts().into_iter().find(|text| text.ends_with(ASKS) && text.len() > ASKS.len()).expect("a row");
    bench.click(&row);
    bench.press(Modifiers::NONE, Key::Escape);
    bench.click("Unlink");
    assert!(!bench.shows(ASKS), "{:?}", bench.texts());
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    assert_eq!(tie["evidence"][0]["for"], serde_json::json!(["startDate"]), "{tie}");
    assert_eq!(tie["evidence"][0]["quote"]["exact"], "ten dollars");
    bench.press(Modifiers::COMMAND, Key::Z);
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    assert_eq!((&tie["evidence"][0]["for"][0], &tie["amount"]["exact"]), (&"amount".into(), &12.into()), "one step");
}

#[test]
fn a_question_about_evidence_goes_with_keep_and_with_the_change_itself() {
    let (mut bench, path) = opened();
    change_amount(&mut bench, "$12");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.shows(ASKS), "the value is what it was cited for: {:?}", bench.texts());
    change_amount(&mut bench, "$14");
    bench.click("Keep");
    assert!(!bench.shows(ASKS), "{:?}", bench.texts());
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    assert_eq!(tie["evidence"][0]["for"], serde_json::json!(["amount", "startDate"]), "{tie}");
    // Evidence for the whole claim, and other fields, raise no question.
    click_part(&mut bench, "Alder Mill → Birch Mill, loan");
    bench.press(Modifiers::NONE, Key::F2);
    bench.type_text("Bridge loan");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(!bench.shows("Still right?"), "{:?}", bench.texts());
}

/// Whether a node is a field for text, with a list under it or without.
fn is_field(node: &egui_kittest::kittest::AccessKitNode<'_>) -> bool {
    matches!(node.role(), Role::TextInput | Role::EditableComboBox)
}

#[test]
fn stance_fields_and_where_it_was_read_are_typed_in_the_form_of_evidence() {
    let (mut bench, path) = opened();
    click_part(&mut bench, "Alder Mill → Birch Mill, loan");
    bench.click("Change evidence 1");
    for (label, text) in [("Stance", "dis"), ("Proves only", "amount, nonsense"), ("Read in", "Gaz")] {
        bench.harness.get_by(|node| is_field(node) && node.label().as_deref() == Some(label)).focus();
        bench.settle();
        bench.press(Modifiers::COMMAND, Key::A);
        bench.type_text(text);
        bench.press(Modifiers::NONE, Key::Tab);
    }
    bench.press(Modifiers::COMMAND, Key::Enter);
    assert!(bench.shows("“nonsense” is not a field here."), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("amount, start");
    bench.press(Modifiers::COMMAND, Key::Enter);
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    let piece = &tie["evidence"][0];
    assert_eq!((&piece["source"], &piece["stance"]), (&"s".into(), &"disputes".into()), "{tie}");
    assert_eq!(piece["for"], serde_json::json!(["amount", "startDate"]));
    assert_eq!(piece["citedIn"], serde_json::json!({ "source": "r", "quote": { "exact": "ten dollars" } }), "{tie}");
    assert!(piece.get("quote").is_none(), "the words were read there: {tie}");
    // Opened again it says so, and emptied it is first-hand again.
    bench.click("Change evidence 1");
    bench.harness.get_by(|node| is_field(node) && node.label().as_deref() == Some("Read in")).focus();
    bench.settle();
    bench.press(Modifiers::COMMAND, Key::A);
    bench.press(Modifiers::NONE, Key::Backspace);
    bench.press(Modifiers::COMMAND, Key::Enter);
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    assert_eq!(tie["evidence"][0]["quote"]["exact"], "ten dollars", "{tie}");
    assert!(tie["evidence"][0].get("citedIn").is_none(), "{tie}");
}

#[test]
fn identifiers_and_the_whole_of_an_actor_are_typed() {
    let (mut bench, path) = opened();
    bench.click("Alder Mill, on the map");
    bench.click("Identifier");
    bench.type_text("LEI: 5493006MHB84DD0ZWV18; Wikidata Q42; nonsense");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("“nonsense” needs a register and an id"), "{:?}", bench.texts());
    replace_with(&mut bench, "LEI: 5493006MHB84DD0ZWV18; Wikidata Q42");
    bench.click("Part of");
    bench.type_text("ced");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("LEI: 5493006MHB84DD0ZWV18") && bench.shows("Wikidata: Q42"), "{:?}", bench.texts());
    let actor = record(&saved(&mut bench, &path), "actors", "a");
    assert_eq!(actor["partOf"], "c", "{actor}");
    assert_eq!(
        actor["identifiers"],
        serde_json::json!({ "lei": "5493006MHB84DD0ZWV18", "wikidata": "Q42" }),
        "{actor}"
    );
    // The first row stands for all of them.
    bench.click("Change identifier");
    replace_with(&mut bench, "LEI: 5493006MHB84DD0ZWV18");
    assert!(!bench.shows("Wikidata: Q42"), "{:?}", bench.texts());
}

#[test]
fn the_history_of_a_tie_is_typed_and_the_last_stage_is_its_stage() {
    let (mut bench, path) = opened();
    click_part(&mut bench, "Alder Mill → Birch Mill, loan");
    bench.click("History");
    bench.type_text("announced March 2019; soon");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("“soon” does not begin with a stage."), "{:?}", bench.texts());
    replace_with(&mut bench, "announced March 2019; active 2020");
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    let line = |stage: &str, date: &str| serde_json::json!({ "stage": stage, "date": date });
    assert_eq!(tie["stages"], serde_json::json!([line("announced", "2019-03"), line("active", "2020")]), "{tie}");
    assert_eq!(tie["stage"], "active");
    // A stage with a date is a line of the history.
    bench.press(Modifiers::NONE, Key::S);
    replace_with(&mut bench, "done May 2021");
    let tie = record(&saved(&mut bench, &path), "ties", "t");
    assert_eq!((&tie["stage"], &tie["stages"][2]), (&"done".into(), &line("done", "2021-05")), "{tie}");
}

#[test]
fn parties_and_the_whole_of_a_tie_are_typed() {
    let (mut bench, path) = opened();
    let label = bench.texts().into_iter().find(|text| text.contains("deal") && text.ends_with("the map"));
    bench.click(&label.expect("the deal is on the map"));
    bench.click("Change parties");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("Alder Mill (lender); Elm");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("There is no actor “Elm”."), "{:?}", bench.texts());
    replace_with(&mut bench, "Alder Mill (lender); Birch Mill (borrower); Cedar Group");
    let tie = record(&saved(&mut bench, &path), "ties", "u");
    let parties = serde_json::json!([
        { "actor": "a", "role": "lender" }, { "actor": "b", "role": "borrower" }, { "actor": "c" }
    ]);
    assert_eq!(tie["parties"], parties, "{tie}");
    bench.click("Part of");
    bench.type_text("Cedar");
    bench.press(Modifiers::NONE, Key::Enter);
    let tie = record(&saved(&mut bench, &path), "ties", "u");
    assert_eq!(tie["partOf"], "v", "{tie}");
}

/// Presses a key and then types letters, all within one frame, as after a slow one.
fn press_and_type(bench: &mut Bench, modifiers: Modifiers, key: Key, letters: &str) {
    let press = |key, pressed, modifiers| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    let events = &mut bench.harness.input_mut().events;
    events.extend([press(key, true, modifiers), press(key, false, modifiers)]);
    for letter in letters.chars() {
        let key = Key::from_name(&letter.to_uppercase().to_string()).expect("a key");
        events.push(press(key, true, Modifiers::NONE));
        events.push(Event::Text(letter.to_string()));
        events.push(press(key, false, Modifiers::NONE));
    }
    bench.settle();
}

#[test]
fn what_is_typed_in_the_frame_of_a_shortcut_goes_into_the_field_that_it_opens() {
    // Each letter is a shortcut: arrange, legend, hide, pin, delete nothing.
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::F),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::A),
        (Modifiers::NONE, Key::E),
        (Modifiers::NONE, Key::T),
        (Modifiers::NONE, Key::F1),
    ] {
        let mut bench = Bench::new();
        press_and_type(&mut bench, modifiers, key, "rlhp");
        assert!(!bench.app().title().starts_with('•'), "{key:?} changes nothing: {}", bench.app().title());
        assert!(bench.shows("rlhp"), "{key:?}: {:?}", bench.texts());
    }
}

#[test]
fn escape_right_after_what_was_typed_runs_none_of_it() {
    for gap in 0..4 {
        let mut bench = Bench::new();
        let press = |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        bench.harness.input_mut().events.push(press(Key::F, Modifiers::COMMAND));
        bench.harness.step();
        bench.harness.input_mut().events.extend([press(Key::R, Modifiers::NONE), Event::Text("r".to_owned())]);
        (0..gap).for_each(|_| bench.harness.step());
        bench.harness.input_mut().events.push(press(Key::Escape, Modifiers::NONE));
        bench.settle();
        assert!(!bench.app().title().starts_with('•'), "{gap} frames later: {}", bench.app().title());
    }
}
