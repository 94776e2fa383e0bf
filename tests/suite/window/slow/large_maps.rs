//! Maps with more boxes than can be routed within a frame.

use std::fmt::Write as _;

use egui::{Key, Modifiers, Vec2};

use egui_kittest::kittest::Queryable as _;

use crate::window::bench::Bench;

/// Generates actors on a grid, each tied to the next and to one farther away, all with positions.
fn grid(actors: usize) -> String {
    let mut text = String::from(
        "{ \"format\": \"tieline\", \"version\": \"1.0\", \"map\": { \"title\": \"Grid\" }, \"actors\": [",
    );
    for index in 0..actors {
        let _ = write!(text, "{{ \"id\": \"a{index}\", \"name\": \"Mill {index}\" }},");
    }
    text.push_str("], \"ties\": [");
    for index in 0..2 * actors {
        let (from, to) = (index % actors, (index * 7 + 1) % actors);
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
    std::fs::write(&path, grid(300)).expect("written");
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
