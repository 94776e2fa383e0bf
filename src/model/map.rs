//! The map itself, with the look-ups that everything else is built on.

use std::collections::HashMap;

use super::contest::{Contests, Referrers, Relation};
use super::groups::Groups;
use super::{
    Actor, ActorId, ActorKind, Claim, ClaimId, Date, Ends, Fact, FactId, Key, Source, SourceId, Status, Tie, TieId,
    TieKind, View, Word,
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

/// The lists of a map, before they are indexed.
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

/// A record of a map.
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

/// A whole map; never changed in place, so that it can be shared.
///
/// All ids inside it are valid: whoever builds the [`MapParts`] sees to that, and [`Map::new`] panics otherwise.
#[derive(Clone, Debug, Default)]
pub struct Map {
    parts: MapParts,
    by_key: HashMap<Key, Item>,
    ties_of_actor: Groups<TieId>,
    facts_of_actor: Groups<FactId>,
    claims_of_source: Vec<Vec<ClaimId>>,
    citation_numbers: Vec<Option<u32>>,
    sources_by_number: Vec<SourceId>,
    parts_of_actor: Groups<ActorId>,
    copies_of_source: Groups<SourceId>,
    contests: Contests,
    referrers: Referrers,
}

impl std::ops::Deref for Map {
    type Target = MapParts;

    fn deref(&self) -> &MapParts {
        &self.parts
    }
}

impl Map {
    /// Indexes the lists.
    ///
    /// # Panics
    ///
    /// When a record refers to an id outside its list.
    #[must_use]
    pub fn new(parts: MapParts) -> Self {
        let by_key = index_keys(&parts);
        Self::with_items(parts, by_key)
    }

    /// The same map, said to be that of another time.
    #[must_use]
    pub fn as_of(&self, time: super::Date) -> Self {
        let mut map = self.clone();
        map.parts.meta.as_of = Some(time);
        map
    }

    /// Indexes the lists, when each record is known by its key already.
    ///
    /// # Panics
    ///
    /// When a record refers to an id outside its list.
    #[must_use]
    pub(crate) fn with_items(parts: MapParts, by_key: HashMap<Key, Item>) -> Self {
        let ends = |id: usize| ends_of(&parts.ties[id].ends);
        let mut map = Self {
            ties_of_actor: Groups::new(parts.actors.len(), parts.ties.len(), TieId::from_index, ends),
            facts_of_actor: Groups::new(parts.actors.len(), parts.facts.len(), FactId::from_index, |id| {
                std::iter::once(parts.facts[id].actor.index())
            }),
            claims_of_source: vec![Vec::new(); parts.sources.len()],
            citation_numbers: vec![None; parts.sources.len()],
            by_key,
            sources_by_number: Vec::new(),
            parts_of_actor: referrers(&parts.actors, |actor| actor.part_of.map(ActorId::index), ActorId::from_index),
            copies_of_source: referrers(
                &parts.sources,
                |source| source.same_as.map(SourceId::index),
                SourceId::from_index,
            ),
            contests: Contests::new(&parts),
            referrers: Referrers::new(&parts),
            parts: MapParts::default(),
        };
        for (index, tie) in parts.ties.iter().enumerate() {
            map.index_evidence(ClaimId::Tie(TieId::from_index(index)), &tie.claim);
        }
        for (index, fact) in parts.facts.iter().enumerate() {
            map.index_evidence(ClaimId::Fact(FactId::from_index(index)), &fact.claim);
        }
        map.parts = parts;
        map
    }

    /// The citation number of a source follows its first appearance: the evidence's own source first, then
    /// the document it was read in, then a retraction's.
    fn index_evidence(&mut self, id: ClaimId, claim: &Claim) {
        let cited = claim
            .evidence
            .iter()
            .flat_map(|piece| std::iter::once(piece.source).chain(piece.cited_in.as_ref().map(|cited| cited.source)));
        let retraction = claim.retraction.as_ref().and_then(|retraction| retraction.source);
        for source in cited.chain(retraction) {
            if self.citation_numbers[source.index()].is_none() {
                self.sources_by_number.push(source);
                self.citation_numbers[source.index()] = u32::try_from(self.sources_by_number.len()).ok();
            }
            let claims = &mut self.claims_of_source[source.index()];
            if claims.last() != Some(&id) {
                claims.push(id);
            }
        }
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.parts.actors[id.index()]
    }

    /// The tie with this id.
    #[must_use]
    pub fn tie(&self, id: TieId) -> &Tie {
        &self.parts.ties[id.index()]
    }

    /// The fact with this id.
    #[must_use]
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.parts.facts[id.index()]
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.parts.sources[id.index()]
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
        self.actor(id).kind.map(|kind| &self.parts.actor_kinds[kind.index()])
    }

    /// The kind of a tie.
    #[must_use]
    pub fn tie_kind(&self, id: TieId) -> &TieKind {
        &self.parts.tie_kinds[self.tie(id).kind.index()]
    }

    /// The record that has this id in the file.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Item> {
        self.by_key.get(key).copied()
    }

    /// All actors' ids, in the file's order.
    pub fn actor_ids(&self) -> impl ExactSizeIterator<Item = ActorId> + use<> {
        (0..self.parts.actors.len()).map(ActorId::from_index)
    }

    /// All ties' ids, in the file's order.
    pub fn tie_ids(&self) -> impl ExactSizeIterator<Item = TieId> + use<> {
        (0..self.parts.ties.len()).map(TieId::from_index)
    }

    /// All facts' ids, in the file's order.
    pub fn fact_ids(&self) -> impl ExactSizeIterator<Item = FactId> + use<> {
        (0..self.parts.facts.len()).map(FactId::from_index)
    }

    /// All sources' ids, in the file's order.
    pub fn source_ids(&self) -> impl ExactSizeIterator<Item = SourceId> + use<> {
        (0..self.parts.sources.len()).map(SourceId::from_index)
    }

    /// The ties that an actor is an end of, in the file's order.
    #[must_use]
    pub fn ties_of(&self, actor: ActorId) -> &[TieId] {
        self.ties_of_actor.of(actor.index())
    }

    /// The facts about an actor, in the file's order.
    #[must_use]
    pub fn facts_of(&self, actor: ActorId) -> &[FactId] {
        self.facts_of_actor.of(actor.index())
    }

    /// The claims whose evidence names this source, directly or as the document it was read in.
    #[must_use]
    pub fn claims_of(&self, source: SourceId) -> &[ClaimId] {
        &self.claims_of_source[source.index()]
    }

    /// Returns the actors that say they are parts of an actor, in the file's order.
    #[must_use]
    pub fn parts_of(&self, actor: ActorId) -> &[ActorId] {
        self.parts_of_actor.of(actor.index())
    }

    /// Returns the sources that say they have the text of a source, in the file's order.
    #[must_use]
    pub fn copies_of(&self, source: SourceId) -> &[SourceId] {
        self.copies_of_source.of(source.index())
    }

    /// Returns whether a claim is contested: what the sign ‡ and the word "disputed" stand for wherever they appear.
    ///
    /// It is if the authors call it disputed, if a piece of its evidence disputes it, or if another claim that is
    /// neither superseded nor retracted can't be true together with it, whichever of the two says so. A withdrawn
    /// claim contests nothing, but can itself be contested.
    #[must_use]
    pub fn is_contested(&self, id: ClaimId) -> bool {
        self.contests.has(id)
    }

    /// Returns the claims that stand against a claim, whichever side says so, in the file's order; withdrawn ones
    /// are left out.
    #[must_use]
    pub fn contested_by(&self, id: ClaimId) -> &[ClaimId] {
        self.contests.rivals_of(id)
    }

    /// Returns the claims that name a claim, each with what they name it as, in the file's order.
    pub(crate) fn named_by(&self, id: ClaimId) -> &[(ClaimId, Relation)] {
        self.referrers.of(id)
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
        self.citation_numbers[source.index()]
    }

    /// The cited sources in the order of their numbers: the first is number 1.
    #[must_use]
    pub fn cited_sources(&self) -> &[SourceId] {
        &self.sources_by_number
    }
}

