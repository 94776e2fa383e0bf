//! Converts JSON with comments to plain JSON of the same length: comments and trailing commas become blanks, so that
//! all offsets stay valid.

use std::borrow::Cow;

use super::lex::{ends_with_line, line_end};

/// Plain JSON, and the offset of a comment that is never closed.
#[derive(Debug)]
pub(crate) struct Blanked<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) open_comment: Option<usize>,
}

/// Blanks comments and trailing commas outside of strings; borrows the text if there are none.
pub(crate) fn blank(text: &str) -> Blanked<'_> {
    let bytes = text.as_bytes();
    let mut holes: Vec<(usize, usize)> = Vec::new();
    let mut open_comment = None;
    // Offset of the last comma if only blanks and comments follow it so far.
    let mut comma = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = end_of_text(bytes, at);
                comma = None;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = line_end(text, at);
                holes.push((at, end));
                at = end;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let close = bytes[at + 2..].windows(2).position(|pair| pair == b"*/");
                let end = close.map_or(bytes.len(), |close| at + 2 + close + 2);
                if close.is_none() {
                    open_comment = Some(at);
                }
                holes.push((at, end));
                at = end;
                continue;
            }
            b',' => comma = Some(at),
            b']' | b'}' => {
                if let Some(comma) = comma.take() {
                    holes.push((comma, comma + 1));
                }
            }
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => comma = None,
        }
        at += 1;
    }
    Blanked { text: fill(text, &holes), open_comment }
}

/// Returns the offset after the string that begins at `start`. A line break ends a string that seems to lack its
/// closing quote.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\n' | b'\r' if ends_with_line(bytes, at) => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Replaces the holes by blanks but keeps line breaks, so that line numbers stay valid.
fn fill<'a>(text: &'a str, holes: &[(usize, usize)]) -> Cow<'a, str> {
    if holes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for &(start, end) in holes {
        for byte in &mut bytes[start..end] {
            if *byte != b'\n' && *byte != b'\r' {
                *byte = b' ';
            }
        }
    }
    // Holes begin and end at ASCII characters, so the result is valid UTF-8; otherwise return the text unchanged.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[test]
    fn blanks_comments_and_trailing_commas_in_place() {
        let text = "{ // één\n \"a//b\": [1, /* 2, */ ], \"c\": \"\\\"/*\",\n}";
        let blanked = blank(text).text;
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.split_whitespace().collect::<String>(), r#"{"a//b":[1],"c":"\"/*"}"#);
        assert_eq!(blanked.lines().count(), text.lines().count());
    }

    #[test]
    fn borrows_what_is_plain_and_tells_of_open_comments() {
        assert!(matches!(blank("{\"a\": 1}").text, std::borrow::Cow::Borrowed(_)));
        assert_eq!(blank("{} /* x").open_comment, Some(3));
        assert_eq!(blank("\"a\\").open_comment, None);
    }
}
