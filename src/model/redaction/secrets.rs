//! The complete set of secrets of a redaction: redacted records, including implied ones, and matchers for texts.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::amounts::Amounts;
use super::fields::TextCategory;
use super::fold::fold;
use super::hosts::Hosts;
use super::lexicon::PEOPLE;
use super::matcher::Matcher;
use super::quotes::Quotes;
use super::request::Redaction;
use super::spellings::{Bearer, Spellings, words_of};
use crate::model::{Actor, ActorId, Claim, ClaimId, Map, Quote, SourceId};

/// A word in the names of at least this many other actors is not distinctive.
const SHARED: usize = 3;

pub(super) struct Secrets {
    /// Actors that the request names, singly or by kind.
    pub(super) asked: BTreeSet<ActorId>,
    /// All redacted actors, including those that share a name with one in `asked`.
    pub(super) actors: BTreeSet<ActorId>,
    /// Sources reduced to their citation number.
    pub(super) sources: BTreeSet<SourceId>,
    /// Claims to strip: about redacted actors, of redacted kinds, or referring to such claims.
    pub(super) claims: HashSet<ClaimId>,
    /// Matcher of all spellings; `None` if there are too many, and then every text is withheld.
    pub(super) matcher: Option<Matcher>,
    /// Matcher of distinctive spellings, for names and kinds.
    own: Option<Matcher>,
    quotes: Quotes,
    amounts: Option<Amounts>,
    hosts: Hosts,
}

impl Secrets {
    pub(super) fn new(map: &Map, redaction: &Redaction) -> Self {
        let of_kind = |id: &ActorId| map.actor(*id).kind.is_some_and(|kind| redaction.actor_kinds.contains(&kind));
        let mut asked: BTreeSet<ActorId> = redaction.actors.clone();
        asked.extend(map.actor_ids().filter(of_kind));
        let own = distinctive(map, &asked);
        let mut actors = asked.clone();
        let bears = |id: &ActorId| !redaction.kept_actors.contains(id) && bears(own.as_ref(), map.actor(*id));
        let bearers: Vec<ActorId> = map.actor_ids().filter(|id| !actors.contains(id)).filter(bears).collect();
        actors.extend(bearers);
        let sources = hidden_sources(map, redaction, &actors, own.as_ref());
        let claims = hidden_claims(map, redaction, &actors);
        let hosts = Hosts::new(map, &actors, &sources);
        let matcher = Matcher::new(all_spellings(map, redaction, &actors, &sources, &hosts));
        let quotes = hidden_quotes(map, redaction, &actors, &sources);
        let amounts = redaction.hides_amounts.then(|| Amounts::new(map_amounts(map)));
        Self { asked, actors, sources, claims, matcher, own, quotes, amounts, hosts }
    }

    /// Whether a text reveals a secret.
    pub(super) fn touch(&self, sort: TextCategory, text: &str) -> bool {
        let matcher = if sort == TextCategory::Kind { &self.own } else { &self.matcher };
        matcher.as_ref().is_none_or(|matcher| matcher.touches(text))
            || self.hosts.touch(text)
            || self.quotes.touches(text)
            || self.amounts.as_ref().is_some_and(|amounts| amounts.touches(text))
    }
}

/// Whether the name of an actor contains that of a redacted one.
fn bears(own: Option<&Matcher>, actor: &Actor) -> bool {
    own.is_none_or(|own| own.touches(&actor.name))
}

/// Builds a matcher of the spellings that distinguish `actors` from all others.
fn distinctive(map: &Map, actors: &BTreeSet<ActorId>) -> Option<Matcher> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for id in map.actor_ids().filter(|id| !actors.contains(id)) {
        let words: HashSet<String> = words_of(&map.actor(id).name).iter().map(|word| word.word().to_owned()).collect();
        for word in words {
            *count.entry(word).or_default() += 1;
        }
    }
    let mut spellings = Spellings::default();
    for &id in actors {
        for name in names(map.actor(id)) {
            let is_shared = |word: &str| count.get(word).is_some_and(|count| *count >= SHARED);
            spellings.add_distinctive(name, bearer(map, id), is_shared);
        }
    }
    Matcher::new(spellings)
}

/// Determines from the kind of an actor whether it is a person.
fn bearer(map: &Map, id: ActorId) -> Bearer {
    match map.actor_kind(id) {
        None => Bearer::Unknown,
        Some(kind) => {
            let is_person = |word: &str| words_of(word).iter().any(|word| PEOPLE.contains(word.word()));
            if is_person(&kind.key) || is_person(&kind.label) { Bearer::Person } else { Bearer::Other }
        }
    }
}

fn names(actor: &Actor) -> impl Iterator<Item = &str> {
    std::iter::once(&actor.name).chain(&actor.aliases).map(String::as_str)
}

/// Returns the chosen sources, those by redacted actors, and all sources with the same text.
fn hidden_sources(
    map: &Map,
    redaction: &Redaction,
    actors: &BTreeSet<ActorId>,
    own: Option<&Matcher>,
) -> BTreeSet<SourceId> {
    let mut hidden = redaction.sources.clone();
    if !actors.is_empty() {
        let is_own = |id: &SourceId| {
            let source = map.source(*id);
            let bears = |maker: &String| own.is_none_or(|own| own.touches(maker));
            source.by.iter().any(|actor| actors.contains(actor))
                || source.authors.iter().chain(&source.publisher).any(bears)
        };
        hidden.extend(map.source_ids().filter(is_own));
    }
    // `same_as` may form chains.
    let group = same_texts(map);
    let groups: HashSet<usize> = hidden.iter().map(|id| group[id.index()]).collect();
    hidden.extend(map.source_ids().filter(|id| groups.contains(&group[id.index()])));
    hidden
}

