//! Text alternatives of a picture and its parts for readers who can't see it, and links to its sources.

use std::collections::BTreeMap;

use crate::model::SourceId;
use crate::scene::Part;

/// Text alternative for one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Name of the part.
    pub title: String,
    /// Longer description; may be empty.
    pub description: String,
}

/// Metadata and text alternatives of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captions {
    /// Title of the picture.
    pub title: String,
    /// Description of its content; may be empty.
    pub description: String,
    /// Language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Captions by part.
    pub parts: BTreeMap<Part, Caption>,
    /// Web addresses of sources; formats without links ignore them.
    pub links: BTreeMap<SourceId, String>,
}

impl Captions {
    /// Creates captions with only a title.
    #[must_use]
    pub fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    /// Returns the words of a page without a map: its own title, and the language and links of the picture.
    #[must_use]
    pub fn of_page(self, title: &str) -> Self {
        Self { title: title.to_owned(), description: self.title, parts: BTreeMap::new(), ..self }
    }
}
