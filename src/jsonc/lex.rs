//! Tokens of a possibly broken JSON text: their extents and values.

use std::borrow::Cow;

/// Delimiter that ends a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    /// The closing quote.
    Quote,
    /// The end of the line; the closing quote is missing.
    Line,
    /// The end of the file.
    File,
}

/// The extent of a string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextToken {
    /// Offset after the string, including its quote.
    pub(crate) end: usize,
    pub(crate) close: Close,
    /// Offset of the first unescaped control character, which JSON forbids.
    pub(crate) raw_control: Option<usize>,
    /// Offset of the first escape that is invalid in JSON.
    pub(crate) bad_escape: Option<usize>,
}

/// Returns the offset of the next line break, or the end of the text. A lone carriage return is a line break too.
pub(crate) fn line_end(text: &str, from: usize) -> usize {
    text[from..].find(['\n', '\r']).map_or(text.len(), |length| from + length)
}

/// Returns the offset of the beginning of the line that contains `at`.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |line_break| line_break + 1)
}

/// Scans the string whose opening quote is at `start`.
pub(crate) fn text_token(text: &str, start: usize) -> TextToken {
    let bytes = text.as_bytes();
    let quote = bytes[start];
    let mut token = TextToken { end: bytes.len(), close: Close::File, raw_control: None, bad_escape: None };
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            byte if byte == quote => {
                return TextToken { end: at + 1, close: Close::Quote, ..token };
            }
            b'\\' => {
                let length = escape_length(bytes, at);
                if length.is_none() {
                    token.bad_escape.get_or_insert(at);
                }
                at += length.unwrap_or(1);
            }
            b'\n' | b'\r' if ends_with_line(bytes, at) => {
                let body = text[start + 1..at].trim_end_matches([' ', '\t', '\r', ',', '}', ']']);
                return TextToken { end: start + 1 + body.len(), close: Close::Line, ..token };
            }
            0..0x20 => {
                token.raw_control.get_or_insert(at);
                at += 1;
            }
            _ => at += 1,
        }
    }
    token
}

/// Whether a string that reaches the end of a line probably lacks its closing quote: a new token seems to follow.
pub(crate) fn ends_with_line(bytes: &[u8], line_end: usize) -> bool {
    let next = bytes[line_end..].iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(next, None | Some(b'"' | b'{' | b'}' | b'[' | b']'))
}

/// Returns the length of an escape, or `None` if it is invalid. A surrogate is valid only with its counterpart.
fn escape_length(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => {
            let unit = hex_unit(bytes, at)?;
            match unit {
                0xd800..=0xdbff => {
                    let low = hex_unit(bytes, at + 6)?;
                    (0xdc00..=0xdfff).contains(&low).then_some(12)
                }
                0xdc00..=0xdfff => None,
                _ => Some(6),
            }
        }
        _ => None,
    }
}

fn hex_unit(bytes: &[u8], at: usize) -> Option<u32> {
    let unit = bytes.get(at..at + 6)?;
    let digits = std::str::from_utf8(unit.strip_prefix(b"\\u")?).ok()?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// Decodes the string that begins at `start`, with or without quotes, as far as possible.
pub(crate) fn decode_text(text: &str, start: usize) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if !matches!(bytes.get(start), Some(b'"' | b'\'')) {
        return Cow::Borrowed(&text[start..bare_end(text, start)]);
    }
    let token = text_token(text, start);
    let end = if token.close == Close::Quote { token.end - 1 } else { token.end };
    let body = &text[start + 1..end];
    if !body.contains('\\') {
        return Cow::Borrowed(body);
    }
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    while let Some(found) = body[at..].find('\\') {
        out.push_str(&body[at..at + found]);
        at += found;
        let Some(length) = escape_length(body.as_bytes(), at) else {
            out.push('\\');
            at += 1;
            continue;
        };
        let escape = &body[at..at + length];
        out.push(unescape(escape));
        at += length;
    }
    out.push_str(&body[at..]);
    Cow::Owned(out)
}

/// Decodes a valid escape.
fn unescape(escape: &str) -> char {
    match escape.as_bytes()[1] {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let units = [hex_unit(escape.as_bytes(), 0), hex_unit(escape.as_bytes(), 6)];
            let units = units.into_iter().flatten().filter_map(|unit| u16::try_from(unit).ok());
            char::decode_utf16(units).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        other => char::from(other),
    }
}

/// Returns a text as a quoted JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Returns the offset after an unquoted word or number.
pub(crate) fn bare_end(text: &str, start: usize) -> usize {
    let stop = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '\'');
    text[start..].find(stop).map_or(text.len(), |length| start + length)
}

/// Whether a word is a JSON number within the range of `f64`.
pub(crate) fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_form = digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits);
    is_form && word.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether the string that begins at `start` decodes to `name`.
pub(crate) fn is_name(text: &str, start: usize, name: &str) -> bool {
    // Fast path: comparing a byte first keeps lookups in large objects cheap.
    let rest = &text.as_bytes()[start..];
    if let [b'"', first, ..] = rest
        && *first != b'\\'
        && name.bytes().next().is_some_and(|wanted| wanted != *first)
    {
        return false;
    }
    let quoted = rest.get(1..=name.len()).is_some_and(|body| body == name.as_bytes());
    (quoted && matches!(rest.get(name.len() + 1), Some(b'"'))) || decode_text(text, start) == name
}

#[cfg(test)]
mod tests {
    use super::{Close, bare_end, decode_text, is_name, is_number, text_token};

    #[test]
    fn reads_texts_good_and_bad() {
        assert_eq!(decode_text(r#""a\u00e9\ud83d\ude00\n\/""#, 0), "aé😀\n/");
        assert_eq!(decode_text(r#""C:\Users""#, 0), r"C:\Users");
        assert_eq!(decode_text("'it', 1", 0), "it");
        assert_eq!(decode_text("name: 1", 0), "name");
        assert_eq!(text_token(r#""\ud800""#, 0).bad_escape, Some(1));
        let open = "\"OpenAI,\n \"kind\": 1";
        assert_eq!((text_token(open, 0).close, &*decode_text(open, 0)), (Close::Line, "OpenAI"));
        assert_eq!(text_token("\"abc", 0).close, Close::File);
    }

    #[test]
    fn knows_the_numbers_of_json() {
        for good in ["0", "-1", "1.5", "1e9", "1.25E-3"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["NaN", "+1", "01", ".5", "5.", "1e999", "0x10", "-", "1_000", ""] {
            assert!(!is_number(bad), "{bad}");
        }
    }

    #[test]
    fn compares_names_with_their_escapes() {
        assert!(is_name(r#""id": 1"#, 0, "id"));
        assert!(is_name(r#""\u0069d": 1"#, 0, "id"));
        assert!(!is_name(r#""idea": 1"#, 0, "id"));
        assert_eq!(bare_end("abc: 1", 0), 3);
    }
}
