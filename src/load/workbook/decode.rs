//! Makes the JSON of a map of the sheets of a workbook. What is wrong in it is found by the reader of maps.

use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;

use crate::jsonc::quoted;
use crate::load::table::{Cell, CellKind, Table, TableRow};
use crate::model::OwnNumber;

use super::cell::{CellForm, json_of_cell};
use super::columns::{
    ABOUT, ACTORS, CLAIM, EVIDENCE, FACTS, FieldColumn, IMPORTS, KIND_OF, KINDS, PLACE, SOURCES, SheetPlan, TIES,
    VIEWS, X, Y,
};
use super::locator::{ListPlaces, RecordPlace};
use super::{MARK, OTHER_FIELDS};

/// An object in the making: values as JSON text, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Object(Vec<(String, FieldNode)>);

#[derive(Debug)]
enum FieldNode {
    Json(String),
    Object(Object),
}

impl Object {
    /// Parses an object whose values keep their form.
    fn parse(json: &str) -> Option<Self> {
        let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).ok()?;
        Some(Self(fields.into_iter().map(|(name, value)| (name, FieldNode::Json(value.get().to_owned()))).collect()))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets the value at a path; objects on the way are made, and those that are JSON are taken apart.
    pub(super) fn set(&mut self, path: &[&str], json: String) {
        let [name, rest @ ..] = path else { return };
        if rest.is_empty() {
            self.take(name);
            self.0.push(((*name).to_owned(), FieldNode::Json(json)));
            return;
        }
        let mut inner = match self.take(name) {
            Some(FieldNode::Object(object)) => object,
            Some(FieldNode::Json(json)) => Self::parse(&json).unwrap_or_default(),
            None => Self::default(),
        };
        inner.set(rest, json);
        self.0.push(((*name).to_owned(), FieldNode::Object(inner)));
    }

    fn take(&mut self, name: &str) -> Option<FieldNode> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// Takes out a text.
    fn take_text(&mut self, name: &str) -> Option<String> {
        let FieldNode::Json(json) = self.take(name)? else { return None };
        serde_json::from_str(&json).ok()
    }

    /// Takes out an object.
    fn take_object(&mut self, name: &str) -> Option<Self> {
        match self.take(name)? {
            FieldNode::Object(object) => Some(object),
            FieldNode::Json(json) => Self::parse(&json),
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        out.push('{');
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(&quoted(name));
            out.push(':');
            match value {
                FieldNode::Json(json) => out.push_str(json),
                FieldNode::Object(object) => object.write(out),
            }
        }
        out.push('}');
    }

    fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// A record with its row.
struct RowRecord {
    object: Object,
    place: RecordPlace,
}

/// The map in the making, and where its records stand.
pub(super) struct DecodedSheets {
    pub(super) json: String,
    pub(super) places: ListPlaces,
    /// Pieces of evidence whose tie or fact is nowhere: the table, the row, and the id.
    pub(super) strays: Vec<(usize, u32, String)>,
    /// The rows that were read, but those of the sheet about the map.
    pub(super) rows: usize,
    /// The tables that are no part of the map.
    pub(super) unknown: Vec<usize>,
    /// Rows with other fields that are no JSON, and kinds of an unknown type: the table and the row.
    pub(super) damaged: Vec<(usize, u32)>,
}

/// The sheets of one workbook while they are read.
struct Decoder<'t, 'a> {
    tables: &'t [Table<'a>],
    damaged: Vec<(usize, u32)>,
    rows: usize,
}

