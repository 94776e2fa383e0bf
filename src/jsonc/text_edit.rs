//! A set of disjoint, sorted replacements in one text.

use std::ops::Range;

/// Error of two replacements that overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overlap;

/// Replacements of byte ranges. Ranges may touch; an empty range is an insertion.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextEdit {
    /// Disjoint and sorted; insertions at the same offset keep their order of arrival.
    changes: Vec<(Range<usize>, String)>,
}

impl TextEdit {
    /// Adds a replacement.
    ///
    /// # Errors
    ///
    /// If it overlaps with an existing one, which leaves the edit unchanged.
    pub(crate) fn replace(&mut self, part: Range<usize>, new: String) -> Result<(), Overlap> {
        let at = self.changes.partition_point(|(known, _)| (known.start, known.end) <= (part.start, part.end));
        let is_clear = |before: &Range<usize>, after: &Range<usize>| before.end <= after.start;
        let fits_before = at.checked_sub(1).is_none_or(|last| is_clear(&self.changes[last].0, &part));
        let fits_after = self.changes.get(at).is_none_or(|(next, _)| is_clear(&part, next));
        if part.start > part.end || !fits_before || !fits_after {
            return Err(Overlap);
        }
        self.changes.insert(at, (part, new));
        Ok(())
    }

    /// Returns the text with all replacements applied; `None` if a range is out of bounds.
    pub(crate) fn apply(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (part, new) in &self.changes {
            out.push_str(text.get(at..part.start)?);
            out.push_str(new);
            at = part.end;
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Overlap, TextEdit};

    #[test]
    fn overlapping_changes_are_refused_and_touching_ones_made() {
        let mut edit = TextEdit::default();
        assert_eq!(edit.replace(4..6, "X".to_owned()), Ok(()));
        for part in [4..6, 3..5, 5..7, 3..7, 5..5, 4..5] {
            assert_eq!(edit.replace(part, String::new()), Err(Overlap));
        }
        for (part, new) in [(6..6, "b"), (4..4, "a"), (6..6, "c"), (2..4, ""), (6..8, "Y")] {
            assert_eq!(edit.replace(part, new.to_owned()), Ok(()));
        }
        assert_eq!(edit.apply("0123456789").as_deref(), Some("01aXbcY89"));
        assert_eq!(edit.apply("0123"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The oracle records the ranges that accepted changes replace.
        #[test]
        fn changes_are_made_all_or_refused(parts in prop::collection::vec((0..30_usize, 0..6_usize), 0..12)) {
            let text: String = ('A'..='Z').chain('a'..='j').collect();
            let mut edit = TextEdit::default();
            let mut taken: Vec<(usize, usize)> = Vec::new();
            for (start, length) in parts {
                let end = start + length;
                let meets = |&(from, to): &(usize, usize)| {
                    let has_byte = (start..end).any(|byte| (from..to).contains(&byte));
                    let is_inside = |point: usize, from: usize, to: usize| from < point && point < to;
                    has_byte || (start == end && is_inside(start, from, to)) || (from == to && is_inside(from, start, end))
                };
                let is_refused = edit.replace(start..end, "*".to_owned()).is_err();
                prop_assert_eq!(is_refused, taken.iter().any(meets));
                if !is_refused {
                    taken.push((start, end));
                }
            }
            let new = edit.apply(&text).expect("inside");
            let kept: String = text.char_indices().filter(|(at, _)| !taken.iter().any(|(from, to)| (*from..*to).contains(at))).map(|(_, c)| c).collect();
            prop_assert_eq!(new.replace('*', ""), kept, "what no change takes stays");
            prop_assert_eq!(new.matches('*').count(), taken.len());
        }
    }
}
