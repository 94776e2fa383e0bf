//! Journals on disk: written in time, private, locked, found after a crash, and removed when no longer needed.

mod claims;
mod crashes;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use emath::pos2;
use tieline::document::journal::{Journal, JournalState, TypedForm, TypedRow, TypedState};
use tieline::document::{Command, Document, Look};
use tieline::load::{Origin, load_file};
use tieline::model::{ActorId, Item, Placed, TieId};
use tieline::recovery::{
    Base, JournalContent, JournalThread, Offer, OfferedFile, Unsaved, find, offer_text, scan, what_differs,
};
use tieline::save::{self, Disk, save_file, save_text};

/// Long enough for any machine; only a failing test waits this long.
const LONG: Duration = Duration::from_mins(1);
/// Never elapses within a test: anything written was flushed explicitly.
const NEVER: Duration = Duration::from_hours(1);

const MAP: &str = r#"{
  "format": "tieline", "version": "1.0",
  "actors": [
    { "id": "a", "name": "Alder" },
    { "id": "b", "name": "Birch" },
    { "id": "c", "name": "Cedar" }
  ],
  "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b" }],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [300, 0], "c": [600, 0] } }]
}
"#;

/// A map in its own folder, with a folder of journals beside it.
struct Desk {
    folder: tempfile::TempDir,
    map: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let map = folder.path().join("documents").join("map.tieline.json");
        std::fs::create_dir(map.parent().expect("a folder")).expect("made");
        std::fs::write(&map, MAP).expect("written");
        Self { folder, map }
    }

    fn recovery(&self) -> PathBuf {
        self.folder.path().join("data").join("recovery")
    }

    fn keeper(&self, after: Duration) -> JournalThread {
        JournalThread::start(self.recovery(), after, Arc::new(|| {}))
    }

    /// Returns the extensions of the files in the journal folder, sorted.
    fn endings(&self) -> Vec<String> {
        let mut endings: Vec<String> = std::fs::read_dir(self.recovery())
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().extension().unwrap_or_default().to_string_lossy().into_owned())
            .collect();
        endings.sort_unstable();
        endings
    }

    fn journal(&self) -> PathBuf {
        let entries = std::fs::read_dir(self.recovery()).expect("listed").flatten().map(|entry| entry.path());
        let mut journals = entries.filter(|path| path.extension().is_some_and(|ending| ending == "journal"));
        journals.next().expect("a journal")
    }
}

struct Open {
    document: Document,
    map_on_disk: Arc<tieline::model::Map>,
    on_disk: Arc<Look>,
}

impl Open {
    fn new(path: &Path) -> Self {
        let (loaded, origin) = load_file(path).expect("opens");
        let document = Document::new(Arc::new(loaded.map), Arc::new(origin));
        Self { on_disk: Arc::clone(&document.look), map_on_disk: Arc::clone(&document.map), document }
    }

    fn change(&mut self, command: Command) {
        self.document = self.document.with(command);
    }

    fn move_to(&mut self, actor: u32, x: f32) {
        self.change(Command::Move(vec![(Placed::Actor(ActorId(actor)), pos2(x, 0.0))]));
    }

    fn unsaved(&self) -> Unsaved {
        let (map, look) = (Arc::clone(&self.document.map), Arc::clone(&self.document.look));
        let saved = Arc::clone(&self.on_disk);
        let on_disk =
            tieline::document::Snapshot { map: Arc::clone(&self.map_on_disk), look: Arc::clone(&self.on_disk) };
        let state = JournalState { map, on_disk, saved, look };
        Unsaved { state, origin: Arc::clone(&self.document.origin), typed: Vec::new() }
    }
}

fn keep(keeper: &JournalThread, open: &Open) {
    keeper.keep(open.unsaved(), false);
    assert!(keeper.flusher().flush(LONG), "it is written");
}

fn only(offers: Vec<Offer>) -> Offer {
    assert_eq!(offers.len(), 1, "{offers:?}");
    offers.into_iter().next().expect("one")
}

fn changes_of(offer: &Offer) -> (&Journal, &OfferedFile, &Base) {
    match &offer.content {
        JournalContent::Changes { journal, file, base } => (journal, file, base),
        JournalContent::Unreadable(why) => panic!("{why}"),
    }
}

