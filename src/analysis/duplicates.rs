//! Actors that may be the same: similar names, the same identifier, the same address.
//!
//! Only actors that share a key are compared: a word, the beginning of the name, an identifier, an address. Where many
//! share one, each is compared with its neighbors in alphabetical order alone, so that the work grows with the number
//! of names, not with its square.

mod names;

use std::collections::{BTreeMap, HashMap};

use crate::model::{ActorId, Map, Pair};

use names::{FoldedName, folded_names, keys_of, numbers};

/// Actors that share a key are all compared up to this number.
const ALL_OF: usize = 24;
/// The number of neighbors that each is compared with where more share a key.
const NEIGHBORS: usize = 8;
/// The most pairs that are returned.
const MAX_PAIRS: usize = 1_000;
/// Minimum Jaro–Winkler similarity of two words.
const SIMILAR_WORD: f64 = 0.88;
/// How similar whole names must be whose words can't be paired.
const SIMILAR_NAME: f64 = 0.95;
/// Shorter names are similar to too many others.
const MIN_LENGTH: usize = 5;

/// Why two actors may be the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// An identifier in this register.
    Identifier(String),
    /// The name, but for case, accents and punctuation.
    Name,
    /// The name, but for these words, such as "Ltd".
    NameBut(String),
    /// One has the name of the other as an alias, or both have the same alias.
    Alias,
    /// The words of the name, in another order.
    WordOrder,
    /// The web address.
    Address,
    /// Names that differ by a few letters.
    Similar,
}

/// Two actors that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct LikelyPair {
    /// The actors.
    pub pair: Pair,
    /// Why, the strongest reason first.
    pub reasons: Vec<Likeness>,
    /// How likely, from 0 to 1; for sorting only.
    pub likelihood: f64,
}

/// The pairs of a map that may be the same, likeliest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Duplicates {
    /// The pairs.
    pub pairs: Vec<LikelyPair>,
    /// The number of pairs that were found but are not returned.
    pub left_out: usize,
    /// The number of comparisons made.
    pub compared: usize,
}

/// Returns the pairs of actors that may be the same and are not recorded as distinct; `None` if canceled.
#[must_use]
pub fn likely_duplicates(map: &Map, is_canceled: &dyn Fn() -> bool) -> Option<Duplicates> {
    let names = folded_names(map);
    let mut search = PairSearch { map, found: BTreeMap::new(), compared: 0 };
    search.by_key(same_values(map), is_canceled)?;
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        for key in keys_of(name) {
            blocks.entry(key).or_default().push(index);
        }
    }
    for mut block in blocks.into_values().filter(|block| block.len() > 1) {
        if is_canceled() {
            return None;
        }
        if block.len() > ALL_OF {
            block.sort_by(|one, other| names[*one].joined.cmp(&names[*other].joined).then(one.cmp(other)));
        }
        let reach = if block.len() > ALL_OF { NEIGHBORS } else { block.len() };
        for (at, one) in block.iter().enumerate() {
            for other in block[at + 1..].iter().take(reach) {
                search.compare(&names[*one], &names[*other]);
            }
        }
    }
    Some(search.result())
}

/// Collects the pairs found.
struct PairSearch<'a> {
    map: &'a Map,
    found: BTreeMap<Pair, BTreeMap<Likeness, f64>>,
    compared: usize,
}

