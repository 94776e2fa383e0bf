//! Romanization of words in other scripts and of letters with diacritics, in several common systems.

use any_ascii::any_ascii;
use unicode_script::{Script, UnicodeScript as _};

/// One letter per line, followed by its romanizations: English, German, French, scholarly, Polish.
const LETTERS: &str = include_str!("../../../assets/redaction/romanization.txt");

/// Number of systems in [`LETTERS`].
const SYSTEMS: usize = 5;

/// Returns the romanizations of a word; empty for ASCII.
pub(super) fn romanizations(raw: &str) -> Vec<String> {
    if raw.is_ascii() {
        return Vec::new();
    }
    let mut all = vec![plain(&any_ascii(raw))];
    let lower = raw.to_lowercase();
    for system in 0..SYSTEMS {
        let mut out = String::new();
        for c in lower.chars() {
            match spelling(c, system) {
                Some(letters) => out.push_str(letters),
                None => out.push_str(any_ascii_char(c)),
            }
        }
        all.push(plain(&out));
    }
    all
}

/// Returns a coarse form in which different romanizations agree: doubled letters once, y and j as i, w as v.
pub(super) fn loosened(form: &str) -> String {
    let form = form.replace("ph", "f").replace("ou", "u").replace("kh", "h").replace("ch", "h").replace("ks", "x");
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        let c = match c {
            'y' | 'j' => 'i',
            'w' => 'v',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Returns the consonant classes of a romanized word, which agree across transcriptions of Arabic and Hebrew.
pub(super) fn consonants(form: &str) -> String {
    let form = form.strip_prefix("al").filter(|rest| rest.len() > 3).unwrap_or(form);
    let form = form.replace("kh", "k").replace("gh", "g").replace("sh", "s").replace("th", "t").replace("dh", "d");
    let mut out = String::with_capacity(form.len());
    for c in form.replace("ch", "k").chars() {
        let class = match c {
            'b' | 'p' => 'b',
            'f' | 'v' => 'f',
            'k' | 'q' | 'c' | 'x' | 'g' | 'j' => 'k',
            't' | 'd' => 't',
            's' | 'z' => 's',
            'l' | 'm' | 'n' | 'r' => c,
            _ => continue,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}

/// Whether a word is in a script without vowels.
pub(super) fn has_no_vowels(raw: &str) -> bool {
    raw.chars().any(|c| matches!(c.script(), Script::Arabic | Script::Hebrew | Script::Syriac))
}

/// Whether a word is in a script without spaces or with attached affixes, so that names of any length must be matched
/// inside words.
pub(super) fn is_unspaced(raw: &str) -> bool {
    raw.chars().any(|c| {
        matches!(
            c.script(),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Hangul
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Bopomofo
        )
    })
}

/// Whether all characters of a word are Han.
pub(super) fn is_han(raw: &str) -> bool {
    raw.chars().all(|c| c.script() == Script::Han)
}

/// Whether a word contains letters of a non-Latin script.
pub(super) fn is_foreign(raw: &str) -> bool {
    raw.chars().any(|c| c.is_alphabetic() && !matches!(c.script(), Script::Latin | Script::Common | Script::Inherited))
}

fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn any_ascii_char(c: char) -> &'static str {
    any_ascii::any_ascii_char(c)
}

/// Returns the spelling of a letter in a system, if the table has it.
fn spelling(c: char, system: usize) -> Option<&'static str> {
    use std::collections::HashMap;
    use std::sync::LazyLock;
    static TABLE: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
        let lines = LETTERS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let letters = lines.filter_map(|line| {
            let mut words = line.split_whitespace();
            let letter = words.next()?.chars().next()?;
            Some((letter, words.map(|word| if word == "-" { "" } else { word }).collect()))
        });
        letters.collect()
    });
    TABLE.get(&c)?.get(system).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_spellings_of_the_usual_systems() {
        let all = |raw: &str| romanizations(raw);
        assert!(all("Навальный").contains(&"nawalnyj".to_owned()), "{:?}", all("Навальный"));
        assert!(all("Müller").contains(&"mueller".to_owned()) && all("Müller").contains(&"muller".to_owned()));
        assert!(all("Łukaszewicz").contains(&"lukaszewicz".to_owned()));
        assert!(all("Чехов").contains(&"tschechow".to_owned()) && all("Чехов").contains(&"chekhov".to_owned()));
        assert!(all("Šešelj").contains(&"sheshelj".to_owned()), "{:?}", all("Šešelj"));
        assert!(all("王小明").contains(&"wangxiaoming".to_owned()));
        assert_eq!(loosened("nawalnyj"), loosened("navalny"));
        assert_eq!(consonants("alkhtyb"), consonants("khatib"));
    }

    #[test]
    fn every_line_of_the_table_has_all_systems() {
        for line in LETTERS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            assert_eq!(line.split_whitespace().count(), SYSTEMS + 1, "{line}");
        }
    }
}
