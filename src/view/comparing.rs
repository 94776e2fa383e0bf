//! What was changed both here and in the file, with the values of both sides, for a person to choose.

use std::sync::Arc;

use serde_json::Value;

use crate::document::edit::{Field, TextEntry, entry_text};
use crate::document::{Conflict, Disagreement, Document};
use crate::load::json::record_json;
use crate::model::{Ends, Item, Map, RecordSlot};
use crate::wording::{actor_name, capitalized, field_phrase, source_name, tie_title, visible};

/// A difference that needs a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDifference {
    /// The index of its conflict.
    pub index: usize,
    /// What differs: "Amount of Microsoft → OpenAI".
    pub title: String,
    /// The record, if it can be shown on the map.
    pub item: Option<Item>,
    /// The value that both sides started from; `None` if the record was not there.
    pub before: Option<String>,
    /// The value here.
    pub mine: String,
    /// The value in the file.
    pub theirs: String,
    /// The button that takes the value here.
    pub keep: &'static str,
    /// The button that takes the file's value; `None` if it can't be taken.
    pub take: Option<&'static str>,
}

/// Returns the differences that still need a choice: both records are there, and their values differ. Each conflict
/// comes with the content of the file that both sides started from.
#[must_use]
pub fn differences(mine: &Document, theirs: &Arc<Map>, conflicts: &[(&Arc<Map>, &Conflict)]) -> Vec<FileDifference> {
    let theirs = Document::new(Arc::clone(theirs), Arc::default());
    let mut before: Option<Document> = None;
    let mut found = Vec::new();
    for (index, (base, conflict)) in conflicts.iter().enumerate() {
        if before.as_ref().is_none_or(|document| !Arc::ptr_eq(&document.map, base)) {
            before = Some(Document::new(Arc::clone(base), Arc::default()));
        }
        let Some(before) = &before else { continue };
        found.extend(difference(index, conflict, [before, mine, &theirs]));
    }
    found
}

fn difference(index: usize, conflict: &Conflict, documents: [&Document; 3]) -> Option<FileDifference> {
    let [before, mine, theirs] = documents;
    let slot = conflict.slot;
    let is_here = mine.map.records().has_slot(slot);
    let item = if let RecordSlot::Item(item) = slot { Some(item).filter(|item| mine.map.has(*item)) } else { None };
    let name = [mine, theirs, before].into_iter().find_map(|document| record_name(&document.map, slot));
    let name = name.unwrap_or_else(|| visible(&conflict.key).into_owned());
    let removed = || "deleted".to_owned();
    let changed = |document: &Document| format!("changed: {}", record_words(document, before, slot));
    let difference = FileDifference {
        index,
        title: name.clone(),
        item,
        before: None,
        mine: String::new(),
        theirs: String::new(),
        keep: "Keep mine",
        take: Some("Take the file’s"),
    };
    match conflict.about {
        Disagreement::Field(field) => {
            let [before, mine, theirs] = documents.map(|document| field_words(document, slot, field));
            let (mine, theirs) = (mine?, theirs?);
            let title = format!("{} of {name}", field_name(slot, field));
            (mine != theirs).then_some(FileDifference { title, before, mine, theirs, ..difference })
        }
        Disagreement::RemovedHere if is_here => Some(FileDifference {
            mine: removed(),
            theirs: changed(theirs),
            keep: "Delete it",
            take: Some("Keep it"),
            ..difference
        }),
        Disagreement::RemovedThere if is_here => Some(FileDifference {
            mine: changed(mine),
            theirs: removed(),
            keep: "Keep it",
            take: Some("Delete it"),
            ..difference
        }),
        Disagreement::Unsound => {
            let theirs = "a change that conflicts with what was changed here".to_owned();
            Some(FileDifference { mine: "as it is here".to_owned(), theirs, take: None, ..difference })
        }
        Disagreement::RemovedHere | Disagreement::RemovedThere | Disagreement::Key => None,
    }
}

