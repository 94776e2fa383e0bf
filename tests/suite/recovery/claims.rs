//! Edits claims at random in a process that is killed at random moments, with undo, redo and saves in between.
//!
//! After each kill the file is byte for byte one that was saved, what is recovered is the map as it was after one of
//! the edits and none older than the last one reported as on disk, and nothing is left lying about. For many rounds:
//! `TIELINE_TEST_KILLS=2000 cargo test --test suite -- recovery::claims::slow`.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::sync::Arc;
use std::time::Duration;

use emath::pos2;
use serde_json::Value;
use tieline::document::edit::{
    ActorChoice, Edits, Field, FieldValue, KindChoice, NewTie, SourceChoice, TextEntry, add_actor, read_typed, remove,
    set_field, set_meta, set_values,
};
use tieline::document::journal::{Header, Journal, JournalState, batch_line, changes};
use tieline::document::{Change, Command, Document, History, Snapshot, Transaction};
use tieline::load::{Origin, load_file, load_map};
use tieline::model::{
    Actor, ActorId, ClaimId, Evidence, Item, MapMeta, Placed, Quote, Source, SourceId, Stance, TieId, Word,
};
use tieline::recovery::{JournalThread, Unsaved, base_hash, find, scan};
use tieline::save::{self, Disk, IfChanged, MapContent, save_over, save_text, write_map};
use tieline::wording::typed::Typed;

use super::{Desk, LONG, changes_of};

/// Map of the child process, and the seed of its edits; unset when a person starts the test binary.
const MAP_OF_CHILD: &str = "TIELINE_TEST_CLAIMS_OF";
const SEED: &str = "TIELINE_TEST_SEED";

/// Number of times the process is killed, unless `TIELINE_TEST_KILLS` is set.
const KILLS: u32 = 40;

/// Number of edits after which the child waits for the disk and reports it.
const SAID_EVERY: u32 = 8;

/// An editing session that is the same in every process with the same seed.
struct Editor {
    document: Document,
    history: History,
    on_disk: Snapshot,
    random: u64,
    step: u32,
}

