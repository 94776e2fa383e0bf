//! The word lists that redaction goes by, one file each in `assets/redaction`, in folded spelling.

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
    /// Words that join others in names and sentences.
    FUNCTION_WORDS, "function-words.txt"
}
list! {
    /// Legal forms of organizations, and titles of people.
    LEGAL_FORMS, "legal-forms.txt"
}
list! {
    /// Words that many organizations have in their names.
    GENERIC_WORDS, "generic-words.txt"
}
list! {
    /// What amounts are counted in.
    UNITS, "units.txt"
}
list! {
    /// Words after which a number tells a place, not an amount.
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

/// Number words, without those for parts of a whole.
pub(super) static NUMBER_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines_of(NUMBERS).filter(|(label, _)| *label != "fractions").flat_map(|(_, all)| all).collect());

/// Words for parts of a whole.
pub(super) static FRACTIONS: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines_of(NUMBERS).filter(|(label, _)| *label == "fractions").flat_map(|(_, all)| all).collect());

/// Words for large numbers and currencies, which tell of an amount by themselves.
pub(super) static MONEY_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = lines_of(include_str!("../../../assets/redaction/units.txt"));
    let money = lines.filter(|(label, _)| matches!(*label, "magnitude" | "currency"));
    // Shorter words and "marks" mean other things, too: they count beside a number only.
    let is_plain = |word: &String| word.chars().count() > 3 && !AMBIGUOUS.contains(&word.as_str());
    money.flat_map(|(_, all)| all).filter(is_plain).collect()
});

/// Words of currencies and magnitudes that are everyday words as well.
const AMBIGUOUS: [&str; 14] = [
    "pound", "mark", "marks", "real", "reais", "rand", "baht", "lira", "score", "grand", "cent", "ether", "mile",
    "quid",
];

const NUMBERS: &str = include_str!("../../../assets/redaction/number-words.txt");

/// For each given name the names and short forms that stand for the same.
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

/// Legal forms in scripts without spaces, longest first: they end a name without a gap.
pub(super) static UNSPACED_FORMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all: Vec<String> = LEGAL_FORMS.iter().filter(|word| super::romanize::is_unspaced(word)).cloned().collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all
});

/// Whether a word says nothing by itself: a function word or a legal form.
pub(super) fn is_filler(word: &str) -> bool {
    FUNCTION_WORDS.contains(word) || LEGAL_FORMS.contains(word)
}

fn words(file: &'static str) -> HashSet<String> {
    lines_of(file).flat_map(|(_, all)| all).collect()
}

/// The words of each line in folded spelling, with the label that stands before them, if one does.
fn lines_of(file: &'static str) -> impl Iterator<Item = (&'static str, Vec<String>)> {
    lines(file).map(|line| {
        let (label, rest) = line.split_once(": ").unwrap_or(("", line));
        (label, rest.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect())
    })
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
