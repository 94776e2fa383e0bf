//! Changes to records in a journal: each is a whole record as JSON of the file, by its key.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::document::merge::merge;
use crate::document::{Document, Look, Snapshot, transaction};
use crate::load::json::{Defaults, Fields, file_json, json_text, record_json, view_json};
use crate::load::load_map;
use crate::model::{Item, Key, Map, Pair, RecordChange, RecordSlot, Records};

use super::{JournalChange, JournalState, what};

/// Returns the changes to records since `before`, relative to the file. The look of the open view is journaled
/// separately, and the looks of other views change only with the records that they refer to; therefore only the story
/// of a view is included.
pub(super) fn record_changes(before: &Map, now: &JournalState) -> Vec<JournalChange> {
    let (base, records) = (now.on_disk.map.records(), now.map.records());
    let mut changes = Vec::new();
    for change in records.changes_from(before.records()) {
        let slot = change.slot();
        let what = what_of(slot);
        let (key, [on_disk, is]) = if let RecordSlot::Distinct(pair) = slot {
            let judged = |records: &Records| records.distinct.contains(&pair).then_some(Value::Bool(true));
            (pair_key([records, before.records(), base], pair), [base, records].map(judged))
        } else {
            let Some(key) = key_of(&change) else { continue };
            // By key, not by slot: a record that is deleted and made again has its old key in another slot.
            let of_key = |map: &Map| slot_of(map, what, &key).and_then(|slot| journal_json(map.records(), slot));
            let [was, on_disk, is] = [before, &*now.on_disk.map, &*now.map].map(of_key);
            if was == is {
                // A part of a view that is not journaled here.
                continue;
            }
            (key, [on_disk, is])
        };
        let same = on_disk == is;
        let [to, was] = [is, on_disk].map(|value| value.filter(|_| !same).unwrap_or_default());
        changes.push(JournalChange { what: what.to_owned(), of: key.to_string(), to, was, same });
    }
    let order = new_keys(now.on_disk.map.records(), records);
    if !changes.is_empty() && order != new_keys(now.on_disk.map.records(), before.records()) {
        let same = order.is_empty();
        let what = what::RECORD_ORDER.to_owned();
        changes.push(JournalChange { what, of: String::new(), to: order.into(), was: Value::Null, same });
    }
    changes
}

/// Returns the keys of records that are not in the file, in order.
fn new_keys(on_disk: &Records, now: &Records) -> Vec<String> {
    let is_new = |change: &RecordChange| matches!(change.slot(), RecordSlot::Item(item) if on_disk.key(item).is_none());
    let new = now.changes_from(on_disk).into_iter().filter(|change| is_new(change));
    new.filter_map(|change| key_of(&change)).map(|key| key.to_string()).collect()
}

fn what_of(slot: RecordSlot) -> &'static str {
    match slot {
        RecordSlot::Meta => what::META,
        RecordSlot::ActorKind(_) => what::ACTOR_KIND,
        RecordSlot::TieKind(_) => what::TIE_KIND,
        RecordSlot::Item(Item::Actor(_)) => what::ACTOR,
        RecordSlot::Item(Item::Source(_)) => what::SOURCE,
        RecordSlot::Item(Item::Tie(_)) => what::TIE,
        RecordSlot::Item(Item::Fact(_)) => what::FACT,
        RecordSlot::Import(_) => what::IMPORT,
        RecordSlot::Distinct(_) => what::DISTINCT,
        RecordSlot::View(_) => what::STORY,
    }
}

/// The fields of a view that are not part of a look.
const STORY: [&str; 4] = ["shown", "colors", "communities", "steps"];

/// Returns a record in journal format.
fn journal_json(records: &Records, slot: RecordSlot) -> Option<Value> {
    let mut fields = record_json(records, slot)?;
    if let RecordSlot::View(_) = slot {
        fields.retain(|name, _| STORY.contains(&name.as_str()));
        // Sorted by text, because slot order differs after an undo is replayed from a journal.
        if let Some(Value::Array(shown)) = fields.get_mut("shown") {
            shown.sort_by_key(ToString::to_string);
        }
    }
    Some(Value::Object(fields))
}

