//! Matching of texts against the spellings of redacted names.

use std::collections::{BTreeSet, HashSet};

use aho_corasick::AhoCorasick;

use super::fold::{Gap, Token, symbols, tokens};
use super::lexicon::TITLES;
use super::romanize::{consonants, is_foreign, loosened};
use super::spellings::{LONG, LONGER, Spellings, words_of};

/// Maximum number of letters of an ending after a stem.
const ENDING: usize = 4;

pub(super) struct Matcher {
    all: Spellings,
    inside: AhoCorasick,
    joined_lengths: BTreeSet<usize>,
    stem_lengths: BTreeSet<usize>,
    foreign_lengths: BTreeSet<usize>,
    loose_lengths: BTreeSet<usize>,
    longest: usize,
}

impl Matcher {
    /// Builds the matcher; `None` if there are too many spellings.
    pub(super) fn new(all: Spellings) -> Option<Self> {
        let inside = AhoCorasick::new(&all.inside).ok()?;
        let lengths = |words: &HashSet<String>| words.iter().map(String::len).collect::<BTreeSet<usize>>();
        let longest = all.inside.iter().map(String::len).max().unwrap_or(0);
        Some(Self {
            joined_lengths: all.inside.iter().map(String::len).collect(),
            stem_lengths: lengths(&all.stems),
            foreign_lengths: lengths(&all.foreign),
            loose_lengths: lengths(&all.loose),
            longest,
            inside,
            all,
        })
    }

    /// Whether the text contains any of the spellings.
    pub(super) fn touches(&self, text: &str) -> bool {
        let tokens = tokens(text);
        tokens.iter().any(|token| self.has_word(token))
            || groups(&tokens).any(|group| self.has_group(group))
            || letter_runs(&tokens).any(|run| self.has_letters(run))
            || (0..tokens.len()).any(|at| self.has_sequence(&tokens[at..]))
            || tokens.windows(2).any(|pair| self.has_titled_initial(pair))
            || self.has_symbols(text)
    }

    /// Returns all spellings matched inside words, for fuzzy comparison.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.all.inside.iter().map(String::as_str)
    }

    fn has_word(&self, token: &Token) -> bool {
        let all = &self.all;
        let is_foreign = is_foreign(&token.raw);
        let has_form = |form: &String| {
            all.whole.contains(form)
                || self.inside.is_match(form.as_str())
                || (token.is_capital && all.capital.contains(form))
                || (token.is_upper && all.upper.contains(form))
                || has_start(form, &all.stems, &self.stem_lengths)
        };
        let has_loose_form = |form: &String| {
            let loose = loosened(form);
            has_start(&loose, &all.foreign, &self.foreign_lengths)
                || (is_foreign && has_start(&loose, &all.loose, &self.loose_lengths))
                || (form.len() > LONG && all.consonants.contains(&consonants(form)))
                || (is_foreign && form.is_ascii() && all.sounds.contains(&consonants(form)))
        };
        token.forms.iter().any(|form| has_form(form) || has_loose_form(form))
    }

    /// Matches words that were split at capitals, or are joined by hyphens and apostrophes.
    fn has_group(&self, group: &[Token]) -> bool {
        let glued = group.iter().skip(1).all(|token| token.gap == Gap::Glued);
        if glued {
            let raw: String = group.iter().map(|token| token.raw.as_str()).collect();
            return words_of(&raw).iter().any(|word| self.has_word(word));
        }
        let joined: String = group.iter().map(Token::word).collect();
        self.all.whole.contains(&joined) || self.inside.find_iter(&joined).any(|found| found.len() > LONG)
    }

    /// Matches spaced-out letters: "V e r r i n", "B. P.".
    fn has_letters(&self, run: &[Token]) -> bool {
        let word: String = run.iter().map(Token::word).collect();
        let is_upper = run.iter().all(|token| token.is_upper);
        self.all.whole.contains(&word) || self.inside.is_match(&word) || (is_upper && self.all.upper.contains(&word))
    }

    /// Matches a phrase or a split name at the start of `tokens`.
    fn has_sequence(&self, tokens: &[Token]) -> bool {
        let Some(first) = tokens.first() else { return false };
        let begins = |phrase: &Vec<String>| {
            phrase.len() <= tokens.len() && phrase.iter().zip(tokens).all(|(word, token)| word == token.word())
        };
        if self.all.phrases.get(first.word()).is_some_and(|phrases| phrases.iter().any(begins)) {
            return true;
        }
        let mut joined = first.word().to_owned();
        for token in &tokens[1..] {
            if joined.len() > self.longest {
                return false;
            }
            joined.push_str(token.word());
            let is_start = |length: &usize| {
                *length > LONG
                    && (joined.len() == *length || *length >= LONGER)
                    && joined.get(..*length).is_some_and(|start| self.all.inside.contains(start))
            };
            if self.joined_lengths.iter().any(is_start) {
                return true;
            }
        }
        false
    }

    /// Matches a form of address with an initial, such as "Minister V.".
    fn has_titled_initial(&self, pair: &[Token]) -> bool {
        let [title, initial] = pair else { return false };
        initial.has_dot && self.all.initials.contains(initial.word()) && TITLES.contains(title.word())
    }

    fn has_symbols(&self, text: &str) -> bool {
        !self.all.symbols.is_empty() && {
            let signs = symbols(text);
            self.all.symbols.iter().any(|symbol| signs.contains(symbol.as_str()))
        }
    }
}

/// Returns runs of two or more glued or joined words.
fn groups(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let runs = tokens.chunk_by(|_, next| next.gap != Gap::Apart);
    // A run with joints is matched as a whole, and each of its glued parts separately.
    let parts = runs.clone().flat_map(|run| run.chunk_by(|_, next| next.gap == Gap::Glued));
    runs.chain(parts).filter(|run| run.len() > 1)
}

/// Returns runs of two or more single letters.
fn letter_runs(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let is_letter = |token: &Token| token.len() == 1;
    let runs = tokens.chunk_by(move |one, next| is_letter(one) && is_letter(next));
    runs.filter(|run| run.len() > 1)
}

/// Whether a word consists of one of `starts` and a short ending.
fn has_start(word: &str, starts: &HashSet<String>, lengths: &BTreeSet<usize>) -> bool {
    let has = |&length: &usize| {
        word.get(..length).is_some_and(|start| starts.contains(start))
            && word.get(length..).is_some_and(|rest| rest.chars().count() <= ENDING)
    };
    lengths.iter().any(has)
}
