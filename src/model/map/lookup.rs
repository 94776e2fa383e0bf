//! Lookups in a map: records by key, references to a record, contested claims.

use std::collections::BTreeSet;

use super::contest::{Relation, has_own_doubt};
use crate::model::{
    ActorId, ActorKindId, ClaimId, FactId, ImportId, Item, Map, Pair, SourceId, Status, TieId, TieKindId, View, Word,
};

impl Map {
    /// Returns the record with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Item> {
        self.index.by_key.find(key)
    }

    /// Whether the key is in use, was in use since the map was opened, or belonged to a record that was merged into
    /// another.
    #[must_use]
    pub fn was_key_used(&self, key: &str) -> bool {
        self.index.by_key.was_used(key)
            || self.records.imports.values().any(|import| &*import.key == key)
            || self.records.views.values().any(|view| &*view.key == key)
    }

    /// Returns the kind of actor with this key.
    #[must_use]
    pub fn find_actor_kind(&self, key: &str) -> Option<ActorKindId> {
        self.records.actor_kinds.iter().find(|(_, kind)| &*kind.key == key).map(|(id, _)| id)
    }

    /// Returns the kind of tie with this key.
    #[must_use]
    pub fn find_tie_kind(&self, key: &str) -> Option<TieKindId> {
        self.records.tie_kinds.iter().find(|(_, kind)| &*kind.key == key).map(|(id, _)| id)
    }

    /// Returns the ties of an actor, in file order.
    #[must_use]
    pub fn ties_of(&self, actor: ActorId) -> &[TieId] {
        self.index.ties_of_actor.of(actor.index())
    }

    /// Returns the facts about an actor, in file order.
    #[must_use]
    pub fn facts_of(&self, actor: ActorId) -> &[FactId] {
        self.index.facts_of_actor.of(actor.index())
    }

    /// Returns the claims that cite a source, directly, as the document it was read in, or for a retraction.
    #[must_use]
    pub fn claims_of(&self, source: SourceId) -> &[ClaimId] {
        self.index.claims_of_source.of(source.index())
    }

    /// Returns the actors that are part of an actor, in file order.
    #[must_use]
    pub fn parts_of(&self, actor: ActorId) -> &[ActorId] {
        self.index.parts_of_actor.of(actor.index())
    }

    /// Returns the sources that repeat the text of a source, in file order.
    #[must_use]
    pub fn copies_of(&self, source: SourceId) -> &[SourceId] {
        self.index.copies_of_source.of(source.index())
    }

    /// Returns the sources in which an actor speaks for itself, in file order.
    #[must_use]
    pub fn sources_by(&self, actor: ActorId) -> &[SourceId] {
        self.index.sources_by_actor.of(actor.index())
    }

    /// Whether a claim is contested, shown as ‡ or "disputed".
    ///
    /// A claim is contested if its status is disputed, if a piece of its evidence disputes it, or if a claim that is
    /// not withdrawn contradicts it, stated on either side. A withdrawn claim contests nothing, but can itself be
    /// contested.
    #[must_use]
    pub fn is_contested(&self, id: ClaimId) -> bool {
        has_own_doubt(self.claim(id)) || !self.contested_by(id).is_empty()
    }

    /// Returns the claims that contradict a claim, stated on either side, in file order; excludes withdrawn ones.
    #[must_use]
    pub fn contested_by(&self, id: ClaimId) -> &[ClaimId] {
        self.index.contests.rivals_of(id)
    }

    /// Returns the claims that refer to a claim, with the relation, in file order.
    pub(crate) fn named_by(&self, id: ClaimId) -> &[(ClaimId, Relation)] {
        self.index.referrers.of(id)
    }

    /// Returns the status used by filters and counts: disputed for a contested claim that is not withdrawn, else the
    /// recorded one. `None` for a word outside the format.
    #[must_use]
    pub fn status(&self, id: ClaimId) -> Option<Status> {
        let claim = self.claim(id);
        if self.is_contested(id) && !claim.is_withdrawn() {
            return Some(Status::Disputed);
        }
        claim.status.as_ref().map_or(Some(Status::Asserted), Word::known)
    }

    /// Returns the citation number of a source, from 1; `None` if no claim cites it.
    #[must_use]
    pub fn citation_number(&self, source: SourceId) -> Option<u32> {
        self.index.numbers.of_source.get(source.index()).copied().flatten()
    }

    /// Returns the cited sources ordered by citation number.
    #[must_use]
    pub fn cited_sources(&self) -> &[SourceId] {
        &self.index.numbers.sources
    }

    /// Iterates over the imported tables that have this source.
    pub fn imports_of(&self, source: SourceId) -> impl Iterator<Item = ImportId> {
        self.records().imports.iter().filter(move |(_, import)| import.source == Some(source)).map(|(id, _)| id)
    }

    /// Iterates over the pairs of distinct actors that contain this actor.
    pub fn distinct_of(&self, actor: ActorId) -> impl Iterator<Item = Pair> {
        self.records().distinct.iter().copied().filter(move |pair| pair.actors().contains(&actor))
    }

    /// Returns the records that a view refers to but the map lacks.
    #[must_use]
    pub fn missing_in(&self, view: &View) -> BTreeSet<Item> {
        view.items().filter(|item| !self.has(*item)).collect()
    }
}
