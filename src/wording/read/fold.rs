//! Folding of words for comparison: case, accents and typographic variants.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lowercases a text and removes accents: "Größe" becomes "grosse", "Orienté" becomes "oriente".
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most words of tables: they have neither accents nor ligatures.
        let folded = text.to_ascii_lowercase();
        return if folded.contains('`') { folded.replace('`', "'") } else { folded };
    }
    fold_characters(text)
}

fn fold_characters(text: &str) -> String {
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
    let folded = fold(text);
    let mut words = String::with_capacity(folded.len());
    for word in folded.split(|c: char| c == '.' || c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_characters, fold_words};

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
        assert_eq!(fold_words("..N.A.\t  (x) ."), "n a (x)");
    }

    #[test]
    fn ascii_folds_as_all_characters_do() {
        let ascii: String = (0..=127_u8).map(char::from).collect();
        assert_eq!(fold(&ascii), fold_characters(&ascii));
    }
}
