//! The map: its records and their index.

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

/// A whole map. Immutable, so that it can be shared; a modified map shares all unchanged parts.
///
/// Every id in it refers to an existing record, and its keys are unique.
#[derive(Clone, Debug, Default)]
pub struct Map {
    records: Records,
    index: Index,
}

impl Map {
    /// Builds the map of these lists.
    ///
    /// # Errors
    ///
    /// If a reference leads to a missing record, or two records have the same key.
    pub fn new(parts: MapParts) -> Result<Self, MapError> {
        Self::of_records(parts.into())
    }

    /// Builds the map of these records.
    ///
    /// # Errors
    ///
    /// If a reference leads to a missing record, or two records have the same key.
    pub fn of_records(records: Records) -> Result<Self, MapError> {
        let mut by_key = HashMap::with_capacity(records.actors.len() + records.ties.len());
        for (item, key) in records.items() {
            if by_key.insert(Key::clone(key), item).is_some() {
                return Err(MapError::TakenKey { key: Key::clone(key) });
            }
        }
        Self::with_items(records, by_key)
    }

    /// Builds the map of these records, given their index by key.
    ///
    /// # Errors
    ///
    /// If a reference leads to a missing record.
    pub(crate) fn with_items(records: Records, by_key: HashMap<Key, Item>) -> Result<Self, MapError> {
        check_all(&records)?;
        let index = Index::new(&records, by_key);
        Ok(Self { records, index })
    }

    /// Returns a copy of the map with another `as_of` date.
    #[must_use]
    pub fn as_of(&self, time: super::Date) -> Self {
        let mut map = self.clone();
        Arc::make_mut(&mut map.records.meta).as_of = Some(time);
        map
    }

    /// Returns a copy of the map with another title and subtitle.
    #[must_use]
    pub fn with_heading(&self, title: Option<String>, subtitle: Option<String>) -> Self {
        let mut map = self.clone();
        let meta = Arc::make_mut(&mut map.records.meta);
        (meta.title, meta.subtitle) = (title, subtitle);
        map
    }

    /// Returns the records.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// Returns the metadata of the map.
    #[must_use]
    pub fn meta(&self) -> &MapMeta {
        &self.records.meta
    }

    /// Returns the kinds of actors: declared ones first, then undeclared ones in use.
    #[must_use]
    pub fn actor_kinds(&self) -> &Slots<ActorKindId, ActorKind> {
        &self.records.actor_kinds
    }

    /// Returns the kinds of ties: declared ones first, then undeclared ones in use.
    #[must_use]
    pub fn tie_kinds(&self) -> &Slots<TieKindId, TieKind> {
        &self.records.tie_kinds
    }

    /// Returns the actors in file order.
    #[must_use]
    pub fn actors(&self) -> &Slots<ActorId, Actor> {
        &self.records.actors
    }

    /// Returns the sources in file order.
    #[must_use]
    pub fn sources(&self) -> &Slots<SourceId, Source> {
        &self.records.sources
    }

    /// Returns the ties in file order.
    #[must_use]
    pub fn ties(&self) -> &Slots<TieId, Tie> {
        &self.records.ties
    }

    /// Returns the facts in file order.
    #[must_use]
    pub fn facts(&self) -> &Slots<FactId, Fact> {
        &self.records.facts
    }

    /// Returns the saved views in file order.
    #[must_use]
    pub fn views(&self) -> &Slots<ViewId, View> {
        &self.records.views
    }

    /// Returns the imported tables, in file order.
    #[must_use]
    pub fn imports(&self) -> &Slots<ImportId, Import> {
        &self.records.imports
    }

    /// Returns the view that the map opens with.
    #[must_use]
    pub fn first_view(&self) -> Option<&View> {
        self.records.views.values().next()
    }

    /// Whether the map contains this record.
    #[must_use]
    pub fn has(&self, item: Item) -> bool {
        self.records.key(item).is_some()
    }

    /// Whether this is a many-party tie, which is drawn with a hub.
    #[must_use]
    pub fn is_hub(&self, tie: TieId) -> bool {
        self.records.ties.get(tie).is_some_and(|tie| matches!(tie.ends, super::Ends::Parties(_)))
    }

    /// Returns the key of a record in the file.
    ///
    /// # Panics
    ///
    /// If the record was removed.
    #[must_use]
    pub fn key(&self, item: Item) -> &Key {
        match item {
            Item::Actor(id) => &self.actor(id).key,
            Item::Tie(id) => &self.tie(id).claim.key,
            Item::Fact(id) => &self.fact(id).claim.key,
            Item::Source(id) => &self.source(id).key,
        }
    }

    /// Returns the actor with this id.
    ///
    /// # Panics
    ///
    /// If it was removed.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.records.actors[id]
    }

    /// Returns the tie with this id.
    ///
    /// # Panics
    ///
    /// If it was removed.
    #[must_use]
    pub fn tie(&self, id: TieId) -> &Tie {
        &self.records.ties[id]
    }

    /// Returns the fact with this id.
    ///
    /// # Panics
    ///
    /// If it was removed.
    #[must_use]
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.records.facts[id]
    }

    /// Returns the source with this id.
    ///
    /// # Panics
    ///
    /// If it was removed.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.records.sources[id]
    }

    /// Returns the claim of a tie or fact.
    ///
    /// # Panics
    ///
    /// If it was removed.
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> &Claim {
        match id {
            ClaimId::Tie(tie) => &self.tie(tie).claim,
            ClaimId::Fact(fact) => &self.fact(fact).claim,
        }
    }

    /// Returns the kind of an actor, if it has one.
    #[must_use]
    pub fn actor_kind(&self, id: ActorId) -> Option<&ActorKind> {
        self.actor(id).kind.map(|kind| &self.records.actor_kinds[kind])
    }

    /// Returns the kind of a tie.
    #[must_use]
    pub fn tie_kind(&self, id: TieId) -> &TieKind {
        &self.records.tie_kinds[self.tie(id).kind]
    }

    /// Iterates over the ids of all actors, in file order.
    #[must_use]
    pub fn actor_ids(&self) -> impl DoubleEndedIterator<Item = ActorId> {
        self.records.actors.ids()
    }

    /// Iterates over the ids of all ties, in file order.
    #[must_use]
    pub fn tie_ids(&self) -> impl DoubleEndedIterator<Item = TieId> {
        self.records.ties.ids()
    }

    /// Iterates over the ids of all facts, in file order.
    #[must_use]
    pub fn fact_ids(&self) -> impl DoubleEndedIterator<Item = FactId> {
        self.records.facts.ids()
    }

    /// Iterates over the ids of all sources, in file order.
    #[must_use]
    pub fn source_ids(&self) -> impl DoubleEndedIterator<Item = SourceId> {
        self.records.sources.ids()
    }
}
