//! The sources of ties in a bundle: their references, the reports that contain them, else who made them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::table::graph::GraphRows;
use crate::load::table::graph::json::attributes::brief;
use crate::load::table::graph::json::value::JsonValue;
use crate::wording::read::Role;

use super::Objects;

/// The reports of a bundle that contain ties.
#[derive(Default)]
pub(super) struct Sources<'a> {
    ids: HashSet<Cow<'a, str>>,
    reports: Vec<TieSource<'a>>,
    /// The places in `reports` of those that contain a tie, by its id.
    by_tie: HashMap<Cow<'a, str>, Vec<usize>>,
}

/// A source of a tie.
#[derive(Clone, Default)]
pub(super) struct TieSource<'a> {
    title: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    publisher: Option<Cow<'a, str>>,
    published: Option<Cow<'a, str>>,
}

impl<'a> TieSource<'a> {
    pub(super) fn put(self, ties: &mut GraphRows<'a>) {
        for (heading, role, text) in [
            ("source", Role::SourceTitle, self.title),
            ("source url", Role::SourceUrl, self.url),
            ("publisher", Role::SourcePublisher, self.publisher),
            ("published", Role::SourcePublished, self.published),
        ] {
            if let Some(text) = text {
                ties.put(heading, Some(role), text);
            }
        }
    }
}

impl<'a> Sources<'a> {
    pub(super) fn new(all: &[JsonValue<'a, '_>], objects: &Objects<'a, '_>) -> Self {
        let mut sources = Self::default();
        for (index, report) in all.iter().enumerate() {
            if !report.says("type", "report") || !objects.is_newest(*report, index) {
                continue;
            }
            let mut ties = ties_of(*report).peekable();
            if ties.peek().is_none() {
                continue;
            }
            sources.ids.extend(report.word_of("id"));
            for tie in ties {
                sources.by_tie.entry(tie).or_default().push(sources.reports.len());
            }
            let mut references = report.get("external_references").into_iter().flat_map(JsonValue::items);
            sources.reports.push(TieSource {
                title: report.word_of("name").map(brief),
                url: references.find_map(|reference| reference.word_of("url")).map(brief),
                publisher: objects.creator(*report).map(brief),
                published: report.word_of("published").map(brief),
            });
        }
        sources
    }

    /// Whether an object is a report that contains ties, and so their source rather than an actor.
    pub(super) fn is_source(&self, object: JsonValue<'a, '_>) -> bool {
        object.word_of("id").is_some_and(|id| self.ids.contains(&id))
    }

    /// Returns the sources of a tie.
    pub(super) fn of(&self, tie: JsonValue<'a, '_>, objects: &Objects<'a, '_>) -> Vec<TieSource<'a>> {
        let references = tie.get("external_references").into_iter().flat_map(JsonValue::items);
        let mut sources: Vec<TieSource<'a>> = references.map(|reference| of_reference(reference)).collect();
        let reports = tie.word_of("id").and_then(|id| self.by_tie.get(&id));
        sources.extend(reports.into_iter().flatten().map(|report| self.reports[*report].clone()));
        if let Some(creator) = objects.creator(tie).map(brief).filter(|_| sources.is_empty()) {
            let published = tie.word_of("created");
            sources.push(TieSource { title: Some(creator.clone()), publisher: Some(creator), published, url: None });
        }
        sources
    }
}

fn of_reference<'a>(reference: JsonValue<'a, '_>) -> TieSource<'a> {
    let name = reference.word_of("source_name");
    let id = reference.word_of("external_id");
    let words = reference.word_of("description");
    let title = words.or_else(|| match (&name, id) {
        (Some(name), Some(id)) => Some(format!("{name} {id}").into()),
        (name, id) => name.clone().or(id),
    });
    TieSource { title, url: reference.word_of("url"), publisher: name, published: None }
}

/// Returns the ids of the ties that a report contains.
fn ties_of<'a>(report: JsonValue<'a, '_>) -> impl Iterator<Item = Cow<'a, str>> {
    let refs = report.get("object_refs").into_iter().flat_map(JsonValue::items).filter_map(JsonValue::word);
    refs.filter(|id| id.starts_with("relationship--") || id.starts_with("sighting--"))
}