#[test]
fn a_change_is_on_the_disk_by_itself_and_offered_once_its_program_is_gone() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    open.move_to(1, 310.0);
    let keeper = desk.keeper(Duration::from_millis(1));
    keeper.keep(open.unsaved(), false);
    let deadline = Instant::now() + LONG;
    while desk.endings() != ["journal", "lock"] {
        assert!(Instant::now() < deadline, "{:?}", desk.endings());
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(scan(&desk.recovery(), None).is_empty(), "its program lives");
    drop(keeper);
    let offer = only(scan(&desk.recovery(), None));
    let (journal, file, base) = changes_of(&offer);
    assert_eq!((file, base), (&OfferedFile::At(desk.map.clone()), &Base::AsItWas));
    assert_eq!(what_differs(journal), "1 actor moved");
    assert_eq!(journal.apply(&open.document.map, &open.on_disk, &open.on_disk).look, *open.document.look);
    assert!(scan(&desk.recovery(), None).is_empty(), "it is not offered by two windows");
    assert_eq!(std::fs::read_to_string(&desk.map).expect("read"), MAP);
    assert_eq!(std::fs::read_dir(desk.map.parent().expect("a folder")).expect("listed").count(), 1);
}

#[test]
fn the_default_is_within_what_is_promised() {
    assert!(tieline::recovery::WRITE_DELAY <= Duration::from_secs(4), "five seconds, with time to write");
}

#[cfg(unix)]
#[test]
fn journals_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    std::fs::create_dir_all(desk.recovery()).expect("made");
    std::fs::set_permissions(desk.recovery(), std::fs::Permissions::from_mode(0o755)).expect("set");
    let mut open = Open::new(&desk.map);
    open.move_to(1, 310.0);
    let keeper = desk.keeper(NEVER);
    keep(&keeper, &open);
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&desk.recovery()), 0o700);
    for entry in std::fs::read_dir(desk.recovery()).expect("listed").flatten() {
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
    }
}

#[test]
fn nothing_unsaved_leaves_no_journal() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    let keeper = desk.keeper(NEVER);
    keep(&keeper, &open);
    assert!(!desk.recovery().exists(), "looking makes nothing");
    let before = open.document.clone();
    open.move_to(0, 1.0);
    keep(&keeper, &open);
    assert_eq!(desk.endings(), ["journal", "lock"]);
    open.document = before;
    keep(&keeper, &open);
    assert_eq!(desk.endings(), ["lock"], "undone");
    open.move_to(0, 1.0);
    keep(&keeper, &open);
    assert_eq!(desk.endings(), ["journal", "lock"]);
    keeper.end_without();
    assert_eq!(desk.endings(), [""; 0], "given up");
}

#[test]
fn a_flush_waits_for_what_was_left_before_it_and_an_end_writes_it() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    let keeper = desk.keeper(NEVER);
    for x in 1..20 {
        open.move_to(0, x as f32);
        keep(&keeper, &open);
    }
    open.move_to(0, 77.0);
    keeper.keep(open.unsaved(), false);
    drop(keeper);
    let offer = only(scan(&desk.recovery(), None));
    let look = changes_of(&offer).0.apply(&open.document.map, &open.on_disk, &open.on_disk).look;
    assert_eq!(look.positions[&Placed::Actor(ActorId(0))].x, 77.0);
}

#[test]
fn large_looks_are_appended_to_and_written_anew_when_they_have_grown() {
    let desk = Desk::new();
    let actors: Vec<String> = (0..5_000).map(|id| format!("{{ \"id\": \"actor-{id}\", \"name\": \"N\" }}")).collect();
    let text = format!("{{ \"format\": \"tieline\", \"version\": \"1.0\", \"actors\": [{}] }}", actors.join(","));
    std::fs::write(&desk.map, text).expect("written");
    let mut open = Open::new(&desk.map);
    let keeper = desk.keeper(NEVER);
    let all = (0..5_000).map(|id| (Placed::Actor(ActorId(id)), pos2(id as f32, 0.5))).collect();
    open.change(Command::Move(all));
    keep(&keeper, &open);
    let whole = std::fs::metadata(desk.journal()).expect("there").len();
    let (mut before, mut appended, mut compacted, mut largest) = (whole, 0, 0, 0);
    for step in 0..6_000u32 {
        open.move_to(step % 5_000, 0.25);
        open.move_to((step + 1) % 5_000, step as f32 + 0.125);
        if step % 20 != 0 {
            continue;
        }
        keep(&keeper, &open);
        let len = std::fs::metadata(desk.journal()).expect("there").len();
        if len > before {
            assert!(len - before < 4_000, "only what differs: {} bytes", len - before);
            appended += 1;
        } else {
            compacted += 1;
        }
        (before, largest) = (len, largest.max(len));
    }
    assert!(appended > 250 && compacted < 10, "{appended} {compacted}");
    assert!(largest <= (2 * whole).max(1 << 18) + 4_000, "{largest} of {whole}");
    drop(keeper);
    let offer = only(scan(&desk.recovery(), None));
    let look = changes_of(&offer).0.apply(&open.document.map, &open.on_disk, &open.on_disk).look;
    // The last step, which was not kept, is missing as after a crash.
    assert_eq!(look.positions.len(), 5_000);
}

