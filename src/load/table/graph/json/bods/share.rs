//! Shares as bounds. Up to 0.3 a flag says that a bound is exclusive, from 0.4 on there are fields of their own.

use crate::load::table::graph::json::value::{JsonKind, JsonValue};
use crate::load::table::types::{Cell, CellKind};

/// Returns a cell with a share: a percentage, or words such as "> 25 to 50 %". `None` if it has no number.
pub(super) fn share_cell<'a>(share: JsonValue<'a, '_>) -> Option<Cell<'a>> {
    let number =
        |name: &str| share.get(name).filter(|value| value.kind() == JsonKind::Number).and_then(JsonValue::word);
    if let Some(text) = number("exact") {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        return Some(Cell { text, kind: if is_plain { CellKind::Percent } else { CellKind::Text } });
    }
    let bound = |inclusive: &str, exclusive: &str| match (number(inclusive), number(exclusive)) {
        (_, Some(value)) => Some((value, true)),
        (value, None) => {
            let is_exclusive = share.get(exclusive).and_then(JsonValue::flag) == Some(true);
            value.map(|value| (value, is_exclusive))
        }
    };
    let words = match (bound("minimum", "exclusiveMinimum"), bound("maximum", "exclusiveMaximum")) {
        (Some((low, false)), Some((high, false))) if low == high => format!("{low} %"),
        (Some((low, is_above)), Some((high, is_below))) => {
            let [above, below] =
                [(is_above, "> "), (is_below, "< ")].map(|(is_set, sign)| if is_set { sign } else { "" });
            format!("{above}{low} to {below}{high} %")
        }
        (Some((low, is_above)), None) => format!("{} {low} %", if is_above { "more than" } else { "at least" }),
        (None, Some((high, is_below))) => format!("{} {high} %", if is_below { "less than" } else { "at most" }),
        (None, None) => return None,
    };
    Some(Cell::text(words))
}
