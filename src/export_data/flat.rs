//! Records as named values, for tables and graphs.
//!
//! The names are those of the fields of the format, which the import of tables knows as headings, too: "startDate" and
//! "Start date" are one. [`heading`] has the words for people.

pub(super) mod tie;

use std::collections::HashSet;

use serde_json::Value;

use crate::load::json::{json_text, record_json};
use crate::model::{Actor, ActorId, ActorKindId, Date, Item, OwnFields, OwnValue, RecordSlot, TieKindId, Word};
use crate::wording::read::roles_of_heading;

use super::content::DataContent;

/// A value of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FlatValue {
    Text(String),
    /// The digits of a decimal.
    Number(String),
    Flag(bool),
    List(Vec<String>),
    /// Anything more complex than a list, as JSON.
    Json(Value),
}

/// The values of a record by name, in order.
pub(super) type FlatRecord = Vec<(String, FlatValue)>;

/// Names that custom fields never get, since formats give them a meaning.
const RESERVED: [&str; 12] =
    ["id", "source", "target", "key", "parent", "x", "y", "direction", "links", "nodes", "edges", "parties"];

/// The words for the kinds of actors and ties.
pub(super) struct KindLabels {
    actors: Vec<(ActorKindId, String)>,
    ties: Vec<(TieKindId, String)>,
}

impl KindLabels {
    /// Takes the label of each kind, or its id where two kinds have one label.
    pub(super) fn new(content: &DataContent) -> Self {
        let (actors, ties) = (content.map.actor_kinds(), content.map.tie_kinds());
        let actor_words = words(actors.iter().map(|(id, kind)| (id, &*kind.key, kind.label.as_str())).collect());
        let tie_words = words(ties.iter().map(|(id, kind)| (id, &*kind.key, kind.label.as_str())).collect());
        Self { actors: actor_words, ties: tie_words }
    }

    pub(super) fn actor(&self, kind: ActorKindId) -> &str {
        find(&self.actors, kind)
    }

    pub(super) fn tie(&self, kind: TieKindId) -> &str {
        find(&self.ties, kind)
    }
}

fn words<I: Copy>(kinds: Vec<(I, &str, &str)>) -> Vec<(I, String)> {
    let fold = |label: &str| label.trim().to_lowercase();
    let mut counts = std::collections::HashMap::new();
    for (_, _, label) in &kinds {
        *counts.entry(fold(label)).or_insert(0) += 1;
    }
    let word = |key: &str, label: &str| {
        let is_unique = counts.get(&fold(label)) == Some(&1) && !label.trim().is_empty();
        if is_unique { label.trim().to_owned() } else { key.to_owned() }
    };
    kinds.into_iter().map(|(id, key, label)| (id, word(key, label))).collect()
}

fn find<I: Copy + PartialEq>(words: &[(I, String)], id: I) -> &str {
    words.iter().find(|(known, _)| *known == id).map_or("", |(_, word)| word)
}

/// Adds a text unless there is none.
pub(super) fn put_text(record: &mut FlatRecord, name: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        record.push((name.to_owned(), FlatValue::Text(text.to_owned())));
    }
}

/// Adds a list unless it is empty.
pub(super) fn put_list(record: &mut FlatRecord, name: &str, list: Vec<String>) {
    if !list.is_empty() {
        record.push((name.to_owned(), FlatValue::List(list)));
    }
}

/// Adds fields of a record as JSON, as they stand in a map file.
pub(super) fn put_json(record: &mut FlatRecord, content: &DataContent, item: Item, names: &[&str]) {
    let Some(fields) = record_json(content.map.records(), RecordSlot::Item(item)) else { return };
    for name in names {
        if let Some(value) = fields.get(*name) {
            record.push(((*name).to_owned(), FlatValue::Json(plain(value))));
        }
    }
}

/// Returns JSON without the placeholders for values in an unusual form.
pub(super) fn plain(value: &Value) -> Value {
    serde_json::from_str(&json_text(value)).unwrap_or_default()
}

/// Returns the word of a closed list.
pub(super) fn word<T: Copy>(word: Option<&Word<T>>, spell: fn(T) -> &'static str) -> Option<String> {
    word.map(|word| match word {
        Word::Known(known) => spell(*known).to_owned(),
        Word::Other(other) => other.to_string(),
    })
}

