//! Index of a map: records by key, references in both directions, citation numbers. Built once per map, then updated by
//! changes at a cost proportional to the references of the changed record.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::contest::{Contests, PerClaim, Relation};
use super::groups::Groups;
use super::records::Records;
use crate::model::{Actor, ActorId, Claim, ClaimId, Ends, FactId, Item, Key, Source, SourceId, TieId};

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub(super) by_key: KeyIndex,
    pub(super) ties_of_actor: Groups<TieId>,
    pub(super) facts_of_actor: Groups<FactId>,
    pub(super) parts_of_actor: Groups<ActorId>,
    pub(super) sources_by_actor: Groups<SourceId>,
    pub(super) claims_of_source: Groups<ClaimId>,
    pub(super) copies_of_source: Groups<SourceId>,
    pub(super) numbers: Arc<CitationNumbers>,
    pub(super) contests: Contests,
    pub(super) referrers: PerClaim<(ClaimId, Relation)>,
}

impl Index {
    /// Indexes all records, given their index by key.
    pub(super) fn new(records: &Records, by_key: HashMap<Key, Item>) -> Self {
        let [actors, sources] = [records.actors.bound(), records.sources.bound()];
        let mut ties_of_actor = Vec::with_capacity(records.ties.len() * 2);
        let mut claims_of_source = Vec::with_capacity(records.ties.len());
        for (id, tie) in records.ties.iter() {
            each_end(&tie.ends, |actor| ties_of_actor.push((actor.0, id)));
        }
        for (id, claim) in records.claims() {
            claims_of_source.extend(cited(claim).map(|source| (source.0, id)));
        }
        let facts = records.facts.iter().map(|(id, fact)| (fact.actor.0, id));
        let parts = records.actors.iter().filter_map(|(id, actor)| Some((actor.part_of?.0, id)));
        let copies = records.sources.iter().filter_map(|(id, source)| Some((source.same_as?.0, id)));
        let by = records.sources.iter().flat_map(|(id, source)| source.by.iter().map(move |actor| (actor.0, id)));
        let referrers = PerClaim::of_pairs(
            (records.ties.bound(), records.facts.bound()),
            records.claims().flat_map(|(id, claim)| named(claim).map(move |(other, relation)| (other, (id, relation)))),
        );
        let claims_of_source = Groups::of_pairs(sources, claims_of_source);
        Self {
            by_key: KeyIndex::new(by_key, records.actors.values().flat_map(|actor| &actor.former_ids)),
            ties_of_actor: Groups::of_pairs(actors, ties_of_actor),
            facts_of_actor: Groups::of_pairs(actors, facts.collect()),
            parts_of_actor: Groups::of_pairs(actors, parts.collect()),
            sources_by_actor: Groups::of_pairs(actors, by.collect()),
            numbers: Arc::new(CitationNumbers::new(records, &claims_of_source)),
            claims_of_source,
            copies_of_source: Groups::of_pairs(sources, copies.collect()),
            contests: Contests::new(records, &referrers),
            referrers,
        }
    }

    /// Updates the index for an actor that changes from `was` to `is`.
    pub(super) fn change_actor(&mut self, id: ActorId, was: Option<&Actor>, is: Option<&Actor>) {
        self.by_key.change(Item::Actor(id), was.map(|actor| &actor.key), is.map(|actor| &actor.key));
        self.by_key.retire(is.into_iter().flat_map(|actor| &actor.former_ids));
        let [was, is] = [was, is].map(|actor| actor.and_then(|actor| actor.part_of));
        exchange(&mut self.parts_of_actor, id, was.map(ActorId::index), is.map(ActorId::index));
    }

    /// Updates the index for a changed source.
    pub(super) fn change_source(&mut self, id: SourceId, was: Option<&Source>, is: Option<&Source>) {
        self.by_key.change(Item::Source(id), was.map(|source| &source.key), is.map(|source| &source.key));
        let whole = |source: Option<&Source>| source.and_then(|source| source.same_as).map(SourceId::index);
        exchange(&mut self.copies_of_source, id, whole(was), whole(is));
        let by = |source: Option<&Source>| -> Vec<usize> {
            source.into_iter().flat_map(|source| &source.by).map(|actor| actor.index()).collect()
        };
        exchange(&mut self.sources_by_actor, id, by(was), by(is));
    }

    /// Updates the index for the changed ends of a tie.
    pub(super) fn change_ends(&mut self, id: TieId, was: Option<&Ends>, is: Option<&Ends>) {
        let actors = |ends: Option<&Ends>| {
            let mut actors = Vec::new();
            if let Some(ends) = ends {
                each_end(ends, |actor| actors.push(actor.index()));
            }
            actors
        };
        exchange(&mut self.ties_of_actor, id, actors(was), actors(is));
    }

    /// Updates the index for the changed actor of a fact.
    pub(super) fn change_fact(&mut self, id: FactId, was: Option<ActorId>, is: Option<ActorId>) {
        exchange(&mut self.facts_of_actor, id, was.map(ActorId::index), is.map(ActorId::index));
    }

