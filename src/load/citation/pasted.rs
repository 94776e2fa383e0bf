//! What a pasted text turned out to be.

use crate::model::{Quote, Source};

/// What a pasted text is.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// Nothing but blanks.
    Nothing,
    /// Addresses, DOIs or entries of a bibliography; at least one could be read.
    Sources(PastedSources),
    /// Any other text: words of a document.
    Quote(PastedQuote),
    /// A text that is plainly an address or a bibliography, but can't be used.
    Unreadable {
        /// What it would be.
        format: CitationFormat,
        /// The reason, with a remedy.
        reason: String,
    },
    /// More text than is looked at.
    TooLong,
}

/// The form in which sources were pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationFormat {
    /// Web addresses.
    Address,
    /// Digital object identifiers.
    Doi,
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// The format of Research Information Systems.
    Ris,
    /// CSL-JSON.
    Csl,
}

impl CitationFormat {
    /// Returns the noun for one and for several entries.
    fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Address => ("address", "addresses"),
            Self::Doi => ("DOI", "DOIs"),
            Self::Bibtex | Self::Ris | Self::Csl => ("entry", "entries"),
        }
    }
}

/// The sources of a pasted text.
#[derive(Clone, Debug, PartialEq)]
pub struct PastedSources {
    /// The form of the text.
    pub format: CitationFormat,
    /// The sources, in the order of the text.
    pub sources: Vec<NewSource>,
    /// The number of entries that couldn't be read.
    pub skipped: usize,
    /// What was changed or left out, for people to read; the first `MAX_REMARKS` of them.
    pub remarks: Vec<String>,
    /// The number of all remarks.
    pub remark_count: usize,
}

/// The number of remarks that are kept; others are counted.
const MAX_REMARKS: usize = 50;
/// The number of entries that are read from one text; others count as skipped.
pub(super) const MAX_ENTRIES: usize = 1_000;

/// A source without a key, and the quotations that came with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewSource {
    /// The source; its key is empty.
    pub source: Source,
    /// Quotations that a link highlights.
    pub quotes: Vec<PastedQuote>,
    /// Its key in the bibliography, if that has one.
    pub citation_key: Option<String>,
}

impl NewSource {
    /// Returns words to make a key of: the citation key, the site with its year, or the title.
    #[must_use]
    pub fn words_for_key(&self) -> String {
        let year = self.source.published.as_ref().and_then(crate::model::Date::earliest).map(|day| day.year);
        let site = self.source.domain().filter(|host| host != "doi.org");
        let name = self.citation_key.clone().or_else(|| match (site, year) {
            (Some(site), Some(year)) => Some(format!("{site} {year}")),
            (site, _) => site,
        });
        name.or_else(|| self.source.title.clone()).or_else(|| self.source.url.clone()).unwrap_or_default()
    }
}

/// A pasted quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedQuote {
    /// The quotation.
    pub quote: Quote,
    /// Whether the words are whole; a link to a long highlight has only its first and last words, here joined by " … ".
    pub is_complete: bool,
}

impl PastedQuote {
    /// A whole quotation without the text around it.
    pub(super) fn whole(exact: String) -> Self {
        Self { quote: Quote { exact, prefix: None, suffix: None }, is_complete: true }
    }
}

impl PastedSources {
    pub(super) fn new(format: CitationFormat) -> Self {
        Self { format, sources: Vec::new(), skipped: 0, remarks: Vec::new(), remark_count: 0 }
    }

    /// Adds a remark; the first ones are kept in full.
    pub(super) fn remark(&mut self, text: impl FnOnce() -> String) {
        self.remark_count += 1;
        if self.remarks.len() < MAX_REMARKS {
            self.remarks.push(text());
        }
    }

    /// Adds an entry that couldn't be read.
    pub(super) fn skip(&mut self, reason: impl FnOnce() -> String) {
        self.skipped += 1;
        self.remark(reason);
    }

    /// Adds a source; one without title and address counts as skipped.
    pub(super) fn add(&mut self, new: NewSource, name: impl FnOnce() -> String) {
        if new.source.title.is_none() && new.source.url.is_none() {
            return self.skip(|| format!("{} has neither a title nor an address", name()));
        }
        self.sources.push(new);
    }

    /// Returns the sources, or why there is none.
    pub(super) fn finish(self) -> Pasted {
        if self.sources.is_empty() {
            let reason = self.remarks.into_iter().next().unwrap_or_else(|| "it has no entry".to_owned());
            return Pasted::Unreadable { format: self.format, reason };
        }
        Pasted::Sources(self)
    }

    /// Returns a sentence such as "2 entries pasted: both become sources".
    #[must_use]
    pub fn summary(&self) -> String {
        let (one, several) = self.format.nouns();
        let total = self.sources.len() + self.skipped;
        let noun = if total == 1 { one } else { several };
        let become_words = match (self.sources.len(), self.skipped) {
            (1, 0) => "it becomes a source".to_owned(),
            (2, 0) => "both become sources".to_owned(),
            (_, 0) => "all become sources".to_owned(),
            (1, skipped) => format!("1 becomes a source, {skipped} can't be read"),
            (read, skipped) => format!("{read} become sources, {skipped} can't be read"),
        };
        format!("{total} {noun} pasted: {become_words}")
    }
}
