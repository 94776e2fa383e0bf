//! Tests of the search over the fixture map.

use std::collections::BTreeSet;

use super::{HitGroup, MatchedField, SearchHit, SearchResults};
use crate::model::fixture::{self, AGREEMENT, BIRCH, CEDAR, HERALD, INVESTS, LENDS};
use crate::model::{Item, Map, Source};

fn results(map: &Map, query: &str) -> SearchResults {
    super::search(map, map.records().items().map(|(item, _)| item), query)
}

fn search(map: &Map, query: &str) -> Vec<SearchHit> {
    results(map, query).hits
}

/// Returns the best hit.
fn best(map: &Map, query: &str) -> Option<(Item, MatchedField)> {
    let found = results(map, query);
    found.hits.get(found.best()).map(|hit| (hit.item, hit.field))
}

#[test]
fn names_come_before_quotes() {
    let map = fixture::map();
    assert_eq!(best(&map, "birch"), Some((Item::Actor(BIRCH), MatchedField::Name)));
    let hits = search(&map, "has invested");
    assert_eq!((hits[0].item, hits[0].field), (Item::Tie(INVESTS), MatchedField::Quote));
    assert_eq!(hits[0].group, HitGroup::Quotes);
    assert_eq!(hits[0].title.text, "“has invested more than $13 billion”");
    assert!(hits[0].note.text.starts_with("Alder → Birch · "), "{}", hits[0].note.text);
    assert_eq!(hits[0].text, "has invested more than $13 billion");
}

#[test]
fn aliases_labels_and_sources_are_found() {
    let map = fixture::map();
    assert_eq!(best(&map, "cedar al"), Some((Item::Actor(CEDAR), MatchedField::Alias)));
    assert_eq!(best(&map, "STEP-IN"), Some((Item::Tie(AGREEMENT), MatchedField::Label)));
    assert_eq!(best(&map, "the herald"), Some((Item::Source(HERALD), MatchedField::Source)));
}

#[test]
fn accents_and_scripts_do_not_matter() {
    let mut parts = fixture::parts();
    parts.actors[0].name = "Électricité Nouvelle".to_owned();
    parts.actors[1].name = "澜屿港口机械有限公司".to_owned();
    let map = Map::new(parts).expect("a sound map");
    assert_eq!(search(&map, "electricite").first().map(|hit| hit.item), Some(Item::Actor(fixture::ALDER)));
    assert_eq!(search(&map, "港口").first().map(|hit| hit.item), Some(Item::Actor(BIRCH)));
    let last_words = [("nouvelle", fixture::ALDER), ("公司", BIRCH)];
    for (query, actor) in last_words {
        assert_eq!(best(&map, query), Some((Item::Actor(actor), MatchedField::Name)), "{query}");
        assert!(!search(&map, query)[0].title.marks.is_empty(), "{query}");
    }
}

#[test]
fn scattered_letters_find_names_only_where_nothing_else_matches() {
    let map = fixture::map();
    let hits = search(&map, "cdrbnk");
    assert_eq!(hits.first().map(|hit| hit.item), Some(Item::Actor(CEDAR)));
    assert!(!hits[0].title.marks.is_empty());
    assert!(search(&map, "cedar").iter().all(|hit| !hit.title.marks.is_empty() || !hit.note.marks.is_empty()));
}

#[test]
fn nothing_is_found_for_nothing() {
    let map = fixture::map();
    assert!(search(&map, "  ").is_empty());
    assert!(search(&map, "zzzz").is_empty());
}

#[test]
fn a_source_leads_to_what_rests_on_it() {
    let map = fixture::map();
    let hits = search(&map, "herald");
    let source = hits.iter().find(|hit| hit.item == Item::Source(HERALD)).expect("the source");
    assert!(source.note.text.ends_with("3 ties rest on it"), "{}", source.note.text);
    assert!(source.note.text.starts_with("[1] · "), "{}", source.note.text);
    let ties: Vec<Item> = hits.iter().filter(|hit| hit.group == HitGroup::Ties).map(|hit| hit.item).collect();
    assert_eq!(ties.len(), 3);
    assert!(ties.contains(&Item::Tie(INVESTS)) && ties.contains(&Item::Tie(LENDS)), "{ties:?}");
    let tie = hits.iter().find(|hit| hit.item == Item::Tie(LENDS)).expect("the tie");
    assert!(tie.note.text.starts_with("rests on The Herald · ") && !tie.note.marks.is_empty(), "{:?}", tie.note);
}

