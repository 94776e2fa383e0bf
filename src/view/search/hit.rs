//! The rows of search results: what each one is, and where the query was found in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClaimId, FactId, Item, Map, SourceId, TieId};
use crate::wording::{
    actor_name, claim_sentence, date_text, evidence_numbers, fact_sentence, link_host, source_name, tie_title, visible,
};

use super::super::line::{claims_text, item_of, tie_note};
use super::{Finder, FoundField, MarkedText, MatchedField};

/// What a row of search results is, in the order in which groups are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitGroup {
    /// An actor.
    Actors,
    /// A tie.
    Ties,
    /// A fact about an actor.
    Facts,
    /// A source.
    Sources,
    /// The words of a quotation, in a tie or fact.
    Quotes,
}

impl HitGroup {
    /// Returns the heading of the group.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Actors => "Actors",
            Self::Ties => "Ties",
            Self::Facts => "Facts",
            Self::Sources => "Sources",
            Self::Quotes => "Quotes",
        }
    }

    pub(super) fn of(item: Item, field: MatchedField) -> Self {
        match (item, field) {
            (_, MatchedField::Quote) => Self::Quotes,
            (Item::Actor(_), _) => Self::Actors,
            (Item::Tie(_), _) => Self::Ties,
            (Item::Fact(_), _) => Self::Facts,
            (Item::Source(_), _) => Self::Sources,
        }
    }
}

/// A record that matches a query. No two rows of a group read the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The record.
    pub item: Item,
    /// What the row is.
    pub group: HitGroup,
    /// The display name of the record, or the words of the quotation.
    pub title: MarkedText,
    /// What tells it apart from others, and where the query was found if that is not in the title.
    pub note: MarkedText,
    /// The field that matched.
    pub field: MatchedField,
    /// The text of that field.
    pub text: String,
    /// The quality of the match; higher is better.
    pub score: u32,
}

/// Builds the rows of found records, in the order given.
pub(super) fn hits(map: &Map, finder: &mut Finder, found: Vec<FoundField<'_>>) -> Vec<SearchHit> {
    let texts: Vec<(String, String)> = found.iter().map(|found| texts(map, finder, found)).collect();
    let mut counts: BTreeMap<(HitGroup, &str, &str), usize> = BTreeMap::new();
    let groups = found.iter().map(|found| HitGroup::of(found.item, found.field));
    for (group, (title, note)) in groups.zip(&texts) {
        *counts.entry((group, title, note)).or_default() += 1;
    }
    let is_alone: Vec<bool> = found
        .iter()
        .zip(&texts)
        .map(|(found, (title, note))| counts[&(HitGroup::of(found.item, found.field), &**title, &**note)] == 1)
        .collect();
    let rows = found.into_iter().zip(texts).zip(is_alone);
    rows.map(|((found, (title, note)), is_alone)| {
        // Only the id of the file tells such records apart.
        let id = (!is_alone).then(|| format!("id {}", visible(map.key(found.item))));
        let note = joined([Some(note), id]);
        row(finder, &found, title, note)
    })
    .collect()
}

fn row(finder: &mut Finder, found: &FoundField<'_>, title: String, note: String) -> SearchHit {
    let (title, note) = if found.is_scattered && found.field == MatchedField::Name {
        (finder.marked_scattered(title), MarkedText { text: note, marks: Vec::new() })
    } else if found.is_scattered {
        (MarkedText { text: title, marks: Vec::new() }, finder.marked_scattered(note))
    } else {
        (finder.marked(title), finder.marked(note))
    };
    let FoundField { item, field, score, text, .. } = *found;
    SearchHit { item, group: HitGroup::of(item, field), title, note, field, text: visible(text).into_owned(), score }
}

/// Returns title and note of a row.
fn texts(map: &Map, finder: &mut Finder, found: &FoundField<'_>) -> (String, String) {
    let shown = visible(found.text).into_owned();
    if found.field == MatchedField::Quote {
        let title = format!("“{}”", finder.excerpt(&shown));
        return (title, quoted_in(map, found.item));
    }
    let (title, note) = match found.item {
        Item::Actor(id) => {
            let kind = map.actor_kind(id).map(|kind| visible(&kind.label).into_owned());
            (actor_name(map, id), kind.unwrap_or_default())
        }
        Item::Tie(id) => (tie_title(map, id), tie_words(map, id)),
        Item::Fact(id) => (fact_sentence(map, id), fact_words(map, id)),
        Item::Source(id) => (source_name(map, id), source_words(map, id)),
    };
    // The text that matched is told, unless it is there already.
    let told = match found.field {
        MatchedField::Alias => Some(format!("also known as {shown}")),
        MatchedField::Tag => Some(format!("tagged {shown}")),
        MatchedField::Own | MatchedField::OwnName => own_line(map, finder, found),
        MatchedField::Source if !matches!(found.item, Item::Source(_)) => Some(format!("rests on {shown}")),
        _ if title.contains(&shown) || note.to_lowercase().contains(&shown.to_lowercase()) => None,
        _ => Some(finder.excerpt(&shown)),
    };
    // Before the rest of the note, which is cut where there is no room.
    (title, joined([told, Some(note)]))
}

