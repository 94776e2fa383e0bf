//! Makes the sheets of a map: one cell for each field that a cell can hold as it is, and JSON for the rest.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::load::json::{Fields, file_json, json_text};
use crate::model::Map;

use super::cell::{CellForm, MAX_UNITS, SheetCell, exact_number, is_plain, to_cell};
use super::columns::{
    ABOUT, ACTORS, CLAIM, EVIDENCE, FACTS, FieldColumn, IMPORTS, KIND_OF, KINDS, MAP, NAMES, PLACE, SOURCES, SheetPlan,
    TIES, VIEWS, X, Y,
};
use super::{MARK, OTHER_FIELDS};

/// A sheet of a workbook.
#[derive(Debug, Default)]
pub(crate) struct WorkbookSheet {
    pub(crate) name: String,
    /// The headings, in the first row; empty for a sheet without.
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<Option<SheetCell>>>,
}

/// The most columns for fields outside the format; Excel has 16,384 in all.
const MAX_OWN: usize = 500;
/// The longest heading of such a column, in bytes.
const MAX_HEADING: usize = 200;

/// Returns the sheets of a map with these views as JSON.
pub(crate) fn sheets_of_map(map: &Map, views: impl Iterator<Item = Fields>) -> Vec<WorkbookSheet> {
    let mut file = file_json(map, views);
    let mut actors = take_list(&mut file, "actors");
    let mut ties = take_list(&mut file, "ties");
    let mut facts = take_list(&mut file, "facts");
    let mut views = take_list(&mut file, "views");
    let names: HashMap<String, Value> = actors
        .iter()
        .filter_map(|actor| Some((actor.get("id")?.as_str()?.to_owned(), actor.get("name")?.clone())))
        .collect();
    for (records, fields) in [(&mut ties, &["from", "to"][..]), (&mut facts, &["actor"])] {
        for record in records.iter_mut() {
            add_names(record, fields, &names);
        }
    }
    let mut evidence = take_evidence(&mut ties);
    evidence.extend(take_evidence(&mut facts));
    if let Some(places) = views.first_mut().and_then(|view| view.get_mut("positions")).and_then(Value::as_object_mut) {
        take_places(places, actors.iter_mut().chain(&mut ties));
        if places.is_empty()
            && let Some(view) = views.first_mut()
        {
            view.shift_remove("positions");
        }
    }
    let kinds = take_kinds(&mut file);
    let sources = take_list(&mut file, "sources");
    let imports = take_list(&mut file, "imports");
    let tables = [
        (&ACTORS, actors),
        (&TIES, ties),
        (&FACTS, facts),
        (&SOURCES, sources),
        (&EVIDENCE, evidence),
        (&KINDS, kinds),
        (&VIEWS, views),
        (&IMPORTS, imports),
    ];
    let tables = tables.into_iter().filter(|(_, records)| !records.is_empty());
    let mut sheets: Vec<WorkbookSheet> = tables.map(|(plan, records)| sheet(plan, records)).collect();
    sheets.push(about(file));
    sheets
}

/// Takes a list of records out of the map.
fn take_list(file: &mut Fields, name: &str) -> Vec<Fields> {
    let list = file.shift_remove(name);
    let Some(Value::Array(list)) = list else { return Vec::new() };
    list.into_iter().filter_map(|value| if let Value::Object(fields) = value { Some(fields) } else { None }).collect()
}

/// Takes the kinds of actors and ties out of the map, as records with their id.
fn take_kinds(file: &mut Fields) -> Vec<Fields> {
    let Some(Value::Object(kinds)) = file.shift_remove("kinds") else { return Vec::new() };
    let mut records = Vec::new();
    for (of, kinds) in kinds {
        let Value::Object(kinds) = kinds else { continue };
        for (id, fields) in kinds {
            let mut record = Fields::new();
            record.insert(KIND_OF.to_owned(), of.clone().into());
            record.insert("id".to_owned(), id.into());
            record.extend(fields.as_object().cloned().unwrap_or_default());
            records.push(record);
        }
    }
    records
}

