//! `GraphML`: each value is an attribute of its own type; sources, evidence and facts are JSON in attributes.
//!
//! Fields that such values can't represent exactly go into another attribute as JSON, so that our reader gets the whole
//! map; the attribute `tieline` of the graph says so. All edges are declared in one direction, as `NetworkX` demands; the attribute "direction" says which have none.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::DataGraph;
use crate::export_data::content::DataContent;
use crate::export_data::flat::{FlatRecord, FlatValue};
use crate::export_data::xml::{DECLARATION, attribute, escaped, is_xml};
use crate::export_data::{DataFile, one_file};
use crate::load::graph_map::{
    FlatForm, FlatText, KindKeys, MARK, OTHER_FIELDS, RecordSort, TIE_PLACE, fields_of, is_same_json,
};
use crate::load::json::{file_json, json_text, record_json};
use crate::model::{Item, RecordSlot, TieId};

/// The declared attributes of nodes, edges or the graph.
struct KeyTable {
    of: &'static str,
    /// Name and type, by the number in the id of the key.
    list: Vec<(String, &'static str)>,
    ids: HashMap<String, usize>,
}

impl KeyTable {
    fn new<'r>(of: &'static str, records: impl Iterator<Item = &'r FlatRecord>) -> Self {
        let mut keys = Self { of, list: Vec::new(), ids: HashMap::new() };
        for (name, value) in records.flatten() {
            let sort = sort(value);
            match keys.ids.get(name) {
                Some(&at) if keys.list[at].1 != sort => keys.list[at].1 = "string",
                Some(_) => {}
                None => {
                    keys.ids.insert(name.clone(), keys.list.len());
                    keys.list.push((name.clone(), sort));
                }
            }
        }
        keys
    }

    fn declare(&self, out: &mut String) {
        for (number, (name, sort)) in self.list.iter().enumerate() {
            let id = self.id(number);
            let name = attribute("attr.name", name);
            let _ = writeln!(out, "  <key id=\"{id}\" for=\"{}\"{name} attr.type=\"{sort}\"/>", self.of);
        }
    }

    /// Returns the id of a key: "n" for nodes, "e" for edges, "g" for the graph.
    fn id(&self, number: usize) -> String {
        format!("{}{number}", &self.of[..1])
    }

    /// Returns the values of a record as they are read again.
    fn texts<'r>(&self, record: &'r FlatRecord, written: &'r [(String, String)]) -> impl Iterator<Item = FlatText<'r>> {
        record.iter().zip(written).map(|((known, _), (name, text))| {
            let form = match self.ids.get(known).map(|at| self.list[*at].1) {
                Some("double") => FlatForm::Number,
                Some("boolean") => FlatForm::Flag,
                _ => FlatForm::Text,
            };
            FlatText { name, text, form }
        })
    }

    fn write(&self, out: &mut String, record: &FlatRecord) {
        for (name, value) in record {
            if let Some(&number) = self.ids.get(name) {
                let text = match value {
                    FlatValue::Json(value) => xml_safe(&value.to_string()),
                    value => value.text(),
                };
                let _ = writeln!(out, "      <data key=\"{}\">{}</data>", self.id(number), escaped(&text));
            }
        }
    }
}

/// Returns the type of a value. Numbers of more digits than a double has are texts.
fn sort(value: &FlatValue) -> &'static str {
    match value {
        FlatValue::Number(text) if crate::load::workbook::exact_number(text).is_some() => "double",
        FlatValue::Flag(_) => "boolean",
        _ => "string",
    }
}

