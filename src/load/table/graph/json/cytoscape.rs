//! Cytoscape's JSON: elements with data and places, in one list or in lists of nodes and edges. The web export has
//! several networks by name, and `NetworkX` writes the same form.

use crate::hidden_characters::visible;
use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::read::Role;

use super::attributes::{LeftOut, described, put_fields, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;

/// Fields of elements that say how they are drawn, or what is selected.
const DRAWN: [&str; 9] =
    ["selected", "selectable", "locked", "grabbable", "grabbed", "pannable", "removed", "style", "renderedPosition"];
const NAMES: [&str; 3] = ["name", "label", "shared_name"];

/// Reads the only network, or the first of several.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let text = super::document(text);
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let (name, network) = network_of(root, &mut graph.notes);
    let elements = network.get("elements").unwrap_or(network);
    let list = |name: &str| elements.get(name).into_iter().flat_map(JsonValue::items);
    let is_edge = |element: &JsonValue<'_, '_>| {
        element.says("group", "edges") || element.get("data").is_some_and(|data| data.has_all(&["source", "target"]))
    };
    let nodes = list("nodes").chain(elements.items().filter(|element| !is_edge(element)));
    let edges = list("edges").chain(elements.items().filter(is_edge));
    let data = network.get("data").filter(|data| data.is_object());
    graph.title =
        data.and_then(|data| data.first_word(&["name", "shared_name"])).or(name).map(std::borrow::Cow::into_owned);
    graph.description = data.and_then(|data| described(data, &["name", "shared_name", "SUID", "selected"]));
    let is_directed = network.get("directed").and_then(JsonValue::flag);
    let (mut lines, mut left_out) = (LineCounter::new(text), LeftOut::default());
    for (index, node) in nodes.enumerate() {
        let number = lines.line(node.offset());
        let data = node.get("data").unwrap_or(node);
        let id = data.word_of("id").unwrap_or_else(|| format!("node {}", index + 1).into());
        let name = name_field(data, &id);
        graph.set_actor(id.clone(), name.and_then(|name| data.word_of(name)).unwrap_or(id));
        for (axis, role) in [("x", Role::X), ("y", Role::Y)] {
            if let Some(at) = node.path(&["position", axis]).filter(|at| at.number().is_some()) {
                put_value(&mut graph.actors, axis, Some(role), at, (number, meter))?;
            }
        }
        if let Some(parent) = data.get("parent").filter(|parent| parent.word().is_some()) {
            put_value(&mut graph.actors, "parent", Some(Role::PartOf), parent, (number, meter))?;
        }
        let known = ["id", "parent", "selected", name.unwrap_or_default()];
        put_fields(&mut graph.actors, data, &known, (number, meter))?;
        for field in further(node, &mut left_out) {
            put_value(&mut graph.actors, field.0, None, field.1, (number, meter))?;
        }
        graph.actors.end(number, meter)?;
    }
    for edge in edges {
        let number = lines.line(edge.offset());
        let data = edge.get("data").unwrap_or(edge);
        let ends = ["source", "target"].map(|end| data.word_of(end).unwrap_or_default());
        graph.set_tie(data.word_of("id").unwrap_or_default(), ends, is_directed);
        put_fields(&mut graph.ties, data, &["id", "source", "target", "selected"], (number, meter))?;
        for field in further(edge, &mut left_out) {
            put_value(&mut graph.ties, field.0, None, field.1, (number, meter))?;
        }
        graph.ties.end(number, meter)?;
    }
    left_out.note("what only the drawing needs is", &mut graph.notes);
    Ok(())
}

/// Returns the field with the name of a node. `NetworkX` writes the id as the name.
fn name_field(data: JsonValue<'_, '_>, id: &str) -> Option<&'static str> {
    let named = || NAMES.into_iter().filter(|name| data.word_of(name).is_some());
    named().find(|name| data.word_of(name).is_some_and(|word| word != id)).or_else(|| named().next())
}

/// Returns the network with its name; that of the first of several, which are noted.
fn network_of<'a, 't>(
    root: JsonValue<'a, 't>,
    notes: &mut Vec<TableNote>,
) -> (Option<std::borrow::Cow<'a, str>>, JsonValue<'a, 't>) {
    if root.is_list() || root.has("elements") {
        return (None, root);
    }
    let mut networks = root.fields().filter(|(_, network)| network.has("elements"));
    let Some((name, first)) = networks.next() else { return (None, root) };
    let others: Vec<String> = networks.map(|(name, _)| format!("“{}”", visible(&name))).collect();
    if !others.is_empty() {
        let message = format!("the file has further networks, which are left out: {}", others.join(", "));
        notes.push(TableNote::new(Severity::Warning, message, "export each network to a file of its own"));
    }
    (Some(name), first)
}

/// Returns the fields of an element beside its data that are kept.
fn further<'a, 't>(
    element: JsonValue<'a, 't>,
    left_out: &mut LeftOut,
) -> Vec<(std::borrow::Cow<'a, str>, JsonValue<'a, 't>)> {
    if !element.has("data") {
        return Vec::new();
    }
    let mut kept = Vec::new();
    for (name, value) in element.fields() {
        match &*name {
            "data" | "position" | "group" => {}
            name if DRAWN.contains(&name) => left_out.add(name),
            _ if value.word().is_some_and(|word| word.is_empty()) => {}
            _ => kept.push((name, value)),
        }
    }
    kept
}