/// Takes the evidence out of claims, as records with the id of the claim.
fn take_evidence(claims: &mut [Fields]) -> Vec<Fields> {
    let mut records = Vec::new();
    for claim in claims {
        let id = claim.get("id").cloned().unwrap_or_default();
        let Some(Value::Array(pieces)) = claim.shift_remove("evidence") else { continue };
        for piece in pieces {
            let mut record = Fields::new();
            record.insert(CLAIM.to_owned(), id.clone());
            record.extend(piece.as_object().cloned().unwrap_or_default());
            records.push(record);
        }
    }
    records
}

fn add_names(record: &mut Fields, fields: &[&str], names: &HashMap<String, Value>) {
    let named = fields.iter().filter_map(|field| {
        let name = names.get(record.get(*field)?.as_str()?)?;
        Some(((*field).to_owned(), name.clone()))
    });
    let named: Fields = named.collect();
    if !named.is_empty() {
        record.insert(NAMES.to_owned(), named.into());
    }
}

/// Moves the places of a view to the records that lie there.
fn take_places<'r>(places: &mut Fields, records: impl Iterator<Item = &'r mut Fields>) {
    let mut left: HashMap<String, Value> = std::mem::take(places).into_iter().collect();
    for record in records {
        let Some(id) = record.get("id").and_then(Value::as_str) else { continue };
        if let Some(Value::Array(at)) = left.remove(id)
            && let [x, y] = at.as_slice()
        {
            record.insert(PLACE.to_owned(), json!({ X: x, Y: y }));
        }
    }
    places.extend(left);
}

/// Makes the sheet of some records, without the columns that none of them needs.
fn sheet(plan: &SheetPlan, records: Vec<Fields>) -> WorkbookSheet {
    let own = if plan.has_own { own_headings(plan, &records) } else { Vec::new() };
    let fixed = plan.columns.len();
    let mut rows: Vec<Vec<Option<SheetCell>>> = Vec::with_capacity(records.len());
    let mut pieces = 0;
    for mut record in records {
        let mut row: Vec<Option<SheetCell>> =
            plan.columns.iter().map(|column| take_cell(&mut record, column)).collect();
        row.extend(own.iter().map(|(name, _)| {
            let cell = own_cell(record.get(name)?)?;
            record.shift_remove(name);
            Some(cell)
        }));
        record.shift_remove(NAMES);
        if !record.is_empty() {
            let rest = split(&json_text(&Value::Object(record)));
            pieces = pieces.max(rest.len());
            row.extend(rest.into_iter().map(|piece| Some(SheetCell::Text(piece))));
        }
        rows.push(row);
    }
    let mut headings: Vec<String> = plan.columns.iter().map(|column| column.heading.to_owned()).collect();
    headings.extend(own.into_iter().map(|(_, heading)| heading));
    headings.extend((1..=pieces).map(other_heading));
    let is_used = |column: usize| column < 1 || rows.iter().any(|row| row.get(column).is_some_and(Option::is_some));
    let kept: Vec<usize> = (0..headings.len()).filter(|&column| column >= fixed || is_used(column)).collect();
    let rows = rows.iter().map(|row| kept.iter().map(|&column| row.get(column).cloned().flatten()).collect()).collect();
    let headings = kept.iter().map(|&column| headings[column].clone()).collect();
    WorkbookSheet { name: plan.name.to_owned(), headings, rows }
}

fn other_heading(number: usize) -> String {
    if number == 1 { OTHER_FIELDS.to_owned() } else { format!("{OTHER_FIELDS} {number}") }
}

/// Takes a field out of a record if a cell holds it as it is.
fn take_cell(record: &mut Fields, column: &FieldColumn) -> Option<SheetCell> {
    match column.path {
        [] => None,
        [name] => {
            let cell = to_cell(column.form, record.get(*name)?)?;
            record.shift_remove(*name);
            Some(cell)
        }
        [NAMES, field] => {
            let name = record.get(NAMES)?.get(field)?.as_str()?;
            to_cell(CellForm::Text, &Value::from(crate::hidden_characters::visible(name)))
        }
        [name, rest @ ..] => {
            let inner = record.get_mut(*name)?.as_object_mut()?;
            let cell = take_cell(inner, &FieldColumn { path: rest, ..*column })?;
            if inner.is_empty() {
                record.shift_remove(*name);
            }
            Some(cell)
        }
    }
}

