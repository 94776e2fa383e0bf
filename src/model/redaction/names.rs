//! Whether a text gives away a redacted name, also in another spelling.

use std::collections::{BTreeSet, HashSet};

use aho_corasick::AhoCorasick;

use super::Redaction;
use crate::model::{ActorId, Map, SourceId};

/// Names of fewer characters than this are looked for as words of their own, longer ones inside others too.
const SHORT: usize = 5;
/// Single words of a name count as the name from this length on.
const LEAST_WORD: usize = 4;

/// Quotes of fewer letters than this are words that anyone may use.
const LEAST_QUOTE: usize = 8;

/// Words that names are made with and that give nobody away.
const COMMON: &str = "agency alliance association authority bank board business capital central chamber city club \
    commission committee company consortium corporation council court department development digital east energy \
    federal federation finance financial first foundation fund general global government group holding holdings \
    house inc industries industry infrastructure institute insurance international investment investments limited \
    ltd management maritime media ministry national network news north office partners people person policy port \
    ports power press project public radio register regional republic research review science security service \
    services shipping society solutions south state states station street systems technologies technology terminal \
    terminals times today trade trading transport trust union united university west works world";

/// What gives redacted actors away, in the spellings by which it is looked for.
pub(super) struct Names {
    /// Letters and digits alone, in lower case.
    long: Option<AhoCorasick>,
    /// Short names, in lower case, with what stands between their words.
    short: Vec<String>,
    /// Words that stand for a name by themselves, in lower case.
    words: HashSet<String>,
    /// Words of withheld quotes, which labels and summaries like to repeat; letters and digits in lower case.
    quotes: Option<AhoCorasick>,
}

impl Names {
    pub(super) fn new(map: &Map, actors: &BTreeSet<ActorId>, redaction: &Redaction) -> Self {
        let mut texts: BTreeSet<&str> = BTreeSet::new();
        for &id in actors {
            let actor = map.actor(id);
            texts.extend([actor.name.as_str(), &actor.key]);
            texts.extend(actor.aliases.iter().map(String::as_str));
            texts.extend(actor.identifiers.iter().map(|(_, id)| id.as_str()));
            texts.extend(actor.summary.as_deref());
            texts.extend(actor.url.as_deref().map(bare_address));
        }
        for &id in &redaction.sources {
            let source = map.source(id);
            texts.extend([source.title.as_deref(), Some(&*source.key)].into_iter().flatten());
            texts.extend([&source.url, &source.archive_url].into_iter().flatten().map(|url| bare_address(url)));
            texts.extend(makers(map, id).filter(|maker| !is_told_anyway(map, maker, actors, redaction)));
        }
        let is_short = |text: &&&str| compact(text).chars().count() < SHORT && text.is_ascii();
        let long: BTreeSet<String> = texts.iter().filter(|text| !is_short(text)).map(|text| compact(text)).collect();
        let long: Vec<String> = long.into_iter().filter(|text| !text.is_empty()).collect();
        let short = texts.iter().filter(is_short).map(|text| text.trim().to_lowercase());
        Self {
            // An automaton that can't be built would let names through: then every text counts as one that tells.
            long: AhoCorasick::new(&long).ok(),
            short: short.filter(|text| !text.is_empty()).collect(),
            words: words(map, actors),
            quotes: AhoCorasick::new(if redaction.hides_quotes { quoted(map) } else { BTreeSet::new() }).ok(),
        }
    }

    /// Whether the text repeats a quote that is withheld.
    pub(super) fn quotes_occur_in(&self, text: &str) -> bool {
        self.quotes.as_ref().is_none_or(|quotes| quotes.is_match(&compact(text)))
    }

    /// Whether the text gives a name away.
    pub(super) fn occur_in(&self, text: &str) -> bool {
        let Some(long) = &self.long else { return true };
        if long.is_match(&compact(text)) {
            return true;
        }
        let lower = text.to_lowercase();
        self.short.iter().any(|name| has_word(&lower, name)) || self.has_own_word(text)
    }

    /// Whether an address gives a name away: there words run together and have no capitals.
    pub(super) fn occur_in_address(&self, url: &str) -> bool {
        self.occur_in(url) || tokens(url).any(|token| self.words.contains(&token.to_lowercase()))
    }

    /// Whether a word of a name stands in the text as names are written.
    fn has_own_word(&self, text: &str) -> bool {
        let is_name = |token: &str| !token.chars().next().is_some_and(char::is_lowercase);
        tokens(text).any(|token| is_name(token) && self.words.contains(&token.to_lowercase()))
    }
}

/// Who made a source: its publisher and authors.
fn makers(map: &Map, id: SourceId) -> impl Iterator<Item = &str> {
    let source = map.source(id);
    source.publisher.iter().chain(&source.authors).map(String::as_str)
}

/// Whether the maker of a redacted source has made another one that is not, or is an actor that keeps its name.
fn is_told_anyway(map: &Map, maker: &str, actors: &BTreeSet<ActorId>, redaction: &Redaction) -> bool {
    let maker = compact(maker);
    let others = map.source_ids().filter(|id| !redaction.sources.contains(id)).flat_map(|id| makers(map, id));
    let kept = map.actor_ids().filter(|id| !actors.contains(id)).map(|id| map.actor(id));
    let names = kept.flat_map(|actor| std::iter::once(&actor.name).chain(&actor.aliases)).map(String::as_str);
    others.chain(names).any(|name| compact(name).contains(&maker))
}

/// All quotes of a map that are long enough to be known again.
fn quoted(map: &Map) -> BTreeSet<String> {
    let claims = map.ties.iter().map(|tie| &tie.claim).chain(map.facts.iter().map(|fact| &fact.claim));
    let own = claims.flat_map(|claim| &claim.evidence).flat_map(|piece| {
        let cited = piece.cited_in.as_ref().and_then(|cited| cited.quote.as_ref());
        piece.quote.iter().chain(cited)
    });
    own.map(|quote| compact(&quote.exact)).filter(|quote| quote.chars().count() >= LEAST_QUOTE).collect()
}

/// The words of the actors' names that no other actor's name has and that are not common.
fn words(map: &Map, actors: &BTreeSet<ActorId>) -> HashSet<String> {
    let names = |id: ActorId| {
        let actor = map.actor(id);
        std::iter::once(&actor.name).chain(&actor.aliases).flat_map(|name| tokens(name))
    };
    let others = map.actor_ids().filter(|id| !actors.contains(id)).flat_map(names);
    let shared: HashSet<String> = others.map(str::to_lowercase).collect();
    let common: HashSet<&str> = COMMON.split_whitespace().collect();
    let own = actors.iter().copied().flat_map(names).filter(|word| word.chars().count() >= LEAST_WORD);
    own.map(str::to_lowercase).filter(|word| !shared.contains(word) && !common.contains(word.as_str())).collect()
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// Letters and digits alone, in lower case: "Amber-Lock Ltd" as "amberlockltd".
fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether `name` stands in a text with no letter or digit right before or behind it.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// An address without scheme, `www.` and closing slash.
fn bare_address(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}
