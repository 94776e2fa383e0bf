//! What Neo4j's APOC exports as JSON: a node or relationship in each line, in one list, or in two lists or objects.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::attributes::{joined, put_fields};
use super::document::LineCounter;
use super::document::for_each_value;
use super::value::JsonValue;

/// The properties that say what a node is called, the most usual first.
const NAMES: [&str; 6] = ["name", "title", "label", "fullName", "full_name", "caption"];

/// Reads nodes and relationships.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut notes = std::mem::take(&mut graph.notes);
    let mut reader = ApocReader { graph, meter, known: HashSet::new(), further: Vec::new() };
    for_each_value(text, &mut notes, meter, |value, number, _| reader.value(value, number))?;
    let ApocReader { graph, mut known, further, .. } = reader;
    for (id, kind, number) in further {
        if !known.insert(id.clone()) {
            continue;
        }
        graph.set_actor(id, "");
        if let Some(kind) = kind {
            graph.actors.put("labels", Some(Role::Kind), kind);
        }
        graph.actors.end(number, meter)?;
    }
    graph.notes = notes;
    Ok(())
}

/// An end of a relationship: its id, its labels, and the number of the relationship.
type ApocEnd<'a> = (Cow<'a, str>, Option<Cow<'a, str>>, u32);

struct ApocReader<'g, 'a, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    known: HashSet<Cow<'a, str>>,
    /// Ends that were not among the nodes when their relationship was read.
    further: Vec<ApocEnd<'a>>,
}

impl<'a> ApocReader<'_, 'a, '_> {
    fn value(&mut self, value: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let parts = ["nodes", "rels"].map(|name| value.get(name));
        if parts.iter().all(Option::is_none) {
            return self.element(value, number);
        }
        let mut lines = LineCounter::new(value.source());
        for (_, element) in parts.into_iter().flatten().flat_map(JsonValue::members) {
            self.element(element, number - 1 + lines.line(element.offset()))?;
        }
        Ok(())
    }

    fn element(&mut self, element: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let properties = element.get("properties").filter(|properties| properties.is_object());
        let id = element.word_of("id").unwrap_or_default();
        let ends = ["start", "end"].map(|end| element.get(end));
        if let [Some(start), Some(end)] = ends {
            let ends = [self.end(start, number)?, self.end(end, number)?];
            self.graph.set_tie(id, ends, Some(true));
            if let Some(kind) = element.first_word(&["label", "rel_type"]) {
                self.graph.ties.put("label", Some(Role::Kind), kind);
            }
            if let Some(properties) = properties {
                put_fields(&mut self.graph.ties, properties, &[], (number, self.meter))?;
            }
            return self.graph.ties.end(number, self.meter);
        }
        if id.is_empty() || !self.known.insert(id.clone()) {
            return Ok(());
        }
        self.node(id, element, properties, number)
    }

    fn node(
        &mut self,
        id: Cow<'a, str>,
        node: JsonValue<'a, '_>,
        properties: Option<JsonValue<'a, '_>>,
        number: u32,
    ) -> Result<(), Stop> {
        let name = NAMES.iter().find(|name| properties.is_some_and(|properties| properties.word_of(name).is_some()));
        let words = name.and_then(|name| properties?.word_of(name));
        self.graph.set_actor(id.clone(), words.unwrap_or(id));
        if let Some(labels) = labels_of(node) {
            self.graph.actors.put("labels", Some(Role::Kind), labels);
        }
        if let Some(properties) = properties {
            let known = name.copied().unwrap_or_default();
            put_fields(&mut self.graph.actors, properties, &[known], (number, self.meter))?;
        }
        self.graph.actors.end(number, self.meter)
    }

    /// Returns the id of an end, which may be a node with its properties.
    fn end(&mut self, end: JsonValue<'a, '_>, number: u32) -> Result<Cow<'a, str>, Stop> {
        let id = end.word_of("id").or_else(|| end.word()).unwrap_or_default();
        if !id.is_empty() && !self.known.contains(&id) {
            let properties = end.get("properties").filter(|properties| properties.is_object());
            if properties.is_some() {
                self.known.insert(id.clone());
                self.node(id.clone(), end, properties, number)?;
            } else {
                self.further.push((id.clone(), labels_of(end), number));
            }
        }
        Ok(id)
    }
}

/// Returns the labels of a node.
fn labels_of<'a>(node: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
    joined(node.get("labels")?.each().filter_map(JsonValue::word))
}
