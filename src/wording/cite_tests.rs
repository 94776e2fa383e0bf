//! Tests of attributions and citations.

use super::{attribution, citation_text, evidence_numbers, second_hand_address_remark};
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
