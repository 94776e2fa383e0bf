//! JSON kept as written in the file, such as long numbers and duplicate names.
//!
//! If a [`Value`] would change the text, it is replaced by an object with a single field that holds the text;
//! [`json_text`] writes it out.

use serde_json::Value;

use crate::jsonc::quoted;
use crate::model::{OwnFields, OwnValue, RawJson};

use super::Fields;

/// The name of that field. An object of the file with this name is itself kept as text, so the two can't be confused.
const RAW: &str = "\u{0}raw";

/// Converts valid JSON text to a value.
pub(super) fn raw_value(text: &str) -> Value {
    let raw = RawJson::of_sound(text);
    let value = serde_json::from_str::<Value>(raw.text()).ok();
    let form = value.as_ref().map(Value::to_string);
    let is_same = |value: &Value| !has_mark(value) && form.as_deref() == Some(raw.text());
    value.filter(is_same).unwrap_or_else(|| Fields::from_iter([(RAW.to_owned(), raw.text().into())]).into())
}

fn has_mark(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| name == RAW || has_mark(value)),
        Value::Array(list) => list.iter().any(has_mark),
        _ => false,
    }
}

fn raw_text(value: &Value) -> Option<&str> {
    value.as_object().filter(|fields| fields.len() == 1)?.get(RAW)?.as_str()
}

/// Returns the fields of an object, or `None` if it is a placeholder for text.
pub(crate) fn plain_object(value: &Value) -> Option<&Fields> {
    if raw_text(value).is_some() { None } else { value.as_object() }
}

/// Serializes a value, replacing placeholders by their text.
pub(crate) fn json_text(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

fn write(out: &mut String, value: &Value) {
    match (value, raw_text(value)) {
        (_, Some(raw)) => out.push_str(raw),
        (Value::Object(fields), _) => {
            let field = |out: &mut String, (name, value): (&String, &Value)| {
                out.push_str(&quoted(name));
                out.push(':');
                write(out, value);
            };
            separated(out, ['{', '}'], fields.iter(), field);
        }
        (Value::Array(list), _) => separated(out, ['[', ']'], list.iter(), write),
        (other, _) => out.push_str(&other.to_string()),
    }
}

fn separated<T>(
    out: &mut String,
    [open, close]: [char; 2],
    parts: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    out.push(open);
    for (index, part) in parts.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, part);
    }
    out.push(close);
}

/// Adds custom and unknown fields.
pub(super) fn with_own(mut fields: Fields, own: &OwnFields) -> Fields {
    fields.extend(own.iter().map(|field| (field.name.to_string(), own_json(&field.value))));
    fields
}

fn own_json(value: &OwnValue) -> Value {
    match value {
        OwnValue::Text(text) => text.as_str().into(),
        OwnValue::Number(number) => raw_value(number.text()),
        OwnValue::Flag(flag) => (*flag).into(),
        OwnValue::List(list) => list.iter().map(own_json).collect(),
        OwnValue::Other(raw) => raw_value(raw.text()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{RAW, json_text, plain_object, raw_value};

    #[test]
    fn the_form_of_every_value_stays() {
        for text in ["1.50", "1e400", "-0", "123456789012345678901234567890", "0.1", "{\"a\":1.0,\"a\":2}", "[1,2.50]"]
        {
            assert_eq!(json_text(&json!({ "x-a": [raw_value(text)] })), format!("{{\"x-a\":[{text}]}}"));
        }
        assert_eq!(raw_value("{ \"a\": [1, \"b c\"] }"), json!({ "a": [1, "b c"] }), "as it is where nothing is lost");
    }

    #[test]
    fn a_file_cannot_say_what_stands_for_a_text() {
        let trick = format!("{{{}:\"}},\"}}", Value::from(RAW));
        let value = raw_value(&trick);
        assert_eq!((json_text(&value), plain_object(&value)), (trick.clone(), None));
        let inner = format!("{{\"a\":{trick}}}");
        assert_eq!(json_text(&raw_value(&inner)), inner);
    }
}
