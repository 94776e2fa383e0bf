//! Full-text search of records.

mod hit;
mod matched_letters;

use std::collections::BTreeMap;

use nucleo_matcher::chars::graphemes;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::model::{Actor, Claim, Evidence, Item, Map, MetadataFields, OwnFields, OwnValue, Source};

pub use hit::{HitGroup, SearchHit};
pub use matched_letters::MarkedText;

/// The maximum number of hits of a group.
const MAX_HITS: usize = 30;

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
    /// A tag.
    Tag,
    /// A summary, scope or channel, or the text of a fact.
    Text,
    /// The value of a user-defined field.
    Own,
    /// The words of a quotation.
    Quote,
    /// The name of a user-defined field.
    OwnName,
}

impl MatchedField {
    /// Returns the base score of a match in this field; the steps are large, so that the field dominates the closeness.
    fn weight(self) -> u32 {
        match self {
            Self::Name => 4000,
            Self::Alias => 3500,
            Self::Label => 2500,
            Self::Source => 2000,
            Self::Tag => 1500,
            Self::Text | Self::Own => 1000,
            Self::Quote => 500,
            Self::OwnName => 50,
        }
    }
}

/// A record with the field that matched best.
#[derive(Clone, Copy)]
struct FoundField<'a> {
    score: u32,
    /// Whether only the letters were found, in order but apart from each other.
    is_scattered: bool,
    item: Item,
    field: MatchedField,
    text: &'a str,
}

/// The hits of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResults {
    /// The hits by group, best first; at most 30 of a group.
    pub hits: Vec<SearchHit>,
    /// The number of hits of each group, including those that are not listed.
    pub counts: BTreeMap<HitGroup, usize>,
}

impl SearchResults {
    /// Drops all hits but actors.
    pub fn keep_actors(&mut self) {
        self.hits.retain(|hit| matches!(hit.item, Item::Actor(_)));
    }

    /// Returns the index of the best hit, 0 if there are none.
    #[must_use]
    pub fn best(&self) -> usize {
        let scores = self.hits.iter().enumerate().map(|(index, hit)| (hit.score, std::cmp::Reverse(index)));
        scores.max().map_or(0, |(_, std::cmp::Reverse(index))| index)
    }
}

