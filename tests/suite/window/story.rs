//! The story in the window: the strip of steps, showing a step, making steps, and what is written to the file.

use std::path::PathBuf;
use std::rc::Rc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const CHAIN: &str = r#"{
  "format": "tieline", "version": "1.1", "map": { "title": "A chain" },
  "actors": [
    { "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch" }, { "id": "c", "name": "Cedar" }, { "id": "d", "name": "Dogwood" }
  ],
  "ties": [
    { "id": "ab", "kind": "loan", "from": "a", "to": "b", "startDate": "2019" },
    { "id": "bc", "kind": "loan", "from": "b", "to": "c", "startDate": "2021" },
    { "id": "bd", "kind": "loan", "from": "b", "to": "d" }
  ],
  "views": [ { "id": "main", "positions": { "a": [0, 0], "b": [300, 0], "c": [600, 0], "d": [300, 200] }STEPS } ]
}
"#;

const STEPS: &str = r#",
    "steps": [
      { "id": "one", "title": "All of it", "caption": "Four actors" },
      { "id": "two", "title": "The loan", "show": ["a", "b"], "camera": "shown", "notes": "Say how much" },
      { "id": "three", "title": "Two thousand nineteen", "asOf": "2019", "focus": ["ab"] }
    ]"#;

/// Opens a map with or without steps; returns its path too.
pub(super) fn opened(has_steps: bool) -> (Bench, PathBuf) {
    let text = CHAIN.replace("STEPS", if has_steps { STEPS } else { "" });
    let bench = Bench::new();
    let path = bench.write("chain.tieline.jsonc", &text);
    (Bench::start(Some(path.clone()), Rc::clone(&bench.folder)), path)
}

/// Returns the names of the steps in the strip, in order.
fn steps(bench: &Bench) -> Vec<String> {
    let mut steps: Vec<String> = bench.texts().into_iter().filter(|text| text.starts_with("Step ")).collect();
    steps.retain(|text| text.contains(" of ") && text.contains(": "));
    steps.dedup();
    steps
}

fn is_drawn(bench: &Bench, name: &str) -> bool {
    bench.texts().iter().any(|text| text.starts_with(&format!("{name},")))
}

fn save(bench: &mut Bench, path: &PathBuf) -> String {
    bench.press(Modifiers::COMMAND, Key::S);
    std::fs::read_to_string(path).expect("saved")
}

/// Gives a step the keyboard focus without showing it.
fn focus(bench: &mut Bench, label: &str) {
    bench.harness.get_by_label(label).focus();
    bench.settle();
}

#[test]
fn the_strip_is_open_for_a_map_with_steps_and_hidden_without() {
    let (mut bench, _) = opened(true);
    assert_eq!(
        steps(&bench),
        ["Step 1 of 3: All of it", "Step 2 of 3: The loan", "Step 3 of 3: Two thousand nineteen"]
    );
    bench.press(Modifiers::NONE, Key::F4);
    assert!(steps(&bench).is_empty());
    let (mut bench, _) = opened(false);
    assert!(!bench.shows("No steps yet"));
    bench.press(Modifiers::NONE, Key::F4);
    assert!(bench.shows("No steps yet"));
}

#[test]
fn showing_a_step_changes_what_is_seen_and_not_the_file() {
    let (mut bench, path) = opened(true);
    let before = bench.center_of("Alder, on the map");
    bench.click("Step 2 of 3: The loan");
    assert!(bench.is_selected("Step 2 of 3: The loan"));
    assert!(is_drawn(&bench, "Alder") && is_drawn(&bench, "Birch"), "{:?}", bench.texts());
    assert!(!is_drawn(&bench, "Cedar") && !is_drawn(&bench, "Dogwood"));
    assert_ne!(bench.center_of("Alder, on the map"), before, "the camera shows the two alone");
    bench.click("Step 3 of 3: Two thousand nineteen");
    assert!(is_drawn(&bench, "Cedar"), "all actors");
    assert!(!bench.texts().iter().any(|text| text.starts_with("Birch → Cedar")), "2021 is not told yet");
    assert!(!bench.app().title().starts_with('•'), "nothing is to be saved");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Leave the step"));
    assert!(bench.texts().iter().any(|text| text.starts_with("Birch → Cedar")));
    assert_eq!(bench.center_of("Alder, on the map"), before, "from where it was seen before");
    assert!(std::fs::read_to_string(path).expect("read").contains("\"Say how much\""));
}

#[test]
fn the_filter_and_a_step_do_not_hold_at_once() {
    let (mut bench, _) = opened(true);
    bench.click("Step 2 of 3: The loan");
    bench.click("Alder, on the map");
    bench.press(Modifiers::NONE, Key::H);
    assert!(!bench.shows("Leave the step"), "{:?}", bench.texts());
    assert!(is_drawn(&bench, "Cedar") && !is_drawn(&bench, "Alder"));
}

