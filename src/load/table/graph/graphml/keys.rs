//! The attributes that a `GraphML` file declares: their names, types and defaults, and what they are for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::hidden_characters::visible;
use crate::load::table::graph::elements::{ElementSort, GraphRows, GraphTables};
use crate::load::table::graph::markup::{GraphXml, cut_off};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::load::table::xml::{XmlNode, local_name};
use crate::wording::read::{Role, fold_heading};

/// What the values of a key are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyMeaning {
    /// A name; the lowest number is taken first.
    Name(u8),
    /// A coordinate.
    Place(Role),
    /// Red, green or blue, from 0 to 255.
    Channel(usize),
    Color,
    /// Elements of yEd that say how something is drawn.
    Drawing,
    Field,
}

/// The values of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GraphmlValues {
    Text,
    Number,
    Truth,
}

#[derive(Debug)]
struct GraphmlKey<'a> {
    name: Cow<'a, str>,
    of_nodes: bool,
    of_edges: bool,
    values: GraphmlValues,
    default: Option<Cow<'a, str>>,
    meaning: KeyMeaning,
    /// Its columns in the tables of actors and ties.
    columns: [Option<usize>; 2],
}

/// The keys of a file.
#[derive(Debug, Default)]
pub(super) struct Keys<'a> {
    list: Vec<GraphmlKey<'a>>,
    by_id: HashMap<Cow<'a, str>, usize>,
    /// The names that nodes and edges have already.
    names: HashSet<(bool, Cow<'a, str>)>,
    with_defaults: Vec<usize>,
    /// Reused: whether an element has a value of each key.
    has_value: Vec<bool>,
    /// A coordinate of nodes that is there, and whether both are.
    coordinate: Option<Role>,
    has_places: bool,
}

/// The names of keys that name their nodes, the best first.
const NAMES: [&str; 6] = ["label", "name", "shared name", "title", "caption", "display name"];
/// What the keys of drawings of newer programs of yWorks are called.
const DRAWINGS: [&str; 5] = ["NodeGeometry", "NodeLabels", "NodeStyle", "EdgeLabels", "EdgeStyle"];

