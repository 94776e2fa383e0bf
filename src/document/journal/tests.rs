//! Tests of journals: looks of every kind, truncated files, garbage, and maps that have changed.

use std::sync::Arc;

use emath::pos2;
use imbl::OrdMap;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Header, Journal, JournalChange, JournalError, JournalState, batch_line, changes, what};
use crate::document::{Filter, Look, Snapshot};
use crate::model::fixture::{self, AGREEMENT, ALDER, BIRCH, INVESTS};
use crate::model::{
    ActorId, ActorKindId, Arrangement, BendPoint, Date, LabelChoice, LabelMode, Map, Note, NoteId, Pair, PairMode,
    Placed, SourceKind, Stage, Status, TieId, TieKindId,
};

fn map() -> Arc<Map> {
    Arc::new(Map::new(fixture::parts()).expect("a sound map"))
}

fn header() -> Header {
    Header::new(Some("/maps/a.tieline.json".to_owned()), None, "00".to_owned(), 7)
}

fn state(map: &Arc<Map>, on_disk: &Look, look: &Look) -> JournalState {
    let on_disk = Snapshot { map: Arc::clone(map), look: Arc::new(on_disk.clone()) };
    JournalState { map: Arc::clone(map), saved: Arc::clone(&on_disk.look), on_disk, look: Arc::new(look.clone()) }
}

/// Returns the journal of looks written one after another.
fn journal_of(map: &Arc<Map>, on_disk: &Look, looks: &[Look]) -> String {
    let mut text = header().line();
    let first = state(map, on_disk, on_disk);
    let mut before: Option<JournalState> = None;
    for (time, look) in (10..).zip(looks) {
        let now = JournalState { look: Arc::new(look.clone()), ..first.clone() };
        text += &batch_line(time, &changes(before.as_ref(), &now));
        before = Some(now);
    }
    text
}

fn applied(map: &Map, on_disk: &Look, text: &str) -> Look {
    let journal = Journal::parse(text.as_bytes()).expect("a journal");
    assert_eq!(journal.unreadable, 0);
    let applied = journal.apply(map, on_disk, on_disk);
    assert_eq!(applied.left_out, []);
    applied.look
}

/// Renumbers the notes, because note ids are only valid while a map is open.
fn with_note_row(look: &Look) -> Look {
    let notes = (0..).map(NoteId).zip(look.notes.values().cloned()).collect();
    Look { notes, ..look.clone() }
}

fn looks_alike(one: &Look, other: &Look) -> bool {
    with_note_row(one) == with_note_row(other)
}

/// A look in which every field differs from the default.
fn full_look() -> Look {
    Look {
        arrangement: Arrangement::Radial,
        seed: u64::MAX,
        positions: vec![(Placed::Actor(ALDER), pos2(1.1, -2.0)), (Placed::Hub(AGREEMENT), pos2(1e7, 0.3))].into(),
        pinned: vec![ALDER].into(),
        hidden: vec![BIRCH].into(),
        hidden_ties: vec![AGREEMENT].into(),
        filter: Filter {
            hidden_actor_kinds: [None, Some(ActorKindId(0))].into(),
            hidden_tie_kinds: [TieKindId(1)].into(),
            hidden_stages: [Stage::ALL[1]].into(),
            hidden_statuses: [Status::ALL[0]].into(),
            hidden_source_kinds: [SourceKind::ALL[2]].into(),
            hides_unsourced: true,
            as_of: Date::parse("2023-05").ok(),
            hidden_tags: ["lobby".to_owned()].into(),
            min_ties: Some(2),
            min_weight: Some(rust_decimal::Decimal::new(15, 1)),
        },
        label_mode: LabelMode::Numbers,
        labels: vec![(INVESTS, LabelChoice::Hide), (AGREEMENT, LabelChoice::Show)].into(),
        bends: vec![(INVESTS, BendPoint { along: 0.25, across: -40.5 })].into(),
        pairs: vec![(Pair::new(ALDER, BIRCH), PairMode::Ties), (Pair::new(BIRCH, BIRCH), PairMode::Ribbon)].into(),
        notes: vec![note(0, "note-1", "See\nthere"), note(4, "note-2", "“ü”")].into(),
        shown: Some(vec![ALDER, BIRCH].into()),
        // Not in a journal.
        set_aside: OrdMap::new(),
    }
}

