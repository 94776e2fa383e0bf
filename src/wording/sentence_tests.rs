//! Tests of sentences and titles of all forms of ties.

use super::{claim_sentence, fact_sentence, tie_label, tie_sentence, tie_title};
use crate::model::fixture::{self, AGREEMENT, INVESTS, LENDS, RETRACTED, SELF, SHARES};
use crate::model::{ActorId, Claim, ClaimId, Ends, FactId, Map, Party, TieId};

#[test]
fn sentences_of_every_form() {
    let map = fixture::map();
    let cases = [
        (INVESTS, "Alder invests in Birch: more than $13 billion, since 2019, active"),
        (SHARES, "Birch shares revenue with Alder"),
        (LENDS, "Cedar Bank lends to Birch: €5 million, disputed"),
        (RETRACTED, "Cedar Bank lends to Birch: €100 million, retracted"),
        (AGREEMENT, "Agreement between Alder (lead), Birch and Cedar Bank (lender): Step-in agreement, no source"),
        (SELF, "Agreement between Dana Elm and themselves: no source"),
    ];
    for (tie, sentence) in cases {
        assert_eq!(tie_sentence(&map, tie), sentence);
    }
}

#[test]
fn titles_of_every_form() {
    let map = fixture::map();
    assert_eq!(tie_title(&map, INVESTS), "Alder → Birch");
    assert_eq!(tie_title(&map, SHARES), "Birch – Alder");
    assert_eq!(tie_title(&map, AGREEMENT), "Alder · Birch · Cedar Bank");
    assert_eq!(tie_title(&map, SELF), "Dana Elm – itself");
    assert_eq!(tie_label(&map, AGREEMENT), "Step-in agreement");
    assert_eq!(tie_label(&map, INVESTS), "Investment");
}

#[test]
fn facts_name_their_actor_and_stage() {
    let map = fixture::map();
    assert_eq!(fact_sentence(&map, FactId(0)), "Alder: Plans to spend (planned)");
    assert_eq!(claim_sentence(&map, ClaimId::Fact(FactId(0))), fact_sentence(&map, FactId(0)));
}

#[test]
fn a_verb_with_a_direction_is_not_used_without_one() {
    let mut parts = fixture::parts();
    parts.ties[0].is_directed = false;
    parts.ties[0].claim = Claim { evidence: parts.ties[0].claim.evidence.clone(), ..Claim::default() };
    parts.tie_kinds[2].verb = None;
    let map = Map::new(parts).expect("a sound map");
    assert_eq!(tie_sentence(&map, INVESTS), "Investment between Alder and Birch");
    assert_eq!(tie_sentence(&map, LENDS), "Loan from Cedar Bank to Birch: €5 million, disputed");
}

#[test]
fn parties_may_be_few_and_names_hide_nothing() {
    let mut parts = fixture::parts();
    parts.actors[1].name = "Bir\u{202E}ch".to_owned();
    parts.ties[5].ends = Ends::Parties(vec![Party { actor: ActorId(1), role: Some(" ".to_owned()) }]);
    let map = Map::new(parts).expect("a sound map");
    assert_eq!(tie_sentence(&map, TieId(5)), "Agreement of Bir[U+202E]ch: Step-in agreement, no source");
}
