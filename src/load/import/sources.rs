//! The sources that rows cite: one record for each address, or each title without one.

use std::collections::HashMap;

use crate::model::{Date, Evidence, Map, OwnFields, Quote, Source, SourceId, Stance, Word};

/// What a row says of the source of its claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Citation {
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) accessed: Option<Date>,
    pub(super) quote: Option<String>,
    pub(super) locator: Option<String>,
}

impl Citation {
    pub(super) fn names_a_source(&self) -> bool {
        self.title.is_some() || self.url.is_some()
    }

    /// Returns the evidence of this citation from a source.
    pub(super) fn evidence(&self, source: SourceId) -> Evidence {
        let quote = self.quote.clone().map(|exact| Quote { exact, prefix: None, suffix: None });
        Evidence { locator: self.locator.clone(), quote, ..evidence_of(source) }
    }
}

/// Returns the evidence of a source for a claim as a whole.
pub(super) fn evidence_of(source: SourceId) -> Evidence {
    Evidence {
        source,
        stance: Word::Known(Stance::Supports),
        proves: Vec::new(),
        locator: None,
        quote: None,
        cited_in: None,
        note: None,
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

impl super::Builder<'_> {
    /// Returns the source of a citation; adds it if it is new, and fills what it lacked.
    pub(super) fn source(&mut self, citation: &Citation) -> Option<SourceId> {
        let name = citation.url.as_ref().or(citation.title.as_ref())?;
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
                fill(&mut source.title, citation.title.as_ref());
                fill(&mut source.publisher, citation.publisher.as_ref());
                fill(&mut source.published, citation.published.as_ref());
                fill(&mut source.accessed, citation.accessed.as_ref());
            }
            return Some(known);
        }
        let name = name.clone();
        let key = self.free_key("", "source");
        let id = self.sources.push(Source {
            key,
            title: citation.title.clone(),
            publisher: citation.publisher.clone(),
            published: citation.published.clone(),
            url: citation.url.clone(),
            accessed: citation.accessed.clone(),
            ..empty_source()
        });
        self.known_sources.0.insert(name, id);
        Some(id)
    }
}

fn fill<T: Clone>(field: &mut Option<T>, value: Option<&T>) {
    if field.is_none() {
        *field = value.cloned();
    }
}
