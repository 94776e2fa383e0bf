//! Gives the kinds of imported actors and ties colors and icons: by frequency, from a palette that color-blind readers
//! tell apart, and by the words of the kind.

mod verb;

pub use verb::verb_of;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::LazyLock;

use crate::hidden_characters::visible;
use crate::model::{ActorKind, ActorKindId, Key, Map, RecordChange, Rgb, SAFE_COLORS, Swap, TieKind, TieKindId};

use super::registry::fold_name;

/// The colors that kinds get without being asked: those that stay apart best.
const PALETTE: &[Rgb] = SAFE_COLORS.split_at(10).0;
/// The color of all kinds beyond the palette.
const OTHER: Rgb = SAFE_COLORS[11];
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
    /// The words of new kinds, with the number of their records.
    words: Vec<(String, usize)>,
    /// The index of the first new kind.
    first: usize,
    /// The colors of the kinds that were there.
    taken: Vec<Rgb>,
}

/// The kinds that no map declared yet.
pub(super) struct NewKinds {
    pub(super) actors: Vec<(ActorKindId, ActorKind)>,
    pub(super) ties: Vec<(TieKindId, TieKind)>,
}

impl KindWords {
    /// Returns the index of a word; words that differ only in case and blanks are one.
    fn count(&mut self, word: &str) -> usize {
        let index = self.by_word.get(word).copied().unwrap_or_else(|| {
            let folded = fold_name(word);
            let index = self.by_word.get(&folded).copied().unwrap_or_else(|| {
                self.words.push((visible(word).into_owned(), 0));
                self.first + self.words.len() - 1
            });
            self.by_word.insert(folded, index);
            self.by_word.insert(word.to_owned(), index);
            index
        });
        if let Some(new) = index.checked_sub(self.first) {
            self.words[new].1 += 1;
        }
        index
    }

    /// Adds a kind that was there.
    fn add_old(&mut self, index: usize, words: [&str; 2], color: Option<Rgb>) {
        for word in words {
            self.by_word.entry(fold_name(word)).or_insert(index);
        }
        self.taken.extend(color);
    }

    /// Returns each new word with the index of its kind, its color and icon.
    fn styled(self) -> impl Iterator<Item = (usize, String, Rgb, Option<String>)> {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(self.words[index].1));
        let mut colors = vec![OTHER; self.words.len()];
        let free = PALETTE.iter().copied().filter(|color| !self.taken.contains(color));
        for (&index, color) in order.iter().zip(free) {
            colors[index] = color;
        }
        let first = self.first;
        self.words.into_iter().zip(colors).enumerate().map(move |(index, ((word, _), color))| {
            let icon = icon_of(&word);
            (first + index, word, color, icon)
        })
    }
}

/// Returns the icon for the first word of a kind that has one; `LegalEntity` and `registeredEntity` are two words.
fn icon_of(kind: &str) -> Option<String> {
    icon_of_words(kind).or_else(|| icon_of_words(&parted(kind)))
}

/// Inserts blanks where an uppercase letter follows a lowercase one, and before the last of several uppercase letters.
fn parted(word: &str) -> String {
    let mut parted = String::with_capacity(word.len() + 8);
    let mut chars = word.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        let is_word = before.is_some_and(|before| {
            before.is_lowercase() || (before.is_uppercase() && chars.peek().is_some_and(|next| next.is_lowercase()))
        });
        if c.is_uppercase() && is_word {
            parted.push(' ');
        }
        parted.push(c);
        before = Some(c);
    }
    parted
}

fn icon_of_words(kind: &str) -> Option<String> {
    let folded = fold_name(kind);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let singular = |word: &str| ICONS.get(word.strip_suffix('s').unwrap_or(word)).copied();
    words.into_iter().find_map(|word| ICONS.get(word).copied().or_else(|| singular(word))).map(str::to_owned)
}

