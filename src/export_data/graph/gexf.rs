//! GEXF 1.3 for Gephi: names, places, colors, weights and years in its own terms, all other values as attributes.

use std::collections::HashMap;
use std::fmt::Write as _;

use emath::Pos2;

use crate::model::{Date, Day, Rgb};

use super::{DataEdge, DataGraph, DataNode};
use crate::export_data::content::DataContent;
use crate::export_data::flat::{FlatRecord, FlatValue};
use crate::export_data::xml::{DECLARATION, attribute, escaped};
use crate::export_data::{DataFile, one_file};

/// Values that the format has a place of its own for.
const PLACED: [&str; 1] = ["label"];

/// The declared attributes of nodes or edges.
struct Attributes {
    class: &'static str,
    list: Vec<(String, &'static str)>,
    ids: HashMap<String, usize>,
}

impl Attributes {
    fn new<'r>(class: &'static str, records: impl Iterator<Item = &'r FlatRecord>) -> Self {
        let mut attributes = Self { class, list: Vec::new(), ids: HashMap::new() };
        for (name, value) in records.flatten().filter(|(name, _)| !PLACED.contains(&name.as_str())) {
            let sort = match value {
                FlatValue::Number(text) if crate::load::workbook::exact_number(text).is_some() => "double",
                FlatValue::Flag(_) => "boolean",
                _ => "string",
            };
            match attributes.ids.get(name) {
                Some(&at) if attributes.list[at].1 != sort => attributes.list[at].1 = "string",
                Some(_) => {}
                None => {
                    attributes.ids.insert(name.clone(), attributes.list.len());
                    attributes.list.push((name.clone(), sort));
                }
            }
        }
        attributes
    }

    fn declare(&self, out: &mut String) {
        if self.list.is_empty() {
            return;
        }
        let _ = writeln!(out, "    <attributes class=\"{}\">", self.class);
        for (number, (name, sort)) in self.list.iter().enumerate() {
            let title = attribute("title", name);
            let _ = writeln!(out, "      <attribute id=\"{number}\"{title} type=\"{sort}\"/>");
        }
        out.push_str("    </attributes>\n");
    }

    fn write(&self, out: &mut String, record: &FlatRecord) {
        let values: Vec<_> = record.iter().filter_map(|(name, value)| Some((self.ids.get(name)?, value))).collect();
        if values.is_empty() {
            return;
        }
        out.push_str("        <attvalues>\n");
        for (number, value) in values {
            let value = attribute("value", &value.text());
            let _ = writeln!(out, "          <attvalue for=\"{number}\"{value}/>");
        }
        out.push_str("        </attvalues>\n");
    }
}

pub(in crate::export_data) fn write(content: &DataContent) -> Vec<DataFile> {
    let graph = DataGraph::new(content, "label");
    let has_time = graph.nodes.iter().map(|node| &node.values).chain(graph.edges.iter().map(|edge| &edge.values));
    let has_time = has_time.clone().any(|values| !spell(values).is_empty());
    let mode = if has_time { " mode=\"dynamic\" timeformat=\"date\"" } else { " mode=\"static\"" };
    let default = if graph.is_undirected() { "undirected" } else { "directed" };
    let mut out = String::from(DECLARATION);
    out.push_str("<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n");
    out.push_str("  <meta>\n    <creator>Tieline</creator>\n");
    if let Some(title) = &content.map.meta().title {
        let _ = writeln!(out, "    <title>{}</title>", escaped(title));
    }
    let _ = writeln!(out, "  </meta>\n  <graph defaultedgetype=\"{default}\"{mode}>");
    let nodes = Attributes::new("node", graph.nodes.iter().map(|node| &node.values));
    let edges = Attributes::new("edge", graph.edges.iter().map(|edge| &edge.values));
    nodes.declare(&mut out);
    edges.declare(&mut out);
    out.push_str("    <nodes>\n");
    for node in &graph.nodes {
        write_node(&mut out, node, &nodes);
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for edge in &graph.edges {
        write_edge(&mut out, edge, &edges);
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    one_file(out)
}

fn write_node(out: &mut String, node: &DataNode, attributes: &Attributes) {
    let start = attribute("id", &node.id) + &attribute("label", &node.name) + &spell(&node.values);
    let _ = writeln!(out, "      <node{start}>");
    attributes.write(out, &node.values);
    write_color(out, node.color);
    if let Some(Pos2 { x, y }) = node.at {
        // The vertical axis of the format points up.
        let tenth = |value: f32| (f64::from(value) * 10.0).round() / 10.0 + 0.0;
        let _ = writeln!(out, "        <viz:position x=\"{}\" y=\"{}\" z=\"0\"/>", tenth(x), tenth(-y));
    }
    out.push_str("      </node>\n");
}

fn write_edge(out: &mut String, edge: &DataEdge, attributes: &Attributes) {
    let find = |wanted: &str| edge.values.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.text());
    let sort = if edge.is_directed { "directed" } else { "undirected" };
    let mut start = attribute("id", &edge.id) + &attribute("source", &edge.source) + &attribute("target", &edge.target);
    start += &attribute("type", sort);
    // Gephi keeps edges of different kinds between two nodes apart.
    for (name, value) in [("label", find("label")), ("kind", find("kind")), ("weight", find("weight"))] {
        start += &value.map(|value| attribute(name, &value)).unwrap_or_default();
    }
    let _ = writeln!(out, "      <edge{start}{}>", spell(&edge.values));
    attributes.write(out, &edge.values);
    write_color(out, edge.color);
    out.push_str("      </edge>\n");
}

fn write_color(out: &mut String, color: Option<Rgb>) {
    if let Some(Rgb([red, green, blue])) = color {
        let _ = writeln!(out, "        <viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>");
    }
}

/// Returns the attributes for the time in which something was, as full days: from the first day on which it may have begun
/// to the last on which it may have ended.
fn spell(values: &FlatRecord) -> String {
    let date = |wanted: &str| {
        let text = values.iter().find(|(name, _)| name == wanted)?.1.text();
        Date::parse(&text).ok()
    };
    let moment = date("date");
    let start = date("startDate").or_else(|| moment.clone()).and_then(|date| date.earliest());
    let end = date("endDate").or(moment).and_then(|date| date.latest());
    let day = |name: &str, day: Option<Day>| {
        let day = day.filter(|day| (1..=9999).contains(&day.year));
        day.map(|day| format!(" {name}=\"{:04}-{:02}-{:02}\"", day.year, day.month, day.day)).unwrap_or_default()
    };
    day("start", start) + &day("end", end)
}
