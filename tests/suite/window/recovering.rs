//! Unsaved work after a crash: it is offered, recovered, discarded or left for later.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Vec2, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

pub(super) const MAP: &str = r#"{
  "format": "tieline",
  "version": "1.0",
  "map": { "title": "Two mills" },
  "actors": [
    { "id": "a", "name": "Alder Mill" },
    { "id": "b", "name": "Birch Mill" },
  ],
  "ties": [ { "id": "t", "kind": "loan", "from": "a", "to": "b" } ],
  "views": [
    { "id": "main", "positions": {
      "a": [0.0, 0.0],
      "b": [400.0, 0.0],
    } },
  ],
}
"#;

const ALDER: &str = "Alder Mill, on the map";
const BIRCH: &str = "Birch Mill, on the map";
const ASKS: &str = "Recover unsaved changes?";

fn journals(bench: &Bench) -> Vec<PathBuf> {
    journals_in(bench.folder.path())
}

fn journals_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("data").join("recovery")).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "journal")).collect()
}

/// Waits until there are `count` journals; only a failing test waits long.
pub(super) fn wait_for_journals(bench: &Bench, count: usize) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while journals(bench).len() != count {
        assert!(Instant::now() < deadline, "{:?}", journals(bench));
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub(super) fn open_map(bench: &mut Bench, path: &Path) {
    bench.notes.borrow_mut().answers.push_back(Some(path.to_owned()));
    bench.press(Modifiers::COMMAND, Key::O);
}

/// Moves an actor; returns the resulting direction between the two actors, which doesn't depend on the view.
fn move_by(bench: &mut Bench, actor: &str, by: Vec2) -> Vec2 {
    let from = bench.center_of(actor);
    bench.drag(from, from + by);
    apart(bench)
}

fn apart(bench: &Bench) -> Vec2 {
    let zoom = |bench: &Bench| -> (Pos2, Pos2) { (bench.center_of(ALDER), bench.center_of(BIRCH)) };
    let (alder, birch) = zoom(bench);
    (birch - alder).normalized()
}

/// Simulates a crash after moving an actor; returns the folder, the file, and the direction between the actors.
fn crashed() -> (Rc<tempfile::TempDir>, PathBuf, Vec2) {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    let lay = move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    (folder, path, lay)
}

fn is_close(one: Vec2, other: Vec2) -> bool {
    (one - other).length() < 0.01
}

#[test]
fn an_offer_says_which_file_when_and_what_and_recovers_in_one_step() {
    let (folder, path, lay) = crashed();
    let modified = std::fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time");
    let mut bench = Bench::start(None, folder);
    for words in [
        ASKS,
        "Tieline stopped before mills.tieline.jsonc was saved.",
        &path.display().to_string(),
        "Last change: ",
        "Not saved: 1 actor moved",
    ] {
        assert!(bench.shows(words), "{words}: {:?}", bench.texts());
    }
    assert!(!is_close(apart(&bench), lay), "nothing is recovered unasked");
    bench.click("Recover");
    assert!(!bench.shows(ASKS));
    assert!(bench.shows("Recovered, not saved yet: 1 actor moved"), "{:?}", bench.texts());
    assert!(is_close(apart(&bench), lay), "{lay} and {}", apart(&bench));
    assert!(bench.app().title().starts_with('•'), "it is unsaved: {}", bench.app().title());
    assert_eq!(std::fs::read_to_string(&path).expect("read"), MAP, "nothing is written by itself");
    assert_eq!(std::fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time"), modified);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.app().title().starts_with('•'), "one step takes it back: {}", bench.app().title());
    assert!(!is_close(apart(&bench), lay));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(is_close(apart(&bench), lay));
    bench.press(Modifiers::COMMAND, Key::S);
    wait_for_journals(&bench, 0);
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(!again.shows(ASKS), "saved is saved");
}

#[test]
fn what_was_recovered_outlives_a_second_crash() {
    let (folder, _, lay) = crashed();
    let mut bench = Bench::start(None, Rc::clone(&folder));
    bench.click("Recover");
    drop(bench);
    assert_eq!(journals_in(folder.path()).len(), 1, "the old one went, and there is a new one");
    let mut bench = Bench::start(None, folder);
    bench.click("Recover");
    assert!(is_close(apart(&bench), lay));
}

#[test]
fn discarded_changes_are_gone_for_good() {
    let (folder, path, lay) = crashed();
    let mut bench = Bench::start(None, folder);
    bench.click("Discard");
    assert!(!bench.shows(ASKS) && !is_close(apart(&bench), lay));
    assert!(!bench.app().title().starts_with('•'));
    assert!(journals(&bench).is_empty());
    assert_eq!(std::fs::read_to_string(&path).expect("read"), MAP);
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(!again.shows(ASKS));
}

#[test]
fn not_now_and_escape_keep_them_until_the_file_is_opened_again() {
    let (folder, path, lay) = crashed();
    let mut bench = Bench::start(None, folder);
    bench.click("Not now");
    assert!(!bench.shows(ASKS));
    assert_eq!(journals(&bench).len(), 1);
    let other = bench.write("other.tieline.jsonc", &MAP.replace("Two mills", "Others"));
    open_map(&mut bench, &other);
    assert!(bench.app().title().contains("Others") && !bench.shows(ASKS), "it is not of this file");
    open_map(&mut bench, &path);
    assert!(bench.shows(ASKS), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows(ASKS));
    let mut again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(again.shows(ASKS), "and at the next start");
    again.click("Recover");
    assert!(is_close(apart(&again), lay));
}

#[test]
fn a_living_window_keeps_its_journal_to_itself() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    wait_for_journals(&bench, 1);
    let second = Bench::start(Some(path), Rc::clone(&bench.folder));
    assert!(!second.shows(ASKS), "{:?}", second.texts());
}

#[test]
fn changes_come_onto_a_file_that_others_changed_and_what_no_longer_fits_is_counted() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    bench.click("Hide Birch Mill");
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 120.0));
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    let theirs =
        MAP.replace("{ \"id\": \"b\", \"name\": \"Birch Mill\" }", "{ \"id\": \"c\", \"name\": \"Cedar Mill\" }");
    std::fs::write(&path, &theirs).expect("written");
    let mut bench = Bench::start(None, folder);
    assert!(bench.shows("The file has changed since"), "{:?}", bench.texts());
    assert!(bench.shows("1 change no longer applies"), "{:?}", bench.texts());
    assert!(bench.shows("Not saved: 1 actor moved, 1 actor hidden"), "{:?}", bench.texts());
    bench.click("Recover");
    assert!(bench.shows("1 change did not fit"), "{:?}", bench.texts());
    assert!(bench.shows("Cedar Mill"), "their claims stay");
    assert!(bench.app().title().starts_with('•'));
    assert_eq!(std::fs::read_to_string(&path).expect("read"), theirs, "nothing is overwritten");
}