#[test]
fn many_small_changes_do_not_grow_a_journal_without_bound() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    let keeper = desk.keeper(NEVER);
    let mut largest = 0;
    let note = "words ".repeat(2_000);
    for step in 0..200u32 {
        let (id, add) = open.document.new_note(&format!("{step} {note}"), pos2(0.0, 0.0));
        open.change(add);
        keep(&keeper, &open);
        open.change(Command::RemoveNote(id));
        largest = std::fs::metadata(desk.journal()).map_or(0, |meta| meta.len()).max(largest);
    }
    assert!(largest < 300_000, "{largest}");
}

#[test]
fn a_folder_that_cannot_be_made_is_told_once() {
    let desk = Desk::new();
    std::fs::write(desk.folder.path().join("data"), "a file").expect("written");
    let wakes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&wakes);
    let wake = Arc::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    let keeper = JournalThread::start(desk.recovery(), NEVER, wake);
    let mut open = Open::new(&desk.map);
    keep(&keeper, &open);
    assert_eq!(keeper.take_trouble(), None, "nothing is to be kept yet");
    let mut told = 0;
    for x in 1..6 {
        open.move_to(0, x as f32);
        keep(&keeper, &open);
        told += usize::from(keeper.take_trouble().is_some());
    }
    assert_eq!((told, wakes.load(Ordering::SeqCst)), (1, 1));
    std::fs::remove_file(desk.folder.path().join("data")).expect("removed");
    open.move_to(0, 50.0);
    keep(&keeper, &open);
    assert_eq!(desk.endings(), ["journal", "lock"], "it goes on once there is room");
}

#[test]
fn on_a_full_disk_what_was_kept_stays_and_the_cause_is_told() {
    let Some(disk) = crate::saving::crashes::SmallDisk::mount() else {
        println!("skipped: mounting a small disk is not allowed here");
        return;
    };
    let desk = Desk::new();
    let folder = disk.path().join("recovery");
    let keeper = JournalThread::start(folder.clone(), NEVER, Arc::new(|| {}));
    let mut open = Open::new(&desk.map);
    let (id, add) = open.document.new_note(&"too much ".repeat(60_000), pos2(0.0, 0.0));
    open.change(add);
    keep(&keeper, &open);
    assert!(keeper.take_trouble().is_some());
    let names = std::fs::read_dir(&folder).expect("listed").flatten().map(|entry| entry.path());
    let endings: Vec<_> = names.filter_map(|path| path.extension().map(ToOwned::to_owned)).collect();
    assert_eq!(endings, ["lock"], "no empty or partial journal");
    open.change(Command::RemoveNote(id));
    open.move_to(1, 310.0);
    keep(&keeper, &open);
    let kept = open.document.clone();
    let (id, add) = open.document.new_note(&"too much ".repeat(60_000), pos2(0.0, 0.0));
    open.change(add);
    for x in 1..4 {
        open.move_to(0, x as f32);
        keep(&keeper, &open);
        let trouble = keeper.take_trouble();
        assert_eq!(trouble.is_some(), x == 1, "once");
        assert!(trouble.is_none_or(|why| why.contains("No space left on device")));
    }
    let mut entries = std::fs::read_dir(&folder).expect("listed").flatten().map(|entry| entry.path());
    let journal = entries.find(|path| path.extension().is_some_and(|ending| ending == "journal"));
    let bytes = std::fs::read(journal.expect("it is there")).expect("read");
    let journal = Journal::parse(&bytes).expect("a journal");
    assert_eq!(journal.apply(&kept.map, &open.on_disk, &open.on_disk).look, *kept.look, "as when there was room");
    open.change(Command::RemoveNote(id));
    keep(&keeper, &open);
    drop(keeper);
    let offer = only(scan(&folder, None));
    let look = changes_of(&offer).0.apply(&kept.map, &open.on_disk, &open.on_disk).look;
    assert_eq!(look, *open.document.look, "it goes on where there is room");
}

