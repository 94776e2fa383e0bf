//! Tests of redaction over all fields of a map.

use super::placeholders::{QUOTE_WITHHELD, TITLE_WITHHELD};
use super::records::letters;
use super::*;
use crate::model::fixture::{self, ALDER, BIRCH, CEDAR, COURIER, HERALD, INVESTS, LENDS, STATEMENT};
use crate::model::{ActorKindId, ClaimId, Quote, TieKindId};

fn said(map: &Map) -> String {
    format!("{:?}", map.records()).to_lowercase()
}

fn without(actors: &[ActorId]) -> Redaction {
    Redaction { actors: actors.iter().copied().collect(), ..Redaction::default() }
}

#[test]
fn redacted_names_are_nowhere() {
    let mut parts = fixture::parts();
    parts.meta.title = Some("Alder's empire".to_owned());
    parts.ties[1].claim.label = Some("the ALDER deal".to_owned());
    parts.sources[0].url = Some("https://herald.example/2026/who-owns-al-der".to_owned());
    parts.actors[2].summary = Some("Lends to alder.".to_owned());
    let map = Map::new(parts).expect("a sound map");
    let redacted = redact(&map, &without(&[ALDER]));
    assert!(!said(&redacted).contains("alder"), "{}", said(&redacted));
    assert_eq!(redacted.actor(ALDER).name, "Company A");
    assert_eq!(redacted.meta().title.as_deref(), Some(TITLE_WITHHELD));
    assert_eq!(redacted.actor(BIRCH).name, "Birch");
    assert!(redacted.source(HERALD).url.is_none());
}

#[test]
fn records_and_numbers_stay_in_place() {
    let map = fixture::map();
    let kinds =
        Redaction { actor_kinds: [ActorKindId(1)].into(), tie_kinds: [TieKindId(2)].into(), ..without(&[BIRCH]) };
    let redacted = redact(&map, &kinds);
    assert_eq!(redacted.ties().len(), map.ties().len());
    for source in map.source_ids() {
        assert_eq!(redacted.citation_number(source), map.citation_number(source));
    }
    for tie in map.tie_ids() {
        assert_eq!(redacted.tie(tie).ends.actors(), map.tie(tie).ends.actors());
    }
    assert_eq!(redacted.actor(CEDAR).name, "Actor B");
    assert!(redacted.tie(LENDS).claim.amount.is_none(), "a kind that is left out says nothing");
    assert!(!said(&redacted).contains("cedar"));
}

#[test]
fn letters_follow_the_order_of_the_map_and_go_on() {
    let map = fixture::map();
    let redacted = redact(&map, &without(&[CEDAR, ALDER]));
    assert_eq!((&*redacted.actor(ALDER).name, &*redacted.actor(CEDAR).name), ("Company A", "Actor B"), "the only bank");
    assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
}

#[test]
fn who_bears_the_name_is_redacted_too() {
    let mut parts = fixture::parts();
    parts.actors[3].name = "Alder Mining".to_owned();
    let redacted = redact(&Map::new(parts).expect("a sound map"), &without(&[ALDER]));
    assert_eq!(redacted.actors()[crate::model::ActorId(3)].name, "Person B");
    let kept = Redaction { kept_actors: [ActorId(3)].into(), ..without(&[ALDER]) };
    let mut parts = fixture::parts();
    parts.actors[3].name = "Alder Mining".to_owned();
    let map = Map::new(parts).expect("a sound map");
    assert_eq!(redact(&map, &kept).actor(ActorId(3)).name, "Alder Mining", "a person decides otherwise");
    assert!(Redactor::new(&map, &without(&[ALDER])).bearers().contains(&ActorId(3)));
}

#[test]
fn a_part_of_a_name_tells_in_texts_and_a_given_name_is_shared_by_others() {
    let mut parts = fixture::parts();
    parts.actors[0].name = "Tomas Verrin".to_owned();
    parts.actors[1].name = "Tomas Birch".to_owned();
    parts.facts.clear();
    parts.ties[2].claim.summary = Some("Minister Verrin signed.".to_owned());
    parts.ties[3].claim.summary = Some("The board signed with veneer.".to_owned());
    parts.actor_kinds[0].label = "Person".to_owned();
    let redacted = redact(&Map::new(parts).expect("a sound map"), &without(&[ALDER]));
    assert_eq!(redacted.actors()[crate::model::ActorId(1)].name, "Tomas Birch");
    assert_eq!(redacted.ties()[crate::model::TieId(2)].claim.summary.as_deref(), Some(WITHHELD));
    assert_eq!(redacted.ties()[crate::model::TieId(3)].claim.summary.as_deref(), Some("The board signed with veneer."));
}

#[test]
fn short_names_are_words_of_their_own() {
    let mut parts = fixture::parts();
    parts.actors[0].name = "PCA".to_owned();
    parts.actors[0].key = "x".into();
    parts.actors[0].aliases.clear();
    parts.ties[2].claim.summary = Some("The pca agreed.".to_owned());
    parts.ties[3].claim.summary = Some("A pcap file.".to_owned());
    let redacted = redact(&Map::new(parts).expect("a sound map"), &without(&[ALDER]));
    assert_eq!(redacted.ties()[crate::model::TieId(2)].claim.summary.as_deref(), Some(WITHHELD));
    assert_eq!(redacted.ties()[crate::model::TieId(3)].claim.summary.as_deref(), Some("A pcap file."));
}

