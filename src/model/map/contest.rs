//! An index of contradictions and references between claims in both directions, whichever side the file states.

use std::sync::Arc;

use super::groups::Groups;
use super::records::Records;
use crate::model::{Claim, ClaimId, Stance, Status};

/// How one claim refers to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// It can't be true together with the other.
    Contradicts,
    /// It replaces the other.
    Supersedes,
    /// It is a part of the other.
    PartOf,
}

/// An index of [`Groups`] by claim.
#[derive(Clone, Debug)]
pub(super) struct PerClaim<T: Clone> {
    ties: Groups<T>,
    facts: Groups<T>,
}

impl<T: Clone> Default for PerClaim<T> {
    fn default() -> Self {
        Self { ties: Groups::default(), facts: Groups::default() }
    }
}

impl<T: Copy + Ord> PerClaim<T> {
    /// Groups pairs of a claim and an element, for the given numbers of ties and facts.
    pub(super) fn of_pairs((ties, facts): (usize, usize), pairs: impl Iterator<Item = (ClaimId, T)>) -> Self {
        let (mut of_ties, mut of_facts) = (Vec::new(), Vec::new());
        for (owner, id) in pairs {
            match owner {
                ClaimId::Tie(tie) => of_ties.push((tie.0, id)),
                ClaimId::Fact(fact) => of_facts.push((fact.0, id)),
            }
        }
        Self { ties: Groups::of_pairs(ties, of_ties), facts: Groups::of_pairs(facts, of_facts) }
    }

    pub(super) fn of(&self, owner: ClaimId) -> &[T] {
        match owner {
            ClaimId::Tie(tie) => self.ties.of(tie.index()),
            ClaimId::Fact(fact) => self.facts.of(fact.index()),
        }
    }

    fn groups(&mut self, owner: ClaimId) -> (&mut Groups<T>, usize) {
        match owner {
            ClaimId::Tie(tie) => (&mut self.ties, tie.index()),
            ClaimId::Fact(fact) => (&mut self.facts, fact.index()),
        }
    }

    pub(super) fn insert(&mut self, owner: ClaimId, id: T) {
        let (groups, owner) = self.groups(owner);
        groups.insert(owner, id);
    }

    pub(super) fn remove(&mut self, owner: ClaimId, id: T) {
        let (groups, owner) = self.groups(owner);
        groups.remove(owner, id);
    }

    fn set(&mut self, owner: ClaimId, ids: Arc<[T]>) {
        let (groups, owner) = self.groups(owner);
        if *groups.of(owner) != *ids {
            groups.set(owner, ids);
        }
    }
}

/// For each claim, the claims that contest it.
#[derive(Clone, Debug, Default)]
pub(super) struct Contests {
    rivals: PerClaim<ClaimId>,
}

impl Contests {
    pub(super) fn new(records: &Records, referrers: &PerClaim<(ClaimId, Relation)>) -> Self {
        let counts = (records.ties.bound(), records.facts.bound());
        let rivals = records
            .claims()
            .flat_map(|(id, claim)| rivals(records, referrers, id, claim).into_iter().map(move |rival| (id, rival)));
        Self { rivals: PerClaim::of_pairs(counts, rivals) }
    }

    /// Recomputes the rivals of a claim.
    pub(super) fn update(&mut self, records: &Records, referrers: &PerClaim<(ClaimId, Relation)>, id: ClaimId) {
        let mut found = records.claim(id).map(|claim| rivals(records, referrers, id, claim)).unwrap_or_default();
        found.sort_unstable();
        found.dedup();
        self.rivals.set(id, found.into());
    }

    pub(super) fn rivals_of(&self, id: ClaimId) -> &[ClaimId] {
        self.rivals.of(id)
    }
}

/// Returns the claims that contradict a claim, stated on either side, except withdrawn ones.
fn rivals(records: &Records, referrers: &PerClaim<(ClaimId, Relation)>, id: ClaimId, claim: &Claim) -> Vec<ClaimId> {
    let named_by = referrers.of(id).iter().filter(|(_, relation)| *relation == Relation::Contradicts);
    let others = claim.contradicts.iter().copied().chain(named_by.map(|(other, _)| *other));
    let contests = |other: &ClaimId| *other != id && records.claim(*other).is_some_and(|other| !other.is_withdrawn());
    others.filter(contests).collect()
}

