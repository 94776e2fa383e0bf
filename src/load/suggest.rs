//! "Did you mean": finds the known word closest to an unknown one.

use std::cell::Cell;

/// The maximum number of comparisons per file, so that a broken file loads as fast as a valid one.
const MAX_COMPARISONS: u32 = 400_000;

/// Finds similar words within a budget for the whole file.
#[derive(Debug)]
pub(crate) struct Suggester {
    left: Cell<u32>,
}

impl Default for Suggester {
    fn default() -> Self {
        Self { left: Cell::new(MAX_COMPARISONS) }
    }
}

impl Suggester {
    /// Returns the closest word within an edit distance of a third of its length (at least 1); the first if several
    /// are equally close.
    pub(crate) fn closest<'w>(&self, word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
        let length = word.chars().take(65).count();
        if length > 64 || length == 0 {
            return None;
        }
        let limit = (length / 3).max(1);
        let lower = word.to_lowercase();
        let mut best: Option<(usize, &str)> = None;
        for candidate in known {
            if candidate.len().abs_diff(word.len()) > limit * 2 {
                continue;
            }
            let left = self.left.get();
            if left == 0 {
                break;
            }
            self.left.set(left - 1);
            let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
            if distance <= limit && candidate != word && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// Returns "did you mean" with the closest word, or `otherwise` if none is close.
    pub(crate) fn or<'w>(&self, word: &str, known: impl IntoIterator<Item = &'w str>, otherwise: &str) -> String {
        self.closest(word, known).map_or_else(|| otherwise.to_owned(), |close| format!("did you mean “{close}”?"))
    }
}

#[cfg(test)]
mod tests {
    use super::Suggester;

    #[test]
    fn finds_the_word_that_was_meant() {
        let suggester = Suggester::default();
        assert_eq!(suggester.closest("opnai", ["amazon", "openai"]), Some("openai"));
        assert_eq!(suggester.closest("Suports", ["supports", "disputes"]), Some("supports"));
        assert_eq!(suggester.closest("zebra", ["amazon", "openai"]), None);
        assert_eq!(suggester.closest("", ["a"]), None);
    }
}
