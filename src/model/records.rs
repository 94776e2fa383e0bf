//! The records of a map, before and beside what is derived from them.

use std::sync::Arc;

use super::{
    Actor, ActorId, ActorKind, ActorKindId, Claim, ClaimId, Date, Fact, FactId, Key, Slots, Source, SourceId, Tie,
    TieId, TieKind, TieKindId, View, ViewId,
};

/// What a map says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapMeta {
    /// Its title.
    pub title: Option<String>,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// The day up to which it is true.
    pub as_of: Option<Date>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Who made it.
    pub authors: Vec<String>,
    /// Its license, as an SPDX id.
    pub license: Option<String>,
    /// A remark of its authors.
    pub note: Option<String>,
}

/// The lists of a new map: the id of a record is its place in its list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapParts {
    /// What the map says about itself.
    pub meta: MapMeta,
    /// Kinds of actors: those listed first, then those merely used.
    pub actor_kinds: Vec<ActorKind>,
    /// Kinds of ties: those listed first, then those merely used.
    pub tie_kinds: Vec<TieKind>,
    /// Actors in the file's order.
    pub actors: Vec<Actor>,
    /// Sources in the file's order.
    pub sources: Vec<Source>,
    /// Ties in the file's order.
    pub ties: Vec<Tie>,
    /// Facts in the file's order.
    pub facts: Vec<Fact>,
    /// Saved looks in the file's order.
    pub views: Vec<View>,
}

/// The records of a map by id; cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// What the map says about itself.
    pub meta: Arc<MapMeta>,
    /// Kinds of actors.
    pub actor_kinds: Slots<ActorKindId, ActorKind>,
    /// Kinds of ties.
    pub tie_kinds: Slots<TieKindId, TieKind>,
    /// Actors in the file's order.
    pub actors: Slots<ActorId, Actor>,
    /// Sources in the file's order.
    pub sources: Slots<SourceId, Source>,
    /// Ties in the file's order.
    pub ties: Slots<TieId, Tie>,
    /// Facts in the file's order.
    pub facts: Slots<FactId, Fact>,
    /// Saved views in the file's order.
    pub views: Slots<ViewId, View>,
}

impl From<MapParts> for Records {
    fn from(parts: MapParts) -> Self {
        Self {
            meta: Arc::new(parts.meta),
            actor_kinds: parts.actor_kinds.into_iter().collect(),
            tie_kinds: parts.tie_kinds.into_iter().collect(),
            actors: parts.actors.into_iter().collect(),
            sources: parts.sources.into_iter().collect(),
            ties: parts.ties.into_iter().collect(),
            facts: parts.facts.into_iter().collect(),
            views: parts.views.into_iter().collect(),
        }
    }
}

impl Records {
    /// Iterates over all claims in the file's order: ties, then facts.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        let ties = self.ties.iter().map(|(id, tie)| (ClaimId::Tie(id), &tie.claim));
        ties.chain(self.facts.iter().map(|(id, fact)| (ClaimId::Fact(id), &fact.claim)))
    }

    /// Returns the records as lists, for a new map. Where no record was removed, ids stay what they were.
    #[must_use]
    pub fn to_parts(&self) -> MapParts {
        MapParts {
            meta: MapMeta::clone(&self.meta),
            actor_kinds: self.actor_kinds.values().cloned().collect(),
            tie_kinds: self.tie_kinds.values().cloned().collect(),
            actors: self.actors.values().cloned().collect(),
            sources: self.sources.values().cloned().collect(),
            ties: self.ties.values().cloned().collect(),
            facts: self.facts.values().cloned().collect(),
            views: self.views.values().cloned().collect(),
        }
    }

    /// Whether a record is in this slot.
    #[must_use]
    pub fn has_slot(&self, slot: RecordSlot) -> bool {
        match slot {
            RecordSlot::Meta => true,
            RecordSlot::ActorKind(id) => self.actor_kinds.has(id),
            RecordSlot::TieKind(id) => self.tie_kinds.has(id),
            RecordSlot::Item(item) => self.key(item).is_some(),
            RecordSlot::View(id) => self.views.has(id),
        }
    }

    /// Returns a claim, or `None` if it was removed.
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> Option<&Claim> {
        match id {
            ClaimId::Tie(tie) => self.ties.get(tie).map(|tie| &tie.claim),
            ClaimId::Fact(fact) => self.facts.get(fact).map(|fact| &fact.claim),
        }
    }

    /// Returns the key of a record, or `None` if it was removed.
    #[must_use]
    pub fn key(&self, id: Item) -> Option<&Key> {
        match id {
            Item::Actor(id) => self.actors.get(id).map(|actor| &actor.key),
            Item::Tie(id) => self.ties.get(id).map(|tie| &tie.claim.key),
            Item::Fact(id) => self.facts.get(id).map(|fact| &fact.claim.key),
            Item::Source(id) => self.sources.get(id).map(|source| &source.key),
        }
    }

    /// Iterates over the ids of all records that have a key of their own: actors, ties, facts, sources.
    pub fn items(&self) -> impl Iterator<Item = (Item, &Key)> {
        let actors = self.actors.iter().map(|(id, actor)| (Item::Actor(id), &actor.key));
        let ties = self.ties.iter().map(|(id, tie)| (Item::Tie(id), &tie.claim.key));
        let facts = self.facts.iter().map(|(id, fact)| (Item::Fact(id), &fact.claim.key));
        let sources = self.sources.iter().map(|(id, source)| (Item::Source(id), &source.key));
        actors.chain(ties).chain(facts).chain(sources)
    }
}

/// The id of a record that has a key in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// An actor.
    Actor(ActorId),
    /// A tie.
    Tie(TieId),
    /// A fact.
    Fact(FactId),
    /// A source.
    Source(SourceId),
}

impl From<ActorId> for Item {
    fn from(id: ActorId) -> Self {
        Self::Actor(id)
    }
}

impl From<TieId> for Item {
    fn from(id: TieId) -> Self {
        Self::Tie(id)
    }
}

impl From<FactId> for Item {
    fn from(id: FactId) -> Self {
        Self::Fact(id)
    }
}

impl From<SourceId> for Item {
    fn from(id: SourceId) -> Self {
        Self::Source(id)
    }
}

impl From<ClaimId> for Item {
    fn from(id: ClaimId) -> Self {
        match id {
            ClaimId::Tie(tie) => Self::Tie(tie),
            ClaimId::Fact(fact) => Self::Fact(fact),
        }
    }
}

/// The slot that a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordSlot {
    /// What the map says about itself.
    Meta,
    /// A kind of actor.
    ActorKind(ActorKindId),
    /// A kind of tie.
    TieKind(TieKindId),
    /// An actor, source, tie or fact.
    Item(Item),
    /// A saved view.
    View(ViewId),
}
