//! Reads `GraphML` of yEd, Gephi, `NetworkX`, igraph, Cytoscape and others: attributes with defaults, nested graphs,
//! ties of several parties, and what yEd drew.

mod keys;
mod yed;

use std::borrow::Cow;

use crate::hidden_characters::Quoted;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::load::table::xml::{XmlNode, is_end_of, local_name};
use crate::wording::read::Role;

use super::GraphFormat;
use super::color::{color_of, rgb};
use super::elements::{ElementSort, GraphTables};
use super::html::text_of_html;
use super::markup::{GraphXml, cut_off, is_document_of};
use keys::{KeyMeaning, Keys};
use yed::YedDrawing;

pub(super) const FORMATS: &[GraphFormat] =
    &[GraphFormat { format: "graphml", sniff: |text, _| is_document_of(text, "graphml"), has_shared_ids: false, read }];

fn read<'a>(text: &'a str, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let xml = GraphXml::new(text);
    let mut reader = GraphmlReader { xml, tables, meter, keys: Keys::default(), element: None, graphs: Vec::new() };
    reader.read()
}

struct GraphmlReader<'a, 't, 'p> {
    xml: GraphXml<'a>,
    tables: &'t mut GraphTables<'a>,
    meter: &'t Meter<'p>,
    keys: Keys<'a>,
    /// The node or edge that is open and not in the tables yet.
    element: Option<GraphmlElement<'a>>,
    /// The graphs that are open.
    graphs: Vec<GraphmlScope<'a>>,
}

/// A graph, perhaps one within a node.
struct GraphmlScope<'a> {
    is_directed: Option<bool>,
    /// The id of the node that it is in.
    parent: Option<Cow<'a, str>>,
}

/// A node of a hyperedge, with its role if it has one.
type GraphmlParty<'a> = (Cow<'a, str>, Option<Cow<'a, str>>);

