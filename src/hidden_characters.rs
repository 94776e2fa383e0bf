//! Untrusted text made safe to show: characters that nobody sees, and that could make a text read as another one,
//! are written out.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// What becomes of line breaks and tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// Prose: they stay.
    Kept,
    /// A name or label of one line: they become spaces.
    Joined,
}

/// Whether a character would be invisible and could change how its neighbors read: controls, marks of the
/// direction of writing, invisible operators, tag characters and noncharacters. Joiners and variation selectors,
/// which scripts and emoji need, are not.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(code,
            0x061C | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB
            | 0xE0000..=0xE007F | 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE
}

/// Whether a character separates lines or columns.
pub(crate) fn is_break(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The first character of a text that is not shown as it is.
pub(crate) fn first_hidden(text: &str, breaks: Breaks) -> Option<char> {
    // Most text is plain; bytes are looked at first because they are quicker than characters.
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    text.chars().find(|&c| is_hidden(c) && !(breaks == Breaks::Kept && is_break(c)))
}

/// The text on one line, with every hidden character written as its code point, such as `[U+202E]`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    match first_hidden(text, Breaks::Joined) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(write_out(text, Breaks::Joined)),
    }
}

/// The text with its line breaks, every other hidden character written as its code point.
#[must_use]
pub(crate) fn prose(text: &str) -> String {
    write_out(text, Breaks::Kept)
}

/// Writes every hidden character as its code point.
pub(crate) fn write_out(text: &str, breaks: Breaks) -> String {
    let mut shown = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // What ends a line in two characters is one break.
            '\r' if breaks == Breaks::Joined && characters.peek() == Some(&'\n') => {}
            c if is_break(c) => shown.push(if breaks == Breaks::Kept { c } else { ' ' }),
            c if is_hidden(c) => {
                // Writing to a string can't fail.
                let _ = write!(shown, "[U+{:04X}]", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

/// A text of a file as a message shows it: in quotation marks, short, and without anything hidden.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

/// How many characters of a text a message shows.
pub(crate) const MAX_SHOWN: usize = 60;

/// A text without anything hidden, cut if it is long.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((cut, _)) => format!("{}…", visible(&text[..cut])),
        None => visible(text).into_owned(),
    }
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "“{}”", shortened(self.0))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Breaks, first_hidden, visible, write_out};

    #[test]
    fn every_script_and_emoji_is_left_alone() {
        for text in ["OpenAI", "Ναυτιλία", "港务局", "شركة الميناء", "می\u{200c}خواهم", "👩\u{200d}🔬", "Д’Арвиньи"]
        {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}");
            assert_eq!(first_hidden(text, Breaks::Joined), None, "{text}");
        }
    }

    #[test]
    fn hidden_characters_are_named() {
        assert_eq!(visible("pay\u{202E}lap\u{7}"), "pay[U+202E]lap[U+0007]");
        assert_eq!(visible("a\0b\u{7f}\u{200f}\u{e0041}"), "a[U+0000]b[U+007F][U+200F][U+E0041]");
    }

    #[test]
    fn lines_are_joined_or_kept() {
        assert_eq!(visible("one\r\ntwo\tthree\rfour\u{2028}five"), "one two three four five");
        assert_eq!(write_out("one\r\ntwo\u{202e}", Breaks::Kept), "one\r\ntwo[U+202E]");
        assert_eq!(first_hidden("one\ntwo", Breaks::Kept), None);
        assert_eq!(first_hidden("one\ntwo", Breaks::Joined), Some('\n'));
    }
}