impl PairSearch<'_> {
    fn add(&mut self, one: ActorId, other: ActorId, reason: Likeness, likelihood: f64) {
        let pair = Pair::new(one, other);
        if one != other && !self.map.records().distinct.contains(&pair) {
            let reasons = self.found.entry(pair).or_default();
            let known = reasons.entry(reason).or_insert(likelihood);
            *known = known.max(likelihood);
        }
    }

    /// Adds the actors that have the same value of something, such as an identifier.
    fn by_key(
        &mut self,
        values: HashMap<(Likeness, String), Vec<ActorId>>,
        is_canceled: &dyn Fn() -> bool,
    ) -> Option<()> {
        for ((reason, _), actors) in values {
            if is_canceled() {
                return None;
            }
            let likelihood = if reason == Likeness::Address { 0.9 } else { 1.0 };
            for (at, one) in actors.iter().enumerate() {
                for other in actors[at + 1..].iter().take(NEIGHBORS) {
                    self.compared += 1;
                    self.add(*one, *other, reason.clone(), likelihood);
                }
            }
        }
        Some(())
    }

    fn compare(&mut self, one: &FoldedName, other: &FoldedName) {
        self.compared += 1;
        if one.actor == other.actor {
            return;
        }
        if let Some((reason, likelihood)) = likeness(one, other) {
            let by_alias = (one.is_alias || other.is_alias) && reason != Likeness::Similar;
            let reason = if by_alias { Likeness::Alias } else { reason };
            self.add(one.actor, other.actor, reason, if by_alias { likelihood - 0.02 } else { likelihood });
        }
    }

    fn result(self) -> Duplicates {
        let mut pairs: Vec<LikelyPair> = self
            .found
            .into_iter()
            .map(|(pair, reasons)| {
                let best = reasons.values().copied().fold(0.0, f64::max);
                let likelihood = best + 0.005 * (reasons.len() - 1) as f64;
                let mut reasons: Vec<(Likeness, f64)> = reasons.into_iter().collect();
                reasons.sort_by(|one, other| other.1.total_cmp(&one.1));
                LikelyPair { pair, reasons: reasons.into_iter().map(|(reason, _)| reason).collect(), likelihood }
            })
            .collect();
        pairs.sort_by(|one, other| other.likelihood.total_cmp(&one.likelihood).then(one.pair.cmp(&other.pair)));
        let left_out = pairs.len().saturating_sub(MAX_PAIRS);
        pairs.truncate(MAX_PAIRS);
        Duplicates { pairs, left_out, compared: self.compared }
    }
}

/// Returns why two names may be of the same actor, and how likely.
fn likeness(one: &FoldedName, other: &FoldedName) -> Option<(Likeness, f64)> {
    if one.whole == other.whole {
        return Some((Likeness::Name, 0.99));
    }
    if one.joined.is_empty() || other.joined.is_empty() {
        return None;
    }
    if one.joined == other.joined {
        let differing: Vec<&String> = one
            .little
            .iter()
            .chain(&other.little)
            .filter(|word| one.little.contains(word) != other.little.contains(word))
            .collect();
        let words = differing.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        return Some(if words.is_empty() { (Likeness::Name, 0.98) } else { (Likeness::NameBut(words), 0.96) });
    }
    if one.sorted == other.sorted {
        return Some((Likeness::WordOrder, 0.94));
    }
    if one.joined.len().min(other.joined.len()) < MIN_LENGTH || numbers(one) != numbers(other) {
        return None;
    }
    let whole = strsim::jaro_winkler(&one.joined, &other.joined);
    let is_similar = if one.words.len() == other.words.len() {
        one.words.iter().zip(&other.words).all(|(one, other)| strsim::jaro_winkler(one, other) >= SIMILAR_WORD)
    } else {
        whole >= SIMILAR_NAME
    };
    is_similar.then_some((Likeness::Similar, 0.9 * whole))
}

/// Returns the actors that have each identifier and each address.
fn same_values(map: &Map) -> HashMap<(Likeness, String), Vec<ActorId>> {
    let mut values: HashMap<(Likeness, String), Vec<ActorId>> = HashMap::new();
    for (id, actor) in map.actors().iter() {
        let identifiers = actor
            .identifiers
            .iter()
            .map(|(register, value)| (Likeness::Identifier(register.clone()), value.trim().to_lowercase()));
        let address = actor.url.iter().map(|url| (Likeness::Address, page(url)));
        for key in identifiers.chain(address).filter(|(_, value)| !value.is_empty()) {
            let actors = values.entry(key).or_default();
            if actors.last() != Some(&id) {
                actors.push(id);
            }
        }
    }
    values
}

