//! What the source rows said about records that a person has since changed or deleted: the texts of fields, and the words
//! that identify a record in its table.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::Document;
use super::transaction::{Change, Transaction};
use crate::load::json::{json_text, record_json};
use crate::load::{recipe_columns, sha256};
use crate::model::{
    ActorId, Claim, Ends, Import, ImportId, ImportRow, Item, Key, RecordChange, RecordSlot, Records, Source, SourceId,
    Swap, Tie,
};
use crate::wording::read::Role;

/// The texts of the fields of a record by their names in the file. A field without a value has none.
pub(super) type FieldTexts = BTreeMap<String, String>;

/// The fields that are not of the table.
const NOT_OF_TABLE: [&str; 4] = ["id", "row", "checks", "formerIds"];
/// A text longer than this is stored as its hash.
const MAX_TEXT: usize = 4000;

/// Returns the row that a record was made from.
pub(super) fn row_of(records: &Records, item: Item) -> Option<&ImportRow> {
    match item {
        Item::Actor(id) => records.actors.get(id)?.metadata.row.as_ref(),
        Item::Source(id) => records.sources.get(id)?.row.as_deref(),
        Item::Tie(id) => records.ties.get(id)?.claim.metadata.row.as_ref(),
        Item::Fact(id) => records.facts.get(id)?.claim.metadata.row.as_ref(),
    }
}

/// Returns the row of a record to change.
pub(super) fn row_mut(records: &mut Records, item: Item) -> Option<&mut ImportRow> {
    match item {
        Item::Actor(id) => records.actors.get_mut(id)?.metadata.row.as_mut(),
        Item::Source(id) => records.sources.get_mut(id)?.row.as_deref_mut(),
        Item::Tie(id) => records.ties.get_mut(id)?.claim.metadata.row.as_mut(),
        Item::Fact(id) => records.facts.get_mut(id)?.claim.metadata.row.as_mut(),
    }
}

/// Returns the texts of the fields of a record, on one line each: words as they are, all else as in the file.
pub(super) fn field_texts(records: &Records, item: Item) -> FieldTexts {
    let mut fields = record_json(records, RecordSlot::Item(item)).unwrap_or_default();
    for name in NOT_OF_TABLE {
        fields.remove(name);
    }
    if let Item::Tie(id) = item {
        // In the file it is left out where the kind says it.
        let is_directed = records.ties.get(id).is_some_and(|tie| tie.is_directed);
        fields.insert("directed".to_owned(), is_directed.into());
    }
    if let (Some(Value::Array(pieces)), Some(claim)) = (fields.get_mut("evidence"), claim_of(records, item)) {
        for (piece, evidence) in pieces.iter_mut().zip(&claim.evidence) {
            piece["source"] = source_name(records, evidence.source).into();
        }
    }
    fields.iter().map(|(name, value)| (name.clone(), value_text(value))).collect()
}

/// Returns what a tie or fact says.
pub(super) fn claim_of(records: &Records, item: Item) -> Option<&Claim> {
    match item {
        Item::Tie(id) => records.ties.get(id).map(|tie| &tie.claim),
        Item::Fact(id) => records.facts.get(id).map(|fact| &fact.claim),
        Item::Actor(_) | Item::Source(_) => None,
    }
}

/// Returns a value as a text on one line.
fn value_text(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => json_text(other),
    };
    // The parts of a list are told apart.
    if text.len() > MAX_TEXT && !value.is_array() { sha256(text.as_bytes()) } else { text }
}

/// Returns the parts of the text of a list.
pub(super) fn parts_of(text: &str) -> Vec<String> {
    match serde_json::from_str(text) {
        Ok(Value::Array(list)) => list.iter().map(json_text).collect(),
        _ => Vec::new(),
    }
}

