//! Kumu's blueprints, and backups of projects: elements and connections, which name their ends by id or label.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::hidden_characters::visible;
use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::read::Role;

use super::attributes::{LeftOut, brief, put_value};
use super::document::{LineCounter, add_note, scan_noted};
use super::value::JsonValue;

const IDS: [&str; 2] = ["id", "_id"];
/// Fields of the outermost object that are read.
const ROOT: [&str; 7] = ["elements", "connections", "loops", "maps", "name", "description", "title"];

/// About what an element takes in the indexes by id and label.
const BYTES_OF_ELEMENT: usize = 200;

/// The elements by id and label.
#[derive(Default)]
struct Elements<'a> {
    ids: HashSet<Cow<'a, str>>,
    by_label: HashMap<Cow<'a, str>, Vec<Cow<'a, str>>>,
}

/// Reads a blueprint or project.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    graph.title = root.first_word(&["name", "title"]).map(Cow::into_owned);
    graph.description = root.word_of("description").map(Cow::into_owned);
    let list = |name: &str| root.get(name).into_iter().flat_map(JsonValue::items);
    meter.count_index(list("elements").count(), BYTES_OF_ELEMENT)?;
    let mut lines = LineCounter::new(text);
    let mut known = Elements::default();
    let places = places_of(root);
    for element in list("elements") {
        let number = lines.line(element.offset());
        let label = field_of(element, &["label", "name"]).unwrap_or_default();
        let id = element.first_word(&IDS).unwrap_or_else(|| label.clone());
        if id.is_empty() {
            let message = "the element has neither a label nor an id; it is left out";
            add_note(&mut graph.notes, TableNote::new(Severity::Error, message, "add a label").at_row(number));
            continue;
        }
        let place = places.get(&id).copied().or_else(|| element.get("position"));
        known.by_label.entry(label.clone()).or_default().push(id.clone());
        known.ids.insert(id.clone());
        graph.set_actor(id, label);
        for (axis, role) in [("x", Role::X), ("y", Role::Y)] {
            if let Some(at) = place.and_then(|place| place.get(axis)).filter(|at| at.number().is_some()) {
                put_value(&mut graph.actors, axis, Some(role), at, (number, meter))?;
            }
        }
        for (name, value) in fields_of(element) {
            match &*name {
                "id" | "_id" | "label" | "position" => {}
                "name" if !element.has("label") => {}
                _ => put_value(&mut graph.actors, name, None, value, (number, meter))?,
            }
        }
        graph.actors.end(number, meter)?;
    }
    for connection in list("connections") {
        let number = lines.line(connection.offset());
        connect(connection, number, &mut known, graph, meter)?;
    }
    let mut left_out = LeftOut::default();
    for (name, _) in root
        .fields()
        .filter(|(name, value)| !ROOT.contains(&&**name) || (name == "loops" && value.items().next().is_some()))
    {
        left_out.add(&name);
    }
    left_out.note("parts of the project that have no place in a map are", &mut graph.notes);
    Ok(())
}

/// Returns a field of an element, which may be among its attributes.
fn field_of<'a>(element: JsonValue<'a, '_>, names: &[&str]) -> Option<Cow<'a, str>> {
    let inner = element.get("attributes");
    element.first_word(names).or_else(|| inner.and_then(|inner| inner.first_word(names)))
}

/// Returns all fields of an element, with those of its attributes.
fn fields_of<'a, 't>(element: JsonValue<'a, 't>) -> impl Iterator<Item = (Cow<'a, str>, JsonValue<'a, 't>)> {
    let inner = element.get("attributes").filter(|inner| inner.is_object());
    let own = element.fields().filter(move |(name, _)| inner.is_none() || name != "attributes");
    own.chain(inner.into_iter().flat_map(JsonValue::fields))
}

/// Returns the place of each element on the first map where it is.
fn places_of<'a, 't>(root: JsonValue<'a, 't>) -> HashMap<Cow<'a, str>, JsonValue<'a, 't>> {
    let maps = root.get("maps").into_iter().flat_map(JsonValue::items);
    let placed = maps.filter_map(|map| map.get("elements")).flat_map(JsonValue::items);
    let mut places = HashMap::new();
    for placed in placed {
        if let (Some(id), Some(place)) = (placed.first_word(&["element", "id", "_id"]), placed.get("position")) {
            places.entry(id).or_insert(place);
        }
    }
    places
}

/// Reads a connection. An end that is no element becomes one.
fn connect<'a>(
    connection: JsonValue<'a, '_>,
    number: u32,
    known: &mut Elements<'a>,
    graph: &mut GraphTables<'a>,
    meter: &Meter,
) -> Result<(), Stop> {
    let mut ends: [Cow<'a, str>; 2] = Default::default();
    for (end, name) in ends.iter_mut().zip(["from", "to"]) {
        let Some(word) = connection.word_of(name) else { continue };
        *end = match known.by_label.get(&word).map(Vec::as_slice) {
            _ if known.ids.contains(&word) => word,
            Some([id]) => brief(id.clone()),
            Some(several) => {
                let (word, ids) = (visible(&word).into_owned(), several.join(" and of "));
                let message =
                    format!("“{word}” is the label of {}; the tie is left out until one is chosen", visible(&ids));
                let note = TableNote::new(Severity::Error, message, "write its id instead");
                add_note(&mut graph.notes, note.in_sheet(Some("ties")).at_row(number));
                return Ok(());
            }
            None => {
                let message = format!("“{}” is not among the elements; it is added", visible(&word));
                let note = TableNote::new(Severity::Remark, message, "");
                add_note(&mut graph.notes, note.in_sheet(Some("ties")).at_row(number));
                known.ids.insert(word.clone());
                graph.set_actor(word.clone(), word.clone());
                graph.actors.end(number, meter)?;
                word
            }
        };
    }
    graph.set_tie(connection.first_word(&IDS).unwrap_or_default(), ends, None);
    for (name, value) in fields_of(connection) {
        let role = match &*name {
            "id" | "_id" | "from" | "to" => continue,
            "direction" => Some(Role::Direction),
            "label" => Some(Role::Label),
            "type" | "connection type" => Some(Role::Kind),
            _ => None,
        };
        put_value(&mut graph.ties, name, role, value, (number, meter))?;
    }
    graph.ties.end(number, meter)
}
