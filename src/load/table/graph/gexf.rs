//! Reads GEXF 1.1 to 1.3, the format of Gephi: attributes by class, what is drawn, and when elements and values hold.

mod attributes;
mod spells;

use std::borrow::Cow;

use crate::hidden_characters::{Quoted, prose, visible};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::load::table::xml::{XmlNode, is_end_of, local_name};
use crate::wording::read::Role;

use super::GraphFormat;
use super::color::{color_of, rgb};
use super::elements::{ElementSort, GraphRows, GraphTables};
use super::markup::{GraphXml, cut_off, is_document_of};
use attributes::{GexfAttributes, GexfValue};
use spells::{GexfSpell, TimeFormat, cells_of_spells};

pub(super) const FORMATS: &[GraphFormat] =
    &[GraphFormat { format: "gexf", sniff: |text, _| is_document_of(text, "gexf"), has_shared_ids: false, read }];

/// A longer description is no title.
const MAX_TITLE_CHARS: usize = 80;

fn read<'a>(text: &'a str, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut reader = GexfReader {
        xml: GraphXml::new(text),
        tables,
        meter,
        attributes: GexfAttributes::default(),
        time: TimeFormat::default(),
        is_directed: None,
        element: None,
        parents: Vec::new(),
        is_complete: false,
    };
    reader.read()
}

struct GexfReader<'a, 't, 'p> {
    xml: GraphXml<'a>,
    tables: &'t mut GraphTables<'a>,
    meter: &'t Meter<'p>,
    attributes: GexfAttributes<'a>,
    time: TimeFormat,
    /// The direction of edges that say none.
    is_directed: Option<bool>,
    /// The node or edge that is open and not in the tables yet.
    element: Option<GexfElement<'a>>,
    /// The nodes whose members are listed within them; `None` for top-level lists.
    parents: Vec<Option<Cow<'a, str>>>,
    is_complete: bool,
}

