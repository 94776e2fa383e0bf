//! Saving: only what changed changes, and the file is the old one or the new one at every moment.

pub(crate) mod crashes;
#[cfg(unix)]
mod kept;

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use tieline::load::{Origin, load_bundled, load_file, load_map};
use tieline::model::{Date, Filter, Item, LabelChoice, LabelMode, Map, Note, View};
use tieline::save::{
    Content, Disk, FileId, IfChanged, SaveError, Storage, StoredFile, Target, save_file, save_over, save_text,
};

const COMMENTED: &str = r#"// A map with remarks.
{
  "format": "tieline", "version": "1.0", // the head
  "x-mine": { "price": 42.10 },
  "actors": [
    { "id": "a", "name": "Alpha" },
    { "id": "b", "name": "Beta" }, // the second
    { "id": "c", "name": "Gamma", "size": 1e3 },
  ],
  "ties": [
    { "id": "t", "kind": "owns", "from": "a", "to": "b" },
  ],
  "views": [
    // The only look.
    { "id": "main", "name": "Overview",
      "layout": { "algorithm": "auto", "seed": 7 },
      "positions": {
        "a": [0.0, 0.0], // where it all begins
        /* far right */ "b": [ 300, 40 ],
        "c": [120.5, -80],
      },
      "pinned": ["a"], // must stay
    },
  ],
}
"#;

fn open(text: &str) -> (Map, Origin) {
    let loaded = load_map(text.as_bytes(), "test.tieline.jsonc").expect("opens");
    (loaded.map, Origin::without_file(text.as_bytes().into()))
}

fn actor(map: &Map, key: &str) -> tieline::model::ActorId {
    match map.find(key) {
        Some(Item::Actor(id)) => id,
        other => panic!("{key} is {other:?}"),
    }
}

/// What a file says that was just opened.
fn of_file(map: &Map) -> Content<'_> {
    static NOTHING: std::sync::LazyLock<View> = std::sync::LazyLock::new(View::default);
    Content { map, view: map.first_view().unwrap_or(&NOTHING) }
}

fn saved(text: &str, change: impl FnOnce(&Map, &mut View)) -> String {
    let (map, origin) = open(text);
    let mut view = map.first_view().cloned().unwrap_or_default();
    change(&map, &mut view);
    let saved = save_text(&origin, of_file(&map), Content { map: &map, view: &view }).expect("saves");
    assert_eq!(saved.rewritten, None);
    // A second parser has the last word on whether it is JSON with comments.
    let body = saved.text.trim_start_matches('\u{feff}');
    jsonc_parser::parse_to_ast(body, &jsonc_parser::CollectOptions::default(), &jsonc_parser::ParseOptions::default())
        .expect("is JSON with comments");
    saved.text
}

fn move_to(view: &mut View, actor: tieline::model::ActorId, x: f32, y: f32) {
    view.positions.retain(|(id, _)| *id != actor);
    view.positions.push((actor, emath::pos2(x, y)));
}

/// The lines that differ, old and new.
fn changed_lines<'a>(old: &'a str, new: &'a str) -> Vec<(&'a str, &'a str)> {
    assert_eq!(old.lines().count(), new.lines().count(), "{new}");
    old.lines().zip(new.lines()).filter(|(old, new)| old != new).collect()
}

