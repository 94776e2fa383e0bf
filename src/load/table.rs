//! Reads tables from files: delimited text, XLSX, XLS, ODS, SIF, NCOL, graphs, archives of them, and database rows.
//! Bytes become cells here; what the columns mean is left to the importer.
//!
//! All readers are our own on top of an XML lexer and an inflater, because the files are untrusted: they read a sheet
//! row by row, so that a cell in the last corner of an empty sheet costs no memory, and they end at the end of the data.

mod archive;
mod bytes;
mod compound;
mod delimited;
mod encoding;
mod graph;
mod limits;
mod network;
mod number;
mod ods;
mod open;
mod rows;
mod sheet;
mod trim;
mod types;
mod xls;
mod xlsx;
mod xml;
mod zip;

pub(crate) use graph::{JsonShape, is_graph, json_shape};
pub(crate) use limits::Limits;
pub(crate) use network::is_ncol;
pub(crate) use open::open_tables;
pub use rows::{RowsError, RowsHead, RowsOrigin, RowsWriter, ValueKind};
pub(crate) use trim::trim_table;
pub(crate) use types::{Cell, CellKind, Table, TableError, TableNote, TableRow};
pub(super) use xml::{XmlNode, XmlReader, attribute, is_end_of, local_name};
pub(super) use zip::read_parts;

#[cfg(test)]
pub(super) mod tests;
