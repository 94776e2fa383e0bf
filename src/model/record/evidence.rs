//! Evidence: where a source says something about a claim.

use crate::model::word::closed_list;
use crate::model::{Date, SourceId, Word};

closed_list! {
    /// What a piece of evidence does to its claim.
    Stance {
        /// It says that the claim holds.
        Supports = "supports",
        /// It says that the claim does not hold.
        Disputes = "disputes",
        /// It touches the claim without taking a side.
        Mentions = "mentions",
    }
}

/// Words taken from a document, as a W3C text quote selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The words, letter by letter.
    pub exact: String,
    /// The words right before, to find the place.
    pub prefix: Option<String>,
    /// The words right after, to find the place.
    pub suffix: Option<String>,
}

/// Where the source was read, if not in the source itself.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedIn {
    /// The document that was read.
    pub source: SourceId,
    /// The place in it, such as "paragraph 5".
    pub locator: Option<String>,
    /// Its words.
    pub quote: Option<Quote>,
    /// When it was read.
    pub accessed: Option<Date>,
}

/// One source's word on one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The source that says it.
    pub source: SourceId,
    /// Whether it supports, disputes or merely mentions the claim.
    pub stance: Word<Stance>,
    /// Names of the fields it proves, as in the file; empty for the claim as a whole.
    pub proves: Vec<String>,
    /// The place in the source, such as "page 12".
    pub locator: Option<String>,
    /// Words of this very source.
    pub quote: Option<Quote>,
    /// The document it was read in, which makes it second-hand.
    pub cited_in: Option<CitedIn>,
    /// A remark of the map's authors.
    pub note: Option<String>,
}
