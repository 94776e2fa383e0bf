//! How claims refer to each other, both ways: a file needs to state each relation on one side only.

use std::collections::BTreeSet;

use crate::model::{Claim, ClaimId, Map, Stance, Status};

/// Claims that refer to one claim or that it refers to, each list in the file's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// Claims that cannot be true together with it.
    pub contradicts: Vec<ClaimId>,
    /// Claims whose place it takes.
    pub supersedes: Vec<ClaimId>,
    /// Claims that take its place.
    pub superseded_by: Vec<ClaimId>,
    /// Claims that are parts of it.
    pub parts: Vec<ClaimId>,
}

/// What refers to a claim and what it refers to.
#[must_use]
pub fn related(map: &Map, id: ClaimId) -> Related {
    let own = map.claim(id);
    let holds = |other: &(ClaimId, &Claim), list: fn(&Claim) -> &[ClaimId]| {
        other.0 != id && (list(own).contains(&other.0) || list(other.1).contains(&id))
    };
    let mut found = Related::default();
    for other in claims(map) {
        if holds(&other, |claim| &claim.contradicts) {
            found.contradicts.push(other.0);
        }
        if own.supersedes.contains(&other.0) {
            found.supersedes.push(other.0);
        }
        if other.1.supersedes.contains(&id) {
            found.superseded_by.push(other.0);
        }
        if other.1.part_of == Some(id) {
            found.parts.push(other.0);
        }
    }
    found
}

/// The claims that carry the sign of dispute: disputed by status or by evidence, or contradicted by another
/// claim that is not withdrawn.
#[must_use]
pub fn contested(map: &Map) -> BTreeSet<ClaimId> {
    let mut found = BTreeSet::new();
    for (id, claim) in claims(map) {
        if claim.has_status(Status::Disputed) || claim.evidence.iter().any(|piece| piece.stance.is(&Stance::Disputes)) {
            found.insert(id);
        }
        for &other in claim.contradicts.iter().filter(|&&other| other != id) {
            if !claim.is_withdrawn() {
                found.insert(other);
            }
            if !map.claim(other).is_withdrawn() {
                found.insert(id);
            }
        }
    }
    found
}

/// Whether a claim carries the sign of dispute, as [`contested`] finds it for all; quicker for a single one.
#[must_use]
pub fn is_contested(map: &Map, id: ClaimId) -> bool {
    let own = map.claim(id);
    let is_rival =
        |(other, claim): (ClaimId, &Claim)| other != id && !claim.is_withdrawn() && claim.contradicts.contains(&id);
    own.has_status(Status::Disputed)
        || own.evidence.iter().any(|piece| piece.stance.is(&Stance::Disputes))
        || own.contradicts.iter().any(|&other| other != id && !map.claim(other).is_withdrawn())
        || claims(map).any(is_rival)
}

/// All claims in the file's order: ties, then facts.
fn claims(map: &Map) -> impl Iterator<Item = (ClaimId, &Claim)> {
    let ids = map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact));
    ids.map(|id| (id, map.claim(id)))
}

#[cfg(test)]
mod tests {
    use super::{claims, contested, is_contested, related};
    use crate::model::fixture::{self, INVESTS, LENDS, PART, RETRACTED, RIVAL};
    use crate::model::{ClaimId, Map, Status, Word};

    #[test]
    fn relations_are_found_from_both_sides() {
        let map = fixture::map();
        assert_eq!(related(&map, ClaimId::Tie(LENDS)).contradicts, [ClaimId::Tie(RIVAL)]);
        assert_eq!(related(&map, ClaimId::Tie(RIVAL)).contradicts, [ClaimId::Tie(LENDS)]);
        assert_eq!(related(&map, ClaimId::Tie(INVESTS)).parts, [ClaimId::Tie(PART)]);

        let mut parts = fixture::parts();
        parts.ties[LENDS.index()].claim.supersedes = vec![ClaimId::Tie(RETRACTED)];
        let map = Map::new(parts);
        assert_eq!(related(&map, ClaimId::Tie(LENDS)).supersedes, [ClaimId::Tie(RETRACTED)]);
        assert_eq!(related(&map, ClaimId::Tie(RETRACTED)).superseded_by, [ClaimId::Tie(LENDS)]);
    }

    fn check_single_ones(map: &Map) {
        let all = contested(map);
        assert!(claims(map).all(|(id, _)| is_contested(map, id) == all.contains(&id)));
    }

    #[test]
    fn both_sides_of_a_contradiction_are_contested() {
        assert_eq!(contested(&fixture::map()), [ClaimId::Tie(LENDS), ClaimId::Tie(RIVAL)].into());
        check_single_ones(&fixture::map());
    }

    #[test]
    fn a_withdrawn_rival_contests_nothing() {
        let mut parts = fixture::parts();
        parts.ties[LENDS.index()].claim.status = Some(Word::Known(Status::Superseded));
        parts.ties[LENDS.index()].claim.evidence.clear();
        let map = Map::new(parts);
        assert_eq!(contested(&map), [ClaimId::Tie(LENDS)].into());
        check_single_ones(&map);
    }
}
