//! The actors and sources of the map by what a table may call them.

use std::collections::{HashMap, HashSet};

use crate::document::provenance::{is_keyed, row_name, row_of, source_name};
use crate::model::{ActorId, ImportId, Item, Map, SourceId};

/// Actors by name.
type ByName = HashMap<String, Vec<ActorId>>;

/// The actors of the map.
#[expect(clippy::struct_field_names, reason = "what actors are found by")]
pub(super) struct ActorIndex<'m> {
    /// By the keys of their rows, for tables whose rows have keys.
    pub(super) by_row: HashMap<(ImportId, &'m str), ActorId>,
    /// By the numbers of their rows, for lists of actors whose rows have no keys.
    pub(super) by_number: HashMap<(ImportId, &'m str), Vec<ActorId>>,
    pub(super) by_key: HashMap<&'m str, ActorId>,
    /// By the ids of those that were merged into them.
    pub(super) by_former: HashMap<&'m str, ActorId>,
    /// By the names that their rows have.
    pub(super) by_name: ByName,
    /// By the names that the map has.
    pub(super) by_own_name: ByName,
    /// Those that others were merged into, by all of their names.
    pub(super) by_alias: ByName,
}

impl<'m> ActorIndex<'m> {
    pub(super) fn of_map(map: &'m Map, actor_tables: &HashSet<ImportId>) -> Self {
        let mut index = Self {
            by_row: HashMap::new(),
            by_number: HashMap::new(),
            by_key: HashMap::new(),
            by_former: HashMap::new(),
            by_name: ByName::new(),
            by_own_name: ByName::new(),
            by_alias: ByName::new(),
        };
        let records = map.records();
        for (id, actor) in map.actors().iter() {
            index.by_key.insert(&actor.key, id);
            index.by_name.entry(folded(row_name(records, id))).or_default().push(id);
            index.by_own_name.entry(folded(&actor.name)).or_default().push(id);
            for former in &actor.former_ids {
                index.by_former.entry(former).or_insert(id);
            }
            for alias in actor.aliases.iter().filter(|_| !actor.former_ids.is_empty()) {
                index.by_alias.entry(folded(alias)).or_default().push(id);
            }
            let Some(row) = row_of(records, Item::Actor(id)) else { continue };
            if is_keyed(records, Item::Actor(id), actor_tables) {
                for key in &row.keys {
                    index.by_row.entry((row.import, key)).or_insert(id);
                }
            } else if let Some(number) = row.keys.first().filter(|_| actor_tables.contains(&row.import)) {
                index.by_number.entry((row.import, number)).or_default().push(id);
            }
        }
        index
    }
}

/// Returns the sources of the map by the names that their rows have, then by those that the map has.
pub(super) fn sources_by_name(map: &Map) -> HashMap<String, SourceId> {
    let mut sources = HashMap::new();
    for id in map.sources().ids() {
        sources.entry(source_name(map.records(), id)).or_insert(id);
    }
    for (id, source) in map.sources().iter() {
        if let Some(name) = source.url.as_ref().or(source.title.as_ref()) {
            sources.entry(name.clone()).or_insert(id);
        }
    }
    sources
}

/// Returns a name as it is compared: in lower case, with single blanks.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
