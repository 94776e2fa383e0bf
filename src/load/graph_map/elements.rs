//! Reads the nodes and edges of a graph that Tieline wrote, with all values as they stand.

use std::collections::HashMap;

use crate::load::table::{XmlNode, XmlReader, is_end_of, local_name};

use super::flat::FlatForm;
use super::{FlatText, MARK};

/// The start of a file in which the mark stands.
const MAX_HEAD: usize = 4096;

/// A declared attribute.
#[derive(Debug)]
struct GraphKey {
    name: String,
    form: FlatForm,
}

/// A node or edge.
#[derive(Debug, Default)]
pub(super) struct MarkedElement {
    pub(super) id: String,
    /// The ids of the nodes at the ends of an edge; empty for a node.
    pub(super) ends: [String; 2],
    /// The offset of its start in the text.
    pub(super) offset: usize,
    /// Values by the index of their key.
    values: Vec<(usize, String)>,
}

/// The elements of a graph.
#[derive(Debug, Default)]
pub(super) struct MarkedGraph {
    keys: Vec<GraphKey>,
    by_id: HashMap<String, usize>,
    /// The values of the graph as a whole.
    about: Vec<(usize, String)>,
    pub(super) nodes: Vec<MarkedElement>,
    pub(super) edges: Vec<MarkedElement>,
}

/// Whether a text may be a graph with a whole map.
pub(super) fn is_marked(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(MAX_HEAD)];
    head.contains("<graphml") && head.contains(&format!("attr.name=\"{MARK}\""))
}

impl MarkedGraph {
    /// Reads all elements; `None` if the XML is damaged, or has anything that such a graph doesn't.
    pub(super) fn read(text: &str, on_progress: &mut dyn FnMut(usize) -> bool) -> Option<Self> {
        let mut graph = Self::default();
        let mut xml = XmlReader::new(text);
        let mut open: Option<(bool, MarkedElement)> = None;
        loop {
            let offset = xml.offset();
            match xml.next().ok()? {
                XmlNode::Open(start) => match local_name(&start) {
                    "graphml" | "graph" => {}
                    "key" => graph.add_key(&xml)?,
                    "node" if open.is_none() => {
                        let [id] = xml.attributes(["id"]);
                        open = Some((true, MarkedElement { id: id?.into_owned(), offset, ..MarkedElement::default() }));
                    }
                    "edge" if open.is_none() => {
                        let [id, from, to] = xml.attributes(["id", "source", "target"]);
                        let ends = [from?.into_owned(), to?.into_owned()];
                        let id = id.unwrap_or_default().into_owned();
                        open = Some((false, MarkedElement { id, ends, offset, ..MarkedElement::default() }));
                    }
                    "data" => {
                        let [key] = xml.attributes(["key"]);
                        let key = *graph.by_id.get(&*key?)?;
                        let value = text_of(&mut xml)?;
                        let values = open.as_mut().map_or(&mut graph.about, |(_, element)| &mut element.values);
                        values.push((key, value));
                    }
                    _ => return None,
                },
                XmlNode::Close(end) if is_end_of(&end, "node") || is_end_of(&end, "edge") => {
                    let (is_node, element) = open.take()?;
                    let list = if is_node { &mut graph.nodes } else { &mut graph.edges };
                    list.push(element);
                    if list.len().is_multiple_of(4096) && !on_progress(offset) {
                        return None;
                    }
                }
                XmlNode::Close(_) | XmlNode::Text(_) => {}
                XmlNode::End => return open.is_none().then_some(graph),
            }
        }
    }

    fn add_key(&mut self, xml: &XmlReader<'_>) -> Option<()> {
        let [id, name, typed] = xml.attributes(["id", "attr.name", "attr.type"]);
        let form = match typed.as_deref() {
            Some("int" | "long" | "float" | "double") => FlatForm::Number,
            Some("boolean") => FlatForm::Flag,
            _ => FlatForm::Text,
        };
        self.by_id.insert(id?.into_owned(), self.keys.len());
        self.keys.push(GraphKey { name: name?.into_owned(), form });
        Some(())
    }

    /// Returns a value of the graph as a whole.
    pub(super) fn about(&self, name: &str) -> Option<&str> {
        let found = self.about.iter().find(|(key, _)| self.keys[*key].name == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the values of a node or edge.
    pub(super) fn values<'e>(&'e self, element: &'e MarkedElement) -> impl Iterator<Item = FlatText<'e>> {
        element.values.iter().map(|(key, text)| {
            let GraphKey { name, form } = &self.keys[*key];
            FlatText { name, text, form: *form }
        })
    }

    /// Returns one value of a node or edge.
    pub(super) fn value<'e>(&'e self, element: &'e MarkedElement, name: &str) -> Option<&'e str> {
        self.values(element).find(|value| value.name == name).map(|value| value.text)
    }
}

/// Returns the text of the element that was just opened, which has nothing else in it.
fn text_of(xml: &mut XmlReader<'_>) -> Option<String> {
    let mut text = String::new();
    loop {
        match xml.next().ok()? {
            XmlNode::Text(piece) => text.push_str(&piece),
            XmlNode::Close(_) => return Some(text),
            XmlNode::Open(_) | XmlNode::End => return None,
        }
    }
}
