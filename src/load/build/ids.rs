//! Ids of records: checks that they are valid and unique across all lists, and resolves references.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::hidden_characters::{Breaks, first_hidden};
use crate::load::faults::{FieldPath, Quoted, ReferenceKind, Remedy};
use crate::load::loose::Loose;
use crate::load::records::{JsonText, List};
use crate::model::{ActorId, ClaimId, FactId, ImportId, Item, Key, Severity, SourceId, TieId};

use super::values::ValueReader;

/// The maximum length of an id in bytes.
const MAX_BYTES: usize = 256;

/// A record that is included in the map.
#[derive(Debug)]
pub(crate) struct Kept<R> {
    /// Its index in the file's list.
    pub(crate) index: usize,
    pub(crate) key: Key,
    pub(crate) record: R,
}

/// An id that isn't that of an item in the map, with its list and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    /// A view or an import.
    Apart(ListName, usize),
    /// A record in the file that is left out of the map.
    LeftOut(ListName, usize),
}

/// All ids of a file.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    items: HashMap<Key, Item>,
    others: HashMap<Key, Other>,
    imports: HashMap<Key, ImportId>,
    /// The index of each record in the file's list, by id: actors, sources, ties, facts.
    places: [Vec<u32>; 4],
}

/// The lists whose records have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListName {
    Actors,
    Sources,
    Ties,
    Facts,
    Views,
    Imports,
}

impl ListName {
    /// Returns the name of the list in the file.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Sources => "sources",
            Self::Ties => "ties",
            Self::Facts => "facts",
            Self::Views => "views",
            Self::Imports => "imports",
        }
    }

    /// Returns the index of the list in `Ids::places`; `None` for views and imports.
    fn item_list(self) -> Option<usize> {
        match self {
            Self::Actors => Some(0),
            Self::Sources => Some(1),
            Self::Ties => Some(2),
            Self::Facts => Some(3),
            Self::Views | Self::Imports => None,
        }
    }

    /// Returns the noun for one record, with its article.
    pub(crate) fn one(self) -> &'static str {
        match self {
            Self::Actors => "an actor",
            Self::Sources => "a source",
            Self::Ties => "a tie",
            Self::Facts => "a fact",
            Self::Views => "a view",
            Self::Imports => "an import",
        }
    }
}

impl Ids {
    pub(crate) fn with_capacity(records: usize) -> Self {
        Self { items: HashMap::with_capacity(records), ..Self::default() }
    }

    /// Reads the id of a record; `None`, with a fault, if it is missing or invalid.
    pub(crate) fn read(
        &mut self,
        reader: &mut ValueReader,
        at: &FieldPath,
        (list, place): (ListName, usize),
        id: Loose<JsonText>,
    ) -> Option<Key> {
        let at_id = at.field("id");
        let one = list.one();
        let id = match id {
            Loose::Good(id) => id,
            other => {
                let what = if other.is_absent() { "has no id" } else { "has an id that is not text" };
                let message = format_args!("{one} {what}; it is left out");
                reader.faults.error(
                    if other.is_absent() { at } else { &at_id },
                    message,
                    "add “id”, such as \"openai\"",
                );
                return None;
            }
        };
        if let Some(why) = id_error(&id) {
            let id_shown = if id.is_empty() { String::new() } else { format!(" {}", Quoted(&id)) };
            reader.faults.error(
                &at_id,
                format_args!("the id{id_shown} {why}; the record is left out"),
                "use letters, digits, “-”, “.” and “_”",
            );
            self.leave_out(&Key::from(&*id), (list, place));
            return None;
        }
        Some(Key::from(&*id))
    }

    /// Assigns an id to the record at index `place` of the file's list; returns `false`, with a fault, if it is taken.
    pub(crate) fn put(
        &mut self,
        reader: &mut ValueReader,
        at: &FieldPath,
        key: &Key,
        (list, place): (ListName, usize),
    ) -> bool {
        let places = list.item_list().map(|list| &mut self.places[list]);
        let index = places.as_ref().map_or(0, |places| places.len());
        let item = match list {
            ListName::Actors => Item::Actor(ActorId::from_index(index)),
            ListName::Sources => Item::Source(SourceId::from_index(index)),
            ListName::Ties => Item::Tie(TieId::from_index(index)),
            ListName::Facts | ListName::Views | ListName::Imports => Item::Fact(FactId::from_index(index)),
        };
        let is_other = self.others.contains_key(key);
        let is_free = match (self.items.entry(Key::clone(key)), places) {
            (Entry::Vacant(_), _) if is_other => false,
            (Entry::Vacant(slot), Some(places)) => {
                slot.insert(item);
                places.push(place as u32);
                true
            }
            (Entry::Vacant(_), None) => self.others.insert(Key::clone(key), Other::Apart(list, place)).is_none(),
            (Entry::Occupied(_), _) => false,
        };
        if !is_free {
            let holder = self.holder(key);
            let message = format_args!("the id {} is already used by {holder}; this record is left out", Quoted(key));
            let remedy = "change one of the two ids: ids must be unique across all lists";
            self.with_holder(key, |first| {
                reader.faults.error_with_related(
                    &at.field("id"),
                    message,
                    remedy,
                    first.map(|at| (at, "first used here")),
                );
            });
        }
        is_free
    }