/// A node, edge or hyperedge while its content is read.
struct GraphmlElement<'a> {
    target: ElementSort,
    line: u32,
    id: Cow<'a, str>,
    ends: [Cow<'a, str>; 2],
    is_directed: Option<bool>,
    /// The values of keys.
    values: Vec<(usize, Cow<'a, str>)>,
    description: Option<Cow<'a, str>>,
    drawing: YedDrawing<'a>,
    /// Further fields that attributes of the element say.
    fields: Vec<(&'static str, Role, Cow<'a, str>)>,
    /// The nodes of a hyperedge with their roles; `None` for others.
    parties: Option<Vec<GraphmlParty<'a>>>,
    is_group: bool,
}

impl<'a> GraphmlReader<'a, '_, '_> {
    fn read(&mut self) -> Result<(), Stop> {
        loop {
            match self.xml.next()? {
                XmlNode::Open(start) => match local_name(&start) {
                    "node" => self.open_node()?,
                    "edge" => self.open_edge()?,
                    "hyperedge" => self.open_hyperedge()?,
                    "endpoint" => self.add_endpoint(),
                    "graph" => self.open_graph()?,
                    "key" => self.keys.read(&mut self.xml)?,
                    "data" => self.read_data()?,
                    "desc" => self.read_description()?,
                    "port" => self.xml.skip()?,
                    _ => {}
                },
                XmlNode::Close(end) => {
                    if ["node", "edge", "hyperedge"].iter().any(|name| is_end_of(&end, name)) {
                        self.close_element()?;
                    } else if is_end_of(&end, "graph") {
                        self.close_element()?;
                        self.graphs.pop();
                    }
                }
                XmlNode::Text(_) => {}
                XmlNode::End if self.graphs.is_empty() => return Ok(()),
                XmlNode::End => {
                    self.close_element()?;
                    return Err(cut_off());
                }
            }
        }
    }

    fn open_graph(&mut self) -> Result<(), Stop> {
        let [default] = self.xml.attributes(["edgedefault"]);
        let above = self.graphs.last();
        let is_directed = match default.as_deref() {
            Some("directed") => Some(true),
            Some("undirected") => Some(false),
            _ => above.and_then(|graph| graph.is_directed),
        };
        let parent = match &mut self.element {
            Some(element) if element.target == ElementSort::Node => {
                element.is_group = true;
                Some(element.id.clone())
            }
            _ => above.and_then(|graph| graph.parent.clone()),
        };
        self.close_element()?;
        self.graphs.push(GraphmlScope { is_directed, parent });
        Ok(())
    }

    fn open(&mut self, target: ElementSort, id: Option<Cow<'a, str>>) -> Result<&mut GraphmlElement<'a>, Stop> {
        self.close_element()?;
        self.xml.step(self.meter)?;
        let element = GraphmlElement {
            target,
            line: self.xml.line(),
            id: id.unwrap_or_default(),
            ends: [Cow::default(), Cow::default()],
            is_directed: self.graphs.last().and_then(|graph| graph.is_directed),
            values: Vec::new(),
            description: None,
            drawing: YedDrawing::default(),
            fields: Vec::new(),
            parties: None,
            is_group: false,
        };
        Ok(self.element.insert(element))
    }

    fn open_node(&mut self) -> Result<(), Stop> {
        // Neo4j writes the kinds of a node as ":Person:Employee".
        let [id, folder, kinds] = self.xml.attributes(["id", "yfiles.foldertype", "labels"]);
        let line = self.xml.line();
        let id = id.filter(|id| !id.trim().is_empty()).unwrap_or_else(|| format!("node in line {line}").into());
        let element = self.open(ElementSort::Node, Some(id))?;
        element.is_group = folder.is_some();
        element.fields.extend(kinds.map(|kinds| ("kind", Role::Kind, kinds)));
        Ok(())
    }

    fn open_edge(&mut self) -> Result<(), Stop> {
        let [id, source, target, directed, kind, source_port, target_port] =
            self.xml.attributes(["id", "source", "target", "directed", "label", "sourceport", "targetport"]);
        let element = self.open(ElementSort::Edge, id)?;
        element.ends = [source.unwrap_or_default(), target.unwrap_or_default()];
        element.is_directed = directed.as_deref().and_then(keys::truth).or(element.is_directed);
        element.fields.extend(kind.map(|kind| ("kind", Role::Kind, kind)));
        element.fields.extend(source_port.map(|port| ("source port", Role::Keep, port)));
        element.fields.extend(target_port.map(|port| ("target port", Role::Keep, port)));
        Ok(())
    }

    fn open_hyperedge(&mut self) -> Result<(), Stop> {
        let [id] = self.xml.attributes(["id"]);
        self.open(ElementSort::Edge, id)?.parties = Some(Vec::new());
        Ok(())
    }

    fn add_endpoint(&mut self) {
        let [node, direction] = self.xml.attributes(["node", "type"]);
        if let Some(GraphmlElement { parties: Some(parties), .. }) = &mut self.element {
            parties.push((node.unwrap_or_default(), direction.filter(|direction| direction != "undir")));
        }
    }

    fn read_data(&mut self) -> Result<(), Stop> {
        let [key] = self.xml.attributes(["key"]);
        let key = self.keys.find(key.unwrap_or_default());
        let is_drawing = self.keys.is_drawing(key);
        match &mut self.element {
            Some(element) if is_drawing => element.drawing.read(&mut self.xml),
            Some(element) => {
                let value = self.xml.text()?;
                element.values.push((key, value));
                Ok(())
            }
            None if is_drawing => self.xml.skip(),
            None => {
                let value = self.xml.text()?;
                if self.graphs.len() <= 1 {
                    self.keys.describe_graph(key, &value, self.tables);
                }
                Ok(())
            }
        }
    }

    fn read_description(&mut self) -> Result<(), Stop> {
        let words = self.xml.text()?;
        match &mut self.element {
            Some(element) => element.description = Some(words),
            None if self.graphs.len() <= 1 => self.tables.description = Some(words.trim().to_owned()),
            None => {}
        }
        Ok(())
    }

    /// Puts the open element into the tables, if there is one.
    fn close_element(&mut self) -> Result<(), Stop> {
        let Some(mut element) = self.element.take() else { return Ok(()) };
        self.keys.add_defaults(&mut element.values, element.target, self.meter)?;
        match element.target {
            ElementSort::Node => self.add_actor(element),
            ElementSort::Edge => self.add_tie(element),
        }
    }

    fn add_actor(&mut self, mut element: GraphmlElement<'a>) -> Result<(), Stop> {
        let mut names = element.drawing.labels.drain(..).map(Cow::Owned);
        let name = names.next();
        let further: Vec<Cow<'a, str>> = names.collect();
        if !further.is_empty() {
            self.tables.actors.put_cell("further labels", Some(Role::Keep), Cell::list(further));
        }
        let (name, used) = match name {
            Some(name) => (Some(name), None),
            None => match self.keys.name(&element.values) {
                Some((at, name)) => (Some(plain(name)), Some(at)),
                None => (element.description.take().filter(|words| !words.trim().is_empty()), None),
            },
        };
        let name = name.unwrap_or_else(|| element.id.clone());
        let mut channels = [None; 3];
        for (at, (key, value)) in element.values.drain(..).enumerate() {
            match self.keys.meaning(key) {
                _ if used == Some(at) || value.trim().is_empty() => {}
                KeyMeaning::Channel(channel) => channels[channel] = value.trim().parse().ok(),
                KeyMeaning::Name(_) if value.trim() == name.trim() || value == element.id => {}
                KeyMeaning::Name(_) => {
                    self.tables.actors.put_cell("other names", Some(Role::Alias), Cell::list([value]));
                }
                KeyMeaning::Color => {
                    let color = color_of(&value).map_or(value, Cow::Owned);
                    self.tables.actors.put("color", Some(Role::Color), color);
                }
                KeyMeaning::Place(role) if !element.drawing.has_place() => {
                    let heading = if role == Role::X { "x" } else { "y" };
                    self.tables.actors.put_cell(heading, Some(role), Cell::number(value));
                }
                _ => self.keys.put(key, value, ElementSort::Node, &mut self.tables.actors),
            }
        }
        if let [Some(red), Some(green), Some(blue)] = channels
            && let Some(color) = rgb([red, green, blue])
        {
            self.tables.actors.put("color", Some(Role::Color), color);
        }
        self.tables.set_actor(element.id, name);
        for (heading, role, value) in element.fields {
            let kinds = value.split([':', ';']).filter(|kind| !kind.is_empty());
            self.tables.actors.put_cell(heading, Some(role), Cell::list(kinds));
        }
        if let Some(words) = element.description {
            self.tables.actors.put("description", Some(Role::Summary), words);
        }
        element.drawing.put_of_actor(element.is_group, &mut self.tables.actors);
        if let Some(parent) = self.graphs.last().and_then(|graph| graph.parent.clone()) {
            self.meter.count_copies(parent.len(), 1)?;
            self.tables.actors.put("part of", Some(Role::PartOf), parent);
        }
        self.tables.actors.end(element.line, self.meter)
    }

    fn add_tie(&mut self, mut element: GraphmlElement<'a>) -> Result<(), Stop> {
        let mut is_directed = element.is_directed;
        match element.parties.take() {
            Some(parties) if parties.len() < 3 => {
                let mut ids = parties.into_iter().map(|(id, _)| id);
                let (Some(from), Some(to)) = (ids.next(), ids.next()) else {
                    let message = format!("the hyperedge {} has fewer than two nodes", Quoted(&element.id));
                    self.tables.warn(element.line, format!("{message}; it is left out"), "add its nodes");
                    return Ok(());
                };
                (element.ends, is_directed) = ([from, to], Some(false));
            }
            Some(parties) => {
                for (id, role) in parties {
                    self.tables.add_party(id, role.as_deref());
                }
            }
            None => {}
        }
        if let Some([is_start, is_end]) = element.drawing.arrows {
            is_directed = Some(is_start != is_end);
            if is_start && !is_end {
                element.ends.reverse();
            }
        }
        let kind = element.fields.iter().find(|(_, role, _)| *role == Role::Kind).map(|(_, _, kind)| kind.clone());
        for (key, value) in element.values.drain(..) {
            // Neo4j says the kind twice, and Cytoscape names edges by their ends.
            let is_repeated = Some(&value) == kind.as_ref() && matches!(self.keys.meaning(key), KeyMeaning::Name(_));
            if !is_repeated && !value.trim().is_empty() {
                self.keys.put(key, value, ElementSort::Edge, &mut self.tables.ties);
            }
        }
        self.tables.set_tie(element.id, element.ends, is_directed);
        for (heading, role, value) in element.fields {
            self.tables.ties.put(heading, Some(role), value);
        }
        if let Some(words) = element.description {
            self.tables.ties.put("description", Some(Role::Summary), words);
        }
        element.drawing.put_of_tie(&mut self.tables.ties);
        self.tables.end_tie(element.line, self.meter)
    }
}

/// Returns the text of a label, which may be in HTML.
fn plain(label: Cow<'_, str>) -> Cow<'_, str> {
    let start = label.trim_start();
    if start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("<html")) {
        return Cow::Owned(text_of_html(start));
    }
    label
}