    /// Updates the index for a changed claim; returns the claims whose rivals may have changed.
    pub(super) fn change_claim(&mut self, id: ClaimId, was: Option<&Claim>, is: Option<&Claim>) -> BTreeSet<ClaimId> {
        self.by_key.change(id.into(), was.map(|claim| &claim.key), is.map(|claim| &claim.key));
        let sources =
            |claim: Option<&Claim>| -> Vec<usize> { claim.into_iter().flat_map(cited).map(SourceId::index).collect() };
        exchange(&mut self.claims_of_source, id, sources(was), sources(is));
        let mut touched = BTreeSet::from([id]);
        for (other, relation) in was.into_iter().flat_map(named) {
            self.referrers.remove(other, (id, relation));
            touched.insert(other);
        }
        for (other, relation) in is.into_iter().flat_map(named) {
            self.referrers.insert(other, (id, relation));
            touched.insert(other);
        }
        touched.extend(self.referrers.of(id).iter().map(|(other, _)| *other));
        touched
    }

    /// Renumbers the sources, if a change of claims has moved the first citation of one.
    pub(super) fn renumber(&mut self, records: &Records) {
        let numbers = CitationNumbers::new(records, &self.claims_of_source);
        if numbers != *self.numbers {
            self.numbers = Arc::new(numbers);
        }
    }
}

/// Moves an id from some owners to others; leaves owners in both sets untouched.
fn exchange<T: Copy + Ord>(
    groups: &mut Groups<T>,
    id: T,
    was: impl IntoIterator<Item = usize>,
    is: impl IntoIterator<Item = usize>,
) {
    let [was, is]: [BTreeSet<usize>; 2] = [was.into_iter().collect(), is.into_iter().collect()];
    for &owner in was.difference(&is) {
        groups.remove(owner, id);
    }
    for &owner in is.difference(&was) {
        groups.insert(owner, id);
    }
}

/// Calls `visit` with each actor of a tie, once for a self-tie.
fn each_end(ends: &Ends, mut visit: impl FnMut(ActorId)) {
    match ends {
        Ends::Pair { from, to } => {
            visit(*from);
            if from != to {
                visit(*to);
            }
        }
        Ends::Parties(_) => ends.actors().into_iter().for_each(visit),
    }
}

/// Iterates over the sources of a claim in citation order: per piece of evidence its source, then the document it was
/// read in; finally the source of a retraction.
fn cited(claim: &Claim) -> impl Iterator<Item = SourceId> {
    let evidence = claim
        .evidence
        .iter()
        .flat_map(|piece| std::iter::once(piece.source).chain(piece.cited_in.as_ref().map(|cited| cited.source)));
    evidence.chain(claim.retraction.as_ref().and_then(|retraction| retraction.source))
}

/// Iterates over the claims that a claim refers to, with the relation.
pub(super) fn named(claim: &Claim) -> impl Iterator<Item = (ClaimId, Relation)> {
    let contradicts = claim.contradicts.iter().map(|&other| (other, Relation::Contradicts));
    let supersedes = claim.supersedes.iter().map(|&other| (other, Relation::Supersedes));
    contradicts.chain(supersedes).chain(claim.part_of.iter().map(|&other| (other, Relation::PartOf)))
}

/// Citation numbers of sources.
#[derive(Debug, Default, PartialEq)]
pub(super) struct CitationNumbers {
    /// Number by source slot, from 1.
    pub(super) of_source: Vec<Option<u32>>,
    /// Sources ordered by number.
    pub(super) sources: Vec<SourceId>,
}

impl CitationNumbers {
    /// Numbers the sources in the order of their first citation: by claim, then by position in the claim.
    fn new(records: &Records, claims_of_source: &Groups<ClaimId>) -> Self {
        let first = |source: SourceId| {
            let claim = *claims_of_source.of(source.index()).first()?;
            let place = cited(records.claim(claim)?).position(|other| other == source)?;
            Some((claim, place, source))
        };
        let mut order: Vec<(ClaimId, usize, SourceId)> = records.sources.ids().filter_map(first).collect();
        order.sort_unstable();
        let mut numbers = Self { of_source: vec![None; records.sources.bound()], sources: Vec::new() };
        for (number, (.., source)) in (1..).zip(order) {
            numbers.of_source[source.index()] = Some(number);
            numbers.sources.push(source);
        }
        numbers
    }
}

/// Records by their key in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyIndex {
    all: Arc<HashMap<Key, Item>>,
    /// Overlay of keys that were added, removed or retired since `all` was built.
    changed: imbl::HashMap<Key, Option<Item>>,
}

impl KeyIndex {
    fn new<'k>(all: HashMap<Key, Item>, former: impl Iterator<Item = &'k Key>) -> Self {
        let mut keys = Self { all: Arc::new(all), changed: imbl::HashMap::new() };
        keys.retire(former);
        keys
    }

    /// Reserves keys, so that no new record gets them.
    fn retire<'k>(&mut self, keys: impl Iterator<Item = &'k Key>) {
        for key in keys {
            if !self.was_used(key) {
                self.changed.insert(Key::clone(key), None);
            }
        }
    }

    pub(super) fn find(&self, key: &str) -> Option<Item> {
        if !self.changed.is_empty()
            && let Some(item) = self.changed.get(key)
        {
            return *item;
        }
        self.all.get(key).copied()
    }

    pub(super) fn was_used(&self, key: &str) -> bool {
        self.changed.contains_key(key) || self.all.contains_key(key)
    }

    fn change(&mut self, item: Item, was: Option<&Key>, is: Option<&Key>) {
        if was == is {
            return;
        }
        // Another record may have taken the key in the meantime.
        if let Some(key) = was.filter(|key| self.find(key) == Some(item)) {
            self.changed.insert(Key::clone(key), None);
        }
        if let Some(key) = is {
            self.changed.insert(Key::clone(key), Some(item));
        }
    }
}