/// Searches the records whose names, labels, texts, tags, user-defined fields, quotations or sources contain all words of the query, ignoring case
/// and accents; if there are none, those whose names and aliases contain its letters in order. Ties and facts that rest
/// on a source found are found too.
#[must_use]
pub fn search(map: &Map, records: impl Iterator<Item = Item>, query: &str) -> SearchResults {
    if query.trim().is_empty() {
        return SearchResults::default();
    }
    let mut finder = Finder::new(query);
    let mut found: Vec<FoundField<'_>> =
        records.filter_map(|item| finder.best(item, searched_fields(map, item).into_iter())).collect();
    if found.iter().any(|found| !found.is_scattered) {
        found.retain(|found| !found.is_scattered);
    }
    found.extend(hit::resting_on(map, &found));
    let group = |found: &FoundField<'_>| HitGroup::of(found.item, found.field);
    let mut counts = BTreeMap::new();
    for found in &found {
        *counts.entry(group(found)).or_default() += 1;
    }
    found.sort_by_key(|found| (group(found), std::cmp::Reverse(found.score), found.item));
    let mut listed = BTreeMap::new();
    found.retain(|found| {
        let number: &mut usize = listed.entry(group(found)).or_default();
        *number += 1;
        *number <= MAX_HITS
    });
    SearchResults { hits: hit::hits(map, &mut finder, found), counts }
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

fn actor_fields(actor: &Actor) -> impl Iterator<Item = (MatchedField, &str)> {
    let aliases = actor.aliases.iter().map(|alias| (MatchedField::Alias, alias.as_str()));
    let summary = actor.summary.as_deref().map(|summary| (MatchedField::Text, summary));
    let name = std::iter::once((MatchedField::Name, actor.name.as_str()));
    name.chain(aliases).chain(summary).chain(metadata_fields(&actor.metadata))
}

fn source_fields(source: &Source) -> impl Iterator<Item = (MatchedField, &str)> {
    let texts = [&source.title, &source.publisher, &source.url].into_iter().filter_map(Option::as_deref);
    let texts = texts.chain(source.authors.iter().map(String::as_str)).map(|text| (MatchedField::Source, text));
    texts.chain(own_fields(&source.own))
}

fn claim_fields(claim: &Claim) -> impl Iterator<Item = (MatchedField, &str)> {
    let label = claim.label.as_deref().map(|label| (MatchedField::Label, label));
    let texts = [&claim.summary, &claim.scope, &claim.via];
    let texts = texts.into_iter().filter_map(Option::as_deref).map(|text| (MatchedField::Text, text));
    let quotes = claim.evidence.iter().flat_map(quotes).map(|quote| (MatchedField::Quote, quote));
    label.into_iter().chain(texts).chain(quotes).chain(metadata_fields(&claim.metadata))
}

fn metadata_fields(metadata: &MetadataFields) -> impl Iterator<Item = (MatchedField, &str)> {
    metadata.tags.iter().map(|tag| (MatchedField::Tag, tag.as_str())).chain(own_fields(&metadata.own))
}

/// Returns names and values of user-defined fields; fields of later versions have no meaning yet.
fn own_fields(own: &OwnFields) -> impl Iterator<Item = (MatchedField, &str)> {
    let named = own.iter().filter_map(|field| Some((field.heading()?, &field.value)));
    named.flat_map(|(heading, value)| {
        let values = own_texts(value).into_iter().map(|text| (MatchedField::Own, text));
        values.chain(std::iter::once((MatchedField::OwnName, heading)))
    })
}

/// Returns the texts and numbers of a value.
fn own_texts(value: &OwnValue) -> Vec<&str> {
    match value {
        OwnValue::Text(text) => vec![text],
        OwnValue::Number(number) => vec![number.text()],
        OwnValue::List(values) => values.iter().flat_map(own_texts).collect(),
        OwnValue::Flag(_) | OwnValue::Other(_) => Vec::new(),
    }
}

fn quotes(piece: &Evidence) -> impl Iterator<Item = &str> {
    let cited = piece.cited_in.as_ref().and_then(|cited| cited.quote.as_ref());
    piece.quote.iter().chain(cited).map(|quote| quote.exact.as_str())
}

/// Prepares a text for the matcher. Behind a text with letters beyond ASCII stands a space, because the matcher does not
/// find words at the very end of such texts.
fn haystack<'a>(text: &'a str, buffer: &'a mut Vec<char>) -> Utf32Str<'a> {
    if text.is_ascii() {
        return Utf32Str::Ascii(text.as_bytes());
    }
    buffer.clear();
    buffer.extend(graphemes(text).chain([' ']));
    Utf32Str::Unicode(buffer)
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
        let scored = fields.filter_map(|(field, text)| {
            let (score, is_scattered) = self.score(field, text)?;
            Some(FoundField { score, is_scattered, item, field, text })
        });
        // The first of equal scores wins, so that the file order decides.
        scored.reduce(|best, next| if next.score > best.score { next } else { best })
    }

    /// Returns the score of a field, and whether its letters are scattered.
    fn score(&mut self, field: MatchedField, text: &str) -> Option<(u32, bool)> {
        let haystack = haystack(text, &mut self.buffer);
        // If two texts match equally well, the shorter one is closer.
        let closeness = 100_u32.saturating_sub(u32::try_from(haystack.len()).unwrap_or(u32::MAX));
        if let Some(score) = self.parts.score(haystack, &mut self.matcher) {
            return Some((field.weight() + score.min(300) + closeness, false));
        }
        let may_scatter = matches!(field, MatchedField::Name | MatchedField::Alias);
        let score = may_scatter.then(|| self.scattered.score(haystack, &mut self.matcher)).flatten()?;
        Some((score.min(300) + closeness, true))
    }
}

#[cfg(test)]
#[path = "search/tests.rs"]
mod tests;
