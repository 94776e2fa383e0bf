//! Merges of a small map that was changed on both sides.

use std::sync::Arc;

use emath::pos2;

use super::{Conflict, Decision, Disagreement, MergeSide, Merged, decide, merge};
use crate::document::edit::{self, Field, FieldValue};
use crate::document::transaction::{Change, Transaction};
use crate::document::{Command, Document};
use crate::load::load_map;
use crate::model::{ActorId, Item, Map, Placed, SourceId, TieId};

const BASE: &str = r#"{ "format": "tieline", "version": "1.0",
  "actors": [{ "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch", "aliases": ["B"] }, { "id": "c", "name": "Cedar" }],
  "sources": [{ "id": "s", "title": "Paper", "url": "https://example.org/s" }],
  "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b", "label": "One", "evidence": [{ "source": "s" }] }],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [300, 0], "c": [0, 200] }, "notes": [{ "id": "n", "text": "Note", "at": [1, 2] }] }] }"#;

fn map(text: &str) -> Map {
    let loaded = load_map(text.as_bytes(), "x").expect("opens");
    assert!(
        loaded.problems.iter().all(|problem| problem.severity < crate::model::Severity::Error),
        "{:?}",
        loaded.problems
    );
    loaded.map
}

fn document() -> Document {
    Document::new(Arc::new(map(BASE)), Arc::default())
}

/// Merges a document with a changed file; returns the result and the document after it.
fn merged(ours: &Document, theirs: &str) -> (Merged, Document) {
    let merged = merge(&document().base(), ours, &map(theirs));
    let after = ours.apply(&merged.transaction).expect("it fits").document;
    let undone = ours.apply(&merged.transaction).expect("it fits").inverse;
    let back = after.apply(&undone).expect("it fits").document;
    assert!(back.map.records() == ours.map.records() && back.look == ours.look, "one step to undo");
    (merged, after)
}

fn with(document: &Document, item: Item, field: Field, value: FieldValue) -> Document {
    let transaction = edit::set_field(document, item, field, value).expect("a change");
    document.apply(&transaction).expect("it fits").document
}

fn words(text: &str) -> FieldValue {
    FieldValue::Words(text.to_owned())
}

fn label(text: &str) -> FieldValue {
    FieldValue::OptionalWords(Some(text.to_owned()))
}

const A: ActorId = ActorId(0);
const B: ActorId = ActorId(1);
const C: ActorId = ActorId(2);
const T: TieId = TieId(0);

