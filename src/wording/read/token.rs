//! Splits the text of a cell into figures, words and signs.

use super::fold::fold;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    Figure(Figure<'a>),
    Word(WordToken<'a>),
    /// Any other character.
    Sign(char),
}

/// A run of digits and the separator before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DigitRun<'a> {
    /// `None` for the first run, which is empty in ".5".
    pub separator: Option<Separator>,
    pub digits: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Dot,
    Comma,
    /// A space or an apostrophe, which only ever group.
    Group,
}

/// A figure as written: runs of digits between separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure<'a> {
    pub runs: Vec<DigitRun<'a>>,
}

/// A word as written and as folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordToken<'a> {
    pub raw: &'a str,
    pub folded: String,
}

/// A token with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlacedToken<'a> {
    pub token: Lexeme<'a>,
    /// Byte offset in the text.
    pub at: usize,
    /// Whether no space precedes.
    pub is_glued: bool,
}

/// Splits a text; leaves out spaces and the dots after words.
pub(super) fn tokens(text: &str) -> Vec<PlacedToken<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<PlacedToken<'_>> = Vec::new();
    let (mut index, mut is_glued) = (0, false);
    while let Some(&(at, c)) = chars.get(index) {
        if is_space(c) {
            is_glued = false;
            index += 1;
            continue;
        }
        let start = index;
        let token = if starts_figure(&chars, index, found.last()) {
            Lexeme::Figure(figure(text, &chars, &mut index))
        } else if c.is_alphabetic() {
            index += 1;
            while chars.get(index).is_some_and(|_| continues_word(&chars, index)) {
                index += 1;
                // An elided article is a word of its own: "d'euros".
                if index == start + 2 && is_apostrophe(chars[index - 1].1) {
                    break;
                }
            }
            let end = chars.get(index).map_or(text.len(), |(end, _)| *end);
            let raw = &text[at..end];
            Lexeme::Word(WordToken { raw, folded: fold(raw) })
        } else {
            index += 1;
            Lexeme::Sign(c)
        };
        let is_abbreviation_dot = token == Lexeme::Sign('.')
            && matches!(found.last(), Some(PlacedToken { token: Lexeme::Word(_), .. }))
            && is_glued;
        if !is_abbreviation_dot {
            found.push(PlacedToken { token, at, is_glued: is_glued && start > 0 });
        }
        is_glued = true;
    }
    found
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn digit_at(chars: &[(usize, char)], index: usize) -> Option<char> {
    chars.get(index).map(|(_, c)| *c).filter(char::is_ascii_digit)
}

fn starts_figure(chars: &[(usize, char)], index: usize, before: Option<&PlacedToken>) -> bool {
    if digit_at(chars, index).is_some() {
        return true;
    }
    let is_mark = matches!(chars[index].1, '.' | ',');
    // The dot of "ca.5" belongs to the word.
    let follows_word = index > 0 && !is_space(chars[index - 1].1) && before.is_some();
    is_mark && !follows_word && digit_at(chars, index + 1).is_some()
}

fn continues_word(chars: &[(usize, char)], index: usize) -> bool {
    let c = chars[index].1;
    let is_letter = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    let joins = is_apostrophe(c) && chars.get(index + 1).is_some_and(|(_, next)| next.is_alphabetic());
    is_letter(c) || joins
}

fn figure<'a>(text: &'a str, chars: &[(usize, char)], index: &mut usize) -> Figure<'a> {
    let mut runs = Vec::with_capacity(2);
    let mut separator = None;
    loop {
        let start = *index;
        while digit_at(chars, *index).is_some() {
            *index += 1;
        }
        let byte = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
        runs.push(DigitRun { separator, digits: &text[byte(start)..byte(*index)] });
        separator = separator_at(chars, *index, &runs);
        if separator.is_none() {
            return Figure { runs };
        }
        *index += 1;
    }
}

/// Returns the separator at a place if digits go on behind it.
fn separator_at(chars: &[(usize, char)], index: usize, runs: &[DigitRun<'_>]) -> Option<Separator> {
    let separator = match chars.get(index)?.1 {
        '.' => Separator::Dot,
        ',' => Separator::Comma,
        '\'' | '’' | '\u{2bc}' | '´' => Separator::Group,
        c if is_space(c) => Separator::Group,
        _ => return None,
    };
    digit_at(chars, index + 1)?;
    if separator == Separator::Group {
        let is_group_of_three =
            (1..=3).all(|ahead| digit_at(chars, index + ahead).is_some()) && digit_at(chars, index + 4).is_none();
        // No group follows a mark, so the last run speaks for all.
        let is_whole = runs.last().is_some_and(|run| !matches!(run.separator, Some(Separator::Dot | Separator::Comma)));
        let may_lead = runs.first().is_some_and(|run| (1..=3).contains(&run.digits.len()));
        return (is_group_of_three && is_whole && may_lead).then_some(separator);
    }
    Some(separator)
}

#[cfg(test)]
mod tests {
    use super::{Lexeme, tokens};

    #[test]
    fn spaces_group_only_thousands() {
        let figures = |text| tokens(text).iter().filter(|placed| matches!(placed.token, Lexeme::Figure(_))).count();
        for (text, count) in
            [("1 234,5", 1), ("1\u{202f}234\u{a0}567", 1), ("1'000", 1), ("12 34", 2), ("2019 123", 2), (".5", 1)]
        {
            assert_eq!(figures(text), count, "{text}");
        }
    }

    #[test]
    fn dots_after_words_are_left_out() {
        let parts = tokens("ca. 5 Mio.");
        assert_eq!(parts.len(), 3, "{parts:?}");
        assert!(!parts[1].is_glued);
    }
}