/// Whether two texts of a field say the same; the order of lists doesn't matter.
pub(super) fn is_same_text(one: Option<&String>, other: Option<&String>) -> bool {
    if one == other {
        return true;
    }
    let (Some(one), Some(other)) = (one, other) else { return false };
    let sorted = |text: &str| {
        let mut parts = parts_of(text);
        parts.sort();
        parts
    };
    one.starts_with('[') && other.starts_with('[') && !sorted(one).is_empty() && sorted(one) == sorted(other)
}

/// Returns the texts of the fields of a record as its row had them.
pub(super) fn row_texts(records: &Records, item: Item) -> FieldTexts {
    let mut texts = field_texts(records, item);
    for (field, was) in row_of(records, item).into_iter().flat_map(|row| &row.was) {
        if was.is_empty() {
            texts.remove(field);
        } else {
            texts.insert(field.clone(), was.clone());
        }
    }
    texts
}

/// Returns what the row of a record said in a field, if it was changed by hand since.
fn was<'r>(row: Option<&'r ImportRow>, field: &str) -> Option<&'r str> {
    row?.was.iter().find(|(name, _)| name == field).map(|(_, was)| was.as_str())
}

/// Returns the name of an actor as its row has it.
pub(super) fn row_name(records: &Records, id: ActorId) -> &str {
    let Some(actor) = records.actors.get(id) else { return "" };
    was(actor.metadata.row.as_ref(), "name").filter(|name| !name.is_empty()).unwrap_or(&actor.name)
}

/// Returns the address of a source, else its title, else its id, as its row has it.
pub(super) fn source_name(records: &Records, id: SourceId) -> String {
    let Some(source) = records.sources.get(id) else { return String::new() };
    let Source { url, title, row, .. } = source;
    let text = |field: &str, now: &Option<String>| {
        let text = was(row.as_deref(), field).map(str::to_owned).or_else(|| now.clone());
        text.filter(|text| !text.is_empty())
    };
    text("url", url).or_else(|| text("title", title)).unwrap_or_else(|| source.key.to_string())
}

/// Returns the actor with a key, or into which the one with the key was merged.
pub(super) fn find_actor(records: &Records, key: &str) -> Option<ActorId> {
    let is = |known: &Key| **known == *key;
    let mut actors = records.actors.iter();
    actors.find(|(_, actor)| is(&actor.key) || actor.former_ids.iter().any(is)).map(|(id, _)| id)
}

/// Returns the ends of a tie as its row has them.
pub(super) fn row_ends(records: &Records, tie: &Tie) -> Ends {
    let row = tie.claim.metadata.row.as_ref();
    let find = |field: &str, now: ActorId| was(row, field).and_then(|key| find_actor(records, key)).unwrap_or(now);
    match &tie.ends {
        Ends::Pair { from, to } => Ends::Pair { from: find("from", *from), to: find("to", *to) },
        parties @ Ends::Parties(_) => parties.clone(),
    }
}

/// Whether the rows of an import are actors.
pub(super) fn is_of_actors(import: &Import) -> bool {
    let columns = recipe_columns(import.recipe.as_ref());
    let has = |roles: &[Role]| columns.iter().any(|choice| roles.contains(&choice.role));
    has(&[Role::ActorId, Role::ActorName]) && !has(&[Role::From, Role::To, Role::Party])
}