#[test]
fn moving_one_actor_changes_its_line_only() {
    let text = saved(COMMENTED, |map, view| move_to(view, actor(map, "b"), 310.04, 44.96));
    let lines = changed_lines(COMMENTED, &text);
    assert_eq!(lines, [(r#"        /* far right */ "b": [ 300, 40 ],"#, r#"        /* far right */ "b": [310, 45],"#)]);
}

#[test]
fn how_the_ties_of_a_pair_are_drawn_is_one_line() {
    use tieline::model::{Pair, PairMode};
    let pair = |map: &Map, one, other| Pair::new(actor(map, one), actor(map, other));
    let text = saved(COMMENTED, |map, view| view.pairs.push((pair(map, "b", "a"), PairMode::Ties)));
    let record = r#"{ "of": ["a", "b"], "show": "ties" }"#;
    assert!(text.contains(record) && text.contains("// must stay"), "{text}");
    // Another choice replaces the word alone, whichever actor the file names first; records that say nothing stay.
    let own = COMMENTED.replace(
        r#"      "pinned": ["a"], // must stay"#,
        "      \"pairs\": [\n        { \"of\": [\"b\", \"a\"], \"show\": \"ribbon\", \"x-why\": 1 }, // mine\n        { \"of\": [\"a\"] },\n      ],\n      \"pinned\": [\"a\"],",
    );
    let text = saved(&own, |map, view| view.pairs = vec![(pair(map, "a", "b"), PairMode::Ties)]);
    let (old, new) =
        (r#"{ "of": ["b", "a"], "show": "ribbon", "x-why": 1 }, // mine"#, r#""show": "ties", "x-why": 1 }, // mine"#);
    let lines = changed_lines(&own, &text);
    assert!(lines.len() == 1 && lines[0].0.trim() == old && lines[0].1.ends_with(new), "{lines:?}");
    let text = saved(&own, |_, view| view.pairs.clear());
    assert!(!text.contains("x-why") && text.contains(r#"{ "of": ["a"] }"#), "{text}");
    // Version 1.0 had an object there, which said nothing.
    let old = COMMENTED.replace(r#"      "pinned": ["a"], // must stay"#, r#"      "pairs": {},"#);
    assert_eq!(saved(&old, |_, _| ()), old);
    let text = saved(&old, |map, view| view.pairs.push((pair(map, "c", "c"), PairMode::Ribbon)));
    assert!(text.contains(r#"{ "of": ["c", "c"], "show": "ribbon" }"#), "{text}");
}

#[test]
fn saving_what_did_not_change_gives_the_same_bytes() {
    assert_eq!(saved(COMMENTED, |_, _| ()), COMMENTED);
    for name in tieline::load::BUNDLED {
        let (loaded, origin) = load_bundled(name).expect("opens");
        let view = loaded.map.first_view().cloned().unwrap_or_default();
        let text =
            save_text(&origin, of_file(&loaded.map), Content { map: &loaded.map, view: &view }).expect("saves").text;
        assert_eq!(text.as_bytes(), &**origin.bytes(), "{name}");
    }
}

#[test]
fn new_positions_come_one_to_a_line_and_the_rest_stays() {
    for name in tieline::load::BUNDLED {
        let (loaded, origin) = load_bundled(name).expect("opens");
        let mut view = loaded.map.first_view().cloned().unwrap_or_default();
        for (index, id) in loaded.map.actor_ids().enumerate() {
            move_to(&mut view, id, index as f32 * 100.0, 33.33);
        }
        let text =
            save_text(&origin, of_file(&loaded.map), Content { map: &loaded.map, view: &view }).expect("saves").text;
        let old = String::from_utf8_lossy(origin.bytes()).into_owned();
        let kept = old.lines().filter(|line| text.lines().any(|new| new == *line)).count();
        let places = loaded.map.first_view().map_or(0, |view| view.positions.len());
        assert!(old.lines().count() - kept <= 1 + places, "{name}: at most the view's own line and its places change");
        let again = load_map(text.as_bytes(), name).expect("opens");
        assert_eq!(again.map.views()[tieline::model::ViewId(0)].positions.len(), loaded.map.actors().len());
        assert_eq!(
            text.lines()
                .filter(|line| line.trim_end().ends_with("33.3],") || line.trim_end().ends_with("33.3]"))
                .count(),
            loaded.map.actors().len()
        );
    }
}

#[test]
fn every_part_of_a_look_is_written_and_taken_back() {
    let text = saved(COMMENTED, |map, view| {
        view.pinned = vec![actor(map, "b"), actor(map, "c")];
        view.hidden = vec![actor(map, "c")];
        view.labels = vec![(tieline::model::TieId(0), LabelChoice::Hide)];
        view.label_mode = Some(LabelMode::Important);
        view.bends = vec![(tieline::model::TieId(0), tieline::model::BendPoint { along: 0.25, across: 40.0 })];
        view.algorithm = Some("radial".to_owned());
        view.seed = Some(8);
    });
    for wanted in [
        r#""pinned": ["b", "c"], // must stay"#,
        r#""layout": { "algorithm": "radial", "seed": 8 },"#,
        r#""hidden": ["c"]"#,
        r#""t": "hide""#,
        r#""labelMode": "important""#,
        r#""t": [0.25, 40]"#,
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in\n{text}");
    }
    for remark in [
        "// A map with remarks.",
        "// the head",
        "// the second",
        "// where it all begins",
        "/* far right */",
        "42.10",
        "1e3",
    ] {
        assert!(text.contains(remark), "{remark} is missing in\n{text}");
    }
    let back = saved(&text, |_, view| {
        view.hidden.clear();
        view.labels.clear();
        view.label_mode = Some(LabelMode::All);
        view.bends.clear();
    });
    let map = load_map(back.as_bytes(), "x").expect("opens").map;
    let view = map.first_view().expect("a view");
    assert!(view.hidden.is_empty() && view.label_mode == Some(LabelMode::All));
}

#[test]
fn what_a_view_leaves_out_is_written_and_unknown_words_stay() {
    let filtered = saved(COMMENTED, |map, view| {
        view.filter.hidden_tie_kinds = map.tie_ids().map(|tie| map.tie(tie).kind).collect();
        view.filter.hidden_actor_kinds = [None].into();
        view.filter.hidden_statuses.clear();
        view.filter.hides_unsourced = true;
        view.filter.as_of = Date::parse("2023").ok();
    });
    let filters = r#""filters": { "hiddenActorKinds": [""], "hiddenTieKinds": ["owns"], "hiddenStatuses": [], "hideUnsourced": true }"#;
    assert!(filtered.contains(filters) && filtered.contains(r#""asOf": "2023""#), "{filtered}");
    let with_mine = filtered.replace(r#"["owns"]"#, r#"["mine", "owns"] /* kept */, "x-mine": 1"#);
    let back = saved(&with_mine, |_, view| view.filter = Filter::default());
    let filters = r#"{ "hiddenActorKinds": [], "hiddenTieKinds": ["mine" ] /* kept */, "x-mine": 1, "#;
    assert!(back.contains(filters) && !back.contains("asOf"), "{back}");
    assert_eq!(
        load_map(back.as_bytes(), "x").expect("opens").map.views()[tieline::model::ViewId(0)].filter,
        Filter::default()
    );
}

#[test]
fn places_that_are_gone_leave_with_their_lines() {
    let text = saved(COMMENTED, |map, view| {
        let gone = actor(map, "c");
        view.positions.retain(|(id, _)| *id != gone);
    });
    assert_eq!(text, COMMENTED.replace("        \"c\": [120.5, -80],\n", ""));
}

#[test]
fn a_map_without_views_gets_one() {
    let plain = r#"{"format": "tieline", "version": "1.0", "actors": [{"id": "a", "name": "A"}]}"#;
    let text = saved(plain, |map, view| move_to(view, actor(map, "a"), 5.0, 6.0));
    assert!(text.starts_with(&plain[..plain.len() - 1]), "{text}");
    assert!(text.contains("\"a\": [5, 6]"), "{text}");
}

#[test]
fn a_map_from_elsewhere_is_written_anew() {
    let (map, _) = open(COMMENTED);
    let mut view = map.views()[tieline::model::ViewId(0)].clone();
    move_to(&mut view, actor(&map, "a"), 1.0, 2.0);
    let text = save_text(&Origin::default(), of_file(&map), Content { map: &map, view: &view }).expect("saves").text;
    assert!(text.contains("\"a\": [1, 2]"), "{text}");
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
}

#[test]
fn a_broken_text_is_written_anew_and_says_so() {
    let broken = COMMENTED.replace("\"b\", \"name\"", "\"b\" \"name\"");
    let loaded = load_map(broken.as_bytes(), "x").expect("opens");
    let origin = Origin::own("x".into(), broken.as_bytes().into(), loaded.read_only.clone());
    let saved = save_text(&origin, of_file(&loaded.map), of_file(&loaded.map)).expect("saves");
    assert!(saved.rewritten.is_some());
    assert!(saved.text.contains("\"x-mine\": {\"price\": 42.10}"), "{}", saved.text);
    let refused = save_over(&origin, &saved.text, IfChanged::Refuse, &Disk);
    assert!(matches!(refused, Err(SaveError::ReadOnly { .. })), "{refused:?}");
}

#[test]
fn an_imported_map_is_written_as_a_new_one() {
    let (map, _) = open(COMMENTED);
    let origin = Origin::imported("x.csv".into(), "a CSV table", b"\xef\xbb\xbfid,name\na,A\n"[..].into());
    let saved = save_text(&origin, of_file(&map), of_file(&map)).expect("saves");
    assert_eq!(saved, save_text(&Origin::default(), of_file(&map), of_file(&map)).expect("saves"));
    assert_eq!(saved.rewritten, None, "nothing was broken");
    let refused = save_over(&origin, &saved.text, IfChanged::Overwrite, &Disk);
    assert!(matches!(refused, Err(SaveError::NoPath)), "{refused:?}");
}

/// What no window shows yet is kept byte for byte.
#[test]
fn fields_of_version_1_1_stay_when_a_card_is_moved() {
    let text = include_str!("../data/version-1-1.tieline.jsonc");
    let new = saved(text, |map, view| move_to(view, actor(map, "b"), 1.0, 2.0));
    assert_eq!(new, text.replace("\"b\": [300, 0]", "\"b\": [1, 2]"));
}

#[test]
fn marks_and_line_ends_of_other_systems_stay() {
    let text = format!("\u{feff}{}", COMMENTED.replace('\n', "\r\n"));
    let new = saved(&text, |map, view| move_to(view, actor(map, "c"), 1.0, 2.0));
    assert_eq!(new, text.replace("[120.5, -80]", "[1, 2]"));
}

/// The disk, but one operation fails: the one with this number, or the byte with this number.
struct Failing {
    operations_left: Cell<usize>,
    bytes_left: Rc<Cell<usize>>,
    log: RefCell<Vec<&'static str>>,
}

impl Failing {
    fn new(operations: usize, bytes: usize) -> Self {
        Self { operations_left: Cell::new(operations), bytes_left: Rc::new(Cell::new(bytes)), log: RefCell::default() }
    }

    fn step<T>(&self, name: &'static str, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.log.borrow_mut().push(name);
        match self.operations_left.get() {
            0 => Err(io::Error::other("the test let this fail")),
            left => {
                self.operations_left.set(left - 1);
                act()
            }
        }
    }
}

struct FailingFile {
    file: Box<dyn StoredFile>,
    bytes_left: Rc<Cell<usize>>,
    can_sync: bool,
}

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.bytes_left.get();
        if left == 0 && !bytes.is_empty() {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "the test filled the disk"));
        }
        let written = self.file.write(&bytes[..bytes.len().min(left)])?;
        self.bytes_left.set(left - written);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl StoredFile for FailingFile {
    fn sync(&mut self) -> io::Result<()> {
        if self.can_sync { self.file.sync() } else { Err(io::Error::other("the test let this fail")) }
    }
}

impl Storage for Failing {
    fn target(&self, path: &Path) -> io::Result<Target> {
        self.step("target", || Disk.target(path))
    }

    fn file_id(&self, path: &Path) -> Option<FileId> {
        Disk.file_id(path)
    }

    fn check(&self, path: &Path) -> io::Result<()> {
        self.step("check", || Disk.check(path))
    }

    fn open_stream(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.step("open_stream", || Disk.open_stream(path))
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        self.step("read", || Disk.read(path))
    }

    fn create(&self, path: &Path, like: &Path) -> io::Result<Box<dyn StoredFile>> {
        let file = self.step("create", || Disk.create(path, like))?;
        // The file forces itself to the disk as the next operation.
        let can_sync = self.step("sync", || Ok(())).is_ok();
        Ok(Box::new(FailingFile { file, bytes_left: Rc::clone(&self.bytes_left), can_sync }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", || Disk.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("sync_folder", || Disk.sync_folder(folder))
    }

    // Cleaning up always works here: what is checked is that it is tried.
    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn leftovers(&self, folder: &Path, start: &str, end: &str) -> Vec<PathBuf> {
        Disk.leftovers(folder, start, end)
    }

    fn modified(&self, path: &Path) -> Option<SystemTime> {
        Disk.modified(path)
    }
}

fn folder_with(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.tieline.jsonc");
    std::fs::write(&path, text).expect("written");
    (folder, path)
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("listed");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn whichever_operation_fails_the_file_is_old_or_new() {
    let new = COMMENTED.replace("300", "301");
    for operations in 0..20 {
        let (folder, path) = folder_with(COMMENTED);
        let (_, origin) = load_file(&path).expect("opens");
        let storage = Failing::new(operations, usize::MAX);
        let result = save_over(&origin, &new, IfChanged::Refuse, &storage);
        let on_disk = std::fs::read_to_string(&path).expect("is there");
        assert_eq!(names_in(folder.path()), ["map.tieline.jsonc"], "after {:?}", storage.log.borrow());
        match result {
            Ok(_) => {
                assert_eq!(on_disk, new);
                assert_eq!(
                    *storage.log.borrow(),
                    ["read", "target", "check", "create", "sync", "rename", "sync_folder"]
                );
                return;
            }
            Err(error) => {
                let was_renamed = storage.log.borrow().contains(&"sync_folder");
                assert_eq!(on_disk, if was_renamed { &new } else { COMMENTED }, "{error}");
                assert!(error.to_string().contains("the test let this fail"), "{error}");
            }
        }
    }
    panic!("no run came through");
}

#[test]
fn a_disk_that_is_full_after_any_byte_leaves_the_old_file() {
    let new = COMMENTED.replace("300", "301");
    let (folder, path) = folder_with(COMMENTED);
    for bytes in 0..new.len() {
        let result = save_file(&path, &new, &Failing::new(usize::MAX, bytes));
        assert!(result.is_err(), "{bytes} bytes were enough");
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), COMMENTED);
    }
    assert_eq!(names_in(folder.path()), ["map.tieline.jsonc"]);
    save_file(&path, &new, &Failing::new(usize::MAX, new.len())).expect("saves");
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), new);
}

#[test]
fn a_file_that_changed_on_the_disk_is_not_overwritten_unasked() {
    let (_folder, path) = folder_with(COMMENTED);
    let (_, origin) = load_file(&path).expect("opens");
    std::fs::write(&path, "{}").expect("written");
    let refused = save_over(&origin, COMMENTED, IfChanged::Refuse, &Disk);
    assert!(matches!(refused, Err(SaveError::ChangedOnDisk { .. })), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), "{}");
    let after = save_over(&origin, COMMENTED, IfChanged::Overwrite, &Disk).expect("saves");
    save_over(&after, "again", IfChanged::Refuse, &Disk).expect("knows its own bytes");
}

#[cfg(unix)]
#[test]
fn links_and_rights_stay_and_forgotten_files_are_swept() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder_with(COMMENTED);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("set");
    let link = folder.path().join("link.tieline.jsonc");
    std::os::unix::fs::symlink(&path, &link).expect("linked");
    let forgotten = folder.path().join(".map.tieline.jsonc.tieline-1-0.tmp");
    std::fs::write(&forgotten, "half").expect("made");
    let living = folder.path().join(".map.tieline.jsonc.tieline-1-1.tmp");
    let held = std::fs::File::create(&living).expect("made");
    held.lock().expect("locked");
    save_file(&link, "new", &Disk).expect("saves");
    assert!(std::fs::symlink_metadata(&link).expect("is there").file_type().is_symlink());
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), "new");
    assert_eq!(std::fs::metadata(&path).expect("is there").permissions().mode() & 0o777, 0o640);
    assert!(living.exists(), "a file that another window is writing stays");
    std::fs::remove_file(&living).expect("removed");
    assert_eq!(names_in(folder.path()), ["link.tieline.jsonc", "map.tieline.jsonc"]);
}

#[test]
fn opening_never_writes() {
    let (_folder, path) = folder_with(COMMENTED);
    let before = std::fs::metadata(&path).and_then(|meta| meta.modified()).expect("known");
    let (loaded, _) = load_file(&path).expect("opens");
    assert!(!loaded.map.actors().is_empty());
    assert_eq!(std::fs::metadata(&path).and_then(|meta| meta.modified()).expect("known"), before);
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), COMMENTED);
}

const NOTED: &str = r#"{
  "format": "tieline", "version": "1.0",
  "views": [
    { "id": "main", "notes": [
      { "id": "n1", "text": "One", "at": [10.00, 20], "x-by": "me" }, // the first
      { "id": "n2", "text": "Two\u202e", "at": [1e2, 5] },
      { "text": "has no id" },
      { "id": "n1", "text": "taken", "at": [0, 0] }
    ] }
  ]
}
"#;

#[test]
fn notes_that_did_not_change_keep_their_text_and_others_change_alone() {
    assert_eq!(saved(NOTED, |_, _| {}), NOTED);
    let text = saved(NOTED, |_, view| {
        assert_eq!(view.notes.len(), 2, "what is no note is not shown: {:?}", view.notes);
        view.notes[0].text = "One \"quoted\"\nand more".to_owned();
        view.notes.remove(1);
        let at = emath::pos2(-3.26, 4.0);
        view.notes.push(Note { key: "note-1".into(), text: "New".to_owned(), at, width: Some(180.0) });
    });
    let wanted = NOTED
        .replace("\"One\"", r#""One \"quoted\"\nand more""#)
        .replace("      { \"id\": \"n2\", \"text\": \"Two\\u202e\", \"at\": [1e2, 5] },\n", "")
        .replace(
            "\"at\": [0, 0] }\n",
            "\"at\": [0, 0] },\n      { \"id\": \"note-1\", \"text\": \"New\", \"at\": [-3.3, 4], \"width\": 180 }\n",
        );
    assert_eq!(text, wanted);
    let gone = saved(&text, |_, view| view.notes.clear());
    assert!(gone.contains("has no id") && !gone.contains("taken") && !gone.contains("note-1"), "{gone}");
}

#[test]
fn a_view_without_notes_gets_a_list() {
    let text = saved(COMMENTED, |_, view| {
        view.notes.push(Note { key: "note-1".into(), text: "New".to_owned(), at: emath::pos2(1.0, 2.0), width: None });
    });
    assert!(text.contains("{ \"id\": \"note-1\", \"text\": \"New\", \"at\": [1, 2] }"), "{text}");
    assert_eq!(saved(&text, |_, view| view.notes.clear()).matches("note-1").count(), 0);
}
