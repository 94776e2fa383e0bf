//! Digital object identifiers, as people write them and as addresses.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::hidden_characters::is_hidden;
use crate::model::{OwnValue, Source};

/// The resolver of DOIs.
const RESOLVER: &str = "https://doi.org/";

/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 1_000;

/// What stands before a DOI, in lower case.
const PREFIXES: [&str; 10] = [
    "https://doi.org/",
    "http://doi.org/",
    "https://www.doi.org/",
    "http://www.doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "doi.org/",
    "dx.doi.org/",
    "doi:",
    "doi ",
];

/// Characters of a DOI that have another meaning in an address.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Reads a DOI with or without "doi:" or its address; `None` for any other text.
#[must_use]
pub fn read_doi(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    let prefix =
        PREFIXES.iter().find(|prefix| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
    let doi = match prefix {
        Some(prefix) if prefix.ends_with('/') => {
            let path = text[prefix.len()..].split(['?', '#']).next().unwrap_or_default();
            percent_decode_str(path).decode_utf8().ok()?.into_owned()
        }
        Some(prefix) => text[prefix.len()..].trim_start().to_owned(),
        None => text.to_owned(),
    };
    let doi = without_closing_marks(&doi);
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let is_registrant = registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        && (4..=9).contains(&registrant.split('.').next().map_or(0, str::len));
    let is_plain = !suffix.is_empty() && !suffix.contains(|c: char| c.is_whitespace() || is_hidden(c));
    (is_registrant && is_plain).then(|| doi.to_owned())
}

/// Removes the punctuation of the sentence in which a DOI stands.
fn without_closing_marks(mut text: &str) -> &str {
    loop {
        let count = |mark: char| text.bytes().filter(|byte| *byte == mark as u8).count();
        text = match text.chars().last() {
            Some(last @ ('.' | ',' | ';' | ':' | '"' | '\'' | '”' | '’')) => &text[..text.len() - last.len_utf8()],
            Some(')') if count(')') > count('(') => &text[..text.len() - 1],
            Some(']') if count(']') > count('[') => &text[..text.len() - 1],
            _ => return text,
        };
    }
}

/// Returns the web address of a DOI.
#[must_use]
pub fn doi_address(doi: &str) -> String {
    format!("{RESOLVER}{}", utf8_percent_encode(doi, ESCAPED))
}

/// Returns the DOI of a source: from its address, its own field, or its CSL item.
#[must_use]
pub fn doi_of(source: &Source) -> Option<String> {
    let from_address = source.url.as_deref().filter(|url| url.contains("doi.org/")).and_then(read_doi);
    let own = || match source.own.get("x-doi").or_else(|| source.own.get("x-DOI")) {
        Some(OwnValue::Text(text)) => read_doi(text),
        _ => None,
    };
    let from_csl = || {
        let item: Value = serde_json::from_str(source.csl.as_deref()?).ok()?;
        read_doi(item.get("DOI")?.as_str()?)
    };
    from_address.or_else(own).or_else(from_csl)
}

#[cfg(test)]
mod tests {
    use super::{doi_address, read_doi};

    #[test]
    fn every_common_form_is_read() {
        for text in [
            "10.1000/xyz123",
            "doi:10.1000/xyz123",
            "DOI: 10.1000/xyz123",
            "doi 10.1000/xyz123.",
            "https://doi.org/10.1000/xyz123",
            "http://dx.doi.org/10.1000%2Fxyz123",
            "https://DOI.org/10.1000/xyz123?utm_source=x#top",
            "10.1000/xyz123),",
        ] {
            assert_eq!(read_doi(text).as_deref(), Some("10.1000/xyz123"), "{text}");
        }
        assert_eq!(read_doi("10.1016/S0140-6736(20)30183-5").as_deref(), Some("10.1016/S0140-6736(20)30183-5"));
    }

    #[test]
    fn other_numbers_are_not_dois() {
        for text in
            ["", "10.5", "10.5/3", "10.12345", "10.1000/", "10.1000/a b", "10.1000/a\u{202e}b", "11.1000/x", "10.a/x"]
        {
            assert_eq!(read_doi(text), None, "{text}");
        }
    }

    #[test]
    fn the_address_leads_to_the_same_doi() {
        let doi = "10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O#?%";
        let address = doi_address(doi);
        assert!(crate::address::Address::openable(&address).is_ok(), "{address}");
        assert_eq!(read_doi(&address).as_deref(), Some(doi));
    }
}
