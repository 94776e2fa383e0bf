//! Evidence: statements of sources about a claim.

use crate::model::word::closed_list;
use crate::model::{Date, SourceId, Word};

closed_list! {
    /// Stance of a piece of evidence toward its claim.
    Stance {
        /// The source says that the claim holds.
        Supports = "supports",
        /// The source says that the claim does not hold.
        Disputes = "disputes",
        /// The source mentions the claim without taking a side.
        Mentions = "mentions",
    }
}

/// A quotation from a document, as a W3C text quote selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The exact quotation.
    pub exact: String,
    /// The text before it, to locate it.
    pub prefix: Option<String>,
    /// The text after it, to locate it.
    pub suffix: Option<String>,
}

/// The document in which a source was read, if not in the source itself.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedIn {
    /// The document that was read.
    pub source: SourceId,
    /// The place in the document, such as "paragraph 5".
    pub locator: Option<String>,
    /// A quotation from the document.
    pub quote: Option<Quote>,
    /// The date it was read.
    pub accessed: Option<Date>,
}

/// One source's statement about one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The source.
    pub source: SourceId,
    /// Whether it supports, disputes or merely mentions the claim.
    pub stance: Word<Stance>,
    /// File names of the fields that it proves; empty for the whole claim.
    pub proves: Vec<String>,
    /// The place in the source, such as "page 12".
    pub locator: Option<String>,
    /// A quotation from the source itself.
    pub quote: Option<Quote>,
    /// The document in which the source was read; makes the evidence second-hand.
    pub cited_in: Option<CitedIn>,
    /// A remark by the map's authors.
    pub note: Option<String>,
}

impl Evidence {
    /// Returns evidence that a source gives for a claim as a whole, without quotation and place.
    #[must_use]
    pub fn supporting(source: SourceId) -> Self {
        Self {
            source,
            stance: Word::Known(Stance::Supports),
            proves: Vec::new(),
            locator: None,
            quote: None,
            cited_in: None,
            note: None,
        }
    }
}