/// Returns words that tell a record among those of its table, however its rows are ordered.
pub(super) fn identity(records: &Records, item: Item) -> String {
    match item {
        Item::Actor(id) => format!("actor {}", row_name(records, id)),
        Item::Source(id) => format!("source {}", source_name(records, id)),
        Item::Fact(id) => {
            let Some(fact) = records.facts.get(id) else { return String::new() };
            let text = was(fact.claim.metadata.row.as_ref(), "text").unwrap_or(&fact.text);
            format!("fact {}: {text}", row_name(records, fact.actor))
        }
        Item::Tie(id) => {
            let Some(tie) = records.ties.get(id) else { return String::new() };
            let ends = match row_ends(records, tie) {
                Ends::Pair { from, to } => format!("{} → {}", row_name(records, from), row_name(records, to)),
                ends @ Ends::Parties(_) => {
                    ends.actors().into_iter().map(|actor| row_name(records, actor)).collect::<Vec<_>>().join(" + ")
                }
            };
            let texts = row_texts(records, item);
            let kind = texts.get("kind").map_or("", String::as_str);
            let label = records.tie_kinds.values().find(|known| *known.key == *kind).map_or(kind, |kind| &kind.label);
            let dates = ["date", "startDate", "endDate"].map(|field| texts.get(field).map_or("", String::as_str));
            let dates: Vec<&str> = dates.into_iter().filter(|date| !date.is_empty()).collect();
            let dates = if dates.is_empty() { String::new() } else { format!(", {}", dates.join("/")) };
            format!("tie {ends}, {}{dates}", label.to_lowercase())
        }
    }
}

/// Returns the imports whose rows are actors.
pub(super) fn actor_tables(records: &Records) -> HashSet<ImportId> {
    records.imports.iter().filter(|(_, import)| is_of_actors(import)).map(|(id, _)| id).collect()
}

/// Whether the keys of its row tell a record from all others of its table; `actor_tables` are the imports whose rows are
/// actors.
pub(super) fn is_keyed(records: &Records, item: Item, actor_tables: &HashSet<ImportId>) -> bool {
    let Some(row) = row_of(records, item) else { return false };
    let is_row = match item {
        Item::Actor(_) => actor_tables.contains(&row.import),
        Item::Tie(_) | Item::Fact(_) => true,
        Item::Source(_) => false,
    };
    is_row && records.imports.get(row.import).is_some_and(|import| !import.columns.is_empty())
}

/// Notes in the rows of records that were changed by hand what they said, and in their imports which were deleted.
/// `merged` are those that were merged into others.
pub(super) fn note_changes(
    was: &Records,
    is: &mut Records,
    touched: &mut BTreeSet<RecordSlot>,
    merged: &BTreeSet<Item>,
) {
    let items = touched.iter().filter_map(|slot| if let RecordSlot::Item(item) = slot { Some(*item) } else { None });
    let (with_row, others): (Vec<Item>, Vec<Item>) = items.partition(|item| row_of(was, *item).is_some());
    for item in others {
        note_taken_over(was, is, item, merged);
    }
    let is_any_gone = with_row.iter().any(|item| is.key(*item).is_none());
    let actor_tables = if is_any_gone { actor_tables(was) } else { HashSet::new() };
    for item in with_row {
        if is.key(item).is_some() {
            note_changed(was, is, item);
        } else if !merged.contains(&item)
            && let Some(import) = note_deleted(was, is, item, &actor_tables)
        {
            touched.insert(RecordSlot::Import(import));
        }
    }
}

/// Notes what the row of a record says that was merged into one without a row, which now has it.
fn note_taken_over(was: &Records, is: &mut Records, item: Item, merged: &BTreeSet<Item>) {
    let Some(row) = row_of(is, item) else { return };
    let has_row = |other: &&Item| row_of(was, **other).is_some_and(|other| other.keys == row.keys);
    let Some(other) = merged.iter().find(has_row) else { return };
    let (before, now) = (row_texts(was, *other), field_texts(is, item));
    let fields: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let differs = |field: &&String| !is_same_text(before.get(*field), now.get(*field));
    let noted = fields.into_iter().filter(differs);
    let noted = noted.map(|field| (field.clone(), before.get(field).cloned().unwrap_or_default())).collect();
    if let Some(row) = row_mut(is, item) {
        row.was = noted;
    }
}

fn note_changed(was: &Records, is: &mut Records, item: Item) {
    if row_of(was, item).map(|row| row.import) != row_of(is, item).map(|row| row.import) {
        return;
    }
    let (before, now) = (field_texts(was, item), field_texts(is, item));
    let fields: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changed: Vec<&String> =
        fields.into_iter().filter(|field| !is_same_text(before.get(*field), now.get(*field))).collect();
    let Some(row) = row_mut(is, item).filter(|_| !changed.is_empty()) else { return };
    for field in changed {
        let text = before.get(field).cloned().unwrap_or_default();
        set_was(row, field, text, now.get(field));
    }
}

