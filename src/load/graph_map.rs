//! A whole map as a graph, and back: the values that graph programs show are read as fields of records, and those that such
//! a value can't hold are in one attribute as JSON.
//!
//! `flat` says which value is which field, `elements` reads the XML, and `read` makes the JSON of a map of them, which is
//! then read and checked like any other map. `export_data::graph::graphml` writes the file.

mod elements;
mod flat;
mod read;

pub(crate) use flat::{FlatForm, FlatText, KindKeys, RecordSort, fields_of, is_same_json};
pub(super) use read::read_graph_map;

/// The attribute of the graph that marks a file with a whole map; its value is the version of the format.
pub(crate) const MARK: &str = "tieline";

/// The attribute of nodes and edges with all fields that no other one holds, as JSON: `is` has them, `isNot` the names of
/// those that others seem to hold.
pub(crate) const OTHER_FIELDS: &str = "otherFields";

/// The attribute of a node that stands for a tie: its place among the ties.
pub(crate) const TIE_PLACE: &str = "tiePlace";
