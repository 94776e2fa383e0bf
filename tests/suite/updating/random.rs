//! Random tables and random edits by hand: an update changes what the table changed, and nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use tieline::document::edit::{self, Field, FieldValue};
use tieline::document::{Document, ReadAgain, Transaction, UpdatePlan, plan_update};
use tieline::load::{ImportFile, ImportOptions, import_again, import_tables, load_map, sha256};
use tieline::model::{Ends, Item, Map};
use tieline::save::write_map;

const FILE: &str = "ties.csv";

/// A row: its ends, kind, year, amount and source.
type Row = (usize, usize, usize, usize, usize, usize);

fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    vec((0..6_usize, 0..6_usize, 0..2_usize, 0..3_usize, 0..4_usize, 0..4_usize), 1..most)
}

/// The cell of an actor.
fn actor(index: usize) -> String {
    format!("Actor {}", (b'A' + index as u8) as char)
}

fn cells(row: &Row) -> [String; 6] {
    let (from, to, kind, year, amount, source) = row;
    let amount = if *amount == 0 { String::new() } else { amount.to_string() };
    let source = if *source == 0 { String::new() } else { format!("https://example.org/{source}") };
    [actor(*from), actor(*to), ["loan", "owns"][*kind].to_owned(), (2020 + year).to_string(), amount, source]
}

fn table(rows: &[Row]) -> String {
    let mut text = "From,To,Kind,Date,Amount,Source URL\n".to_owned();
    for row in rows {
        text += &(cells(row).join(",") + "\n");
    }
    text
}

/// Keeps the first row with each ends, kind and year.
fn distinct(rows: Vec<Row>) -> Vec<Row> {
    let mut seen = BTreeSet::new();
    rows.into_iter().filter(|row| seen.insert((row.0, row.1, row.2, row.3))).collect()
}

fn file(text: &str) -> ImportFile {
    ImportFile { name: FILE.into(), bytes: text.as_bytes().into() }
}

fn import(text: &str) -> Map {
    import_tables(&[file(text)], &ImportOptions::default(), &|_| true).expect("tables").0
}

fn document(map: Map) -> Document {
    Document::new(Arc::new(map), Arc::default())
}

/// Plans the update of a map to a table, after the map was saved and read again.
fn planned(document: &Document, text: &str) -> (Document, UpdatePlan) {
    let map = load_map(write_map(&document.map).as_bytes(), "map.tieline.jsonc").expect("a map").map;
    let document = self::document(map);
    let (fresh, _) = import_again(&document.map, &[file(text)], &|_| true).expect("tables");
    let read = ReadAgain { name: FILE.to_owned(), now: FILE.to_owned(), sha256: sha256(text.as_bytes()) };
    let plan = plan_update(&document, &fresh, &[read], &|_| true).expect("not canceled");
    (document, plan)
}

fn updated(document: &Document, text: &str) -> Document {
    let (document, plan) = planned(document, text);
    let transaction = plan.transaction(&document, &plan.default_choices()).expect("it fits");
    let applied = document.apply(&transaction).expect("it fits");
    let undone = applied.document.apply(&applied.inverse).expect("it fits").document;
    assert_eq!(write_map(&undone.map), write_map(&document.map), "undone in one step");
    let redone = undone.apply(&transaction).expect("it fits").document;
    assert_eq!(write_map(&redone.map), write_map(&applied.document.map), "and redone");
    applied.document
}

/// Returns a map without what it knows of its tables.
fn without_rows(map: &Map) -> Value {
    let mut json: Value = serde_json::from_str(&write_map(map)).expect("JSON");
    json["imports"] = Value::Null;
    for list in ["actors", "ties", "sources"] {
        for record in json[list].as_array_mut().into_iter().flatten() {
            record["row"] = Value::Null;
        }
    }
    json
}