/// Returns the names of the icons that words for kinds beginning with `word` stand for, the closest word first; of all
/// words if it is empty.
#[must_use]
pub fn icons_for_word(word: &str) -> Vec<&'static str> {
    let word = fold_name(word);
    let mut near: Vec<_> = ICONS.iter().filter(|(known, _)| known.starts_with(&word)).collect();
    near.sort_unstable_by_key(|(known, _)| (known.len(), known.as_str()));
    let mut seen = HashSet::new();
    near.into_iter().map(|(_, name)| *name).filter(|name| seen.insert(*name)).collect()
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

    /// Starts with the kinds of a map; words are compared with their ids and labels.
    pub(super) fn of_map(map: &Map) -> Self {
        let mut kinds = Self::default();
        (kinds.actors.first, kinds.ties.first) = (map.actor_kinds().bound(), map.tie_kinds().bound());
        for (id, kind) in map.actor_kinds().iter() {
            kinds.actors.add_old(id.index(), [&kind.key, &kind.label], kind.color);
        }
        for (id, kind) in map.tie_kinds().iter() {
            kinds.ties.add_old(id.index(), [&kind.key, &kind.label], kind.color);
        }
        kinds
    }

    /// Returns the new kinds with their colors and icons.
    pub(super) fn into_new(self) -> NewKinds {
        let actor_kind = |(index, label, color, icon): (usize, String, Rgb, Option<String>)| {
            let key = Key::from(label.as_str());
            let kind = ActorKind { key, label, color: Some(color), icon, is_auto: true, is_listed: true };
            (ActorKindId::from_index(index), kind)
        };
        let tie_kind = |(index, label, color, icon): (usize, String, Rgb, Option<String>)| {
            let kind = TieKind {
                key: Key::from(label.as_str()),
                verb: verb::verb_of(&label),
                label,
                is_directed: true,
                color: Some(color),
                icon,
                is_auto: true,
                is_listed: true,
            };
            (TieKindId::from_index(index), kind)
        };
        NewKinds {
            actors: self.actors.styled().map(actor_kind).collect(),
            ties: self.ties.styled().map(tie_kind).collect(),
        }
    }
}

/// Returns the changes that declare the kinds which a map uses without declaring them, with colors and icons.
#[must_use]
pub fn declare_kinds(map: &Map) -> Vec<RecordChange> {
    let (actors, ties) = (map.actor_kinds(), map.tie_kinds());
    let used = map.actors().values().filter_map(|actor| actor.kind);
    let new = actors.iter().filter(|(_, kind)| !kind.is_listed).map(|(id, kind)| (id, kind.label.as_str()));
    let styled = styles(new, used, actors.values().filter_map(|kind| kind.color));
    let actor_changes = styled.filter_map(|(id, color, icon)| {
        let kind = actors.get(id)?.clone();
        let kind = ActorKind { color: Some(color), icon, is_auto: true, is_listed: true, ..kind };
        Some(RecordChange::ActorKind(id, Swap::of(actors, id, Some(kind))))
    });
    let used = map.ties().values().map(|tie| tie.kind);
    let new = ties.iter().filter(|(_, kind)| !kind.is_listed).map(|(id, kind)| (id, kind.label.as_str()));
    let styled = styles(new, used, ties.values().filter_map(|kind| kind.color));
    let tie_changes = styled.filter_map(|(id, color, icon)| {
        let kind = TieKind { color: Some(color), icon, is_auto: true, is_listed: true, ..ties.get(id)?.clone() };
        Some(RecordChange::TieKind(id, Swap::of(ties, id, Some(kind))))
    });
    actor_changes.chain(tie_changes).collect()
}