fn note(id: u32, key: &str, text: &str) -> (NoteId, Note) {
    (NoteId(id), Note { key: key.into(), text: text.to_owned(), at: pos2(0.1, 0.2), width: Some(120.5) })
}

#[test]
fn every_part_of_a_look_comes_back_and_goes_again() {
    let (map, nothing, full) = (map(), Look::default(), full_look());
    assert!(looks_alike(&applied(&map, &nothing, &journal_of(&map, &nothing, std::slice::from_ref(&full))), &full));
    assert!(looks_alike(&applied(&map, &full, &journal_of(&map, &full, std::slice::from_ref(&nothing))), &nothing));
    let undone = journal_of(&map, &nothing, &[full, nothing.clone()]);
    assert!(!Journal::parse(undone.as_bytes()).expect("a journal").has_changes(), "{undone}");
}

#[test]
fn each_part_is_written_alone() {
    let (map, nothing, full) = (map(), Look::default(), full_look());
    let filter = full.filter.clone();
    let parts: [(&str, Look); 11] = [
        (what::PLACE, Look { positions: vec![(Placed::Actor(ALDER), pos2(1.0, 2.0))].into(), ..nothing.clone() }),
        (what::HUB, Look { positions: vec![(Placed::Hub(AGREEMENT), pos2(1.0, 2.0))].into(), ..nothing.clone() }),
        (what::PINNED, Look { pinned: full.pinned.clone(), ..nothing.clone() }),
        (what::HIDDEN, Look { hidden: full.hidden.clone(), ..nothing.clone() }),
        (what::HIDDEN_TIE, Look { hidden_ties: full.hidden_ties.clone(), ..nothing.clone() }),
        (what::BEND, Look { bends: full.bends.clone(), ..nothing.clone() }),
        (what::PAIR, Look { pairs: vec![(Pair::new(ALDER, BIRCH), PairMode::Ties)].into(), ..nothing.clone() }),
        (what::FILTER, Look { filter, ..nothing.clone() }),
        (what::SHOWN, Look { shown: full.shown.clone(), ..nothing.clone() }),
        (what::LABEL_MODE, Look { label_mode: full.label_mode, ..nothing.clone() }),
        (what::ARRANGEMENT, Look { seed: 2, ..nothing.clone() }),
    ];
    for (name, look) in parts {
        let told = changes(None, &state(&map, &nothing, &look));
        assert_eq!(told.iter().map(|change| change.what.as_str()).collect::<Vec<_>>(), [name]);
    }
}

