//! Editing a map: moving, undoing, laying out again, prompts on closing.

use std::collections::BTreeMap;

use egui::{Key, Modifiers, Vec2, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;
use tieline::load::load_file;

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
fn escape_during_a_drag_ends_only_the_drag() {
    let mut bench = Bench::new();
    bench.click(AMAZON);
    let before = bench.center_of(AMAZON);
    bench.harness.hover_at(before);
    bench.harness.step();
    bench.harness.drag_at(before);
    for step in 1..=4 {
        bench.harness.hover_at(before + Vec2::new(0.0, 20.0 * step as f32));
        bench.harness.step();
    }
    assert!((bench.center_of(AMAZON) - before).length() > 20.0, "it is being dragged");
    bench.harness.key_press(Key::Escape);
    bench.harness.run_steps(3);
    bench.harness.drop_at(before + Vec2::new(0.0, 80.0));
    bench.settle();
    assert!((bench.center_of(AMAZON) - before).length() < 1.5, "it is back");
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
    assert!(bench.is_selected(AMAZON), "it is still selected");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.is_selected(AMAZON), "without a drag Escape clears");
}

#[test]
fn the_choice_of_the_wheel_is_remembered() {
    let mut bench = Bench::new();
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("wheel: pans");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.app().remember();
    let settings = std::fs::read_to_string(bench.folder.path().join("config/window.json")).expect("written");
    assert!(settings.contains("\"wheel\": \"pans\""), "{settings}");
}

/// Returns the saved positions of all actors by key.
fn saved_places(bench: &mut Bench) -> BTreeMap<String, (f32, f32)> {
    let path = bench.folder.path().join("saved.tieline.jsonc");
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    let map = load_file(&path).expect("saved").0.map;
    let places = &map.views()[tieline::model::ViewId(0)].positions;
    places.iter().map(|&(actor, pos)| (map.actor(actor).key.to_string(), (pos.x, pos.y))).collect()
}

#[test]
fn laying_out_again_keeps_what_is_pinned_and_moves_the_rest() {
    for is_pinned in [true, false] {
        let mut bench = Bench::new();
        bench.click(AMAZON);
        let from = bench.center_of(AMAZON);
        // A position that no layout would choose.
        bench.drag(from, from + Vec2::new(-90.0, 140.0));
        assert!(bench.is_selected(AMAZON));
        if is_pinned {
            bench.press(Modifiers::NONE, Key::P);
        }
        let before = saved_places(&mut bench);
        bench.press(Modifiers::NONE, Key::R);
        let after = saved_places(&mut bench);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        assert_eq!(before["amazon"] == after["amazon"], is_pinned, "{before:?}\n{after:?}");
        assert!(before.iter().any(|(key, place)| after[key] != *place), "something moves");
        bench.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(saved_places(&mut bench), before, "one step takes it back");
    }
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

/// Undoes a move; returns the number of frames until rest, and of those in which the actor was still moving.
fn undo_by_frames(bench: &mut Bench) -> (usize, usize) {
    let moved = bench.center_of(AMAZON);
    let modifiers = Modifiers::COMMAND;
    let press = egui::Event::Key { key: Key::Z, physical_key: None, pressed: true, repeat: false, modifiers };
    // Queued events would get their own frames, which would already use up the transition.
    bench.harness.input_mut().events.push(press);
    let mut before_arrival = 0;
    for frame in 1..100 {
        bench.harness.step();
        let has_taken_back = !bench.app().title().starts_with('•');
        before_arrival += usize::from(has_taken_back && (bench.center_of(AMAZON) - moved).length() < 30.0);
        if bench.app().is_settled() && has_taken_back && bench.delay() > std::time::Duration::from_secs(5) {
            return (frame, before_arrival);
        }
    }
    panic!("the window does not come to rest");
}

#[test]
fn changes_glide_to_their_places_unless_that_is_turned_off() {
    let mut bench = Bench::new();
    let from = bench.center_of(AMAZON);
    bench.drag(from, from + Vec2::new(60.0, 90.0));
    assert!(undo_by_frames(&mut bench).1 > 0, "it starts where it was");
    assert!((bench.center_of(AMAZON) - from).length() < 1.5);
    bench.click("View");
    bench.click("Animate changes");
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(undo_by_frames(&mut bench).1, 0, "it is there at once");
    for _ in 0..3 {
        bench.harness.step();
        assert_eq!(bench.delay(), std::time::Duration::MAX, "at rest");
    }
}