/// Returns the values of an actor but its id; `name` is what its name is called.
pub(super) fn flat_actor(content: &DataContent, kinds: &KindLabels, id: ActorId, name: &str) -> FlatRecord {
    let actor: &Actor = content.map.actor(id);
    let mut record = FlatRecord::new();
    put_text(&mut record, name, Some(&actor.name));
    put_text(&mut record, "kind", actor.kind.map(|kind| kinds.actor(kind)));
    put_list(&mut record, "aliases", actor.aliases.clone());
    put_text(&mut record, "summary", actor.summary.as_deref());
    put_text(&mut record, "startDate", actor.start.as_ref().map(Date::text));
    put_text(&mut record, "endDate", actor.end.as_ref().map(Date::text));
    put_list(&mut record, "tags", actor.metadata.tags.clone());
    record.extend(actor.metadata.weight.map(|weight| ("weight".to_owned(), FlatValue::Number(weight.to_string()))));
    put_text(&mut record, "website", actor.url.as_deref());
    put_text(&mut record, "partOf", actor.part_of.map(|whole| &*content.map.actor(whole).key));
    let identifiers = actor.identifiers.iter().map(|(register, id)| format!("{register}: {id}"));
    put_list(&mut record, "identifiers", identifiers.collect());
    put_own(&mut record, &actor.metadata.own);
    record
}

/// Adds the fields outside the format under their full names.
pub(super) fn put_own(record: &mut FlatRecord, own: &OwnFields) {
    record.extend(own.iter().map(|field| (field.name.to_string(), flat_own(&field.value))));
}

/// Removes the mark from the names of custom fields where no other field has the name, for programs that have no use
/// for it. The import of tables would have to guess what such a heading means.
pub(super) fn without_marks(record: &mut FlatRecord) {
    let taken: HashSet<String> = record.iter().map(|(name, _)| name.to_lowercase()).collect();
    for (name, _) in record {
        if let Some(heading) = name.strip_prefix("x-").filter(|heading| is_free(heading, &taken)) {
            *name = heading.to_owned();
        }
    }
}

/// Whether a heading means nothing else, so that the mark before it can go.
fn is_free(heading: &str, taken: &HashSet<String>) -> bool {
    let folded = heading.trim().to_lowercase();
    !folded.is_empty()
        && heading.trim() == heading
        && !folded.starts_with("x-")
        && roles_of_heading(heading).is_empty()
        && !heading.contains(':')
        && !RESERVED.contains(&folded.as_str())
        && !NAMES.iter().any(|(name, shown)| name.eq_ignore_ascii_case(heading) || shown.eq_ignore_ascii_case(heading))
        && !taken.contains(&folded)
}

fn flat_own(value: &OwnValue) -> FlatValue {
    match value {
        OwnValue::Text(text) => FlatValue::Text(text.clone()),
        OwnValue::Number(number) => FlatValue::Number(number.text().to_owned()),
        OwnValue::Flag(flag) => FlatValue::Flag(*flag),
        OwnValue::List(list) => {
            let text = |value: &OwnValue| match flat_own(value) {
                FlatValue::Text(text) | FlatValue::Number(text) => Some(text),
                FlatValue::Flag(flag) => Some(flag.to_string()),
                FlatValue::List(_) | FlatValue::Json(_) => None,
            };
            match list.iter().map(text).collect::<Option<Vec<String>>>() {
                Some(texts) => FlatValue::List(texts),
                None => FlatValue::Json(list.iter().map(own_json).collect()),
            }
        }
        OwnValue::Other(raw) => FlatValue::Json(serde_json::from_str(raw.text()).unwrap_or_default()),
    }
}

fn own_json(value: &OwnValue) -> Value {
    match value {
        OwnValue::Text(text) => text.as_str().into(),
        OwnValue::Number(number) => serde_json::from_str(number.text()).unwrap_or_else(|_| number.text().into()),
        OwnValue::Flag(flag) => (*flag).into(),
        OwnValue::List(list) => list.iter().map(own_json).collect(),
        OwnValue::Other(raw) => serde_json::from_str(raw.text()).unwrap_or_default(),
    }
}

