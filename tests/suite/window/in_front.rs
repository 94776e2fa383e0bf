//! Overlays take the keys, the wheel and dropped files; everything behind stays unchanged.

use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, Vec2, ViewportEvent, ViewportId};

use super::bench::Bench;

const AMAZON: &str = "Amazon, company, on the map";

/// Keys with an effect on the canvas when nothing is in front of it.
const KEYS: [Key; 17] = [
    Key::F,
    Key::Plus,
    Key::Equals,
    Key::Minus,
    Key::Num0,
    Key::Num1,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::T,
    Key::H,
    Key::P,
    Key::R,
    Key::L,
    Key::F2,
    Key::Delete,
];

/// Overlays: the shortcut that opens each, and a text that it shows.
const IN_FRONT: [(Modifiers, Key, &str); 4] = [
    (Modifiers::NONE, Key::F1, "Keyboard and mouse"),
    (Modifiers::COMMAND, Key::E, "Export the picture"),
    (Modifiers::COMMAND, Key::K, "Find a command"),
    (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O, "Path"),
];

/// Returns all state that those keys could change.
fn state(bench: &Bench) -> (Vec2, bool, bool, String) {
    let place = bench.center_of(AMAZON).to_vec2();
    (place.round(), bench.is_selected(AMAZON), bench.shows("Legend"), bench.app().title().to_owned())
}

#[test]
fn keys_do_not_reach_what_lies_behind() {
    for (modifiers, opening, text) in IN_FRONT {
        let mut bench = Bench::new();
        bench.click(AMAZON);
        bench.press(Modifiers::NONE, Key::Plus);
        bench.press(modifiers, opening);
        assert!(bench.shows(text), "{text}: {:?}", bench.texts());
        let before = state(&bench);
        for key in KEYS {
            bench.press(Modifiers::NONE, key);
            assert_eq!(state(&bench), before, "{key:?} behind {text}");
            assert!(bench.shows(text), "{key:?} closed {text}");
        }
    }
}

#[test]
fn those_keys_work_where_nothing_lies_in_front() {
    let mut bench = Bench::new();
    let fitted = state(&bench);
    bench.press(Modifiers::NONE, Key::Plus);
    let closer = state(&bench);
    assert_ne!(fitted, closer);
    for (key, expected) in [(Key::Minus, &fitted), (Key::Equals, &closer), (Key::F, &fitted)] {
        bench.press(Modifiers::NONE, key);
        assert!((state(&bench).0 - expected.0).length() < 3.0, "{key:?}");
    }
    bench.press(Modifiers::NONE, Key::ArrowRight);
    assert_ne!(bench.texts().iter().filter(|text| text.ends_with(", on the map")).count(), 0);
    bench.press(Modifiers::NONE, Key::Num0);
    assert_ne!(state(&bench).0, fitted.0);
}

#[test]
fn the_wheel_does_not_zoom_what_lies_behind() {
    for (modifiers, opening, text) in [IN_FRONT[0], IN_FRONT[1], IN_FRONT[3]] {
        let mut bench = Bench::new();
        let place = bench.center_of(AMAZON);
        bench.press(modifiers, opening);
        let before = state(&bench);
        bench.harness.hover_at(place);
        bench.harness.step();
        let delta = Vec2::new(0.0, 3.0);
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta,
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        };
        bench.harness.event(wheel);
        bench.settle();
        assert_eq!(state(&bench), before, "behind {text}");
    }
}

#[test]
fn a_file_is_not_opened_behind_a_dialog() {
    let text = r#"{ "format": "tieline", "version": "1.0", "map": { "title": "Dropped" }, "actors": [{ "id": "a", "name": "A" }] }"#;
    for (modifiers, opening, open) in [IN_FRONT[0], IN_FRONT[1], IN_FRONT[3]] {
        let mut bench = Bench::new();
        let path = bench.write("dropped.tieline.json", text);
        bench.press(modifiers, opening);
        bench.drop_file(&path);
        assert!(!bench.app().title().contains("Dropped") && bench.shows(open), "{open}: {}", bench.app().title());
        bench.press(Modifiers::NONE, Key::Escape);
        bench.drop_file(&path);
        assert!(bench.app().title().contains("Dropped"), "{}", bench.app().title());
    }
}

#[test]
fn a_question_closes_the_palette() {
    let mut bench = Bench::new();
    let place = bench.center_of(AMAZON);
    bench.drag(place, place + Vec2::new(30.0, 40.0));
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("dark");
    assert!(bench.shows("Find a command"));
    let viewport = bench.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).expect("the window");
    viewport.events.push(ViewportEvent::Close);
    bench.settle();
    assert!(bench.shows("Save the changes?") && !bench.shows("Find a command"), "{:?}", bench.texts());
}

#[test]
fn a_message_takes_the_keyboard_from_what_was_typed_into() {
    let mut bench = Bench::new();
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("micro");
    assert!(bench.shows("micro"));
    let path = bench.write("broken.tieline.json", "no map");
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.press(Modifiers::COMMAND, Key::O);
    assert!(bench.shows("The file was not opened"), "{:?}", bench.texts());
    bench.type_text("soft");
    assert!(!bench.shows("microsoft"), "{:?}", bench.texts());
}
