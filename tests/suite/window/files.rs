//! Opening, saving, reloading, and problems of files.

use std::rc::Rc;

use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable as _;

use tieline::app::probe::Probe;

use super::bench::Bench;

const MAP: &str = r#"{
  // a remark that saving must keep
  "format": "tieline",
  "version": "1.0",
  "map": { "title": "Two mills" },
  "actors": [
    { "id": "a", "name": "Alder Mill" },
    { "id": "b", "name": "Birch Mill" },
  ],
  "sources": [{ "id": "s", "title": "Ledger", "url": "https://example.org/ledger" }],
  "ties": [
    { "id": "t", "kind": "loan", "from": "a", "to": "b", "evidence": [{ "source": "s" }] },
  ],
  "views": [
    { "id": "main", "positions": {
      "a": [0.0, 0.0],
      "b": [400.0, 0.0],
    } },
  ],
}
"#;

const ALDER: &str = "Alder Mill, on the map";

fn open_by_dialog(bench: &mut Bench, path: &std::path::Path) {
    bench.notes.borrow_mut().answers.push_back(Some(path.to_owned()));
    bench.press(Modifiers::COMMAND, Key::O);
}

/// Viewing writes neither a sound nor a repaired file, nor anything beside it.
#[test]
fn what_is_only_looked_at_is_not_written() {
    let mut bench = Bench::new();
    let own = bench.folder.path().join("own");
    std::fs::create_dir(&own).expect("made");
    for text in [MAP.to_owned(), MAP.replace("\"from\": \"a\"", "\"from\" \"a\"")] {
        let path = bench.write("own/mills.tieline.jsonc", &text);
        let written = || std::fs::metadata(&path).and_then(|meta| meta.modified()).expect("known");
        let before = written();
        open_by_dialog(&mut bench, &path);
        bench.click(ALDER);
        bench.press(Modifiers::COMMAND, Key::R);
        let from = bench.center_of(ALDER);
        bench.drag(from, from + Vec2::new(0.0, 80.0));
        assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
        bench.press(Modifiers::COMMAND, Key::Z);
        bench.app().remember();
        assert_eq!(std::fs::read_to_string(&path).expect("read"), text);
        assert_eq!(written(), before, "it was not written anew either");
        assert_eq!(std::fs::read_dir(&own).expect("listed").count(), 1, "nothing lies beside it");
    }
}

#[test]
fn the_title_marks_a_changed_name_as_it_marks_a_moved_card() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_by_dialog(&mut bench, &path);
    Probe(bench.harness.state_mut().as_mut().expect("made in the first frame")).rename_actor(0, "Alder & Sons");
    bench.settle();
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
}

#[test]
fn a_moved_actor_is_saved_and_comes_back() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_by_dialog(&mut bench, &path);
    assert!(bench.app().title().contains("Two mills – mills.tieline.jsonc"), "{}", bench.app().title());
    assert_eq!(std::fs::read_to_string(&path).expect("read"), MAP, "opening writes nothing");
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 80.0));
    assert!(bench.app().title().starts_with('•'));
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(!bench.app().title().starts_with('•'), "{:?}", bench.texts());
    assert!(bench.shows("Saved mills.tieline.jsonc"));
    let saved = std::fs::read_to_string(&path).expect("read");
    let changed: Vec<_> = MAP.lines().zip(saved.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(changed.len(), 1, "only the line of the moved actor: {changed:?}");
    assert_eq!(MAP.lines().count(), saved.lines().count());

    // The first window isn't closed, as after a crash.
    let again = Bench::start(None, Rc::clone(&bench.folder));
    assert!(again.app().title().contains("Two mills"), "the last map comes back: {}", again.app().title());
}

#[test]
fn the_sample_map_saves_as() {
    let mut bench = Bench::new();
    let path = bench.folder.path().join("mine.tieline.jsonc");
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(bench.app().title().contains("mine.tieline.jsonc"), "{} {:?}", bench.app().title(), bench.texts());
    assert!(std::fs::read_to_string(&path).expect("read").contains("\"positions\""));
}

