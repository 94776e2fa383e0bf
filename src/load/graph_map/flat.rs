//! Which value of a node or edge is which field of a record.

use std::collections::HashMap;

use serde_json::{Map as Object, Value};

use super::{OTHER_FIELDS, TIE_PLACE};

/// What the values are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordSort {
    Actor,
    Tie,
}

/// The declared type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlatForm {
    Text,
    Number,
    Flag,
}

/// A value of a node or edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlatText<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    pub(crate) form: FlatForm,
}

/// How a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FieldForm {
    Text,
    /// A decimal: a whole number or a text in JSON.
    Decimal,
    /// Texts with bars between.
    List,
    /// Texts "name: value" with bars between, as an object.
    Pairs,
    Json,
    /// The label of a kind.
    Kind,
    /// For people, or the place of a node; no field.
    Shown,
}

/// The name of a value, the field, the field within that, and how it is read.
type FlatField = (&'static str, &'static [&'static str], FieldForm);

const ACTOR: &[FlatField] = &[
    ("label", &["name"], FieldForm::Text),
    ("kind", &["kind"], FieldForm::Kind),
    ("aliases", &["aliases"], FieldForm::List),
    ("summary", &["summary"], FieldForm::Text),
    ("startDate", &["startDate"], FieldForm::Text),
    ("endDate", &["endDate"], FieldForm::Text),
    ("tags", &["tags"], FieldForm::List),
    ("weight", &["weight"], FieldForm::Decimal),
    ("website", &["url"], FieldForm::Text),
    ("partOf", &["partOf"], FieldForm::Text),
    ("identifiers", &["identifiers"], FieldForm::Pairs),
    ("formerIds", &["formerIds"], FieldForm::Json),
    ("row", &["row"], FieldForm::Json),
    ("checks", &["checks"], FieldForm::Json),
    ("x", &[], FieldForm::Shown),
    ("y", &[], FieldForm::Shown),
];

const TIE: &[FlatField] = &[
    ("label", &["label"], FieldForm::Text),
    ("kind", &["kind"], FieldForm::Kind),
    ("startDate", &["startDate"], FieldForm::Text),
    ("endDate", &["endDate"], FieldForm::Text),
    ("date", &["date"], FieldForm::Text),
    ("firstSeen", &["firstSeen"], FieldForm::Text),
    ("lastSeen", &["lastSeen"], FieldForm::Text),
    ("stage", &["stage"], FieldForm::Text),
    ("status", &["status"], FieldForm::Text),
    ("statusDate", &["statusDate"], FieldForm::Text),
    ("confidence", &["confidence"], FieldForm::Text),
    ("amount", &["amount", "exact"], FieldForm::Decimal),
    ("currency", &["amount", "currency"], FieldForm::Text),
    ("amountInWords", &["amount", "text"], FieldForm::Text),
    ("share", &["share", "exact"], FieldForm::Decimal),
    ("shareInWords", &["share", "text"], FieldForm::Text),
    ("quantity", &["quantity", "exact"], FieldForm::Decimal),
    ("quantityInWords", &["quantity", "text"], FieldForm::Text),
    ("summary", &["summary"], FieldForm::Text),
    ("scope", &["scope"], FieldForm::Text),
    ("via", &["via"], FieldForm::Text),
    ("tags", &["tags"], FieldForm::List),
    ("weight", &["weight"], FieldForm::Decimal),
    ("partOf", &["partOf"], FieldForm::Text),
    ("supersedes", &["supersedes"], FieldForm::List),
    ("contradicts", &["contradicts"], FieldForm::List),
    ("stages", &["stages"], FieldForm::Json),
    ("retraction", &["retraction"], FieldForm::Json),
    ("evidence", &["evidence"], FieldForm::Json),
    ("row", &["row"], FieldForm::Json),
    ("checks", &["checks"], FieldForm::Json),
    ("parties", &["parties"], FieldForm::Json),
    ("history", &[], FieldForm::Shown),
    ("direction", &[], FieldForm::Shown),
    ("record", &[], FieldForm::Shown),
    ("x", &[], FieldForm::Shown),
    ("y", &[], FieldForm::Shown),
];

/// The ids of the kinds of actors or ties by the words that graphs have for them.
#[derive(Debug, Default)]
pub(crate) struct KindKeys(HashMap<String, String>);

impl KindKeys {
    /// Takes the kinds of one sort from the field `kinds` of a map file.
    pub(crate) fn of(kinds: Option<&Value>, sort: RecordSort) -> Self {
        let word = if sort == RecordSort::Actor { "actor" } else { "tie" };
        let listed = kinds.and_then(|kinds| kinds.get(word)).and_then(Value::as_object);
        let label = |kind: &Value| kind["label"].as_str().unwrap_or_default().trim().to_owned();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for kind in listed.into_iter().flat_map(Object::values) {
            *counts.entry(label(kind).to_lowercase()).or_default() += 1;
        }
        let keys = listed.into_iter().flatten().map(|(key, kind)| {
            let label = label(kind);
            let is_told = !label.is_empty() && counts.get(&label.to_lowercase()) == Some(&1);
            (if is_told { label } else { key.clone() }, key.clone())
        });
        Self(keys.collect())
    }
}

/// Returns the fields of a record that its values say, but its id and its ends.
pub(crate) fn fields_of<'a>(
    sort: RecordSort,
    kinds: &KindKeys,
    values: impl Iterator<Item = FlatText<'a>>,
) -> Object<String, Value> {
    let mut fields = Object::new();
    let known = if sort == RecordSort::Actor { ACTOR } else { TIE };
    for value in values.filter(|value| !matches!(value.name, OTHER_FIELDS | TIE_PLACE)) {
        let Some((_, path, form)) = known.iter().find(|(name, ..)| *name == value.name) else {
            let mark = if value.name.starts_with("x-") { "" } else { "x-" };
            fields.insert(format!("{mark}{}", value.name), own_value(value));
            continue;
        };
        if let Some(json) = field_value(*form, value.text, kinds) {
            set(&mut fields, path, json);
        }
    }
    fields
}

fn set(fields: &mut Object<String, Value>, path: &[&str], json: Value) {
    match path {
        [] => {}
        [name] => drop(fields.insert((*name).to_owned(), json)),
        [name, rest @ ..] => {
            let inner = fields.entry((*name).to_owned()).or_insert_with(|| Object::new().into());
            if let Value::Object(inner) = inner {
                set(inner, rest, json);
            }
        }
    }
}

fn field_value(form: FieldForm, text: &str, kinds: &KindKeys) -> Option<Value> {
    Some(match form {
        FieldForm::Text => text.into(),
        FieldForm::Decimal => match text.parse::<i64>() {
            Ok(whole) => whole.into(),
            Err(_) => text.into(),
        },
        FieldForm::List => parts(text).collect(),
        FieldForm::Pairs => {
            let pair = |part: &str| part.split_once(": ").map(|(name, value)| (name.to_owned(), value.into()));
            Value::Object(text.split(" | ").filter_map(pair).collect())
        }
        FieldForm::Json => serde_json::from_str(text).ok()?,
        FieldForm::Kind => kinds.0.get(text).map_or(text, String::as_str).into(),
        FieldForm::Shown => return None,
    })
}

fn parts(text: &str) -> impl Iterator<Item = Value> {
    // A single value with a semicolon has a bar behind.
    text.strip_suffix(" |").unwrap_or(text).split(" | ").map(Value::from)
}

fn own_value(value: FlatText<'_>) -> Value {
    let text = value.text;
    match value.form {
        FlatForm::Number => serde_json::from_str(text).ok().filter(Value::is_number).unwrap_or_else(|| text.into()),
        FlatForm::Flag if text == "true" || text == "false" => (text == "true").into(),
        FlatForm::Flag | FlatForm::Text => text.into(),
    }
}

/// Whether a field of a record is what was read of its values.
pub(crate) fn is_same_json(field: &Value, read: Option<&Value>) -> bool {
    read.is_some_and(|read| field == read && is_safe(read))
}

/// Whether XML holds all texts in a value. Its readers may change blanks at the ends.
fn is_safe(value: &Value) -> bool {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    match value {
        Value::String(text) => text.trim() == text && text.chars().all(is_legal),
        Value::Array(list) => list.iter().all(is_safe),
        Value::Object(fields) => fields.iter().all(|(name, value)| is_safe(value) && name.chars().all(is_legal)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
