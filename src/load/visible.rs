//! Untrusted text made safe to show: control characters and characters that turn the direction of reading
//! become symbols that everyone sees.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a line break or tab is welcome in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// Prose: they stay.
    Kept,
    /// A name or label of one line: they are shown as symbols.
    Shown,
}

/// Whether a character must not reach the screen as it is.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

/// The first character of a text that is not shown as it is.
pub(crate) fn first_hidden(text: &str, breaks: Breaks) -> Option<char> {
    // Most text is plain; bytes are looked at first because they are quicker than characters.
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    text.chars().find(|&c| is_hidden(c) && !(breaks == Breaks::Kept && is_break(c)))
}

/// The text with every hidden character shown as a symbol.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    match first_hidden(text, Breaks::Shown) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(show_hidden(text, Breaks::Shown)),
    }
}

/// Replaces hidden characters by symbols: `␀` and its like for controls, `⟨U+202E⟩` for the others.
pub(crate) fn show_hidden(text: &str, breaks: Breaks) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            _ if !is_hidden(c) || (breaks == Breaks::Kept && is_break(c)) => out.push(c),
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + code)),
            '\u{7f}' => out.push('\u{2421}'),
            _ => {
                let _ = write!(out, "⟨U+{code:04X}⟩");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Breaks, first_hidden, show_hidden, visible};

    #[test]
    fn shows_what_would_deceive_the_eye() {
        assert_eq!(visible("a\u{202e}b\0c\u{7f}"), "a⟨U+202E⟩b␀c␡");
        assert_eq!(show_hidden("one\ntwo", Breaks::Kept), "one\ntwo");
        assert_eq!(show_hidden("one\ntwo", Breaks::Shown), "one␊two");
    }

    #[test]
    fn leaves_every_script_alone() {
        for text in ["Ναυτιλία", "港务局", "شركة الميناء", "Д’Арвиньи", "a\u{200d}b"] {
            assert_eq!(first_hidden(text, Breaks::Shown), None, "{text}");
        }
    }
}
