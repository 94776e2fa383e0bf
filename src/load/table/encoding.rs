//! Decodes text files of any encoding: by byte order mark, as UTF-8, or by the frequency of letters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memchr_iter};

use super::super::decode::windows_1252;
use super::types::TableNote;
use crate::model::Severity;

/// Decoded text with the name of its encoding.
#[derive(Debug)]
pub(super) struct DecodedText<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static str,
    pub(super) notes: Vec<TableNote>,
}

/// The number of damaged lines that are named.
const MAX_NAMED_LINES: usize = 20;
/// The number of bytes outside ASCII lines that the detector examines.
const MAX_EXAMINED: usize = 1 << 20;

/// Decodes a text file; bytes that can't be decoded become `�`.
pub(super) fn decode_text(bytes: &[u8]) -> DecodedText<'_> {
    if let Some((encoding, body)) = utf16(bytes) {
        let text = encoding.decode_without_bom_handling(body).0;
        return DecodedText { text, encoding: encoding.name(), notes: Vec::new() };
    }
    let (is_marked, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (true, body),
        None => (false, bytes),
    };
    if let Ok(text) = std::str::from_utf8(body) {
        return DecodedText { text: Cow::Borrowed(text), encoding: UTF_8.name(), notes: Vec::new() };
    }
    if let Some(encoding) = declared(body) {
        let text = encoding.decode_without_bom_handling(body).0;
        return DecodedText { text, encoding: encoding.name(), notes: Vec::new() };
    }
    if is_marked || is_damaged_utf8(body) {
        let (text, notes) = mend_utf8(body);
        return DecodedText { text: Cow::Owned(text), encoding: UTF_8.name(), notes };
    }
    let encoding = detect(body);
    let text = encoding.decode_without_bom_handling(body).0;
    let message = format!("read as {}, because it is not UTF-8", display_name(encoding));
    let remedy = "if names look wrong, save the file as UTF-8 and open it again";
    DecodedText { text, encoding: encoding.name(), notes: vec![TableNote::new(Severity::Remark, message, remedy)] }
}

/// Returns the encoding and the body of UTF-16 text, by its mark or by the zero bytes of its first characters.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    match bytes {
        [0xff, 0xfe, body @ ..] => return Some((UTF_16LE, body)),
        [0xfe, 0xff, body @ ..] => return Some((UTF_16BE, body)),
        _ => {}
    }
    let start = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // ASCII signs alone fill half of the bytes of a table with zeros.
    let is_wide = |many: usize, few: usize| many * 10 > start.len() * 3 && few * 20 < many;
    if is_wide(odd, even) {
        Some((UTF_16LE, bytes))
    } else if is_wide(even, odd) {
        Some((UTF_16BE, bytes))
    } else {
        None
    }
}

/// Returns the encoding that an XML declaration says, unless it is UTF-8 or can't be that of the declaration itself.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(200))?;
    let declaration = start.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.windows(2).position(|end| end == b"?>")?];
    let at = declaration.windows(8).position(|word| word == b"encoding")? + 8;
    let value = declaration[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = value.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let label = value[1..].split(|byte| byte == quote).next()?;
    Encoding::for_label(label).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// Returns whether text is UTF-8 with few damaged places: sequences of several bytes that fit are rare by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// Decodes UTF-8, and each byte that is not UTF-8 as Windows-1252.
fn mend_utf8(bytes: &[u8]) -> (String, Vec<TableNote>) {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut damaged: Vec<(u32, usize)> = Vec::new();
    let mut more = 0;
    let mut line = 1_u32;
    for chunk in bytes.utf8_chunks() {
        line = line.saturating_add(memchr_iter(b'\n', chunk.valid().as_bytes()).count() as u32);
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push(windows_1252(*byte).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let bytes = chunk.invalid().len();
        if bytes == 0 {
            continue;
        }
        if let Some(last) = damaged.last_mut().filter(|last| last.0 == line) {
            last.1 += bytes;
        } else if damaged.len() < MAX_NAMED_LINES {
            damaged.push((line, bytes));
        } else {
            more += 1;
        }
    }
    let mut notes: Vec<TableNote> = damaged.into_iter().map(|(line, bytes)| damage_note(line, bytes)).collect();
    if more > 0 {
        let message = format!("{more} further places are not UTF-8 though the rest of the file is");
        notes.push(TableNote::new(Severity::Warning, message, "save the file as UTF-8 and open it again"));
    }
    (text, notes)
}

fn damage_note(line: u32, bytes: usize) -> TableNote {
    let what = if bytes == 1 { "a character is".to_owned() } else { format!("{bytes} characters are") };
    let message = format!("{what} not UTF-8 though the rest of the file is; read as Windows-1252");
    TableNote::new(Severity::Warning, message, "check the accents in this line").at_row(line)
}

/// Guesses the encoding of text from all of its lines that are not ASCII.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut examined = 0;
    let mut rest = bytes;
    while !rest.is_empty() && examined < MAX_EXAMINED {
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1).min(MAX_EXAMINED);
        let (line, after) = rest.split_at(end);
        if !line.is_ascii() {
            detector.feed(line, false);
            examined += line.len();
        }
        rest = after;
    }
    detector.feed(b"", true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    // Bytes that the guess can't decode show that it is wrong; Windows-1252 decodes any byte.
    let has_errors = encoding.decode_without_bom_handling(bytes).1;
    if has_errors { WINDOWS_1252 } else { encoding }
}

/// Returns the name of an encoding as people write it.
fn display_name(encoding: &'static Encoding) -> String {
    encoding.name().replace("windows-", "Windows-")
}