/// A node or edge while its content is read.
struct GexfElement<'a> {
    target: ElementSort,
    line: u32,
    id: Cow<'a, str>,
    label: Option<Cow<'a, str>>,
    ends: [Cow<'a, str>; 2],
    is_directed: Option<bool>,
    parents: Vec<Cow<'a, str>>,
    /// Weight and kind of an edge.
    weight: Option<Cow<'a, str>>,
    kind: Option<Cow<'a, str>>,
    values: Vec<GexfValue<'a>>,
    spells: Vec<GexfSpell<'a>>,
    place: [Option<Cow<'a, str>>; 3],
    color: Option<Cow<'a, str>>,
    /// What else is drawn: size, thickness, shape.
    drawn: Vec<(&'static str, Cow<'a, str>)>,
}

impl<'a> GexfReader<'a, '_, '_> {
    fn read(&mut self) -> Result<(), Stop> {
        loop {
            match self.xml.next()? {
                XmlNode::Open(start) => self.open(local_name(&start))?,
                XmlNode::Close(end) => {
                    if is_end_of(&end, "node") || is_end_of(&end, "edge") {
                        self.close_element()?;
                    } else if is_end_of(&end, "nodes") {
                        self.parents.pop();
                    } else if is_end_of(&end, "gexf") {
                        self.is_complete = true;
                    }
                }
                XmlNode::Text(_) => {}
                XmlNode::End if self.is_complete => {
                    // Older versions have no title, but call a graph in the description.
                    let is_name = |text: &mut String| text.chars().count() <= MAX_TITLE_CHARS && !text.contains('\n');
                    if self.tables.title.is_none() {
                        self.tables.title = self.tables.description.take_if(is_name);
                    }
                    return Ok(());
                }
                XmlNode::End => {
                    self.close_element()?;
                    return Err(cut_off());
                }
            }
        }
    }

    fn open(&mut self, name: &str) -> Result<(), Stop> {
        match name {
            "graph" => {
                let [direction, format, slower] = self.xml.attributes(["defaultedgetype", "timeformat", "timetype"]);
                self.is_directed = direction.as_deref().and_then(direction_of);
                self.time = TimeFormat::of(format.or(slower).as_deref());
            }
            "title" | "description" if self.element.is_none() && self.parents.is_empty() => {
                let text = self.xml.text()?;
                let text = if name == "title" { visible(text.trim()).into_owned() } else { prose(text.trim()) };
                if !text.is_empty() {
                    *(if name == "title" { &mut self.tables.title } else { &mut self.tables.description }) = Some(text);
                }
            }
            "attributes" => {
                let [class] = self.xml.attributes(["class"]);
                self.attributes.read_class(class.as_deref(), &mut self.xml)?;
            }
            "nodes" => {
                let parent = self.element.as_ref().filter(|element| element.target == ElementSort::Node);
                let parent = parent.map(|element| element.id.clone());
                self.close_element()?;
                let above = self.parents.last().cloned().flatten();
                self.parents.push(parent.or(above));
            }
            "node" => self.open_node()?,
            "edge" => self.open_edge()?,
            "attvalue" => self.add_value(),
            "spell" | "slice" => {
                let spell = GexfSpell::of(&self.xml);
                if let Some(element) = &mut self.element {
                    element.spells.extend(spell);
                }
            }
            "parent" => {
                let [parent] = self.xml.attributes(["for"]);
                if let Some(element) = &mut self.element {
                    element.parents.extend(parent);
                }
            }
            "position" | "color" | "size" | "thickness" | "shape" => self.add_look(name),
            _ => {}
        }
        Ok(())
    }

    fn new_element(
        &mut self,
        target: ElementSort,
        id: Option<Cow<'a, str>>,
        label: Option<Cow<'a, str>>,
    ) -> GexfElement<'a> {
        GexfElement {
            target,
            line: self.xml.line(),
            id: id.unwrap_or_default(),
            label: label.filter(|label| !label.trim().is_empty()),
            ends: [Cow::default(), Cow::default()],
            is_directed: self.is_directed,
            parents: Vec::new(),
            weight: None,
            kind: None,
            values: Vec::new(),
            spells: GexfSpell::of(&self.xml).into_iter().collect(),
            place: [None, None, None],
            color: None,
            drawn: Vec::new(),
        }
    }

    fn open_node(&mut self) -> Result<(), Stop> {
        self.close_element()?;
        self.xml.step(self.meter)?;
        let [id, label, parent] = self.xml.attributes(["id", "label", "pid"]);
        let mut element = self.new_element(ElementSort::Node, id, label);
        if element.id.trim().is_empty() {
            element.id = format!("node in line {}", element.line).into();
        }
        element.parents.extend(parent.or_else(|| self.parents.last().cloned().flatten()));
        self.element = Some(element);
        Ok(())
    }

    fn open_edge(&mut self) -> Result<(), Stop> {
        self.close_element()?;
        self.xml.step(self.meter)?;
        let [id, label, source, target, direction, weight, kind] =
            self.xml.attributes(["id", "label", "source", "target", "type", "weight", "kind"]);
        let mut element = self.new_element(ElementSort::Edge, id, label);
        element.ends = [source.unwrap_or_default(), target.unwrap_or_default()];
        element.is_directed = direction.as_deref().and_then(direction_of).or(element.is_directed);
        (element.weight, element.kind) = (weight, kind);
        self.element = Some(element);
        Ok(())
    }

    fn add_value(&mut self) {
        // Version 1.1 calls the attribute "id".
        let [attribute, older, value] = self.xml.attributes(["for", "id", "value"]);
        let spell = GexfSpell::of(&self.xml);
        if let (Some(element), Some(attribute), Some(value)) = (&mut self.element, attribute.or(older), value) {
            let attribute = self.attributes.find(element.target, attribute);
            element.values.push(GexfValue { attribute, text: value, spell });
        }
    }

    fn add_look(&mut self, name: &str) {
        let Some(element) = &mut self.element else { return };
        match name {
            "position" => element.place = self.xml.attributes(["x", "y", "z"]),
            "color" => {
                let [red, green, blue, alpha, hex] = self.xml.attributes(["r", "g", "b", "a", "hex"]);
                let channel = |text: &Option<Cow<'_, str>>| text.as_ref().and_then(|text| text.trim().parse().ok());
                let channels = [channel(&red), channel(&green), channel(&blue)];
                element.color = match (hex, channels) {
                    (Some(hex), _) => Some(color_of(&hex).map_or(hex, Cow::Owned)),
                    (None, [Some(red), Some(green), Some(blue)]) => rgb([red, green, blue]).map(Cow::Owned),
                    _ => None,
                };
                let is_alpha = |alpha: &str| alpha.trim().parse::<f64>().is_ok_and(f64::is_finite);
                if let Some(alpha) = alpha.filter(|alpha| !alpha.is_empty() && !is_alpha(alpha)) {
                    let what = if element.target == ElementSort::Node { "node" } else { "edge" };
                    let message = format!(
                        "{} of the {what} {} is not a valid opacity; it is left out",
                        Quoted(&alpha),
                        Quoted(&element.id)
                    );
                    let line = element.line;
                    self.tables.warn(line, message, "write a number from 0 to 1");
                }
            }
            _ => {
                let [value] = self.xml.attributes(["value"]);
                let heading = match name {
                    "size" => "size",
                    "thickness" => "thickness",
                    _ => "shape",
                };
                element.drawn.extend(value.map(|value| (heading, value)));
            }
        }
    }

    /// Puts the open element into the tables, if there is one.
    fn close_element(&mut self) -> Result<(), Stop> {
        let Some(mut element) = self.element.take() else { return Ok(()) };
        self.attributes.add_defaults(element.target, &mut element.values, self.meter)?;
        let values = std::mem::take(&mut element.values);
        let is_edge = element.target == ElementSort::Edge;
        let rows = if is_edge { &mut self.tables.ties } else { &mut self.tables.actors };
        // A weight that changes is an attribute of that name.
        let has_weight = element.weight.is_some();
        self.attributes.put(values, element.target, has_weight, rows);
        put_spells(&element.spells, self.time, rows);
        let color = element.color.take();
        for (heading, value) in element.drawn.drain(..) {
            let cell = if heading == "shape" { Cell::text(value) } else { Cell::number(value) };
            rows.put_cell(heading, Some(Role::Keep), cell);
        }
        if is_edge {
            if let Some(color) = color {
                rows.put("color", Some(Role::Keep), color);
            }
            return self.add_tie(element);
        }
        if let Some(color) = color {
            rows.put("color", Some(Role::Color), color);
        }
        self.add_actor(element)
    }

    fn add_actor(&mut self, element: GexfElement<'a>) -> Result<(), Stop> {
        let rows = &mut self.tables.actors;
        let [x, y, z] = element.place;
        if let (Some(x), Some(y)) = (x, y) {
            rows.put_cell("x", Some(Role::X), Cell::number(x));
            rows.put_cell("y", Some(Role::Y), Cell::number(y));
        }
        if let Some(z) = z.filter(|z| !z.trim().parse().is_ok_and(|z: f64| z == 0.0 || z.is_nan())) {
            rows.put_cell("z", Some(Role::Keep), Cell::number(z));
        }
        let mut parents = element.parents.into_iter();
        if let Some(parent) = parents.next() {
            self.meter.count_copies(parent.len(), 1)?;
            rows.put("part of", Some(Role::PartOf), parent);
        }
        let further: Vec<Cow<'a, str>> = parents.collect();
        if !further.is_empty() {
            rows.put_cell("further parents", Some(Role::Keep), Cell::list(further));
        }
        let name = element.label.unwrap_or_else(|| element.id.clone());
        self.tables.set_actor(element.id, name);
        self.tables.actors.end(element.line, self.meter)
    }

    fn add_tie(&mut self, element: GexfElement<'a>) -> Result<(), Stop> {
        let rows = &mut self.tables.ties;
        if let Some(label) = element.label {
            rows.put("label", Some(Role::Label), label);
        }
        if let Some(weight) = element.weight {
            rows.put_cell("weight", Some(Role::Weight), Cell::number(weight));
        }
        if let Some(kind) = element.kind {
            rows.put("kind", Some(Role::Kind), kind);
        }
        self.tables.set_tie(element.id, element.ends, element.is_directed);
        self.tables.end_tie(element.line, self.meter)
    }
}

/// Puts the times at which an element is there into its row.
fn put_spells<'a>(spells: &[GexfSpell<'a>], time: TimeFormat, rows: &mut GraphRows<'a>) {
    for (heading, role, text) in cells_of_spells(spells, time) {
        rows.put(heading, Some(role), text);
    }
}

/// Returns whether a type of edges has a direction; a mutual edge has both, so it has none.
fn direction_of(word: &str) -> Option<bool> {
    match word.trim().to_ascii_lowercase().as_str() {
        "directed" => Some(true),
        "undirected" | "mutual" => Some(false),
        _ => None,
    }
}
