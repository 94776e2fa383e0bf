//! Measures how well claims are sourced. Support is counted by publisher, once per text, and excludes statements of the
//! parties themselves.

use std::collections::BTreeSet;

use crate::model::{ActorId, ClaimId, Map, SourceId, Stance, TieId};

/// The support of one claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// Number of pieces of evidence, of any stance.
    pub pieces: usize,
    /// Names of the independently supporting publishers, each once, in the order of the evidence.
    pub independent: Vec<String>,
    /// Whether all support comes from the actors that the claim is about.
    pub is_own_word_only: bool,
    /// Whether all support was read in a document other than the source itself.
    pub is_second_hand: bool,
}

/// Counts of a set of ties by quality of sourcing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Number of ties counted.
    pub ties: usize,
    /// Ties with any evidence.
    pub sourced: usize,
    /// Ties supported by at least one independent publisher.
    pub independent: usize,
    /// Ties supported by two or more independent publishers.
    pub confirmed: usize,
    /// Ties whose support is all second-hand.
    pub second_hand: usize,
    /// Ties supported only by the parties' own statements.
    pub own_word_only: usize,
    /// Contested ties, see [`Map::is_contested`].
    pub disputed: usize,
}

/// Counts ties by quality of sourcing.
#[must_use]
pub fn coverage(map: &Map, ties: impl IntoIterator<Item = TieId>) -> Coverage {
    let mut counted = Coverage::default();
    for tie in ties {
        let support = support(map, ClaimId::Tie(tie));
        counted.ties += 1;
        counted.sourced += usize::from(support.pieces > 0);
        counted.independent += usize::from(!support.independent.is_empty());
        counted.confirmed += usize::from(support.independent.len() > 1);
        counted.second_hand += usize::from(support.is_second_hand);
        counted.own_word_only += usize::from(support.is_own_word_only);
        counted.disputed += usize::from(map.is_contested(ClaimId::Tie(tie)));
    }
    counted
}

/// Returns the publishers that support a claim independently of the actors it is about.
#[must_use]
pub fn independent_publishers(map: &Map, id: ClaimId) -> Vec<String> {
    support(map, id).independent
}

/// Computes the support of a claim.
#[must_use]
pub fn support(map: &Map, id: ClaimId) -> Support {
    let actors = match id {
        ClaimId::Tie(tie) => map.tie(tie).ends.actors(),
        ClaimId::Fact(fact) => vec![map.fact(fact).actor],
    };
    let evidence = &map.claim(id).evidence;
    let mut support = Support { pieces: evidence.len(), ..Support::default() };
    let mut counted = BTreeSet::new();
    let supporting: Vec<_> = evidence.iter().filter(|piece| piece.stance.is(&Stance::Supports)).collect();
    support.is_second_hand = !supporting.is_empty() && supporting.iter().all(|piece| piece.cited_in.is_some());
    for piece in &supporting {
        // A copied text counts for its first publisher.
        let text = first_text(map, piece.source);
        let is_own_word = speaks_for(map, piece.source, &actors) || speaks_for(map, text, &actors);
        let publisher = publisher_name(map, text);
        if !is_own_word && counted.insert(publisher.to_lowercase()) {
            support.independent.push(publisher);
        }
    }
    support.is_own_word_only = !supporting.is_empty() && support.independent.is_empty();
    support
}

fn speaks_for(map: &Map, source: SourceId, actors: &[ActorId]) -> bool {
    map.source(source).by.iter().any(|actor| actors.contains(actor))
}

/// Returns the first publication of a text by following `same_as`; stops where a cycle closes.
fn first_text(map: &Map, id: SourceId) -> SourceId {
    let mut root = id;
    for _ in 0..map.sources().len() {
        match map.source(root).same_as {
            Some(next) if next != id => root = next,
            _ => break,
        }
    }
    root
}

/// Returns the name to count by: the publisher, else the domain, else the title, else the key.
fn publisher_name(map: &Map, id: SourceId) -> String {
    let source = map.source(id);
    let publisher = source.publisher.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let name = publisher.or_else(|| source.domain()).or_else(|| source.title.clone());
    name.unwrap_or_else(|| source.key.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Coverage, coverage, independent_publishers, support};
    use crate::model::fixture::{self, AGREEMENT, COURIER, HERALD, INVESTS, LENDS, SHARES, STATEMENT_COPY};
    use crate::model::{ClaimId, Map, Stance, TieId};

    #[test]
    fn second_hand_support_counts_and_is_called_so() {
        let map = fixture::map();
        let found = support(&map, ClaimId::Tie(INVESTS));
        assert_eq!(found.independent, ["The Herald"]);
        assert!(found.is_second_hand && !found.is_own_word_only);
    }

    #[test]
    fn a_partys_own_word_is_not_independent_in_any_copy() {
        let map = fixture::map();
        let found = support(&map, ClaimId::Tie(SHARES));
        assert!(found.independent.is_empty() && found.is_own_word_only);
        assert_eq!(found.pieces, 2);
    }

    #[test]
    fn only_support_counts() {
        let map = fixture::map();
        assert_eq!(independent_publishers(&map, ClaimId::Tie(LENDS)), ["The Courier"]);
        let nothing = support(&map, ClaimId::Tie(AGREEMENT));
        assert!(nothing.pieces == 0 && !nothing.is_second_hand && !nothing.is_own_word_only);
    }

    #[test]
    fn publishers_and_taken_over_texts_count_once() {
        let mut parts = fixture::parts();
        // The Herald copies the Courier's text; the Courier appears a second time in another spelling.
        parts.sources[HERALD.index()].same_as = Some(COURIER);
        parts.sources[STATEMENT_COPY.index()].same_as = None;
        parts.sources[STATEMENT_COPY.index()].publisher = Some("the courier".to_owned());
        parts.ties[LENDS.index()].claim.evidence =
            [HERALD, COURIER, STATEMENT_COPY].map(|source| fixture::says(source, Stance::Supports)).to_vec();
        assert_eq!(
            independent_publishers(&Map::new(parts).expect("a sound map"), ClaimId::Tie(LENDS)),
            ["The Courier"]
        );
    }

    #[test]
    fn a_circle_of_copies_ends() {
        let mut parts = fixture::parts();
        parts.sources[HERALD.index()].same_as = Some(COURIER);
        parts.sources[COURIER.index()].same_as = Some(HERALD);
        assert_eq!(independent_publishers(&Map::new(parts).expect("a sound map"), ClaimId::Tie(LENDS)).len(), 1);
    }

    #[test]
    fn coverage_counts_each_tie_once() {
        let map = fixture::map();
        let all = coverage(&map, map.tie_ids());
        let expected = Coverage {
            ties: 8,
            sourced: 5,
            independent: 4,
            confirmed: 0,
            second_hand: 1,
            own_word_only: 1,
            disputed: 2,
        };
        assert_eq!(all, expected);
        assert_eq!(coverage(&map, [] as [TieId; 0]), Coverage::default());
    }
}