#[test]
fn changes_of_both_sides_come_together_field_by_field() {
    let ours = with(&document(), Item::Actor(A), Field::Name, words("Alder Bank"));
    let ours = with(&ours, Item::Tie(T), Field::Label, label("Ours"));
    let ours = ours.with(Command::Move(vec![(Placed::Actor(B), pos2(9.0, 9.0))]));
    let theirs = BASE
        .replace(r#""aliases": ["B"]"#, r#""aliases": ["B", "Bee"], "summary": "A tree.""#)
        .replace(r#""label": "One""#, r#""label": "One", "scope": "All""#)
        .replace(r#""c": [0, 200]"#, r#""c": [7, 7]"#)
        .replace(r#"{ "id": "a", "name""#, r#"{ "id": "new", "name": "New" }, { "id": "a", "name""#);
    let (merged, after) = merged(&ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let map = &after.map;
    assert_eq!((&*map.actor(A).name, map.actor(B).aliases.len()), ("Alder Bank", 2));
    let claim = &map.tie(T).claim;
    assert_eq!((claim.label.as_deref(), claim.scope.as_deref()), (Some("Ours"), Some("All")));
    assert_eq!(map.actors().len(), 4, "{:?}", map.actors());
    assert_eq!(after.look.positions[&Placed::Actor(B)], pos2(9.0, 9.0));
    assert_eq!(after.look.positions[&Placed::Actor(C)], pos2(7.0, 7.0), "ids stay though the file has another order");
    assert_eq!(merged.kept, 3, "a name, a label and a place are not in the file");
    assert_eq!(merged.theirs.map.actor(A).name, "Alder", "what the file says, by the same ids");
}

#[test]
fn where_both_changed_one_field_ours_stays_and_is_named() {
    let ours = with(&document(), Item::Tie(T), Field::Label, label("Ours"));
    let (merged, after) = merged(&ours, &BASE.replace("\"One\"", "\"Theirs\""));
    let about = |conflict: &Conflict| (conflict.key.to_string(), conflict.about);
    assert_eq!(
        merged.conflicts.iter().map(about).collect::<Vec<_>>(),
        [("t".to_owned(), Disagreement::Field("label"))]
    );
    assert_eq!(after.map.tie(T).claim.label.as_deref(), Some("Ours"));
    let same = with(&document(), Item::Tie(T), Field::Label, label("Theirs"));
    assert_eq!(self::merged(&same, &BASE.replace("\"One\"", "\"Theirs\"")).0.conflicts, [], "both say the same");
}

#[test]
fn what_one_side_took_out_stays_if_the_other_changed_or_needs_it() {
    let remove = |items: &[Item]| {
        let document = document();
        let transaction = edit::remove(&document, items).expect("there");
        document.apply(&transaction).expect("it fits").document
    };
    // Removed here, changed in the file.
    let (merged, after) = merged(&remove(&[Item::Actor(C)]), &BASE.replace("Cedar", "Cedar AG"));
    assert_eq!(merged.conflicts.iter().map(|conflict| conflict.about).collect::<Vec<_>>(), [Disagreement::RemovedHere]);
    assert_eq!(after.map.actor(C).name, "Cedar AG");
    // Removed here with its tie; the file has a new tie to it.
    let tie = r#""ties": [{ "id": "u", "kind": "loan", "from": "c", "to": "a" }, "#;
    let (merged, after) = self::merged(&remove(&[Item::Actor(A)]), &BASE.replace(r#""ties": ["#, tie));
    assert!(after.map.actors().has(A) && !after.map.ties().has(T), "{:?}", after.map);
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    // Removed in the file, referred to here.
    let ours = document();
    let key = edit::new_key(&ours.map, "t");
    let claim = crate::model::Claim { key, ..crate::model::Claim::default() };
    let new = crate::model::Tie { ends: crate::model::Ends::Pair { from: C, to: C }, claim, ..ours.map.tie(T).clone() };
    let ours = ours.apply(&edit::add_tie(&ours, new).1).expect("it fits").document;
    let theirs = BASE.replace(r#", { "id": "c", "name": "Cedar" }"#, "").replace(r#", "c": [0, 200]"#, "");
    let (merged, after) = self::merged(&ours, &theirs);
    assert_eq!(
        merged.conflicts.iter().map(|conflict| conflict.about).collect::<Vec<_>>(),
        [Disagreement::RemovedThere]
    );
    assert!(after.map.actors().has(C));
    // Nothing refers to it: it is removed with its position.
    let (merged, after) = self::merged(&document(), &theirs);
    assert_eq!(merged.conflicts, []);
    assert!(!after.map.actors().has(C) && !after.look.positions.contains_key(&Placed::Actor(C)));
}

#[test]
fn two_new_records_of_one_id_both_stay() {
    let ours = document();
    let source = crate::model::Source { key: "x".into(), title: Some("Ours".to_owned()), ..Default::default() };
    let ours = ours.apply(&edit::add_source(&ours, source).1).expect("it fits").document;
    let actor = r#""actors": [{ "id": "x", "name": "Theirs" }, "#;
    let (merged, after) = merged(&ours, &BASE.replace(r#""actors": ["#, actor));
    assert_eq!(merged.conflicts.iter().map(|conflict| conflict.about).collect::<Vec<_>>(), [Disagreement::Key]);
    assert_eq!(after.map.find("x"), Some(Item::Source(SourceId(1))));
    assert!(after.map.actors().values().any(|actor| actor.name == "Theirs" && &*actor.key == "x-2"));
}

#[test]
fn a_circle_that_only_both_make_is_not_taken_over() {
    let ours = with(&document(), Item::Actor(A), Field::PartOf, FieldValue::OptionalActor(Some(B)));
    let theirs = BASE.replace(r#""name": "Birch""#, r#""name": "Birch", "partOf": "a""#);
    let (merged, after) = merged(&ours, &theirs);
    assert_eq!(merged.conflicts.iter().map(|conflict| conflict.about).collect::<Vec<_>>(), [Disagreement::Unsound]);
    assert_eq!((after.map.actor(A).part_of, after.map.actor(B).part_of), (Some(B), None));
}

#[test]
fn notes_are_joined_by_their_ids_whatever_their_order() {
    let ours = document();
    let (id, command) = ours.new_note("Mine", pos2(5.0, 5.0));
    let ours = ours.with(command);
    let theirs = BASE.replace(r#""notes": ["#, r#""notes": [{ "id": "m", "text": "Theirs", "at": [3, 4] }, "#);
    let (_, after) = merged(&ours, &theirs);
    let texts: Vec<&str> = after.look.notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!((texts.len(), after.look.notes[&id].text.as_str()), (3, "Mine"), "{texts:?}");
    assert!(texts.contains(&"Note") && texts.contains(&"Theirs"));
}

#[test]
fn a_kind_that_the_file_gave_up_is_no_longer_left_out() {
    let with_kinds = |kinds: &str| BASE.replacen("\"actors\"", &format!("\"kinds\": {{ {kinds} }}, \"actors\""), 1);
    let kinds = r#""actor": { "mill": { "label": "Mill" } }, "tie": { "rent": { "label": "Rent" }, "loan": { "label": "Loan" } }"#;
    let ours = Document::new(Arc::new(map(&with_kinds(kinds))), Arc::default());
    let base = ours.base();
    let mut filter = ours.look.filter.clone();
    filter.hidden_tie_kinds = ["rent", "loan"].into_iter().filter_map(|key| ours.map.find_tie_kind(key)).collect();
    filter.hidden_actor_kinds = [None, ours.map.find_actor_kind("mill")].into();
    let ours = ours.with(Command::SetFilter(filter));
    let theirs = map(&with_kinds(r#""tie": { "loan": { "label": "Loan" } }"#));
    let after = ours.apply(&merge(&base, &ours, &theirs).transaction).expect("it fits").document;
    assert_eq!(after.map.find_tie_kind("rent"), None, "the file's change is taken over");
    let filter = &after.look.filter;
    assert_eq!(filter.hidden_tie_kinds, after.map.find_tie_kind("loan").into_iter().collect());
    assert_eq!(filter.hidden_actor_kinds, [None].into());
}

/// Decides all conflicts of a merge for one side; returns the document after it.
fn decided(ours: &Document, theirs: &str, side: MergeSide) -> (Document, Document, usize) {
    let (merged, after) = merged(ours, theirs);
    let before = document().map;
    let decisions: Vec<Decision<'_>> =
        merged.conflicts.iter().map(|conflict| Decision { conflict, before: &before, side }).collect();
    let edit = decide(&after, &merged.theirs.map, &decisions).expect("it fits");
    let decided = after.apply(&edit).expect("it fits").document;
    (after, decided, decisions.len())
}

#[test]
fn each_side_of_a_contested_field_can_be_taken_and_nothing_else_changes() {
    let ours = with(&document(), Item::Tie(T), Field::Label, label("Ours"));
    let ours = with(&ours, Item::Tie(T), Field::Scope, label("All of it"));
    let ours = with(&ours, Item::Actor(A), Field::Name, words("Alder Bank"));
    let theirs = BASE.replace("\"One\"", "\"Theirs\"").replace("\"Alder\"", "\"Alder Mill\"");
    let (_, mine, count) = decided(&ours, &theirs, MergeSide::Mine);
    assert_eq!(count, 2);
    let values = |document: &Document| {
        let claim = &document.map.tie(T).claim;
        (
            claim.label.clone().unwrap_or_default(),
            claim.scope.clone().unwrap_or_default(),
            document.map.actor(A).name.clone(),
        )
    };
    let texts = |one: &str, two: &str, three: &str| (one.to_owned(), two.to_owned(), three.to_owned());
    assert_eq!(values(&mine), texts("Ours", "All of it", "Alder Bank"));
    let (_, theirs, _) = decided(&ours, &theirs, MergeSide::Theirs);
    assert_eq!(values(&theirs), texts("Theirs", "All of it", "Alder Mill"));
}

#[test]
fn a_record_deleted_by_one_side_and_changed_by_the_other_goes_or_stays_as_decided() {
    let removed = edit::remove(&document(), &[Item::Actor(C)]).expect("it is there");
    let ours = document().apply(&removed).expect("it fits").document;
    let theirs = BASE.replace("\"Cedar\"", "\"Cedar Mill\"");
    let (kept, gone, _) = decided(&ours, &theirs, MergeSide::Mine);
    assert!(kept.map.actors().has(C) && !gone.map.actors().has(C));
    let (_, back, _) = decided(&ours, &theirs, MergeSide::Theirs);
    assert_eq!(back.map.actor(C).name, "Cedar Mill");
    // The other way round: it is changed here, and deleted in the file.
    let ours = with(&document(), Item::Actor(C), Field::Name, words("Cedar Bank"));
    let theirs = BASE.replace(r#", { "id": "c", "name": "Cedar" }"#, "").replace(r#", "c": [0, 200]"#, "");
    let (_, stays, count) = decided(&ours, &theirs, MergeSide::Mine);
    assert_eq!((count, &*stays.map.actor(C).name), (1, "Cedar Bank"));
    let (_, goes, _) = decided(&ours, &theirs, MergeSide::Theirs);
    assert!(!goes.map.actors().has(C));
}

#[test]
fn of_custom_fields_only_the_contested_ones_are_taken() {
    let own = |one: &str, two: &str| {
        BASE.replace(r#""id": "a","#, &format!(r#""id": "a", "x-one": "{one}", "x-two": "{two}","#))
    };
    let base = Document::new(Arc::new(map(&own("1", "2"))), Arc::default());
    let ours = Document::new(Arc::new(map(&own("mine", "mine"))), Arc::default());
    let ours = base.apply(&Transaction {
        label: String::new(),
        changes: ours.map.records().changes_from(base.map.records()).into_iter().map(Change::Record).collect(),
    });
    let ours = ours.expect("it fits").document;
    let merged = merge(&base.base(), &ours, &map(&own("theirs", "2")));
    assert_eq!(merged.conflicts.iter().map(|conflict| conflict.about).collect::<Vec<_>>(), [Disagreement::Field("x-")]);
    let after = ours.apply(&merged.transaction).expect("it fits").document;
    let decisions = [Decision { conflict: &merged.conflicts[0], before: &base.map, side: MergeSide::Theirs }];
    let edit = decide(&after, &merged.theirs.map, &decisions).expect("it fits");
    let after = after.apply(&edit).expect("it fits").document;
    let value =
        |name: &str| edit::own_field(&after, Item::Actor(A), name).expect("an actor").map(|value| format!("{value:?}"));
    assert!(value("x-one").is_some_and(|value| value.contains("theirs")), "{:?}", value("x-one"));
    assert!(value("x-two").is_some_and(|value| value.contains("mine")), "{:?}", value("x-two"));
}
