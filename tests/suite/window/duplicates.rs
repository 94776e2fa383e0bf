//! The list of actors that may be the same.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const MAP: &str = r#"{
  "format": "tieline", "version": "1.0", "map": { "title": "Twins" },
  "actors": [
    { "id": "a", "name": "Norvik Bank" }, { "id": "b", "name": "Norvik Bank Ltd" },
    { "id": "c", "name": "Open AI" }, { "id": "d", "name": "OpenAI" },
    { "id": "e", "name": "Alder Mill" }
  ],
  "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "e" }],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [420, 0], "c": [0, 200], "d": [420, 200], "e": [210, 400] } }]
}
"#;

const BANKS: &str = "Norvik Bank and Norvik Bank Ltd";
const LABS: &str = "Open AI and OpenAI";

fn opened() -> (Bench, std::path::PathBuf) {
    let first = Bench::new();
    let path = first.write("twins.tieline.json", MAP);
    let mut bench = Bench::start(Some(path.clone()), std::rc::Rc::clone(&first.folder));
    bench.click_as(Role::Button, "Map");
    bench.click("Likely duplicates…");
    (bench, path)
}

#[test]
fn pairs_are_listed_with_the_reason_and_merged_after_the_preview() {
    let (mut bench, path) = opened();
    assert!(bench.shows("2 pairs, the likeliest first. Nothing is merged by itself."), "{:?}", bench.texts());
    for words in ["Same name except for “Ltd” · 1 tie, 0 ties", "Same name · 0 ties, 0 ties"] {
        assert!(bench.shows(words), "{words}: {:?}", bench.texts());
    }
    let top = |bench: &Bench, row: &str| bench.harness.get_by_role_and_label(Role::Link, row).rect().top();
    assert!(top(&bench, LABS) < top(&bench, BANKS), "the likeliest first");
    bench.click(&format!("Merge…: {BANKS}"));
    assert!(bench.shows("Norvik Bank stays, and Norvik Bank Ltd becomes another name of it."), "{:?}", bench.texts());
    assert!(bench.shows("5 actors"), "nothing has happened yet");
    bench.click_as(Role::Button, "Merge");
    assert!(bench.shows("4 actors"), "{:?}", bench.texts());
    assert!(!bench.shows(BANKS) && bench.shows(LABS), "the list follows: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(std::fs::read_to_string(path).expect("saved").contains("\"aliases\""));
}

#[test]
fn what_is_judged_distinct_is_not_listed_again_after_saving() {
    let (mut bench, path) = opened();
    bench.click(&format!("Not the same: {LABS}"));
    assert!(!bench.shows(LABS) && bench.shows("1 pair, the likeliest first"), "{:?}", bench.texts());
    // The other by keyboard.
    bench.harness.get_by_role_and_label(Role::Link, BANKS).focus();
    bench.settle();
    bench.press(Modifiers::NONE, Key::N);
    assert!(bench.shows("No two actors look alike."), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows(BANKS), "one step: {:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Likely duplicates"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::S);
    let mut again = Bench::start(Some(path), std::rc::Rc::clone(&bench.folder));
    again.press(Modifiers::COMMAND, Key::K);
    again.type_text("Likely duplicates");
    again.press(Modifiers::NONE, Key::Enter);
    assert!(!again.shows(LABS) && again.shows(BANKS), "{:?}", again.texts());
    again.harness.get_by_role_and_label(Role::Link, BANKS).focus();
    again.settle();
    again.press(Modifiers::NONE, Key::J);
    assert!(again.shows("Norvik Bank stays, and Norvik Bank Ltd becomes another name of it."), "{:?}", again.texts());
}