impl FlatValue {
    /// Returns the value as text; parts of a list are separated by vertical bars.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            // A value with a semicolon is one value only where a bar says so.
            Self::List(list) => match list.as_slice() {
                [one] if one.contains(';') => format!("{} |", one.replace('|', "/")),
                _ => list.iter().map(|part| part.replace('|', "/")).collect::<Vec<_>>().join(" | "),
            },
            Self::Json(value) => value.to_string(),
        }
    }

    /// Returns the value as JSON.
    pub(super) fn json(&self) -> Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into()),
            Self::Flag(flag) => (*flag).into(),
            Self::List(list) => list.clone().into(),
            Self::Json(value) => value.clone(),
        }
    }
}

/// The names of fields with the headings of their columns. Those that tables have no role for are read back as fields of the
/// map's own, so their headings have the mark of such fields, and nothing is guessed.
const NAMES: &[(&str, &str)] = &[
    ("id", "Id"),
    ("name", "Name"),
    ("kind", "Kind"),
    ("from", "From"),
    ("to", "To"),
    ("fromName", "From name"),
    ("toName", "To name"),
    ("direction", "Direction"),
    ("aliases", "Aliases"),
    ("startDate", "Start date"),
    ("endDate", "End date"),
    ("tags", "Tags"),
    ("weight", "Weight"),
    ("website", "Website"),
    ("partOf", "x-Part of"),
    ("identifiers", "x-Identifiers"),
    ("label", "Label"),
    ("date", "Date"),
    ("firstSeen", "x-First seen"),
    ("lastSeen", "x-Last seen"),
    ("stage", "Stage"),
    ("history", "x-History"),
    ("status", "Status"),
    ("statusDate", "x-Date of status"),
    ("confidence", "Confidence"),
    ("amount", "Amount"),
    ("currency", "Currency"),
    ("amountInWords", "x-Amount in words"),
    ("share", "Share"),
    ("shareInWords", "x-Share in words"),
    ("quantity", "Quantity"),
    ("quantityInWords", "x-Quantity in words"),
    ("summary", "Summary"),
    ("scope", "x-Scope"),
    ("via", "x-Via"),
    ("supersedes", "x-Supersedes"),
    ("contradicts", "x-Contradicts"),
    ("sourceTitle", "Source title"),
    ("sourceUrl", "Source URL"),
    ("sourcePublisher", "Publisher"),
    ("sourcePublished", "Published"),
    ("sourceAccessed", "Accessed"),
    ("quote", "Quote"),
    ("locator", "Page"),
];

/// Returns the heading of a field in a table.
pub(super) fn heading(name: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == name).map_or(name, |(_, heading)| heading)
}

/// Returns all names in use, those of the format first and in its order, then the others as they first come.
pub(super) fn names_in_use<'r>(records: impl Iterator<Item = &'r FlatRecord> + Clone) -> Vec<String> {
    let mut used: HashSet<&str> = HashSet::new();
    let mut others = Vec::new();
    for (name, _) in records.flatten() {
        if used.insert(name) && !NAMES.iter().any(|(known, _)| known == name) {
            others.push(name.clone());
        }
    }
    let known = NAMES.iter().filter(|(name, _)| used.contains(name)).map(|(name, _)| (*name).to_owned());
    known.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::{NAMES, heading};
    use crate::wording::read::{Role, roles_of_heading};

    #[test]
    fn names_and_headings_have_the_same_role() {
        // Graphs have evidence instead of columns for one source.
        for (name, shown) in NAMES.iter().filter(|(name, _)| !name.starts_with("source")) {
            assert_eq!(roles_of_heading(name), roles_of_heading(shown), "{name}: {shown}");
        }
        for (name, role) in [
            ("id", Role::TieId),
            ("name", Role::ActorName),
            ("kind", Role::Kind),
            ("from", Role::From),
            ("to", Role::To),
            ("fromName", Role::FromName),
            ("direction", Role::Direction),
            ("aliases", Role::Alias),
            ("startDate", Role::Start),
            ("endDate", Role::End),
            ("website", Role::Url),
            ("amount", Role::Amount),
            ("currency", Role::Currency),
            ("share", Role::Share),
            ("quantity", Role::Quantity),
            ("sourceTitle", Role::SourceTitle),
            ("sourceUrl", Role::SourceUrl),
            ("sourcePublisher", Role::SourcePublisher),
            ("sourcePublished", Role::SourcePublished),
            ("sourceAccessed", Role::SourceAccessed),
            ("quote", Role::Quote),
            ("locator", Role::Locator),
        ] {
            assert!(roles_of_heading(heading(name)).contains(&role), "{name}");
        }
    }
}
