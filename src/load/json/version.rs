//! Determines the format version that a file needs, by the fields introduced in 1.1.

use serde_json::Value;

use crate::model::{Item, Map};

use super::{Fields, plain_object};

/// The version of a file that uses fields introduced in it.
pub(crate) const VERSION: &str = "1.1";
/// The version of all other files.
pub(crate) const VERSION_BEFORE: &str = "1.0";

/// Returns the fields introduced in 1.1, by list of the file.
fn new_fields(list: &str) -> &'static [&'static str] {
    match list {
        "actors" => &["tags", "startDate", "endDate", "weight", "formerIds", "row", "checks"],
        "sources" => &["row"],
        "ties" | "facts" => &["tags", "weight", "row", "checks"],
        "views" => &["shown", "colors", "communities", "steps"],
        "filters" => &["hiddenTags", "minTies", "minWeight"],
        "kinds" => &["auto"],
        _ => &[],
    }
}

/// Returns whether a record of a list uses a feature of 1.1 with a value that it didn't have before.
pub(crate) fn uses_new_fields(map: &Map, list: &str, before: Option<&Fields>, now: &Fields) -> bool {
    let is_new =
        |name: &str| now.get(name).is_some_and(|value| before.and_then(|before| before.get(name)) != Some(value));
    if list == "distinct" || list == "imports" {
        return before != Some(now);
    }
    if new_fields(list).iter().any(|name| is_new(name)) {
        return true;
    }
    let filters = |fields: &Fields| fields.get("filters").and_then(plain_object).cloned().unwrap_or_default();
    let is_interval = || now["asOf"].as_str().is_some_and(|time| time.contains('/'));
    list == "views"
        && (uses_new_fields(map, "filters", before.map(filters).as_ref(), &filters(now))
            || (is_new("asOf") && is_interval())
            || (is_new("hidden") && hides_tie(map, &now["hidden"])))
}

fn hides_tie(map: &Map, hidden: &Value) -> bool {
    let mut ids = hidden.as_array().into_iter().flatten().filter_map(Value::as_str);
    ids.any(|id| matches!(map.find(id), Some(Item::Tie(_))))
}

/// Returns whether a file uses a feature of 1.1.
pub(super) fn is_needed(map: &Map, file: &Fields) -> bool {
    let of_list = |(list, records): (&String, &Value)| {
        let mut records = records.as_array().into_iter().flatten();
        // An entry of `distinct` is a list of two ids, not an object.
        records.any(|record| {
            plain_object(record).map_or(list == "distinct", |record| uses_new_fields(map, list, None, record))
        })
    };
    let kinds = file.get("kinds").and_then(plain_object).into_iter().flat_map(Fields::values).filter_map(plain_object);
    let mut kinds = kinds.flat_map(Fields::values).filter_map(plain_object);
    kinds.any(|kind| uses_new_fields(map, "kinds", None, kind)) || file.iter().any(of_list)
}
