//! Custom and unknown fields, kept as written in the file.

use serde_json::value::RawValue;

use crate::load::records::Extra;
use crate::model::{OwnField, OwnFields, OwnNumber, OwnValue, RawJson};

/// Converts the unread fields of a record.
pub(crate) fn own_fields(extras: &[Extra]) -> OwnFields {
    let fields = extras.iter().filter_map(|extra| match extra {
        Extra::Own(name, value) | Extra::Unknown(name, value) => {
            Some(OwnField { name: (&**name).into(), value: own_value(value) })
        }
        Extra::Repeated(_) => None,
    });
    fields.collect()
}

fn own_value(raw: &RawValue) -> OwnValue {
    let other = || OwnValue::Other(RawJson::of_sound(raw.get()));
    if !raw.get().starts_with('[') {
        return single(raw).unwrap_or_else(other);
    }
    let list = serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok();
    let values = list.and_then(|list| list.into_iter().map(single).collect());
    values.map_or_else(other, OwnValue::List)
}

/// Converts a text, a number or a Boolean; `None` for other values.
fn single(raw: &RawValue) -> Option<OwnValue> {
    let text = raw.get();
    match text {
        "true" => Some(OwnValue::Flag(true)),
        "false" => Some(OwnValue::Flag(false)),
        _ if text.starts_with('"') => serde_json::from_str(text).ok().map(OwnValue::Text),
        _ => OwnNumber::parse(text).map(OwnValue::Number),
    }
}
