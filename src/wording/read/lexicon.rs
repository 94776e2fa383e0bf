//! Words around figures: scales, bounds, approximation, missing values; in English, German, French and Spanish, scales also
//! in Italian, Dutch and Indian English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::currency::{Money, money_of_name};
use super::fold::fold_words;

/// What a word or phrase near a figure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The power of ten to multiply by.
    Scale(u32),
    Money(Money),
    Approximate,
    /// A lower bound for the figure that follows, inclusive or not.
    Lower(bool),
    /// An upper bound for the figure that follows, inclusive or not.
    Upper(bool),
    /// An inclusive lower bound for the figure before: "or more".
    OrMore,
    /// An inclusive upper bound for the figure before: "or less".
    OrLess,
    /// Joins the bounds of a range; alone before a figure, an upper bound in German.
    To,
    /// Joins the bounds after "between".
    And,
    Between,
    Percent,
    /// Says nothing about the number.
    Filler,
}

/// The greatest number of words in a phrase.
pub(super) const MAX_WORDS: usize = 4;

/// Phrases in folded form, by meaning.
const PHRASES: &[(Meaning, &str)] = &[
    (Meaning::Scale(3), "k|thousand|thousands|tsd|tds|tausend|mille|millier|milliers|miles"),
    (
        Meaning::Scale(6),
        "m|mm|mn|mln|mio|mill|million|millions|millionen|millon|millones|milion|milione|milioni|miljoen|mega|mi",
    ),
    (
        Meaning::Scale(9),
        "b|bi|bn|bln|billion|billions|milliard|milliards|milliarde|milliarden|mrd|mia|md|mds|millardo|millardos|\
         mil millones|mil mill|mil m|thousand million|miljard",
    ),
    // "Billion" has a long scale in German and Spanish, which their plural shows.
    (Meaning::Scale(12), "tn|trn|trillion|trillions|bio|billionen|billones|billon"),
    (Meaning::Scale(5), "lakh|lakhs|lac|lacs"),
    (Meaning::Scale(7), "crore|crores|cr"),
    (
        Meaning::Approximate,
        "about|around|approx|approximately|circa|ca|c|roughly|some|nearly|almost|estimated|est|or so|in the region of|\
         rund|etwa|ungefahr|zirka|knapp|geschatzt|schatzungsweise|environ|env|autour|pres|a peu pres|presque|estime|\
         unos|unas|aproximadamente|aprox|cerca|alrededor|casi|estimado",
    ),
    (
        Meaning::Lower(false),
        "over|more than|above|greater than|exceeding|in excess of|upwards of|north of|mehr als|uber|plus de|\
         superieur a|superieure a|au-dessus de|mas de|superior a",
    ),
    (
        Meaning::Lower(true),
        "at least|min|minimum|minimum of|a minimum of|from|no less than|not less than|starting at|mindestens|ab|\
         wenigstens|au moins|a partir de|au minimum|al menos|por lo menos|como minimo|minimo|desde",
    ),
    (
        Meaning::Upper(false),
        "under|below|less than|fewer than|weniger als|unter|moins de|inferieur a|inferieure a|menos de|inferior a",
    ),
    (
        Meaning::Upper(true),
        "up to|at most|max|maximum|a maximum of|maximum of|no more than|not more than|bis zu|hochstens|maximal|\
         jusqu'a|au plus|au maximum|maximum de|hasta|como maximo|a lo sumo|maximo",
    ),
    (Meaning::OrMore, "or more|or above|and more|and above|oder mehr|und mehr|ou plus|et plus|o mas|y mas"),
    (Meaning::OrLess, "or less|or below|oder weniger|ou moins|o menos"),
    (Meaning::To, "to|bis|a|au|until"),
    (Meaning::And, "and|und|et|y|and up to|and at most"),
    (Meaning::Between, "between|zwischen|entre"),
    (Meaning::Percent, "percent|per cent|pct|prozent|pour cent|pourcent|por ciento|porciento|percentage|v h"),
    (
        Meaning::Filler,
        "of|de|d'|l'|du|von|the|der|des|total|in total|insgesamt|gesamt|au total|en total|cash|in cash|us|worth",
    ),
];

static MEANINGS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let rows = PHRASES.iter().flat_map(|(meaning, phrases)| phrases.split('|').map(|phrase| (phrase, *meaning)));
    rows.collect()
});

/// Returns the meaning of a phrase in folded form.
pub(super) fn meaning_of(phrase: &str) -> Option<Meaning> {
    MEANINGS.get(phrase).copied().or_else(|| money_of_name(phrase).map(Meaning::Money))
}

/// Phrases, in folded form, of those who do not know or do not tell.
const UNSAID: &str = "undisclosed|not disclosed|non disclosed|undisclosed amount|undisclosed sum|amount undisclosed|\
    n/a|na|n a|n/d|unknown|not known|unspecified|not specified|not stated|not public|private|confidential|not available|\
    unavailable|not applicable|not reported|not announced|tbd|tba|tbc|to be determined|to be announced|none given|?|??|???|\
    unbekannt|nicht bekannt|k a|ka|keine angabe|keine angaben|ohne angabe|o a|vertraulich|nicht offengelegt|\
    nicht veroffentlicht|nicht verfugbar|geheim|inconnu|inconnue|non communique|non divulgue|non precise|non publie|\
    confidentiel|confidentielle|non disponible|n c|nc|n d|nd|desconocido|desconocida|no disponible|no revelado|\
    no divulgado|no publicado|confidencial|sin datos|s/d|s d|no consta|no especificado|no aplica";

static UNSAID_PHRASES: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| UNSAID.split('|').collect());

/// Whether a text says in words that the value is not known or not told.
pub(super) fn is_unsaid(text: &str) -> bool {
    // No phrase is longer or has a digit, so that such texts need not be folded.
    text.len() <= 64
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && UNSAID_PHRASES.contains(fold_words(text).trim_matches(['(', ')', '[', ']']))
}

/// Whether a cell holds nothing but white space or dashes.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| super::token::is_space(c) || matches!(c, '-' | '–' | '—' | '−' | '…'))
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORDS, MEANINGS, PHRASES, UNSAID, is_blank, is_unsaid};
    use crate::wording::read::fold::fold_words;

    #[test]
    fn phrases_are_folded_and_stand_once() {
        let all: Vec<&str> = PHRASES.iter().flat_map(|(_, phrases)| phrases.split('|')).collect();
        assert_eq!(all.len(), MEANINGS.len(), "a phrase has two meanings");
        for phrase in all.into_iter().chain(UNSAID.split('|')) {
            assert_eq!(fold_words(phrase), phrase);
            assert!(phrase.split(' ').count() <= MAX_WORDS, "{phrase}");
        }
    }

    #[test]
    fn no_phrase_has_a_digit_or_is_long() {
        assert!(UNSAID.split('|').all(|phrase| phrase.len() <= 64 && !phrase.contains(|c: char| c.is_ascii_digit())));
    }

    #[test]
    fn values_that_are_not_told() {
        for text in ["Undisclosed", "n/a", "N.A.", "k. A.", "non communiqué", "(unknown)", " inconnu "] {
            assert!(is_unsaid(text), "{text}");
        }
        assert!(!is_unsaid("5"));
        for text in ["", " ", "–", "--", "\u{a0}"] {
            assert!(is_blank(text), "{text:?}");
        }
    }
}