/// The actors of a tie, each once; allocates only where there are several parties.
fn ends_of(ends: &Ends) -> impl Iterator<Item = usize> + use<> {
    let (pair, parties) = match ends {
        Ends::Pair { from, to } => ([Some(*from), (from != to).then_some(*to)], Vec::new()),
        Ends::Parties(_) => ([None; 2], ends.actors()),
    };
    pair.into_iter().flatten().chain(parties).map(ActorId::index)
}

fn index_keys(parts: &MapParts) -> HashMap<Key, Item> {
    let actors = parts.actors.iter().enumerate().map(|(i, actor)| (&actor.key, Item::Actor(ActorId::from_index(i))));
    let ties = parts.ties.iter().enumerate().map(|(i, tie)| (&tie.claim.key, Item::Tie(TieId::from_index(i))));
    let facts = parts.facts.iter().enumerate().map(|(i, fact)| (&fact.claim.key, Item::Fact(FactId::from_index(i))));
    let sources =
        parts.sources.iter().enumerate().map(|(i, source)| (&source.key, Item::Source(SourceId::from_index(i))));
    actors.chain(ties).chain(facts).chain(sources).map(|(key, item)| (Key::clone(key), item)).collect()
}

/// Sorts the records of a list to the record of the same list that each names.
fn referrers<R, T: Copy + Ord>(
    records: &[R],
    named: impl Fn(&R) -> Option<usize>,
    id: impl Fn(usize) -> T,
) -> Groups<T> {
    let pairs = records.iter().enumerate().filter_map(|(index, record)| Some((named(record)? as u32, id(index))));
    Groups::of_pairs(records.len(), pairs.collect())
}
