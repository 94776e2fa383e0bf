//! The sources that rows cite: one record for each address, or each title without one.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{Date, Evidence, Item, Map, OwnFields, Quote, Source, SourceId, SourceKind, Word};

use super::cells::RowOrigin;
use super::keys::KeyOwner;
use super::options::TableSource;
use super::values;

/// What a row says of the source of its claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Citation<'r> {
    pub(super) title: Option<Cow<'r, str>>,
    pub(super) url: Option<Cow<'r, str>>,
    pub(super) publisher: Option<Cow<'r, str>>,
    pub(super) published: Option<Date>,
    pub(super) accessed: Option<Date>,
    pub(super) quote: Option<String>,
    pub(super) locator: Option<Cow<'r, str>>,
}

impl Citation<'_> {
    /// Returns the evidence of this citation from a source.
    pub(super) fn evidence(&self, source: SourceId) -> Evidence {
        let quote = self.quote.clone().map(|exact| Quote { exact, prefix: None, suffix: None });
        Evidence { locator: self.locator.as_deref().map(str::to_owned), quote, ..Evidence::supporting(source) }
    }
}

/// Returns a source without any field.
pub(super) fn empty_source() -> Source {
    Source {
        key: "".into(),
        kind: None,
        title: None,
        publisher: None,
        authors: Vec::new(),
        published: None,
        url: None,
        accessed: None,
        archive_url: None,
        language: None,
        note: None,
        by: Vec::new(),
        same_as: None,
        csl: None,
        row: None,
        own: OwnFields::NONE,
    }
}

/// The sources by address and title.
#[derive(Debug, Default)]
pub(super) struct SourceRegistry(HashMap<String, SourceId>);

impl SourceRegistry {
    pub(super) fn of_map(map: &Map) -> Self {
        let name = |source: &Source| source.url.clone().or_else(|| source.title.clone());
        Self(map.sources().iter().filter_map(|(id, source)| Some((name(source)?, id))).collect())
    }
}

/// The addresses in cells, since the same ones are cited again and again.
#[derive(Debug, Default)]
pub(super) struct KnownAddresses(HashMap<Box<str>, KnownAddress>);

#[derive(Debug)]
enum KnownAddress {
    /// It may be opened as it is written.
    AsWritten,
    /// This one may be opened in its place.
    Other(String),
    /// It is none that may be opened.
    Refused,
}

/// The maximum number of addresses that are kept.
const MAX_KNOWN_ADDRESSES: usize = 1 << 16;

impl KnownAddresses {
    /// Returns the address that may be opened, or the text if it is none.
    pub(super) fn read<'r>(&mut self, text: Cow<'r, str>) -> Result<Cow<'r, str>, Cow<'r, str>> {
        if let Some(known) = self.0.get(&*text) {
            return known.of(text);
        }
        let known = match values::address(&text) {
            Some(url) if url == *text => KnownAddress::AsWritten,
            Some(url) => KnownAddress::Other(url),
            None => KnownAddress::Refused,
        };
        if self.0.len() == MAX_KNOWN_ADDRESSES {
            return known.of(text);
        }
        self.0.entry((*text).into()).or_insert(known).of(text)
    }
}

impl KnownAddress {
    fn of<'r>(&self, text: Cow<'r, str>) -> Result<Cow<'r, str>, Cow<'r, str>> {
        match self {
            Self::AsWritten => Ok(text),
            Self::Other(url) => Ok(Cow::Owned(url.clone())),
            Self::Refused => Err(text),
        }
    }
}

impl super::Builder<'_> {
    /// Adds the tables as one source.
    pub(super) fn cite_tables(&mut self, source: &TableSource) -> SourceId {
        let key = self.keys.take("", KeyOwner::Record(Item::Source(self.sources.next_id())));
        self.sources.push(Source {
            key,
            kind: Some(Word::Known(SourceKind::Dataset)),
            title: Some(source.title.clone()),
            publisher: source.publisher.clone(),
            url: source.url.clone(),
            published: source.published.clone(),
            ..empty_source()
        })
    }

    /// Returns the source of a citation; adds it if it is new, and fills what it lacked.
    pub(super) fn source(&mut self, citation: &Citation<'_>, row: RowOrigin<'_, '_>) -> Option<SourceId> {
        let name = citation.url.as_deref().or(citation.title.as_deref())?;
        if let Some(&known) = self.known_sources.0.get(name) {
            let lacks = |source: &Source| {
                (source.title.is_none() && citation.title.is_some())
                    || (source.publisher.is_none() && citation.publisher.is_some())
                    || (source.published.is_none() && citation.published.is_some())
                    || (source.accessed.is_none() && citation.accessed.is_some())
            };
            if self.sources.get(known).is_some_and(lacks)
                && let Some(source) = self.sources.get_mut(known)
            {
                let text = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
                source.title = source.title.take().or_else(|| text(&citation.title));
                source.publisher = source.publisher.take().or_else(|| text(&citation.publisher));
                source.published = source.published.take().or_else(|| citation.published.clone());
                source.accessed = source.accessed.take().or_else(|| citation.accessed.clone());
            }
            return Some(known);
        }
        let text = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let name = name.to_owned();
        let key = self.keys.take("", KeyOwner::Record(Item::Source(self.sources.next_id())));
        let id = self.sources.push(Source {
            key,
            title: text(&citation.title),
            publisher: text(&citation.publisher),
            published: citation.published.clone(),
            url: text(&citation.url),
            accessed: citation.accessed.clone(),
            row: Some(Box::new(row.to_row())),
            ..empty_source()
        });
        self.known_sources.0.insert(name, id);
        Some(id)
    }
}

/// Returns the name of a file as a title: `deals_2024.csv` is "deals 2024".
pub(super) fn title_of(file: &str) -> Option<String> {
    let stem = file.rsplit(['/', '\\']).next()?.split('.').next()?;
    let title = stem.replace('_', " ");
    let title = title.trim();
    (!title.is_empty()).then(|| title.to_owned())
}
