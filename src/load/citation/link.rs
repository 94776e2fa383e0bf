//! Pasted web addresses and DOIs, and the quotations in browsers' links to a highlight.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::address::{Address, without_credentials};
use crate::hidden_characters::{Quoted, visible};
use crate::model::{Quote, Source};
use crate::wording::{doi_address, read_doi};

use super::pasted::{CitationFormat, MAX_ENTRIES, NewSource, Pasted, PastedQuote, PastedSources};

/// The start of a fragment directive.
const DIRECTIVE: &str = ":~:";

/// The number of highlights that are read from one link.
const MAX_HIGHLIGHTS: usize = 100;

/// File extensions that are not top-level domains in use.
const FILE_ENDINGS: [&str; 30] = [
    "bib", "bmp", "conf", "csv", "css", "doc", "docx", "gif", "htm", "html", "ini", "jpeg", "jpg", "js", "json",
    "jsonc", "log", "md", "ods", "odt", "pdf", "png", "ppt", "pptx", "rtf", "svg", "tsv", "txt", "xls", "xlsx",
];

/// The longest address that is read, in bytes.
const MAX_ADDRESS: usize = 1 << 16;

/// Reads a text whose lines are all addresses or DOIs; `None` for any other text.
pub(super) fn read_links(text: &str) -> Option<Pasted> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines().any(|line| !is_link(line)) {
        return None;
    }
    let is_doi = lines().all(|line| read_doi(line).is_some());
    let mut found = PastedSources::new(if is_doi { CitationFormat::Doi } else { CitationFormat::Address });
    for (index, line) in lines().enumerate() {
        if index >= MAX_ENTRIES {
            found.skip(|| "only the first 1,000 addresses are read".to_owned());
            continue;
        }
        read_link(line, &mut found);
    }
    Some(found.finish())
}

/// Whether one line is an address, valid or not, or a DOI.
fn is_link(line: &str) -> bool {
    if line.len() > MAX_ADDRESS {
        return false;
    }
    let has_blank = line.contains(char::is_whitespace);
    let scheme = line.split_once("://").map(|(scheme, _)| scheme);
    let has_scheme =
        scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()));
    let is_script = ["javascript:", "data:", "vbscript:", "mailto:", "file:", "blob:"]
        .iter()
        .any(|start| line.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)));
    (!has_blank && (has_scheme || is_script || with_scheme(line).is_some())) || read_doi(line).is_some()
}

/// Adds the source of a line; also used for a link at the end of a text.
pub(super) fn read_link(line: &str, found: &mut PastedSources) {
    let line = with_scheme(line).map_or(Cow::Borrowed(line), Cow::Owned);
    let (address, quotes, unread) = split_highlight(&line);
    for _ in 0..unread {
        found.remark(|| "a highlight of the link can't be read; its words are left out".to_owned());
    }
    let url = match read_doi(&address) {
        Some(doi) => doi_address(&doi),
        None => match openable(&address, found) {
            Ok(url) => url,
            Err(reason) => return found.skip(|| reason),
        },
    };
    let source = Source { url: Some(url), ..Source::default() };
    found.sources.push(NewSource { source, quotes, citation_key: None });
}

/// Returns an address that may be opened, without credentials, or why there is none.
pub(super) fn openable(address: &str, found: &mut PastedSources) -> Result<String, String> {
    if address.len() > MAX_ADDRESS {
        return Err(format!("the address {} is longer than 64 KB", Quoted(address)));
    }
    let plain = without_credentials(address);
    match Address::openable(&plain) {
        Ok(_) => {
            if let Cow::Owned(_) = plain {
                found.remark(|| "the address contained a user name or password, which is left out".to_owned());
            }
            Ok(plain.into_owned())
        }
        Err(refusal) => Err(format!("{} {refusal}; {}", Quoted(&plain), refusal.remedy())),
    }
}

/// Returns whether one word is an address or a DOI, for links at the end of a text.
pub(super) fn is_web_link(word: &str) -> bool {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| word.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_web && word.len() <= MAX_ADDRESS && Address::parse(word.split('#').next().unwrap_or(word)).is_some()
}

/// Completes a bare domain such as `geekwire.com/2026`; `None` for any other text.
fn with_scheme(text: &str) -> Option<String> {
    let host_end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (host, port) = text[..host_end].split_once(':').unwrap_or((&text[..host_end], ""));
    if host.len() > 253 || host.contains(['@', '\\', '%']) || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let [.., last] = labels.as_slice() else { return None };
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_top = last.chars().count() >= 2 && (last.chars().all(char::is_alphabetic) || last.starts_with("xn--"));
    let has_more = host_end < text.len() || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let is_file = FILE_ENDINGS.contains(&last.to_ascii_lowercase().as_str());
    if labels.len() < 2 || !labels.iter().all(is_label) || !is_top || (is_file && !has_more) {
        return None;
    }
    let address = format!("https://{text}");
    Address::parse(&address).is_some().then_some(address)
}

/// Splits a link to a highlight into the address without the directive, the quotations, and the number of unreadable
/// ones. An ordinary fragment stays with the address.
fn split_highlight(link: &str) -> (Cow<'_, str>, Vec<PastedQuote>, usize) {
    let Some((before, fragment)) = link.split_once('#') else { return (Cow::Borrowed(link), Vec::new(), 0) };
    let Some((anchor, directives)) = fragment.split_once(DIRECTIVE) else {
        return (Cow::Borrowed(link), Vec::new(), 0);
    };
    let address = if anchor.is_empty() { Cow::Borrowed(before) } else { Cow::Owned(format!("{before}#{anchor}")) };
    let texts = directives.split('&').filter_map(|directive| directive.strip_prefix("text="));
    let (mut quotes, mut unread) = (Vec::new(), 0);
    for text in texts {
        match highlight(text).filter(|_| quotes.len() < MAX_HIGHLIGHTS) {
            Some(quote) => quotes.push(quote),
            None => unread += 1,
        }
    }
    (address, quotes, unread)
}

/// Reads `[prefix-,]start[,end][,-suffix]`. Source: the URL Fragment Text Directives of the WICG.
fn highlight(text: &str) -> Option<PastedQuote> {
    let mut parts: Vec<&str> = text.split(',').take(6).collect();
    let prefix = parts.first().and_then(|part| part.strip_suffix('-')).map(decoded);
    if prefix.is_some() {
        parts.remove(0);
    }
    let suffix = parts.last().and_then(|part| part.strip_prefix('-')).map(decoded);
    if suffix.is_some() {
        parts.pop();
    }
    let words: Vec<String> = parts.iter().map(|part| decoded(part)).collect();
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (exact, is_complete) = match words.as_slice() {
        [start] => (start.clone(), true),
        [start, end] if !end.is_empty() => (format!("{start} … {end}"), false),
        _ => return None,
    };
    let is_empty = words.first().is_none_or(String::is_empty);
    let quote = Quote { exact, prefix: filled(prefix), suffix: filled(suffix) };
    (!is_empty).then_some(PastedQuote { quote, is_complete })
}

/// Decodes percent signs; several blanks become one space.
fn decoded(part: &str) -> String {
    let text = percent_decode_str(part).decode_utf8_lossy();
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}
