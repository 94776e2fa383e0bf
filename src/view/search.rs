//! Full-text search of records.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::model::{Actor, Claim, Evidence, Item, Map, Source};
use crate::wording::{actor_name, fact_sentence, source_name, tie_title, visible};

/// The maximum number of hits.
const MOST_HITS: usize = 60;

/// The field in which a query was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedField {
    /// The name of an actor, or the ends of a tie.
    Name,
    /// Another name of an actor.
    Alias,
    /// The label or kind of a tie.
    Label,
    /// Title, publisher or author of a source.
    Source,
    /// A summary, scope or channel, or the text of a fact.
    Text,
    /// The words of a quotation.
    Quote,
}

impl MatchedField {
    /// Returns the name of the field.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Alias => "alias",
            Self::Label => "label",
            Self::Source => "source",
            Self::Text => "text",
            Self::Quote => "quote",
        }
    }

    /// Returns the base score of a match in this field; the steps are large, so that the field dominates the closeness.
    fn weight(self) -> u32 {
        match self {
            Self::Name => 4000,
            Self::Alias => 3500,
            Self::Label => 2500,
            Self::Source => 2000,
            Self::Text => 1000,
            Self::Quote => 500,
        }
    }
}

/// A record that matches a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The record.
    pub item: Item,
    /// Its display name.
    pub title: String,
    /// The field that matched.
    pub field: MatchedField,
    /// The text of that field.
    pub text: String,
    /// The quality of the match; higher is better.
    pub score: u32,
}

/// A score with the record and the field that reached it.
type FoundField<'a> = (u32, Item, MatchedField, &'a str);

/// Searches the records whose names, labels, texts, quotations or sources contain all words of the query, ignoring case
/// and accents; names and aliases also match fuzzily. Returns at most 60 hits, best first.
#[must_use]
pub fn search(map: &Map, records: impl Iterator<Item = Item>, query: &str) -> Vec<SearchHit> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    let mut finder = Finder::new(query);
    let mut hits: Vec<FoundField<'_>> =
        records.filter_map(|item| finder.best(item, searched_fields(map, item).into_iter())).collect();
    hits.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    hits.truncate(MOST_HITS);
    hits.into_iter().map(|(score, item, field, text)| hit(map, score, item, field, text)).collect()
}

/// Returns the searchable fields of a record.
#[must_use]
pub fn searched_fields(map: &Map, item: Item) -> Vec<(MatchedField, &str)> {
    match item {
        Item::Actor(id) => actor_fields(map.actor(id)).collect(),
        Item::Tie(id) => {
            let label = std::iter::once((MatchedField::Label, map.tie_kind(id).label.as_str()));
            label.chain(claim_fields(&map.tie(id).claim)).collect()
        }
        Item::Fact(id) => {
            let fact = map.fact(id);
            let text = std::iter::once((MatchedField::Text, fact.text.as_str()));
            text.chain(claim_fields(&fact.claim)).collect()
        }
        Item::Source(id) => source_fields(map.source(id)).collect(),
    }
}

fn hit(map: &Map, score: u32, item: Item, field: MatchedField, text: &str) -> SearchHit {
    let title = match item {
        Item::Actor(id) => actor_name(map, id),
        Item::Tie(id) => tie_title(map, id),
        Item::Fact(id) => fact_sentence(map, id),
        Item::Source(id) => source_name(map, id),
    };
    SearchHit { item, title, field, text: visible(text).into_owned(), score }
}

fn actor_fields(actor: &Actor) -> impl Iterator<Item = (MatchedField, &str)> {
    let aliases = actor.aliases.iter().map(|alias| (MatchedField::Alias, alias.as_str()));
    let summary = actor.summary.as_deref().map(|summary| (MatchedField::Text, summary));
    std::iter::once((MatchedField::Name, actor.name.as_str())).chain(aliases).chain(summary)
}

fn source_fields(source: &Source) -> impl Iterator<Item = (MatchedField, &str)> {
    let texts = [&source.title, &source.publisher, &source.url].into_iter().filter_map(Option::as_deref);
    texts.chain(source.authors.iter().map(String::as_str)).map(|text| (MatchedField::Source, text))
}

fn claim_fields(claim: &Claim) -> impl Iterator<Item = (MatchedField, &str)> {
    let label = claim.label.as_deref().map(|label| (MatchedField::Label, label));
    let texts = [&claim.summary, &claim.scope, &claim.via];
    let texts = texts.into_iter().filter_map(Option::as_deref).map(|text| (MatchedField::Text, text));
    let quotes = claim.evidence.iter().flat_map(quotes).map(|quote| (MatchedField::Quote, quote));
    label.into_iter().chain(texts).chain(quotes)
}

