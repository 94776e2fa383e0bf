//! Word lists of redaction, one file each in `assets/redaction`, in folded spelling.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold::fold;

macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(super) static $name: LazyLock<HashSet<String>> =
            LazyLock::new(|| words(include_str!(concat!("../../../assets/redaction/", $file))));
    };
}

list! {
    /// Function words, which join others in names and sentences.
    FUNCTION_WORDS, "function-words.txt"
}
list! {
    /// Legal forms of organizations and titles of people.
    LEGAL_FORMS, "legal-forms.txt"
}
list! {
    /// Words common in names of organizations.
    GENERIC_WORDS, "generic-words.txt"
}
list! {
    /// Units of amounts.
    UNITS, "units.txt"
}
list! {
    /// Words before a number that states a place, not an amount.
    LOCATORS, "locators.txt"
}
list! {
    /// Words for kinds of people.
    PEOPLE, "people.txt"
}
list! {
    /// Forms of address.
    TITLES, "titles.txt"
}

/// Number words except fractions.
pub(super) static NUMBER_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines_of(NUMBERS).filter(|(label, _)| *label != "fractions").flat_map(|(_, all)| all).collect());

/// Words for fractions.
pub(super) static FRACTIONS: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines_of(NUMBERS).filter(|(label, _)| *label == "fractions").flat_map(|(_, all)| all).collect());

/// Words for large numbers and currencies, which indicate an amount by themselves.
pub(super) static MONEY_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = lines_of(include_str!("../../../assets/redaction/units.txt"));
    let money = lines.filter(|(label, _)| matches!(*label, "magnitude" | "currency"));
    // Shorter words and `AMBIGUOUS` ones have other meanings, so they count only next to a number.
    let is_plain = |word: &String| word.chars().count() > 3 && !AMBIGUOUS.contains(&word.as_str());
    money.flat_map(|(_, all)| all).filter(is_plain).collect()
});

/// Currency and magnitude words that are also everyday words.
const AMBIGUOUS: [&str; 14] = [
    "pound", "mark", "marks", "real", "reais", "rand", "baht", "lira", "score", "grand", "cent", "ether", "mile",
    "quid",
];

const NUMBERS: &str = include_str!("../../../assets/redaction/number-words.txt");

/// Variants and short forms of each given name.
pub(super) static GIVEN_NAMES: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for line in lines(include_str!("../../../assets/redaction/given-names.txt")) {
        let names: Vec<String> = line.split_whitespace().map(fold).collect();
        for name in &names {
            all.entry(name.clone()).or_default().extend(names.iter().filter(|other| *other != name).cloned());
        }
    }
    all
});

/// Legal forms in scripts without spaces, longest first, because they follow a name without a gap.
pub(super) static UNSPACED_FORMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all: Vec<String> = LEGAL_FORMS.iter().filter(|word| super::romanize::is_unspaced(word)).cloned().collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all
});

/// Whether a word identifies nothing by itself: a function word or legal form.
pub(super) fn is_filler(word: &str) -> bool {
    FUNCTION_WORDS.contains(word) || LEGAL_FORMS.contains(word)
}

fn words(file: &'static str) -> HashSet<String> {
    lines_of(file).flat_map(|(_, all)| all).collect()
}

/// Yields the words of each line in folded spelling, with the label before them, if any.
fn lines_of(file: &'static str) -> impl Iterator<Item = (&'static str, Vec<String>)> {
    lines(file).map(|line| {
        let (label, rest) = line.split_once(": ").unwrap_or(("", line));
        (label, rest.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect())
    })
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
