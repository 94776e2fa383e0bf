//! One specification over every edit: each command, and each field of each type of record, set and cleared.
//!
//! The document must match its saved text; undo restores everything to the byte, and redo restores the edit.

use std::collections::BTreeSet;

use emath::pos2;
use tieline::document::edit::{self, Field, FieldValue};
use tieline::document::{Alignment, Command, Document, Filter, among};
use tieline::model::{
    ActorId, Amount, Arrangement, BendPoint, Bound, ClaimId, Confidence, Date, Ends, Item, LabelChoice, LabelMode, Map,
    NoteId, Pair, PairMode, Placed, Retraction, SourceId, SourceKind, Stage, StageChange, Status, TieId,
};

use super::goldens::told;
use super::script::Session;

const RECORDS: &str = include_str!("../../data/saving/before/records.tieline.jsonc");
const NOTES: &str = include_str!("../../data/saving/before/notes.tieline.jsonc");

/// Applies some steps to a file and asserts the specification for them.
pub(super) fn assert_specification(name: &str, base: &str, steps: impl FnOnce(&mut Session)) {
    let mut session = Session::open(base.as_bytes());
    let first = session.document.clone();
    steps(&mut session);
    let done = session.document.clone();
    assert!(is_other(&first, &done), "{name} changes nothing");
    let saved = session.saved();
    assert_eq!(saved.rewritten, None, "{name}");
    let again = Session::open(saved.text.as_bytes());
    assert_eq!(told(&again.document), told(&done), "{name} is read back as something else\n{}", saved.text);

    session.undo_all();
    assert!(!is_other(&first, &session.document), "{name}: undone");
    assert_eq!(session.saved().text, base, "{name}: undone");
    session.redo_all();
    assert!(!is_other(&done, &session.document), "{name}: redone");
    assert_eq!(session.saved(), saved, "{name}: redone");
}

fn is_other(one: &Document, other: &Document) -> bool {
    one.map.records() != other.map.records() || one.look != other.look
}

/// Returns a command of each type, for the map of records except for commands about notes.
fn commands() -> Vec<Command> {
    let (alder, birch) = (ActorId(0), ActorId(1));
    let places = vec![(Placed::Actor(alder), pos2(10.0, 20.0)), (Placed::Hub(TieId(3)), pos2(-5.5, 7.0))];
    vec![
        Command::Move(places.clone()),
        Command::Align(Alignment::Left, places),
        Command::Pin(vec![alder, birch]),
        Command::Hide(vec![Item::Actor(alder), Item::Tie(TieId(1))]),
        Command::Show(vec![Item::Actor(ActorId(2))]),
        Command::ShowHidden,
        Command::ShowAll,
        among([alder, ActorId(2)]),
        Command::SetFilter(Filter { as_of: Date::parse("2020").ok(), ..Filter::default() }),
        Command::SetLabels(vec![TieId(0), TieId(1)], Some(LabelChoice::Show)),
        Command::SetLabelMode(LabelMode::Numbers),
        Command::SetPair(Pair::new(birch, alder), Some(PairMode::Ribbon)),
        Command::Bend(TieId(2), Some(BendPoint { along: 0.5, across: -30.0 })),
        Command::LayOutAgain { arrangement: Arrangement::Circle, seed: 9 },
        Command::EditNote(NoteId(0), "Another\ntext".to_owned()),
        Command::MoveNote(NoteId(0), pos2(1.0, 2.0)),
        Command::RemoveNote(NoteId(1)),
    ]
}

/// Returns the name of a command; the match forces new types to be added to [`commands`] too.
fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Move(_) => "Move",
        Command::Align(..) => "Align",
        Command::Pin(_) => "Pin",
        Command::Unpin(_) => "Unpin",
        Command::Hide(_) => "Hide",
        Command::Show(_) => "Show",
        Command::ShowHidden => "ShowHidden",
        Command::ShowAll => "ShowAll",
        Command::Explore(..) => "Explore",
        Command::SetFilter(_) => "SetFilter",
        Command::SetLabels(..) => "SetLabels",
        Command::SetLabelMode(_) => "SetLabelMode",
        Command::SetPair(..) => "SetPair",
        Command::AddNote(..) => "AddNote",
        Command::EditNote(..) => "EditNote",
        Command::MoveNote(..) => "MoveNote",
        Command::RemoveNote(_) => "RemoveNote",
        Command::Bend(..) => "Bend",
        Command::LayOutAgain { .. } => "LayOutAgain",
    }
}