#[test]
fn a_file_that_is_no_map_leaves_the_open_one() {
    let mut bench = Bench::new();
    let path = bench.write("notes.json", "{ \"hello\": 1 }");
    let title = bench.app().title().to_owned();
    open_by_dialog(&mut bench, &path);
    assert!(bench.shows("The file was not opened"), "{:?}", bench.texts());
    assert!(bench.shows("notes.json"));
    bench.click("OK");
    assert_eq!(bench.app().title(), title);
    assert!(bench.shows("11 of 11 ties"));
}

#[test]
fn problems_are_counted_listed_and_lead_to_their_line() {
    let mut bench = Bench::new();
    let path = bench.write("broken.tieline.jsonc", &MAP.replace("\"to\": \"b\"", "\"to\": \"bb\""));
    open_by_dialog(&mut bench, &path);
    assert!(bench.shows("broken.tieline.jsonc opened, with 1 error"), "{:?}", bench.texts());
    assert!(bench.app().title().contains("Two mills"), "the rest opens");
    bench.press(Modifiers::NONE, Key::F8);
    let listed = bench.texts().into_iter().find(|text| text.contains("line 12") && text.contains("ties[0]"));
    let listed = listed.unwrap_or_else(|| panic!("{:?}", bench.texts()));
    assert!(!bench.texts().iter().any(|text| text.contains('`')), "{:?}", bench.texts());
    bench.click(&listed);
    assert!(bench.shows("\"to\": \"bb\""), "the line of the file: {:?}", bench.texts());
    bench.click(ALDER);
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("\"to\": \"bb\""), "Escape closes the list first, as it closes every window");
    assert!(bench.is_selected(ALDER));
    bench.press(Modifiers::NONE, Key::F8);
    let has_list = |bench: &Bench| bench.texts().iter().any(|text| text == "Problems");
    assert!(has_list(&bench), "{:?}", bench.texts());
    bench.click("Close");
    assert!(!has_list(&bench), "{:?}", bench.texts());
}

#[test]
fn a_problem_leads_to_the_second_place_that_explains_it() {
    let mut bench = Bench::new();
    let path = bench.write("twice.tieline.jsonc", &MAP.replace("\"id\": \"b\"", "\"id\": \"a\""));
    open_by_dialog(&mut bench, &path);
    bench.press(Modifiers::NONE, Key::F8);
    let row = |bench: &Bench, words: &str| {
        let found = bench.texts().into_iter().find(|text| text.contains(words));
        found.unwrap_or_else(|| panic!("{words}: {:?}", bench.texts()))
    };
    let (own, second) = (row(&bench, "actors[1].id: the id"), row(&bench, "actors[0].id: first used here"));
    assert!(second.starts_with("twice.tieline.jsonc, line 7"), "{second}");
    let first_line = MAP.lines().find(|line| line.contains("\"id\": \"a\"")).expect("a line").trim();
    assert!(!bench.shows(first_line));
    bench.click(&second);
    assert!(bench.shows(first_line), "the line of the first record: {:?}", bench.texts());
    assert!(bench.is_selected(&second) && !bench.is_selected(&own), "one place is marked");
    assert!(bench.is_selected(ALDER), "the first record is selected on the map");
    bench.click(&own);
    assert!(bench.is_selected(&own) && !bench.is_selected(&second));
}

#[test]
fn what_is_merely_worth_knowing_is_no_problem() {
    let mut bench = Bench::new();
    let unused = MAP.replace("\"sources\": [", "\"sources\": [{ \"id\": \"u\", \"title\": \"Unused\" }, ");
    let path = bench.write("noted.tieline.jsonc", &unused);
    open_by_dialog(&mut bench, &path);
    assert!(bench.shows("noted.tieline.jsonc opened, with 1 remark"), "{:?}", bench.texts());
    assert!(!bench.shows("1 problem"), "{:?}", bench.texts());
    assert!(bench.delay() < std::time::Duration::from_secs(6), "the notice goes by itself");
    assert!(bench.harness.query_by_label("Show").is_none() && bench.harness.query_by_label("1 remark").is_some());
}