fn quotes(piece: &Evidence) -> impl Iterator<Item = &str> {
    let cited = piece.cited_in.as_ref().and_then(|cited| cited.quote.as_ref());
    piece.quote.iter().chain(cited).map(|quote| quote.exact.as_str())
}

/// A prepared query.
struct Finder {
    matcher: Matcher,
    parts: Pattern,
    scattered: Pattern,
    buffer: Vec<char>,
}

impl Finder {
    fn new(query: &str) -> Self {
        let pattern = |kind| Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, kind);
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            parts: pattern(AtomKind::Substring),
            scattered: pattern(AtomKind::Fuzzy),
            buffer: Vec::new(),
        }
    }

    /// Returns the best-matching field of a record; `None` if no field matches.
    fn best<'a>(
        &mut self,
        item: Item,
        fields: impl Iterator<Item = (MatchedField, &'a str)>,
    ) -> Option<FoundField<'a>> {
        let scored = fields.filter_map(|(field, text)| Some((self.score(field, text)?, item, field, text)));
        // The first of equal scores wins, so that the file order decides.
        scored.reduce(|best, next| if next.0 > best.0 { next } else { best })
    }

    fn score(&mut self, field: MatchedField, text: &str) -> Option<u32> {
        let haystack = Utf32Str::new(text, &mut self.buffer);
        // If two texts match equally well, the shorter one is closer.
        let closeness = 100_u32.saturating_sub(u32::try_from(haystack.len()).unwrap_or(u32::MAX));
        if let Some(score) = self.parts.score(haystack, &mut self.matcher) {
            return Some(field.weight() + score.min(300) + closeness);
        }
        let may_scatter = matches!(field, MatchedField::Name | MatchedField::Alias);
        let score = may_scatter.then(|| self.scattered.score(haystack, &mut self.matcher)).flatten()?;
        Some(score.min(300) + closeness)
    }
}

#[cfg(test)]
mod tests {
    use super::{MatchedField, SearchHit};
    use crate::model::fixture::{self, AGREEMENT, BIRCH, CEDAR, HERALD, INVESTS};
    use crate::model::{Item, Map};

    fn search(map: &Map, query: &str) -> Vec<SearchHit> {
        super::search(map, map.records().items().map(|(item, _)| item), query)
    }

    #[test]
    fn names_come_before_quotes() {
        let map = fixture::map();
        let hits = search(&map, "birch");
        assert_eq!((hits[0].item, hits[0].field), (Item::Actor(BIRCH), MatchedField::Name));
        let hits = search(&map, "has invested");
        assert_eq!((hits[0].item, hits[0].field), (Item::Tie(INVESTS), MatchedField::Quote));
        assert_eq!(hits[0].title, "Alder → Birch");
        assert_eq!(hits[0].text, "has invested more than $13 billion");
    }

    #[test]
    fn aliases_labels_and_sources_are_found() {
        let map = fixture::map();
        let first = |query: &str| search(&map, query).first().map(|hit| (hit.item, hit.field));
        assert_eq!(first("cedar al"), Some((Item::Actor(CEDAR), MatchedField::Alias)));
        assert_eq!(first("STEP-IN"), Some((Item::Tie(AGREEMENT), MatchedField::Label)));
        assert_eq!(first("the herald"), Some((Item::Source(HERALD), MatchedField::Source)));
    }

    #[test]
    fn accents_and_scripts_do_not_matter() {
        let mut parts = fixture::parts();
        parts.actors[0].name = "Électricité Nouvelle".to_owned();
        parts.actors[1].name = "澜屿港口机械有限公司".to_owned();
        let map = Map::new(parts).expect("a sound map");
        assert_eq!(search(&map, "electricite").first().map(|hit| hit.item), Some(Item::Actor(fixture::ALDER)));
        assert_eq!(search(&map, "港口").first().map(|hit| hit.item), Some(Item::Actor(BIRCH)));
    }

    #[test]
    fn scattered_letters_find_names_last() {
        let map = fixture::map();
        assert_eq!(search(&map, "cdrbnk").first().map(|hit| hit.item), Some(Item::Actor(CEDAR)));
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        let map = fixture::map();
        assert!(search(&map, "  ").is_empty());
        assert!(search(&map, "zzzz").is_empty());
    }
}
