//! Names and aliases without what varies in writing: case, accents, punctuation, legal forms of companies.

use crate::model::{ActorId, Map};

/// Legal forms of companies and stop words, in folded spelling.
const LITTLE_WORDS: &[&str] = &[
    "ab",
    "ag",
    "and",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "der",
    "die",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "of",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
    "the",
    "und",
];

/// A name or alias, folded for comparison.
pub(super) struct FoldedName {
    pub(super) actor: ActorId,
    pub(super) is_alias: bool,
    /// The whole name without case, accents and punctuation.
    pub(super) whole: String,
    /// Its words without legal forms and stop words, in order.
    pub(super) words: Vec<String>,
    /// The words without spaces.
    pub(super) joined: String,
    /// The words in alphabetical order.
    pub(super) sorted: Vec<String>,
    /// The legal forms and stop words as they were written.
    pub(super) little: Vec<String>,
}

/// Returns the words that number things: "Fund 2" is not "Fund 3", nor "Fund II" "Fund III".
pub(super) fn numbers(name: &FoldedName) -> Vec<&str> {
    let is_number = |word: &&String| {
        word.chars().any(|c| c.is_ascii_digit())
            || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            || word.len() == 1
    };
    name.words.iter().filter(is_number).map(String::as_str).collect()
}

/// Returns the keys under which a name is compared with others.
pub(super) fn keys_of(name: &FoldedName) -> Vec<String> {
    if name.joined.is_empty() {
        return vec![format!("={}", name.whole)];
    }
    let words = name.words.iter().filter(|word| word.len() > 2).map(|word| format!("w{word}"));
    let start: String = name.joined.chars().take(4).collect();
    let mut keys: Vec<String> = words.chain([format!("s{start}"), format!("={}", name.joined)]).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Returns the names and aliases of all actors.
pub(super) fn folded_names(map: &Map) -> Vec<FoldedName> {
    let mut names = Vec::new();
    for (id, actor) in map.actors().iter() {
        let aliases = actor.aliases.iter().map(|alias| (alias, true));
        for (text, is_alias) in std::iter::once((&actor.name, false)).chain(aliases) {
            names.push(folded(id, text, is_alias));
        }
    }
    names
}

fn folded(actor: ActorId, text: &str, is_alias: bool) -> FoldedName {
    // "S.A." and "O'Neill" are one word each.
    let text: String = text.chars().filter(|c| !matches!(c, '.' | '\'' | '’')).collect();
    let split = |text: &str| -> Vec<String> {
        let ascii = any_ascii::any_ascii(text).to_lowercase();
        ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let all = split(&text);
    let is_little = |word: &str| LITTLE_WORDS.contains(&word);
    let words: Vec<String> = all.iter().filter(|word| !is_little(word)).cloned().collect();
    let little = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let little = little.filter(|word| split(word).iter().any(|word| is_little(word))).map(str::to_owned).collect();
    let mut sorted = words.clone();
    sorted.sort_unstable();
    FoldedName { actor, is_alias, whole: all.concat(), joined: words.concat(), sorted, words, little }
}
