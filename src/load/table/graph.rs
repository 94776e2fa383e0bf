//! Graphs that other programs write: an actor or tie is an element there, with attributes. Each format is read as two
//! tables, of actors and of ties, so that all that is done with tables is done with graphs, too.
//!
//! A format is one entry of `FORMATS` and one file in `graph/`. Its reader knows the roles of the columns that the
//! format defines; those of attributes that people named are found by their names, as in other tables.

mod color;
mod color_names;
mod dl;
mod dot;
mod elements;
mod gexf;
mod gml;
mod graphml;
mod html;
mod json;
mod markup;
mod numbered;
mod pajek;

use super::limits::Meter;
use super::types::{Stop, TableNote, Tables};
use crate::model::Severity;

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
const FORMATS: &[&[GraphFormat]] =
    &[graphml::FORMATS, gexf::FORMATS, dot::FORMATS, gml::FORMATS, pajek::FORMATS, dl::FORMATS];

/// Returns the format of a text, `None` if it is not of a graph.
pub(super) fn graph_format(text: &str, ending: &str) -> Option<&'static GraphFormat> {
    json::json_format(text).or_else(|| FORMATS.iter().copied().flatten().find(|format| (format.sniff)(text, ending)))
}

/// Returns whether the start of a text is that of a graph in this format.
pub(crate) fn is_graph(start: &str, format: &str) -> bool {
    graph_format(start, "").is_some_and(|found| found.format == format)
}

/// Reads a graph. A damaged one is read up to the damage, with a note.
pub(super) fn read_graph<'a>(
    format: &'static GraphFormat,
    name: &std::sync::Arc<str>,
    text: &'a str,
    tables: &mut Tables<'a>,
    meter: &Meter,
) -> Result<(), Stop> {
    let mut graph = GraphTables::new(name, format);
    // Only JSON begins so.
    if text.trim_start().starts_with(['{', '[']) && json::is_of_one_line(text) {
        graph.set_of_one_line();
    }
    match (format.read)(text, &mut graph, meter) {
        Err(Stop::Refused { message, remedy }) if !graph.is_empty() => {
            tables.notes.push(TableNote::new(
                Severity::Error,
                format!("{message}; the rest of it is left out"),
                remedy,
            ));
        }
        done => done?,
    }
    tables.format = format.format;
    graph.finish(tables, meter)
}
