//! Maps with more boxes than can be routed within a frame.

use std::fmt::Write as _;

use egui::{Key, Modifiers, Vec2};

use egui_kittest::kittest::Queryable as _;

use crate::window::bench::Bench;

/// Generates actors on a grid, all with positions, and ties from each actor to others.
fn grid(actors: usize, ties: usize) -> String {
    let mut text = String::from(
        "{ \"format\": \"tieline\", \"version\": \"1.0\", \"map\": { \"title\": \"Grid\" }, \"actors\": [",
    );
    for index in 0..actors {
        let _ = write!(text, "{{ \"id\": \"a{index}\", \"name\": \"Mill {index}\" }},");
    }
    text.push_str("], \"ties\": [");
    for index in 0..ties {
        let (from, to) = (index % actors, (index * 7 + index / actors + 1) % actors);
        let _ =
            write!(text, "{{ \"id\": \"t{index}\", \"kind\": \"loan\", \"from\": \"a{from}\", \"to\": \"a{to}\" }},");
    }
    text.push_str("], \"views\": [{ \"id\": \"main\", \"positions\": {");
    for index in 0..actors {
        let _ = write!(text, "\"a{index}\": [{}, {}],", index % 20 * 260, index / 20 * 160);
    }
    text.push_str("} }] }");
    text
}

#[test]
fn a_released_card_never_jumps_back() {
    let folder = std::rc::Rc::new(tempfile::tempdir().expect("a folder"));
    let path = folder.path().join("grid.tieline.json");
    std::fs::write(&path, grid(300, 600)).expect("written");
    let mut bench = Bench::start(Some(path), folder);
    let label = "Mill 150, on the map";
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("Mill 150");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.press(Modifiers::NONE, Key::Escape);
    // From afar the overview shows dots; here are cards.
    for _ in 0..12 {
        bench.press(Modifiers::NONE, Key::Plus);
    }
    let size = bench.harness.get_by_label(label).rect().size();
    assert!(size.x > 80.0, "a card, but it measures {size:?}");
    let before = bench.center_of(label);
    let way = Vec2::new(24.0, 18.0);
    bench.drag_now(before, before + way);
    for frame in 0..40 {
        let moved = bench.center_of(label) - before;
        assert!((moved - way).length() < 4.0, "in frame {frame} after the release it is {moved} from where it was");
        bench.harness.step();
    }
    bench.settle();
    assert!((bench.center_of(label) - before - way).length() < 4.0);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!((bench.center_of(label) - before).length() < 2.0, "one step takes it back");
}

#[test]
fn while_a_large_map_is_derived_it_can_be_edited_and_nothing_that_is_gone_is_asked_for() {
    let folder = std::rc::Rc::new(tempfile::tempdir().expect("a folder"));
    let path = folder.path().join("grid.tieline.json");
    std::fs::write(&path, grid(1_000, 21_000)).expect("written");
    let mut bench = Bench::start(Some(path), folder);
    assert!(bench.texts().iter().any(|text| text.contains("21,000 of 21,000 ties")), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("Mill 17");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.harness.get_by_label("Mill 17, on the map");
    // The picture still shows what is deleted, while a job draws the new one.
    bench.press_now(Modifiers::NONE, Key::Delete);
    assert!(!bench.app().is_settled(), "the map is derived by a job");
    for _ in 0..6 {
        let at = bench.harness.ctx.content_rect().center();
        bench.harness.hover_at(at);
        bench.harness.step();
        bench.press_now(Modifiers::NONE, Key::Plus);
    }
    bench.press_now(Modifiers::COMMAND, Key::Z);
    bench.press_now(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    bench.settle();
    assert!(bench.harness.query_by_label("Mill 17, on the map").is_none());
    assert!(bench.texts().iter().any(|text| text.contains("20,958 of 20,958 ties")), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.texts().iter().any(|text| text.contains("21,000 of 21,000 ties")), "{:?}", bench.texts());
}