    /// Calls `call` with the path to the id of the record that has it, or with `None`.
    pub(super) fn with_holder<T>(&self, id: &str, call: impl FnOnce(Option<&FieldPath>) -> T) -> T {
        let holder = match (self.items.get(id), self.others.get(id)) {
            (Some(Item::Actor(id)), _) => Some((ListName::Actors, self.place(ListName::Actors, id.index()))),
            (Some(Item::Source(id)), _) => Some((ListName::Sources, self.place(ListName::Sources, id.index()))),
            (Some(Item::Tie(id)), _) => Some((ListName::Ties, self.place(ListName::Ties, id.index()))),
            (Some(Item::Fact(id)), _) => Some((ListName::Facts, self.place(ListName::Facts, id.index()))),
            (None, Some(Other::Apart(list, place) | Other::LeftOut(list, place))) => Some((*list, *place)),
            (None, None) => None,
        };
        match holder {
            Some((list, place)) => call(Some(&FieldPath::Root.field(list.field()).index(place).field("id"))),
            None => call(None),
        }
    }

    /// Describes the location of the record with an id.
    fn holder(&self, id: &str) -> String {
        let place = |list: ListName, index: usize| format!("{}[{}]", list.field(), self.place(list, index));
        match self.items.get(id) {
            Some(Item::Actor(id)) => place(ListName::Actors, id.index()),
            Some(Item::Source(id)) => place(ListName::Sources, id.index()),
            Some(Item::Tie(id)) => place(ListName::Ties, id.index()),
            Some(Item::Fact(id)) => place(ListName::Facts, id.index()),
            None => "an earlier record".to_owned(),
        }
    }

    /// Converts the index of a record in the map to its index in the file's list.
    pub(crate) fn place(&self, list: ListName, index: usize) -> usize {
        let place = list.item_list().and_then(|list| self.places[list].get(index));
        place.map_or(index, |place| *place as usize)
    }

    /// Records that a record with this id is left out of the map.
    pub(crate) fn leave_out(&mut self, key: &Key, (list, place): (ListName, usize)) {
        self.others.entry(Key::clone(key)).or_insert(Other::LeftOut(list, place));
    }

    /// Resolves a reference to an actor.
    pub(crate) fn actor(&self, reader: &mut ValueReader, at: &FieldPath, id: Loose<JsonText>) -> Option<ActorId> {
        self.actor_or(reader, at, id, IGNORED)
    }