#[test]
fn what_was_saved_right_before_the_kill_is_not_offered() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    open.move_to(1, 310.0412);
    let keeper = desk.keeper(NEVER);
    keep(&keeper, &open);
    drop(keeper);
    let Document { map, look, origin, .. } = &open.document;
    let [was, is] = [&open.on_disk, look].map(|look| look.to_view(map));
    let [before, now] = [&was, &is].map(|view| save::MapContent { map, view });
    let text = save_text(origin, before, now).expect("saves").text;
    save_file(&desk.map, &text, &Disk).expect("saves");
    assert!(scan(&desk.recovery(), None).is_empty());
    assert_eq!(desk.endings(), [""; 0]);
}

#[test]
fn a_file_that_changed_or_is_gone_is_said_to_be() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    open.move_to(1, 310.0);
    open.move_to(2, 610.0);
    let keeper = desk.keeper(NEVER);
    keep(&keeper, &open);
    drop(keeper);
    std::fs::write(&desk.map, MAP.replace("\"id\": \"c\"", "\"id\": \"d\"")).expect("written");
    {
        let offer = only(scan(&desk.recovery(), None));
        assert_eq!(changes_of(&offer).2, &Base::Changed { left_out: 1 });
        let text = offer_text(&offer).join("\n");
        assert!(text.contains("has changed since") && text.contains("1 change no longer applies"), "{text}");
    }
    std::fs::write(&desk.map, "no map").expect("written");
    {
        let offer = only(scan(&desk.recovery(), None));
        assert!(matches!(changes_of(&offer).2, Base::Unusable(_)), "{offer:?}");
        assert!(!offer.can_be_recovered());
    }
    std::fs::remove_file(&desk.map).expect("removed");
    {
        let offer = only(scan(&desk.recovery(), None));
        assert_eq!(changes_of(&offer).2, &Base::Missing);
        assert!(!offer.can_be_recovered() && offer_text(&offer).join("\n").contains("The file no longer exists"));
    }
    assert_eq!(desk.endings(), ["journal", "lock"], "nothing of this takes it away");
}

#[test]
fn what_cannot_be_read_is_told_and_kept() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.recovery()).expect("made");
    for (name, bytes) in [("a", &b""[..]), ("b", b"\xff\x00garbage"), ("c", b"{\"tielineJournal\":9}\n")] {
        std::fs::write(desk.recovery().join(name).with_extension("journal"), bytes).expect("written");
    }
    let offers = scan(&desk.recovery(), None);
    assert_eq!(offers.len(), 3);
    assert!(
        offers.iter().all(|offer| matches!(offer.content, JournalContent::Unreadable(_)) && !offer.can_be_recovered())
    );
    assert!(offer_text(&offers[2]).join("\n").contains("later version"), "{:?}", offer_text(&offers[2]));
    drop(offers);
    assert_eq!(desk.endings().iter().filter(|ending| *ending == "journal").count(), 3);
    let other = OfferedFile::At(desk.map.clone());
    assert!(scan(&desk.recovery(), Some(&other)).is_empty(), "they are told at the start alone");
}

#[test]
fn locks_and_half_written_journals_of_dead_programs_are_swept() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.recovery()).expect("made");
    let being_written = ".c.journal.tieline-8-0.tmp";
    for name in ["a.lock", ".b.journal.tieline-7-0.tmp", "b.lock", being_written, "other.txt"] {
        std::fs::write(desk.recovery().join(name), "").expect("written");
    }
    let held = std::fs::File::open(desk.recovery().join(being_written)).expect("opened");
    held.lock().expect("locked");
    assert!(find(&desk.recovery()).is_empty());
    assert_eq!(desk.endings(), ["tmp", "txt"], "what a living program writes stays");
    drop(held);
    assert!(find(&desk.recovery()).is_empty());
    assert_eq!(desk.endings(), ["txt"]);
}

