//! Node-link JSON: lists of nodes and of links or edges, as D3, `NetworkX`, graphology, sigma.js and vis.js write them.
//!
//! The ends of a link are ids, places in the list of nodes, whole nodes, or names; what fits all of them is taken.

mod ends;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::attributes::{LeftOut, brief, described, put_fields, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;
use ends::{IDS, ListedNode, NAMES, NodeIds, ends_of, id_of, is_end};

/// About what a node takes in a set or index of ids.
const BYTES_OF_ID: usize = 64;
/// What a simulation keeps between its steps.
const SIMULATION: [&str; 5] = ["index", "vx", "vy", "fx", "fy"];
/// Fields of the outermost object that are read.
const ROOT: [&str; 12] = [
    "nodes",
    "links",
    "edges",
    "adjacency",
    "directed",
    "multigraph",
    "graph",
    "attributes",
    "options",
    "name",
    "title",
    "label",
];

/// Reads a graph.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    meter.report(0.2)?;
    describe(root, graph);
    let list = |name: &str| root.get(name).into_iter().flat_map(JsonValue::members);
    let nodes = || list("nodes");
    let edges = || list("links").chain(list("edges")).map(|(_, edge)| edge);
    let ids = NodeIds::new(nodes, edges(), meter)?;
    let is_directed = default_direction(root);
    let mut reader = NodeLinkReader { graph, meter, lines: LineCounter::new(text), left_out: LeftOut::default() };
    for (place, node) in nodes().enumerate() {
        reader.node(&node, ids.id_and_name(place, &node))?;
    }
    if nodes().next().is_none() {
        reader.nodes_of_ends(edges())?;
    }
    for (index, edge) in edges().enumerate() {
        if index % 65_536 == 0 {
            reader.meter.report(0.5)?;
        }
        reader.edge(edge, ends_of(edge).map(|end| ids.end(end)), is_directed)?;
    }
    if let Some(adjacency) = root.get("adjacency").filter(|_| edges().next().is_none()) {
        let nodes = nodes().enumerate().map(|(place, node)| ids.id_and_name(place, &node).0);
        reader.adjacency(adjacency, nodes, is_directed)?;
    }
    reader.left_out.note("what only a layout needs is", &mut reader.graph.notes);
    Ok(())
}

/// Takes title and description of the graph.
fn describe(root: JsonValue<'_, '_>, graph: &mut GraphTables<'_>) {
    let inner = root.first_of(&["graph", "attributes"]).filter(|inner| inner.is_object());
    let title = inner.and_then(|inner| inner.first_word(&NAMES)).or_else(|| root.first_word(&NAMES));
    graph.title = title.map(Cow::into_owned);
    let inner = inner.and_then(|inner| described(inner, &NAMES));
    let lines: Vec<String> = inner.into_iter().chain(described(root, &ROOT)).collect();
    graph.description = (!lines.is_empty()).then(|| lines.join("\n"));
}

/// Returns whether edges are directed unless they say it; `None` if the file says nothing.
fn default_direction(root: JsonValue<'_, '_>) -> Option<bool> {
    if let Some(kind) = root.path(&["options", "type"]).and_then(JsonValue::text) {
        // Edges of a mixed graph say it if they are undirected.
        return Some(kind != "undirected");
    }
    root.get("directed").and_then(JsonValue::flag)
}

struct NodeLinkReader<'g, 'a, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    lines: LineCounter<'a>,
    left_out: LeftOut,
}

impl<'a> NodeLinkReader<'_, 'a, '_> {
    fn node(&mut self, node: &ListedNode<'a, '_>, (id, own_name): (Cow<'a, str>, Cow<'a, str>)) -> Result<(), Stop> {
        let node = node.1;
        let number = self.lines.line(node.offset());
        self.graph.set_actor(id.clone(), own_name.clone());
        let inner = node.get("attributes").filter(|inner| inner.is_object());
        let fields = node.fields().filter(|(name, _)| inner.is_none() || name != "attributes");
        let mut is_named = false;
        for (name, value) in fields.chain(inner.into_iter().flat_map(JsonValue::fields)) {
            let role = match &*name {
                name if IDS.contains(&name) && id_of(value).is_some_and(|own| own == id) => continue,
                name if !is_named && NAMES.contains(&name) && value.word().is_some_and(|name| name == own_name) => {
                    is_named = true;
                    continue;
                }
                name if SIMULATION.contains(&name) => {
                    self.left_out.add(name);
                    continue;
                }
                "x" if value.number().is_some() => Some(Role::X),
                "y" if value.number().is_some() => Some(Role::Y),
                "color" | "colour" | "fill" if value.text().is_some() => Some(Role::Color),
                _ => None,
            };
            put_value(&mut self.graph.actors, name, role, value, (number, self.meter))?;
        }
        self.graph.actors.end(number, self.meter)
    }

