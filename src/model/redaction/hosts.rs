//! Web addresses of redacted records, which other links may share.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::decoded;
use crate::model::{ActorId, Map, SourceId};

/// Host labels that identify nobody.
const COMMON_LABELS: [&str; 16] = [
    "www", "com", "org", "net", "edu", "gov", "co", "ac", "example", "info", "blog", "news", "en", "docs", "github",
    "crates",
];
/// Minimum number of letters of a label that identifies someone.
const MIN_LABEL: usize = 4;

/// Hosts and pages of redacted records.
#[derive(Default)]
pub(super) struct Hosts {
    /// Hosts, including their subdomains.
    below: BTreeSet<String>,
    /// Pages on hosts shared with other actors, as host and path.
    pages: BTreeSet<String>,
    /// Identifying words in hosts and pages.
    words: BTreeSet<String>,
}

impl Hosts {
    /// Collects the hosts of redacted actors and sources. If other actors share the host, only the page of the redacted
    /// actor counts.
    pub(super) fn new(map: &Map, actors: &BTreeSet<ActorId>, sources: &BTreeSet<SourceId>) -> Self {
        let mut others: BTreeMap<&str, usize> = BTreeMap::new();
        let urls = map.actor_ids().filter(|id| !actors.contains(id)).filter_map(|id| map.actor(id).url.as_deref());
        for host in urls.filter_map(host_of) {
            *others.entry(host).or_default() += 1;
            if domain_of(host) != host {
                *others.entry(domain_of(host)).or_default() += 1;
            }
        }
        let other_sources = map.source_ids().filter(|id| !sources.contains(id)).map(|id| map.source(id));
        let told: BTreeSet<&str> = other_sources.filter_map(|source| host_of(source.url.as_deref()?)).collect();
        let mut all = Self::default();
        for url in actors.iter().filter_map(|id| map.actor(*id).url.as_deref()) {
            let Some(host) = host_of(url) else { continue };
            let domain = domain_of(host);
            if others.contains_key(host) {
                all.add_page(url);
            } else if others.contains_key(domain) {
                all.add_host(host, true);
            } else {
                all.add_host(domain, true);
            }
        }
        for source in sources.iter().map(|id| map.source(*id)) {
            for host in [&source.url, &source.archive_url].into_iter().flatten().filter_map(|url| host_of(url)) {
                all.add_host(host, !told.contains(host) && !others.contains_key(host));
            }
        }
        all
    }

    /// Returns the identifying words in hosts and pages, which texts may repeat.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether a text contains an address on one of the hosts or pages.
    pub(super) fn touch(&self, text: &str) -> bool {
        if (self.below.is_empty() && self.pages.is_empty()) || !text.contains('.') && !text.contains("%2") {
            return false;
        }
        let text = decoded(text).to_lowercase();
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let mut hosts = text.split(|c: char| !is_host(c)).map(|host| host.trim_matches('.'));
        hosts.any(|host| self.has_host(host)) || self.pages.iter().any(|page| text.contains(page.as_str()))
    }

    fn has_host(&self, host: &str) -> bool {
        let mut rest = host;
        loop {
            if self.below.contains(rest) {
                return true;
            }
            match rest.split_once('.') {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
    }

    fn add_host(&mut self, host: &str, is_named: bool) {
        let host = host.to_lowercase();
        if is_named {
            let label = domain_of(&host).split('.').next().unwrap_or("");
            let labels = std::iter::once(label).chain(host.split('.').next());
            let names = labels.filter(|label| is_name(label));
            self.words.extend(names.map(str::to_owned));
        }
        self.below.insert(host);
    }

    fn add_page(&mut self, url: &str) {
        let bare = url.split_once("://").map_or(url, |(_, rest)| rest).to_lowercase();
        let bare = bare.strip_prefix("www.").unwrap_or(&bare).trim_end_matches('/');
        if let Some(last) = bare.split('/').skip(1).last()
            && is_name(last)
        {
            self.words.insert(last.to_owned());
        }
        self.pages.insert(bare.to_owned());
    }
}

fn is_name(label: &str) -> bool {
    label.chars().count() >= MIN_LABEL && !COMMON_LABELS.contains(&label)
}

/// Returns the host of a web address, without `www.`. An archived address in the path is matched separately.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// Returns the last two labels of a host, or three under a second-level suffix such as in "acme.co.uk".
fn domain_of(host: &str) -> &str {
    let mut starts: Vec<usize> = host.match_indices('.').map(|(at, _)| at + 1).collect();
    starts.insert(0, 0);
    let labels: Vec<&str> = host.split('.').collect();
    let has_sort = labels.len() >= 3 && labels[labels.len() - 2].len() <= 3 && labels[labels.len() - 1].len() == 2;
    let count = if has_sort { 3 } else { 2 };
    let at = starts.len().saturating_sub(count);
    &host[starts[at]..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_the_last_labels() {
        assert_eq!(domain_of("news.acme-x.example"), "acme-x.example");
        assert_eq!(domain_of("a.acme.co.uk"), "acme.co.uk");
        assert_eq!(domain_of("acme.example"), "acme.example");
        assert_eq!(domain_of("localhost"), "localhost");
        assert_eq!(host_of("https://user@www.a.example:80/x"), Some("a.example"));
        assert_eq!(host_of("a.example"), None);
    }
}
