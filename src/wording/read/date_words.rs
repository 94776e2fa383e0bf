//! Words of dates in English, German, French and Spanish.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word in a date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateWord {
    /// 1 to 12.
    Month(u8),
    /// EDTF code of a season, 21 to 24.
    Season(u8),
    Quarter,
    Half,
    /// A number in words: "first".
    Ordinal(u8),
    Approximate,
    Uncertain,
    /// No end so far: "present".
    Open,
    /// The start of a period that has not ended: "since".
    Since,
    /// The end of a period: "until".
    Until,
    /// The start of a period, if its end follows: "from".
    From,
    Between,
    /// Joins start and end: "to".
    To,
    /// Joins start and end after "between".
    And,
    /// "s" or "er" behind the digits of a decade.
    Decade,
    /// Weekdays, prepositions, endings of ordinals.
    Filler,
}

/// The greatest number of words in a phrase.
pub(super) const MAX_WORDS: usize = 3;

const PHRASES: &[(DateWord, &str)] = &[
    (DateWord::Month(1), "jan|january|januar|janner|janvier|janv|enero|ene"),
    (DateWord::Month(2), "feb|february|februar|feber|fevrier|fevr|fev|febrero"),
    (DateWord::Month(3), "mar|march|marz|maerz|mrz|mars|marzo"),
    (DateWord::Month(4), "apr|april|avril|avr|abril|abr"),
    (DateWord::Month(5), "may|mai|mayo"),
    (DateWord::Month(6), "jun|june|juni|juin|junio"),
    (DateWord::Month(7), "jul|july|juli|juillet|juil|julio"),
    (DateWord::Month(8), "aug|august|aout|agosto|ago"),
    (DateWord::Month(9), "sep|sept|september|septembre|septiembre|setiembre|set"),
    (DateWord::Month(10), "oct|october|oktober|okt|octobre|octubre"),
    (DateWord::Month(11), "nov|november|novembre|noviembre"),
    (DateWord::Month(12), "dec|december|dezember|dez|decembre|diciembre|dic"),
    (DateWord::Season(21), "spring|fruhling|fruhjahr|printemps|primavera"),
    (DateWord::Season(22), "summer|sommer|ete|verano"),
    (DateWord::Season(23), "autumn|fall|herbst|automne|otono"),
    (DateWord::Season(24), "winter|hiver|invierno"),
    (DateWord::Quarter, "q|quarter|quartal|trimestre|t|trim"),
    (DateWord::Half, "h|half|halbjahr|semestre|hj"),
    (DateWord::Ordinal(1), "first|erstes|premier|primer|primero"),
    (DateWord::Ordinal(2), "second|zweites|deuxieme|segundo"),
    (DateWord::Ordinal(3), "third|drittes|troisieme|tercer|tercero"),
    (DateWord::Ordinal(4), "fourth|viertes|quatrieme|cuarto"),
    (
        DateWord::Approximate,
        "about|around|approx|approximately|circa|ca|c|roughly|um|etwa|ungefahr|zirka|rund|environ|env|vers|hacia|\
         alrededor de|aprox|aproximadamente",
    ),
    (
        DateWord::Uncertain,
        "probably|possibly|perhaps|uncertain|wahrscheinlich|vermutlich|vielleicht|probablement|peut-etre|probablemente|\
         posiblemente|quiza",
    ),
    (
        DateWord::Open,
        "present|the present|now|today|ongoing|current|currently|to date|date|still|still running|active|heute|jetzt|\
         laufend|andauernd|aktuell|gegenwart|aujourd'hui|a ce jour|en cours|actuel|maintenant|actualidad|\
         la actualidad|hoy|presente|ahora|en curso|actualmente|vigente",
    ),
    (DateWord::Since, "since|starting|as of|beginning|seit|ab|depuis|des|a partir de|a compter de|desde"),
    (DateWord::Until, "until|till|up to|ending|ended|bis|bis zu|jusqu'a|jusqu'en|jusqu'au|hasta"),
    (DateWord::From, "from|von|vom|de|du|del|d'"),
    (DateWord::Between, "between|zwischen|entre"),
    (DateWord::To, "to|through|thru|zum|bis zum|a|au|al|en"),
    (DateWord::And, "and|und|et|y"),
    (DateWord::Decade, "s|er|er jahre"),
    (
        DateWord::Filler,
        "of|the|on|in|im|am|le|la|el|les|los|der|den|dem|die|st|nd|rd|th|ere|re|e|o|ano|year|jahr|annee|\
         monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|\
         montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so|\
         lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo",
    ),
];

static WORDS: LazyLock<HashMap<&'static str, DateWord>> = LazyLock::new(|| {
    let rows = PHRASES.iter().flat_map(|(word, phrases)| phrases.split('|').map(|phrase| (phrase, *word)));
    rows.collect()
});

/// Returns the meaning of a phrase in folded form.
pub(super) fn date_word(phrase: &str) -> Option<DateWord> {
    WORDS.get(phrase).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{MAX_WORDS, PHRASES};
    use crate::wording::read::fold::fold_words;

    #[test]
    fn phrases_are_folded_and_stand_once() {
        let mut seen = HashSet::new();
        for phrase in PHRASES.iter().flat_map(|(_, phrases)| phrases.split('|')) {
            assert_eq!(fold_words(phrase), phrase);
            assert!(phrase.split(' ').count() <= MAX_WORDS, "{phrase}");
            assert!(seen.insert(phrase), "{phrase} stands twice");
        }
    }
}
