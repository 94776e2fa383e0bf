//! The sources of entities: addresses, publishers, and documents that prove them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::table::graph::GraphRows;
use crate::load::table::graph::json::attributes::brief;
use crate::load::table::graph::json::value::JsonValue;
use crate::wording::read::Role;

use super::schema::RemarkSchema;
use super::{id_of, values, words};

/// A document that proves what others say, or another source.
#[derive(Clone, Default)]
pub(super) struct FtmDocument<'a> {
    title: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    publisher: Option<Cow<'a, str>>,
    published: Option<Cow<'a, str>>,
    accessed: Option<Cow<'a, str>>,
}

impl<'a> FtmDocument<'a> {
    pub(super) fn of(entity: JsonValue<'a, '_>, properties: JsonValue<'a, '_>) -> Self {
        let first =
            |names: &[&str]| names.iter().find_map(|name| words(properties, name).into_iter().next().map(brief));
        Self {
            title: first(&["title", "name", "fileName"]).or_else(|| entity.word_of("caption").map(brief)),
            url: first(&["sourceUrl", "publisherUrl"]),
            publisher: first(&["publisher", "author"]),
            published: first(&["publishedAt", "date"]),
            accessed: first(&["retrievedAt"]),
        }
    }

    /// Returns the source for several rows.
    pub(super) fn brief(self) -> Self {
        let [title, url, publisher, published, accessed] =
            [self.title, self.url, self.publisher, self.published, self.accessed].map(|text| text.map(brief));
        Self { title, url, publisher, published, accessed }
    }

    /// Whether it has anything that a source is called by.
    pub(super) fn is_named(&self) -> bool {
        self.title.is_some() || self.url.is_some()
    }

    pub(super) fn put(self, rows: &mut GraphRows<'a>) {
        for (heading, role, text) in [
            ("source", Role::SourceTitle, self.title),
            ("sourceUrl", Role::SourceUrl, self.url),
            ("publisher", Role::SourcePublisher, self.publisher),
            ("publishedAt", Role::SourcePublished, self.published),
            ("retrievedAt", Role::SourceAccessed, self.accessed),
        ] {
            if let Some(text) = text {
                rows.put(heading, Some(role), text);
            }
        }
    }
}

/// The documents of a file by id.
#[derive(Default)]
pub(super) struct Documents<'a> {
    by_id: HashMap<Cow<'a, str>, FtmDocument<'a>>,
    /// Those that prove a tie.
    pub(super) cited: HashSet<Cow<'a, str>>,
}

impl<'a> Documents<'a> {
    pub(super) fn add(&mut self, id: Cow<'a, str>, document: FtmDocument<'a>) {
        self.by_id.insert(id, document);
    }

    /// Whether a document proves a tie or fact.
    pub(super) fn is_cited(&self, id: &str) -> bool {
        self.cited.contains(id)
    }

    pub(super) fn find(&self, id: &str) -> Option<&FtmDocument<'a>> {
        self.by_id.get(id)
    }
}

/// Returns the sources of an entity: the documents that prove it, then its addresses, else who published it.
pub(super) fn sources_of<'a>(properties: JsonValue<'a, '_>, documents: &Documents<'a>) -> Vec<FtmDocument<'a>> {
    let proofs = values(properties, "proof").filter_map(id_of);
    let mut sources: Vec<FtmDocument<'a>> = proofs.filter_map(|id| documents.find(&id).cloned()).collect();
    let (publishers, accessed) = (words(properties, "publisher"), words(properties, "retrievedAt"));
    // Lists of the same length go together; else the only value is that of all.
    let of =
        |list: &[Cow<'a, str>], index: usize| list.get(index).or(list.first().filter(|_| list.len() == 1)).cloned();
    let urls = words(properties, "sourceUrl");
    for (index, url) in urls.iter().enumerate() {
        sources.push(FtmDocument {
            url: Some(url.clone()),
            publisher: of(&publishers, index),
            accessed: of(&accessed, index),
            ..FtmDocument::default()
        });
    }
    if sources.is_empty() {
        sources.extend(publishers.into_iter().map(|publisher| FtmDocument {
            title: Some(publisher.clone()),
            url: words(properties, "publisherUrl").into_iter().next(),
            publisher: Some(publisher),
            accessed: accessed.first().cloned(),
            ..FtmDocument::default()
        }));
    }
    sources
}

/// Returns the sources of a fact; where none is named, that is the list of the authority that says it.
pub(super) fn sources_of_fact<'a>(
    properties: JsonValue<'a, '_>,
    schema: &RemarkSchema,
    documents: &Documents<'a>,
) -> Vec<FtmDocument<'a>> {
    let mut sources: Vec<FtmDocument<'a>> = schema
        .document
        .into_iter()
        .flat_map(|name| values(properties, name))
        .filter_map(id_of)
        .filter_map(|id| documents.find(&id).cloned())
        .collect();
    sources.extend(sources_of(properties, documents));
    if !schema.is_by_authority {
        return sources;
    }
    let first = |name: &str| words(properties, name).into_iter().next();
    let authority = first("authority");
    for source in sources.iter_mut().filter(|source| source.publisher.is_none()) {
        source.publisher.clone_from(&authority);
    }
    let title = first("program").or_else(|| authority.clone());
    if sources.is_empty() && title.is_some() {
        let (url, accessed) = (first("programUrl"), first("retrievedAt"));
        sources.push(FtmDocument { title, url, publisher: authority, accessed, ..FtmDocument::default() });
    }
    sources
}