#[test]
fn keys_are_those_of_the_file_and_numbers_are_short() {
    let map = map();
    let look = Look { positions: vec![(Placed::Actor(BIRCH), pos2(1.1, 300.0))].into(), ..Look::default() };
    let text = journal_of(&map, &Look::default(), &[look]);
    let key = &map.actor(BIRCH).key;
    assert!(text.contains(&format!(r#"{{"what":"place","of":"{key}","to":[1.1,300.0]}}"#)), "{text}");
}

#[test]
fn what_does_not_change_is_not_written_again() {
    let map = map();
    let moved = |x: f32| Look { positions: vec![(Placed::Actor(ALDER), pos2(x, 0.0))].into(), ..full_look() };
    let first = state(&map, &Look::default(), &moved(1.0));
    let second = JournalState { look: Arc::new(moved(2.0)), ..first.clone() };
    assert_eq!(changes(Some(&first), &second).len(), 1, "one actor is moved");
    assert_eq!(changes(Some(&second), &second), []);
}

#[test]
fn settled_places_are_no_changes_and_give_way_to_the_file() {
    let map = map();
    let base = state(&map, &Look::default(), &Look::default());
    let settled = Look { positions: vec![(Placed::Actor(ALDER), pos2(5.0, 5.0))].into(), ..Look::default() };
    let mut look = settled.clone();
    look.positions.insert(Placed::Actor(BIRCH), pos2(9.0, 9.0));
    let now = JournalState { saved: Arc::new(settled), look: Arc::new(look.clone()), ..base };
    let text = header().line() + &batch_line(1, &changes(None, &now));
    let journal = Journal::parse(text.as_bytes()).expect("a journal");
    assert!(journal.has_changes());
    assert_eq!(journal.differences().map(|(name, ..)| name).collect::<Vec<_>>(), [what::PLACE, what::SETTLED]);
    assert_eq!(journal.apply(&map, &now.on_disk.look, &now.on_disk.look).look, look);
    let given = Look { positions: vec![(Placed::Actor(ALDER), pos2(7.0, 7.0))].into(), ..Look::default() };
    let onto_given = journal.apply(&map, &given, &given);
    assert_eq!(onto_given.look.positions[&Placed::Actor(ALDER)], pos2(7.0, 7.0), "the file has a place for it now");
    assert_eq!(onto_given.made, 1);
}

#[test]
fn what_no_longer_fits_is_left_out_and_kept() {
    let map = map();
    let text = journal_of(&map, &Look::default(), &[full_look()]);
    let mut parts = fixture::parts();
    // Different ids, as if all records had been replaced.
    parts.actors.iter_mut().for_each(|actor| actor.key = format!("new-{}", actor.key).into());
    let other = Map::new(parts).expect("a sound map");
    let journal = Journal::parse(text.as_bytes()).expect("a journal");
    let applied = journal.apply(&other, &Look::default(), &Look::default());
    let left: Vec<&str> = applied.left_out.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(left, [what::HIDDEN, what::PAIR, what::PAIR, what::PINNED, what::PLACE, what::SHOWN]);
    assert_eq!(applied.look.shown, None, "not an empty picture");
    assert_eq!(applied.look.notes.len(), 2);
    assert_eq!(applied.look.filter, full_look().filter);
    // They are restored from a journal that contains them.
    let carried = header().line() + &batch_line(1, &applied.left_out);
    let again = Journal::parse(carried.as_bytes()).expect("a journal").apply(&map, &Look::default(), &Look::default());
    assert_eq!((again.look.pinned, again.look.hidden), (full_look().pinned, full_look().hidden));
}

#[test]
fn words_of_a_filter_that_the_map_lacks_are_left_out_alone() {
    let map = map();
    let filter = json!({ "hiddenStages": [Stage::ALL[0].word(), "never"], "hideUnsourced": true, "asOf": "soon" });
    let change =
        JournalChange { what: what::FILTER.to_owned(), of: String::new(), to: filter, was: Value::Null, same: false };
    let text = header().line() + &batch_line(1, &[change]);
    let applied = Journal::parse(text.as_bytes()).expect("a journal").apply(&map, &Look::default(), &Look::default());
    assert_eq!(applied.left_out.len(), 1);
    assert!(applied.look.filter.hides_unsourced && applied.look.filter.hidden_stages == [Stage::ALL[0]].into());
}

#[test]
fn garbage_is_counted_and_costs_nothing_else() {
    let map = map();
    let place = |x: f64| json!({ "what": "place", "of": &*map.actor(ALDER).key, "to": [x, 0] });
    let deep = "[".repeat(100_000);
    let lines = [
        json!({ "at": 5, "changes": [place(1.0)] }).to_string(),
        "not json".to_owned(),
        String::new(),
        deep,
        json!({ "at": "late", "changes": [] }).to_string(),
        json!({ "at": 9, "changes": [42, { "of": "a" }, { "what": "rename", "of": "a", "to": "B" }, place(1e39)] })
            .to_string(),
    ];
    let text = header().line() + &lines.join("\n") + "\n";
    let journal = Journal::parse(text.as_bytes()).expect("a journal");
    assert_eq!((journal.unreadable, journal.last), (6, 9));
    let applied = journal.apply(&map, &Look::default(), &Look::default());
    let left: Vec<&str> = applied.left_out.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(left, ["place", "rename"], "a place beyond all bounds and a change of a later version");
    assert_eq!(applied.look, Look::default());
}

#[test]
fn what_is_no_journal_is_told_from_one_of_a_later_version() {
    for bytes in [&b""[..], b"\n", b"{}\n", b"\xff\xfe\n", b"{\"tielineJournal\":1}\n", b"{\"tielineJournal\":1"] {
        assert_eq!(Journal::parse(bytes), Err(JournalError::NoHeader), "{bytes:?}");
    }
    assert_eq!(Journal::parse(b"{\"tielineJournal\":2,\"other\":[]}\n"), Err(JournalError::Newer(2)));
}

#[test]
fn hidden_characters_of_a_note_are_written_out() {
    let map = map();
    let note = json!({ "text": "pay\u{202e}lap", "at": [0, 0] });
    let change = JournalChange {
        what: what::NOTE.to_owned(),
        of: "n\u{202e}".to_owned(),
        to: note,
        was: Value::Null,
        same: false,
    };
    let text = header().line() + &batch_line(1, &[change]);
    let look = applied(&map, &Look::default(), &text);
    let note = look.notes.values().next().expect("a note");
    assert_eq!((&*note.text, &*note.key), ("pay[U+202E]lap", "n[U+202E]"));
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let map = map();
    let actor_kinds = map.actor_kinds().len() as u32;
    let tie_kinds = map.tie_kinds().len() as u32;
    let kinds = btree_set(proptest::option::of((0..actor_kinds).prop_map(ActorKindId)), 0..3);
    (
        kinds,
        btree_set((0..tie_kinds).prop_map(TieKindId), 0..3),
        btree_set(proptest::sample::select(Stage::ALL), 0..3),
        btree_set(proptest::sample::select(Status::ALL), 0..3),
        btree_set(proptest::sample::select(SourceKind::ALL), 0..3),
        any::<bool>(),
        proptest::option::of(proptest::sample::select(&["2020", "2021-03-04", "2019/2022"][..])),
    )
        .prop_map(|(actors, ties, stages, statuses, sources, hides_unsourced, as_of)| Filter {
            hidden_actor_kinds: actors,
            hidden_tie_kinds: ties,
            hidden_stages: stages,
            hidden_statuses: statuses,
            hidden_source_kinds: sources,
            hides_unsourced,
            as_of: as_of.and_then(|text| Date::parse(text).ok()),
            ..Filter::default()
        })
}

fn any_place() -> impl Strategy<Value = Placed> {
    prop_oneof![(0..4u32).prop_map(|id| Placed::Actor(ActorId(id))), Just(Placed::Hub(AGREEMENT))]
}

fn any_notes() -> impl Strategy<Value = std::collections::BTreeMap<NoteId, Note>> {
    let one = ("[a-z“ü]{0,4}\n?", -1e7f32..1e7, -1e3f32..1e3, proptest::option::of(0.0f32..1e3));
    vec((0..40u32, 0..12u8, one), 0..6).prop_map(|notes| {
        let mut keys = std::collections::BTreeSet::new();
        let mut made = std::collections::BTreeMap::new();
        for (id, key, (text, x, y, width)) in notes {
            if !made.contains_key(&NoteId(id)) && keys.insert(key) {
                made.insert(NoteId(id), Note { key: format!("note-{key}").into(), text, at: pos2(x, y), width });
            }
        }
        made
    })
}

fn any_look() -> impl Strategy<Value = Look> {
    let number = -1e7f32..1e7;
    (
        (proptest::sample::select(Arrangement::ALL), any::<u64>(), proptest::sample::select(LabelMode::ALL)),
        btree_map(any_place(), (number.clone(), number.clone()).prop_map(|(x, y)| pos2(x, y)), 0..6),
        btree_set((0..4u32).prop_map(ActorId), 0..4),
        (btree_set((0..4u32).prop_map(ActorId), 0..4), btree_set((0..8u32).prop_map(TieId), 0..4)),
        any_filter(),
        btree_map((0..8u32).prop_map(TieId), prop_oneof![Just(LabelChoice::Show), Just(LabelChoice::Hide)], 0..4),
        btree_map((0..8u32).prop_map(TieId), (0.0f32..1.0, -1e3f32..1e3), 0..4),
        (
            any_notes(),
            btree_map(any_pair(), prop_oneof![Just(PairMode::Ties), Just(PairMode::Ribbon)], 0..3),
            option::of(btree_set((0..4u32).prop_map(ActorId), 0..4)),
        ),
    )
        .prop_map(
            |(
                (arrangement, seed, label_mode),
                positions,
                pinned,
                (hidden, ties),
                filter,
                labels,
                bends,
                (notes, pairs, shown),
            )| {
                Look {
                    arrangement,
                    seed,
                    positions: positions.into(),
                    pinned: pinned.into(),
                    hidden: hidden.into(),
                    hidden_ties: ties.into(),
                    filter,
                    label_mode,
                    labels: labels.into(),
                    bends: bends.into_iter().map(|(tie, (along, across))| (tie, BendPoint { along, across })).collect(),
                    notes: notes.into(),
                    pairs: pairs.into(),
                    shown: shown.map(Into::into),
                    set_aside: OrdMap::new(),
                }
            },
        )
}

fn any_pair() -> impl Strategy<Value = Pair> {
    (0..4u32, 0..4u32).prop_map(|(one, other)| Pair::new(ActorId(one), ActorId(other)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_journal_onto_its_base_is_the_last_look(base in any_look(), looks in vec(any_look(), 1..5)) {
        let map = map();
        let text = journal_of(&map, &base, &looks);
        let last = looks.last().expect("one at least");
        prop_assert!(looks_alike(&applied(&map, &base, &text), last), "{text}");
    }

    #[test]
    fn changes_say_whether_looks_differ(base in any_look(), look in any_look()) {
        let map = map();
        let now = state(&map, &base, &look);
        prop_assert_eq!(changes(None, &now).is_empty(), with_note_row(&base) == with_note_row(&look));
    }
}

#[test]
fn torn_at_every_byte_a_journal_gives_one_of_the_looks_before() {
    let map = map();
    let base = Look::default();
    let mut looks = vec![full_look()];
    for step in 0..4u32 {
        let mut next = looks[looks.len() - 1].clone();
        next.positions.insert(Placed::Actor(ActorId(step % 4)), pos2(step as f32, 3.5));
        next.notes.insert(NoteId(20 + step), note(0, &format!("n{step}"), "ü").1);
        next.pinned = vec![ActorId(step % 4)].into();
        looks.push(next);
    }
    let text = journal_of(&map, &base, &looks);
    let header_end = text.find('\n').expect("a line") + 1;
    for end in 0..=text.len() {
        let torn = &text.as_bytes()[..end];
        if end < header_end {
            assert_eq!(Journal::parse(torn), Err(JournalError::NoHeader), "cut at {end}");
            continue;
        }
        let whole_lines = torn[header_end..].split(|&byte| byte == b'\n').count() - 1;
        let journal = Journal::parse(torn).expect("a journal");
        assert_eq!(journal.unreadable, 0, "cut at {end}");
        let expected = if whole_lines == 0 { &base } else { &looks[whole_lines - 1] };
        assert!(looks_alike(&journal.apply(&map, &base, &base).look, expected), "cut at {end}");
    }
}
