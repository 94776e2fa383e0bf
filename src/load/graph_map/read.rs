//! Makes a map of a graph that holds a whole one.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map as Object, Value};

use crate::jsonc::{PathStep, quoted};
use crate::load::build::build;
use crate::load::faults::{FaultLocation, Faults, render};
use crate::load::locations::Locate;
use crate::load::loose::Loose;
use crate::load::records::FileRecord;
use crate::load::{LoadError, Loaded, ProgressFn, finish};
use crate::model::Position;

use super::elements::{MarkedElement, MarkedGraph, is_marked};
use super::flat::{KindKeys, RecordSort, fields_of};
use super::{MARK, OTHER_FIELDS, TIE_PLACE};

/// What a map has beside actors, ties and views, as JSON.
const ABOUT: [&str; 6] = ["map", "kinds", "sources", "facts", "distinct", "imports"];

/// Reads a graph with a whole map; `None` if it is none, or is so damaged or changed that it has to be read as any other.
///
/// # Errors
///
/// If reading is canceled.
pub(in crate::load) fn read_graph_map(
    bytes: &[u8],
    file: &Arc<str>,
    on_progress: ProgressFn,
) -> Result<Option<Loaded>, LoadError> {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| is_marked(text)) else { return Ok(None) };
    let mut is_canceled = false;
    let mut report = |done: usize| {
        is_canceled = !on_progress(0.5 * done as f32 / text.len() as f32);
        !is_canceled
    };
    let graph = MarkedGraph::read(text, &mut report);
    if is_canceled {
        return Err(LoadError::Canceled);
    }
    let Some(decoded) = graph.and_then(|graph| decode(&graph)) else { return Ok(None) };
    let Ok(Loose::Good(record)) = serde_json::from_str::<Loose<FileRecord>>(&decoded.json) else { return Ok(None) };
    let built = build(record, Faults::default(), on_progress)?;
    let locator = || LineLocator { text, actors: decoded.actors, ties: decoded.ties };
    finish(built, file, None, locator).map(Some)
}

/// The JSON of a map, and the offsets of its actors and ties in the graph.
struct DecodedGraph {
    json: String,
    actors: Vec<usize>,
    ties: Vec<usize>,
}

