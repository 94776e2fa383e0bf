//! Graphs that other programs write: an actor or tie is an element there, with attributes. Each format is read as two
//! tables, of actors and of ties, so that all that is done with tables is done with graphs, too.
//!
//! A format is one entry of `FORMATS` and one file in `graph/`. Its reader knows the roles of the columns that the
//! format defines; those of attributes that people named are found by their names, as in other tables.

mod elements;
mod json;

use super::limits::Meter;
use super::types::{Stop, Tables};

pub(super) use elements::{GraphRows, GraphTables};
pub(crate) use json::{JsonShape, json_shape};

/// A format of graphs.
pub(super) struct GraphFormat {
    /// As in [`Tables::format`].
    pub(super) format: &'static str,
    /// Whether a text has this format. The second parameter is the extension of the file in lower case.
    pub(super) sniff: fn(&str, &str) -> bool,
    /// Whether an id means the same actor in all files: those of registers do, the numbers of a drawing don't.
    pub(super) has_shared_ids: bool,
    pub(super) read: for<'a> fn(&'a str, &mut GraphTables<'a>, &Meter) -> Result<(), Stop>,
}

/// All formats; the first that fits is taken.
const FORMATS: &[&[GraphFormat]] = &[];

/// Returns the format of a text, `None` if it is not of a graph.
pub(super) fn graph_format(text: &str, ending: &str) -> Option<&'static GraphFormat> {
    json::json_format(text).or_else(|| FORMATS.iter().copied().flatten().find(|format| (format.sniff)(text, ending)))
}

/// Reads a graph.
pub(super) fn read_graph<'a>(
    format: &'static GraphFormat,
    name: &std::sync::Arc<str>,
    text: &'a str,
    tables: &mut Tables<'a>,
    meter: &Meter,
) -> Result<(), Stop> {
    let mut graph = GraphTables::new(name, format);
    (format.read)(text, &mut graph, meter)?;
    tables.format = format.format;
    graph.finish(tables, meter)
}

