//! Node-link JSON: lists of nodes and of links or edges, as D3, `NetworkX`, graphology, sigma.js and vis.js write them.
//!
//! The ends of a link are ids, places in the list of nodes, whole nodes, or names; what fits all of them is taken.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::attributes::{LeftOut, described, put_fields, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::{JsonKind, JsonValue};

/// The fields with the id of a node, and of an edge of graphology.
const IDS: [&str; 4] = ["id", "key", "_id", "@id"];
const NAMES: [&str; 4] = ["name", "label", "title", "caption"];
const SOURCES: [&str; 5] = ["source", "from", "src", "start", "sourceId"];
const TARGETS: [&str; 5] = ["target", "to", "dst", "end", "targetId"];
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
    let tape = scan_noted(text, &mut graph.notes);
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    meter.report(0.2)?;
    describe(root, graph);
    let list = |name: &str| root.get(name).into_iter().flat_map(JsonValue::members);
    let nodes: Vec<(Option<Cow<'a, str>>, JsonValue<'a, '_>)> = list("nodes").collect();
    let edges: Vec<JsonValue<'a, '_>> = list("links").chain(list("edges")).map(|(_, edge)| edge).collect();
    let names = NodeNames::new(&nodes);
    let mut reader = Reader { graph, meter, lines: LineCounter::new(text), left_out: LeftOut::default() };
    for (index, (_, node)) in nodes.iter().enumerate() {
        reader.node(*node, index, &names)?;
    }
    let is_directed = default_direction(root);
    let ends = Ends::new(&names, &edges);
    if nodes.is_empty() {
        reader.nodes_of_ends(&edges)?;
    }
    for (index, edge) in edges.iter().enumerate() {
        if index % 65_536 == 0 {
            reader.meter.report(0.4 + 0.6 * index as f32 / edges.len() as f32)?;
        }
        let [from, to] = [&SOURCES, &TARGETS].map(|end| ends.id(edge.first_of(end)));
        reader.edge(*edge, [from, to], is_directed)?;
    }
    if let Some(adjacency) = root.get("adjacency").filter(|_| edges.is_empty()) {
        reader.adjacency(adjacency, &names, is_directed)?;
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

/// Returns an id: words, or a list such as the pair of numbers that is a node in Python.
fn id_of<'a>(value: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
    match value.kind() {
        JsonKind::List => Some(Cow::Borrowed(value.json())),
        JsonKind::Object => IDS.iter().chain(&NAMES).find_map(|name| value.get(name).and_then(id_of_field)),
        _ => value.word(),
    }
}

fn id_of_field<'a>(value: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
    if value.is_object() { None } else { id_of(value).filter(|id| !id.is_empty()) }
}

/// The ids and names of all nodes in order.
struct NodeNames<'a> {
    ids: Vec<Cow<'a, str>>,
    names: Vec<Cow<'a, str>>,
    by_id: HashMap<Cow<'a, str>, usize>,
}

