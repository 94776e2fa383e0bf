//! The map itself: its records, and the look-ups that everything else is built on.

use std::collections::HashMap;
use std::sync::Arc;

use super::change::RecordChange;
use super::check::{self, MapError};
use super::contest::{Relation, has_own_doubt};
use super::index::Index;
use super::records::{Item, MapMeta, MapParts, Records};
use super::{
    Actor, ActorId, ActorKind, ActorKindId, Claim, ClaimId, Fact, FactId, Key, Slots, Source, SourceId, Status, Tie,
    TieId, TieKind, TieKindId, View, ViewId, Word,
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
        check::check_all(&records)?;
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

    /// Returns the map after some changes, all or none. Costs as much as hangs on the changed records.
    ///
    /// # Errors
    ///
    /// When a change does not start from the record that is there, or the map would not be sound after all of them.
    pub fn with_changes(&self, changes: &[RecordChange]) -> Result<Self, MapError> {
        let mut map = self.clone();
        for change in changes {
            if !change.apply(&mut map.records) {
                return Err(MapError::OtherBase { slot: change.slot() });
            }
        }
        map.update_index(changes);
        check::check_changes(&map, changes)?;
        Ok(map)
    }

    fn update_index(&mut self, changes: &[RecordChange]) {
        let Self { records, index } = self;
        let mut touched = std::collections::BTreeSet::new();
        for change in changes {
            match change {
                RecordChange::Actor(id, swap) => index.change_actor(*id, swap.was.as_deref(), swap.is.as_deref()),
                RecordChange::Source(id, swap) => index.change_source(*id, swap.was.as_deref(), swap.is.as_deref()),
                RecordChange::Tie(id, swap) => {
                    let [was, is] = [&swap.was, &swap.is].map(|tie| tie.as_deref());
                    index.change_ends(*id, was.map(|tie| &tie.ends), is.map(|tie| &tie.ends));
                    let [was, is] = [was, is].map(|tie| tie.map(|tie| &tie.claim));
                    touched.extend(index.change_claim(ClaimId::Tie(*id), was, is));
                }
                RecordChange::Fact(id, swap) => {
                    let [was, is] = [&swap.was, &swap.is].map(|fact| fact.as_deref());
                    index.change_fact(*id, was.map(|fact| fact.actor), is.map(|fact| fact.actor));
                    let [was, is] = [was, is].map(|fact| fact.map(|fact| &fact.claim));
                    touched.extend(index.change_claim(ClaimId::Fact(*id), was, is));
                }
                RecordChange::Meta { .. }
                | RecordChange::ActorKind(..)
                | RecordChange::TieKind(..)
                | RecordChange::View(..)
                | RecordChange::Import(..)
                | RecordChange::Distinct { .. } => {}
            }
        }
        let adds_sources = changes.iter().any(|change| matches!(change, RecordChange::Source(..)));
        if !touched.is_empty() || adds_sources {
            index.renumber(records);
        }
        for id in touched {
            index.contests.update(records, &index.referrers, id);
        }
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
}
