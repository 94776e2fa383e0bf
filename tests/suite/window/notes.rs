//! Notes on the canvas: adding, editing, moving, deleting, saving.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::Bench;

const NOTE: &str = "Note: Ask the regulator, on the map";

/// Label of the text field.
const FIELD: &str = "Words of the note";

/// Adds a note with the keyboard.
fn add(bench: &mut Bench, words: &str) {
    bench.press(Modifiers::NONE, Key::T);
    bench.type_text(words);
    bench.press(Modifiers::COMMAND, Key::Enter);
}

fn has(bench: &Bench, label: &str) -> bool {
    bench.harness.query_by_label(label).is_some()
}

#[test]
fn a_note_is_added_changed_and_deleted_each_in_one_step() {
    let mut bench = Bench::new();
    add(&mut bench, "Ask the regulator");
    assert!(has(&bench, NOTE), "{:?}", bench.texts());
    assert!(bench.is_selected(NOTE) && bench.app().title().starts_with('•'));
    bench.press(Modifiers::NONE, Key::F2);
    let (field, note) = (bench.harness.get_by_label(FIELD).rect(), bench.harness.get_by_label(NOTE).rect());
    assert!(
        note.contains(field.min) && field.top() < note.center().y,
        "it is written where it stands: {field:?}, {note:?}"
    );
    bench.type_text(" again");
    bench.press(Modifiers::COMMAND, Key::Enter);
    assert!(!has(&bench, FIELD));
    let changed = "Note: Ask the regulator again, on the map";
    assert!(has(&bench, changed), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Delete);
    assert!(!has(&bench, changed));
    for left in [changed, NOTE] {
        bench.press(Modifiers::COMMAND, Key::Z);
        assert!(has(&bench, left), "{left}: {:?}", bench.texts());
    }
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!has(&bench, NOTE) && !bench.app().title().starts_with('•'));
}

#[test]
fn a_new_note_hides_nothing() {
    let mut bench = Bench::new();
    add(&mut bench, "Ask the regulator");
    let note = bench.harness.get_by_label(NOTE).rect();
    for node in bench.harness.get_all_by_role(Role::Button) {
        let label = node.accesskit_node().label().unwrap_or_default();
        if label.ends_with(", on the map") && label != NOTE {
            assert!(!note.intersects(node.rect()), "{label} at {:?}, the note at {note:?}", node.rect());
        }
    }
}

#[test]
fn a_double_click_on_nothing_asks_for_a_note_there() {
    let mut bench = Bench::new();
    let named = bench.harness.get_all_by_label("Map").map(|node| node.rect());
    let canvas = named.max_by(|a, b| a.area().total_cmp(&b.area())).expect("a menu and the canvas");
    let free = canvas.left_top() + egui::vec2(40.0, 40.0);
    bench.double_click(free);
    bench.click("Note instead");
    assert!(has(&bench, FIELD), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Enter);
    assert!(!has(&bench, FIELD) && !bench.app().title().starts_with('•'), "no words, no note");
}

#[test]
fn escape_gives_the_words_up() {
    let mut bench = Bench::new();
    add(&mut bench, "Ask the regulator");
    bench.press(Modifiers::NONE, Key::F2);
    bench.type_text(" again");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!has(&bench, FIELD) && has(&bench, NOTE) && bench.is_selected(NOTE), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!has(&bench, NOTE), "adding it was the last step");
}

#[test]
fn whatever_else_is_done_keeps_the_words() {
    let mut bench = Bench::new();
    let card = "Amazon, company, on the map";
    bench.press(Modifiers::NONE, Key::T);
    bench.type_text("Ask the regulator");
    bench.click(card);
    assert!(!has(&bench, FIELD) && has(&bench, NOTE) && bench.is_selected(card), "{:?}", bench.texts());
    bench.click(NOTE);
    bench.press(Modifiers::NONE, Key::F2);
    bench.type_text(" again");
    let path = bench.folder.path().join("map.tieline.jsonc");
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    let saved = std::fs::read_to_string(path).expect("saved");
    assert!(saved.contains("Ask the regulator again"), "{saved}");
}

#[test]
fn a_dragged_note_stays_and_undo_takes_it_back() {
    let mut bench = Bench::new();
    add(&mut bench, "Ask the regulator");
    let before = bench.center_of(NOTE);
    bench.drag(before, before + egui::vec2(50.0, 40.0));
    let moved = bench.center_of(NOTE) - before;
    assert!((moved - egui::vec2(50.0, 40.0)).length() < 3.0, "{moved}");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!((bench.center_of(NOTE) - before).length() < 1.5);
}

#[test]
fn notes_are_saved_and_come_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.tieline.jsonc");
    let text = std::fs::read_to_string("data/openai-microsoft-amazon.tieline.jsonc").expect("a map");
    std::fs::write(&path, text).expect("written");
    let mut bench = Bench::with_file(Some(path.clone()));
    add(&mut bench, "Ask the regulator");
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(!bench.app().title().starts_with('•'), "{:?}", bench.texts());
    let saved = std::fs::read_to_string(&path).expect("read");
    assert!(saved.contains("\"text\": \"Ask the regulator\""), "{saved}");
    let again = Bench::with_file(Some(path));
    assert!(has(&again, NOTE), "{:?}", again.texts());
}
