//! A source: a document that someone can read.

use crate::address::Address;
use crate::model::word::closed_list;
use crate::model::{ActorId, Date, ImportRow, Key, OwnFields, SourceId, Word};

closed_list! {
    /// What sort of document a source is.
    SourceKind {
        /// A report in the news.
        News = "news",
        /// A filing with a regulator.
        Filing = "filing",
        /// An entry in a public register.
        Register = "register",
        /// A statement by someone about their own affairs.
        Statement = "statement",
        /// A report or study.
        Report = "report",
        /// A court document.
        Court = "court",
        /// A book.
        Book = "book",
        /// A data set.
        Dataset = "dataset",
        /// An interview.
        Interview = "interview",
        /// A post on a social platform or forum.
        Post = "post",
        /// Anything else.
        Other = "other",
    }
}

/// A document that evidence points into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Its id in the file.
    pub key: Key,
    /// What sort of document it is.
    pub kind: Option<Word<SourceKind>>,
    /// Its title; in square brackets if it was supplied by the map's authors.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Where it is.
    pub url: Option<String>,
    /// When it was read.
    pub accessed: Option<Date>,
    /// An archived copy.
    pub archive_url: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// A remark of the map's authors.
    pub note: Option<String>,
    /// Actors who speak for themselves in it.
    pub by: Vec<ActorId>,
    /// The same text in another place: the two count once.
    pub same_as: Option<SourceId>,
    /// The CSL-JSON item of the file, as compact JSON text; its fields have already filled the plain ones left empty.
    pub csl: Option<String>,
    /// The row of a table that it was made from.
    pub row: Option<Box<ImportRow>>,
    /// What the format does not have.
    pub own: OwnFields,
}

impl Source {
    /// What sort of document it is; one that the format has no word for, or of which nothing is said, is another.
    #[must_use]
    pub fn sort(&self) -> SourceKind {
        self.kind.as_ref().and_then(Word::known).unwrap_or(SourceKind::Other)
    }

    /// The host of its address without `www.`, such as `geekwire.com`.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        let address = Address::parse(self.url.as_deref()?)?;
        let host = address.host();
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    }
}