/// Whether a claim is disputed by its own status or evidence.
pub(super) fn has_own_doubt(claim: &Claim) -> bool {
    claim.has_status(Status::Disputed) || claim.evidence.iter().any(|piece| piece.stance.is(&Stance::Disputes))
}

#[cfg(test)]
mod tests {
    use crate::model::fixture::{self, ALDER, INVESTS, LENDS, RIVAL};
    use crate::model::{Claim, ClaimId, Fact, FactId, Map, Stance, Status, TieId, Word};

    /// The fixture without disputes and contradictions, and with an additional fact.
    fn parts() -> crate::model::MapParts {
        let mut parts = fixture::parts();
        let claims =
            parts.ties.iter_mut().map(|tie| &mut tie.claim).chain(parts.facts.iter_mut().map(|f| &mut f.claim));
        for claim in claims {
            claim.contradicts.clear();
            claim.evidence.retain(|piece| !piece.stance.is(&Stance::Disputes));
            claim.status = None;
        }
        let claim = Claim { key: "extra".into(), ..Claim::default() };
        parts.facts.push(Fact { actor: ALDER, text: "Extra".to_owned(), claim });
        parts
    }

    fn contested(map: &Map) -> Vec<ClaimId> {
        let all = map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact));
        all.filter(|&id| map.is_contested(id)).collect()
    }

    #[test]
    fn both_sides_of_a_contradiction_are_contested_whatever_they_are() {
        assert_eq!(contested(&Map::new(parts()).expect("a sound map")), []);
        let last = FactId::from_index(parts().facts.len() - 1);
        let (tie, fact) = (ClaimId::Tie(LENDS), ClaimId::Fact(last));
        for (from, to) in [(tie, ClaimId::Tie(RIVAL)), (tie, fact), (fact, tie), (fact, ClaimId::Fact(FactId(0)))] {
            let mut parts = parts();
            match from {
                ClaimId::Tie(id) => parts.ties[id.index()].claim.contradicts = vec![to, from, to],
                ClaimId::Fact(id) => parts.facts[id.index()].claim.contradicts = vec![to, from, to],
            }
            let map = Map::new(parts).expect("a sound map");
            let mut both = [from, to];
            both.sort();
            assert_eq!(contested(&map), both, "{from:?} names {to:?}");
            assert_eq!((map.contested_by(from), map.contested_by(to)), (&[to][..], &[from][..]));
            assert_eq!(map.status(to), Some(Status::Disputed));
        }
    }

    #[test]
    fn a_withdrawn_rival_contests_nothing_but_is_contested() {
        for status in [Status::Superseded, Status::Retracted] {
            for (namer, named) in [(LENDS, RIVAL), (RIVAL, LENDS)] {
                let mut parts = parts();
                parts.ties[LENDS.index()].claim.status = Some(Word::Known(status));
                parts.ties[namer.index()].claim.contradicts = vec![ClaimId::Tie(named)];
                let map = Map::new(parts).expect("a sound map");
                assert_eq!(contested(&map), [ClaimId::Tie(LENDS)]);
                assert_eq!(map.status(ClaimId::Tie(LENDS)), Some(status), "what is withdrawn stays so");
            }
        }
    }

    #[test]
    fn a_claim_alone_is_contested_by_its_authors_or_by_its_evidence() {
        let mut by_authors = parts();
        by_authors.ties[INVESTS.index()].claim.status = Some(Word::Known(Status::Disputed));
        let mut by_evidence = parts();
        by_evidence.ties[INVESTS.index()].claim.evidence[0].stance = Word::Known(Stance::Disputes);
        for parts in [by_authors, by_evidence] {
            let map = Map::new(parts).expect("a sound map").as_of(crate::model::Date::parse("2020").expect("a date"));
            assert_eq!(contested(&map), [ClaimId::Tie(INVESTS)], "in a map of another time, too");
            assert!(map.contested_by(ClaimId::Tie(INVESTS)).is_empty());
        }
    }

    #[test]
    fn a_word_that_is_not_in_the_format_is_no_status() {
        let mut parts = parts();
        parts.ties[0].claim.status = Some(Word::Other("rumored".into()));
        assert_eq!(Map::new(parts).expect("a sound map").status(ClaimId::Tie(TieId(0))), None);
    }
}
