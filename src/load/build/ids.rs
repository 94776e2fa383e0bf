//! Ids of records: each is checked and unique over all lists; references to them are looked up here.

use std::collections::HashMap;

use crate::load::faults::{At, Shown};
use crate::load::loose::Loose;
use crate::load::records::{List, Text};
use crate::load::visible::{Breaks, first_hidden};
use crate::model::{ActorId, ClaimId, FactId, Item, Key, SourceId, TieId};

use super::values::Reader;

/// The longest id, in bytes.
const MOST_BYTES: usize = 256;

/// A record that made it into the map.
#[derive(Debug)]
pub(crate) struct Kept<R> {
    /// Its place in the file's list.
    pub(crate) index: usize,
    pub(crate) key: Key,
    pub(crate) record: R,
}

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Item(Item),
    View,
    /// A record with this id is in the file but not in the map.
    LeftOut,
}

/// All ids of a file.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    meanings: HashMap<Key, Meaning>,
    pub(crate) actors: Vec<Key>,
    pub(crate) sources: Vec<Key>,
    pub(crate) claims: Vec<Key>,
    /// Where each actor of the map stands in the file's list, and so on for the others.
    pub(crate) places_of_actors: Vec<usize>,
    pub(crate) places_of_sources: Vec<usize>,
    pub(crate) places_of_ties: Vec<usize>,
    pub(crate) places_of_facts: Vec<usize>,
}

/// The lists that have ids of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListName {
    Actors,
    Sources,
    Ties,
    Facts,
    Views,
}

impl ListName {
    /// One record of it, as people read it, with its article.
    pub(crate) fn one(self) -> &'static str {
        match self {
            Self::Actors => "an actor",
            Self::Sources => "a source",
            Self::Ties => "a tie",
            Self::Facts => "a fact",
            Self::Views => "a view",
        }
    }
}

impl Ids {
    pub(crate) fn with_capacity(records: usize) -> Self {
        Self { meanings: HashMap::with_capacity(records), ..Self::default() }
    }

    /// Takes an id for a record; none, with a fault, if it is missing, wrong or taken.
    pub(crate) fn take(&mut self, reader: &mut Reader, at: &At, list: ListName, id: Loose<Text>) -> Option<Key> {
        let at_id = at.field("id");
        let one = list.one();
        let id = match id {
            Loose::Good(id) => id,
            other => {
                let what = if other.is_absent() { "has no `id`" } else { "has an `id` that is not text" };
                let message = format_args!("{one} {what}; it is left out");
                reader.faults.error(
                    if other.is_absent() { at } else { &at_id },
                    message,
                    "give it an `id` such as \"openai\"",
                );
                return None;
            }
        };
        if let Some(why) = fault_of_id(&id) {
            let id_shown = if id.is_empty() { String::new() } else { format!(" {}", Shown(&id)) };
            reader.faults.error(
                &at_id,
                format_args!("the id{id_shown} {why}; the record is left out"),
                "use letters, digits, `-`, `.` and `_`",
            );
            self.leave_out(&Key::from(&*id));
            return None;
        }
        let key = Key::from(&*id);
        if let Some(meaning) = self.meanings.get(&key) {
            let holder = self.holder(*meaning);
            reader.faults.error(
                &at_id,
                format_args!("the id {} is taken by {holder}; this record is left out", Shown(&id)),
                "give one of the two another id: ids are unique over all lists",
            );
            return None;
        }
        Some(key)
    }

    /// Where the record with an id stands in the file.
    fn holder(&self, meaning: Meaning) -> String {
        let (list, places, index) = match meaning {
            Meaning::Item(Item::Actor(id)) => ("actors", &self.places_of_actors, id.index()),
            Meaning::Item(Item::Source(id)) => ("sources", &self.places_of_sources, id.index()),
            Meaning::Item(Item::Tie(id)) => ("ties", &self.places_of_ties, id.index()),
            Meaning::Item(Item::Fact(id)) => ("facts", &self.places_of_facts, id.index()),
            Meaning::View | Meaning::LeftOut => return "an earlier record".to_owned(),
        };
        places.get(index).map_or_else(|| "an earlier record".to_owned(), |place| format!("`{list}[{place}]`"))
    }

    /// Gives the id to the record of the map that stands at `place` in the file's list.
    pub(crate) fn put(&mut self, key: &Key, list: ListName, place: usize) {
        let (keys, places) = match list {
            ListName::Actors => (Some(&mut self.actors), Some(&mut self.places_of_actors)),
            ListName::Sources => (Some(&mut self.sources), Some(&mut self.places_of_sources)),
            ListName::Ties => (Some(&mut self.claims), Some(&mut self.places_of_ties)),
            ListName::Facts => (Some(&mut self.claims), Some(&mut self.places_of_facts)),
            ListName::Views => (None, None),
        };
        let index = places.as_ref().map_or(0, |places| places.len());
        if let (Some(keys), Some(places)) = (keys, places) {
            keys.push(Key::clone(key));
            places.push(place);
        }
        let meaning = match list {
            ListName::Actors => Meaning::Item(Item::Actor(ActorId::from_index(index))),
            ListName::Sources => Meaning::Item(Item::Source(SourceId::from_index(index))),
            ListName::Ties => Meaning::Item(Item::Tie(TieId::from_index(index))),
            ListName::Facts => Meaning::Item(Item::Fact(FactId::from_index(index))),
            ListName::Views => Meaning::View,
        };
        self.meanings.insert(Key::clone(key), meaning);
    }

