//! Scenarios of editing that need several things at once: what Escape closes, drags that are given up, and one source
//! for several ties.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

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

fn saved(bench: &mut Bench, path: &std::path::Path) -> String {
    bench.press(Modifiers::COMMAND, Key::S);
    std::fs::read_to_string(path).expect("saved")
}

#[test]
fn a_kind_that_is_new_comes_and_goes_with_the_tie_that_needs_it() {
    let (mut bench, path) = opened();
    let before = saved(&mut bench, &path);
    bench.click(ALDER);
    bench.press(Modifiers::NONE, Key::E);
    bench.type_text("grant");
    bench.press(Modifiers::NONE, Key::Tab);
    bench.type_text("Cedar Mill");
    bench.press(Modifiers::NONE, Key::Enter);
    let now: serde_json::Value = serde_json::from_str(&saved(&mut bench, &path)).expect("JSON");
    let kind = &now["kinds"]["tie"]["grant"];
    assert!(kind["color"].is_string() && kind["icon"].is_string(), "{now:#}");
    assert_eq!(now["ties"].as_array().map(Vec::len), Some(4));
    bench.press(Modifiers::COMMAND, Key::Z);
    let undone: serde_json::Value = serde_json::from_str(&saved(&mut bench, &path)).expect("JSON");
    let was: serde_json::Value = serde_json::from_str(&before).expect("JSON");
    assert!(undone["kinds"]["tie"]["grant"].is_null() && undone["ties"] == was["ties"], "one step: {undone:#}");
}

#[test]
fn undo_in_a_field_first_brings_its_text_back_then_closes_it_then_undoes_the_map() {
    let (mut bench, _) = opened();
    bench.click("Birch Mill, on the map");
    bench.press(Modifiers::NONE, Key::F2);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("Birch Bank");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.click(ALDER);
    bench.press(Modifiers::NONE, Key::F2);
    bench.type_text("Elder Mill");
    let value = |bench: &Bench| {
        let field =
            bench.harness.query_by(|node| node.is_focused() && node.value().is_some_and(|value| !value.is_empty()));
        field.and_then(|field| field.value())
    };
    assert_eq!(value(&bench).as_deref(), Some("Elder Mill"));
    bench.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&bench).as_deref(), Some("Alder Mill"), "the text with which it opened");
    assert!(bench.shows("Birch Bank"), "nothing of the map is undone: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&bench), None, "the field is closed: {:?}", bench.texts());
    assert!(bench.shows("Birch Bank"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.shows("Birch Bank") && bench.shows("Birch Mill"), "{:?}", bench.texts());
}

#[test]
fn a_list_under_a_field_is_told_to_screen_readers_as_a_combo_box() {
    let (mut bench, _) = opened();
    bench.click(ALDER);
    bench.press(Modifiers::NONE, Key::E);
    bench.type_text("o");
    let options = |bench: &Bench| {
        let options = bench.harness.get_all_by_role(Role::ListBoxOption);
        options
            .map(|option| (option.accesskit_node().label().unwrap_or_default(), option.accesskit_node().is_selected()))
            .collect::<Vec<_>>()
    };
    let all = options(&bench);
    assert!(all.len() > 1 && all.iter().filter(|(_, is_marked)| *is_marked == Some(true)).count() <= 1, "{all:?}");
    for _ in 0..2 {
        bench.press(Modifiers::NONE, Key::ArrowDown);
        let all = options(&bench);
        let at = all.iter().position(|(_, is_marked)| *is_marked == Some(true)).expect("one is marked");
        let field = bench.harness.get_by_role_and_label(Role::EditableComboBox, "Kind");
        let active = field.accesskit_node().active_descendant().and_then(|node| node.label());
        assert_eq!(active.as_ref(), Some(&all[at].0));
        let words = format!("{} of {}: {}", at + 1, all.len(), all[at].0);
        let spoken = bench.harness.get_all_by_role(Role::Status);
        let spoken: Vec<String> = spoken.filter_map(|node| node.value()).collect();
        assert!(spoken.contains(&words), "{words}: {spoken:?}");
    }
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.harness.query_all_by_role(Role::ListBoxOption).next().is_none(), "the list is closed");
}