impl<'a> NodeNames<'a> {
    fn new(nodes: &[(Option<Cow<'a, str>>, JsonValue<'a, '_>)]) -> Self {
        let mut all = Self {
            ids: Vec::with_capacity(nodes.len()),
            names: Vec::with_capacity(nodes.len()),
            by_id: HashMap::with_capacity(nodes.len()),
        };
        for (index, (key, node)) in nodes.iter().enumerate() {
            let inner = node.get("attributes");
            let name = inner.and_then(|inner| inner.first_word(&NAMES)).or_else(|| node.first_word(&NAMES));
            let own = IDS.iter().find_map(|name| node.get(name).and_then(id_of_field));
            let own = own
                .or_else(|| key.clone())
                .or_else(|| node.word())
                .or_else(|| node.is_list().then(|| node.json().into()));
            let id = own.or_else(|| name.clone().filter(|name| !all.by_id.contains_key(name)));
            let id = id.unwrap_or_else(|| format!("node {}", index + 1).into());
            all.by_id.entry(id.clone()).or_insert(index);
            all.names.push(name.unwrap_or_else(|| id.clone()));
            all.ids.push(id);
        }
        all
    }
}

/// What the ends of the edges are.
enum Ends<'a, 'n> {
    Ids,
    /// Places in the list of nodes, from 0.
    Places(&'n NodeNames<'a>),
    Names(&'n NodeNames<'a>, HashMap<Cow<'a, str>, usize>),
}

impl<'a, 'n> Ends<'a, 'n> {
    /// Finds out what the ends are: ids if most are, else what more of them fit.
    fn new(names: &'n NodeNames<'a>, edges: &[JsonValue<'a, '_>]) -> Self {
        let ends = || {
            let ends = edges.iter().flat_map(|edge| [edge.first_of(&SOURCES), edge.first_of(&TARGETS)]);
            ends.flatten().filter_map(id_of)
        };
        let fitting = |fits: &dyn Fn(&str) -> bool| ends().filter(|end| fits(end)).count();
        let ids = fitting(&|end| names.by_id.contains_key(end));
        if ids == ends().count() {
            return Self::Ids;
        }
        let places = fitting(&|end| end.parse::<usize>().is_ok_and(|place| place < names.ids.len()));
        let mut by_name = HashMap::new();
        for (index, name) in names.names.iter().enumerate() {
            by_name.entry(name.clone()).and_modify(|place| *place = usize::MAX).or_insert(index);
        }
        by_name.retain(|_, place| *place != usize::MAX);
        let named = fitting(&|end| by_name.contains_key(end));
        match (ids, places, named) {
            _ if ids >= places && ids >= named => Self::Ids,
            _ if places >= named => Self::Places(names),
            _ => Self::Names(names, by_name),
        }
    }

    /// Returns the id of the node at an end; the words of the end if there is none.
    fn id(&self, end: Option<JsonValue<'a, '_>>) -> Cow<'a, str> {
        let Some(word) = end.and_then(id_of) else { return Cow::Borrowed("") };
        let (names, place) = match self {
            Self::Ids => return word,
            Self::Places(names) => (names, word.parse().ok()),
            Self::Names(names, by_name) => (names, by_name.get(&word).copied()),
        };
        place.and_then(|place: usize| names.ids.get(place)).cloned().unwrap_or(word)
    }
}

struct Reader<'g, 'a, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    lines: LineCounter<'a>,
    left_out: LeftOut,
}

impl<'a> Reader<'_, 'a, '_> {
    fn node(&mut self, node: JsonValue<'a, '_>, index: usize, names: &NodeNames<'a>) -> Result<(), Stop> {
        let number = self.lines.line(node.offset());
        self.graph.set_actor(names.ids[index].clone(), names.names[index].clone());
        let inner = node.get("attributes").filter(|inner| inner.is_object());
        let fields = node.fields().filter(|(name, _)| inner.is_none() || name != "attributes");
        let mut is_named = false;
        for (name, value) in fields.chain(inner.into_iter().flat_map(JsonValue::fields)) {
            let role = match &*name {
                name if IDS.contains(&name) && value.word().is_some_and(|id| id == names.ids[index]) => continue,
                name if !is_named
                    && NAMES.contains(&name)
                    && value.word().is_some_and(|id| id == names.names[index]) =>
                {
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
    fn nodes_of_ends(&mut self, edges: &[JsonValue<'a, '_>]) -> Result<(), Stop> {
        let mut known = HashSet::new();
        let ends = edges.iter().flat_map(|edge| [edge.first_of(&SOURCES), edge.first_of(&TARGETS)]).flatten();
        for end in ends {
            if let Some(id) = id_of(end)
                && known.insert(id.clone())
            {
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
                name if SOURCES.contains(&name) || TARGETS.contains(&name) => {}
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
        names: &NodeNames<'a>,
        is_directed: Option<bool>,
    ) -> Result<(), Stop> {
        for (place, list) in lists.items().enumerate().take(names.ids.len()) {
            for neighbor in list.items() {
                let id = id_of(neighbor).unwrap_or_default();
                let is_again = is_directed == Some(false) && names.by_id.get(&id).is_some_and(|other| *other < place);
                if !is_again {
                    let number = self.lines.line(neighbor.offset());
                    self.graph.set_tie("", [names.ids[place].clone(), id], is_directed);
                    put_fields(&mut self.graph.ties, neighbor, &["id"], (number, self.meter))?;
                    self.graph.ties.end(number, self.meter)?;
                }
            }
        }
        Ok(())
    }
}
