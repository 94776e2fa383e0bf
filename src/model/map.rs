//! The map itself: its records, by id.

mod change;
mod check;
mod contest;
mod filtering;
mod groups;
mod index;
mod lookup;
mod records;
mod reference;
mod slots;
mod update;

pub use change::{RecordChange, RecordSlot, Swap};
pub use check::MapError;
pub(crate) use contest::Relation;
pub use records::{MapMeta, MapParts, Records};
pub(crate) use reference::{Reference, Refers, Translate, translate, translate_story, translate_view};
pub use slots::Slots;

use std::collections::HashMap;
use std::sync::Arc;

use self::check::check_all;
use self::index::Index;
use super::{
    Actor, ActorId, ActorKind, ActorKindId, Claim, ClaimId, Fact, FactId, Import, ImportId, Item, Key, Source,
    SourceId, Tie, TieId, TieKind, TieKindId, View, ViewId,
};

/// A whole map; never changed in place, so that it can be shared. A changed map shares all that did not change.
///
/// Every id inside it leads to a record, and its keys are unique.
#[derive(Clone, Debug, Default)]
pub struct Map {
    records: Records,
    index: Index,
}

impl Map {
    /// Indexes the lists of a new map.
    ///
    /// # Errors
    ///
    /// When a record refers to one that is not there, or two have one key.
    pub fn new(parts: MapParts) -> Result<Self, MapError> {
        Self::of_records(parts.into())
    }

    /// Indexes records.
    ///
    /// # Errors
    ///
    /// When a record refers to one that is not there, or two have one key.
    pub fn of_records(records: Records) -> Result<Self, MapError> {
        let mut by_key = HashMap::with_capacity(records.actors.len() + records.ties.len());
        for (item, key) in records.items() {
            if by_key.insert(Key::clone(key), item).is_some() {
                return Err(MapError::TakenKey { key: Key::clone(key) });
            }
        }
        Self::with_items(records, by_key)
    }

    /// Indexes records, when each is known by its key already.
    ///
    /// # Errors
    ///
    /// When a record refers to one that is not there.
    pub(crate) fn with_items(records: Records, by_key: HashMap<Key, Item>) -> Result<Self, MapError> {
        check_all(&records)?;
        let index = Index::new(&records, by_key);
        Ok(Self { records, index })
    }

    /// The same map, said to be that of another time.
    #[must_use]
    pub fn as_of(&self, time: super::Date) -> Self {
        let mut map = self.clone();
        Arc::make_mut(&mut map.records.meta).as_of = Some(time);
        map
    }

    /// Returns the records.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// Returns what the map says about itself.
    #[must_use]
    pub fn meta(&self) -> &MapMeta {
        &self.records.meta
    }

    /// Returns the kinds of actors: those listed first, then those merely used.
    #[must_use]
    pub fn actor_kinds(&self) -> &Slots<ActorKindId, ActorKind> {
        &self.records.actor_kinds
    }

    /// Returns the kinds of ties: those listed first, then those merely used.
    #[must_use]
    pub fn tie_kinds(&self) -> &Slots<TieKindId, TieKind> {
        &self.records.tie_kinds
    }

    /// Returns the actors in the file's order.
    #[must_use]
    pub fn actors(&self) -> &Slots<ActorId, Actor> {
        &self.records.actors
    }

    /// Returns the sources in the file's order.
    #[must_use]
    pub fn sources(&self) -> &Slots<SourceId, Source> {
        &self.records.sources
    }

    /// Returns the ties in the file's order.
    #[must_use]
    pub fn ties(&self) -> &Slots<TieId, Tie> {
        &self.records.ties
    }

    /// Returns the facts in the file's order.
    #[must_use]
    pub fn facts(&self) -> &Slots<FactId, Fact> {
        &self.records.facts
    }

    /// Returns the saved views in the file's order.
    #[must_use]
    pub fn views(&self) -> &Slots<ViewId, View> {
        &self.records.views
    }

    /// Returns the tables that records were made from, in the file's order.
    #[must_use]
    pub fn imports(&self) -> &Slots<ImportId, Import> {
        &self.records.imports
    }

    /// Returns the view that the map opens with.
    #[must_use]
    pub fn first_view(&self) -> Option<&View> {
        self.records.views.values().next()
    }

    /// Whether this record is in the map.
    #[must_use]
    pub fn has(&self, item: Item) -> bool {
        self.records.key(item).is_some()
    }

    /// Whether this is a tie of many parties, which is drawn with a hub.
    #[must_use]
    pub fn is_hub(&self, tie: TieId) -> bool {
        self.records.ties.get(tie).is_some_and(|tie| matches!(tie.ends, super::Ends::Parties(_)))
    }

    /// Returns the key that a record has in the file.
    ///
    /// # Panics
    ///
    /// When the record was removed.
    #[must_use]
    pub fn key(&self, item: Item) -> &Key {
        match item {
            Item::Actor(id) => &self.actor(id).key,
            Item::Tie(id) => &self.tie(id).claim.key,
            Item::Fact(id) => &self.fact(id).claim.key,
            Item::Source(id) => &self.source(id).key,
        }
    }

    /// The actor with this id.
    ///
    /// # Panics
    ///
    /// When it was removed.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.records.actors[id]
    }

    /// The tie with this id.
    ///
    /// # Panics
    ///
    /// When it was removed.
    #[must_use]
    pub fn tie(&self, id: TieId) -> &Tie {
        &self.records.ties[id]
    }

    /// The fact with this id.
    ///
    /// # Panics
    ///
    /// When it was removed.
    #[must_use]
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.records.facts[id]
    }

    /// The source with this id.
    ///
    /// # Panics
    ///
    /// When it was removed.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.records.sources[id]
    }

    /// The claim of a tie or a fact.
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> &Claim {
        match id {
            ClaimId::Tie(tie) => &self.tie(tie).claim,
            ClaimId::Fact(fact) => &self.fact(fact).claim,
        }
    }

    /// The kind of an actor, if it has one.
    #[must_use]
    pub fn actor_kind(&self, id: ActorId) -> Option<&ActorKind> {
        self.actor(id).kind.map(|kind| &self.records.actor_kinds[kind])
    }

    /// The kind of a tie.
    #[must_use]
    pub fn tie_kind(&self, id: TieId) -> &TieKind {
        &self.records.tie_kinds[self.tie(id).kind]
    }

    /// All actors' ids, in the file's order.
    #[must_use]
    pub fn actor_ids(&self) -> impl DoubleEndedIterator<Item = ActorId> {
        self.records.actors.ids()
    }

    /// All ties' ids, in the file's order.
    #[must_use]
    pub fn tie_ids(&self) -> impl DoubleEndedIterator<Item = TieId> {
        self.records.ties.ids()
    }

    /// All facts' ids, in the file's order.
    #[must_use]
    pub fn fact_ids(&self) -> impl DoubleEndedIterator<Item = FactId> {
        self.records.facts.ids()
    }

    /// All sources' ids, in the file's order.
    #[must_use]
    pub fn source_ids(&self) -> impl DoubleEndedIterator<Item = SourceId> {
        self.records.sources.ids()
    }
}