/// Notes what a row said in a field, unless something is noted already, and forgets it once the field says that again.
fn set_was(row: &mut ImportRow, field: &str, text: String, now: Option<&String>) {
    let known = row.was.iter().position(|(name, _)| name == field);
    match known {
        None => row.was.push((field.to_owned(), text)),
        Some(index) => {
            let original = Some(&row.was[index].1).filter(|text| !text.is_empty());
            if is_same_text(original, now) {
                row.was.remove(index);
            }
        }
    }
}

/// Notes that a record was deleted by hand; returns its import.
fn note_deleted(was: &Records, is: &mut Records, item: Item, actor_tables: &HashSet<ImportId>) -> Option<ImportId> {
    let row = row_of(was, item)?;
    // A source is there as long as a row cites it.
    if matches!(item, Item::Source(_)) {
        return None;
    }
    let keyed = is_keyed(was, item, actor_tables);
    let mut words = if keyed { row.keys.clone() } else { vec![identity(was, item)] };
    if let Item::Actor(id) = item
        && let Some(actor) = was.actors.get(id).filter(|actor| !actor.former_ids.is_empty())
    {
        // The rows of those that were merged into it are deleted, too. They may have had other names in the table.
        words.extend(actor.aliases.iter().map(|alias| format!("actor {alias}")));
        words.extend(actor.former_ids.iter().map(|former| format!("actor {former}")));
    }
    let import = is.imports.get_mut(row.import)?;
    for words in words {
        // Two equal rows without an id are two rows.
        if !keyed || !import.gone.contains(&words) {
            import.gone.push(words);
        }
    }
    Some(row.import)
}

/// Returns the transaction with changes that add the rows of tables to a document. What they change of records from the
/// rows of other tables is noted as if a hand had changed it.
#[must_use]
pub fn add_rows(document: &Document, label: impl Into<String>, changes: Vec<RecordChange>) -> Transaction {
    let was = document.map.records();
    let mut is = was.clone();
    let mut touched = BTreeSet::new();
    for change in &changes {
        match change {
            RecordChange::ActorKind(id, swap) => is.actor_kinds.set(*id, swap.is.clone()),
            RecordChange::TieKind(id, swap) => is.tie_kinds.set(*id, swap.is.clone()),
            RecordChange::Actor(id, swap) => is.actors.set(*id, swap.is.clone()),
            RecordChange::Source(id, swap) => is.sources.set(*id, swap.is.clone()),
            RecordChange::Tie(id, swap) => is.ties.set(*id, swap.is.clone()),
            RecordChange::Fact(id, swap) => is.facts.set(*id, swap.is.clone()),
            RecordChange::Import(id, swap) => is.imports.set(*id, swap.is.clone()),
            RecordChange::View(..) | RecordChange::Meta { .. } | RecordChange::Distinct { .. } => continue,
        }
        if let RecordSlot::Item(item) = change.slot()
            && was.key(item).is_some()
        {
            touched.insert(change.slot());
        }
    }
    note_changes(was, &mut is, &mut touched, &BTreeSet::new());
    let noted = changes.into_iter().map(|change| match change {
        RecordChange::Actor(id, swap) => RecordChange::Actor(id, Swap { is: is.actors.shared(id).cloned(), ..swap }),
        RecordChange::Source(id, swap) => RecordChange::Source(id, Swap { is: is.sources.shared(id).cloned(), ..swap }),
        RecordChange::Tie(id, swap) => RecordChange::Tie(id, Swap { is: is.ties.shared(id).cloned(), ..swap }),
        other => other,
    });
    Transaction { label: label.into(), changes: noted.map(Change::Record).collect() }
}
