//! What nodes are called, and which of them the ends of edges are: ids, places in the list of nodes, whole nodes, or
//! names.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::load::table::graph::json::attributes::brief;
use crate::load::table::graph::json::value::{JsonKind, JsonValue};
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;

/// The fields with the id of a node.
pub(super) const IDS: [&str; 4] = ["id", "key", "_id", "@id"];
pub(super) const NAMES: [&str; 4] = ["name", "label", "title", "caption"];
const SOURCES: [&str; 5] = ["source", "from", "src", "start", "sourceId"];
const TARGETS: [&str; 5] = ["target", "to", "dst", "end", "targetId"];

/// How many edges show what all ends are.
const SAMPLE: usize = 1000;
/// About what a node takes in a list of ids, and in an index of names.
const BYTES_OF_ID: usize = 32;
const BYTES_OF_NAME: usize = 120;

/// A node, with its name in an object of nodes.
pub(super) type ListedNode<'a, 't> = (Option<Cow<'a, str>>, JsonValue<'a, 't>);

/// Whether a field of an edge is one of its ends.
pub(super) fn is_end(name: &str) -> bool {
    SOURCES.contains(&name) || TARGETS.contains(&name)
}

/// Returns the two ends of an edge.
pub(super) fn ends_of<'a, 't>(edge: JsonValue<'a, 't>) -> [Option<JsonValue<'a, 't>>; 2] {
    [edge.first_of(&SOURCES), edge.first_of(&TARGETS)]
}

/// Returns an id: words, or a list such as the pair of numbers that is a node in Python; that of a whole node.
pub(super) fn id_of<'a>(value: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
    match value.kind() {
        JsonKind::List => Some(Cow::Borrowed(value.json())),
        JsonKind::Object => IDS.iter().chain(&NAMES).find_map(|name| value.get(name).and_then(id_of_field)),
        _ => value.word(),
    }
}

fn id_of_field<'a>(value: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
    if value.is_object() { None } else { id_of(value).filter(|id| !id.is_empty()) }
}

/// Returns the id that a node has; `None` if only its name or place tells it.
fn own_id<'a>((key, node): &ListedNode<'a, '_>) -> Option<Cow<'a, str>> {
    let own = IDS.iter().find_map(|name| node.get(name).and_then(id_of_field));
    own.or_else(|| key.clone()).or_else(|| id_of_field(*node))
}

/// Returns what a node is called. A name that is its id is taken if there is no other.
fn name_of<'a>(node: JsonValue<'a, '_>, id: &str) -> Option<Cow<'a, str>> {
    let inner = node.get("attributes").unwrap_or(node);
    let named = || NAMES.iter().filter_map(|name| inner.word_of(name).or_else(|| node.word_of(name)));
    named().find(|name| name != id).or_else(|| named().next())
}

/// The ids of the nodes, and what the ends of edges are.
pub(super) struct NodeIds<'a> {
    /// The ids by place, where nodes have none of their own or ends are places.
    by_place: Option<Vec<Cow<'a, str>>>,
    ends: EndForm<'a>,
}

enum EndForm<'a> {
    Ids,
    /// Places in the list of nodes, from 0.
    Places,
    /// Names, with the id of the only node of each.
    Names(HashMap<Cow<'a, str>, Option<Cow<'a, str>>>),
}

/// How many of the ends of a sample are ids, and how many names.
#[derive(Default)]
struct Fits {
    ids: usize,
    names: usize,
}

