//! Hidden characters made visible.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character would be invisible and could change how its neighbors read: controls, marks of the
/// direction of writing, invisible operators, tag characters and noncharacters. Joiners, which scripts need, are not.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(code,
            0x061C | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB
            | 0xE0000..=0xE007F | 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE
}

/// The text on one line, with every hidden character written as its code point, such as `[U+202E]`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\r' => {}
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            hidden if is_hidden(hidden) => {
                // Writing to a string can't fail.
                let _ = write!(shown, "[U+{:04X}]", u32::from(hidden));
            }
            plain => shown.push(plain),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn plain_text_of_any_script_is_left_alone() {
        for text in ["OpenAI", "澜屿港口机械有限公司", "صندوق المرفأ", "a\u{200D}b"] {
            assert!(matches!(visible(text), std::borrow::Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn hidden_characters_are_named_and_lines_joined() {
        assert_eq!(visible("pay\u{202E}lap\u{7}"), "pay[U+202E]lap[U+0007]");
        assert_eq!(visible("one\r\ntwo\tthree"), "one two three");
    }
}
