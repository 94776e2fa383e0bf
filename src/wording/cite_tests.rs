//! Tests of attributions and citations.

use super::{
    attribution, citation_text, common_source, common_source_line, evidence_numbers, second_hand_address_remark,
};
use crate::model::fixture::{self, AGREEMENT, INVESTS, LENDS, SHARES};
use crate::model::{ClaimId, Map};

#[test]
fn what_was_read_elsewhere_names_both() {
    let map = fixture::map();
    assert_eq!(attribution(&map, &map.tie(INVESTS).claim.evidence[0]), "Digest, citing The Herald");
    assert_eq!(attribution(&map, &map.tie(LENDS).claim.evidence[0]), "The Courier");
}

#[test]
fn numbers_are_those_of_the_sources_that_say_it() {
    let map = fixture::map();
    assert_eq!(evidence_numbers(&map, ClaimId::Tie(INVESTS)), [1]);
    assert_eq!(evidence_numbers(&map, ClaimId::Tie(LENDS)), [1, 5]);
    assert!(evidence_numbers(&map, ClaimId::Tie(AGREEMENT)).is_empty());
}

#[test]
fn a_source_of_all_ties_is_told_once() {
    use crate::model::MapParts;
    use crate::model::fixture::{COURIER, DIGEST, HERALD, of_one_source};
    let common = |change: &dyn Fn(&mut MapParts)| {
        let mut parts = of_one_source(8);
        change(&mut parts);
        common_source(&Map::new(parts).expect("a sound map"))
    };
    assert_eq!(common(&|_| ()), Some(COURIER));
    let map = Map::new(of_one_source(8)).expect("a sound map");
    assert!(common_source_line(&map, COURIER).starts_with("All ties: [1] The Courier"));
    assert_eq!(common(&|parts| parts.ties.truncate(7)), None, "seven numbers are few");
    assert_eq!(common(&|parts| parts.ties[3].claim.evidence.clear()), None, "a tie without source");
    assert_eq!(common(&|parts| parts.ties[7].claim.evidence[0].source = HERALD), None, "a tie with another source");
    let further = |parts: &mut MapParts| {
        let other = crate::model::Evidence { source: HERALD, ..parts.ties[7].claim.evidence[0].clone() };
        parts.ties[7].claim.evidence.push(other);
    };
    assert_eq!(common(&further), None, "a tie with a further source");
    let second_hand = |parts: &mut MapParts| {
        parts.ties[0].claim.evidence[0].cited_in =
            Some(crate::model::CitedIn { source: DIGEST, locator: None, quote: None, accessed: None });
    };
    assert_eq!(common(&second_hand), None, "a document in which the source was read");
}

#[test]
fn a_front_page_of_a_second_hand_source_is_called_so() {
    let map = fixture::map();
    let remark = second_hand_address_remark(&map, &map.tie(INVESTS).claim.evidence[0]);
    assert_eq!(remark.as_deref(), Some("link to the publisher’s home page only; the digest gives no address"));
    assert_eq!(second_hand_address_remark(&map, &map.tie(SHARES).claim.evidence[0]), None);

    let mut parts = fixture::parts();
    parts.sources[1].csl = None;
    let map = Map::new(parts).expect("a sound map");
    let remark = second_hand_address_remark(&map, &map.tie(INVESTS).claim.evidence[0]);
    assert_eq!(
        remark.as_deref(),
        Some("link to the publisher’s home page only; A digest of the news gives no address")
    );
}

#[test]
fn citations_hold_sentence_quote_and_place() {
    let map = fixture::map();
    let expected = "Alder invests in Birch: more than $13 billion, since 2019, active.\n\
        [1] “has invested more than $13 billion” (The Herald, March 2026, herald.example; read in A digest of the news, paragraph 2)";
    assert_eq!(citation_text(&map, ClaimId::Tie(INVESTS)), expected);
    let expected = "Cedar Bank lends to Birch: €5 million, disputed.\n\
        [5] The Courier, courier.example\n[1] Disputes: The Herald, March 2026, herald.example";
    assert_eq!(citation_text(&map, ClaimId::Tie(LENDS)), expected);
    let expected = "Agreement between Alder (lead), Birch and Cedar Bank (lender): Step-in agreement, no source.";
    assert_eq!(citation_text(&map, ClaimId::Tie(AGREEMENT)), expected);
}
