//! Tests of sentences and titles of all forms of ties.

use super::{claim_sentence, fact_sentence, tie_label, tie_sentence, tie_title};
use crate::model::fixture::{self, AGREEMENT, INVESTS, LENDS, RETRACTED, SELF, SHARES};
use crate::model::{ActorId, Amount, Bound, Claim, ClaimId, Ends, FactId, Map, Party, Stage, TieId, Word};

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

/// Returns the sentences of a loan with a verb and of one without, both with these details and a source.
fn loans(details: Claim) -> [String; 2] {
    let mut parts = fixture::parts();
    let loan = &mut parts.ties[RETRACTED.index()].claim;
    *loan = Claim { key: loan.key.clone(), evidence: loan.evidence.clone(), ..details };
    let with_verb = Map::new(parts.clone()).expect("a sound map");
    parts.tie_kinds[2].verb = None;
    let without = Map::new(parts).expect("a sound map");
    [with_verb, without].map(|map| tie_sentence(&map, RETRACTED))
}

#[test]
fn channel_and_period_are_part_of_the_sentence_unless_figures_stand_between() {
    let plain = Claim::default;
    let on = |text: &str| Claim { date: fixture::date(text), ..plain() };
    let span = |start: &str, end: &str| Claim { start: fixture::date(start), end: fixture::date(end), ..plain() };
    let active = || Some(Word::Known(Stage::Active));
    let bound = Some(Bound { value: 25.into(), is_inclusive: true });
    let share = Some(Box::new(Amount { lower: bound, upper: bound, ..Amount::default() }));
    let via = || Some("Elm".to_owned());
    let label = Some("Bridge loan".to_owned());
    let cases = [
        (plain(), ""),
        (on("2019"), " in 2019"),
        (on("2019-04-01"), " on 1 April 2019"),
        (on("2019~"), " around 2019"),
        (Claim { end: fixture::date("2024"), ..plain() }, " until 2024"),
        (Claim { start: fixture::date("2024"), ..plain() }, " from 2024"),
        (span("2019", ".."), ", since 2019"),
        (Claim { end: fixture::date(".."), ..plain() }, ", ongoing"),
        (Claim { first_seen: fixture::date("2018"), ..plain() }, ", first seen in 2018"),
        (Claim { stage: active(), ..plain() }, ": active"),
        (Claim { stage: active(), ..on("2019") }, " in 2019: active"),
        (Claim { stage: active(), ..span("2019", "..") }, ": since 2019, active"),
        (Claim { via: via(), ..plain() }, " via Elm"),
        (Claim { via: via(), ..on("2019") }, " via Elm in 2019"),
        (Claim { via: via(), ..span("2019", "..") }, " via Elm, since 2019"),
        (Claim { amount: fixture::money(5_000_000, "EUR"), ..on("2019") }, ": €5 million, in 2019"),
        (Claim { share, ..on("2019") }, ": 25%, in 2019"),
        (Claim { label, via: via(), ..on("2019") }, ": Bridge loan, via Elm, in 2019"),
    ];
    for (details, expected) in cases {
        let sentences = ["Cedar Bank lends to Birch", "Loan from Cedar Bank to Birch"];
        let range = if expected == " from 2024" { ", from 2024" } else { expected };
        assert_eq!(loans(details), [format!("{}{expected}", sentences[0]), format!("{}{range}", sentences[1])]);
    }
    let whole = loans(Claim { stage: active(), ..span("2011", "2022-10") });
    let period = "from 2011 to October 2022: active";
    assert_eq!(whole[0], format!("Cedar Bank lends to Birch {period}"));
    assert_eq!(whole[1], format!("Loan from Cedar Bank to Birch, {period}"));
    let unsourced = Map::new({
        let mut parts = fixture::parts();
        parts.ties[6].claim.date = fixture::date("2019");
        parts
    });
    let unsourced = tie_sentence(&unsourced.expect("a sound map"), SELF);
    assert_eq!(unsourced, "Agreement between Dana Elm and themselves in 2019: no source");
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
