//! Cells hold values exactly, and columns are those that the import of tables knows.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::OTHER_FIELDS;
use super::cell::{CellForm, SheetCell, json_of_cell, to_cell};
use super::columns::{ACTORS, EVIDENCE, FACTS, IMPORTS, KINDS, SOURCES, TIES, VIEWS};
use crate::wording::read::{Role, roles_of_heading};

/// Returns the text that a reader finds in a cell.
fn read(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Text(text) => text.clone(),
        SheetCell::Number(number) => number.to_string(),
        SheetCell::Day(day) => format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
        SheetCell::Flag(flag) => flag.to_string(),
    }
}

/// Returns what comes back of a value; `None` if no cell holds it.
fn back(form: CellForm, value: &Value) -> Option<Value> {
    let json = json_of_cell(form, &read(&to_cell(form, value)?))?;
    Some(serde_json::from_str(&json).expect("JSON"))
}

#[test]
fn each_sheet_names_its_columns_once() {
    for plan in [&ACTORS, &TIES, &FACTS, &SOURCES, &EVIDENCE, &KINDS, &VIEWS, &IMPORTS] {
        let mut headings = HashSet::new();
        let mut paths = HashSet::new();
        for column in plan.columns {
            assert!(headings.insert(column.heading.to_lowercase()), "{}: {}", plan.name, column.heading);
            assert!(paths.insert(column.path), "{}: {:?}", plan.name, column.path);
            assert!(!column.heading.starts_with(OTHER_FIELDS) && !column.heading.starts_with("x-"));
        }
    }
}

#[test]
fn the_import_of_tables_knows_the_headings_of_actors_and_ties() {
    let role = |heading: &str, role: Role| assert!(roles_of_heading(heading).contains(&role), "{heading}: {role:?}");
    for (heading, wanted) in [
        ("Id", Role::ActorId),
        ("Kind", Role::Kind),
        ("Name", Role::ActorName),
        ("Aliases", Role::Alias),
        ("Summary", Role::Summary),
        ("Start date", Role::Start),
        ("End date", Role::End),
        ("Tags", Role::Tag),
        ("Weight", Role::Weight),
        ("Website", Role::Url),
        ("x coordinate", Role::Ignore),
    ] {
        assert!(ACTORS.columns.iter().any(|column| column.heading == heading), "{heading}");
        role(heading, wanted);
    }
    for (heading, wanted) in [
        ("Id", Role::TieId),
        ("From", Role::From),
        ("To", Role::To),
        ("From name", Role::FromName),
        ("To name", Role::ToName),
        ("Kind", Role::Kind),
        ("Label", Role::Label),
        ("Directed", Role::Direction),
        ("Date", Role::Date),
        ("Stage", Role::Stage),
        ("Status", Role::Status),
        ("Confidence", Role::Confidence),
        ("Amount", Role::Amount),
        ("Currency", Role::Currency),
        ("Share", Role::Share),
        ("Quantity", Role::Quantity),
    ] {
        assert!(TIES.columns.iter().any(|column| column.heading == heading), "{heading}");
        role(heading, wanted);
    }
}

#[test]
fn values_that_a_cell_would_change_are_not_put_into_one() {
    for (form, value) in [
        (CellForm::Text, json!(" a")),
        (CellForm::Text, json!("a\r")),
        (CellForm::Text, json!("")),
        (CellForm::Text, json!("x".repeat(30_001))),
        (CellForm::Text, json!(1)),
        (CellForm::Number, json!("12345678901234567")),
        (CellForm::Number, json!("0.1234567890123456")),
        (CellForm::Number, json!("much")),
        (CellForm::List, json!([])),
        (CellForm::List, json!(["a|b"])),
        (CellForm::List, json!(["a", 1])),
        (CellForm::Pairs, json!({ "a: b": "c" })),
        (CellForm::Items("stage", "date"), json!([{ "stage": "agreed", "more": 1 }])),
        (CellForm::Items("stage", "date"), json!([{ "date": "2019" }])),
    ] {
        assert_eq!(to_cell(form, &value), None, "{form:?} {value}");
    }
    let day = to_cell(CellForm::Date, &json!("1900-02-28"));
    assert_eq!(day, Some(SheetCell::Text("1900-02-28".to_owned())), "spreadsheets count that day differently");
    for (text, is_day) in
        [("1900-03-01", true), ("2024-02-30", false), ("2024-2-3", false), ("2024-02", false), ("..", false)]
    {
        assert_eq!(matches!(to_cell(CellForm::Date, &json!(text)), Some(SheetCell::Day(_))), is_day, "{text}");
    }
}

fn text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a", "B", " ", "|", ":", ";", "\r", "\n", "\t", "1", "-", "=", "[", "{", "\u{7}", "\u{202e}", "é", "👩",
    ]);
    prop::collection::vec(parts, 0..6).prop_map(|parts| parts.concat())
}

fn value() -> impl Strategy<Value = Value> {
    let texts = prop::collection::vec(text(), 0..4);
    prop_oneof![
        text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (any::<i32>(), 0..12_u32).prop_map(|(digits, scale)| {
            let decimal = rust_decimal::Decimal::new(i64::from(digits), scale).normalize();
            if decimal.scale() == 0 { Value::from(i64::from(digits)) } else { decimal.to_string().into() }
        }),
        any::<bool>().prop_map(Value::from),
        texts.prop_map(Value::from),
        prop::collection::vec((text(), text()), 0..3)
            .prop_map(|pairs| { Value::Object(pairs.into_iter().map(|(name, value)| (name, value.into())).collect()) }),
        prop::collection::vec((text(), prop::option::of(text())), 0..3).prop_map(|items| {
            let item = |(stage, date): (String, Option<String>)| match date {
                Some(date) => json!({ "stage": stage, "date": date }),
                None => json!({ "stage": stage }),
            };
            items.into_iter().map(item).collect()
        }),
    ]
}

proptest! {
    #[test]
    fn what_a_cell_holds_comes_back(value in value()) {
        let forms = [CellForm::Text, CellForm::Date, CellForm::Number, CellForm::Flag, CellForm::List, CellForm::Pairs, CellForm::Items("stage", "date")];
        for form in forms {
            if let Some(back) = back(form, &value) {
                let is_same = back == value || (form == CellForm::Number && decimal(&back) == decimal(&value));
                prop_assert!(is_same, "{form:?}: {value} became {back}");
            }
        }
    }
}

fn decimal(value: &Value) -> Option<rust_decimal::Decimal> {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned).parse().ok()
}
