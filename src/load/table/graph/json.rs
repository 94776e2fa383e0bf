//! Graphs in JSON. The program that wrote a file is recognized by its fields, since nearly all of them end in `.json`.

mod apoc;
mod attributes;
mod bods;
mod canvas;
mod cx2;
mod cytoscape;
mod document;
mod ftm;
mod jgf;
mod kumu;
mod littlesis;
mod node_link;
mod oligrapher;
mod records;
mod shape;
mod sparql;
mod stix;
mod value;

use crate::jsonc::{MAX_BYTES, Tape, scan};
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;

use super::{GraphFormat, GraphTables};

pub(super) use document::is_of_one_line;
pub(crate) use shape::JsonShape;
use shape::shape_of;
use value::JsonValue;

/// Reads a graph.
type ReadJson = for<'a> fn(&'a str, &mut GraphTables<'a>, &Meter) -> Result<(), Stop>;

const fn format(format: &'static str, has_shared_ids: bool, read: ReadJson) -> GraphFormat {
    GraphFormat { format, sniff: |_, _| false, has_shared_ids, read }
}

const NODE_LINK: GraphFormat = format("node-link JSON", false, node_link::read);
const CYTOSCAPE: GraphFormat = format("cyjs", false, cytoscape::read);
const CX2: GraphFormat = format("cx2", false, cx2::read);
const KUMU: GraphFormat = format("Kumu JSON", false, kumu::read);
const OLIGRAPHER: GraphFormat = format("Oligrapher JSON", false, oligrapher::read);
const LITTLE_SIS: GraphFormat = format("LittleSis JSON", true, littlesis::read);
const FOLLOW_THE_MONEY: GraphFormat = format("FollowTheMoney", true, ftm::read);
const BODS: GraphFormat = format("BODS", true, bods::read);
const APOC: GraphFormat = format("Neo4j JSON", false, apoc::read);
const CANVAS: GraphFormat = format("canvas", false, canvas::read);
const GRAPH_FORMAT: GraphFormat = format("JSON Graph Format", false, jgf::read);
const STIX: GraphFormat = format("STIX", true, stix::read);
const SPARQL: GraphFormat = format("SPARQL JSON", false, sparql::read);
const RECORDS: GraphFormat = format("JSON table", false, records::read);

/// Returns the format of a text, `None` if it is no graph in JSON.
pub(super) fn json_format(text: &str) -> Option<&'static GraphFormat> {
    let text = document(text);
    if !text.starts_with(['{', '[']) || text.len() > MAX_BYTES || !document::is_flat_enough(text) {
        return None;
    }
    let tape = scan(text, &[], &mut ());
    Some(match json_shape(text, &tape)? {
        JsonShape::NodeLink => &NODE_LINK,
        JsonShape::Cytoscape => &CYTOSCAPE,
        JsonShape::Cx2 => &CX2,
        JsonShape::Kumu => &KUMU,
        JsonShape::Oligrapher => &OLIGRAPHER,
        JsonShape::LittleSis => &LITTLE_SIS,
        JsonShape::FollowTheMoney => &FOLLOW_THE_MONEY,
        JsonShape::Bods => &BODS,
        JsonShape::Apoc => &APOC,
        JsonShape::Canvas => &CANVAS,
        JsonShape::GraphFormat => &GRAPH_FORMAT,
        JsonShape::Stix => &STIX,
        JsonShape::Sparql => &SPARQL,
        JsonShape::Records => &RECORDS,
    })
}

/// Returns the format of a text with this structure, that of its first value; `None` if it is no graph.
pub(crate) fn json_shape(text: &str, tape: &Tape) -> Option<JsonShape> {
    let root = JsonValue::root(text, tape)?;
    shape_of(root).or_else(|| records::has_lines(text, root).then_some(JsonShape::Records))
}

/// Returns the JSON of a file: what stands behind `var networks =` in Cytoscape's web export, else all of it.
fn document(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let script = text.strip_prefix("var ").and_then(|rest| rest.split_once('='));
    match script {
        Some((name, json)) if name.len() < 100 => json.trim().trim_end_matches(';'),
        _ => text,
    }
}