impl<'a> NodeIds<'a> {
    /// Finds out what the ends are: ids if most are, else what more of them are.
    pub(super) fn new<'t, N: Iterator<Item = ListedNode<'a, 't>>>(
        nodes: impl Fn() -> N,
        edges: impl Iterator<Item = JsonValue<'a, 't>>,
        meter: &Meter,
    ) -> Result<Self, Stop> {
        let mut ids = Self { by_place: None, ends: EndForm::Ids };
        let count = nodes().count();
        if nodes().any(|node| own_id(&node).is_none()) {
            meter.count_index(count, BYTES_OF_NAME)?;
            ids.by_place = Some(given_ids(nodes(), count));
        }
        let sample: Vec<Cow<'a, str>> = edges.take(SAMPLE).flat_map(ends_of).flatten().filter_map(id_of).collect();
        let fits = ids.fits(nodes(), &sample);
        if fits.ids == sample.len() {
            return Ok(ids);
        }
        let places = sample.iter().filter(|end| end.parse::<usize>().is_ok_and(|place| place < count)).count();
        if fits.ids >= places && fits.ids >= fits.names {
            return Ok(ids);
        }
        if places >= fits.names {
            meter.count_index(count, BYTES_OF_ID)?;
            let all = || nodes().filter_map(|node| own_id(&node)).collect();
            ids.by_place.get_or_insert_with(all);
            ids.ends = EndForm::Places;
            return Ok(ids);
        }
        meter.count_index(count, BYTES_OF_NAME)?;
        let mut by_name = HashMap::with_capacity(count);
        for (place, node) in nodes().enumerate() {
            let (id, name) = ids.id_and_name(place, &node);
            by_name.entry(name).and_modify(|only| *only = None).or_insert(Some(id));
        }
        ids.ends = EndForm::Names(by_name);
        Ok(ids)
    }

    /// Counts the ends of a sample that are ids, and those that are names.
    fn fits<'t>(&self, nodes: impl Iterator<Item = ListedNode<'a, 't>>, sample: &[Cow<'a, str>]) -> Fits {
        let mut found: HashMap<&str, [bool; 2]> = sample.iter().map(|end| (&**end, [false; 2])).collect();
        for (place, node) in nodes.enumerate() {
            let (id, name) = self.id_and_name(place, &node);
            for (index, word) in [id, name].into_iter().enumerate() {
                if let Some(is) = found.get_mut(&*word) {
                    is[index] = true;
                }
            }
        }
        let mut fits = Fits::default();
        for end in sample {
            let [is_id, is_name] = found.get(&**end).copied().unwrap_or_default();
            fits.ids += usize::from(is_id);
            fits.names += usize::from(is_name);
        }
        fits
    }

    /// Returns the id and the name of the node at a place.
    pub(super) fn id_and_name(&self, place: usize, node: &ListedNode<'a, '_>) -> (Cow<'a, str>, Cow<'a, str>) {
        let given = self.by_place.as_ref().and_then(|ids| ids.get(place)).cloned();
        let id = given.or_else(|| own_id(node)).unwrap_or_default();
        let name = name_of(node.1, &id).unwrap_or_else(|| id.clone());
        (id, name)
    }

    /// Returns the id of the node at an end; the words of the end if there is none.
    pub(super) fn end(&self, end: Option<JsonValue<'a, '_>>) -> Cow<'a, str> {
        let Some(word) = end.and_then(id_of) else { return Cow::Borrowed("") };
        let id = match &self.ends {
            EndForm::Ids => None,
            EndForm::Places => word.parse::<usize>().ok().and_then(|place| self.by_place.as_ref()?.get(place)),
            EndForm::Names(by_name) => by_name.get(&word).and_then(Option::as_ref),
        };
        id.cloned().map_or(word, brief)
    }
}

/// Returns ids for nodes of which some have none: their names, where no other has it.
fn given_ids<'a, 't>(nodes: impl Iterator<Item = ListedNode<'a, 't>>, count: usize) -> Vec<Cow<'a, str>> {
    let mut ids: Vec<Cow<'a, str>> = Vec::with_capacity(count);
    let mut taken = std::collections::HashSet::with_capacity(count);
    for (place, node) in nodes.enumerate() {
        let named = || name_of(node.1, "").filter(|name| !taken.contains(name));
        let id = own_id(&node).or_else(named).unwrap_or_else(|| format!("node {}", place + 1).into());
        taken.insert(id.clone());
        ids.push(id);
    }
    ids
}
