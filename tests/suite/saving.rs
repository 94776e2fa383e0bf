//! Saving changes only edited content, and the file is complete, either old or new, at every moment.

pub(crate) mod crashes;
mod each_edit;
mod goldens;
#[cfg(unix)]
mod kept;
mod script;
mod steps;

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use tieline::document::{Document, edit};
use tieline::load::{Origin, load_bundled, load_file, load_map};
use tieline::model::{Item, Map, View};
use tieline::save::{
    Disk, FileAccess, FileId, IfChanged, MapContent, SaveError, Storage, StoredFile, Target, save_file, save_over,
    save_text,
};

const COMMENTED: &str = include_str!("../data/saving/before/commented.tieline.jsonc");

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

/// Returns the content of a file that was just opened.
fn of_file(map: &Map) -> MapContent<'_> {
    static NOTHING: std::sync::LazyLock<View> = std::sync::LazyLock::new(View::default);
    MapContent { map, view: map.first_view().unwrap_or(&NOTHING) }
}

fn saved(text: &str, change: impl FnOnce(&Map, &mut View)) -> String {
    let (map, origin) = open(text);
    let mut view = map.first_view().cloned().unwrap_or_default();
    change(&map, &mut view);
    let saved = save_text(&origin, of_file(&map), MapContent { map: &map, view: &view }).expect("saves");
    assert_eq!(saved.rewritten, None);
    // A second parser verifies that the result is JSON with comments.
    let body = saved.text.trim_start_matches('\u{feff}');
    jsonc_parser::parse_to_ast(body, &jsonc_parser::CollectOptions::default(), &jsonc_parser::ParseOptions::default())
        .expect("is JSON with comments");
    saved.text
}

fn move_to(view: &mut View, actor: tieline::model::ActorId, x: f32, y: f32) {
    view.positions.retain(|(id, _)| *id != actor);
    view.positions.push((actor, emath::pos2(x, y)));
}

#[test]
fn saving_what_did_not_change_gives_the_same_bytes() {
    assert_eq!(saved(COMMENTED, |_, _| ()), COMMENTED);
    for name in tieline::load::BUNDLED {
        let (loaded, origin) = load_bundled(name).expect("opens");
        let view = loaded.map.first_view().cloned().unwrap_or_default();
        let text =
            save_text(&origin, of_file(&loaded.map), MapContent { map: &loaded.map, view: &view }).expect("saves").text;
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
            save_text(&origin, of_file(&loaded.map), MapContent { map: &loaded.map, view: &view }).expect("saves").text;
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
fn a_map_from_elsewhere_is_written_anew() {
    let (map, _) = open(COMMENTED);
    let mut view = map.views()[tieline::model::ViewId(0)].clone();
    move_to(&mut view, actor(&map, "a"), 1.0, 2.0);
    let text = save_text(&Origin::default(), of_file(&map), MapContent { map: &map, view: &view }).expect("saves").text;
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

/// The map came from another file, so the changed text can't match it and saving must refuse. Tested with and without
/// gaps from removed records.
#[test]
fn a_text_that_does_not_say_what_is_to_be_saved_is_never_given_out() {
    let file = include_str!("../data/saving/before/records.tieline.jsonc");
    let origin = open(file).1;
    let refused = |map: &Map, now: &Map| {
        let saved = save_text(&origin, of_file(map), of_file(now));
        matches!(saved, Err(SaveError::NotTheSame))
    };
    let other_parts = [
        ("Three mills\"", "Four mills\""),
        ("\"label\": \"Mill\"", "\"label\": \"Water mill\""),
        ("\"verb\": \"lends to\"", "\"verb\": \"pays\""),
        ("Birch Mill", "Birch Works"),
        ("\"The Alder\", ", ""),
        ("HRB 17", "HRB 18"),
        ("The ledger", "A ledger"),
        ("\"by\": [\"alder\"]", "\"by\": [\"birch\"]"),
        ("\"exact\": 40", "\"exact\": 41"),
        ("page 4", "page 5"),
        ("five million", "six million"),
        ("\"role\": \"lender\"", "\"role\": \"payer\""),
        ("Burned down.", "Flooded."),
        ("\"birch\": [300, 0]", "\"birch\": [301, 0]"),
        ("\"hidden\": [\"elder\"]", "\"hidden\": []"),
        ("\"name\": \"Loans\"", "\"name\": \"All loans\""),
        ("\"elder\": [9, 9]", "\"elder\": [9, 8]"),
    ];
    for (part, other) in other_parts {
        let text = file.replacen(part, other, 1);
        assert_ne!(text, file, "{part}");
        let (map, _) = open(&text);
        assert!(refused(&map, &map), "{other}");
        let document = Document::new(Arc::new(map), Arc::default());
        let removal = edit::remove(&document, &[document.map.find("loan-2").expect("a tie")]).expect("removed");
        let with_hole = document.apply(&removal).expect("it fits").document.map;
        assert!(refused(&document.map, &with_hole), "{other}, with a hole");
    }
    let (map, _) = open(file);
    assert!(!refused(&map, &map), "the file itself says it");
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

/// Content that no window shows yet is kept byte for byte.
#[test]
fn fields_of_version_1_1_stay_when_a_card_is_moved() {
    let text = include_str!("../data/version-1-1.tieline.jsonc");
    let new = saved(text, |map, view| move_to(view, actor(map, "b"), 1.0, 2.0));
    assert_eq!(new, text.replace("\"b\": [300, 0]", "\"b\": [1, 2]"));
}

/// A disk on which one operation or one byte fails, selected by number.
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

    fn create(&self, path: &Path, old: &Path, access: FileAccess) -> io::Result<Box<dyn StoredFile>> {
        let file = self.step("create", || Disk.create(path, old, access))?;
        // The sync of the file is the next operation.
        let can_sync = self.step("sync", || Ok(())).is_ok();
        Ok(Box::new(FailingFile { file, bytes_left: Rc::clone(&self.bytes_left), can_sync }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", || Disk.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("sync_folder", || Disk.sync_folder(folder))
    }

    // Cleanup always works here; the tests only check that it is tried.
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
