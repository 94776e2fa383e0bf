//! The look-ups that everything else is built on: records by key, what belongs to a record, what is contested.

use std::collections::BTreeSet;

use super::contest::{Relation, has_own_doubt};
use crate::model::{
    ActorId, ActorKindId, ClaimId, FactId, ImportId, Item, Map, Pair, SourceId, Status, TieId, TieKindId, View, Word,
};

impl Map {
    /// The record that has this id in the file.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Item> {
        self.index.by_key.find(key)
    }

    /// Whether a record has this key, or had it since the map was opened or before it was merged into another one.
    #[must_use]
    pub fn was_key_used(&self, key: &str) -> bool {
        self.index.by_key.was_used(key)
            || self.records.imports.values().any(|import| &*import.key == key)
            || self.records.views.values().any(|view| &*view.key == key)
    }

    /// Returns the kind of actor of this word.
    #[must_use]
    pub fn find_actor_kind(&self, key: &str) -> Option<ActorKindId> {
        self.records.actor_kinds.iter().find(|(_, kind)| &*kind.key == key).map(|(id, _)| id)
    }

    /// Returns the kind of tie of this word.
    #[must_use]
    pub fn find_tie_kind(&self, key: &str) -> Option<TieKindId> {
        self.records.tie_kinds.iter().find(|(_, kind)| &*kind.key == key).map(|(id, _)| id)
    }

    /// The ties that an actor is an end of, in the file's order.
    #[must_use]
    pub fn ties_of(&self, actor: ActorId) -> &[TieId] {
        self.index.ties_of_actor.of(actor.index())
    }

    /// The facts about an actor, in the file's order.
    #[must_use]
    pub fn facts_of(&self, actor: ActorId) -> &[FactId] {
        self.index.facts_of_actor.of(actor.index())
    }

    /// The claims whose evidence names this source, directly or as the document it was read in.
    #[must_use]
    pub fn claims_of(&self, source: SourceId) -> &[ClaimId] {
        self.index.claims_of_source.of(source.index())
    }

    /// Returns the actors that say they are parts of an actor, in the file's order.
    #[must_use]
    pub fn parts_of(&self, actor: ActorId) -> &[ActorId] {
        self.index.parts_of_actor.of(actor.index())
    }

    /// Returns the sources that say they have the text of a source, in the file's order.
    #[must_use]
    pub fn copies_of(&self, source: SourceId) -> &[SourceId] {
        self.index.copies_of_source.of(source.index())
    }

    /// Returns the sources in which an actor speaks for itself, in the file's order.
    #[must_use]
    pub fn sources_by(&self, actor: ActorId) -> &[SourceId] {
        self.index.sources_by_actor.of(actor.index())
    }

    /// Returns whether a claim is contested: what the sign ‡ and the word "disputed" stand for wherever they appear.
    ///
    /// It is if the authors call it disputed, if a piece of its evidence disputes it, or if another claim that is
    /// neither superseded nor retracted can't be true together with it, whichever of the two says so. A withdrawn
    /// claim contests nothing, but can itself be contested.
    #[must_use]
    pub fn is_contested(&self, id: ClaimId) -> bool {
        has_own_doubt(self.claim(id)) || !self.contested_by(id).is_empty()
    }

    /// Returns the claims that stand against a claim, whichever side says so, in the file's order; withdrawn ones
    /// are left out.
    #[must_use]
    pub fn contested_by(&self, id: ClaimId) -> &[ClaimId] {
        self.index.contests.rivals_of(id)
    }

    /// Returns the claims that name a claim, each with what they name it as, in the file's order.
    pub(crate) fn named_by(&self, id: ClaimId) -> &[(ClaimId, Relation)] {
        self.index.referrers.of(id)
    }

    /// Returns the status that filters and counts go by: a contested claim that is not withdrawn is disputed,
    /// whatever its record says. `None` for a word that is not in the format.
    #[must_use]
    pub fn status(&self, id: ClaimId) -> Option<Status> {
        let claim = self.claim(id);
        if self.is_contested(id) && !claim.is_withdrawn() {
            return Some(Status::Disputed);
        }
        claim.status.as_ref().map_or(Some(Status::Asserted), Word::known)
    }

    /// The number by which this source is cited, from 1; none if nothing cites it.
    #[must_use]
    pub fn citation_number(&self, source: SourceId) -> Option<u32> {
        self.index.numbers.of_source.get(source.index()).copied().flatten()
    }

    /// The cited sources in the order of their numbers: the first is number 1.
    #[must_use]
    pub fn cited_sources(&self) -> &[SourceId] {
        &self.index.numbers.sources
    }

    /// Iterates over the tables that are cited as this source.
    pub fn imports_of(&self, source: SourceId) -> impl Iterator<Item = ImportId> {
        self.records().imports.iter().filter(move |(_, import)| import.source == Some(source)).map(|(id, _)| id)
    }

    /// Iterates over the pairs of this actor and another one that were judged not to be the same.
    pub fn distinct_of(&self, actor: ActorId) -> impl Iterator<Item = Pair> {
        self.records().distinct.iter().copied().filter(move |pair| pair.actors().contains(&actor))
    }

    /// Returns the records that a view names and the map does not have.
    #[must_use]
    pub fn missing_in(&self, view: &View) -> BTreeSet<Item> {
        view.items().filter(|item| !self.has(*item)).collect()
    }
}