    /// Remembers that a record with this id is in the file but not in the map.
    pub(crate) fn leave_out(&mut self, key: &Key) {
        self.meanings.entry(Key::clone(key)).or_insert(Meaning::LeftOut);
    }

    /// The actor that a reference means.
    pub(crate) fn actor(&self, reader: &mut Reader, at: &At, id: Loose<Text>) -> Option<ActorId> {
        self.actor_or(reader, at, id, IGNORED)
    }

    /// The actor that a reference means; `consequence` says what happens if there is none.
    pub(crate) fn actor_or(&self, reader: &mut Reader, at: &At, id: Loose<Text>, consequence: &str) -> Option<ActorId> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(Item::Actor(actor)) => Some(actor),
            _ => self.dangling(reader, at, &id, ("actor", &self.actors), consequence),
        }
    }

    /// The source that a reference means.
    pub(crate) fn source(&self, reader: &mut Reader, at: &At, id: Loose<Text>) -> Option<SourceId> {
        self.source_or(reader, at, id, IGNORED)
    }

    /// The source that a reference means; `consequence` says what happens if there is none.
    pub(crate) fn source_or(
        &self,
        reader: &mut Reader,
        at: &At,
        id: Loose<Text>,
        consequence: &str,
    ) -> Option<SourceId> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(Item::Source(source)) => Some(source),
            _ => self.dangling(reader, at, &id, ("source", &self.sources), consequence),
        }
    }

    /// The tie or fact that a reference means.
    pub(crate) fn claim(&self, reader: &mut Reader, at: &At, id: Loose<Text>) -> Option<ClaimId> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(Item::Tie(tie)) => Some(ClaimId::Tie(tie)),
            Some(Item::Fact(fact)) => Some(ClaimId::Fact(fact)),
            _ => self.dangling(reader, at, &id, ("tie or fact", &self.claims), IGNORED),
        }
    }

    /// Every reference of a list that leads somewhere.
    pub(crate) fn each<T>(
        &self,
        reader: &mut Reader,
        at: &At,
        list: Loose<List<Text>>,
        find: impl Fn(&Self, &mut Reader, &At, Loose<Text>) -> Option<T>,
    ) -> Vec<T> {
        let ids = reader.elements(at, list);
        ids.into_iter().filter_map(|(index, id)| find(self, reader, &at.index(index), Loose::Good(id))).collect()
    }

    /// The record with this id, without a fault if there is none.
    pub(crate) fn item(&self, id: &str) -> Option<Item> {
        match self.meanings.get(id)? {
            Meaning::Item(item) => Some(*item),
            Meaning::View | Meaning::LeftOut => None,
        }
    }

    fn dangling<T>(
        &self,
        reader: &mut Reader,
        at: &At,
        id: &str,
        (wanted, known): (&str, &[Key]),
        consequence: &str,
    ) -> Option<T> {
        let is = match self.meanings.get(id) {
            None => None,
            Some(Meaning::LeftOut) => {
                let message = format_args!("{} means a record that was left out; {consequence}", Shown(id));
                reader.faults.error(at, message, "mend that record first");
                return None;
            }
            Some(Meaning::View) => Some("a view"),
            Some(Meaning::Item(Item::Actor(_))) => Some("an actor"),
            Some(Meaning::Item(Item::Source(_))) => Some("a source"),
            Some(Meaning::Item(Item::Tie(_))) => Some("a tie"),
            Some(Meaning::Item(Item::Fact(_))) => Some("a fact"),
        };
        let otherwise = format!("correct the id, or add the {wanted} that it means");
        let remedy = reader.close_key(id, known, &otherwise);
        let article = article(wanted);
        if let Some(is) = is {
            let message = format_args!("{} is {is}, but the id of {article} is expected; {consequence}", Shown(id));
            reader.faults.error(at, message, &remedy);
        } else {
            let message = format_args!("no {wanted} has the id {}; {consequence}", Shown(id));
            reader.faults.error(at, message, &remedy);
        }
        None
    }
}

/// What happens to most references that lead nowhere.
const IGNORED: &str = "the reference is ignored";

fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn fault_of_id(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("is empty")
    } else if id.len() > MOST_BYTES {
        Some("is longer than 256 bytes")
    } else if first_hidden(id, Breaks::Shown).is_some() {
        Some("holds an invisible character")
    } else {
        None
    }
}
