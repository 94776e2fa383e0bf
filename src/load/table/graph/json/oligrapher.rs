//! Maps of Oligrapher: nodes and edges are objects by id, with their look in `display` (version 2) or beside it (3).

use std::borrow::Cow;

use crate::load::table::graph::GraphTables;
use crate::load::table::graph::html::text_of_html;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::attributes::{LeftOut, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;

/// What says only how a node or edge is drawn.
const DRAWN: [&str; 12] = ["scale", "status", "dash", "x1", "y1", "x2", "y2", "cx", "cy", "xb", "yb", "is_reverse"];

/// Reads a map.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let inner = root.get("graph").filter(|inner| inner.has("nodes")).unwrap_or(root);
    let about = root.get("attributes").unwrap_or(root);
    graph.title = about.word_of("title").map(Cow::into_owned);
    graph.description = description(root, inner, about);
    let list = |name: &str| inner.get(name).into_iter().flat_map(JsonValue::fields);
    let (mut lines, mut left_out) = (LineCounter::new(text), LeftOut::default());
    for (key, node) in list("nodes") {
        let number = lines.line(node.offset());
        let id = node.word_of("id").unwrap_or(key);
        let name = fields_of(node).find(|(name, _)| name == "name").and_then(|(_, name)| name.word());
        graph.set_actor(id.clone(), name.filter(|name| !name.is_empty()).unwrap_or(id));
        for (name, value) in fields_of(node) {
            let role = match &*name {
                "id" | "name" => continue,
                name if DRAWN.contains(&name) => {
                    left_out.add(name);
                    continue;
                }
                "x" => Some(Role::X),
                "y" => Some(Role::Y),
                "url" => Some(Role::Url),
                "color" => Some(Role::Color),
                "description" => Some(Role::Summary),
                _ => None,
            };
            put_value(&mut graph.actors, name, role, value, (number, meter))?;
        }
        graph.actors.end(number, meter)?;
    }
    for (key, edge) in list("edges") {
        let number = lines.line(edge.offset());
        let mut ends = ["node1_id", "node2_id"].map(|end| edge.word_of(end).unwrap_or_default());
        let arrow = fields_of(edge).find(|(name, _)| name == "arrow").and_then(|(_, arrow)| arrow.word());
        let arrow = arrow.unwrap_or_default();
        if matches!(&*arrow, "left" | "2->1") {
            ends.swap(0, 1);
        }
        let is_directed = matches!(&*arrow, "left" | "2->1" | "right" | "1->2" | "true");
        graph.set_tie(edge.word_of("id").unwrap_or(key), ends, Some(is_directed));
        for (name, value) in fields_of(edge) {
            let role = match &*name {
                "id" | "node1_id" | "node2_id" | "arrow" => continue,
                name if DRAWN.contains(&name) => {
                    left_out.add(name);
                    continue;
                }
                "label" => Some(Role::Label),
                "url" => Some(Role::SourceUrl),
                _ => None,
            };
            put_value(&mut graph.ties, name, role, value, (number, meter))?;
        }
        graph.ties.end(number, meter)?;
    }
    left_out.note("what describes only how something is drawn is", &mut graph.notes);
    Ok(())
}

/// Returns the fields of a node or edge, with those of `display`.
fn fields_of<'a, 't>(element: JsonValue<'a, 't>) -> impl Iterator<Item = (Cow<'a, str>, JsonValue<'a, 't>)> {
    let display = element.get("display").filter(|display| display.is_object());
    let own = element.fields().filter(move |(name, _)| display.is_none() || name != "display");
    own.chain(display.into_iter().flat_map(JsonValue::fields))
}

/// Returns what the map says beside its ties: subtitle, captions and annotations.
fn description(root: JsonValue<'_, '_>, graph: JsonValue<'_, '_>, about: JsonValue<'_, '_>) -> Option<String> {
    let mut parts: Vec<String> = about.word_of("subtitle").map(Cow::into_owned).into_iter().collect();
    parts.extend(about.word_of("date").map(|date| format!("Date: {date}")));
    for (_, caption) in graph.get("captions").into_iter().flat_map(JsonValue::members) {
        parts.extend(caption.get("display").unwrap_or(caption).word_of("text").map(Cow::into_owned));
    }
    let annotations = root.get("annotations").map(|found| found.get("list").unwrap_or(found));
    for annotation in annotations.into_iter().flat_map(JsonValue::items) {
        let words = ["header", "title", "text"].iter().filter_map(|name| annotation.word_of(name));
        let words: Vec<String> =
            words.map(|words| text_of_html(&words).trim().to_owned()).filter(|words| !words.is_empty()).collect();
        if !words.is_empty() {
            parts.push(words.join(": "));
        }
    }
    (!parts.is_empty()).then(|| parts.join("\n"))
}
