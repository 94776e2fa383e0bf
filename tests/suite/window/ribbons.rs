//! Ribbons: drawing all ties of a pair as one lane, and back.

use std::fs;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const RIBBON: &str = "Alpha → Beta, 12 ties: loan, on the map";
const LANE: &str = "Alpha → Beta, loan, on the map";

fn opened() -> (Bench, std::path::PathBuf) {
    let bench = Bench::new();
    let ties: Vec<String> = (0..12)
        .map(|n| format!(r#"    {{ "id": "t{n}", "kind": "loan", "directed": true, "from": "a", "to": "b" }}"#))
        .collect();
    let text = format!(
        "{{\n  \"format\": \"tieline\", \"version\": \"1.0\",\n  \"actors\": [\n    {{ \"id\": \"a\", \"name\": \"Alpha\" }},\n    {{ \"id\": \"b\", \"name\": \"Beta\" }}\n  ],\n  \"ties\": [\n{}\n  ],\n  \"views\": [{{ \"id\": \"main\", \"positions\": {{ \"a\": [0, 0], \"b\": [900, 0] }} }}]\n}}\n",
        ties.join(",\n")
    );
    let path = bench.write("ribbon.tieline.json", &text);
    (Bench::start(Some(path.clone()), Rc::clone(&bench.folder)), path)
}

fn lanes(bench: &Bench) -> usize {
    bench.harness.query_all_by_label(LANE).count()
}

fn is_ribbon(bench: &Bench) -> bool {
    bench.harness.query_by_label(RIBBON).is_some()
}

#[test]
fn a_click_spreads_a_ribbon_out_and_undo_gathers_it() {
    let (mut bench, _) = opened();
    assert!(is_ribbon(&bench) && lanes(&bench) == 0, "{:?}", bench.texts());
    bench.click(RIBBON);
    assert_eq!((is_ribbon(&bench), lanes(&bench)), (false, 12));
    assert!(bench.shows("12 ties: loan"), "the details list what was in it: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(is_ribbon(&bench) && lanes(&bench) == 0);
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(lanes(&bench), 12);
}

#[test]
fn the_context_menu_gathers_ties_and_spreads_them_out() {
    let (mut bench, _) = opened();
    bench.right_click(RIBBON);
    bench.click_as(Role::Button, "Spread the ties out");
    assert_eq!(lanes(&bench), 12);
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("gather");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(is_ribbon(&bench));
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.app().title().starts_with('•'), "both steps are undone");
}

#[test]
fn what_was_spread_out_is_saved_with_the_view() {
    let (mut bench, path) = opened();
    bench.click(RIBBON);
    bench.press(Modifiers::COMMAND, Key::S);
    let text = fs::read_to_string(&path).expect("saved");
    assert!(text.contains(r#""of": ["a", "b"], "show": "ties""#), "{text}");
    let again = Bench::with_file(Some(path));
    assert_eq!(lanes(&again), 12);
}

#[test]
fn finding_a_tie_does_not_open_its_ribbon() {
    let (mut bench, _) = opened();
    bench.click_as(Role::Tab, "Ties");
    let row = bench.harness.query_all_by_label_contains("Alpha → Beta").map(|node| node.rect().center()).next();
    assert!(row.is_some());
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("Alpha → Beta");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(is_ribbon(&bench), "finding a tie does not open the ribbon");
}
