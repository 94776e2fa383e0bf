//! Names of objects in the selection pane, each once on a slide.

use std::collections::BTreeSet;

/// The longest name, in UTF-16 units; longer ones are cut in the selection pane anyway.
const LONGEST: usize = 80;

/// The names given on one slide.
#[derive(Debug, Default)]
pub(super) struct UniqueNames {
    given: BTreeSet<String>,
}

impl UniqueNames {
    /// Returns the name, with a number if it was given before.
    pub(super) fn give(&mut self, name: &str) -> String {
        let name = shortened(name, LONGEST);
        let numbered = (2..).map(|number: usize| format!("{name} ({number})"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.given.contains(name));
        let free = free.unwrap_or(name);
        self.given.insert(free.clone());
        free
    }
}

/// Cuts a text to a length in UTF-16 units, with an ellipsis.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let mut left = most.saturating_sub(1);
    for (at, c) in text.char_indices() {
        if c.len_utf16() > left && text[at..].encode_utf16().count() > left + 1 {
            return format!("{}…", text[..at].trim_end());
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{UniqueNames, shortened};

    #[test]
    fn a_name_is_given_once() {
        let mut names = UniqueNames::default();
        assert_eq!([names.give("Bank"), names.give("Bank"), names.give("Bank")], ["Bank", "Bank (2)", "Bank (3)"]);
        assert_eq!(names.give(&"x".repeat(200)).chars().count(), 80);
    }

    #[test]
    fn long_texts_are_cut_by_utf16_units() {
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("abcd", 3), "ab…");
        assert_eq!(shortened("𝒂𝒃𝒄", 6), "𝒂𝒃𝒄");
        assert_eq!(shortened("𝒂𝒃𝒄", 5), "𝒂𝒃…");
        for length in 0..40 {
            assert!(shortened(&"x𝒂".repeat(length), 20).encode_utf16().count() <= 20);
        }
    }
}