#[test]
fn journals_are_found_for_one_file_by_whatever_name() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    open.move_to(1, 310.0);
    let keeper = desk.keeper(NEVER);
    keep(&keeper, &open);
    drop(keeper);
    let other = desk.map.with_file_name("other.json");
    std::fs::write(&other, MAP).expect("written");
    assert!(scan(&desk.recovery(), Some(&OfferedFile::At(other))).is_empty());
    assert!(scan(&desk.recovery(), Some(&OfferedFile::Sample)).is_empty());
    let around = desk.map.parent().expect("a folder").join("..").join("documents").join("map.tieline.json");
    assert_eq!(scan(&desk.recovery(), Some(&OfferedFile::At(around))).len(), 1);
}

#[test]
fn words_and_counts_of_every_kind() {
    let desk = Desk::new();
    let mut open = Open::new(&desk.map);
    open.move_to(0, 9.0);
    open.move_to(1, 9.0);
    open.move_to(2, 600.0);
    open.change(Command::Pin(vec![ActorId(0)]));
    open.change(Command::Hide(vec![Item::Actor(ActorId(2)), Item::Tie(TieId(0))]));
    let (_, add) = open.document.new_note("See", pos2(0.0, 0.0));
    open.change(add);
    open.change(Command::SetLabelMode(tieline::model::LabelMode::None));
    open.change(Command::SetFilter(tieline::model::Filter { hides_unsourced: true, ..Default::default() }));
    let keeper = desk.keeper(NEVER);
    keep(&keeper, &open);
    drop(keeper);
    let offer = only(scan(&desk.recovery(), None));
    let words = what_differs(changes_of(&offer).0);
    let expected = "2 actors moved, 1 actor pinned, 1 actor hidden, 1 note, choice of labels, filters, 1 tie hidden";
    assert_eq!(words, expected, "the third actor was put where it was");
    let origin: &Origin = &open.document.origin;
    assert_eq!(origin.path(), Some(desk.map.as_path()));
}

#[test]
fn typed_texts_alone_are_worth_a_journal_and_leave_none_once_they_are_kept() {
    let desk = Desk::new();
    let open = Open::new(&desk.map);
    let keeper = desk.keeper(NEVER);
    let form = |state, of: &str, text: &str| TypedForm {
        state,
        form: "set".to_owned(),
        of: vec![of.to_owned()],
        part: "when".to_owned(),
        at: None,
        rows: vec![TypedRow { text: text.to_owned(), pasted: None }],
    };
    let mut unsaved = open.unsaved();
    unsaved.typed = vec![form(TypedState::Draft, "t", "last s"), form(TypedState::Draft, "gone", "x")];
    keeper.keep(unsaved.clone(), false);
    assert!(keeper.flusher().flush(LONG));
    // The longer text replaces the shorter one, in a line of its own.
    unsaved.typed = vec![form(TypedState::Draft, "t", "last spring"), form(TypedState::Draft, "gone", "x")];
    keeper.keep(unsaved.clone(), false);
    assert!(keeper.flusher().flush(LONG));
    assert_eq!(std::fs::read_to_string(desk.journal()).expect("read").lines().count(), 3);
    drop(keeper);
    {
        let offer = only(scan(&desk.recovery(), None));
        let (journal, ..) = changes_of(&offer);
        assert_eq!(what_differs(journal), "2 typed texts not yet in the map");
        let applied = journal.apply(&open.document.map, &open.on_disk, &open.on_disk);
        assert_eq!(applied.typed, [form(TypedState::Draft, "t", "last spring")]);
        assert_eq!(applied.left_out.len(), 1, "a record that is not there has no field: {:?}", applied.left_out);
        assert_eq!((applied.made, applied.records), (1, Vec::new()));
    }
    // The file changed, but what is typed is still in no file.
    std::fs::write(&desk.map, MAP.replace("Cedar", "Cypress")).expect("written");
    assert_eq!(scan(&desk.recovery(), None).len(), 1);
    let keeper = desk.keeper(NEVER);
    keeper.keep(unsaved.clone(), false);
    assert!(keeper.flusher().flush(LONG));
    assert_eq!(desk.endings().iter().filter(|ending| *ending == "journal").count(), 2);
    unsaved.typed.clear();
    keeper.keep(unsaved, true);
    assert!(keeper.flusher().flush(LONG));
    assert_eq!(desk.endings().iter().filter(|ending| *ending == "journal").count(), 1, "that of the crash stays");
}