#[test]
fn amounts_and_quotes_are_withheld_where_asked() {
    let mut parts = fixture::parts();
    parts.ties[0].claim.label = Some("A stake of $13 billion".to_owned());
    parts.ties[2].claim.evidence[0].quote = Some(Quote { exact: "We lend.".to_owned(), ..Quote::default() });
    let map = Map::new(parts).expect("a sound map");
    let amounts = redact(&map, &Redaction { hides_amounts: true, ..Redaction::default() });
    let claim = &amounts.tie(INVESTS).claim;
    assert_eq!(claim.label.as_deref(), Some(WITHHELD));
    let amount = claim.amount.as_ref().expect("an amount");
    assert_eq!((amount.text.as_deref(), amount.for_drawing()), (Some("amount withheld"), None));
    assert_eq!(amounts.actor(ALDER).name, "Alder");
    let quotes = redact(&map, &Redaction { hides_quotes: true, ..Redaction::default() });
    let pieces = quotes.claim(ClaimId::Tie(LENDS)).evidence.iter();
    assert!(pieces.filter_map(|piece| piece.quote.as_ref()).all(|quote| quote.exact == QUOTE_WITHHELD));
}

#[test]
fn sources_by_redacted_actors_keep_only_their_date() {
    let mut parts = fixture::parts();
    parts.sources[STATEMENT.index()].by = vec![ALDER];
    parts.sources[STATEMENT.index()].publisher = Some("Forest press".to_owned());
    let redacted = redact(&Map::new(parts).expect("a sound map"), &without(&[ALDER]));
    let source = redacted.source(STATEMENT);
    assert_eq!((source.title.as_deref(), &source.publisher, &source.url), (Some(TITLE_WITHHELD), &None, &None));
}

#[test]
fn redacted_sources_are_named_nowhere_but_actors_that_made_them_stay() {
    let mut parts = fixture::parts();
    parts.ties[2].claim.summary = Some("As the Courier found.".to_owned());
    parts.sources[HERALD.index()].note = Some("Read beside The Courier, on courier.example/a.".to_owned());
    let map = Map::new(parts).expect("a sound map");
    let redacted = redact(&map, &Redaction { sources: [COURIER, STATEMENT].into(), ..Redaction::default() });
    assert!(!said(&redacted).contains("courier"), "{}", said(&redacted));
    assert_eq!(redacted.actor(ALDER).name, "Alder", "an actor, though it published a source that is redacted");
    assert_eq!(redacted.source(HERALD).publisher.as_deref(), Some("The Herald"));
    assert_eq!(redacted.citation_number(COURIER), map.citation_number(COURIER));
}

#[test]
fn remarks_name_what_is_withheld() {
    assert_eq!(Redaction::default().remark(), None);
    let some = Redaction { hides_amounts: true, hides_quotes: true, ..without(&[ALDER]) };
    assert_eq!(some.remark().as_deref(), Some("names, amounts and quotes withheld"));
}

#[test]
fn what_remains_is_listed_with_what_is_suspicious_first() {
    let mut parts = fixture::parts();
    parts.meta.note = Some("Nothing to see.".to_owned());
    parts.ties[3].claim.summary = Some("Adler signed.".to_owned());
    let map = Map::new(parts).expect("a sound map");
    let redaction = without(&[ALDER]);
    let redactor = Redactor::new(&map, &redaction);
    let redacted = redactor.redact();
    let remaining = redactor.remaining_texts(&redacted, ["A note", "Alder’s note"].into_iter());
    assert_eq!(remaining[0].text, "Adler signed.", "two letters exchanged: {remaining:?}");
    assert!(remaining[0].suspicion.is_some() && remaining[0].place.to_string() == "tie-4.summary");
    let texts: Vec<&str> = remaining.iter().map(|remaining| remaining.text.as_str()).collect();
    assert!(texts.contains(&"Nothing to see.") && texts.contains(&"A note"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("Alder") || *text == WITHHELD), "{texts:?}");
    // Each text can be withheld by its listed place and then disappears from the list.
    for text in &remaining {
        let mut one = redaction.clone();
        assert!(one.add_text(&map, 2, &text.place.to_string()), "{}", text.place);
        let redactor = Redactor::new(&map, &one);
        let after = redactor.remaining_texts(&redactor.redact(), ["A note", "Alder’s note"].into_iter());
        assert!(after.iter().all(|other| other.place != text.place || other.text != text.text), "{}", text.place);
    }
    assert!(!redaction.clone().add_text(&map, 2, "tie-4.nothing"));
}

#[test]
fn all_texts_are_withheld_at_once() {
    let map = fixture::map();
    let redaction = Redaction { hides_texts: true, ..Redaction::default() };
    let redactor = Redactor::new(&map, &redaction);
    let remaining = redactor.remaining_texts(&redactor.redact(), ["A note"].into_iter());
    let is_name = |text: &RemainingText| {
        let place = text.place.to_string();
        ["aliases", "publisher", "authors", "license", "label", "verb"].iter().any(|name| place.contains(name))
    };
    let texts: Vec<_> = remaining.iter().filter(|text| !is_name(text)).collect();
    assert!(texts.is_empty(), "{texts:?}");
    assert_eq!(redactor.redact().actor(ALDER).name, "Alder");
}
