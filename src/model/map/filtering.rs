//! Filtering of ties by a [`Filter`].

use crate::model::{Claim, ClaimId, Filter, Map, TieId, Validity, Word};

impl Filter {
    /// Whether a tie passes the filter; doesn't check its actors.
    #[must_use]
    pub fn lets_tie(&self, map: &Map, id: TieId) -> bool {
        !self.hidden_tie_kinds.contains(&map.tie(id).kind)
            && self.lets_weight(map, id)
            && self.lets_claim(map, ClaimId::Tie(id))
    }

    /// Whether a tie has the least weight.
    #[must_use]
    pub fn lets_weight(&self, map: &Map, id: TieId) -> bool {
        let weight = map.tie(id).claim.metadata.weight;
        self.min_weight.is_none_or(|least| weight.is_some_and(|weight| weight >= least))
    }

    fn lets_claim(&self, map: &Map, id: ClaimId) -> bool {
        let claim = map.claim(id);
        let stage = claim.stage.as_ref().and_then(Word::known);
        let status = map.status(id);
        stage.is_none_or(|stage| !self.hidden_stages.contains(&stage))
            && status.is_none_or(|status| !self.hidden_statuses.contains(&status))
            && self.lets_evidence(map, claim)
            && self.as_of.as_ref().is_none_or(|time| claim.validity_at(time) != Validity::No)
    }

    fn lets_evidence(&self, map: &Map, claim: &Claim) -> bool {
        if claim.evidence.is_empty() {
            return !self.hides_unsourced;
        }
        let mut kinds = claim.evidence.iter().map(|piece| map.source(piece.source).sort());
        kinds.any(|kind| !self.hidden_source_kinds.contains(&kind))
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use crate::model::fixture;
    use crate::model::{Date, Filter, Map, SourceKind, Tie, TieId, Word};

    fn shown<'a>(map: &'a Map, filter: &Filter) -> Vec<&'a str> {
        let ties = map.tie_ids().filter(|&tie| filter.lets_tie(map, tie));
        ties.map(|tie| &*map.tie(tie).claim.key).collect()
    }

    #[test]
    fn one_piece_of_evidence_of_a_kind_is_enough() {
        let mut parts = fixture::parts();
        for source in &mut parts.sources {
            source.kind = Some(Word::Known(SourceKind::News));
        }
        let tie = parts.ties.iter().position(|tie| tie.claim.evidence.len() > 1).expect("a tie with two sources");
        let filed = parts.ties[tie].claim.evidence[1].source;
        parts.sources[filed.index()].kind = Some(Word::Known(SourceKind::Filing));
        let map = Map::new(parts).expect("a sound map");
        let filter = Filter {
            hidden_source_kinds: [SourceKind::News].into(),
            hidden_statuses: [].into(),
            hides_unsourced: true,
            ..Filter::default()
        };
        let rests_on_it = |tie: &&Tie| tie.claim.evidence.iter().any(|piece| piece.source == filed);
        let expected: Vec<&str> = map.ties().values().filter(rests_on_it).map(|tie| &*tie.claim.key).collect();
        assert_eq!(shown(&map, &filter), expected);
        assert!(
            expected.contains(&&*map.ties()[TieId::from_index(tie)].claim.key) && expected.len() < map.ties().len()
        );
    }

    #[test]
    fn a_tie_must_be_known_to_have_the_least_weight() {
        let mut parts = fixture::parts();
        let light = parts.ties[0].claim.key.clone();
        let heavy = parts.ties[1].claim.key.clone();
        parts.ties[0].claim.metadata.weight = Some(Decimal::new(19, 1));
        parts.ties[1].claim.metadata.weight = Some(Decimal::TWO);
        let map = Map::new(parts).expect("a sound map");
        let least = |least: i64| Filter { min_weight: Some(Decimal::from(least)), ..Filter::default() };
        assert_eq!(shown(&map, &least(2)), [&*heavy]);
        assert_eq!(shown(&map, &least(1)), [&*light, &*heavy]);
    }

    #[test]
    fn a_tie_that_had_not_begun_is_left_out() {
        let mut parts = fixture::parts();
        parts.ties.iter_mut().for_each(|tie| {
            (tie.claim.start, tie.claim.end, tie.claim.date, tie.claim.stages) = (None, None, None, Vec::new());
        });
        parts.ties[0].claim.start = Date::parse("2024-05").ok();
        let map = Map::new(parts).expect("a sound map");
        let as_of = |text: &str| shown(&map, &Filter { as_of: Date::parse(text).ok(), ..Filter::default() }).len();
        let all = shown(&map, &Filter::default()).len();
        assert_eq!((as_of("2023"), as_of("2024-04-30"), as_of("2024")), (all - 1, all - 1, all));
    }
}
