//! `GraphML`: each value is an attribute of its own type; sources, evidence and facts are JSON in attributes.
//!
//! All edges are declared in one direction, as `NetworkX` demands; the attribute "direction" says which have none.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::DataGraph;
use crate::export_data::content::DataContent;
use crate::export_data::flat::{FlatRecord, FlatValue};
use crate::export_data::xml::{DECLARATION, attribute, escaped};
use crate::export_data::{DataFile, one_file};

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

    fn write(&self, out: &mut String, record: &FlatRecord) {
        for (name, value) in record {
            if let Some(&number) = self.ids.get(name) {
                let _ = writeln!(out, "      <data key=\"{}\">{}</data>", self.id(number), escaped(&value.text()));
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
    let about: FlatRecord =
        graph.about.iter().map(|(name, value)| ((*name).to_owned(), FlatValue::Json(value.clone()))).collect();
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
