//! Changing a map: moving, undoing, laying out again, questions on closing.

use egui::{Key, Modifiers, Vec2, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const AMAZON: &str = "Amazon, company, on the map";

#[test]
fn a_dragged_actor_stays_and_undo_takes_it_back() {
    let mut bench = Bench::new();
    let before = bench.center_of(AMAZON);
    bench.drag(before, before + Vec2::new(60.0, 90.0));
    let moved = bench.center_of(AMAZON);
    assert!((moved - before - Vec2::new(60.0, 90.0)).length() < 3.0, "{before} to {moved}");
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!((bench.center_of(AMAZON) - before).length() < 1.5);
    assert!(!bench.app().title().starts_with('•'));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!((bench.center_of(AMAZON) - moved).length() < 1.5);
}

#[test]
fn laying_out_again_keeps_what_is_pinned() {
    let mut bench = Bench::new();
    bench.click(AMAZON);
    bench.press(Modifiers::NONE, Key::P);
    bench.press(Modifiers::NONE, Key::R);
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.app().title().starts_with('•'), "two steps back is where it began");
}

#[test]
fn closing_asks_when_something_is_unsaved() {
    let mut bench = Bench::new();
    let from = bench.center_of(AMAZON);
    bench.drag(from, from + Vec2::new(30.0, 40.0));
    let viewport = bench.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).expect("the window");
    viewport.events.push(ViewportEvent::Close);
    bench.settle();
    assert!(bench.shows("Save the changes?"), "{:?}", bench.texts());
    bench.click("Cancel");
    assert!(!bench.shows("Save the changes?"));
    assert!(bench.app().title().starts_with('•'));
}

#[test]
fn files_over_the_window_are_answered_by_an_overlay() {
    let mut bench = Bench::new();
    bench.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
    bench.harness.run_steps(3);
    assert!(bench.shows("Drop the file to open it"));
    bench.harness.input_mut().hovered_files.clear();
    bench.settle();
    assert!(bench.harness.query_by_label("Drop the file to open it").is_none());
}