/// Returns the ties of a map with all that they say, in order; `name` gives actors their names.
fn claims(map: &Map, name: impl Fn(&str) -> String) -> Vec<String> {
    let mut claims: Vec<String> = map
        .ties()
        .values()
        .map(|tie| {
            let Ends::Pair { from, to } = tie.ends else { panic!("two ends") };
            let mut sources: Vec<_> = tie
                .claim
                .evidence
                .iter()
                .map(|piece| map.source(piece.source).url.clone().unwrap_or_default())
                .collect();
            sources.sort();
            let kind = &map.tie_kinds().get(tie.kind).expect("a kind").label;
            let date = tie.claim.date.as_ref().map(|date| date.text().to_owned());
            let amount = tie.claim.amount.as_ref().and_then(|amount| amount.exact());
            let ends = [from, to].map(|id| name(&map.actor(id).name));
            format!("{ends:?} {kind} {date:?} {amount:?} {:?} {sources:?}", tie.claim.label)
        })
        .collect();
    claims.sort();
    claims
}

fn names(map: &Map) -> Vec<String> {
    let mut names: Vec<String> = map.actors().values().map(|actor| actor.name.clone()).collect();
    names.sort();
    names
}

/// Applies an edit, whose inverse takes back also what was noted of rows.
fn apply(document: &Document, transaction: &Transaction) -> Document {
    let applied = document.apply(transaction).expect("it fits");
    let undone = applied.document.apply(&applied.inverse).expect("it fits").document;
    assert_eq!(undone.map.records(), document.map.records(), "{}", transaction.label);
    applied.document
}

fn item(map: &Map, list: usize, index: usize) -> Option<Item> {
    match list {
        0 => map.actor_ids().nth(index % map.actors().len().max(1)).map(Item::Actor),
        1 => map.tie_ids().nth(index % map.ties().len().max(1)).map(Item::Tie),
        _ => map.source_ids().nth(index % map.sources().len().max(1)).map(Item::Source),
    }
}

/// Makes an edit by hand.
fn edited(document: &Document, (what, index, other): (usize, usize, usize)) -> Document {
    let map = &document.map;
    let text = |text: &str| FieldValue::OptionalWords(Some(format!("{text} {other}")));
    let transaction = match what {
        0 => item(map, 0, index).map(|actor| {
            edit::set_field(document, actor, Field::Name, FieldValue::Words(format!("Renamed {index} {other}")))
        }),
        1 => item(map, 1, index).map(|tie| edit::set_field(document, tie, Field::Label, text("label"))),
        2 => item(map, 1, index).map(|tie| edit::remove(document, &[tie])),
        3 => item(map, 0, index).map(|actor| edit::remove(document, &[actor])),
        4 => item(map, 2, index).map(|source| edit::set_field(document, source, Field::Title, text("Title"))),
        5 => item(map, 2, index).map(|source| edit::remove(document, &[source])),
        6 => match (item(map, 0, index), item(map, 0, other)) {
            (Some(Item::Actor(keep)), Some(Item::Actor(merged))) if keep != merged => {
                Some(edit::merge_actors(document, keep, &[merged]))
            }
            _ => None,
        },
        7 => match (item(map, 1, index), item(map, 2, other)) {
            (Some(Item::Tie(tie)), Some(Item::Source(source))) => {
                let evidence = map.ties().values().flat_map(|tie| &tie.claim.evidence).next().cloned();
                evidence.map(|evidence| {
                    let own = tieline::model::Evidence { source, note: Some("mine".to_owned()), ..evidence };
                    edit::cite(document, tieline::model::ClaimId::Tie(tie), own)
                })
            }
            _ => None,
        },
        _ => item(map, 1, index)
            .map(|tie| edit::set_field(document, tie, Field::Tags, FieldValue::List(vec!["own".to_owned()]))),
    };
    transaction.map_or_else(|| document.clone(), |transaction| apply(document, &transaction.expect("an edit")))
}

fn edits() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    vec((0..9_usize, 0..8_usize, 0..8_usize), 0..6)
}

