//! Scenarios of editing that need several things at once: what Escape closes, drags that are given up, and one source
//! for several ties.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const MAP: &str = r#"{
  "format": "tieline", "version": "1.0", "map": { "title": "Mills" },
  "actors": [{ "id": "a", "name": "Alder Mill" }, { "id": "b", "name": "Birch Mill" }, { "id": "c", "name": "Cedar Mill" }],
  "sources": [{ "id": "s", "title": "Digest" }, { "id": "g", "title": "GeekWire report" }],
  "ties": [
    { "id": "t", "kind": "loan", "from": "a", "to": "b", "evidence": [{ "source": "s" }] },
    { "id": "u", "kind": "loan", "from": "b", "to": "c" },
    { "id": "v", "kind": "loan", "from": "a", "to": "c" }
  ],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [460, 0], "c": [230, 360] } }]
}
"#;

const ALDER: &str = "Alder Mill, on the map";

fn opened() -> (Bench, std::path::PathBuf) {
    let first = Bench::new();
    let path = first.write("mills.tieline.json", MAP);
    (Bench::start(Some(path.clone()), std::rc::Rc::clone(&first.folder)), path)
}

#[test]
fn escape_closes_the_list_then_the_field_then_the_selection() {
    let (mut bench, _) = opened();
    bench.click(ALDER);
    bench.press(Modifiers::NONE, Key::E);
    bench.type_text("own");
    let has_list = |bench: &Bench| bench.harness.query_by_label("Ownership owns").is_some();
    assert!(has_list(&bench), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!has_list(&bench) && bench.shows("New tie"), "the list: {:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("New tie") && bench.is_selected(ALDER), "the form: {:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.is_selected(ALDER), "the selection: {:?}", bench.texts());
}

#[test]
fn a_tie_that_is_given_up_while_it_is_drawn_leaves_nothing() {
    let (mut bench, _) = opened();
    bench.click(ALDER);
    let handles = bench.harness.get_all_by_label("Tie from Alder Mill");
    let handle = handles.map(|handle| handle.rect().center()).next_back().expect("a handle");
    let to = bench.center_of("Cedar Mill, on the map");
    bench.drag_and_escape(handle, to);
    assert!(!bench.shows("New tie") && !bench.app().title().starts_with('•'), "{:?}", bench.texts());
    assert!(bench.is_selected(ALDER), "Escape ended the drag, not the selection");
}

#[test]
fn a_source_is_cited_for_several_ties_in_one_step() {
    let (mut bench, path) = opened();
    bench.press(Modifiers::COMMAND, Key::A);
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("Select its ties");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.press(Modifiers::NONE, Key::C);
    bench.type_text("gee");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(&path).expect("saved");
    assert_eq!(saved.matches("\"source\": \"g\"").count(), 3, "{saved}");
    let label =
        bench.texts().into_iter().find(|text| text.starts_with("Alder Mill → Birch") && text.ends_with("the map"));
    bench.click(&label.expect("the tie"));
    for source in ["[1] Digest", "[2] GeekWire report"] {
        assert!(bench.shows(source), "the number of the old source stays: {source}: {:?}", bench.texts());
    }
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(&path).expect("saved");
    assert!(!saved.contains("\"source\": \"g\""), "one step: {saved}");
}