fn decode(graph: &MarkedGraph) -> Option<DecodedGraph> {
    let kinds: Option<Value> = graph.about("kinds").and_then(|text| serde_json::from_str(text).ok());
    let kind_keys = |sort| KindKeys::of(kinds.as_ref(), sort);
    let (of_actors, of_ties) = (kind_keys(RecordSort::Actor), kind_keys(RecordSort::Tie));
    let (mut actors, mut ties, mut placed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut hubs, mut positions) = (HashSet::new(), Object::new());
    for node in &graph.nodes {
        let is_hub = graph.value(node, "record") == Some("tie");
        let record = record_of(
            graph,
            node,
            &node.id,
            if is_hub { (RecordSort::Tie, &of_ties) } else { (RecordSort::Actor, &of_actors) },
        )?;
        if is_hub {
            hubs.insert(node.id.as_str());
            let place = graph.value(node, TIE_PLACE).and_then(|text| text.parse::<usize>().ok());
            placed.push((place.unwrap_or(usize::MAX), (record, node.offset)));
        } else {
            actors.push((record, node.offset));
        }
        let coordinate = |name| graph.value(node, name)?.parse::<f64>().ok();
        if let (Some(x), Some(y)) = (coordinate("x"), coordinate("y")) {
            positions.insert(node.id.clone(), Value::from(vec![x, y]));
        }
    }
    let mut made = free_ids(graph);
    for edge in &graph.edges {
        let is_party = hubs.contains(edge.ends[0].as_str()) && graph.value(edge, "kind") == Some("party");
        if !is_party {
            let id = if edge.id.is_empty() { made.next()? } else { edge.id.clone() };
            ties.push((record_of(graph, edge, &id, (RecordSort::Tie, &of_ties))?, edge.offset));
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    for (place, record) in placed {
        ties.insert(place.min(ties.len()), record);
    }
    let list =
        |records: &[(String, usize)]| records.iter().map(|(json, _)| json.as_str()).collect::<Vec<_>>().join(",");
    let version = quoted(graph.about(MARK)?);
    let mut json = format!("{{\"format\":\"tieline\",\"version\":{version},\"actors\":[{}]", list(&actors));
    for name in ABOUT {
        if let Some(text) = graph.about(name).filter(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
        {
            // Writing to a string can't fail.
            let _ = write!(json, ",{}:{text}", quoted(name));
        }
    }
    let _ = write!(json, ",\"ties\":[{}]", list(&ties));
    if !positions.is_empty() {
        let _ = write!(json, ",\"views\":[{{\"id\":\"main\",\"positions\":{}}}]", Value::Object(positions));
    }
    json.push('}');
    let offsets = |records: Vec<(String, usize)>| records.into_iter().map(|(_, offset)| offset).collect();
    Some(DecodedGraph { json, actors: offsets(actors), ties: offsets(ties) })
}

/// What the other values of a record don't say, or say wrongly.
#[derive(serde::Deserialize)]
struct FieldsBeside {
    /// Numbers keep their form.
    #[serde(default)]
    is: HashMap<String, Box<serde_json::value::RawValue>>,
    #[serde(default, rename = "isNot")]
    is_not: Vec<String>,
}

/// Returns ids for the edges that programs add without any.
fn free_ids(graph: &MarkedGraph) -> impl Iterator<Item = String> {
    let taken: HashSet<&str> = graph.nodes.iter().chain(&graph.edges).map(|element| element.id.as_str()).collect();
    (1..u64::MAX).map(|number| format!("edge-{number}")).filter(move |id| !taken.contains(id.as_str()))
}

/// Returns the JSON of the record of an element.
fn record_of(
    graph: &MarkedGraph,
    element: &MarkedElement,
    id: &str,
    (sort, kinds): (RecordSort, &KindKeys),
) -> Option<String> {
    let fields = fields_of(sort, kinds, graph.values(element));
    let mut all: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name, value.to_string())).collect();
    if let Some(other) = graph.value(element, OTHER_FIELDS) {
        let other: FieldsBeside = serde_json::from_str(other).ok()?;
        all.retain(|(name, _)| !other.is.contains_key(name) && !other.is_not.contains(name));
        let mut other: Vec<_> = other.is.into_iter().collect();
        other.sort_by(|a, b| a.0.cmp(&b.0));
        all.extend(other.into_iter().map(|(name, value)| (name, value.get().to_owned())));
    }
    let has = |all: &[(String, String)], name: &str| all.iter().any(|(known, _)| known == name);
    if sort == RecordSort::Actor && !has(&all, "name") {
        all.push(("name".to_owned(), quoted(id)));
    }
    let [from, to] = &element.ends;
    if sort == RecordSort::Tie && !has(&all, "parties") {
        all.extend([("from".to_owned(), quoted(from)), ("to".to_owned(), quoted(to))]);
    }
    let id = std::iter::once(("id".to_owned(), quoted(id)));
    let fields = id.chain(all).map(|(name, json)| format!("{}:{json}", quoted(&name)));
    Some(format!("{{{}}}", fields.collect::<Vec<_>>().join(",")))
}

/// Locates faults in the lines of a graph.
struct LineLocator<'t> {
    text: &'t str,
    actors: Vec<usize>,
    ties: Vec<usize>,
}

impl LineLocator<'_> {
    fn offset(&self, location: &FaultLocation) -> Option<usize> {
        let (FaultLocation::Path(steps) | FaultLocation::Offset(_, steps)) = location else { return None };
        let [PathStep::Field(list) | PathStep::Name(list), PathStep::Index(index), ..] = steps.as_slice() else {
            return None;
        };
        let offsets = match list.as_str() {
            "actors" => &self.actors,
            "ties" => &self.ties,
            _ => return None,
        };
        offsets.get(*index).copied()
    }
}

impl Locate for LineLocator<'_> {
    fn positions(&self, locations: &[&FaultLocation]) -> Vec<Option<Position>> {
        let mut wanted: Vec<usize> = locations.iter().filter_map(|location| self.offset(location)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut lines: HashMap<usize, u32> = HashMap::new();
        let (mut counted, mut line) = (0, 1);
        for offset in wanted {
            line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[counted..offset]).count() as u32;
            counted = offset;
            // The element begins after the line break.
            lines.insert(offset, line + u32::from(self.text.as_bytes().get(offset) == Some(&b'\n')));
        }
        let position = |location: &&FaultLocation| {
            let line = *lines.get(&self.offset(location)?)?;
            Some(Position::Text { line, column: 1 })
        };
        locations.iter().map(position).collect()
    }

    fn name(&self, location: &FaultLocation) -> String {
        match location {
            FaultLocation::Path(steps) | FaultLocation::Offset(_, steps) => render(steps),
            FaultLocation::Whole => String::new(),
        }
    }
}