proptest! {
    #[test]
    fn the_unchanged_table_changes_nothing_whatever_was_edited(rows in rows(10), edits in edits()) {
        let text = table(&rows);
        let document = edits.into_iter().fold(document(import(&text)), |document, edit| edited(&document, edit));
        // Other bytes, the same rows.
        let again = text + "\n";
        let (before, plan) = planned(&document, &again);
        prop_assert!(plan.is_empty(), "{:#?}", plan.entries);
        let after = updated(&before, &again);
        prop_assert_eq!(without_rows(&after.map), without_rows(&before.map));
    }

    #[test]
    fn the_rows_in_another_order_change_nothing((rows, shuffled) in rows(10).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())), edits in edits()) {
        let document = document(import(&table(&distinct(rows))));
        let document = edits.into_iter().filter(|edit| edit.0 != 6).fold(document, |document, edit| edited(&document, edit));
        let again = table(&distinct(shuffled)) + "\n";
        let (before, plan) = planned(&document, &again);
        // Where rows with the same ends, kind and year differ, another of them may be the first.
        let texts = |entry: &tieline::document::UpdateEntry| entry.fields.iter().all(|field| matches!(field.field.as_str(), "amount" | "evidence"));
        prop_assert!(plan.entries.iter().all(|entry| !entry.fields.is_empty() && texts(entry)), "{:#?}", plan.entries);
        let _ = before;
    }

    #[test]
    fn without_edits_the_map_becomes_that_of_the_new_table(before in rows(10), after in rows(10)) {
        let (before, after) = (table(&before), table(&after));
        let updated = updated(&document(import(&before)), &after);
        let fresh = import(&after);
        prop_assert_eq!(claims(&updated.map, str::to_owned), claims(&fresh, str::to_owned));
        prop_assert_eq!(names(&updated.map), names(&fresh));
        prop_assert_eq!(updated.map.sources().len(), fresh.sources().len());
        let (_, again) = planned(&updated, &(after + "\n"));
        prop_assert!(again.is_empty(), "{:#?}", again.entries);
    }

    #[test]
    fn renamed_actors_and_deleted_ties_are_all_that_differs_from_the_new_table(
        before in rows(10), after in rows(10), renamed in vec(any::<bool>(), 6), deleted in vec(any::<bool>(), 10)
    ) {
        let (before, after) = (distinct(before), distinct(after));
        let mut document = document(import(&table(&before)));
        let mine = |name: &str| {
            let index = usize::from(name.as_bytes()[name.len() - 1] - b'A');
            if renamed[index] && before.iter().any(|row| row.0 == index || row.1 == index) { format!("My {name}") } else { name.to_owned() }
        };
        for id in document.map.actor_ids().collect::<Vec<_>>() {
            let name = FieldValue::Words(mine(&document.map.actor(id).name));
            document = apply(&document, &edit::set_field(&document, Item::Actor(id), Field::Name, name).expect("an edit"));
        }
        let gone: Vec<&Row> = before.iter().zip(&deleted).filter(|(_, is_deleted)| **is_deleted).map(|(row, _)| row).collect();
        let ties: Vec<Item> = document.map.tie_ids().map(Item::Tie).zip(&deleted).filter(|(_, is_deleted)| **is_deleted).map(|(tie, _)| tie).collect();
        if !ties.is_empty() {
            document = apply(&document, &edit::remove(&document, &ties).expect("an edit"));
        }
        let updated = updated(&document, &table(&after));
        let is_gone = |row: &&Row| gone.iter().any(|gone| (gone.0, gone.1, gone.2, gone.3) == (row.0, row.1, row.2, row.3));
        let left: Vec<Row> = after.iter().filter(|row| !is_gone(row)).copied().collect();
        let expected = import(&table(&left));
        // A row that is told by its number may be a deleted one that was corrected.
        let (is, wanted) = (claims(&updated.map, str::to_owned), claims(&expected, mine));
        prop_assert_eq!(is, wanted);
    }
}
