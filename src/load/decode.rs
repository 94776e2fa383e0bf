//! Decodes bytes to text: UTF-8 and UTF-16, with or without a byte order mark, and UTF-8 with invalid bytes.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Encoding of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8WithMark,
    Utf16,
}

/// Decoded text of a file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Encoding,
    /// Byte offset of each `�` that replaces invalid bytes, with the first of those bytes, in order.
    pub(crate) bad: Vec<(usize, u8)>,
}

/// The byte order mark of UTF-8.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes a file; invalid bytes become `�`.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(text) = utf16(bytes) {
        return Decoded { text: Cow::Owned(text), encoding: Encoding::Utf16, bad: Vec::new() };
    }
    let (encoding, bytes) = match bytes.strip_prefix(MARK) {
        Some(rest) => (Encoding::Utf8WithMark, rest),
        None => (Encoding::Utf8, bytes),
    };
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding, bad: Vec::new() };
    }
    let (text, bad) = replace_bad(bytes);
    Decoded { text: Cow::Owned(text), encoding, bad }
}

fn replace_bad(bytes: &[u8]) -> (String, Vec<(usize, u8)>) {
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if let Some(first) = chunk.invalid().first() {
            bad.push((text.len(), *first));
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    (text, bad)
}

/// Decodes UTF-16 with a byte order mark, or without one if it begins as a map does: with a brace, slash or blank.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (is_big_endian, body) = match bytes {
        [0xff, 0xfe, body @ ..] => (false, body),
        [0xfe, 0xff, body @ ..] => (true, body),
        [b'{' | b'/' | b'\r' | b'\n' | b' ', 0, ..] => (false, bytes),
        [0, b'{' | b'/' | b'\r' | b'\n' | b' ', ..] => (true, bytes),
        _ => return None,
    };
    let encoding = if is_big_endian { UTF_16BE } else { UTF_16LE };
    Some(encoding.decode_without_bom_handling(body).0.into_owned())
}

/// Returns the non-ASCII character of a byte in Windows-1252, for suggesting the text that was probably meant.
pub(crate) fn windows_1252(byte: u8) -> Option<char> {
    // The encoding maps the five unassigned bytes to control characters.
    let sign = WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    sign.filter(|sign| !sign.is_ascii() && !sign.is_control())
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode, windows_1252};

    #[test]
    fn reads_what_editors_write() {
        assert_eq!(decode("{é}".as_bytes()).text, "{é}");
        let marked = decode(b"\xef\xbb\xbf{}");
        assert_eq!((&*marked.text, marked.encoding), ("{}", Encoding::Utf8WithMark));
        let wide: Vec<u8> = "\u{feff}{é😀}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).text, "{é😀}");
        let big: Vec<u8> = "{é}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big).text, "{é}");
    }

    #[test]
    fn halves_of_signs_are_marked_one_by_one() {
        let units = [0x7b, 0xd83d, 0x61, 0xdc00, 0xd83d, 0xd83d, 0xde00, 0x7d];
        let expected: String = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect();
        assert_eq!(decode(&units.map(u16::to_le_bytes).concat()).text, expected);
        assert_eq!(decode(&units.map(u16::to_be_bytes).concat()).text, expected);
        assert_eq!(decode(b"{\0}\0x").text, "{}\u{fffd}", "half a unit at the end");
    }

    #[test]
    fn windows_1252_is_latin_1_with_signs_where_that_has_controls() {
        let upper: Vec<char> = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ".chars().collect();
        for byte in 0..=u8::MAX {
            let expected = match byte {
                0x80..=0x9f => Some(upper[usize::from(byte - 0x80)]).filter(|sign| *sign != ' '),
                0xa0.. => Some(char::from(byte)),
                _ => None,
            };
            assert_eq!(windows_1252(byte), expected, "{byte:#x}");
        }
    }

    #[test]
    fn marks_bytes_that_are_no_text() {
        let decoded = decode(b"{\"a\": \"caf\xe9\"}");
        assert_eq!(decoded.text, "{\"a\": \"caf\u{fffd}\"}");
        assert_eq!(decoded.bad, [(10, 0xe9)]);
        assert_eq!(windows_1252(0xe9), Some('é'));
        assert_eq!(windows_1252(0x93), Some('“'));
        assert_eq!(windows_1252(0x81), None);
    }
}