    /// Makes a node of each end of a file without any.
    fn nodes_of_ends<'t>(&mut self, edges: impl Iterator<Item = JsonValue<'a, 't>>) -> Result<(), Stop> {
        let mut known = HashSet::new();
        for end in edges.flat_map(ends_of).flatten() {
            if let Some(id) = id_of(end)
                && known.insert(id.clone())
            {
                self.meter.count_index(known.len(), BYTES_OF_ID)?;
                let number = self.lines.line(end.offset());
                self.graph.set_actor(id.clone(), id);
                self.graph.actors.end(number, self.meter)?;
            }
        }
        Ok(())
    }

    fn edge(
        &mut self,
        edge: JsonValue<'a, '_>,
        ends: [Cow<'a, str>; 2],
        is_directed: Option<bool>,
    ) -> Result<(), Stop> {
        let number = self.lines.line(edge.offset());
        let inner = edge.get("attributes").filter(|inner| inner.is_object());
        // The keys of NetworkX tell parallel edges from each other only.
        let id = edge
            .word_of("id")
            .or_else(|| edge.word_of("_id"))
            .or_else(|| edge.word_of("key").filter(|_| inner.is_some()));
        let kind = edge.get("type").and_then(JsonValue::text).and_then(|kind| match &*kind {
            "directed" => Some(true),
            "undirected" | "mutual" => Some(false),
            _ => None,
        });
        let flag = |name: &str| edge.get(name).and_then(JsonValue::flag);
        let said = flag("directed").or_else(|| flag("undirected").map(|is_undirected| !is_undirected)).or(kind);
        let is_known_key = id.is_some();
        self.graph.set_tie(id.unwrap_or_default(), ends, said.or(is_directed));
        for (name, value) in edge.fields() {
            match &*name {
                "id" | "_id" | "directed" | "undirected" => {}
                "key" if inner.is_some() && is_known_key => {}
                "type" if kind.is_some() => {}
                "attributes" if inner.is_some() => {}
                "index" => self.left_out.add("index"),
                name if is_end(name) => {}
                _ => put_value(&mut self.graph.ties, name, None, value, (number, self.meter))?,
            }
        }
        if let Some(inner) = inner {
            put_fields(&mut self.graph.ties, inner, &[], (number, self.meter))?;
        }
        self.graph.ties.end(number, self.meter)
    }

    /// Reads the neighbors of each node; those of undirected graphs stand in both lists.
    fn adjacency(
        &mut self,
        lists: JsonValue<'a, '_>,
        nodes: impl Iterator<Item = Cow<'a, str>>,
        is_directed: Option<bool>,
    ) -> Result<(), Stop> {
        let mut places: HashMap<Cow<'a, str>, usize> = HashMap::new();
        for (place, (id, list)) in nodes.zip(lists.items()).enumerate() {
            self.meter.count_index(place, BYTES_OF_ID)?;
            places.entry(id.clone()).or_insert(place);
            for neighbor in list.items() {
                let other = id_of(neighbor).unwrap_or_default();
                // The list of an earlier node had it.
                let is_again = is_directed == Some(false) && places.get(&other).is_some_and(|other| *other < place);
                if !is_again {
                    let number = self.lines.line(neighbor.offset());
                    self.graph.set_tie("", [brief(id.clone()), other], is_directed);
                    put_fields(&mut self.graph.ties, neighbor, &["id"], (number, self.meter))?;
                    self.graph.ties.end(number, self.meter)?;
                }
            }
        }
        Ok(())
    }
}