/// Returns the index of the sheet with this name.
pub(super) fn find_sheet(tables: &[Table<'_>], name: &str) -> Option<usize> {
    tables.iter().position(|table| table.sheet.as_deref().is_some_and(|sheet| sheet.trim().eq_ignore_ascii_case(name)))
}

/// Makes the JSON of a map of the sheets of a workbook; `about` is the sheet with what the map says about itself.
pub(super) fn decode(tables: &[Table<'_>], about: usize) -> DecodedSheets {
    let mut decoder = Decoder { tables, damaged: Vec::new(), rows: 0 };
    let mut file = decoder.about(about);
    let mut places = ListPlaces::default();
    let mut actors = decoder.records(&ACTORS);
    let mut ties = decoder.records(&TIES);
    let mut facts = decoder.records(&FACTS);
    let mut views = decoder.records(&VIEWS);
    let strays = attach_evidence([&mut ties, &mut facts], decoder.records(&EVIDENCE));
    place(&mut views, actors.iter_mut().chain(&mut ties));
    if let Some(kinds) = kinds_json(decoder.records(&KINDS), &mut decoder.damaged) {
        file.set(&["kinds"], kinds);
    }
    let sources = decoder.records(&SOURCES);
    let imports = decoder.records(&IMPORTS);
    let lists = [
        ("actors", actors),
        ("sources", sources),
        ("ties", ties),
        ("facts", facts),
        ("views", views),
        ("imports", imports),
    ];
    for (name, records) in lists {
        let mut json = String::from("[");
        for (index, record) in records.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            record.object.write(&mut json);
        }
        json.push(']');
        if !records.is_empty() || name == "actors" {
            file.set(&[name], json);
        }
        places.add(name, records.into_iter().map(|record| record.place).collect());
    }
    let plans = [&ACTORS, &TIES, &FACTS, &SOURCES, &EVIDENCE, &KINDS, &VIEWS, &IMPORTS];
    let known: Vec<usize> = plans.iter().filter_map(|plan| find_sheet(tables, plan.name)).chain([about]).collect();
    let unknown = (0..tables.len()).filter(|table| !known.contains(table)).collect();
    DecodedSheets { json: file.text(), places, strays, rows: decoder.rows, unknown, damaged: decoder.damaged }
}

/// Returns the kinds of actors and ties as JSON.
fn kinds_json(records: Vec<RowRecord>, damaged: &mut Vec<(usize, u32)>) -> Option<String> {
    let mut of = [("actor", Vec::new()), ("tie", Vec::new())];
    for RowRecord { mut object, place } in records {
        let (word, id) = (object.take_text(KIND_OF).unwrap_or_default(), object.take_text("id"));
        let list = of.iter_mut().find(|(known, _)| word.trim().eq_ignore_ascii_case(known));
        match (list, id) {
            (Some((_, kinds)), Some(id)) => kinds.push(format!("{}:{}", quoted(&id), object.text())),
            _ => damaged.push((place.table, place.row)),
        }
    }
    let filled = of.iter().filter(|(_, kinds)| !kinds.is_empty());
    let parts: Vec<String> = filled.map(|(word, kinds)| format!("{}:{{{}}}", quoted(word), kinds.join(","))).collect();
    (!parts.is_empty()).then(|| format!("{{{}}}", parts.join(",")))
}

/// Gives each claim its evidence; returns the pieces whose claim is nowhere.
fn attach_evidence(claims: [&mut Vec<RowRecord>; 2], pieces: Vec<RowRecord>) -> Vec<(usize, u32, String)> {
    let mut of_claim: HashMap<String, (Vec<String>, Vec<RecordPlace>)> = HashMap::new();
    let mut rows = HashMap::new();
    for mut piece in pieces {
        let claim = piece.object.take_text(CLAIM).unwrap_or_default();
        rows.entry(claim.clone()).or_insert((piece.place.table, piece.place.row));
        let (json, places) = of_claim.entry(claim).or_default();
        json.push(piece.object.text());
        places.push(piece.place);
    }
    for record in claims.into_iter().flatten() {
        let Some(FieldNode::Json(id)) = record.object.0.iter().find(|(name, _)| name == "id").map(|(_, id)| id) else {
            continue;
        };
        let Ok(id) = serde_json::from_str::<String>(id) else { continue };
        if let Some((json, places)) = of_claim.remove(&id) {
            record.object.set(&["evidence"], format!("[{}]", json.join(",")));
            record.place.evidence = places;
        }
    }
    let mut strays: Vec<_> =
        of_claim.into_keys().filter_map(|id| rows.remove(&id).map(|at| (at.0, at.1, id))).collect();
    strays.sort();
    strays
}

/// Moves the places of records to the first view.
fn place<'r>(views: &mut Vec<RowRecord>, records: impl Iterator<Item = &'r mut RowRecord>) {
    let mut places = Vec::new();
    for record in records {
        let Some(mut at) = record.object.take_object(PLACE) else { continue };
        let id = record.object.0.iter().find(|(name, _)| name == "id");
        if let (Some(FieldNode::Json(x)), Some(FieldNode::Json(y)), Some((_, FieldNode::Json(id)))) =
            (at.take(X), at.take(Y), id)
            && let Ok(id) = serde_json::from_str::<String>(id)
        {
            // Fractions are texts in cells, but numbers in views.
            let number = |json: String| json.trim_matches('"').to_owned();
            let (x, y) = (number(x), number(y));
            let is_number = |text: &str| OwnNumber::parse(text).is_some();
            if is_number(&x) && is_number(&y) {
                places.push((id, format!("[{x},{y}]")));
            }
        }
    }
    if places.is_empty() {
        return;
    }
    if views.is_empty() {
        let object = Object(vec![("id".to_owned(), FieldNode::Json("\"main\"".to_owned()))]);
        views.push(RowRecord { object, place: RecordPlace::default() });
    }
    let mut all = views[0].object.take_object("positions").unwrap_or_default();
    all.0.extend(places.into_iter().map(|(id, at)| (id, FieldNode::Json(at))));
    views[0].object.0.push(("positions".to_owned(), FieldNode::Object(all)));
}

