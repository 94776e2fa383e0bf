//! Names of objects in the selection pane, each once on a slide.

use std::collections::BTreeSet;

use super::xml::shortened;

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

#[cfg(test)]
mod tests {
    use super::UniqueNames;

    #[test]
    fn a_name_is_given_once() {
        let mut names = UniqueNames::default();
        assert_eq!([names.give("Bank"), names.give("Bank"), names.give("Bank")], ["Bank", "Bank (2)", "Bank (3)"]);
        assert_eq!(names.give(&"x".repeat(200)).chars().count(), 80);
    }
}
