//! A whole map as a new file, for maps that come from elsewhere: the format's own order, one record a line.

use serde_json::{Map as Object, Value, json};

use crate::load::json::{Defaults, Fields, record_json, view_json};
use crate::load::pretty_map;
use crate::model::{Item, Map, RecordSlot, View};

/// Writes a map as a new file.
#[must_use]
pub fn write_map(map: &Map) -> String {
    write(map, map.views().values().map(|view| view_json(map.records(), view, Defaults::LeftOut)))
}

/// Writes a map as a new file with another view in the place of its first one.
pub(super) fn write_map_with(map: &Map, view: &View) -> String {
    let views = std::iter::once(view).chain(map.views().values().skip(1));
    write(map, views.map(|view| view_json(map.records(), view, Defaults::LeftOut)))
}

fn write(map: &Map, views: impl Iterator<Item = Fields>) -> String {
    let records = map.records();
    let json_of = |slot| record_json(records, slot).unwrap_or_default();
    let mut file = Object::new();
    file.insert("format".to_owned(), json!("tieline"));
    file.insert("version".to_owned(), json!("1.0"));
    put(&mut file, "map", json_of(RecordSlot::Meta).into());
    let mut kinds = Object::new();
    let actor_kinds = map.actor_kinds().iter().filter(|(_, kind)| kind.is_listed);
    let actor_kinds = actor_kinds.map(|(id, kind)| (kind.key.to_string(), json_of(RecordSlot::ActorKind(id)).into()));
    put(&mut kinds, "actor", Value::Object(actor_kinds.collect()));
    let tie_kinds = map.tie_kinds().iter().filter(|(_, kind)| kind.is_listed);
    let tie_kinds = tie_kinds.map(|(id, kind)| (kind.key.to_string(), json_of(RecordSlot::TieKind(id)).into()));
    put(&mut kinds, "tie", Value::Object(tie_kinds.collect()));
    put(&mut file, "kinds", kinds.into());
    let list = |ids: &mut dyn Iterator<Item = Item>| ids.map(|id| json_of(RecordSlot::Item(id))).collect::<Value>();
    file.insert("actors".to_owned(), list(&mut map.actor_ids().map(Item::Actor)));
    put(&mut file, "sources", list(&mut map.source_ids().map(Item::Source)));
    put(&mut file, "ties", list(&mut map.tie_ids().map(Item::Tie)));
    put(&mut file, "facts", list(&mut map.fact_ids().map(Item::Fact)));
    put(&mut file, "views", views.collect());
    let text = Value::Object(file).to_string();
    pretty_map(&text)
}

/// Puts a value into an object unless there is nothing in it.
fn put(object: &mut Fields, name: &str, value: Value) {
    let is_nothing = match &value {
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !is_nothing {
        object.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::write_map;
    use crate::load::{BUNDLED, load_bundled, load_map};

    #[test]
    fn a_map_written_anew_opens_as_the_same_map() {
        for name in BUNDLED {
            let (loaded, _) = load_bundled(name).expect("opens");
            let text = write_map(&loaded.map);
            let again = load_map(text.as_bytes(), name).expect("opens again");
            let (one, two) = (again.map.records(), loaded.map.records());
            assert!(one.actors == two.actors && one.sources == two.sources && one.meta == two.meta, "{name} changed");
            assert!(one.ties == two.ties && one.facts == two.facts && one.tie_kinds == two.tie_kinds, "{name} changed");
            assert!(one.actor_kinds == two.actor_kinds, "{name} changed");
            let views = [&again.map, &loaded.map].map(|map| map.first_view().cloned().unwrap_or_default());
            assert!(crate::save::is_same_view(&again.map, &views[0], &views[1]), "{name} changed");
            assert_eq!(write_map(&again.map), text);
        }
    }
}
