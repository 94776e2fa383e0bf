//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16 with one, and UTF-8 with bytes that are none.

use std::borrow::Cow;

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    /// UTF-8 behind the bytes EF BB BF.
    Utf8WithMark,
    Utf16,
}

/// The text of a file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Encoding,
    /// Where the text has a `�` for bytes that are no text, with those bytes, in order.
    pub(crate) bad: Vec<(usize, u8)>,
}

/// The mark that some editors put before UTF-8.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes a file; what is no text becomes `�`.
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

/// UTF-16 with a byte order mark, or without one if it begins with a bracket or blank as a map does.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (is_big_endian, body) = match bytes {
        [0xff, 0xfe, body @ ..] => (false, body),
        [0xfe, 0xff, body @ ..] => (true, body),
        [b'{' | b'/' | b'\r' | b'\n' | b' ', 0, ..] => (false, bytes),
        [0, b'{' | b'/' | b'\r' | b'\n' | b' ', ..] => (true, bytes),
        _ => return None,
    };
    let unit = |pair: &[u8]| match *pair {
        [first, second] if is_big_endian => u16::from_be_bytes([first, second]),
        [first, second] => u16::from_le_bytes([first, second]),
        _ => u16::from(b'?'),
    };
    let units = body.chunks(2).map(unit);
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// What a byte means in Windows-1252, for telling what was probably meant.
pub(crate) fn windows_1252(byte: u8) -> Option<char> {
    const UPPER: [&str; 2] = ["€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž ", " ‘’“”•–—˜™š›œ žŸ"];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte >> 4) - 8].chars().nth(usize::from(byte & 15)).filter(|c| *c != ' '),
        0xa0.. => Some(char::from(byte)),
        _ => None,
    }
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
    fn marks_bytes_that_are_no_text() {
        let decoded = decode(b"{\"a\": \"caf\xe9\"}");
        assert_eq!(decoded.text, "{\"a\": \"caf\u{fffd}\"}");
        assert_eq!(decoded.bad, [(10, 0xe9)]);
        assert_eq!(windows_1252(0xe9), Some('é'));
        assert_eq!(windows_1252(0x93), Some('“'));
        assert_eq!(windows_1252(0x81), None);
    }
}