/// Returns the keys of two actors as a JSON list; each key is taken from the first records that contain it.
fn pair_key(records: [&Records; 3], pair: Pair) -> Key {
    let key = |actor| records.iter().find_map(|records| records.key(Item::Actor(actor)));
    Value::from(pair.actors().map(|actor| key(actor).map_or(Value::Null, |key| (&**key).into())).to_vec())
        .to_string()
        .into()
}

fn key_of(change: &RecordChange) -> Option<Key> {
    if matches!(change, RecordChange::Meta { .. }) { Some(Key::default()) } else { change.keys().next().cloned() }
}

/// Returns whether a journal subject is a record.
pub(super) fn is_record(name: &str) -> bool {
    let others = [what::STORY, what::META, what::ACTOR_KIND, what::TIE_KIND, what::DISTINCT, what::RECORD_ORDER];
    list_of(name).is_some() || others.contains(&name)
}

/// Returns the file's list for a subject, or `None` if it isn't kept in a list.
fn list_of(name: &str) -> Option<&'static str> {
    Some(match name {
        what::ACTOR => "actors",
        what::SOURCE => "sources",
        what::TIE => "ties",
        what::FACT => "facts",
        what::IMPORT => "imports",
        _ => return None,
    })
}

/// The result of applying record changes.
#[derive(Default)]
pub(super) struct AppliedRecords {
    pub(super) changes: Vec<RecordChange>,
    /// The keys of removed records.
    pub(super) gone: HashSet<String>,
    pub(super) left_out: Vec<JournalChange>,
    pub(super) made: usize,
}

/// Applies record changes to a map. The changed map is read like a file, so that journal contents get the same checks;
/// changes that don't survive are returned in `left_out`.
pub(super) fn apply_records<'j>(
    map: &Map,
    changes: impl Iterator<Item = (&'j str, &'j str, &'j Value)>,
) -> (AppliedRecords, Option<Map>) {
    let mut applied = AppliedRecords::default();
    let (order, mut changes): (Vec<_>, Vec<_>) = changes.partition(|(name, ..)| *name == what::RECORD_ORDER);
    let order = order.iter().filter_map(|(.., to)| to.as_array()).flatten().filter_map(Value::as_str);
    let rank: HashMap<&str, usize> = order.zip(0..).collect();
    changes.sort_by_key(|(_, of, _)| rank.get(of).copied());
    if changes.is_empty() {
        return (applied, None);
    }
    let views = map.views().values().map(|view| view_json(map.records(), view, Defaults::LeftOut));
    let mut file = file_json(map, views);
    for (name, of, to) in &changes {
        put(&mut file, name, of, to);
    }
    let fresh = load_map(json_text(&Value::Object(file)).as_bytes(), "recovered").map(|loaded| loaded.map);
    let merged = fresh.ok().and_then(|fresh| {
        let ours = Document::new(Arc::new(map.clone()), Arc::default());
        let base = Snapshot { map: Arc::clone(&ours.map), look: Arc::new(Look::default()) };
        let transaction = merge(&base, &ours, &fresh).transaction;
        let changes: Vec<RecordChange> = transaction.changes.into_iter().filter_map(transaction::record).collect();
        Some((map.with_changes(&changes).ok()?, changes))
    });
    let Some((map, made)) = merged else {
        applied.left_out = changes.into_iter().map(change).collect();
        return (applied, None);
    };
    applied.changes = made;
    for (name, of, to) in changes {
        if says(&map, name, of, to) {
            applied.made += 1;
            if to.is_null() {
                applied.gone.insert(of.to_owned());
            }
        } else {
            applied.left_out.push(change((name, of, to)));
        }
    }
    (applied, Some(map))
}

fn change((name, of, to): (&str, &str, &Value)) -> JournalChange {
    JournalChange { what: name.to_owned(), of: of.to_owned(), to: to.clone(), was: Value::Null, same: false }
}