#[test]
fn for_a_file_that_is_gone_there_is_nothing_to_recover_yet() {
    let (folder, path, lay) = crashed();
    let away = path.with_extension("away");
    std::fs::rename(&path, &away).expect("moved");
    let mut bench = Bench::start(None, Rc::clone(&folder));
    assert!(bench.shows(ASKS) && bench.shows("The file no longer exists"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_label("Recover").is_none());
    bench.click("Not now");
    assert_eq!(journals(&bench).len(), 1, "it is kept");
    drop(bench);
    std::fs::rename(&away, &path).expect("back");
    let mut bench = Bench::start(Some(path), folder);
    bench.click("Recover");
    assert!(is_close(apart(&bench), lay));
}

#[test]
fn several_are_offered_one_after_another_and_those_that_cannot_be_read_are_told() {
    let (folder, path, lay) = crashed();
    let mut bench = Bench::start(None, Rc::clone(&folder));
    bench.click("Not now");
    let other = bench.write("other.tieline.jsonc", &MAP.replace("Two mills", "Others"));
    open_map(&mut bench, &other);
    bench.click("Hide Birch Mill");
    wait_for_journals(&bench, 2);
    drop(bench);
    std::fs::write(folder.path().join("data/recovery/x.journal"), "no journal").expect("written");
    let mut bench = Bench::start(Some(path), Rc::clone(&folder));
    assert!(bench.shows("Tieline stopped before mills.tieline.jsonc was saved."), "{:?}", bench.texts());
    bench.click("Recover");
    assert!(is_close(apart(&bench), lay));
    assert!(bench.shows("Tieline stopped before other.tieline.jsonc was saved."), "{:?}", bench.texts());
    // Recovery opens another map, and the changes just recovered are not discarded without asking.
    bench.click("Recover");
    assert!(bench.shows("Save the changes?"), "{:?}", bench.texts());
    bench.click("Cancel");
    assert!(is_close(apart(&bench), lay) && bench.app().title().starts_with('•'));
    assert!(bench.shows("A recovery file cannot be read"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_label("Recover").is_none());
    bench.click("Discard");
    wait_for_journals(&bench, 2);
    assert!(!folder.path().join("data/recovery/x.journal").exists());
}

#[test]
fn changes_of_another_map_open_it_first() {
    let (folder, _, lay) = crashed();
    let bench = Bench::start(None, Rc::clone(&folder));
    let other = bench.write("other.tieline.jsonc", &MAP.replace("Two mills", "Others"));
    drop(bench);
    let mut bench = Bench::start(Some(other), folder);
    assert!(bench.app().title().contains("Others"));
    bench.click("Recover");
    assert!(bench.app().title().starts_with("• Tieline – Two mills"), "{}", bench.app().title());
    assert!(is_close(apart(&bench), lay));
}

#[test]
fn the_sample_map_is_recovered_too_with_words_that_were_being_typed() {
    let mut bench = Bench::new();
    bench.press(Modifiers::NONE, Key::T);
    bench.type_text("half a sentence");
    wait_for_journals(&bench, 1);
    // The journal keeps up with further typing.
    let size = |bench: &Bench| std::fs::metadata(&journals(bench)[0]).map_or(0, |meta| meta.len());
    let before = size(&bench);
    bench.type_text(" and more of it");
    let deadline = Instant::now() + Duration::from_mins(1);
    while size(&bench) == before {
        assert!(Instant::now() < deadline, "it is never written");
        std::thread::sleep(Duration::from_millis(5));
    }
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    let mut bench = Bench::start(None, folder);
    assert!(bench.shows("before the sample map was saved") && bench.shows("Not saved: 1 note"), "{:?}", bench.texts());
    bench.click("Recover");
    assert!(bench.shows("half a sentence and more of it"), "{:?}", bench.texts());
}

#[test]
fn places_that_a_layout_found_come_back_as_they_were_seen() {
    let mut bench = Bench::new();
    let unplaced = MAP.replace("\"views\"", "\"x-views\"");
    let path = bench.write("mills.tieline.jsonc", &unplaced);
    open_map(&mut bench, &path);
    let lay = move_by(&mut bench, ALDER, Vec2::new(40.0, 150.0));
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    let mut bench = Bench::start(None, folder);
    assert!(bench.shows("Not saved: 1 actor moved"), "{:?}", bench.texts());
    bench.click("Recover");
    assert!(is_close(apart(&bench), lay), "{lay} and {}", apart(&bench));
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
}

pub(super) fn close(bench: &mut Bench) {
    let viewport = bench.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).expect("the window");
    viewport.events.push(ViewportEvent::Close);
    bench.settle();
}

#[test]
fn what_is_given_up_on_closing_is_not_offered() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    wait_for_journals(&bench, 1);
    close(&mut bench);
    bench.click("Cancel");
    assert_eq!(journals(&bench).len(), 1, "nothing was given up");
    close(&mut bench);
    bench.click("Don’t save");
    bench.harness.state_mut().as_mut().expect("a window").leave();
    assert!(journals(&bench).is_empty());
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(!again.shows(ASKS));
}