/// Returns the fields outside the format that get a column, with its heading.
fn own_headings(plan: &SheetPlan, records: &[Fields]) -> Vec<(String, String)> {
    let mut taken: HashSet<String> = plan.columns.iter().map(|column| column.heading.to_lowercase()).collect();
    let mut known = HashSet::new();
    let mut own = Vec::new();
    for name in records.iter().flat_map(Fields::keys) {
        let Some(heading) = name.strip_prefix("x-") else { continue };
        if own.len() == MAX_OWN || !known.insert(name.as_str()) {
            continue;
        }
        let is_sound = is_plain(heading)
            && heading.len() <= MAX_HEADING
            && crate::hidden_characters::visible(heading) == heading
            && !heading.starts_with("x-")
            && !heading.starts_with(OTHER_FIELDS);
        if is_sound && taken.insert(heading.to_lowercase()) {
            own.push((name.clone(), heading.to_owned()));
        }
    }
    own
}

/// Returns the cell that holds the value of a field outside the format exactly.
fn own_cell(value: &Value) -> Option<SheetCell> {
    match value {
        Value::String(text) if is_plain(text) && !text.starts_with('[') => Some(SheetCell::Text(text.clone())),
        Value::Bool(flag) => Some(SheetCell::Flag(*flag)),
        Value::Number(number) => {
            let text = number.to_string();
            let is_usual = |number: f64| number == 0.0 || (1e-4..1e15).contains(&number.abs());
            let number = exact_number(&text).filter(|number| is_usual(*number) && number.to_string() == text)?;
            Some(SheetCell::Number(number))
        }
        Value::Array(list) => {
            let is_scalar = |value: &Value| matches!(value, Value::String(_) | Value::Bool(_) | Value::Number(_));
            let text = json_text(value);
            (list.iter().all(is_scalar) && is_plain(&text)).then_some(SheetCell::Text(text))
        }
        Value::String(_) | Value::Null | Value::Object(_) => None,
    }
}

/// Splits JSON into texts that cells hold. No piece consists of blanks alone, which a reader would take for an empty cell.
fn split(json: &str) -> Vec<String> {
    let escape = |c: char| {
        let (mut units, mut escaped) = ([0; 2], String::new());
        for unit in c.encode_utf16(&mut units) {
            // Writing to a string can't fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
        escaped
    };
    let mut pieces = vec![String::new()];
    let (mut units, mut was_blank) = (0, false);
    for c in json.chars() {
        let is_blank = c.is_whitespace();
        // Compact JSON has blanks in texts only, where any sign may be escaped.
        let sign = if c == '\r' || (is_blank && (was_blank || c != ' ')) { escape(c) } else { c.to_string() };
        was_blank = is_blank;
        if units + sign.len() > MAX_UNITS {
            pieces.push(String::new());
            units = 0;
        }
        units += sign.encode_utf16().count();
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(&sign);
        }
    }
    pieces
}

/// Makes the sheet with what the map says about itself.
fn about(mut file: Fields) -> WorkbookSheet {
    let text = |text: &str| Some(SheetCell::Text(text.to_owned()));
    let version = file.get("version").and_then(Value::as_str).unwrap_or_default();
    let mut rows = vec![vec![text(MARK), text(version)]];
    for name in ["format", "version"] {
        file.shift_remove(name);
    }
    if let Some(map) = file.get_mut("map").and_then(Value::as_object_mut) {
        for column in ABOUT {
            if let Some(cell) = take_cell(map, column) {
                rows.push(vec![text(column.heading), Some(cell)]);
            }
        }
        if map.is_empty() {
            file.shift_remove("map");
        }
    }
    if !file.is_empty() {
        for (number, piece) in (1..).zip(split(&json_text(&Value::Object(file)))) {
            rows.push(vec![text(&other_heading(number)), Some(SheetCell::Text(piece))]);
        }
    }
    WorkbookSheet { name: MAP.to_owned(), headings: Vec::new(), rows }
}