impl Editor {
    fn new(origin: Origin, seed: u64) -> Self {
        let map = load_map(origin.bytes(), "map.tieline.json").expect("opens").map;
        let document = Document::new(Arc::new(map), Arc::new(origin));
        Self { on_disk: document.base(), document, history: History::default(), random: seed | 1, step: 0 }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) as usize % bound.max(1)
    }

    fn actor(&mut self) -> ActorId {
        let ids: Vec<ActorId> = self.document.map.actors().ids().collect();
        ids[self.below(ids.len())]
    }

    fn tie(&mut self) -> Option<TieId> {
        let ids: Vec<TieId> = self.document.map.ties().ids().collect();
        let at = self.below(ids.len());
        ids.get(at).copied()
    }

    fn apply(&mut self, transaction: &Transaction) {
        if transaction.is_empty() {
            return;
        }
        let applied = self.document.apply(transaction).expect("it fits");
        self.history.record(applied.inverse);
        self.document = applied.document;
    }

    /// Makes the next random edit, and notes its number in the map. Returns whether the map is to be saved after it.
    fn edit(&mut self) -> bool {
        self.step += 1;
        let step = self.step;
        match self.below(12) {
            0 | 1 => {
                let mut edits = Edits::new(&self.document);
                let actor = edits.actor(&ActorChoice::New(format!("Actor of step {step}"))).expect("named");
                edits.place(actor, pos2(step as f32, 0.5)).expect("it is there");
                self.apply(&edits.finish("Add an actor").expect("it fits"));
            }
            2 | 3 => self.add_tie(),
            4 => {
                if let Some(tie) = self.tie() {
                    let text = ["$13m", "more than €2bn", "27 %", "£1–2m"][self.below(4)];
                    let read = read_typed(&self.document, Item::Tie(tie), TextEntry::HowMuch, text, None);
                    let Typed::Means(meaning) = read else { panic!("{text} is read") };
                    self.apply(&set_values(&self.document, &[Item::Tie(tie)], &meaning.value).expect("it can be set"));
                }
            }
            5 | 6 => self.cite(),
            7 => {
                let (item, name) = (Item::Actor(self.actor()), FieldValue::Words(format!("Renamed in step {step}")));
                self.apply(&set_field(&self.document, item, Field::Name, name).expect("it can be set"));
            }
            8 => {
                let item = match self.tie() {
                    Some(tie) if step.is_multiple_of(2) => Item::Tie(tie),
                    _ if self.document.map.actors().len() > 3 => Item::Actor(self.actor()),
                    _ => return false,
                };
                self.apply(&remove(&self.document, &[item]).expect("it can be removed"));
            }
            9 => {
                let undone = self.history.undo(&self.document);
                self.stepped(undone.map(|step| step.expect("an own step fits").0));
            }
            10 => {
                let redone = self.history.redo(&self.document);
                self.stepped(redone.map(|step| step.expect("an own step fits").0));
            }
            _ => {
                let at = Command::Move(vec![(Placed::Actor(self.actor()), pos2(-1.0, step as f32))]);
                let transaction = at.transaction(&self.document);
                self.apply(&transaction);
            }
        }
        // Not a step to undo, so that each state is told from all others.
        let meta = MapMeta { note: Some(format!("step {step}")), ..self.document.map.meta().clone() };
        self.document = self.document.apply(&set_meta(&self.document, meta)).expect("it fits").document;
        self.below(6) == 0
    }

    fn stepped(&mut self, step: Option<Document>) {
        if let Some(document) = step {
            self.document = document;
        }
    }

    fn add_tie(&mut self) {
        let ends = [self.actor(), self.actor()].map(ActorChoice::Known);
        let [from, to] = ends;
        let kind = KindChoice::New(["Loan", "Grant", "Lawsuit"][self.below(3)].to_owned());
        let known = |label: &str| self.document.map.tie_kinds().iter().find(|(_, it)| it.label == label).map(|it| it.0);
        let KindChoice::New(label) = &kind else { return };
        let kind = known(label).map_or(kind.clone(), KindChoice::Known);
        let new = NewTie { from, to, kind, values: Vec::new(), proof: None };
        let mut edits = Edits::new(&self.document);
        edits.add_tie(&new).expect("it can be added");
        self.apply(&edits.finish("Add a tie").expect("it fits"));
    }

    fn cite(&mut self) {
        let Some(tie) = self.tie() else { return };
        let sources: Vec<SourceId> = self.document.map.sources().ids().collect();
        let at = self.below(sources.len() + 1);
        let step = self.step;
        let source = sources.get(at).map_or_else(
            || {
                let title = Some(format!("Report {step}"));
                let url = Some(format!("https://example.org/{step}"));
                SourceChoice::New(Box::new(Source { title, url, ..Source::default() }))
            },
            |known| SourceChoice::Known(*known),
        );
        let evidence = Evidence {
            source: SourceId(0),
            stance: Word::Known(Stance::Supports),
            proves: Vec::new(),
            quote: Some(Quote { exact: format!("words of step {step}, “quoted”"), ..Quote::default() }),
            locator: None,
            cited_in: None,
            note: None,
        };
        let mut edits = Edits::new(&self.document);
        edits.cite(&[ClaimId::Tie(tie)], &source, &evidence).expect("it can be cited");
        self.apply(&edits.finish("Cite a source").expect("it fits"));
    }

    /// Returns the text that saving writes.
    fn text(&self) -> String {
        let [was, is] = [&self.on_disk, &self.document.base()].map(|snapshot| snapshot.look.to_view(&snapshot.map));
        let before = MapContent { map: &self.on_disk.map, view: &was };
        let now = MapContent { map: &self.document.map, view: &is };
        save_text(&self.document.origin, before, now).expect("it opens as what was to be saved").text
    }

    /// Takes over what was written.
    fn saved(&mut self, origin: Origin) {
        self.document.origin = Arc::new(origin);
        self.on_disk = self.document.base();
    }

    fn unsaved(&self) -> Unsaved {
        let (map, look) = (Arc::clone(&self.document.map), Arc::clone(&self.document.look));
        let state = JournalState { map, look, saved: Arc::clone(&self.on_disk.look), on_disk: self.on_disk.clone() };
        Unsaved { state, origin: Arc::clone(&self.document.origin), typed: Vec::new() }
    }
}

