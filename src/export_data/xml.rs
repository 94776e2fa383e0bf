//! XML by hand: texts and attributes without anything that XML can't hold.

use std::fmt::Write as _;

/// The first line of each file.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Whether XML 1.0 can hold a character.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Returns a text for an element or attribute. Characters that XML can't hold are written out, such as `[U+0007]`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // Otherwise readers turn these into blanks or other line breaks.
            '\t' | '\n' | '\r' => _ = write!(out, "&#{};", u32::from(c)),
            c if is_xml(c) => out.push(c),
            c => _ = write!(out, "[U+{:04X}]", u32::from(c)),
        }
    }
    out
}

/// Returns ` name="value"`.
pub(super) fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escaped(value))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_breaks_out_and_nothing_illegal_is_left() {
        let text = "a\"b'c<d>&e]]>\n\r\t\u{0}\u{b}\u{1f}\u{fffe}\u{ffff}ﷺ👩\u{200d}🔬\u{202e}";
        let written = escaped(text);
        assert!(!written.contains(['<', '>', '"', '\'', '\n', '\r', '\t', '\u{0}', '\u{ffff}']));
        let read = roxmltree(&written);
        assert_eq!(read, "a\"b'c<d>&e]]>\n\r\t[U+0000][U+000B][U+001F][U+FFFE][U+FFFF]ﷺ👩\u{200d}🔬\u{202e}");
    }

    /// Reads an attribute back.
    fn roxmltree(value: &str) -> String {
        let text = format!("<a b=\"{value}\"/>");
        let mut reader = quick_xml::Reader::from_str(&text);
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Empty(start) => {
                let attribute = start.attributes().next().expect("one").expect("sound");
                quick_xml::escape::unescape(&attribute.value).expect("sound").into_owned()
            }
            other => panic!("{other:?}"),
        }
    }
}
