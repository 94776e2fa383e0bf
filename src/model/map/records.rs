//! The records of a map, without derived data.

use std::sync::Arc;

use imbl::OrdSet;

use crate::model::{
    Actor, ActorId, ActorKind, ActorKindId, Claim, ClaimId, Date, Fact, FactId, Import, ImportId, ImportRow, Item, Key,
    Pair, Slots, Source, SourceId, Tie, TieId, TieKind, TieKindId, View, ViewId,
};

/// Metadata of a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapMeta {
    /// Its title.
    pub title: Option<String>,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// The day up to which the map is accurate.
    pub as_of: Option<Date>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Who made it.
    pub authors: Vec<String>,
    /// Its license, as an SPDX id.
    pub license: Option<String>,
    /// A remark by its authors.
    pub note: Option<String>,
}

/// The lists of a new map; the id of a record is its index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapParts {
    /// Metadata of the map.
    pub meta: MapMeta,
    /// Kinds of actors: declared ones first, then undeclared ones in use.
    pub actor_kinds: Vec<ActorKind>,
    /// Kinds of ties: declared ones first, then undeclared ones in use.
    pub tie_kinds: Vec<TieKind>,
    /// Actors in file order.
    pub actors: Vec<Actor>,
    /// Sources in file order.
    pub sources: Vec<Source>,
    /// Ties in file order.
    pub ties: Vec<Tie>,
    /// Facts in file order.
    pub facts: Vec<Fact>,
    /// Saved views in file order.
    pub views: Vec<View>,
    /// Imported tables, in file order.
    pub imports: Vec<Import>,
    /// Pairs of actors marked as distinct.
    pub distinct: Vec<Pair>,
}

/// The records of a map by id; cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Metadata of the map.
    pub meta: Arc<MapMeta>,
    /// Kinds of actors.
    pub actor_kinds: Slots<ActorKindId, ActorKind>,
    /// Kinds of ties.
    pub tie_kinds: Slots<TieKindId, TieKind>,
    /// Actors in file order.
    pub actors: Slots<ActorId, Actor>,
    /// Sources in file order.
    pub sources: Slots<SourceId, Source>,
    /// Ties in file order.
    pub ties: Slots<TieId, Tie>,
    /// Facts in file order.
    pub facts: Slots<FactId, Fact>,
    /// Saved views in file order.
    pub views: Slots<ViewId, View>,
    /// Imported tables, in file order.
    pub imports: Slots<ImportId, Import>,
    /// Pairs of actors marked as distinct.
    pub distinct: OrdSet<Pair>,
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
            imports: parts.imports.into_iter().collect(),
            distinct: parts.distinct.into_iter().collect(),
        }
    }
}

impl Records {
    /// Iterates over all claims: ties, then facts, both in file order.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        let ties = self.ties.iter().map(|(id, tie)| (ClaimId::Tie(id), &tie.claim));
        ties.chain(self.facts.iter().map(|(id, fact)| (ClaimId::Fact(id), &fact.claim)))
    }

    /// Returns the records as lists for a new map. If no record was removed, ids are unchanged.
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
            imports: self.imports.values().cloned().collect(),
            distinct: self.distinct.iter().copied().collect(),
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

    /// Iterates over the records made from an imported table; scans all records.
    pub(crate) fn made_from(&self, import: ImportId) -> impl Iterator<Item = Item> {
        let is_from = move |row: Option<&ImportRow>| row.is_some_and(|row| row.import == import);
        let actors = self.actors.iter().filter(move |(_, actor)| is_from(actor.metadata.row.as_ref()));
        let sources = self.sources.iter().filter(move |(_, source)| is_from(source.row.as_deref()));
        let claims = self.claims().filter(move |(_, claim)| is_from(claim.metadata.row.as_ref()));
        let items = actors.map(|(id, _)| Item::Actor(id)).chain(sources.map(|(id, _)| Item::Source(id)));
        items.chain(claims.map(|(id, _)| id.into()))
    }

    /// Iterates over actors, ties, facts and sources with their keys.
    pub fn items(&self) -> impl Iterator<Item = (Item, &Key)> {
        let actors = self.actors.iter().map(|(id, actor)| (Item::Actor(id), &actor.key));
        let ties = self.ties.iter().map(|(id, tie)| (Item::Tie(id), &tie.claim.key));
        let facts = self.facts.iter().map(|(id, fact)| (Item::Fact(id), &fact.claim.key));
        let sources = self.sources.iter().map(|(id, source)| (Item::Source(id), &source.key));
        actors.chain(ties).chain(facts).chain(sources)
    }
}