#[test]
#[ignore = "the process that `after_each_kill…` starts and kills"]
fn child_that_edits_for_ever() {
    let Some(map) = std::env::var_os(MAP_OF_CHILD).map(PathBuf::from) else { return };
    let seed = std::env::var(SEED).ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let recovery = map.parent().and_then(Path::parent).expect("folders").join("data").join("recovery");
    let mut editor = Editor::new(load_file(&map).expect("opens").1, seed);
    let keeper = JournalThread::start(recovery, Duration::from_micros(300), Arc::new(|| {}));
    // If the reader is gone, the kill is about to follow.
    let say = |words: &str, step: u32| drop(writeln!(std::io::stdout(), "{words} {step}"));
    for step in 1.. {
        let saves = editor.edit();
        keeper.keep(editor.unsaved(), false);
        if step % SAID_EVERY == 0 {
            assert!(keeper.flusher().flush(LONG));
            say("kept", step);
        }
        if saves {
            let text = editor.text();
            assert!(keeper.flusher().announce(base_hash(text.as_bytes()), LONG));
            let origin = save_over(&editor.document.origin, &text, IfChanged::Refuse, &Disk).expect("saves");
            say("kept", step);
            editor.saved(origin);
            keeper.keep(editor.unsaved(), true);
        }
    }
}

/// Returns a map as JSON in which records are ordered by their ids: those of the same content are equal.
fn told(document: &Document) -> Value {
    let view = document.look.to_view(&document.map);
    let text = write_map(&document.map);
    let mut json: Value = serde_json::from_str(&text).expect("JSON");
    for list in ["actors", "sources", "ties", "facts"] {
        if let Some(Value::Array(records)) = json.get_mut(list) {
            records.sort_by_key(|record| record["id"].to_string());
        }
    }
    let mut places: Vec<String> = view
        .positions
        .iter()
        .map(|(actor, at)| format!("{} {} {}", document.map.actor(*actor).key, at.x, at.y))
        .collect();
    places.sort_unstable();
    json["views"] = places.into();
    json
}

/// Returns the step after which a map was so.
fn step_of(meta: &MapMeta) -> u32 {
    meta.note.as_deref().and_then(|note| note.strip_prefix("step ")).and_then(|step| step.parse().ok()).unwrap_or(0)
}

/// Starts the child, and kills it some time after its first report; returns the last step reported as on disk.
fn run_and_kill(desk: &Desk, seed: u32) -> u32 {
    let mut child: Child = Process::new(std::env::current_exe().expect("this program"))
        .args(["recovery::claims::child_that_edits_for_ever", "--exact", "--ignored", "--nocapture"])
        .arg("--test-threads=1")
        .env(MAP_OF_CHILD, &desk.map)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let kept = |line: &str| line.rsplit_once("kept ").and_then(|(_, step)| step.trim().parse::<u32>().ok());
    let (mut said, mut line) = (0, String::new());
    while said == 0 {
        line.clear();
        assert!(stdout.read_line(&mut line).expect("readable") > 0, "the child ended by itself");
        said = kept(&line).unwrap_or(0);
    }
    // Spreads the kills over the time of several edits and saves.
    std::thread::sleep(Duration::from_micros(u64::from(seed * 7_919 % 119_983)));
    child.kill().expect("killed");
    child.wait().expect("ended");
    stdout.lines().map_while(Result::ok).filter_map(|line| kept(&line)).last().unwrap_or(said)
}

/// What a round came to.
#[derive(Default)]
struct Round {
    step: u32,
    said: u32,
    had_journal: bool,
    had_leftover: bool,
}