/// Returns what a record is called; `None` if it isn't in the map.
fn record_name(map: &Map, slot: RecordSlot) -> Option<String> {
    match slot {
        RecordSlot::Meta => Some("the map".to_owned()),
        RecordSlot::ActorKind(id) => map.actor_kinds().get(id).map(|kind| visible(&kind.label).into_owned()),
        RecordSlot::TieKind(id) => map.tie_kinds().get(id).map(|kind| visible(&kind.label).into_owned()),
        RecordSlot::View(id) => map.views().get(id).map(|view| visible(&view.key).into_owned()),
        RecordSlot::Import(id) => map.imports().get(id).map(|import| visible(&import.key).into_owned()),
        RecordSlot::Item(item) if !map.has(item) => None,
        RecordSlot::Item(Item::Actor(id)) => Some(actor_name(map, id)),
        RecordSlot::Item(Item::Source(id)) => Some(source_name(map, id)),
        RecordSlot::Item(Item::Tie(id)) => Some(tie_title(map, id)),
        RecordSlot::Item(Item::Fact(id)) => Some(format!("a fact about {}", actor_name(map, map.fact(id).actor))),
        RecordSlot::Distinct(_) => None,
    }
}

fn field_name(slot: RecordSlot, field: &str) -> String {
    let known = Field::ALL.iter().find(|known| known.name() == field);
    let words = match (slot, known, field) {
        (_, _, "x-") => "custom fields".to_owned(),
        (RecordSlot::Item(_), Some(field), _) => field.words().to_owned(),
        (RecordSlot::Meta, _, "asOf") => "date".to_owned(),
        _ => field_phrase(field).trim_start_matches("the ").trim_matches(['“', '”']).to_owned(),
    };
    capitalized(&words)
}

/// Returns the value of a field as people read it; `None` if the record isn't there.
fn field_words(document: &Document, slot: RecordSlot, field: &str) -> Option<String> {
    let records = document.map.records();
    if !records.has_slot(slot) {
        return None;
    }
    if let RecordSlot::Item(item) = slot {
        if let (Item::Tie(tie), "from") = (item, field) {
            return Some(ends_words(&document.map, &document.map.tie(tie).ends));
        }
        let known = Field::ALL.iter().find(|known| known.name() == field);
        let text = known.and_then(|field| entry_text(document, item, TextEntry::Field(*field)).ok());
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            return Some(visible(&text).into_owned());
        }
    }
    let json = record_json(records, slot).unwrap_or_default();
    let words = if field == "x-" {
        let own = json.iter().filter(|(name, _)| name.starts_with("x-"));
        own.map(|(name, value)| format!("{name}: {}", value_words(value))).collect::<Vec<_>>().join("; ")
    } else {
        json.get(field).map(value_words).unwrap_or_default()
    };
    Some(if words.is_empty() { "nothing".to_owned() } else { visible(&words).into_owned() })
}

fn ends_words(map: &Map, ends: &Ends) -> String {
    match ends {
        Ends::Pair { from, to } => format!("{} → {}", actor_name(map, *from), actor_name(map, *to)),
        Ends::Parties(parties) => {
            parties.iter().map(|party| actor_name(map, party.actor)).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns a value of a file in words.
fn value_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(value_words).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name} {}", value_words(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns the fields of a record that differ from the version before.
fn record_words(document: &Document, before: &Document, slot: RecordSlot) -> String {
    let [now, before] =
        [document, before].map(|document| record_json(document.map.records(), slot).unwrap_or_default());
    let changed = now.iter().filter(|(name, value)| before.get(*name) != Some(value));
    let gone = before.keys().filter(|name| !now.contains_key(*name)).map(|name| format!("no {name}"));
    let words: Vec<String> =
        changed.map(|(name, value)| format!("{name} {}", value_words(value))).chain(gone).collect();
    let words = words.join("; ");
    if words.is_empty() { "records that refer to it".to_owned() } else { visible(&words).into_owned() }
}
