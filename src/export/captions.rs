//! What a picture says of itself and of its parts to those who don't see it, and where its sources are.

use std::collections::BTreeMap;

use crate::model::SourceId;
use crate::scene::Part;

/// The words of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What it is.
    pub title: String,
    /// What more there is to say; may be empty.
    pub description: String,
}

/// The words of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captions {
    /// What the picture is called.
    pub title: String,
    /// What it shows; may be empty.
    pub description: String,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Who made it.
    pub authors: Vec<String>,
    /// Words of its parts.
    pub parts: BTreeMap<Part, Caption>,
    /// Web addresses of its sources; formats without links leave them out.
    pub links: BTreeMap<SourceId, String>,
}

impl Captions {
    /// A picture with a title and no more words.
    #[must_use]
    pub fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }
}
