//! The values of cells: which JSON values a cell holds exactly, and what a cell says.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::jsonc::quoted;
use crate::model::Day;

/// A value in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SheetCell {
    /// A text, never a formula.
    Text(String),
    /// A number that its binary form holds with all of its digits.
    Number(f64),
    /// A full day that spreadsheets know.
    Day(Day),
    /// True or false.
    Flag(bool),
}

/// How a field stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellForm {
    Text,
    /// An EDTF date: a full day as a date, any other as text.
    Date,
    /// A decimal: a whole number or a text in JSON.
    Number,
    Flag,
    /// Texts with bars between.
    List,
    /// An object of texts: "wikidata: Q1 | lei: X".
    Pairs,
    /// Objects with a text in a first field and perhaps one in a second: "announced: 2026-02 | agreed".
    Items(&'static str, &'static str),
    /// For people only; not read back.
    Shown,
}

/// The longest text of a cell in UTF-16 units; Excel allows 32,767.
pub(super) const MAX_UNITS: usize = 30_000;

/// The mark between values of a list.
const BAR: char = '|';

/// Whether a text comes back from a cell as it is.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains('\r') && text.encode_utf16().count() <= MAX_UNITS
}

/// Returns the cell that holds a value exactly; `None` if there is none.
pub(super) fn to_cell(form: CellForm, value: &Value) -> Option<SheetCell> {
    match (form, value) {
        (CellForm::Text, Value::String(text)) => plain(text.clone()),
        (CellForm::Date, Value::String(text)) => full_day(text).map(SheetCell::Day).or_else(|| plain(text.clone())),
        (CellForm::Number, Value::Number(_) | Value::String(_)) => {
            exact_number(&decimal_text(value)).map(SheetCell::Number)
        }
        (CellForm::Flag, Value::Bool(flag)) => Some(SheetCell::Flag(*flag)),
        (CellForm::List, Value::Array(list)) => {
            let parts: Option<Vec<&str>> = list.iter().map(|part| part.as_str().filter(|part| is_part(part))).collect();
            joined(parts?.into_iter().map(str::to_owned))
        }
        (CellForm::Pairs, Value::Object(fields)) => {
            let pair = |(name, value): (&String, &Value)| pair(name, Some(value.as_str()?));
            joined(fields.iter().map(pair).collect::<Option<Vec<String>>>()?.into_iter())
        }
        (CellForm::Items(first, second), Value::Array(list)) => {
            let item = |item: &Value| {
                let fields = item.as_object()?;
                let is_known = fields.keys().all(|name| name == first || name == second);
                let value = fields.get(second).map(Value::as_str);
                let value = if let Some(value) = value { Some(value?) } else { None };
                pair(fields.get(first)?.as_str()?, value).filter(|_| is_known)
            };
            joined(list.iter().map(item).collect::<Option<Vec<String>>>()?.into_iter())
        }
        _ => None,
    }
}

fn plain(text: String) -> Option<SheetCell> {
    is_plain(&text).then_some(SheetCell::Text(text))
}

fn joined(parts: impl Iterator<Item = String>) -> Option<SheetCell> {
    plain(parts.collect::<Vec<_>>().join(" | "))
}

fn is_part(text: &str) -> bool {
    is_plain(text) && !text.contains(BAR)
}

/// Returns "name: value", or the name alone.
fn pair(name: &str, value: Option<&str>) -> Option<String> {
    if !is_part(name) || name.contains(':') {
        return None;
    }
    match value {
        None => Some(name.to_owned()),
        Some(value) => is_part(value).then(|| format!("{name}: {value}")),
    }
}

/// Returns the digits of a decimal in JSON.
fn decimal_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns a decimal as the number of a cell if its binary form holds all of its digits, of which Excel keeps 15.
pub(crate) fn exact_number(text: &str) -> Option<f64> {
    let wanted = text.parse::<Decimal>().ok()?;
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    let kept = Decimal::from_scientific(&format!("{number:.14e}")).ok()?;
    (kept == wanted).then_some(number)
}

/// Returns a full day that spreadsheets know: before March 1900, they disagree.
fn full_day(text: &str) -> Option<Day> {
    let day: jiff::civil::Date = text.parse().ok()?;
    let is_same = text.len() == 10 && day.to_string() == text;
    let is_known = day >= jiff::civil::Date::constant(1900, 3, 1);
    (is_same && is_known).then(|| Day {
        year: day.year().into(),
        month: day.month().unsigned_abs(),
        day: day.day().unsigned_abs(),
    })
}

/// Returns what the text of a cell says as JSON. What can't be so goes in as text, for the reader of maps to report.
pub(super) fn json_of_cell(form: CellForm, text: &str) -> Option<String> {
    let parts = || text.split(BAR).map(str::trim).filter(|part| !part.is_empty());
    Some(match form {
        CellForm::Shown => return None,
        CellForm::Text | CellForm::Date => quoted(text),
        CellForm::Number => text.parse::<i64>().map_or_else(|_| quoted(text), |whole| whole.to_string()),
        CellForm::Flag => match text.to_lowercase().as_str() {
            "true" | "yes" | "1" | "x" => "true".to_owned(),
            "false" | "no" | "0" => "false".to_owned(),
            _ => quoted(text),
        },
        CellForm::List => list(parts().map(quoted)),
        CellForm::Pairs => {
            let field = |part: &str| {
                let (name, value) = halves(part);
                format!("{}:{}", quoted(name), quoted(value.unwrap_or_default()))
            };
            format!("{{{}}}", parts().map(field).collect::<Vec<_>>().join(","))
        }
        CellForm::Items(first, second) => list(parts().map(|part| {
            let (name, value) = halves(part);
            let value = value.map(|value| format!(",{}:{}", quoted(second), quoted(value))).unwrap_or_default();
            format!("{{{}:{}{value}}}", quoted(first), quoted(name))
        })),
    })
}

fn halves(part: &str) -> (&str, Option<&str>) {
    part.split_once(':').map_or((part, None), |(name, value)| (name.trim(), Some(value.trim())))
}

fn list(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(","))
}
