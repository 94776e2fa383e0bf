//! Sources: documents that evidence cites.

use crate::address::Address;
use crate::model::word::closed_list;
use crate::model::{ActorId, Date, ImportRow, Key, OwnFields, SourceId, Word};

closed_list! {
    /// Kind of document.
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

/// A document that evidence refers to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Its id in the file.
    pub key: Key,
    /// Kind of document.
    pub kind: Option<Word<SourceKind>>,
    /// Title; in square brackets if supplied by the map's authors.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Date of publication.
    pub published: Option<Date>,
    /// Web address.
    pub url: Option<String>,
    /// Date of access.
    pub accessed: Option<Date>,
    /// Web address of an archived copy.
    pub archive_url: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// A remark by the map's authors.
    pub note: Option<String>,
    /// Actors who speak for themselves in it.
    pub by: Vec<ActorId>,
    /// Another source with the same text; the two count once.
    pub same_as: Option<SourceId>,
    /// The CSL-JSON item in the file, as compact JSON; its fields already fill the plain ones left empty.
    pub csl: Option<String>,
    /// The row of an imported table that it was made from.
    pub row: Option<Box<ImportRow>>,
    /// Fields outside the format.
    pub own: OwnFields,
}

impl Source {
    /// Returns the kind of document; `Other` if it is missing or unknown to the format.
    #[must_use]
    pub fn sort(&self) -> SourceKind {
        self.kind.as_ref().and_then(Word::known).unwrap_or(SourceKind::Other)
    }

    /// Returns the host of its web address without `www.`, such as `geekwire.com`.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        let address = Address::parse(self.url.as_deref()?)?;
        let host = address.host();
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    }
}
