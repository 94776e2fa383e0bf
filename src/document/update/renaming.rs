//! What is noted of deleted ties, in the names that their actors have now: an actor may have been merged into another
//! since.

use std::collections::HashMap;

use super::candidates::folded;

const TIE: &str = "tie ";
const ARROW: &str = " → ";

/// The names of actors as they are compared: that of the map by that of the tables, where they differ.
#[derive(Default)]
pub(super) struct NamesNow(HashMap<String, String>);

impl NamesNow {
    /// Takes pairs of a name in the tables and the name in the map.
    pub(super) fn new<'n>(pairs: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        // Of several actors of one name it is not known which is meant.
        let mut names: HashMap<String, Option<String>> = HashMap::new();
        for (read, now) in pairs {
            let now = folded(now);
            let known = names.entry(folded(read)).or_insert_with(|| Some(now.clone()));
            known.take_if(|known| *known != now);
        }
        Self(names.into_iter().filter_map(|(read, now)| Some((read, now?))).filter(|(read, now)| read != now).collect())
    }

    /// Returns a note as it is compared, with both ends of a tie as they are called now.
    pub(super) fn renamed(&self, note: &str) -> String {
        let note = folded(note);
        self.renamed_tie(&note).unwrap_or(note)
    }

    fn renamed_tie(&self, note: &str) -> Option<String> {
        let ends = note.strip_prefix(TIE).filter(|_| !self.0.is_empty())?;
        let (from, rest) = self.renamed_end(ends, ARROW);
        let (to, rest) = self.renamed_end(rest.strip_prefix(ARROW)?, ", ");
        Some(format!("{TIE}{from}{ARROW}{to}{rest}"))
    }

    /// Splits a name from what follows it; a name may contain the separator.
    fn renamed_end<'n>(&'n self, text: &'n str, separator: &str) -> (&'n str, &'n str) {
        let mut splits = text.match_indices(separator).map(|(at, _)| text.split_at(at));
        let known = splits.clone().find_map(|(name, rest)| Some((self.0.get(name)?.as_str(), rest)));
        known.or_else(|| splits.next()).unwrap_or((text, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::NamesNow;

    #[test]
    fn both_ends_of_a_tie_are_renamed() {
        let names = NamesNow::new([("Ann", "Bob"), ("Cy, Ltd", "Di"), ("Eve", "Eve")].into_iter());
        assert_eq!(names.renamed("tie Ann  → Cy, Ltd, loan, 2020"), "tie bob → di, loan, 2020");
        assert_eq!(names.renamed("tie Eve → Ann, loan"), "tie eve → bob, loan");
        assert_eq!(names.renamed("actor Ann"), "actor ann");
        assert_eq!(names.renamed("tie Ann + Eve, loan"), "tie ann + eve, loan", "parties keep their names");
        let two = NamesNow::new([("Ann", "Bob"), ("Ann", "Ann"), ("Cy", "Di")].into_iter());
        assert_eq!(two.renamed("tie Ann → Cy, loan"), "tie ann → di, loan", "not known which Ann");
        assert_eq!(NamesNow::default().renamed("tie Ann → Eve, loan"), "tie ann → eve, loan");
    }
}
