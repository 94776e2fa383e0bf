//! Modal dialogs: dialogs opened while another one is open, and follow-up actions that wait for an answer.

use std::path::{Path, PathBuf};

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

/// A way to open a file.
type Way = fn(&mut Bench, &Path);

const WAYS: [(&str, Way); 4] = [
    ("the file dialog", |bench, path| {
        bench.notes.borrow_mut().answers.push_back(Some(path.to_owned()));
        bench.press(Modifiers::COMMAND, Key::O);
    }),
    ("the path field", |bench, path| {
        bench.press(COMMAND_SHIFT, Key::O);
        bench.type_text(&path.display().to_string());
        bench.press(Modifiers::NONE, Key::Enter);
    }),
    ("a drop", Bench::drop_file),
    ("the recent files", |bench, path| {
        bench.click("File");
        bench.click("Open recent");
        bench.click(&path.file_name().expect("a name").to_string_lossy());
    }),
];

/// Opens a map, then the sample map, and changes that; the first map is a recent file.
fn unsaved_after(name: &str) -> (Bench, PathBuf) {
    let mut bench = Bench::new();
    let path = bench.write(name, &map_with_sources("Other", 1));
    WAYS[0].1(&mut bench, &path);
    assert!(bench.app().title().contains("Other"), "{}", bench.app().title());
    bench.click("File");
    bench.click("Open the sample map");
    let from = bench.center_of(AMAZON);
    bench.drag(from, from + Vec2::new(30.0, 40.0));
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
    (bench, path)
}

#[test]
fn nothing_is_asked_for_a_file_that_can_not_be_opened() {
    for (name, open) in WAYS {
        let (mut bench, path) = unsaved_after("other.tieline.json");
        std::fs::write(&path, "no map").expect("written");
        let (title, place) = (bench.app().title().to_owned(), bench.center_of(AMAZON));
        open(&mut bench, &path);
        assert!(!bench.shows(ASKS), "{name}: {:?}", bench.texts());
        assert!(bench.shows("The file was not opened"), "{name}: {:?}", bench.texts());
        bench.click("OK");
        assert_eq!((bench.app().title(), bench.center_of(AMAZON)), (title.as_str(), place), "{name}");
        bench.press(Modifiers::COMMAND, Key::Z);
        assert!(!bench.app().title().starts_with('•'), "{name}: the changes and their history are still there");
    }
}

#[test]
fn a_file_that_can_be_opened_waits_for_the_answer() {
    for (name, open) in WAYS {
        let (mut bench, path) = unsaved_after("other.tieline.json");
        open(&mut bench, &path);
        assert!(bench.shows(ASKS) && bench.app().title().starts_with('•'), "{name}: {:?}", bench.texts());
        bench.click("Cancel");
        assert!(bench.app().title().contains("sample map"), "{name}: {}", bench.app().title());
        open(&mut bench, &path);
        // What is shown is the file as it is by then.
        std::fs::write(&path, map_with_sources("Later", 1)).expect("written");
        bench.click("Don’t save");
        assert!(bench.app().title().contains("Later"), "{name}: {}", bench.app().title());
        assert!(!bench.app().title().starts_with('•'), "{name}");
    }
}

#[test]
fn the_sample_map_asks_too_and_comes_after_the_save() {
    let mut bench = Bench::new();
    let path = bench.write("other.tieline.json", &map_with_sources("Other", 1));
    WAYS[0].1(&mut bench, &path);
    bench.press(Modifiers::NONE, Key::T);
    bench.type_text("A note");
    bench.click("File");
    bench.click("Open the sample map");
    assert!(bench.shows(ASKS), "{:?}", bench.texts());
    bench.click("Save");
    assert!(bench.app().title().contains("sample map"), "{}", bench.app().title());
    assert!(std::fs::read_to_string(&path).expect("read").contains("A note"));
}

#[test]
fn a_file_is_not_opened_under_a_question_about_the_open_map() {
    let mut bench = unsaved();
    let path = bench.write("large.tieline.json", &map_with_sources("Large", 30_000));
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.press_now(Modifiers::COMMAND, Key::O);
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
    assert!(bench.shows(ASKS), "now about the map that is there in place of it: {:?}", bench.texts());
    bench.click("Don’t save");
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
