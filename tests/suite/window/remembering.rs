//! State kept between runs: recent files, the last map, and files that must not be reopened.

use std::rc::Rc;

use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;
use super::large_files::{ask_for, map_with_sources, wait_for};

fn map(title: &str) -> String {
    map_with_sources(title, 1)
}

fn open(bench: &mut Bench, path: &std::path::Path) {
    bench.notes.borrow_mut().answers.push_back(Some(path.to_owned()));
    bench.press(Modifiers::COMMAND, Key::O);
}

fn open_recent(bench: &mut Bench) {
    bench.click("File");
    bench.click("Open recent");
}

/// Returns the settings on disk.
fn remembered(bench: &Bench) -> serde_json::Value {
    let bytes = std::fs::read(bench.folder.path().join("config/window.json")).expect("remembered");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn one_file_is_listed_once_and_a_missing_one_can_be_taken_out() {
    let mut bench = Bench::new();
    let mills = bench.write("mills.tieline.json", &map("Mills"));
    let gone = bench.write("gone.tieline.json", &map("Gone"));
    open(&mut bench, &gone);
    open(&mut bench, &mills);
    let dotted = bench.folder.path().join(".").join("mills.tieline.json");
    open(&mut bench, &dotted);
    std::fs::remove_file(&gone).expect("removed");
    open_recent(&mut bench);
    assert_eq!(bench.harness.get_all_by_label("mills.tieline.json").count(), 1, "{:?}", bench.texts());
    assert!(bench.shows("gone.tieline.json (missing)"), "{:?}", bench.texts());
    bench.click("Remove gone.tieline.json from the list");
    assert_eq!(remembered(&bench)["recent"].as_array().map(Vec::len), Some(1));
}

#[test]
fn relative_paths_are_remembered_from_the_root_on() {
    let bench = Bench::with_file(Some("data/harbor.tieline.jsonc".into()));
    let path = std::env::current_dir().expect("a folder").join("data/harbor.tieline.jsonc");
    let remembered = remembered(&bench);
    assert_eq!(remembered["recent"][0], path.to_str().expect("UTF-8"));
    assert_eq!(remembered["lastMap"], remembered["recent"][0]);
}

#[test]
fn what_failed_to_open_again_is_not_tried_at_each_start() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", &map("Mills"));
    open(&mut bench, &path);
    std::fs::remove_file(&path).expect("removed");
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(again.shows("The last map could not be opened again"), "{:?}", again.texts());
    let third = Bench::start(None, Rc::clone(&bench.folder));
    assert!(!third.shows("could not be opened again"), "{:?}", third.texts());
}

#[test]
fn what_failed_or_was_canceled_leaves_the_map_before_it_as_the_last_one() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", &map("Mills"));
    open(&mut bench, &path);
    let broken = bench.write("broken.tieline.json", "{ \"hello\": 1 }");
    open(&mut bench, &broken);
    assert!(bench.shows("The file was not opened"));
    bench.click("OK");
    let slow = bench.write("slow.tieline.json", &map_with_sources("Slow", 400_000));
    ask_for(&mut bench, &slow);
    wait_for(&mut bench, "Opening slow.tieline.json");
    // The strip takes no clicks in its first frame.
    bench.harness.step();
    bench.click("Cancel");
    assert!(bench.app().title().contains("Mills"), "canceled: {} {:?}", bench.app().title(), remembered(&bench));
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(again.app().title().contains("Mills"), "{}", again.app().title());
}

#[test]
fn a_map_that_ended_the_program_while_it_opened_is_not_opened_again_by_itself() {
    let mut bench = Bench::new();
    let slow = bench.write("slow.tieline.json", &map_with_sources("Slow", 400_000));
    ask_for(&mut bench, &slow);
    assert_eq!(remembered(&bench)["opening"], slow.to_str().expect("UTF-8"));
    // As after a kill: the first window gets no chance to clean up.
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(again.shows("slow.tieline.json was not reopened"), "{:?}", again.texts());
    assert!(!again.app().title().contains("Slow"));
    assert_eq!(remembered(&bench)["opening"], serde_json::Value::Null, "it is told once");
}

#[cfg(unix)]
#[test]
fn what_saving_can_not_keep_is_asked_before_the_first_save() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", &map("Mills"));
    let other = bench.folder.path().join("other.json");
    std::fs::hard_link(&path, &other).expect("linked");
    open(&mut bench, &path);
    let drag = |bench: &mut Bench| {
        let from = bench.center_of("Alder Mill, on the map");
        bench.drag(from, from + Vec2::new(0.0, 60.0));
    };
    drag(&mut bench);
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(bench.shows("Its other hard link will keep the old content"), "{:?}", bench.texts());
    bench.click("Cancel");
    assert_eq!(std::fs::read_to_string(&path).expect("read"), map("Mills"));
    assert!(bench.app().title().starts_with('•'));
    bench.press(Modifiers::COMMAND, Key::S);
    bench.click("Save");
    assert!(!bench.app().title().starts_with('•'), "{:?}", bench.texts());
    assert_eq!(std::fs::read_to_string(&other).expect("read"), map("Mills"));
    // Saving has separated the files; after linking them again, no second confirmation is needed.
    std::fs::remove_file(&other).expect("removed");
    std::fs::hard_link(&path, &other).expect("linked");
    drag(&mut bench);
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(!bench.app().title().starts_with('•'), "asked once for a file: {:?}", bench.texts());
}

#[cfg(unix)]
#[test]
fn a_map_that_went_to_a_device_is_not_saved() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", &map("Mills"));
    open(&mut bench, &path);
    let from = bench.center_of("Alder Mill, on the map");
    bench.drag(from, from + Vec2::new(0.0, 60.0));
    bench.notes.borrow_mut().answers.push_back(Some("/dev/null".into()));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert!(bench.shows("where nothing stays: it is not saved"), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with('•') && bench.app().title().contains("mills.tieline.json"));
}
