//! Objects of one sort, in a list or one in each line: rows of a table, whose columns are found by their names.

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;

use super::attributes::put_fields;
use super::document::{for_each_value, has_lines as has_values_in_lines};
use super::value::JsonValue;

/// Whether a text has several objects in lines, each with words in it.
pub(super) fn has_lines(text: &str, first: JsonValue<'_, '_>) -> bool {
    let is_record = first.is_object() && first.fields().any(|(_, value)| value.word().is_some());
    is_record && has_values_in_lines(text) && text.lines().filter(|line| !line.trim().is_empty()).nth(1).is_some()
}

/// Reads the objects as rows.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut notes = std::mem::take(&mut graph.notes);
    let rows = &mut graph.records;
    let mut last = 0;
    let read = for_each_value(text, &mut notes, meter, |value, number, _| {
        // Each row has a number of its own, though many files are one line.
        last = number.max(last + 1);
        put_fields(rows, value, &[], (last, meter))?;
        rows.end(last, meter)
    });
    graph.notes = notes;
    read
}
