//! Records, fields and values as people read them.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::edit::Field;
use crate::document::provenance::{is_keyed, parts_of, row_of};
use crate::hidden_characters::{shortened, visible};
use crate::load::table_of;
use crate::model::{Amount, Bound, Ends, ImportId, Item, Records};
use crate::wording::{amount_text, share_text};

/// Returns the name of an actor, the title of a source, or the ends of a tie with its kind and date; what ours lacks is
/// looked up in theirs.
pub(super) fn item_words(ours: &Records, theirs: &Records, item: Item) -> String {
    let actor = |id| ours.actors.get(id).or_else(|| theirs.actors.get(id));
    let words = match item {
        Item::Actor(id) => actor(id).map(|actor| actor.name.clone()),
        Item::Source(id) => {
            let source = ours.sources.get(id).or_else(|| theirs.sources.get(id));
            source.and_then(|source| source.title.clone().or_else(|| source.url.clone()))
        }
        Item::Fact(id) => ours.facts.get(id).or_else(|| theirs.facts.get(id)).map(|fact| {
            let name = actor(fact.actor).map_or("?", |actor| actor.name.as_str());
            format!("{name}: {}", fact.text)
        }),
        Item::Tie(id) => ours.ties.get(id).or_else(|| theirs.ties.get(id)).map(|tie| {
            let name = |id| actor(id).map_or("?", |actor| actor.name.as_str());
            let ends = match &tie.ends {
                Ends::Pair { from, to } => format!("{} → {}", name(*from), name(*to)),
                ends @ Ends::Parties(_) => ends.actors().into_iter().map(name).collect::<Vec<_>>().join(", "),
            };
            let kind = ours.tie_kinds.get(tie.kind).or_else(|| theirs.tie_kinds.get(tie.kind));
            let claim = &tie.claim;
            let date = claim.date.as_ref().or(claim.start.as_ref()).map(|date| date.text().to_owned());
            let parts = [Some(ends), kind.map(|kind| kind.label.clone()), date];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }),
    };
    visible(&words.unwrap_or_default()).into_owned()
}

/// Returns the table of a record's row, and its keys.
pub(super) fn row_words(records: &Records, item: Item, actor_tables: &HashSet<ImportId>) -> (String, String) {
    let Some(row) = row_of(records, item) else { return Default::default() };
    let import = records.imports.get(row.import);
    let table = import.and_then(table_of).map_or_else(String::new, |table| match &table.sheet {
        Some(sheet) => format!("{}, {sheet}", table.file),
        None => table.file.to_string(),
    });
    let is_key = is_keyed(records, item, actor_tables)
        || (matches!(item, Item::Actor(_)) && import.is_some_and(|import| !import.columns.is_empty()));
    let keys = row.keys.join(", ");
    let row = match keys.as_str() {
        "" => String::new(),
        _ if is_key => keys,
        _ => format!("row {keys}"),
    };
    (visible(&table).into_owned(), visible(&row).into_owned())
}

/// Returns the name of a field as people call it.
pub(super) fn field_words(field: &str) -> String {
    match field {
        "from" => "start".to_owned(),
        "to" => "end".to_owned(),
        "startDate" => "start date".to_owned(),
        "endDate" => "end date".to_owned(),
        _ => {
            let known = Field::ALL.iter().find(|known| known.name() == field).map(|known| known.words());
            visible(known.unwrap_or_else(|| field.strip_prefix("x-").unwrap_or(field))).into_owned()
        }
    }
}

/// Returns the text of a field as people read it; `actor_name` returns the name of the actor with a key.
pub(super) fn value_words(
    records: &Records,
    actor_name: &dyn Fn(&str) -> Option<String>,
    field: &str,
    text: &str,
) -> String {
    let words = match field {
        "from" | "to" | "partOf" | "actor" => actor_name(text),
        "kind" => {
            let tie = records.tie_kinds.values().find(|kind| &*kind.key == text).map(|kind| kind.label.clone());
            tie.or_else(|| records.actor_kinds.values().find(|kind| &*kind.key == text).map(|kind| kind.label.clone()))
        }
        "directed" => Some(if text == "true" { "one way" } else { "no direction" }.to_owned()),
        "amount" | "share" | "quantity" => {
            amount_of(text).map(|amount| if field == "share" { share_text(&amount) } else { amount_text(&amount) })
        }
        "evidence" => {
            let pieces = parts_of(text).into_iter().filter_map(|piece| evidence_words(&piece));
            Some(pieces.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
        }
        _ => None,
    };
    let words = words.unwrap_or_else(|| match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Array(_) | Value::Object(_))) => plain(&value),
        _ => text.to_owned(),
    });
    shortened(&words)
}

/// Reads an amount as the file has it; `None` if it has no figure.
fn amount_of(text: &str) -> Option<Amount> {
    let fields: Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| fields[name].as_str().map(str::to_owned);
    let bound = |name: &str, is_inclusive| {
        let value = &fields[name];
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned).parse().ok()?;
        Some(Bound { value, is_inclusive })
    };
    let exact = bound("exact", true);
    let lower = exact.or_else(|| bound("minimum", true)).or_else(|| bound("exclusiveMinimum", false));
    let upper = exact.or_else(|| bound("maximum", true)).or_else(|| bound("exclusiveMaximum", false));
    (lower.is_some() || upper.is_some()).then(|| Amount {
        lower,
        upper,
        is_approximate: fields["approx"] == true,
        currency: word("currency"),
        unit: word("unit"),
        text: word("text"),
    })
}

fn evidence_words(piece: &str) -> Option<String> {
    let piece: Value = serde_json::from_str(piece).ok()?;
    let source = piece["source"].as_str()?;
    Some(match piece["locator"].as_str() {
        Some(locator) => format!("{source}, {locator}"),
        None => source.to_owned(),
    })
}

/// Returns a value of several parts on one line.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            if let Some(text) = fields.get("text").and_then(Value::as_str) {
                return text.to_owned();
            }
            let parts = fields.iter().map(|(name, value)| format!("{name} {}", plain(value)));
            parts.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
