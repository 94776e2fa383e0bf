//! The claims that a claim is related to, for display, whichever side of the relation the file states.

use std::collections::BTreeSet;

use crate::model::{ClaimId, Map, Relation};

/// The claims related to one claim, each list in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelatedClaims {
    /// Claims that can't be true together with this one.
    pub contradicts: Vec<ClaimId>,
    /// Claims that this one replaces.
    pub supersedes: Vec<ClaimId>,
    /// Claims that replace this one.
    pub superseded_by: Vec<ClaimId>,
    /// Claims that are parts of this one.
    pub parts: Vec<ClaimId>,
}

/// Returns the claims related to a claim, in either direction.
#[must_use]
pub fn related(map: &Map, id: ClaimId) -> RelatedClaims {
    let own = map.claim(id);
    let named_by = |relation: Relation| {
        let holds = move |&&(_, other): &&(ClaimId, Relation)| other == relation;
        map.named_by(id).iter().filter(holds).map(|&(claim, _)| claim)
    };
    let contradicts = own.contradicts.iter().copied().chain(named_by(Relation::Contradicts));
    RelatedClaims {
        contradicts: in_order(contradicts.filter(|&other| other != id)),
        supersedes: in_order(own.supersedes.iter().copied()),
        superseded_by: in_order(named_by(Relation::Supersedes)),
        parts: in_order(named_by(Relation::PartOf)),
    }
}

/// Sorts claims into file order and removes duplicates.
fn in_order(claims: impl Iterator<Item = ClaimId>) -> Vec<ClaimId> {
    claims.collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::related;
    use crate::model::fixture::{self, INVESTS, LENDS, PART, RETRACTED, RIVAL};
    use crate::model::{ClaimId, Map};

    #[test]
    fn relations_are_found_from_both_sides() {
        let map = fixture::map();
        assert_eq!(related(&map, ClaimId::Tie(LENDS)).contradicts, [ClaimId::Tie(RIVAL)]);
        assert_eq!(related(&map, ClaimId::Tie(RIVAL)).contradicts, [ClaimId::Tie(LENDS)]);
        assert_eq!(related(&map, ClaimId::Tie(INVESTS)).parts, [ClaimId::Tie(PART)]);

        let mut parts = fixture::parts();
        parts.ties[LENDS.index()].claim.supersedes = vec![ClaimId::Tie(RETRACTED)];
        let map = Map::new(parts).expect("a sound map");
        assert_eq!(related(&map, ClaimId::Tie(LENDS)).supersedes, [ClaimId::Tie(RETRACTED)]);
        assert_eq!(related(&map, ClaimId::Tie(RETRACTED)).superseded_by, [ClaimId::Tie(LENDS)]);
    }
}