/// Sets a record in a file, or removes it if `to` is `null`.
fn put(file: &mut Fields, name: &str, of: &str, to: &Value) {
    if name == what::DISTINCT {
        return put_pair(file, of, !to.is_null());
    }
    if name == what::STORY {
        return put_story(file, of, to);
    }
    let Some(list) = list_of(name) else {
        let place = if name == what::META {
            file.entry("map")
        } else {
            let Value::Object(kinds) = file.entry("kinds").or_insert_with(|| Fields::new().into()) else { return };
            let group = if name == what::ACTOR_KIND { "actor" } else { "tie" };
            let Value::Object(group) = kinds.entry(group).or_insert_with(|| Fields::new().into()) else { return };
            if to.is_null() {
                // A null in the file would be a kind without a name.
                group.remove(of);
                return;
            }
            group.entry(of)
        };
        *place.or_insert(Value::Null) = to.clone();
        return;
    };
    let Value::Array(list) = file.entry(list).or_insert_with(|| Value::Array(Vec::new())) else { return };
    let place = list.iter().position(|record| record.get("id").and_then(Value::as_str) == Some(of));
    match (place, to.is_null()) {
        (Some(place), true) => drop(list.remove(place)),
        (Some(place), false) => list[place] = to.clone(),
        (None, false) => list.push(to.clone()),
        (None, true) => {}
    }
}

/// Sets the story of a view, if the file contains the view or has none at all: a story can be the first thing in a view.
fn put_story(file: &mut Fields, of: &str, to: &Value) {
    let Value::Array(views) = file.entry("views").or_insert_with(|| Value::Array(Vec::new())) else { return };
    if views.is_empty() && !to.is_null() {
        views.push(json!({ "id": of }));
    }
    let is_it = |view: &&mut Value| view.get("id").and_then(Value::as_str) == Some(of);
    if let Some(Value::Object(view)) = views.iter_mut().find(is_it) {
        view.retain(|name, _| !STORY.contains(&name.as_str()));
        let story = to.as_object().into_iter().flatten().filter(|(name, _)| STORY.contains(&name.as_str()));
        view.extend(story.map(|(name, value)| (name.clone(), value.clone())));
    }
}

/// Adds or removes a pair of distinct actors.
fn put_pair(file: &mut Fields, of: &str, is: bool) {
    let Ok(pair) = serde_json::from_str::<Value>(of) else { return };
    let Value::Array(list) = file.entry("distinct").or_insert_with(|| Value::Array(Vec::new())) else { return };
    let ids = |pair: &Value| pair.as_array().map(|ids| ids.iter().map(ToString::to_string).collect::<BTreeSet<_>>());
    list.retain(|other| ids(other) != ids(&pair));
    if is {
        list.push(pair);
    }
}

/// Returns whether the map agrees with the journal on whether two actors are distinct.
fn says_pair(map: &Map, of: &str, is: bool) -> bool {
    let actor = |key: &String| match map.find(key) {
        Some(Item::Actor(id)) => Some(id),
        _ => None,
    };
    let keys = serde_json::from_str::<[String; 2]>(of).unwrap_or_default();
    let [one, other] = [actor(&keys[0]), actor(&keys[1])];
    let is_there = one.zip(other).is_some_and(|(one, other)| map.records().distinct.contains(&Pair::new(one, other)));
    is_there == is
}

/// Returns the record of a map that a subject with a key stands for.
fn slot_of(map: &Map, name: &str, of: &str) -> Option<RecordSlot> {
    match name {
        what::META => Some(RecordSlot::Meta),
        what::IMPORT => {
            map.imports().iter().find(|(_, import)| *import.key == *of).map(|(id, _)| RecordSlot::Import(id))
        }
        what::ACTOR_KIND => map.find_actor_kind(of).map(RecordSlot::ActorKind),
        what::TIE_KIND => map.find_tie_kind(of).map(RecordSlot::TieKind),
        what::STORY => map.views().iter().find(|(_, view)| *view.key == *of).map(|(id, _)| RecordSlot::View(id)),
        _ => map.find(of).map(RecordSlot::Item).filter(|slot| what_of(*slot) == name),
    }
}

/// Returns whether the map agrees with the journal on a record.
fn says(map: &Map, name: &str, of: &str, to: &Value) -> bool {
    if name == what::DISTINCT {
        return says_pair(map, of, !to.is_null());
    }
    slot_of(map, name, of).and_then(|slot| journal_json(map.records(), slot)).unwrap_or_default() == *to
}
