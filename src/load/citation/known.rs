//! Finds sources that a map has already, and what they tell about a new one.

use std::collections::BTreeMap;

use url::Url;

use crate::address::Address;
use crate::model::{Map, Source, SourceId};
use crate::wording::{doi_of, link_host};

/// Parameters that say how a reader came to a page, not which page it is.
const TRACKING: [&str; 24] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "yclid",
];

/// Returns the source of the map with the same address or the same DOI. Scheme, `www.`, a slash at the end, tracking
/// parameters and plain fragments make no difference.
#[must_use]
pub fn same_source(map: &Map, source: &Source) -> Option<SourceId> {
    let doi = doi_of(source).map(|doi| doi.to_lowercase());
    let address = source.url.as_deref().and_then(page_of);
    if doi.is_none() && address.is_none() {
        return None;
    }
    // Parsing is the expensive part, and most addresses are of other sites.
    let host = source.url.as_deref().and_then(link_host);
    let is_near =
        |text: &str| !text.is_ascii() || host.as_deref().is_some_and(|host| contains_ignoring_case(text, host));
    let is_same = |other: &Source| {
        let urls = [other.url.as_deref(), other.archive_url.as_deref()];
        let has_address =
            address.is_some() && urls.into_iter().flatten().any(|url| is_near(url) && page_of(url) == address);
        has_address || (doi.is_some() && doi_of(other).map(|doi| doi.to_lowercase()) == doi)
    };
    map.sources().iter().find(|(_, other)| is_same(other)).map(|(id, _)| id)
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len().max(1)).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Returns the publisher that most sources of the same site have; the first of several.
#[must_use]
pub fn guess_publisher(map: &Map, source: &Source) -> Option<String> {
    // Resolvers and archives publish nothing themselves.
    const OTHERS: [&str; 5] = ["doi.org", "dx.doi.org", "web.archive.org", "archive.today", "archive.ph"];
    let site = source.domain().filter(|site| !OTHERS.contains(&site.as_str()))?;
    let mut publishers: BTreeMap<&str, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (id, other) in map.sources().iter() {
        if let Some(publisher) = other.publisher.as_deref()
            && other.domain().as_deref() == Some(&site)
        {
            publishers.entry(publisher).or_insert((0, std::cmp::Reverse(id.index()))).0 += 1;
        }
    }
    publishers.into_iter().max_by_key(|(_, rank)| *rank).map(|(publisher, _)| publisher.to_owned())
}

/// Returns what tells the page of an address from others: host, port, path, and parameters except for tracking.
fn page_of(text: &str) -> Option<String> {
    Address::parse(text)?;
    let url = Url::parse(text).ok()?;
    let mut page = link_host(text)?;
    page.push_str(url.path().trim_end_matches('/'));
    let query = url.query().unwrap_or_default();
    let mut mark = '?';
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)) {
        page.push(mark);
        page.push_str(pair);
        mark = '&';
    }
    // Some sites keep the page in the fragment.
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with(['/', '!'])) {
        page.push('#');
        page.push_str(fragment.split(":~:").next().unwrap_or_default());
    }
    Some(page)
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn addresses_of_one_page_are_the_same() {
        let page = page_of("https://www.geekwire.com/2026/deal/?utm_source=x&fbclid=y#comments");
        assert_eq!(page.as_deref(), Some("geekwire.com/2026/deal"));
        for other in [
            "http://geekwire.com/2026/deal",
            "https://GeekWire.com:443/2026/deal/?UTM_Campaign=z",
            "https://geekwire.com/2026/deal?gclid=1&mc_eid=2#:~:text=x",
        ] {
            assert_eq!(page_of(other), page, "{other}");
        }
        for other in [
            "https://geekwire.com/2026/deal?page=2",
            "https://geekwire.com/2026/Deal",
            "https://blog.geekwire.com/2026/deal",
            "https://geekwire.com:8080/2026/deal",
            "https://geekwire.com/2026/deal#/comments",
        ] {
            assert_ne!(page_of(other), page, "{other}");
        }
        assert_eq!(page_of("https://x.example/?b=1&utm_x=2&a=3"), page_of("https://x.example?b=1&a=3"));
        assert_eq!(page_of("javascript:alert(1)"), None);
    }
}
