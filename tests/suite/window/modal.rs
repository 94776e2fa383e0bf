//! Modal dialogs: dialogs opened while another one is open, and follow-up actions that wait for an answer.

use egui::{Key, Modifiers, Vec2};

use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;
use super::large_files::map_with_sources;

const AMAZON: &str = "Amazon, company, on the map";
const ASKS: &str = "Save the changes?";
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Opens the sample map with an unsaved change; file dialogs stay open until they are answered.
fn unsaved() -> Bench {
    let mut bench = Bench::new();
    bench.notes.borrow_mut().stay_open = true;
    let from = bench.center_of(AMAZON);
    bench.drag(from, from + Vec2::new(30.0, 40.0));
    bench
}

#[test]
fn a_question_gives_back_what_it_interrupted() {
    let mut bench = unsaved();
    bench.press(COMMAND_SHIFT, Key::O);
    bench.type_text("/somewhere/else");
    bench.close_now();
    assert!(bench.shows(ASKS) && !bench.shows("/somewhere/else"), "{:?}", bench.texts());
    bench.click("Cancel");
    assert!(!bench.shows(ASKS) && bench.shows("/somewhere/else"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("/somewhere/else"), "{:?}", bench.texts());
}

#[test]
fn a_question_comes_in_front_of_the_export_and_leaves_it_open() {
    let mut bench = unsaved();
    bench.press(Modifiers::COMMAND, Key::E);
    bench.close_now();
    assert!(bench.shows(ASKS) && bench.is_disabled("Copy"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows(ASKS) && !bench.is_disabled("Copy"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Export the picture"));
}

#[test]
fn the_same_question_is_asked_once() {
    let mut bench = unsaved();
    bench.close_now();
    bench.close_now();
    bench.click("Cancel");
    assert!(!bench.shows(ASKS), "{:?}", bench.texts());
}

#[test]
fn closing_waits_for_the_file_dialog_of_the_save_alone() {
    let mut bench = unsaved();
    bench.close_now();
    bench.click_now("Save");
    assert_eq!(bench.open_dialogs(), 1, "the sample map has no file: {:?}", bench.texts());
    bench.press_now(Modifiers::NONE, Key::F1);
    assert!(bench.shows("Keyboard and mouse"));
    bench.press_now(Modifiers::NONE, Key::Escape);
    let path = bench.folder.path().join("saved.tieline.jsonc");
    bench.answer(Some(path.clone()));
    assert!(bench.closes(), "another page that was closed does not call it off: {:?}", bench.texts());
    assert!(path.exists());
}

#[test]
fn a_canceled_file_dialog_calls_off_what_waited_for_it() {
    let mut bench = unsaved();
    bench.close_now();
    bench.click_now("Save");
    bench.answer(None);
    assert!(!bench.closes());
    bench.press_now(Modifiers::COMMAND, Key::S);
    bench.answer(Some(bench.folder.path().join("saved.tieline.jsonc")));
    assert!(!bench.closes(), "it was called off");
}

#[test]
fn what_can_not_ask_where_to_save_is_told_and_called_off() {
    let mut bench = unsaved();
    bench.press_now(COMMAND_SHIFT, Key::E);
    assert_eq!(bench.open_dialogs(), 1, "where to save a screenshot");
    bench.close_now();
    bench.click_now("Save");
    assert_eq!(bench.open_dialogs(), 1, "one file dialog at a time");
    assert!(bench.shows("Answer the file dialog that is open first"), "{:?}", bench.texts());
    bench.answer(Some(bench.folder.path().join("window.png")));
    bench.step();
    bench.press_now(Modifiers::COMMAND, Key::S);
    let path = bench.folder.path().join("saved.tieline.jsonc");
    bench.answer(Some(path.clone()));
    assert!(!bench.closes(), "nothing waits any more");
    assert!(path.exists());
}

#[test]
fn a_file_dialog_saves_no_other_map_than_the_one_it_was_opened_for() {
    let text = r#"{ "format": "tieline", "version": "1.0", "map": { "title": "Other" }, "actors": [{ "id": "a", "name": "A" }] }"#;
    let mut bench = unsaved();
    let other = bench.write("other.tieline.json", text);
    bench.press_now(COMMAND_SHIFT, Key::S);
    assert_eq!(bench.open_dialogs(), 1);
    bench.press_now(COMMAND_SHIFT, Key::O);
    bench.harness.event(egui::Event::Text(other.display().to_string()));
    bench.press_now(Modifiers::NONE, Key::Enter);
    bench.click_now("Don’t save");
    assert!(bench.app().title().contains("Other"), "{}", bench.app().title());
    let path = bench.folder.path().join("sample.tieline.jsonc");
    bench.answer(Some(path.clone()));
    bench.step();
    assert!(!path.exists());
    assert!(bench.shows("was not written: another map was opened meanwhile"), "{:?}", bench.texts());
    assert!(bench.app().title().contains("other.tieline.json"), "{}", bench.app().title());
}

#[test]
fn a_file_is_not_opened_under_a_question_about_the_open_map() {
    let mut bench = unsaved();
    let path = bench.write("large.tieline.json", &map_with_sources("Large", 30_000));
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.press_now(Modifiers::COMMAND, Key::O);
    bench.harness.get_by_label("Don’t save").click();
    bench.harness.run_steps(2);
    bench.close_now();
    // While the file is being read, there is a second "Cancel" besides that of the question.
    let is_reading = |bench: &Bench| bench.harness.query_all_by_label("Cancel").count() > 1;
    for round in 0..3_000 {
        bench.harness.step();
        assert!(bench.shows(ASKS) && !bench.app().title().contains("Large"), "{}", bench.app().title());
        if round > 150 && !is_reading(&bench) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.app().title().contains("Large"), "{}", bench.app().title());
}

#[test]
fn the_export_is_closed_by_its_own_picture_alone() {
    let mut bench = Bench::new();
    bench.harness.key_press_modifiers(COMMAND_SHIFT, Key::C);
    bench.harness.run_steps(2);
    bench.press(Modifiers::COMMAND, Key::E);
    assert!(bench.shows("Export the picture"), "{:?}", bench.texts());
    bench.click("Copy");
    assert!(!bench.shows("Export the picture"), "{:?}", bench.texts());
}
