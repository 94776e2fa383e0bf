//! Attributes of elements as cells. What is nested gets a cell for each of its parts, so that nothing is dropped.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::hidden_characters::visible;
use crate::load::table::graph::GraphRows;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, CellKind, Stop, TableNote};
use crate::model::Severity;
use crate::wording::read::Role;

use super::value::{JsonKind, JsonValue};

/// Maximum depth to which nested objects get columns of their own.
const MAX_NESTED: usize = 3;

/// Puts a value in the column with a heading; objects get a column for each of their fields.
pub(super) fn put_value<'a>(
    rows: &mut GraphRows<'a>,
    heading: impl Into<Cow<'a, str>>,
    role: Option<Role>,
    value: JsonValue<'a, '_>,
    (line, meter): (u32, &Meter),
) -> Result<(), Stop> {
    put_nested(rows, heading.into(), role, value, MAX_NESTED);
    meter.check_columns(rows.width(), line)
}

fn put_nested<'a>(
    rows: &mut GraphRows<'a>,
    heading: Cow<'a, str>,
    role: Option<Role>,
    value: JsonValue<'a, '_>,
    depth: usize,
) {
    let is_nested = value.is_object() && depth > 0 && value.fields().next().is_some();
    if !is_nested {
        if let Some(cell) = cell_of(value) {
            let column = rows.column(heading, role);
            rows.set(column, cell);
        }
        return;
    }
    for (name, inner) in value.fields() {
        put_nested(rows, format!("{heading}.{name}").into(), role, inner, depth - 1);
    }
}

/// Puts all fields of an object that are not in a list of names.
pub(super) fn put_fields<'a>(
    rows: &mut GraphRows<'a>,
    object: JsonValue<'a, '_>,
    known: &[&str],
    at: (u32, &Meter),
) -> Result<(), Stop> {
    for (name, value) in object.fields() {
        if !known.contains(&&*name) {
            put_value(rows, name, None, value, at)?;
        }
    }
    Ok(())
}

/// Returns a cell with the value; `None` if it is `null` or empty.
pub(super) fn cell_of<'a>(value: JsonValue<'a, '_>) -> Option<Cell<'a>> {
    let cell = match value.kind() {
        JsonKind::Nothing => return None,
        JsonKind::Text => Cell::text(value.text()?),
        JsonKind::Number => Cell::number(value.word()?),
        JsonKind::Flag => Cell { text: value.word()?, kind: CellKind::Bool },
        JsonKind::List => list_of(value)?,
        JsonKind::Object => Cell::text(value.json()),
    };
    (!cell.text.is_empty()).then_some(cell)
}

/// Returns a cell with the words of a list; with its JSON if it holds more than words.
fn list_of<'a>(list: JsonValue<'a, '_>) -> Option<Cell<'a>> {
    let is_nested = |item: JsonValue<'_, '_>| item.is_object() || item.is_list();
    if list.items().any(is_nested) {
        return Some(Cell::text(list.json()));
    }
    let words: Vec<Cow<'a, str>> = list.items().filter_map(JsonValue::word).collect();
    match words.len() {
        0 => None,
        _ => Some(Cell::list(words)),
    }
}

/// Returns the words of a list, or of one value, with bars between.
pub(super) fn joined<'a>(words: impl IntoIterator<Item = Cow<'a, str>>) -> Option<Cow<'a, str>> {
    let words: Vec<Cow<'a, str>> = words.into_iter().filter(|word| !word.trim().is_empty()).collect();
    match words.len() {
        0 => None,
        1 => words.into_iter().next(),
        _ => Some(words.join(" | ").into()),
    }
}

/// The longest text, in bytes, that is copied to several rows.
const MAX_COPIED: usize = 300;

/// Returns a text that several rows get: a long one that isn't borrowed is cut, or a small file could fill the memory.
pub(super) fn brief(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Owned(text) if text.len() > MAX_COPIED => {
            Cow::Owned(text[..text.floor_char_boundary(MAX_COPIED)].to_owned())
        }
        text => text,
    }
}

/// Returns what an object says as lines "name: value"; `None` if it says nothing but what is known.
pub(super) fn described(object: JsonValue<'_, '_>, known: &[&str]) -> Option<String> {
    let lines = object.fields().filter(|(name, _)| !known.contains(&&**name)).filter_map(|(name, value)| {
        let cell = cell_of(value)?;
        Some(format!("{name}: {}", cell.text))
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Names of fields that are left out, for one note.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    names: BTreeSet<String>,
    count: usize,
}

/// The maximum number of names in a note.
const MAX_NAMES: usize = 20;

impl LeftOut {
    pub(super) fn add(&mut self, name: &str) {
        self.count += 1;
        if self.names.len() < MAX_NAMES && !self.names.contains(name) {
            self.names.insert(name.to_owned());
        }
    }

    /// Adds a note that says what is left out and why, if anything is.
    pub(super) fn note(self, why: &str, notes: &mut Vec<TableNote>) {
        if self.names.is_empty() {
            return;
        }
        let names: Vec<String> = self.names.iter().map(|name| visible(name).into_owned()).collect();
        let message = format!("{why} left out, {} in all: {}", self.count, names.join(", "));
        notes.push(TableNote::new(Severity::Remark, message, ""));
    }
}
