//! A workbook for Kumu: the sheets Elements and Connections, with its words in the headings.
//!
//! Kumu knows elements by label, or by id if there are ids; they are only written where two actors have one name.

use std::collections::HashSet;

use crate::hidden_characters::prose;
use crate::load::workbook::{SheetCell, WorkbookSheet, exact_number};
use crate::model::Ends;

use super::content::DataContent;
use super::csv::tie_rows;
use super::flat::{FlatRecord, FlatValue, KindLabels, flat_actor, heading, names_in_use, without_marks};
use super::xlsx::write_workbook;
use super::{DataError, DataFile, one_file};

/// Kumu's words for fields that it gives a meaning.
const WORDS: [(&str, &str); 8] = [
    ("name", "Label"),
    ("label", "Label"),
    ("kind", "Type"),
    ("summary", "Description"),
    ("tags", "Tags"),
    ("direction", "Direction"),
    ("weight", "Strength"),
    ("id", "ID"),
];

pub(super) fn write(content: &DataContent) -> Result<Vec<DataFile>, DataError> {
    let kinds = KindLabels::new(content);
    let mut names = HashSet::new();
    let has_twins = content.map.actors().values().any(|actor| !names.insert(actor.name.trim().to_lowercase()));
    let id = |key: &str| ("id".to_owned(), FlatValue::Text(key.to_owned()));
    let elements = content.map.actors().iter().map(|(actor, record)| {
        let mut row = flat_actor(content, &kinds, actor, "name");
        without_marks(&mut row);
        if has_twins {
            row.insert(0, id(&record.key));
        }
        row
    });
    let elements: Vec<FlatRecord> = elements.collect();
    let connections = content.map.ties().iter().flat_map(|(tie, record)| {
        let is_pair = matches!(record.ends, Ends::Pair { .. });
        tie_rows(content, &kinds, tie).into_iter().map(move |row| connection(row, has_twins, is_pair))
    });
    let connections: Vec<FlatRecord> = connections.collect();
    let sheets = [sheet("Elements", &elements), sheet("Connections", &connections)];
    write_workbook(&sheets).map(one_file)
}

/// Returns the row of a connection, whose ends are names unless two actors have one.
fn connection(row: FlatRecord, has_twins: bool, is_pair: bool) -> FlatRecord {
    let find = |wanted: &str| row.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let ends = if has_twins { ["from", "to"] } else { ["fromName", "toName"] };
    let mut out = FlatRecord::new();
    for (name, from) in ["from", "to"].into_iter().zip(ends) {
        out.extend(find(from).map(|value| (name.to_owned(), value)));
    }
    let is_left_out = |name: &str| matches!(name, "from" | "to" | "fromName" | "toName") || (name == "id" && !is_pair);
    out.extend(row.into_iter().filter(|(name, _)| !is_left_out(name)));
    without_marks(&mut out);
    out
}

fn sheet(name: &str, rows: &[FlatRecord]) -> WorkbookSheet {
    let names = names_in_use(rows.iter());
    let word = |name: &String| {
        let word = WORDS.iter().find(|(known, _)| known == name).map(|(_, word)| *word);
        word.unwrap_or_else(|| heading(name)).to_owned()
    };
    let cells = |row: &FlatRecord| {
        names
            .iter()
            .map(|name| row.iter().find(|(known, _)| known == name).and_then(|(_, value)| cell(value)))
            .collect()
    };
    WorkbookSheet {
        name: name.to_owned(),
        headings: names.iter().map(word).collect(),
        rows: rows.iter().map(cells).collect(),
    }
}

fn cell(value: &FlatValue) -> Option<SheetCell> {
    match value {
        FlatValue::Number(text) => {
            exact_number(text).map(SheetCell::Number).or_else(|| Some(SheetCell::Text(text.clone())))
        }
        FlatValue::Flag(flag) => Some(SheetCell::Flag(*flag)),
        // Kumu knows no list but one with bars.
        FlatValue::List(list) => {
            Some(SheetCell::Text(list.iter().map(|part| part.replace('|', "/")).collect::<Vec<_>>().join("|")))
        }
        other => Some(SheetCell::Text(prose(&other.text()))),
    }
}
