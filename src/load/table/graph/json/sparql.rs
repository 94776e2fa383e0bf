//! Results of a SPARQL query as JSON, such as those of the Wikidata Query Service: a table with a column for each variable.

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};

use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;

/// The types of numbers in XML Schema.
const NUMBERS: [&str; 5] = ["integer", "decimal", "int", "long", "nonNegativeInteger"];

/// Reads the rows of a result.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let rows = &mut graph.records;
    for name in root.path(&["head", "vars"]).into_iter().flat_map(JsonValue::items).filter_map(JsonValue::text) {
        rows.column(name, None);
        meter.check_columns(rows.width(), 1)?;
    }
    let bindings = root.path(&["results", "bindings"]);
    let mut lines = LineCounter::new(text);
    let mut number = 0;
    for binding in bindings.into_iter().flat_map(JsonValue::items) {
        // Each row has a number of its own, though many files are one line.
        number = lines.line(binding.offset()).max(number + 1);
        for (name, term) in binding.fields() {
            let Some(text) = term.get("value").and_then(JsonValue::word) else { continue };
            let datatype = term.get("datatype").and_then(JsonValue::text).unwrap_or_default();
            let datatype = datatype.rsplit('#').next().unwrap_or_default();
            let column = rows.column(name, None);
            // Wikidata writes each date with a time, whatever is known of it.
            let text = match text.strip_suffix("T00:00:00Z").filter(|_| datatype == "dateTime") {
                Some(day) => day.to_owned().into(),
                None => text,
            };
            rows.set(column, if NUMBERS.contains(&datatype) { Cell::number(text) } else { Cell::text(text) });
            meter.check_columns(rows.width(), number)?;
        }
        rows.end(number, meter)?;
    }
    Ok(())
}
