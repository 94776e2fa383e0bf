//! Copied words of a document, without what copying added: outer quotation marks, line breaks, soft hyphens.

use std::collections::HashSet;

/// Quotation marks that begin a text, each with those that may end it.
const MARKS: [(char, &[char]); 10] = [
    ('"', &['"']),
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('”', &['”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‘', &['’', '‘']),
    ('‚', &['‘', '’']),
    ('‹', &['›']),
    ('「', &['」']),
];

/// Words after a hyphen that belong to a later word, as in "pre- and post-war".
const CONJUNCTIONS: [&str; 12] = ["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en"];

/// Removes outer quotation marks and soft hyphens, and joins lines: a line break becomes a space, except after a hyphen
/// inside a word. The hyphen goes only if the text has the joined word elsewhere.
#[must_use]
pub fn tidy_quotation(text: &str) -> String {
    let text = text.trim();
    let inner = if is_in_quotation_marks(text) {
        let mut characters = text.chars();
        characters.next();
        characters.next_back();
        characters.as_str().trim()
    } else {
        text
    };
    joined_lines(inner)
}

/// Whether one pair of quotation marks encloses the whole text.
pub(super) fn is_in_quotation_marks(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(first), Some(last)) = (characters.next(), characters.next_back()) else { return false };
    let Some((_, closing)) = MARKS.iter().find(|(open, _)| *open == first) else { return false };
    if !closing.contains(&last) {
        return false;
    }
    // “a” and “b” is no quotation as a whole. An apostrophe between letters ends nothing.
    let inner: &str = characters.as_str();
    let mut previous = ' ';
    let mut rest = inner.chars().peekable();
    let mut depth = 0;
    while let Some(c) = rest.next() {
        let is_apostrophe = matches!(c, '’' | '\'')
            && previous.is_alphanumeric()
            && rest.peek().is_some_and(|next| next.is_alphanumeric());
        if first == last && c == first && !is_apostrophe {
            return false;
        }
        if c == first {
            depth += 1;
        } else if closing.contains(&c) && !is_apostrophe {
            if depth == 0 {
                return false;
            }
            depth -= 1;
        }
        previous = c;
    }
    true
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn joined_lines(text: &str) -> String {
    let mut lines = text.split(is_line_break).map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return String::new() };
    let mut words: Option<HashSet<String>> = None;
    let mut out = String::with_capacity(text.len());
    push_words(&mut out, first);
    for line in lines {
        let next: &str = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let has_soft_hyphen = out.ends_with('\u{ad}');
        let before = out.trim_end_matches(['-', '\u{2010}', '\u{ad}']);
        let is_hyphenated = out.len() > before.len() && before.ends_with(char::is_alphabetic) && !next.is_empty();
        if has_soft_hyphen && is_hyphenated {
            out.truncate(before.len());
        } else if !is_hyphenated || CONJUNCTIONS.contains(&next) {
            out.push(' ');
        } else {
            let start = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + char_len(before, at));
            let whole = format!("{}{next}", &before[start..]).to_lowercase();
            let known = words.get_or_insert_with(|| words_of(text));
            if known.contains(&whole) {
                out.truncate(before.len());
            }
        }
        push_words(&mut out, line);
    }
    out.retain(|c| c != '\u{ad}');
    out
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn words_of(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Appends a line; tabs and several blanks become one space.
fn push_words(out: &mut String, line: &str) {
    for (index, word) in line.split_whitespace().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}
