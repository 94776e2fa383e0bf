//! The list of kinds: names, verbs, directions, colors and icons.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use super::bench::Bench;

const MAP: &str = r##"{
  "format": "tieline", "version": "1.1", "map": { "title": "Two mills" },
  "kinds": {
    "tie": {
      "loan": { "label": "Loan", "verb": "lends to", "directed": true, "color": "#AA3377", "icon": "bank", "auto": true }, // money
      "talks": { "label": "Talks", "directed": false }
    },
    "actor": { "mill": { "label": "Mill", "color": "#228833" } }
  },
  "actors": [
    { "id": "a", "name": "Alder Mill", "kind": "mill" },
    { "id": "b", "name": "Birch Mill", "kind": "mill" }
  ],
  "ties": [
    { "id": "t", "kind": "loan", "from": "a", "to": "b" },
    { "id": "u", "kind": "talks", "from": "b", "to": "a" },
    { "id": "v", "kind": "talks", "from": "b", "to": "a", "directed": true }
  ],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [420, 0] } }]
}
"##;

fn opened() -> (Bench, PathBuf) {
    let first = Bench::new();
    let path = first.write("mills.tieline.jsonc", MAP);
    let mut bench = Bench::start(Some(path.clone()), Rc::clone(&first.folder));
    bench.click_as(Role::Button, "Map");
    bench.click("Kinds…");
    assert!(is_open(&bench), "{:?}", bench.texts());
    (bench, path)
}

fn is_open(bench: &Bench) -> bool {
    bench.harness.query_by_role_and_label(Role::TextInput, "New kind of tie").is_some()
}

fn saved_text(bench: &mut Bench, path: &Path) -> String {
    bench.press(Modifiers::COMMAND, Key::S);
    std::fs::read_to_string(path).expect("the file")
}

fn saved(bench: &mut Bench, path: &Path) -> Value {
    let text = saved_text(bench, path);
    let plain: String =
        text.lines().map(|line| line.split(" // ").next().unwrap_or(line)).collect::<Vec<_>>().join("\n");
    serde_json::from_str(&plain).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn retype(bench: &mut Bench, field: &str, text: &str) {
    bench.harness.get_by_role_and_label(Role::TextInput, field).focus();
    bench.settle();
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text(text);
    bench.press(Modifiers::NONE, Key::Enter);
}

fn undo(bench: &mut Bench) {
    bench.press(Modifiers::COMMAND, Key::Z);
}

#[test]
fn names_and_verbs_are_typed_in_place_and_one_line_of_the_file_changes() {
    let (mut bench, path) = opened();
    retype(&mut bench, "Loan: name", "Credit");
    retype(&mut bench, "Credit: verb", "gives credit to");
    let text = saved_text(&mut bench, &path);
    let changed: Vec<(&str, &str)> = MAP.lines().zip(text.lines()).filter(|(was, is)| was != is).collect();
    let [(_, line)] = changed.as_slice() else { panic!("{changed:?}") };
    assert!(line.contains(r#""label": "Credit", "verb": "gives credit to""#) && line.ends_with("// money"), "{line}");
    assert!(line.contains(r#""auto": true"#), "color and icon are still the program's: {line}");
    undo(&mut bench);
    undo(&mut bench);
    assert_eq!(saved_text(&mut bench, &path), MAP);
}

#[test]
fn a_name_that_is_blank_or_taken_is_refused() {
    let (mut bench, path) = opened();
    for name in [" ", "talks"] {
        retype(&mut bench, "Loan: name", name);
        assert!(bench.texts().iter().any(|text| text.starts_with("Not changed: ")), "{name:?}: {:?}", bench.texts());
    }
    assert_eq!(saved_text(&mut bench, &path), MAP);
}

#[test]
fn ties_follow_the_direction_of_their_kind_unless_they_have_their_own() {
    let (mut bench, path) = opened();
    bench.click_as(Role::CheckBox, "Talks: directed");
    let file = saved(&mut bench, &path);
    assert!(file["kinds"]["tie"]["talks"].get("directed").is_none(), "as kinds are that say nothing: {file:#}");
    assert!(file["ties"][1].get("directed").is_none(), "it follows its kind: {file:#}");
    undo(&mut bench);
    assert_eq!(saved_text(&mut bench, &path), MAP);
}

#[test]
fn colors_and_icons_are_chosen_and_are_then_the_persons_own() {
    let (mut bench, path) = opened();
    bench.click_as(Role::Button, "Loan: color");
    assert!(bench.shows(": 1 on light"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "#EE6677");
    bench.click_as(Role::Button, "Loan: icon");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("boat");
    bench.click_as(Role::Button, "boat");
    let loan = saved(&mut bench, &path)["kinds"]["tie"]["loan"].clone();
    assert_eq!((&loan["color"], &loan["icon"]), (&"#EE6677".into(), &"boat".into()), "{loan}");
    assert!(loan.get("auto").is_none(), "{loan}");
    bench.click_as(Role::Button, "Mill: color");
    retype(&mut bench, "Other color, #RRGGBB", "#123");
    assert_eq!(saved(&mut bench, &path)["kinds"]["actor"]["mill"]["color"], "#112233");
    for _ in 0..3 {
        undo(&mut bench);
    }
    assert_eq!(saved_text(&mut bench, &path), MAP);
}

#[test]
fn a_kind_that_is_used_is_deleted_with_a_word_and_its_records_stay() {
    let (mut bench, path) = opened();
    bench.click_as(Role::Button, "Delete the kind Talks");
    assert!(bench.shows("2 ties of the kind Talks are drawn gray"), "{:?}", bench.texts());
    let file = saved(&mut bench, &path);
    assert!(file["kinds"]["tie"].get("talks").is_none(), "{file:#}");
    assert_eq!(file["ties"][1]["kind"], "talks");
    assert_eq!(file["ties"][1]["directed"], false, "its kind no longer says so");
    undo(&mut bench);
    assert_eq!(saved_text(&mut bench, &path), MAP);
}

#[test]
fn kinds_are_added_and_unused_ones_leave_nothing() {
    let (mut bench, path) = opened();
    retype(&mut bench, "New kind of tie", "grant");
    retype(&mut bench, "New kind of actor", "Foundation");
    retype(&mut bench, "New kind of actor", "mill");
    assert!(bench.shows("there is a kind “mill” already"), "{:?}", bench.texts());
    let kinds = saved(&mut bench, &path)["kinds"].clone();
    assert_eq!(kinds["tie"]["grant"]["verb"], "gives a grant to", "{kinds:#}");
    assert!(kinds["actor"]["foundation"].is_object(), "{kinds:#}");
    bench.click_as(Role::Button, "Delete the kind grant");
    bench.click_as(Role::Button, "Delete the kind Foundation");
    assert_eq!(saved_text(&mut bench, &path), MAP);
}

#[test]
fn escape_leaves_the_text_then_the_list() {
    let (mut bench, path) = opened();
    bench.harness.get_by_role_and_label(Role::TextInput, "Loan: name").focus();
    bench.settle();
    bench.type_text("x");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(is_open(&bench), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!is_open(&bench), "{:?}", bench.texts());
    assert_eq!(saved_text(&mut bench, &path), MAP);
}