#[test]
fn every_command_is_saved_and_taken_back() {
    let mut names = BTreeSet::new();
    for command in commands() {
        let name = name_of(&command);
        names.insert(name);
        let base = if name.ends_with("Note") { NOTES } else { RECORDS };
        assert_specification(name, base, |session| session.look(command));
    }
    // Commands that revert another one, or that need a document.
    assert_specification("Unpin", RECORDS, |session| {
        session.look(Command::Pin(vec![ActorId(0), ActorId(1)]));
        session.look(Command::Unpin(vec![ActorId(1)]));
    });
    assert_specification("AddNote", RECORDS, |session| {
        let (_, command) = session.document.new_note("New", pos2(3.0, 4.0));
        assert_eq!(name_of(&command), "AddNote");
        session.look(command);
    });
    assert_eq!(names.len() + 2, 19, "one of each sort: {names:?}");
}

/// Returns values for a field of this type; references point at records of the file.
fn values(map: &Map, field: Field, before: &FieldValue) -> Vec<FieldValue> {
    let words = || Some("https://other.example.org/\"quoted\"".to_owned());
    let date = Date::parse("2001-02").ok();
    let claim = ClaimId::Tie(TieId(2));
    match before {
        FieldValue::Words(_) => ["Other \\ “words” /* no */ // remark", " two\r\nlines\u{202e} and\tmore"]
            .map(|words| FieldValue::Words(words.to_owned()))
            .into(),
        FieldValue::OptionalWords(_) => [words(), None].map(FieldValue::OptionalWords).into(),
        FieldValue::List(_) => {
            [vec!["One".to_owned(), "Two\nlines".to_owned(), " ".to_owned()], vec![]].map(FieldValue::List).into()
        }
        FieldValue::Pairs(_) => [vec![("lei".to_owned(), "5299".to_owned())], vec![]].map(FieldValue::Pairs).into(),
        FieldValue::Date(_) => [date, None].map(FieldValue::Date).into(),
        FieldValue::Flag(is) => vec![FieldValue::Flag(!is)],
        FieldValue::ActorKind(_) => [map.find_actor_kind("bank"), None].map(FieldValue::ActorKind).into(),
        FieldValue::TieKind(kind) => map.tie_kinds().ids().filter(|id| id != kind).map(FieldValue::TieKind).collect(),
        FieldValue::SourceKind(_) => [Some(SourceKind::from_word("court")), Some(SourceKind::from_word("rumor")), None]
            .map(FieldValue::SourceKind)
            .into(),
        FieldValue::Stage(_) => [Some(Stage::from_word("planned")), None].map(FieldValue::Stage).into(),
        FieldValue::Stages(_) => {
            let change = |word: &str, date| StageChange { stage: Stage::from_word(word), date };
            [vec![change("rumored", None), change("done", Date::parse("2020").ok())], vec![]]
                .map(FieldValue::Stages)
                .into()
        }
        FieldValue::Status(_) => [Some(Status::from_word("disputed")), None].map(FieldValue::Status).into(),
        FieldValue::Confidence(_) => [Some(Confidence::from_word("low")), None].map(FieldValue::Confidence).into(),
        FieldValue::Ends(_) => vec![FieldValue::Ends(Ends::Pair { from: ActorId(1), to: ActorId(1) })],
        FieldValue::Actor(_) => vec![FieldValue::Actor(ActorId(3))],
        FieldValue::OptionalActor(_) => [Some(ActorId(3)), None].map(FieldValue::OptionalActor).into(),
        FieldValue::Actors(_) => [vec![ActorId(3), ActorId(1)], vec![]].map(FieldValue::Actors).into(),
        FieldValue::OptionalSource(_) => [Some(SourceId(1)), None].map(FieldValue::OptionalSource).into(),
        FieldValue::OptionalClaim(_) => [Some(claim), None].map(FieldValue::OptionalClaim).into(),
        FieldValue::Claims(_) => [vec![claim], vec![]].map(FieldValue::Claims).into(),
        FieldValue::Retraction(_) => {
            let retraction = Retraction { date, reason: words(), source: Some(SourceId(0)) };
            [Some(Box::new(retraction)), None].map(FieldValue::Retraction).into()
        }
        FieldValue::Number(_) => [Some("12.50".parse().expect("a number")), None].map(FieldValue::Number).into(),
        FieldValue::Amount(_) => [Some(Box::new(amount(field))), None].map(FieldValue::Amount).into(),
        FieldValue::Evidence(_) => {
            let all = map.tie(TieId(0)).claim.evidence.clone();
            let turned = all.iter().rev().cloned().collect();
            [all[1..].to_vec(), turned, vec![]].map(FieldValue::Evidence).into()
        }
    }
}