#[test]
fn a_window_that_goes_without_an_answer_leaves_its_changes() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    // As when the display disappears.
    bench.harness.state_mut().as_mut().expect("a window").leave();
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    assert!(Bench::start(None, folder).shows(ASKS));
}

#[test]
fn undoing_to_what_is_saved_and_opening_another_map_leave_nothing() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    wait_for_journals(&bench, 1);
    bench.press(Modifiers::COMMAND, Key::Z);
    wait_for_journals(&bench, 0);
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    wait_for_journals(&bench, 1);
    let other = bench.write("other.tieline.jsonc", &MAP.replace("Two mills", "Others"));
    open_map(&mut bench, &other);
    bench.click("Don’t save");
    wait_for_journals(&bench, 0);
}

#[test]
fn a_copy_that_cannot_be_kept_is_told_once() {
    let mut bench = Bench::new();
    std::fs::write(bench.folder.path().join("data"), "in the way").expect("written");
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    let told = "Tieline cannot keep a recovery copy of unsaved changes";
    assert!(!bench.shows(told), "nothing is to be kept");
    let wait_until_told = |bench: &mut Bench| {
        let deadline = Instant::now() + Duration::from_mins(1);
        while !bench.shows(told) {
            assert!(Instant::now() < deadline, "{:?}", bench.texts());
            std::thread::sleep(Duration::from_millis(5));
            bench.harness.step();
        }
    };
    move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    wait_until_told(&mut bench);
    bench.settle();
    bench.click("Close this notice");
    assert!(!bench.shows(told), "{:?}", bench.texts());
    move_by(&mut bench, ALDER, Vec2::new(0.0, 40.0));
    std::thread::sleep(Duration::from_millis(100));
    bench.settle();
    assert!(!bench.shows(told), "it does not nag: {:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'), "work goes on");
}

/// Makes a map by typing, and returns its folder after a crash.
fn crashed_while_making() -> Rc<tempfile::TempDir> {
    let mut bench = Bench::new();
    bench.press(Modifiers::COMMAND, Key::N);
    bench.press(Modifiers::NONE, Key::E);
    for text in ["Alder Mill", "lends to", "Birch Mill"] {
        bench.type_text(text);
        bench.press(Modifiers::NONE, Key::Tab);
    }
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("2 actors"), "{:?}", bench.texts());
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    folder
}

