//! Folding of words for comparison: case, accents and typographic variants.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lowercases a text and removes accents: "Größe" becomes "grosse", "Orienté" becomes "oriente".
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '’' | '‘' | 'ʼ' | '´' | '`' => folded.push('\''),
            '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}' => {}
            // The dot of "İ" is a mark once the letter is lowercase.
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// Folds a text and joins its words by single spaces, without the dots of abbreviations: "k. A." becomes "k a".
pub(super) fn fold_words(text: &str) -> String {
    let folded = fold(text).replace('.', " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_words};

    #[test]
    fn case_accents_and_marks_fold() {
        for (text, folded) in [
            ("Größe", "grosse"),
            ("Orienté", "oriente"),
            ("\u{feff}MÄRZ", "marz"),
            ("jusqu’à", "jusqu'a"),
            ("İstanbul", "istanbul"),
            ("Ørsted Łódź", "orsted lodz"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
        assert_eq!(fold_words(" k.\u{a0}A. "), "k a");
    }
}