#[test]
fn a_step_is_added_from_what_is_seen_and_its_title_typed_at_once() {
    let (mut bench, path) = opened(false);
    bench.click("Birch, on the map");
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    assert!(bench.shows("Title of the step") && bench.shows("Birch"), "a title is proposed");
    bench.type_text("The middle");
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(steps(&bench), ["Step 1 of 1: The middle"]);
    let text = save(&mut bench, &path);
    assert!(text.contains(r#"{ "id": "birch", "title": "The middle", "focus": ["b"] }"#), "{text}");
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("No steps yet"));
    assert_eq!(save(&mut bench, &path), CHAIN.replace("STEPS", ""), "undone to the byte");
}

#[test]
fn an_explored_part_becomes_what_a_step_shows() {
    let (mut bench, path) = opened(false);
    bench.click("Alder, on the map");
    bench.press(Modifiers::NONE, Key::X);
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    bench.press(Modifiers::NONE, Key::Enter);
    let text = save(&mut bench, &path);
    assert!(text.contains(r#""title": "Alder and Birch", "show": ["a", "b"], "camera": "shown""#), "{text}");
}

#[test]
fn titles_and_texts_are_kept_when_their_field_is_left_and_given_up_by_escape() {
    let (mut bench, path) = opened(true);
    focus(&mut bench, "Step 1 of 3: All of it");
    bench.press(Modifiers::NONE, Key::F2);
    bench.type_text("The whole");
    bench.press(Modifiers::NONE, Key::Escape);
    assert_eq!(steps(&bench)[0], "Step 1 of 3: All of it");
    focus(&mut bench, "Step 1 of 3: All of it");
    bench.press(Modifiers::NONE, Key::F2);
    bench.type_text("The whole");
    bench.click("Step 2 of 3: The loan");
    assert_eq!(steps(&bench)[0], "Step 1 of 3: The whole");
    assert!(bench.is_selected("Step 2 of 3: The loan"), "{:?}", bench.texts());
    assert!(bench.shows("Caption of the step"), "{:?}", bench.texts());
    bench.click("Caption of the step");
    bench.type_text("Given up");
    bench.press(Modifiers::NONE, Key::Escape);
    bench.click("Caption of the step");
    bench.type_text("A caption");
    // Another step: the field is gone, what was typed is not.
    bench.click("Step 1 of 3: The whole");
    let text = save(&mut bench, &path);
    assert!(text.contains(r#""title": "The loan", "show": ["a", "b"], "camera": "shown", "notes": "Say how much", "caption": "A caption""#), "{text}");
    assert!(text.contains(r#""title": "The whole", "caption": "Four actors""#), "{text}");
}

#[test]
fn steps_are_moved_copied_and_deleted_by_keyboard() {
    let (mut bench, _) = opened(true);
    focus(&mut bench, "Step 1 of 3: All of it");
    bench.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(steps(&bench)[..2], ["Step 1 of 3: The loan", "Step 2 of 3: All of it"]);
    bench.press(Modifiers::ALT, Key::ArrowRight);
    bench.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(steps(&bench)[2], "Step 3 of 3: All of it", "it keeps the focus and stops at the end");
    bench.press(Modifiers::NONE, Key::Delete);
    assert_eq!(steps(&bench), ["Step 1 of 2: The loan", "Step 2 of 2: Two thousand nineteen"]);
    assert!(is_drawn(&bench, "Alder"), "no actor is deleted");
    bench.right_click("Step 1 of 2: The loan");
    bench.click("Duplicate");
    assert_eq!(steps(&bench)[..2], ["Step 1 of 3: The loan", "Step 2 of 3: The loan"]);
    for _ in 0..4 {
        bench.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(steps(&bench)[0], "Step 1 of 3: All of it");
    assert!(!bench.app().title().starts_with('•'));
}

#[test]
fn a_step_is_shown_by_enter_and_walked_from() {
    let (mut bench, _) = opened(true);
    focus(&mut bench, "Step 2 of 3: The loan");
    assert!(!bench.is_selected("Step 2 of 3: The loan"));
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.is_selected("Step 2 of 3: The loan"));
    bench.press(Modifiers::COMMAND, Key::PageDown);
    assert!(bench.is_selected("Step 3 of 3: Two thousand nineteen"));
    bench.press(Modifiers::COMMAND, Key::PageDown);
    assert!(bench.is_selected("Step 3 of 3: Two thousand nineteen"), "there is no further one");
    bench.press(Modifiers::COMMAND, Key::PageUp);
    assert!(bench.is_selected("Step 2 of 3: The loan"));
}

#[test]
fn a_step_is_dragged_to_its_place() {
    let (mut bench, _) = opened(true);
    let from = bench.center_of("Step 1 of 3: All of it");
    let to = bench.center_of("Step 3 of 3: Two thousand nineteen");
    bench.drag(from, to + egui::vec2(60.0, 0.0));
    assert_eq!(steps(&bench)[2], "Step 3 of 3: All of it");
    let (from, to) = (bench.center_of("Step 3 of 3: All of it"), bench.center_of("Step 1 of 3: The loan"));
    bench.drag(from, to - egui::vec2(60.0, 0.0));
    assert_eq!(steps(&bench)[0], "Step 1 of 3: All of it");
    assert!(!bench.app().title().starts_with('•'), "as in the file");
}

#[test]
fn a_story_is_made_from_the_map_and_taken_back_in_one_step() {
    let (mut bench, path) = opened(false);
    bench.press(Modifiers::NONE, Key::F4);
    bench.click("Make steps");
    assert!(bench.shows("Step 1 of 4: Overview") && bench.shows("Step 2 of 4: Birch"), "{:?}", bench.texts());
    assert!(bench.shows("Step 3 of 4: 2019: 1 tie begins"), "{:?}", steps(&bench));
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("No steps yet"));
    assert_eq!(save(&mut bench, &path), CHAIN.replace("STEPS", ""));
}

#[test]
fn a_map_without_ties_says_why_no_steps_are_made() {
    let bench = Bench::new();
    let text = r#"{ "format": "tieline", "version": "1.0", "actors": [ { "id": "a", "name": "Alder" } ] }"#;
    let path = bench.write("one.tieline.jsonc", text);
    let mut bench = Bench::start(Some(path), Rc::clone(&bench.folder));
    bench.press(Modifiers::NONE, Key::F4);
    bench.click("Make steps");
    assert!(bench.shows("No steps were made: a story needs at least two actors"), "{:?}", bench.texts());
    assert!(bench.shows("No steps yet"));
}