fn round(seed: u32) -> Round {
    let desk = Desk::new();
    let said = run_and_kill(&desk, seed);
    let folder = desk.map.parent().expect("a folder");
    let names = || std::fs::read_dir(folder).expect("listed").count();
    let had_leftover = names() > 1;
    let bytes = std::fs::read(&desk.map).expect("it is there");
    let (loaded, origin) = load_file(&desk.map).expect("it opens");
    let in_file = Document::new(Arc::new(loaded.map), Arc::new(origin));

    let mut offers = scan(&desk.recovery(), None);
    assert!(offers.len() <= 1, "round {seed}: {offers:?}");
    let offer = offers.pop();
    let recovered = offer.as_ref().map_or_else(
        || in_file.clone(),
        |offer| {
            let (journal, ..) = changes_of(offer);
            assert_eq!(journal.unreadable, 0, "round {seed}");
            let applied = journal.apply(&in_file.map, &in_file.look, &in_file.look);
            assert_eq!(applied.left_out, [], "round {seed}");
            let mut transaction = Transaction::of_looks("", &in_file.look, &applied.look);
            transaction.changes.extend(applied.records.into_iter().map(Change::Record));
            in_file.apply(&transaction).expect("it fits").document
        },
    );
    let step = step_of(recovered.map.meta());
    assert!(step >= said, "round {seed}: step {step} is recovered, and {said} was on the disk");

    let mut editor = Editor::new(Origin::without_file(super::MAP.as_bytes().into()), u64::from(seed));
    let mut texts = HashMap::from([(0, super::MAP.to_owned())]);
    for step in 1..=step {
        if editor.edit() {
            let text = editor.text();
            if step_of(in_file.map.meta()) >= step {
                editor.saved(Origin::without_file(text.as_bytes().into()));
            }
            texts.insert(step, text);
        }
    }
    let written = texts.get(&step_of(in_file.map.meta())).map(String::as_bytes);
    assert!(written == Some(&bytes), "round {seed}: the file is none of those that were saved");
    assert_eq!(told(&recovered), told(&editor.document), "round {seed}: recovered is not the map after step {step}");

    let had_journal = offer.is_some();
    if let Some(offer) = &offer {
        offer.found.remove().expect("removed");
    }
    drop(offer);
    save::save_file(&desk.map, &String::from_utf8(bytes).expect("text"), &Disk).expect("saves");
    assert_eq!(names(), 1, "round {seed}: the next save sweeps");
    assert!(find(&desk.recovery()).is_empty());
    assert_eq!(desk.endings(), [""; 0], "round {seed}: nothing is left");
    Round { step, said, had_journal, had_leftover }
}

fn rounds(seeds: std::ops::Range<u32>) {
    let rounds: Vec<Round> = seeds.map(round).collect();
    let count = |is: fn(&Round) -> bool| rounds.iter().filter(|round| is(round)).count();
    let lost = rounds.iter().map(|round| round.step - round.said).max().unwrap_or_default();
    println!(
        "{} kills after {} to {} edits: {} with a journal, {} in the middle of a save; at most {lost} edits were on \
         the disk before it was said",
        rounds.len(),
        rounds.iter().map(|round| round.step).min().unwrap_or_default(),
        rounds.iter().map(|round| round.step).max().unwrap_or_default(),
        count(|round| round.had_journal),
        count(|round| round.had_leftover),
    );
    assert!(count(|round| round.had_journal) > 0, "some kills come before a save");
}

#[test]
fn a_record_that_is_deleted_made_again_under_its_id_and_undone_is_not_back() {
    let origin = Arc::new(Origin::without_file(super::MAP.as_bytes().into()));
    let mut editor = Editor::new(Origin::clone(&origin), 1);
    let gone = editor.document.map.find("b").expect("the actor");
    let first = editor.unsaved().state;
    editor.apply(&remove(&editor.document, &[gone]).expect("it can be removed"));
    let without = editor.unsaved().state;
    let again = Actor { key: "b".into(), name: "Birch again".to_owned(), ..Actor::default() };
    editor.apply(&add_actor(&editor.document, again).1);
    let made = editor.unsaved().state;
    let header = Header::new(None, None, base_hash(origin.bytes()), 0).line();
    let told_by = |states: &[&JournalState]| {
        let mut text = header.clone();
        for (at, pair) in (1..).zip(states.windows(2)) {
            text += &batch_line(at, &changes(Some(pair[0]), pair[1]));
        }
        let journal = Journal::parse(text.as_bytes()).expect("a journal");
        let applied = journal.apply(&first.map, &first.look, &first.look);
        assert_eq!(applied.left_out, []);
        let map = first.map.with_changes(&applied.records).expect("it fits");
        map.actors().values().map(|actor| actor.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(told_by(&[&first, &without, &made]), ["Alder", "Birch again", "Cedar"]);
    assert_eq!(told_by(&[&first, &without, &made, &without]), ["Alder", "Cedar"], "undone");
}

#[test]
fn after_each_kill_file_and_recovered_map_are_whole_and_recent() {
    rounds(1..5);
}

mod slow {
    use super::*;

    #[test]
    fn after_many_kills_file_and_recovered_map_are_whole_and_recent() {
        let kills = std::env::var("TIELINE_TEST_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
        rounds(100..100 + kills);
    }
}