/// Returns "more than 7, at most 9.5".
fn amount(field: Field) -> Amount {
    let bound = |value: &str, is_inclusive| Some(Bound { value: value.parse().expect("a number"), is_inclusive });
    Amount {
        lower: bound("7", false),
        upper: bound("9.5", true),
        is_approximate: true,
        currency: (field == Field::Amount).then(|| "USD".to_owned()),
        unit: (field == Field::Quantity).then(|| "t".to_owned()),
        text: Some("some".to_owned()),
    }
}

#[test]
fn every_field_is_set_cleared_saved_and_taken_back() {
    let map = Session::open(RECORDS.as_bytes()).document.map;
    let items = ["alder", "cedar", "ledger", "letter", "loan-1", "loan-2", "pool", "fire"].map(|key| map.find(key));
    let mut fields = BTreeSet::new();
    for item in items.into_iter().flatten() {
        for &field in Field::ALL {
            let document = Session::open(RECORDS.as_bytes()).document;
            let Ok(before) = edit::field(&document, item, field) else { continue };
            // From the file's value to each of these, and from each to the next.
            let values: Vec<_> = values(&map, field, &before).into_iter().filter(|value| *value != before).collect();
            for value in values.iter().filter(|_| !leads_to_itself(item, field)) {
                fields.insert(field);
                let name = format!("{} of {} set to {value:?}", field.name(), map.key(item));
                assert_specification(&name, RECORDS, |session| {
                    session.set(item, field, value.clone());
                });
            }
            if values.len() > 1 && !leads_to_itself(item, field) {
                let name = format!("{} of {} set several times", field.name(), map.key(item));
                assert_specification(&name, RECORDS, |session| {
                    for value in &values {
                        session.set(item, field, value.clone());
                    }
                });
            }
        }
    }
    assert_eq!(fields.len(), Field::ALL.len(), "{fields:?}");
}

/// Returns whether the value makes a record part of itself or a copy of itself, which is refused.
fn leads_to_itself(item: Item, field: Field) -> bool {
    match field {
        Field::PartOf => item == Item::Actor(ActorId(3)),
        Field::SameAs => item == Item::Source(SourceId(1)),
        _ => false,
    }
}

#[test]
fn addresses_that_may_not_be_opened_are_refused_as_reading_leaves_them_out() {
    let document = Session::open(RECORDS.as_bytes()).document;
    let (actor, source) = (Item::Actor(ActorId(0)), Item::Source(SourceId(0)));
    for address in ["javascript:alert(1)", "https://user:word@example.org/", "example.org", "https://a b.example.org/"]
    {
        for (item, field) in [(actor, Field::Url), (source, Field::Url), (source, Field::ArchiveUrl)] {
            let set = edit::set_field(&document, item, field, FieldValue::OptionalWords(Some(address.to_owned())));
            assert!(set.is_err(), "{address} as {field:?}");
        }
    }
}
