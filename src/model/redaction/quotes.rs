//! Detection of texts that repeat withheld quotes.

use std::collections::HashSet;

use super::fold::{Token, tokens};
use super::romanize::is_unspaced;

/// Number of consecutive words that identify a quote.
const RUN: usize = 4;
/// Minimum number of letters of a shorter quote; anyone may use fewer.
const MIN_LETTERS: usize = 8;

/// Word sequences of withheld quotes.
#[derive(Default)]
pub(super) struct Quotes {
    runs: HashSet<Vec<String>>,
    /// Quotes shorter than [`RUN`] words.
    short: HashSet<Vec<String>>,
}

impl Quotes {
    /// Adds the words of a quote.
    pub(super) fn add(&mut self, text: &str) {
        let words = words(text);
        if words.len() >= RUN {
            self.runs.extend(words.windows(RUN).map(<[String]>::to_vec));
        } else if words.iter().map(|word| word.chars().count()).sum::<usize>() >= MIN_LETTERS {
            self.short.insert(words);
        }
    }

    /// Whether the text repeats any of the quotes.
    pub(super) fn touches(&self, text: &str) -> bool {
        if self.runs.is_empty() && self.short.is_empty() {
            return false;
        }
        let words = words(text);
        words.windows(RUN).any(|run| self.runs.contains(run))
            || (1..RUN).any(|length| words.windows(length).any(|run| self.short.contains(run)))
    }
}

/// Splits a text into folded words; in scripts without spaces, each character is a word.
fn words(text: &str) -> Vec<String> {
    let split = |token: &Token| -> Vec<String> {
        if is_unspaced(&token.raw) {
            token.word().chars().map(String::from).collect()
        } else {
            vec![token.word().to_owned()]
        }
    };
    tokens(text).iter().flat_map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(texts: &[&str]) -> Quotes {
        let mut quotes = Quotes::default();
        for text in texts {
            quotes.add(text);
        }
        quotes
    }

    #[test]
    fn four_words_in_a_row_are_a_repetition() {
        let quotes = quotes(&["We hold five shares in Birch and will sell them", "Then he left.", "Yes."]);
        for text in [
            "“hold FIVE shares… in Birch”",
            "they said: five shares in Birch",
            "https://a.example/#:~:text=We%20hold%20five%20shares",
            "and then he left by the door",
        ] {
            assert!(quotes.touches(text), "{text}");
        }
        for text in ["five shares", "shares in Birch", "Yes.", "he left then", ""] {
            assert!(!quotes.touches(text), "{text}");
        }
        assert!(quotes_of_han().touches("他说我们持有五股"));
    }

    fn quotes_of_han() -> Quotes {
        quotes(&["我们持有五股份"])
    }
}