/// Returns for each source slot the label of its group of equal texts.
fn same_texts(map: &Map) -> Vec<usize> {
    let mut sets = petgraph::unionfind::UnionFind::new(map.sources().bound());
    for id in map.source_ids() {
        if let Some(other) = map.source(id).same_as {
            sets.union(id.index(), other.index());
        }
    }
    sets.into_labeling()
}

/// Returns the claims about redacted actors or of redacted kinds, and claims that refer to these transitively.
fn hidden_claims(map: &Map, redaction: &Redaction, actors: &BTreeSet<ActorId>) -> HashSet<ClaimId> {
    let ties = map.tie_ids().filter(|id| {
        let tie = map.tie(*id);
        redaction.tie_kinds.contains(&tie.kind) || tie.ends.actors().iter().any(|actor| actors.contains(actor))
    });
    let facts = map.fact_ids().filter(|id| actors.contains(&map.fact(*id).actor));
    let mut hidden: HashSet<ClaimId> = ties.map(ClaimId::Tie).chain(facts.map(ClaimId::Fact)).collect();
    let mut referrers: HashMap<ClaimId, Vec<ClaimId>> = HashMap::new();
    for id in all_claims(map) {
        let claim = map.claim(id);
        for other in claim.supersedes.iter().chain(&claim.contradicts).chain(&claim.part_of) {
            referrers.entry(*other).or_default().push(id);
        }
    }
    let mut open: Vec<ClaimId> = hidden.iter().copied().collect();
    while let Some(claim) = open.pop() {
        let more = referrers.get(&claim).into_iter().flatten();
        open.extend(more.filter(|id| hidden.insert(**id)));
    }
    hidden
}

pub(super) fn all_claims(map: &Map) -> impl Iterator<Item = ClaimId> {
    map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact))
}

/// Collects the spellings of all redacted records.
fn all_spellings(
    map: &Map,
    redaction: &Redaction,
    actors: &BTreeSet<ActorId>,
    sources: &BTreeSet<SourceId>,
    hosts: &Hosts,
) -> Spellings {
    let mut spellings = Spellings::default();
    for &id in actors {
        let actor = map.actor(id);
        for name in names(actor) {
            spellings.add_name(name, bearer(map, id));
        }
        let keys = std::iter::once(&actor.key).chain(&actor.former_ids).map(|key| &**key);
        let phrases = keys.chain(actor.identifiers.iter().map(|(_, id)| id.as_str()));
        for phrase in phrases {
            spellings.add_phrase(phrase);
        }
    }
    for &id in &redaction.sources {
        for author in map.source(id).authors.iter().filter(|author| !is_told_anyway(map, author, actors, sources)) {
            spellings.add_name(author, Bearer::Unknown);
        }
    }
    for &id in sources {
        let source = map.source(id);
        let publisher = source.publisher.iter().filter(|name| !is_told_anyway(map, name, actors, sources));
        let phrases = source.title.iter().chain(publisher).map(String::as_str);
        for phrase in phrases.chain([&*source.key]) {
            spellings.add_phrase(phrase);
        }
    }
    for word in hosts.words() {
        spellings.add_phrase(word);
    }
    spellings
}

/// Whether an author or publisher is visible anyway: as that of a source that is not redacted, or as an actor.
fn is_told_anyway(map: &Map, maker: &str, actors: &BTreeSet<ActorId>, sources: &BTreeSet<SourceId>) -> bool {
    let maker = fold(maker);
    let others = map.source_ids().filter(|id| !sources.contains(id)).map(|id| map.source(id));
    let makers = others.flat_map(|source| source.publisher.iter().chain(&source.authors));
    let kept = map.actor_ids().filter(|id| !actors.contains(id)).flat_map(|id| names(map.actor(id)));
    makers.map(String::as_str).chain(kept).any(|name| fold(name).contains(&maker))
}

/// Collects withheld quotes, summaries and titles, which labels often repeat.
fn hidden_quotes(map: &Map, redaction: &Redaction, actors: &BTreeSet<ActorId>, sources: &BTreeSet<SourceId>) -> Quotes {
    let mut quotes = Quotes::default();
    for id in all_claims(map) {
        for piece in &map.claim(id).evidence {
            let cited = piece.cited_in.as_ref();
            let is_hidden = redaction.hides_quotes
                || sources.contains(&piece.source)
                || cited.is_some_and(|cited| sources.contains(&cited.source));
            let all = piece.quote.iter().chain(cited.and_then(|cited| cited.quote.as_ref()));
            for Quote { exact, prefix, suffix } in all.filter(|_| is_hidden) {
                for text in std::iter::once(exact).chain(prefix).chain(suffix) {
                    quotes.add(text);
                }
            }
        }
    }
    let titles = sources.iter().filter_map(|id| map.source(*id).title.as_deref());
    let summaries = actors.iter().filter_map(|id| map.actor(*id).summary.as_deref());
    for text in titles.chain(summaries) {
        quotes.add(text);
    }
    quotes
}

fn map_amounts(map: &Map) -> impl Iterator<Item = &crate::model::Amount> {
    all_claims(map).flat_map(|id| {
        let Claim { amount, share, quantity, .. } = map.claim(id);
        [amount, share, quantity].into_iter().flatten().map(|amount| &**amount)
    })
}