impl<'a> Keys<'a> {
    /// Reads the declaration of a key up to its end.
    pub(super) fn read(&mut self, xml: &mut GraphXml<'a>) -> Result<(), Stop> {
        let [id, target, name, typed, drawing] = xml.attributes(["id", "for", "attr.name", "attr.type", "yfiles.type"]);
        let mut default = None;
        let mut depth = 0_usize;
        loop {
            match xml.next()? {
                XmlNode::Open(start) if local_name(&start) == "default" => default = Some(xml.text()?),
                XmlNode::Open(_) => depth += 1,
                XmlNode::Close(_) if depth == 0 => break,
                XmlNode::Close(_) => depth -= 1,
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(cut_off()),
            }
        }
        let id = id.unwrap_or_default();
        let name = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone());
        let target = target.as_deref().unwrap_or("all");
        let values = match typed.as_deref() {
            Some("int" | "integer" | "long" | "float" | "double" | "real") => GraphmlValues::Number,
            Some("boolean" | "bool") => GraphmlValues::Truth,
            _ => GraphmlValues::Text,
        };
        let is_drawing = drawing.is_some() || DRAWINGS.contains(&&*name);
        let meaning = if is_drawing { KeyMeaning::Drawing } else { meaning_of(&name, values) };
        let key = GraphmlKey {
            name,
            of_nodes: matches!(target, "node" | "all"),
            of_edges: matches!(target, "edge" | "hyperedge" | "all"),
            values,
            default: default.filter(|default| !default.trim().is_empty() && !is_drawing),
            meaning,
            columns: [None; 2],
        };
        self.add(id, key);
        Ok(())
    }

    fn add(&mut self, id: Cow<'a, str>, mut key: GraphmlKey<'a>) -> usize {
        // Attributes of one name would share a column.
        for (is_node, is_used) in [(true, key.of_nodes), (false, key.of_edges)] {
            if is_used && !self.names.insert((is_node, key.name.clone())) {
                key.name = format!("{} {id}", key.name).into();
                self.names.insert((is_node, key.name.clone()));
            }
        }
        if let KeyMeaning::Place(role) = key.meaning
            && key.of_nodes
        {
            self.has_places |= self.coordinate.is_some_and(|other| other != role);
            self.coordinate = Some(role);
        }
        let index = self.list.len();
        if key.default.is_some() {
            self.with_defaults.push(index);
        }
        self.list.push(key);
        self.by_id.insert(id, index);
        index
    }

    /// Returns the key with an id; one that is not declared is of text.
    pub(super) fn find(&mut self, id: Cow<'a, str>) -> usize {
        if let Some(&known) = self.by_id.get(&id) {
            return known;
        }
        let key = GraphmlKey {
            name: id.clone(),
            of_nodes: true,
            of_edges: true,
            values: GraphmlValues::Text,
            default: None,
            meaning: meaning_of(&id, GraphmlValues::Text),
            columns: [None; 2],
        };
        self.add(id, key)
    }

    pub(super) fn is_drawing(&self, key: usize) -> bool {
        self.list[key].meaning == KeyMeaning::Drawing
    }

    pub(super) fn meaning(&self, key: usize) -> KeyMeaning {
        match self.list[key].meaning {
            // One coordinate alone is a measure.
            KeyMeaning::Place(_) if !self.has_places => KeyMeaning::Field,
            meaning => meaning,
        }
    }

    /// Adds the defaults of keys for which an element has no value.
    pub(super) fn add_defaults(
        &mut self,
        values: &mut Vec<(usize, Cow<'a, str>)>,
        target: ElementSort,
        meter: &Meter,
    ) -> Result<(), Stop> {
        if self.with_defaults.is_empty() {
            return Ok(());
        }
        self.has_value.clear();
        self.has_value.resize(self.list.len(), false);
        for (key, _) in &*values {
            self.has_value[*key] = true;
        }
        for &index in &self.with_defaults {
            let key = &self.list[index];
            let is_wanted = if target == ElementSort::Node { key.of_nodes } else { key.of_edges };
            if let Some(default) = key.default.as_ref().filter(|_| is_wanted && !self.has_value[index]) {
                meter.count_copies(default.len(), 1)?;
                values.push((index, default.clone()));
            }
        }
        Ok(())
    }

    /// Returns the value that names a node, with its index.
    pub(super) fn name(&self, values: &[(usize, Cow<'a, str>)]) -> Option<(usize, Cow<'a, str>)> {
        let named = values.iter().enumerate().filter_map(|(at, (key, value))| match self.list[*key].meaning {
            KeyMeaning::Name(rank) if !value.trim().is_empty() => Some((rank, at)),
            _ => None,
        });
        let (_, at) = named.min()?;
        Some((at, values[at].1.clone()))
    }

    /// Puts a value into the column of its key.
    pub(super) fn put(&mut self, key: usize, value: Cow<'a, str>, target: ElementSort, rows: &mut GraphRows<'a>) {
        let key = &mut self.list[key];
        let is_numeric = key.values == GraphmlValues::Number;
        if is_numeric && value.trim().eq_ignore_ascii_case("nan") {
            return;
        }
        let is_edge = target == ElementSort::Edge;
        // Cytoscape names an edge by its ends and kind; that is no label.
        let is_made_up =
            is_edge && matches!(key.meaning, KeyMeaning::Name(1..=2)) && value.contains(" (") && value.contains(") ");
        let role = is_made_up.then_some(Role::Keep);
        let name = &key.name;
        let column = match role {
            None => *key.columns[usize::from(is_edge)].get_or_insert_with(|| rows.column(name.clone(), None)),
            role => rows.column(name.clone(), role),
        };
        let cell = match key.values {
            GraphmlValues::Number => Cell::number(value),
            GraphmlValues::Truth => truth(&value).map_or_else(|| Cell::text(value), Cell::flag),
            GraphmlValues::Text => Cell::text(value),
        };
        rows.set(column, cell);
    }

    /// Takes what is said of the graph as a whole.
    pub(super) fn describe_graph(&self, key: usize, value: &str, tables: &mut GraphTables<'a>) {
        let (key, value) = (&self.list[key], value.trim());
        if value.is_empty() {
            return;
        }
        let folded = fold_heading(&key.name);
        if matches!(key.meaning, KeyMeaning::Name(_)) && tables.title.is_none() {
            tables.title = Some(visible(value).into_owned());
            return;
        }
        let line = match folded.as_str() {
            "description" | "comment" | "note" => value.to_owned(),
            _ => format!("{}: {value}", visible(&key.name)),
        };
        match &mut tables.description {
            Some(text) => *text = format!("{text}\n{line}"),
            empty => *empty = Some(line),
        }
    }
}

fn meaning_of(name: &str, values: GraphmlValues) -> KeyMeaning {
    let folded = fold_heading(name);
    let is_numeric = values == GraphmlValues::Number;
    match folded.as_str() {
        "x" if is_numeric => KeyMeaning::Place(Role::X),
        "y" if is_numeric => KeyMeaning::Place(Role::Y),
        "r" | "g" | "b" if is_numeric => {
            KeyMeaning::Channel(["r", "g", "b"].iter().position(|c| *c == folded).unwrap_or(0))
        }
        "color" | "colour" if !is_numeric => KeyMeaning::Color,
        _ => match NAMES.iter().position(|known| *known == folded) {
            Some(rank) => KeyMeaning::Name(rank as u8),
            None => KeyMeaning::Field,
        },
    }
}

/// Reads a truth value.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}
