//! Writes a whole map as a new file, for maps from other formats: in the format's own order, one record per line.

use serde_json::Value;

use crate::load::json::{Defaults, Fields, file_json, json_text, view_json};
use crate::load::pretty_map;
use crate::model::{Map, View};

/// Serializes a map as a new file.
#[must_use]
pub fn write_map(map: &Map) -> String {
    write(map, map.views().values().map(|view| view_json(map.records(), view, Defaults::LeftOut)))
}

/// Serializes a map as a new file, with `view` in place of its first view.
pub(super) fn write_map_with(map: &Map, view: &View) -> String {
    let views = std::iter::once(view).chain(map.views().values().skip(1));
    write(map, views.map(|view| view_json(map.records(), view, Defaults::LeftOut)))
}

fn write(map: &Map, views: impl Iterator<Item = Fields>) -> String {
    pretty_map(&json_text(&Value::Object(file_json(map, views))))
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
