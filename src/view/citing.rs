//! What can be copied of a record and opened for it: citations, and the address of a source.

use crate::model::{ClaimId, Item, Map, SourceId};
use crate::wording;

use super::WebLink;

/// Returns the claim of a tie or fact.
fn claim_of(item: Item) -> Option<ClaimId> {
    match item {
        Item::Tie(tie) => Some(ClaimId::Tie(tie)),
        Item::Fact(fact) => Some(ClaimId::Fact(fact)),
        Item::Actor(_) | Item::Source(_) => None,
    }
}

/// Returns the distinct sources of a claim, each before the document that cites it; a source itself.
#[must_use]
pub fn sources_of(map: &Map, item: Item) -> Vec<SourceId> {
    if let Item::Source(source) = item {
        return vec![source];
    }
    let mut sources = Vec::new();
    for piece in claim_of(item).map(|claim| &map.claim(claim).evidence).into_iter().flatten() {
        for source in std::iter::once(piece.source).chain(piece.cited_in.as_ref().map(|cited| cited.source)) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    sources
}

/// Returns a claim as a sentence with its quotes and sources, or a source in full; `None` for an actor.
#[must_use]
pub fn citation_of(map: &Map, item: Item) -> Option<String> {
    match (item, claim_of(item)) {
        (Item::Source(source), _) => Some(wording::reference_full(map, source)),
        (_, claim) => claim.map(|claim| wording::citation_text(map, claim)),
    }
}

/// Returns the sources of a record as one CSL-JSON list.
#[must_use]
pub fn csl_of(map: &Map, item: Item) -> String {
    let lists = sources_of(map, item).into_iter().map(|source| wording::csl_json(map, source));
    // Each string is a JSON list of one item, written by `csl_json`; they are merged into one list.
    let items = lists.filter_map(|list| serde_json::from_str::<Vec<serde_json::Value>>(&list).ok()).flatten();
    serde_json::to_string_pretty(&items.collect::<Vec<_>>()).unwrap_or_default()
}

/// Returns the first address of the sources of a record that may be opened.
#[must_use]
pub fn link_of(map: &Map, item: Item) -> Option<WebLink> {
    let sources = sources_of(map, item).into_iter().map(|source| map.source(source));
    let mut addresses = sources.flat_map(|source| [source.url.as_deref(), source.archive_url.as_deref()]).flatten();
    addresses.find_map(|url| Some(WebLink::new(url)).filter(|link| link.is_openable))
}

#[cfg(test)]
mod tests {
    use super::{citation_of, csl_of, link_of, sources_of};
    use crate::model::fixture::{self, ALDER, INVESTS};
    use crate::model::{Item, SourceId};

    #[test]
    fn a_tie_is_cited_with_its_sources_and_opens_the_first_address() {
        let map = fixture::map();
        let tie = Item::Tie(INVESTS);
        assert_eq!(sources_of(&map, tie), [SourceId(0), SourceId(1)]);
        assert!(citation_of(&map, tie).is_some_and(|text| text.contains("The Herald")));
        assert_eq!(link_of(&map, tie).map(|link| link.shown).as_deref(), Some("herald.example"));
        let items: Vec<serde_json::Value> = serde_json::from_str(&csl_of(&map, tie)).expect("a list");
        assert_eq!(items.len(), 2);
    }

    #[test]
    fn an_actor_has_nothing_to_cite() {
        let map = fixture::map();
        let actor = Item::Actor(ALDER);
        assert_eq!((sources_of(&map, actor), citation_of(&map, actor), link_of(&map, actor)), (vec![], None, None));
    }
}
