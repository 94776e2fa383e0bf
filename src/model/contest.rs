//! How claims speak against each other and name each other, from both sides: a file needs to state each relation
//! on one side only. Built once per map; work grows with the number of claims and of references between them.

use super::groups::Groups;
use super::{Claim, ClaimId, FactId, MapParts, Stance, Status, TieId};

/// What one claim names another as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// It can't be true together with it.
    Contradicts,
    /// It takes its place.
    Supersedes,
    /// It is a part of it.
    PartOf,
}

/// Rows of an index over all claims: ties first, then facts.
#[derive(Clone, Copy, Debug, Default)]
struct Rows {
    ties: usize,
    all: usize,
}

impl Rows {
    fn new(parts: &MapParts) -> Self {
        Self { ties: parts.ties.len(), all: parts.ties.len() + parts.facts.len() }
    }

    fn of(self, id: ClaimId) -> usize {
        match id {
            ClaimId::Tie(tie) => tie.index(),
            ClaimId::Fact(fact) => self.ties + fact.index(),
        }
    }
}

/// All claims in the file's order: ties, then facts.
fn claims(parts: &MapParts) -> impl Iterator<Item = (ClaimId, &Claim)> {
    let ties = parts.ties.iter().enumerate().map(|(index, tie)| (ClaimId::Tie(TieId::from_index(index)), &tie.claim));
    let facts = parts.facts.iter().enumerate();
    ties.chain(facts.map(|(index, fact)| (ClaimId::Fact(FactId::from_index(index)), &fact.claim)))
}

/// Which claims are contested, and which other claims contest each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Contests {
    rows: Rows,
    is_contested: Vec<bool>,
    rivals: Groups<ClaimId>,
}

impl Contests {
    pub(super) fn new(parts: &MapParts) -> Self {
        let rows = Rows::new(parts);
        let is_withdrawn: Vec<bool> = claims(parts).map(|(_, claim)| claim.is_withdrawn()).collect();
        let mut pairs = Vec::new();
        for (id, claim) in claims(parts) {
            for &other in claim.contradicts.iter().filter(|&&other| other != id) {
                for (contested, rival) in [(id, other), (other, id)] {
                    if !is_withdrawn[rows.of(rival)] {
                        pairs.push((rows.of(contested) as u32, rival));
                    }
                }
            }
        }
        let rivals = Groups::of_pairs(rows.all, pairs);
        let has_own_doubt = |claim: &Claim| {
            claim.has_status(Status::Disputed) || claim.evidence.iter().any(|piece| piece.stance.is(&Stance::Disputes))
        };
        let is_contested =
            claims(parts).map(|(id, claim)| has_own_doubt(claim) || !rivals.of(rows.of(id)).is_empty()).collect();
        Self { rows, is_contested, rivals }
    }

    pub(super) fn has(&self, id: ClaimId) -> bool {
        self.is_contested[self.rows.of(id)]
    }

    pub(super) fn rivals_of(&self, id: ClaimId) -> &[ClaimId] {
        self.rivals.of(self.rows.of(id))
    }
}

/// Which claims name a claim.
#[derive(Clone, Debug, Default)]
pub(super) struct Referrers {
    rows: Rows,
    by: Groups<(ClaimId, Relation)>,
}

impl Referrers {
    pub(super) fn new(parts: &MapParts) -> Self {
        let rows = Rows::new(parts);
        let mut pairs = Vec::new();
        for (id, claim) in claims(parts) {
            let contradicts = claim.contradicts.iter().map(|&other| (other, Relation::Contradicts));
            let supersedes = claim.supersedes.iter().map(|&other| (other, Relation::Supersedes));
            let whole = claim.part_of.iter().map(|&other| (other, Relation::PartOf));
            for (other, relation) in contradicts.chain(supersedes).chain(whole) {
                pairs.push((rows.of(other) as u32, (id, relation)));
            }
        }
        Self { rows, by: Groups::of_pairs(rows.all, pairs) }
    }

    pub(super) fn of(&self, id: ClaimId) -> &[(ClaimId, Relation)] {
        self.by.of(self.rows.of(id))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::fixture::{self, ALDER, INVESTS, LENDS, RIVAL};
    use crate::model::{Claim, ClaimId, Fact, FactId, Map, Stance, Status, TieId, Word};

    /// The fixture without a word of doubt, and with one fact more.
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
        assert_eq!(contested(&Map::new(parts())), []);
        let last = FactId::from_index(parts().facts.len() - 1);
        let (tie, fact) = (ClaimId::Tie(LENDS), ClaimId::Fact(last));
        for (from, to) in [(tie, ClaimId::Tie(RIVAL)), (tie, fact), (fact, tie), (fact, ClaimId::Fact(FactId(0)))] {
            let mut parts = parts();
            match from {
                ClaimId::Tie(id) => parts.ties[id.index()].claim.contradicts = vec![to, from, to],
                ClaimId::Fact(id) => parts.facts[id.index()].claim.contradicts = vec![to, from, to],
            }
            let map = Map::new(parts);
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
                let map = Map::new(parts);
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
            let map = Map::new(parts).as_of(crate::model::Date::parse("2020").expect("a date"));
            assert_eq!(contested(&map), [ClaimId::Tie(INVESTS)], "in a map of another time, too");
            assert!(map.contested_by(ClaimId::Tie(INVESTS)).is_empty());
        }
    }

    #[test]
    fn a_word_that_is_not_in_the_format_is_no_status() {
        let mut parts = parts();
        parts.ties[0].claim.status = Some(Word::Other("rumored".into()));
        assert_eq!(Map::new(parts).status(ClaimId::Tie(TieId(0))), None);
    }
}
