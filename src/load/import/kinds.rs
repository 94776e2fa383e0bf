//! Gives the kinds of imported actors and ties colors and icons: by frequency, from a palette that color-blind readers
//! tell apart, and by the words of the kind.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{ActorKind, ActorKindId, Key, Rgb, TieKind, TieKindId};
use crate::visible::visible;

use super::registry::fold_name;

/// Colors that stay apart for color-blind readers, the most distinct first (P. Tol, "bright" and "muted" schemes).
const PALETTE: [[u8; 3]; 10] = [
    [0x44, 0x77, 0xAA],
    [0xEE, 0x66, 0x77],
    [0x22, 0x88, 0x33],
    [0xAA, 0x33, 0x77],
    [0xB8, 0x8A, 0x00],
    [0x33, 0x99, 0xCC],
    [0x33, 0x22, 0x88],
    [0x44, 0xAA, 0x99],
    [0x88, 0x22, 0x55],
    [0x99, 0x66, 0x33],
];
/// The color of all kinds beyond the palette.
const OTHER: [u8; 3] = [0x77, 0x77, 0x77];
/// Words for kinds in English, German, French and Spanish, behind the icon for them.
static ICONS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/import/icons.tsv").lines();
    let entries = lines.filter_map(|line| line.split_once('\t'));
    let words = entries.flat_map(|(icon, words)| words.split(' ').map(move |word| (word.to_owned(), icon)));
    let mut icons = HashMap::new();
    for (word, icon) in words {
        icons.entry(word).or_insert(icon);
    }
    icons
});

/// The kinds in use, with the number of their records.
#[derive(Debug, Default)]
pub(super) struct KindRegistry {
    actors: KindWords,
    ties: KindWords,
}

#[derive(Debug, Default)]
struct KindWords {
    by_word: HashMap<String, usize>,
    words: Vec<(String, usize)>,
}

impl KindWords {
    /// Returns the index of a word; words that differ only in case and blanks are one.
    fn count(&mut self, word: &str) -> usize {
        if let Some(&index) = self.by_word.get(word) {
            self.words[index].1 += 1;
            return index;
        }
        let folded = fold_name(word);
        let index = self.by_word.get(&folded).copied().unwrap_or_else(|| {
            self.words.push((visible(word).into_owned(), 0));
            self.words.len() - 1
        });
        self.by_word.insert(folded, index);
        self.by_word.insert(word.to_owned(), index);
        self.words[index].1 += 1;
        index
    }

    /// Returns each word with its color and icon.
    fn styled(self) -> impl Iterator<Item = (String, Rgb, Option<String>)> {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(self.words[index].1));
        let mut colors = vec![Rgb(OTHER); self.words.len()];
        for (&index, color) in order.iter().zip(PALETTE) {
            colors[index] = Rgb(color);
        }
        self.words.into_iter().zip(colors).map(|((word, _), color)| {
            let icon = icon_of(&word);
            (word, color, icon)
        })
    }
}

/// Returns the icon for the first word of a kind that has one.
fn icon_of(kind: &str) -> Option<String> {
    let folded = fold_name(kind);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let singular = |word: &str| ICONS.get(word.strip_suffix('s').unwrap_or(word)).copied();
    words.into_iter().find_map(|word| ICONS.get(word).copied().or_else(|| singular(word))).map(str::to_owned)
}

/// Whether a word is one for a kind of actors or ties, such as "company".
pub(super) fn is_word_for_a_kind(word: &str) -> bool {
    icon_of(word).is_some()
}

impl KindRegistry {
    /// Returns the kind of actors with this word, and counts it.
    pub(super) fn actor(&mut self, word: &str) -> ActorKindId {
        ActorKindId::from_index(self.actors.count(word))
    }

    /// Returns the kind of ties with this word, and counts it.
    pub(super) fn tie(&mut self, word: &str) -> TieKindId {
        TieKindId::from_index(self.ties.count(word))
    }

    /// Returns the kinds with their colors and icons.
    pub(super) fn into_lists(self) -> (Vec<ActorKind>, Vec<TieKind>) {
        let actors = self.actors.styled().map(|(label, color, icon)| ActorKind {
            key: Key::from(label.as_str()),
            label,
            color: Some(color),
            icon,
            is_auto: true,
            is_listed: true,
        });
        let ties = self.ties.styled().map(|(label, color, icon)| TieKind {
            key: Key::from(label.as_str()),
            label,
            verb: None,
            is_directed: true,
            color: Some(color),
            icon,
            is_auto: true,
            is_listed: true,
        });
        (actors.collect(), ties.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{KindRegistry, icon_of};

    #[test]
    fn kinds_have_icons_by_their_words_in_four_languages() {
        for (kind, icon) in [
            ("Company", Some("buildings")),
            ("invests in", Some("chart-pie-slice")),
            ("Unternehmen", Some("buildings")),
            ("Prêt", Some("hand-coins")),
            ("empresa pública", Some("buildings")),
            ("Persons", Some("user")),
            ("zorbs", None),
        ] {
            assert_eq!(icon_of(kind).as_deref(), icon, "{kind}");
        }
    }

    #[test]
    fn frequent_kinds_get_the_first_colors_and_the_rest_share_one() {
        let mut kinds = KindRegistry::default();
        for rare in 0..14 {
            kinds.tie(&format!("kind {rare}"));
        }
        let often = kinds.tie("Owns");
        assert_eq!(kinds.tie("OWNS "), often);
        let (_, ties) = kinds.into_lists();
        assert_eq!(ties[often.index()].color, Some(super::Rgb(super::PALETTE[0])));
        let shared = ties.iter().filter(|kind| kind.color == Some(super::Rgb(super::OTHER))).count();
        assert_eq!(shared, 15 - super::PALETTE.len());
    }
}