/// Returns color and icon of new kinds: `used` are the kinds of all records, `taken` the colors of the other kinds.
fn styles<'k, I: Copy + Eq + Hash>(
    new: impl Iterator<Item = (I, &'k str)>,
    used: impl Iterator<Item = I>,
    taken: impl Iterator<Item = Rgb>,
) -> impl Iterator<Item = (I, Rgb, Option<String>)> {
    let mut counts: HashMap<I, usize> = HashMap::new();
    used.for_each(|kind| *counts.entry(kind).or_default() += 1);
    let (ids, labels): (Vec<I>, Vec<&str>) = new.unzip();
    let count = |id: &I| counts.get(id).copied().unwrap_or(0);
    let words = ids.iter().zip(labels).map(|(id, label)| (label.to_owned(), count(id))).collect();
    let words = KindWords { words, taken: taken.collect(), ..KindWords::default() };
    ids.into_iter().zip(words.styled()).map(|(id, (_, _, color, icon))| (id, color, icon))
}

#[cfg(test)]
mod tests {
    use super::{KindRegistry, declare_kinds, icon_of};
    use crate::load::load_map;

    #[test]
    fn kinds_have_icons_by_their_words_in_four_languages() {
        for (kind, icon) in [
            ("Company", Some("buildings")),
            ("invests in", Some("chart-pie-slice")),
            ("Unternehmen", Some("buildings")),
            ("Prêt", Some("hand-coins")),
            ("empresa pública", Some("buildings")),
            ("Persons", Some("user")),
            ("LegalEntity", Some("buildings")),
            ("registeredEntity", Some("buildings")),
            ("PublicBody", Some("bank")),
            ("knownPerson", Some("user")),
            ("BankAccount", Some("vault")),
            ("CourtCaseParty", Some("gavel")),
            ("RealEstate", Some("house")),
            ("USCompany", Some("buildings")),
            ("threat-actor", Some("detective")),
            ("zorbCorp", None),
            ("zorbs", None),
        ] {
            assert_eq!(icon_of(kind).as_deref(), icon, "{kind}");
        }
    }

    #[test]
    fn kinds_that_a_file_uses_without_declaring_are_declared_once() {
        let text = r##"{"format": "tieline", "version": "1.1",
            "kinds": {"tie": {"owns": {"label": "Owns", "color": "#4477AA"}, "bare": {"label": "Bare"}}},
            "actors": [{"id": "a", "name": "A", "kind": "bank"}, {"id": "b", "name": "B"}],
            "ties": [{"id": "1", "kind": "owns", "from": "a", "to": "b"}, {"id": "2", "kind": "lends", "from": "a", "to": "b"},
                     {"id": "3", "kind": "bare", "from": "a", "to": "b"}]}"##;
        let map = load_map(text.as_bytes(), "kinds.tieline.json").expect("a map").map;
        let declared = map.with_changes(&declare_kinds(&map)).expect("they fit");
        let lends = declared.tie_kinds().values().find(|kind| &*kind.key == "lends").expect("the kind");
        assert!(lends.is_listed && lends.is_auto);
        assert_eq!(lends.color, Some(super::PALETTE[1]), "the first color that no other kind has");
        assert_eq!(declared.actor_kinds().values().next().and_then(|kind| kind.color), Some(super::PALETTE[0]));
        let bare = declared.tie_kinds().values().find(|kind| &*kind.key == "bare").expect("the kind");
        assert_eq!((bare.color, bare.is_auto), (None, false), "declared without a color, so it stays as it is");
        assert_eq!(declare_kinds(&declared), [], "once");
    }

    #[test]
    fn frequent_kinds_get_the_first_colors_and_the_rest_share_one() {
        let mut kinds = KindRegistry::default();
        for rare in 0..14 {
            kinds.tie(&format!("kind {rare}"));
        }
        let often = kinds.tie("Owns");
        assert_eq!(kinds.tie("OWNS "), often);
        let ties: Vec<_> = kinds.into_new().ties.into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(ties[often.index()].color, Some(super::PALETTE[0]));
        let shared = ties.iter().filter(|kind| kind.color == Some(super::OTHER)).count();
        assert_eq!(shared, 15 - super::PALETTE.len());
    }
}
