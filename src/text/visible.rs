//! Characters that would act instead of being seen.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, with control and bidi-override characters written out: `[U+202E]`.
///
/// Line breaks and tabs become spaces; joiners and variation selectors, which scripts and emoji need, stay.
#[must_use]
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_break(c) || is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_break(c) {
            shown.push(' ');
        } else if is_hidden(c) {
            // Writing to a string can't fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Controls, bidi marks and overrides, invisible operators, tag characters and noncharacters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x061C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB
            | 0xE0000..=0xE007F | 0xFDD0..=0xFDEF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn writes_out_what_would_act() {
        assert_eq!(visible("abc \u{202e}gpj.exe"), "abc [U+202E]gpj.exe");
        assert_eq!(visible("a\u{0}b\nc"), "a[U+0000]b c");
    }

    #[test]
    fn leaves_scripts_and_emoji_alone() {
        for text in ["Ελλάδα", "می\u{200c}خواهم", "👩\u{200d}🔬", "中文"] {
            assert_eq!(visible(text), text);
        }
    }
}