/// Returns name and value of the user-defined field that matched: "Founded in: 1907".
fn own_line(map: &Map, finder: &mut Finder, found: &FoundField<'_>) -> Option<String> {
    let own = match found.item {
        Item::Actor(id) => &map.actor(id).metadata.own,
        Item::Tie(id) => &map.tie(id).claim.metadata.own,
        Item::Fact(id) => &map.fact(id).claim.metadata.own,
        Item::Source(id) => &map.source(id).own,
    };
    let is_found = |heading: &str, texts: &[&str]| match found.field {
        MatchedField::OwnName => heading == found.text,
        _ => texts.contains(&found.text),
    };
    own.iter().find_map(|field| {
        let (heading, texts) = (field.heading()?, super::own_texts(&field.value));
        if !is_found(heading, &texts) {
            return None;
        }
        let text = if found.field == MatchedField::OwnName { texts.join("; ") } else { found.text.to_owned() };
        let heading = visible(heading);
        Some(if text.is_empty() {
            heading.into_owned()
        } else {
            format!("{heading}: {}", finder.excerpt(&visible(&text)))
        })
    })
}

/// Returns the numbers of a claim's sources, as "\[1, 4\]".
fn numbers(map: &Map, id: ClaimId) -> Option<String> {
    let numbers: Vec<String> = evidence_numbers(map, id).iter().map(u32::to_string).collect();
    (!numbers.is_empty()).then(|| format!("[{}]", numbers.join(", ")))
}

fn tie_words(map: &Map, id: TieId) -> String {
    let claim = &map.tie(id).claim;
    let date = claim.start.as_ref().or(claim.date.as_ref()).map(date_text);
    joined([Some(tie_note(map, id)), date, numbers(map, ClaimId::Tie(id))])
}

fn fact_words(map: &Map, id: FactId) -> String {
    joined([Some(actor_name(map, map.fact(id).actor)), numbers(map, ClaimId::Fact(id))])
}

/// Returns number, title, date, site and what rests on a source: "\[3\] · March 2026 · geekwire.com · 2 ties rest on it".
fn source_words(map: &Map, id: SourceId) -> String {
    let source = map.source(id);
    let number = map.citation_number(id).map(|number| format!("[{number}]"));
    let title = source.title.as_deref().map(|title| visible(title).into_owned());
    let title = title.filter(|title| *title != source_name(map, id));
    let date = source.published.as_ref().map(date_text);
    let host = source.url.as_deref().and_then(link_host);
    joined([number, title, date, host, Some(rests_on(map, id))])
}

/// Returns what rests on a source: "2 ties and 1 fact rest on it".
fn rests_on(map: &Map, id: SourceId) -> String {
    let claims = map.claims_of(id);
    match claims.len() {
        0 => "nothing rests on it".to_owned(),
        1 => format!("{} rests on it", claims_text(claims)),
        _ => format!("{} rest on it", claims_text(claims)),
    }
}

/// Names the claim that a quotation proves.
fn quoted_in(map: &Map, item: Item) -> String {
    match item {
        Item::Tie(id) => joined([Some(tie_title(map, id)), Some(tie_words(map, id))]),
        Item::Fact(id) => joined([Some(claim_sentence(map, ClaimId::Fact(id))), Some(fact_words(map, id))]),
        Item::Actor(_) | Item::Source(_) => String::new(),
    }
}

fn joined<const COUNT: usize>(parts: [Option<String>; COUNT]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Returns the ties and facts that rest on found sources and were not found themselves, with the source that led to
/// each.
pub(super) fn resting_on<'a>(map: &'a Map, found: &[FoundField<'a>]) -> Vec<FoundField<'a>> {
    let known: BTreeSet<Item> = found.iter().map(|found| found.item).collect();
    let mut resting: BTreeMap<Item, FoundField<'a>> = BTreeMap::new();
    for source in found {
        let Item::Source(id) = source.item else { continue };
        for item in map.claims_of(id).iter().map(|&claim| item_of(claim)).filter(|item| !known.contains(item)) {
            resting.entry(item).or_insert(FoundField { item, score: 0, ..*source });
        }
    }
    resting.into_values().collect()
}