#[test]
fn rows_are_grouped_and_no_two_read_the_same() {
    let mut parts = fixture::parts();
    let same = |url: &str| Source {
        key: url.into(),
        publisher: Some("GeekWire".to_owned()),
        url: Some(format!("https://geekwire.com/{url}")),
        ..Source::default()
    };
    parts.sources.extend(["one", "two"].map(same));
    let (mut first, mut second) = (parts.ties[0].clone(), parts.ties[0].clone());
    (first.claim.key, second.claim.key) = ("copy-1".into(), "copy-2".into());
    parts.ties.extend([first, second]);
    let map = Map::new(parts).expect("a sound map");
    for query in ["geekwire", "herald", "has invested", "e", "birch", "invest"] {
        let hits = search(&map, query);
        assert!(!hits.is_empty(), "{query}");
        assert!(hits.is_sorted_by_key(|hit| hit.group), "{query}");
        let rows: BTreeSet<_> = hits.iter().map(|hit| (hit.group, &hit.title.text, &hit.note.text)).collect();
        assert_eq!(rows.len(), hits.len(), "{query}: {hits:#?}");
        let records: BTreeSet<Item> = hits.iter().map(|hit| hit.item).collect();
        assert_eq!(records.len(), hits.len(), "each record once");
        for hit in &hits {
            assert!(!(hit.title.marks.is_empty() && hit.note.marks.is_empty()), "{query}: nothing marked in {hit:?}");
        }
    }
}

#[test]
fn long_groups_are_cut_and_counted() {
    let mut parts = fixture::parts();
    let name = |number: usize| crate::model::Actor {
        key: format!("x{number}").into(),
        name: format!("Quarry {number}"),
        ..crate::model::Actor::default()
    };
    parts.actors.extend((0..100).map(name));
    let found = results(&Map::new(parts).expect("a sound map"), "quarry");
    assert_eq!((found.hits.len(), found.counts[&HitGroup::Actors]), (super::MAX_HITS, 100));
}

#[test]
fn tags_and_own_fields_are_found_after_names() {
    use crate::model::{OwnNumber, OwnValue};
    let mut parts = fixture::parts();
    let text = |text: &str| OwnValue::Text(text.to_owned());
    let own = &mut parts.actors[0].metadata.own;
    own.set("x-Founded in", OwnNumber::parse("1907").map(OwnValue::Number));
    own.set("x-Nicknames", Some(OwnValue::List(vec![text("Old Birch"), text("Zorblet")])));
    own.set("later", Some(text("unheard")));
    parts.actors[2].metadata.tags = vec!["Offshore".to_owned()];
    parts.ties[INVESTS.index()].claim.metadata.own.set("x-Register", Some(text("HRB 4711")));
    parts.ties[LENDS.index()].claim.metadata.tags = vec!["subprime".to_owned()];
    parts.sources[0].own.set("x-Shelf", Some(text("Cellar 9")));
    let map = Map::new(parts).expect("a sound map");
    for (query, item, field, note) in [
        ("1907", Item::Actor(fixture::ALDER), MatchedField::Own, "Founded in: 1907"),
        ("zorblet", Item::Actor(fixture::ALDER), MatchedField::Own, "Nicknames: Zorblet"),
        ("founded", Item::Actor(fixture::ALDER), MatchedField::OwnName, "Founded in: 1907"),
        ("offshore", Item::Actor(CEDAR), MatchedField::Tag, "tagged Offshore"),
        ("hrb 4711", Item::Tie(INVESTS), MatchedField::Own, "Register: HRB 4711"),
        ("subprime", Item::Tie(LENDS), MatchedField::Tag, "tagged subprime"),
        ("cellar", Item::Source(HERALD), MatchedField::Own, "Shelf: Cellar 9"),
    ] {
        assert_eq!(best(&map, query), Some((item, field)), "{query}");
        let hits = search(&map, query);
        let hit = hits.iter().find(|hit| hit.item == item).expect("a hit");
        assert!(hit.note.text.starts_with(note) && !hit.note.marks.is_empty(), "{query}: {}", hit.note.text);
    }
    assert_eq!(best(&map, "birch"), Some((Item::Actor(BIRCH), MatchedField::Name)), "a name before a field");
    assert_eq!(best(&map, "unheard"), None, "fields of later versions have no meaning yet");
}