    /// Resolves a reference to an actor; `consequence` is added to the message if there is none.
    pub(crate) fn actor_or(
        &self,
        reader: &mut ValueReader,
        at: &FieldPath,
        id: Loose<JsonText>,
        consequence: &str,
    ) -> Option<ActorId> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(Item::Actor(actor)) => Some(actor),
            _ => self.dangling(reader, at, &id, ReferenceKind::Actor, consequence),
        }
    }

    /// Resolves a reference to a source.
    pub(crate) fn source(&self, reader: &mut ValueReader, at: &FieldPath, id: Loose<JsonText>) -> Option<SourceId> {
        self.source_or(reader, at, id, IGNORED)
    }

    /// Resolves a reference to a source; `consequence` is added to the message if there is none.
    pub(crate) fn source_or(
        &self,
        reader: &mut ValueReader,
        at: &FieldPath,
        id: Loose<JsonText>,
        consequence: &str,
    ) -> Option<SourceId> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(Item::Source(source)) => Some(source),
            _ => self.dangling(reader, at, &id, ReferenceKind::Source, consequence),
        }
    }

    /// Resolves a reference to a tie or fact.
    pub(crate) fn claim(&self, reader: &mut ValueReader, at: &FieldPath, id: Loose<JsonText>) -> Option<ClaimId> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(Item::Tie(tie)) => Some(ClaimId::Tie(tie)),
            Some(Item::Fact(fact)) => Some(ClaimId::Fact(fact)),
            _ => self.dangling(reader, at, &id, ReferenceKind::Claim, IGNORED),
        }
    }

    /// Resolves a reference to an actor or a tie.
    pub(crate) fn actor_or_tie(&self, reader: &mut ValueReader, at: &FieldPath, id: Loose<JsonText>) -> Option<Item> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            Some(item @ (Item::Actor(_) | Item::Tie(_))) => Some(item),
            _ => self.dangling(reader, at, &id, ReferenceKind::Actor, IGNORED),
        }
    }

    /// Resolves a reference to a record of any kind.
    pub(crate) fn any(&self, reader: &mut ValueReader, at: &FieldPath, id: Loose<JsonText>) -> Option<Item> {
        let id = reader.good(at, id)?;
        match self.item(&id) {
            None => self.dangling(reader, at, &id, ReferenceKind::Record, IGNORED),
            item => item,
        }
    }

    /// Adds the id of an import.
    pub(super) fn add_import(&mut self, key: &Key, id: ImportId) {
        self.imports.insert(Key::clone(key), id);
    }

    /// Returns the import with this id.
    pub(super) fn import(&self, id: &str) -> Option<ImportId> {
        self.imports.get(id).copied()
    }

    /// Resolves a list of references, skipping those that can't be resolved.
    pub(crate) fn each<T>(
        &self,
        reader: &mut ValueReader,
        at: &FieldPath,
        list: Loose<List<JsonText>>,
        find: impl Fn(&Self, &mut ValueReader, &FieldPath, Loose<JsonText>) -> Option<T>,
    ) -> Vec<T> {
        let ids = reader.elements(at, list);
        ids.into_iter().filter_map(|(index, id)| find(self, reader, &at.index(index), Loose::Good(id))).collect()
    }

    /// Returns the record with this id, without reporting a fault if there is none.
    pub(crate) fn item(&self, id: &str) -> Option<Item> {
        self.items.get(id).copied()
    }

    fn dangling<T>(
        &self,
        reader: &mut ValueReader,
        at: &FieldPath,
        id: &str,
        wanted: ReferenceKind,
        consequence: &str,
    ) -> Option<T> {
        let (one, noun) = wanted.noun();
        let is = match (self.items.get(id), self.others.get(id)) {
            (Some(Item::Actor(_)), _) => "an actor",
            (Some(Item::Source(_)), _) => "a source",
            (Some(Item::Tie(_)), _) => "a tie",
            (Some(Item::Fact(_)), _) => "a fact",
            (None, Some(Other::Apart(list, _))) => list.one(),
            (None, Some(Other::LeftOut(..))) => {
                let message = format_args!("{} refers to a record that was left out; {consequence}", Quoted(id));
                self.with_holder(id, |record| {
                    let record = record.map(|at| (at, "left out here"));
                    reader.faults.error_with_related(at, message, "fix that record first", record);
                });
                return None;
            }
            (None, None) => "",
        };
        let otherwise = format!("correct the id, or add the missing {noun}");
        let close = (id, wanted, otherwise.as_str());
        if is.is_empty() {
            let message = format_args!("no {noun} has the id {}; {consequence}", Quoted(id));
            reader.faults.unknown_id(Severity::Error, at, message, close, None);
        } else {
            let message = format_args!("{} is {is}, but the id of {one} is expected; {consequence}", Quoted(id));
            self.with_holder(id, |record| {
                let record = record.map(|at| (at, "this record has the id"));
                reader.faults.unknown_id(Severity::Error, at, message, close, record);
            });
        }
        None
    }

    /// Returns all ids of this kind, in file order (imports by id).
    pub(crate) fn keys(&self, wanted: ReferenceKind) -> Vec<&str> {
        if wanted == ReferenceKind::Import {
            let mut imports: Vec<&str> = self.imports.keys().map(|key| &**key).collect();
            imports.sort_unstable();
            return imports;
        }
        let is_wanted = |item: &Item| match item {
            _ if wanted == ReferenceKind::Record => true,
            Item::Actor(_) => wanted == ReferenceKind::Actor,
            Item::Source(_) => wanted == ReferenceKind::Source,
            Item::Tie(_) | Item::Fact(_) => wanted == ReferenceKind::Claim,
        };
        let mut found: Vec<(Item, &str)> =
            self.items.iter().filter(|(_, item)| is_wanted(item)).map(|(key, item)| (*item, &**key)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, key)| key).collect()
    }

    /// Fills in the "did you mean" remedies.
    pub(crate) fn fill_suggestions(&self, reader: &mut ValueReader) {
        let mut known = BTreeMap::new();
        for fault in &mut reader.faults.listed {
            if let Remedy::CloseId { id, wanted, otherwise } = &fault.remedy {
                let known = known.entry(*wanted).or_insert_with(|| self.keys(*wanted));
                fault.remedy = Remedy::Text(reader.suggester.or(id, known.iter().copied(), otherwise));
            }
        }
    }

    /// Returns the records by id.
    pub(crate) fn into_items(self) -> HashMap<Key, Item> {
        self.items
    }
}

/// The default consequence of a dangling reference.
const IGNORED: &str = "the reference is ignored";

fn id_error(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("is empty")
    } else if id.len() > MAX_BYTES {
        Some("is longer than 256 bytes")
    } else if first_hidden(id, Breaks::Joined).is_some() {
        Some("contains an invisible character")
    } else {
        None
    }
}