impl Decoder<'_, '_> {
    /// Reads the sheet with what the map says about itself.
    fn about(&mut self, table: usize) -> Object {
        let (mut rest, mut fields, mut version) = (String::new(), Vec::new(), "\"1.0\"".to_owned());
        for row in self.tables[table].rows() {
            let (name, value) = (text_of(row, 0).trim(), text_of(row, 1));
            if value.is_empty() {
                continue;
            }
            if name == MARK {
                version = quoted(value.trim());
            } else if name.starts_with(OTHER_FIELDS) {
                rest.push_str(value);
            } else if let Some(column) = ABOUT.iter().find(|column| column.heading.eq_ignore_ascii_case(name)) {
                fields.extend(json_of_cell(column.form, value).map(|json| (column.path[0], json)));
            }
        }
        let mut file = self.other_fields(&rest, (table, 1));
        for (name, json) in fields {
            file.set(&["map", name], json);
        }
        file.set(&["format"], quoted("tieline"));
        file.set(&["version"], version);
        file
    }

    /// Parses the JSON of other fields.
    fn other_fields(&mut self, json: &str, at: (usize, u32)) -> Object {
        if json.is_empty() {
            return Object::default();
        }
        Object::parse(json).unwrap_or_else(|| {
            self.damaged.push(at);
            Object::default()
        })
    }

    /// Reads the records of a sheet.
    fn records(&mut self, plan: &SheetPlan) -> Vec<RowRecord> {
        let Some(index) = find_sheet(self.tables, plan.name) else { return Vec::new() };
        let table = &self.tables[index];
        let Some(header) = table.row(0) else { return Vec::new() };
        let columns: Vec<ColumnMeaning> =
            header.cells.iter().map(|cell| ColumnMeaning::of(plan, cell.text.trim())).collect();
        let mut records = Vec::new();
        for row in table.rows().skip(1) {
            self.rows += 1;
            let rest: String =
                (0..columns.len()).filter(|&at| columns[at].is_rest()).map(|at| text_of(row, at)).collect();
            let mut object = self.other_fields(&rest, (index, row.number));
            let mut place = RecordPlace { table: index, row: row.number, ..RecordPlace::default() };
            for (at, meaning) in columns.iter().enumerate() {
                let Some(cell) = row.cells.get(at).filter(|cell| !cell.is_empty() && cell.kind != CellKind::Error)
                else {
                    continue;
                };
                match meaning {
                    ColumnMeaning::Field(column) => {
                        if let Some(json) = json_of_cell(column.form, &cell.text) {
                            object.set(column.path, json);
                            place.columns.push((column.path, at as u32 + 1));
                        }
                    }
                    // A file may have any number of such columns, so they are not compared with each other here.
                    ColumnMeaning::Own(name) => object.0.push((name.clone(), FieldNode::Json(own_json(cell)))),
                    ColumnMeaning::Rest | ColumnMeaning::Nothing => {}
                }
            }
            if !object.is_empty() {
                records.push(RowRecord { object, place });
            }
        }
        records
    }
}

/// What a column of a sheet holds.
enum ColumnMeaning {
    Field(&'static FieldColumn),
    /// A field outside the format.
    Own(String),
    /// A part of the JSON of other fields.
    Rest,
    Nothing,
}

impl ColumnMeaning {
    fn of(plan: &SheetPlan, heading: &str) -> Self {
        if let Some(column) = plan.columns.iter().find(|column| column.heading.eq_ignore_ascii_case(heading)) {
            return if column.form == CellForm::Shown { Self::Nothing } else { Self::Field(column) };
        }
        match heading {
            "" => Self::Nothing,
            _ if heading.starts_with(OTHER_FIELDS) => Self::Rest,
            _ if plan.has_own && heading.starts_with("x-") => Self::Own(heading.to_owned()),
            _ if plan.has_own => Self::Own(format!("x-{heading}")),
            _ => Self::Nothing,
        }
    }

    fn is_rest(&self) -> bool {
        matches!(self, Self::Rest)
    }
}

/// Returns the text of a cell with its blanks; empty for an error.
fn text_of<'r>(row: TableRow<'r, '_>, column: usize) -> &'r str {
    row.cells.get(column).filter(|cell| cell.kind != CellKind::Error).map_or("", |cell| &cell.text)
}

/// Returns the value of a field outside the format.
fn own_json(cell: &Cell<'_>) -> String {
    let text = &*cell.text;
    match cell.kind {
        CellKind::Bool => text.to_owned(),
        CellKind::Number if OwnNumber::parse(text).is_some() => text.to_owned(),
        CellKind::Text if text.starts_with('[') && is_list_of_scalars(text) => text.to_owned(),
        _ => quoted(text),
    }
}

fn is_list_of_scalars(json: &str) -> bool {
    let list = serde_json::from_str::<Vec<serde_json::Value>>(json);
    list.is_ok_and(|list| list.iter().all(|value| !(value.is_array() || value.is_object() || value.is_null())))
}