#[test]
fn a_new_map_is_recovered_as_a_new_map() {
    let folder = crashed_while_making();
    let mut bench = Bench::start(None, folder);
    assert!(bench.shows("Tieline stopped before a new map was saved."), "{:?}", bench.texts());
    bench.click("Recover");
    assert!(bench.shows("2 actors · 1 of 1 tie ·"), "nothing of another map is in it: {:?}", bench.texts());
    assert!(bench.shows(ALDER) && bench.app().title().starts_with('•'), "{:?}", bench.texts());
    let path = bench.folder.path().join("made.tieline.jsonc");
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.press(Modifiers::COMMAND, Key::S);
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.contains("Alder Mill") && !text.contains("OpenAI"), "{text}");
    wait_for_journals(&bench, 0);
}

#[test]
fn a_new_map_is_not_recovered_into_another_new_map() {
    let folder = crashed_while_making();
    let mut bench = Bench::start(None, folder);
    bench.click("Not now");
    bench.press(Modifiers::COMMAND, Key::N);
    assert!(!bench.shows(ASKS), "a map just begun is another one: {:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::A);
    bench.type_text("Cedar Mill");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("1 actor"), "{:?}", bench.texts());
    let mut again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(again.shows(ASKS), "{:?}", again.texts());
    again.click("Recover");
    assert!(again.shows("2 actors · 1 of 1 tie ·"), "{:?}", again.texts());
}

pub(super) fn leave(bench: &mut Bench) {
    bench.harness.state_mut().as_mut().expect("a window").leave();
}

#[test]
fn work_kept_for_later_is_offered_at_the_next_start() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    let lay = move_by(&mut bench, ALDER, Vec2::new(0.0, 120.0));
    close(&mut bench);
    assert!(bench.shows("Not saved: 1 actor moved."), "{} {:?}", bench.app().title(), bench.texts());
    bench.click("Keep for later");
    assert_eq!(std::fs::read_to_string(&path).expect("read"), MAP);
    let folder = Rc::clone(&bench.folder);
    leave(&mut bench);
    drop(bench);
    let mut again = Bench::start(None, folder);
    assert!(again.shows("Not saved: 1 actor moved"), "{:?}", again.texts());
    again.click("Recover");
    assert!(is_close(apart(&again), lay));
    // With the setting, there is no question.
    again.click_as(Role::Button, "File");
    again.click("Keep unsaved work when closing");
    close(&mut again);
    assert!(!again.shows("Not saved:"), "{:?}", again.texts());
    let folder = Rc::clone(&again.folder);
    leave(&mut again);
    drop(again);
    let third = Bench::start(None, folder);
    assert!(third.shows("Not saved: 1 actor moved"), "{:?}", third.texts());
}

#[test]
fn typed_text_that_cannot_be_read_is_not_lost_without_a_word() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    let tie =
        bench.texts().into_iter().find(|text| text.starts_with("Alder Mill → Birch Mill") && text.ends_with("the map"));
    bench.click(&tie.expect("the tie"));
    bench.press(Modifiers::NONE, Key::D);
    bench.type_text("last spring");
    assert!(bench.shows("Tieline needs the year"), "{:?}", bench.texts());
    close(&mut bench);
    assert!(bench.shows("Discard what was typed?"), "{:?}", bench.texts());
    bench.click("Go back");
    bench.click("When");
    assert!(bench.shows("last spring"), "{:?}", bench.texts());
    close(&mut bench);
    bench.harness.get_by_label("Discard").click();
    assert!(bench.closes());
}
