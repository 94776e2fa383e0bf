//! JSON Graph Format, versions 1 and 2: nodes in an object or list, edges, and hyperedges of several nodes.

use std::borrow::Cow;

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::counted;
use crate::wording::read::Role;

use super::attributes::{described, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;

/// Reads the only graph, or the first of several.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let mut graphs = root.get("graph").into_iter().chain(root.get("graphs").into_iter().flat_map(JsonValue::items));
    let Some(inner) = graphs.next() else { return Ok(()) };
    let more = graphs.count();
    if more > 0 {
        let message = counted(more, "further graph of the file is left out", "further graphs of the file are left out");
        graph.notes.push(TableNote::new(Severity::Warning, message, "write each graph to a file of its own"));
    }
    graph.title = inner.first_word(&["label", "id"]).map(Cow::into_owned);
    let about = [inner.get("metadata"), Some(inner)].into_iter().flatten();
    let about = about
        .filter_map(|about| described(about, &["id", "label", "nodes", "edges", "hyperedges", "directed", "metadata"]));
    let about: Vec<String> = about.collect();
    graph.description = (!about.is_empty()).then(|| about.join("\n"));
    let list = |name: &str| inner.get(name).into_iter().flat_map(JsonValue::members);
    // Edges are directed unless a graph says otherwise.
    let is_directed = inner.get("directed").and_then(JsonValue::flag).unwrap_or(true);
    let mut lines = LineCounter::new(text);
    for (index, (key, node)) in list("nodes").enumerate() {
        let at = (lines.line(node.offset()), meter);
        let id = key.or_else(|| node.word_of("id")).unwrap_or_else(|| format!("node {}", index + 1).into());
        graph.set_actor(id.clone(), node.word_of("label").unwrap_or(id));
        for (name, value) in metadata(node, &["id", "label"]) {
            let role = match &*name {
                "x" if value.number().is_some() => Some(Role::X),
                "y" if value.number().is_some() => Some(Role::Y),
                "color" if value.text().is_some() => Some(Role::Color),
                _ => None,
            };
            put_value(&mut graph.actors, name, role, value, at)?;
        }
        graph.actors.end(at.0, meter)?;
    }
    for (_, edge) in list("edges").chain(list("hyperedges")) {
        let at = (lines.line(edge.offset()), meter);
        edge_of(edge, is_directed, at, graph)?;
    }
    Ok(())
}

/// Returns the fields of an element and of its metadata, but for those that are known.
fn metadata<'a, 't>(
    element: JsonValue<'a, 't>,
    known: &'static [&'static str],
) -> impl Iterator<Item = (Cow<'a, str>, JsonValue<'a, 't>)> {
    let inner = element.get("metadata").filter(|inner| inner.is_object());
    let own =
        element.fields().filter(move |(name, _)| !known.contains(&&**name) && (inner.is_none() || name != "metadata"));
    own.chain(inner.into_iter().flat_map(JsonValue::fields))
}

fn edge_of<'a>(
    edge: JsonValue<'a, '_>,
    is_directed: bool,
    at: (u32, &Meter),
    graph: &mut GraphTables<'a>,
) -> Result<(), Stop> {
    let id = edge.word_of("id").unwrap_or_default();
    let is_directed = edge.get("directed").and_then(JsonValue::flag).unwrap_or(is_directed);
    let words = |name: &str| -> Vec<Cow<'a, str>> {
        edge.get(name).into_iter().flat_map(JsonValue::each).filter_map(JsonValue::word).collect()
    };
    let (nodes, sources, targets) = (words("nodes"), words("source"), words("target"));
    match (nodes.as_slice(), sources.as_slice(), targets.as_slice()) {
        ([from, to], [], []) => graph.set_tie(id, [from.clone(), to.clone()], Some(false)),
        ([], [from], [to]) => graph.set_tie(id, [from.clone(), to.clone()], Some(is_directed)),
        ([], [], []) => graph.set_tie(id, Default::default(), None),
        _ => {
            graph.set_tie(id, Default::default(), None);
            let parties = [(None, nodes), (Some("source"), sources), (Some("target"), targets)];
            for (role, parties) in parties {
                for party in parties {
                    graph.add_party(party, role);
                    at.1.check_columns(graph.ties.width(), at.0)?;
                }
            }
        }
    }
    for (name, value) in metadata(edge, &["id", "source", "target", "nodes", "directed", "relation", "label"]) {
        put_value(&mut graph.ties, name, None, value, at)?;
    }
    if let Some(relation) = edge.word_of("relation") {
        graph.ties.put("relation", Some(Role::Kind), relation);
    }
    if let Some(label) = edge.word_of("label") {
        graph.ties.put("label", Some(Role::Label), label);
    }
    graph.end_tie(at.0, at.1)
}