/// Returns an address without the parts that do not distinguish pages.
fn page(url: &str) -> String {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, MapParts};

    fn map(actors: Vec<Actor>) -> Map {
        let actors = actors.into_iter().enumerate().map(|(at, actor)| Actor { key: format!("a{at}").into(), ..actor });
        Map::new(MapParts { actors: actors.collect(), ..MapParts::default() }).expect("a sound map")
    }

    fn named(name: &str) -> Actor {
        Actor { name: name.to_owned(), ..Actor::default() }
    }

    fn reasons(one: Actor, other: Actor) -> Vec<Likeness> {
        let found = likely_duplicates(&map(vec![one, other]), &|| false).expect("not canceled");
        found.pairs.into_iter().next().map(|pair| pair.reasons).unwrap_or_default()
    }

    #[test]
    fn names_are_compared_without_what_people_write_differently() {
        let by_name = |one: &str, other: &str| reasons(named(one), named(other));
        assert_eq!(by_name("OpenAI", "Open AI"), [Likeness::Name]);
        assert_eq!(by_name("Société Générale", "SOCIETE GENERALE"), [Likeness::Name]);
        assert_eq!(by_name("Norvik Bank", "Norvik Bank Ltd."), [Likeness::NameBut("Ltd".to_owned())]);
        assert_eq!(by_name("Larch S.A.", "Larch"), [Likeness::NameBut("SA".to_owned())]);
        assert_eq!(by_name("Kern, Alma", "Alma Kern"), [Likeness::WordOrder]);
        assert_eq!(by_name("Gazprom Neft", "Gasprom Neft"), [Likeness::Similar]);
        assert_eq!(by_name("Müller Maschinenbau", "Muller Maschinenbau GmbH"), [Likeness::NameBut("GmbH".to_owned())]);
        for (one, other) in [
            ("Alder Bank", "Alder Mill"),
            ("Fund 2", "Fund 3"),
            ("Growth Fund II", "Growth Fund III"),
            ("First Bank of Ohio", "First Bank of Iowa"),
            ("Ann Smith", "Anna Smythe-Jones"),
            ("The Group", "The Company"),
        ] {
            assert_eq!(by_name(one, other), [], "{one} and {other}");
        }
    }

    #[test]
    fn aliases_identifiers_and_addresses_are_compared_too() {
        let alias = Actor { aliases: vec!["OpenAI LP".to_owned()], ..named("Research company") };
        assert_eq!(reasons(alias, named("OpenAI")), [Likeness::Alias]);
        let lei = |name, value: &str| Actor { identifiers: vec![("lei".to_owned(), value.to_owned())], ..named(name) };
        assert_eq!(reasons(lei("Alder", "X1"), lei("Birch", "x1")), [Likeness::Identifier("lei".to_owned())]);
        assert_eq!(reasons(lei("Alder", "X1"), lei("Birch", "X2")), []);
        let url = |name, url: &str| Actor { url: Some(url.to_owned()), ..named(name) };
        let same = reasons(url("Alder", "https://www.example.org/"), url("Birch", "http://example.org"));
        assert_eq!(same, [Likeness::Address]);
    }

    #[test]
    fn the_likeliest_come_first_and_those_judged_distinct_not_at_all() {
        let mut actors = vec![named("Gazprom Neft"), named("Gasprom Neft"), named("Norvik"), named("Norvik")];
        actors[2].identifiers = vec![("lei".to_owned(), "1".to_owned())];
        actors[3].identifiers = vec![("lei".to_owned(), "1".to_owned())];
        let mut map = map(actors);
        let found = likely_duplicates(&map, &|| false).expect("not canceled");
        let pairs: Vec<[ActorId; 2]> = found.pairs.iter().map(|pair| pair.pair.actors()).collect();
        assert_eq!(pairs, [[ActorId(2), ActorId(3)], [ActorId(0), ActorId(1)]]);
        assert_eq!(found.pairs[0].reasons, [Likeness::Identifier("lei".to_owned()), Likeness::Name]);
        let pair = Pair::new(ActorId(2), ActorId(3));
        let change = crate::model::RecordChange::Distinct { pair, was: false, is: true };
        map = map.with_changes(&[change]).expect("it fits");
        let found = likely_duplicates(&map, &|| false).expect("not canceled");
        assert_eq!(found.pairs.len(), 1, "{:?}", found.pairs);
        assert_eq!(likely_duplicates(&map, &|| true), None, "canceled");
    }

    #[test]
    fn the_work_grows_with_the_number_of_names_not_with_its_square() {
        // The worst case: all names share their beginning and a word.
        let compared = |count: usize| {
            let actors = (0..count).map(|at| named(&format!("Holdco {} Partners", letters(at)))).collect();
            likely_duplicates(&map(actors), &|| false).expect("not canceled").compared
        };
        let (small, large) = (compared(300), compared(3_000));
        assert!(large <= 12 * small, "{small} and {large}");
        assert!(large <= 3_000 * 4 * NEIGHBORS, "{large}");
    }

    /// Returns a word for each number.
    fn letters(mut number: usize) -> String {
        let mut word = String::new();
        for _ in 0..6 {
            word.push(char::from(b'a' + u8::try_from(number * 7 % 26).unwrap_or(0)));
            number /= 26;
        }
        word
    }
}
