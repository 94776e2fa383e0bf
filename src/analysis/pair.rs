//! Summary of all ties between two actors: kinds, directions, sums, sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Ends, Map, Pair, SourceId, TieId, TieKindId};

use super::sums::{Sum, sums};

/// Summary of the ties of one pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairSummary {
    /// The two actors.
    pub pair: Pair,
    /// The ties, in the given order.
    pub ties: Vec<TieId>,
    /// Kinds with the number of ties of each, most frequent first, then in the map's order.
    pub kinds: Vec<(TieKindId, usize)>,
    /// Number of directed ties from the pair's first actor to its second.
    pub forward: usize,
    /// Number of directed ties from the second actor to the first.
    pub backward: usize,
    /// Sums of the amounts, one per currency.
    pub sums: Vec<Sum>,
    /// All sources cited as evidence.
    pub sources: BTreeSet<SourceId>,
    /// Number of ties without evidence.
    pub unsourced: usize,
}

/// Summarizes the ties of a pair; `None` unless all ties connect the same two actors or the same actor with itself.
#[must_use]
pub fn summarize_pair(map: &Map, ties: &[TieId]) -> Option<PairSummary> {
    let pair = Pair::of_ends(&map.tie(*ties.first()?).ends)?;
    let mut kinds: BTreeMap<TieKindId, usize> = BTreeMap::new();
    let mut sources = BTreeSet::new();
    let (mut forward, mut backward, mut unsourced) = (0, 0, 0);
    for &id in ties {
        let tie = map.tie(id);
        let Ends::Pair { from, to } = tie.ends else { return None };
        if Pair::new(from, to) != pair {
            return None;
        }
        *kinds.entry(tie.kind).or_default() += 1;
        let is_directed = tie.is_directed && !pair.is_loop();
        forward += usize::from(is_directed && from == pair.actors()[0]);
        backward += usize::from(is_directed && from != pair.actors()[0]);
        unsourced += usize::from(tie.claim.evidence.is_empty());
        sources.extend(tie.claim.evidence.iter().map(|piece| piece.source));
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let sums = sums(map, ties.iter().copied());
    Some(PairSummary { pair, ties: ties.to_vec(), kinds, forward, backward, sums, sources, unsourced })
}

#[cfg(test)]
mod tests {
    use super::summarize_pair;
    use crate::model::fixture::{self, AGREEMENT, INVESTS, LENDS, PART};
    use crate::model::{Ends, Map};

    #[test]
    fn kinds_directions_and_sources_are_counted() {
        let mut parts = fixture::parts();
        let Ends::Pair { from, to } = parts.ties[INVESTS.index()].ends else { panic!("a pair") };
        parts.ties[LENDS.index()].ends = Ends::Pair { from: to, to: from };
        parts.ties[LENDS.index()].is_directed = true;
        parts.ties[LENDS.index()].claim.evidence.clear();
        let map = Map::new(parts).expect("a sound map");
        let found = summarize_pair(&map, &[INVESTS, LENDS]).expect("one pair");
        assert_eq!((found.forward, found.backward, found.unsourced), (1, 1, 1));
        assert_eq!(found.kinds.len(), 2);
        let cited: Vec<_> = map.tie(INVESTS).claim.evidence.iter().map(|piece| piece.source).collect();
        assert_eq!(found.sources.into_iter().collect::<Vec<_>>(), cited);
        let currencies: Vec<_> = found.sums.iter().map(|sum| sum.amount.currency.clone()).collect();
        assert_eq!(currencies, [Some("EUR".to_owned()), Some("USD".to_owned())]);
    }

    #[test]
    fn ties_of_two_pairs_are_no_pair() {
        let map = fixture::map();
        assert!(summarize_pair(&map, &[INVESTS, AGREEMENT]).is_none());
        assert!(summarize_pair(&map, &[]).is_none());
        assert!(summarize_pair(&map, &[INVESTS, PART]).is_some());
    }
}