/// Returns JSON in which signs that XML can't hold are escaped; they occur in texts only.
fn xml_safe(json: &str) -> String {
    let escaped = |c: char| if is_xml(c) { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    json.chars().map(escaped).collect()
}

/// Adds the fields that the values of nodes and edges don't represent exactly.
fn put_other_fields(content: &DataContent, graph: &mut DataGraph) {
    let kinds = graph.about.iter().find(|(name, _)| *name == "kinds").map(|(_, kinds)| kinds);
    let of_actors = KindKeys::of(kinds, RecordSort::Actor);
    let of_ties = KindKeys::of(kinds, RecordSort::Tie);
    let places: HashMap<TieId, usize> = content.map.tie_ids().enumerate().map(|(place, id)| (id, place)).collect();
    let nodes = KeyTable::new("node", graph.nodes.iter().map(|node| &node.values));
    for node in &mut graph.nodes {
        let of = match node.item {
            Item::Tie(id) => {
                let place = places.get(&id).copied().unwrap_or_default();
                node.values.push((TIE_PLACE.to_owned(), FlatValue::Number(place.to_string())));
                (RecordSort::Tie, &of_ties)
            }
            _ => (RecordSort::Actor, &of_actors),
        };
        put_other(content, node.item, &nodes, of, &mut node.values);
    }
    let edges = KeyTable::new("edge", graph.edges.iter().map(|edge| &edge.values));
    for edge in &mut graph.edges {
        if let Some(tie) = edge.tie {
            put_other(content, Item::Tie(tie), &edges, (RecordSort::Tie, &of_ties), &mut edge.values);
        }
    }
}

fn put_other(
    content: &DataContent,
    item: Item,
    keys: &KeyTable,
    (sort, kinds): (RecordSort, &KindKeys),
    values: &mut FlatRecord,
) {
    let as_written = |name: &str| -> String {
        let sign = |c: char| if is_xml(c) { c.to_string() } else { format!("[U+{:04X}]", u32::from(c)) };
        name.chars().map(sign).collect()
    };
    let written: Vec<(String, String)> = values.iter().map(|(name, value)| (as_written(name), value.text())).collect();
    let read = fields_of(sort, kinds, keys.texts(values, &written));
    let fields = record_json(content.map.records(), RecordSlot::Item(item)).unwrap_or_default();
    let is_elsewhere = |name: &str| matches!(name, "id" | "from" | "to");
    let lacking = fields.iter().filter(|(name, value)| !is_elsewhere(name) && !is_same_json(value, read.get(*name)));
    let is: Vec<String> =
        lacking.map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), json_text(value))).collect();
    let is_not: Vec<&str> = read.keys().map(String::as_str).filter(|name| !fields.contains_key(*name)).collect();
    let mut parts = Vec::new();
    if !is.is_empty() {
        parts.push(format!("\"is\":{{{}}}", is.join(",")));
    }
    if !is_not.is_empty() {
        parts.push(format!("\"isNot\":{}", Value::from(is_not)));
    }
    if !parts.is_empty() {
        values.push((OTHER_FIELDS.to_owned(), FlatValue::Text(xml_safe(&format!("{{{}}}", parts.join(","))))));
    }
}

pub(in crate::export_data) fn write(content: &DataContent) -> Vec<DataFile> {
    let mut graph = DataGraph::new(content, "label");
    let is_undirected = graph.is_undirected();
    for node in &mut graph.nodes {
        if let Some(at) = node.at {
            let number = |value: f32| FlatValue::Number(((f64::from(value) * 10.0).round() / 10.0 + 0.0).to_string());
            node.values.extend([("x".to_owned(), number(at.x)), ("y".to_owned(), number(at.y))]);
        }
    }
    for edge in graph.edges.iter_mut().filter(|edge| !edge.is_directed && !is_undirected) {
        edge.values.push(("direction".to_owned(), FlatValue::Text("undirected".to_owned())));
    }
    put_other_fields(content, &mut graph);
    let version = file_json(&content.map, std::iter::empty()).get("version").cloned().unwrap_or_default();
    let mark = std::iter::once((MARK.to_owned(), FlatValue::Text(version.as_str().unwrap_or_default().to_owned())));
    let about = graph.about.iter().map(|(name, value)| ((*name).to_owned(), FlatValue::Json(value.clone())));
    let about: FlatRecord = mark.chain(about).collect();
    let nodes = KeyTable::new("node", graph.nodes.iter().map(|node| &node.values));
    let edges = KeyTable::new("edge", graph.edges.iter().map(|edge| &edge.values));
    let whole = KeyTable::new("graph", std::iter::once(&about));
    let mut out = String::from(DECLARATION);
    out.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
    for keys in [&whole, &nodes, &edges] {
        keys.declare(&mut out);
    }
    let default = if is_undirected { "undirected" } else { "directed" };
    let _ = writeln!(out, "  <graph id=\"map\" edgedefault=\"{default}\">");
    whole.write(&mut out, &about);
    for node in &graph.nodes {
        let _ = writeln!(out, "    <node{}>", attribute("id", &node.id));
        nodes.write(&mut out, &node.values);
        out.push_str("    </node>\n");
    }
    for edge in &graph.edges {
        let ends = attribute("source", &edge.source) + &attribute("target", &edge.target);
        let _ = writeln!(out, "    <edge{}{ends}>", attribute("id", &edge.id));
        edges.write(&mut out, &edge.values);
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    one_file(out)
}