#[test]
fn reloading_takes_claims_from_the_file_and_keeps_unsaved_places() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_by_dialog(&mut bench, &path);
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 80.0));
    let moved = bench.center_of(ALDER);
    // A new actor at the start of the list: changes must be matched by id, not by index.
    let changed = MAP.replace("\"actors\": [", "\"actors\": [\n    { \"id\": \"c\", \"name\": \"Cedar Mill\" },");
    std::fs::write(&path, changed).expect("written");
    bench.press(Modifiers::COMMAND, Key::R);
    assert!(bench.shows("Cedar Mill"), "{:?}", bench.texts());
    assert!(bench.shows("your unsaved changes were kept"), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'));
    assert!((bench.center_of(ALDER) - moved).length() < 2.0);
}

#[test]
fn a_reload_is_one_step_to_undo_and_what_goes_with_it_is_selected_no_more() {
    // With a position in the file, the view names the new actor too; without one, the layout places it.
    for place in ["\"positions\": { \"c\": [40, 400],", "\"positions\": {"] {
        undo_a_reload(place);
    }
}

fn undo_a_reload(place: &str) {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_by_dialog(&mut bench, &path);
    let changed = MAP
        .replace(
            "\"actors\": [",
            "\"actors\": [\n    { \"id\": \"c\", \"name\": \"Cedar Mill\", \"summary\": \"Saws cedar.\" },",
        )
        .replace("\"positions\": {", place);
    std::fs::write(&path, changed).expect("written");
    bench.press(Modifiers::COMMAND, Key::R);
    bench.click("Cedar Mill");
    assert!(bench.shows("Saws cedar."), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.settle();
    assert!(!bench.shows("Cedar Mill") && !bench.shows("Saws cedar."), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'), "the file has more than the map now");
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    bench.settle();
    assert!(bench.shows("Cedar Mill") && !bench.app().title().starts_with('•'), "{:?}", bench.texts());
}

#[test]
fn a_file_changed_by_others_is_not_overwritten_unasked() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_by_dialog(&mut bench, &path);
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 80.0));
    let other = MAP.replace("Two mills", "Three mills");
    std::fs::write(&path, &other).expect("written");
    bench.press(Modifiers::COMMAND, Key::S);
    // The file watcher may be faster; then the change is loaded and saving keeps it.
    let asks = bench.shows("The file changed on disk");
    let has_reloaded = bench.app().title().contains("Three mills");
    assert!(asks || has_reloaded, "{:?}", bench.texts());
    assert!(std::fs::read_to_string(&path).expect("read").contains("Three mills"), "their change is still there");
}

#[test]
fn a_map_that_could_not_be_saved_stays_unsaved_and_says_why() {
    let mut bench = Bench::new();
    let folder = bench.folder.path().join("lent");
    std::fs::create_dir(&folder).expect("made");
    let path = bench.write("lent/mills.tieline.jsonc", MAP);
    open_by_dialog(&mut bench, &path);
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 80.0));
    std::fs::remove_dir_all(&folder).expect("gone");
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(bench.shows("The map was not saved"), "{:?}", bench.texts());
    assert!(bench.shows(&format!("the folder “{}” does not exist; create it, or save elsewhere", folder.display())));
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
    bench.click("OK");
    std::fs::create_dir(&folder).expect("made");
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(!bench.app().title().starts_with('•'), "{} {:?}", bench.app().title(), bench.texts());
    assert!(path.exists());
}

#[test]
fn where_there_is_no_dialog_the_path_field_says_why() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    bench.notes.borrow_mut().missing = Some("There is no file dialog here".to_owned());
    bench.press(Modifiers::COMMAND, Key::O);
    assert!(bench.shows("There is no file dialog here"), "{:?}", bench.texts());
    bench.type_text(&path.display().to_string());
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.app().title().contains("Two mills"), "{} {:?}", bench.app().title(), bench.texts());
}
