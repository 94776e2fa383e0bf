//! What is exported: the whole map with its view, after redaction.

use std::sync::Arc;

use crate::document::edit::remove;
use crate::document::{Document, Look};
use crate::load::json::{Defaults, Fields, view_json};
use crate::model::{ActorId, Item, Map, Redaction, Redactor, SourceId, View};

/// A map to export, with its first view as it is now.
#[derive(Clone, Debug)]
pub struct DataContent {
    pub(super) map: Arc<Map>,
    pub(super) view: View,
    /// Whether only the current view is exported.
    is_redacted: bool,
}

impl DataContent {
    /// Takes the whole map of a document, also what its view hides.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self { map: Arc::clone(&document.map), view: document.look.to_view(&document.map), is_redacted: false }
    }

    /// Takes the map of a document after redaction. Actors and ties of redacted kinds are left out, as in pictures.
    #[must_use]
    pub fn redacted(document: &Document, redaction: &Redaction) -> Self {
        if redaction.is_empty() {
            return Self::new(document);
        }
        let redactor = Redactor::new(&document.map, redaction);
        let mut look = Look::clone(&document.look);
        let notes = std::mem::take(&mut look.notes).into_iter().zip(0..);
        look.notes = notes
            .filter(|((_, note), index)| !redactor.is_note_withheld(*index, &note.text))
            .map(|(note, _)| note)
            .collect();
        look.filter.hidden_tags.clear();
        if redaction.hides_amounts {
            look.filter.min_weight = None;
        }
        let map = &document.map;
        let is_left_out = |id: &ActorId| map.actor(*id).kind.is_some_and(|kind| redaction.actor_kinds.contains(&kind));
        let actors = map.actor_ids().filter(is_left_out).map(Item::Actor);
        let ties = map.tie_ids().filter(|id| redaction.tie_kinds.contains(&map.tie(*id).kind)).map(Item::Tie);
        let left_out: Vec<Item> = actors.chain(ties).collect();
        let redacted = document.with_parts(Arc::new(redactor.redact()), Arc::new(look));
        // Records that can't be taken out would still be there without their contents, so nothing is exported then.
        let without = |document: &Document, items: &[Item]| {
            if items.is_empty() {
                return Some(document.clone());
            }
            document.apply(&remove(document, items).ok()?).ok().map(|applied| applied.document)
        };
        let without = without(&redacted, &left_out).and_then(|document| {
            // Sources cited only by those are not in pictures either.
            let is_cited = |id: &SourceId| left_out.is_empty() || !document.map.claims_of(*id).is_empty();
            let uncited: Vec<Item> = document.map.source_ids().filter(|id| !is_cited(id)).map(Item::Source).collect();
            without(&document, &uncited)
        });
        let Some(document) = without else {
            return Self { map: Arc::new(Map::default()), view: View::default(), is_redacted: true };
        };
        let mut content = Self { is_redacted: true, ..Self::new(&document) };
        // Ids may be made of names.
        for (number, note) in (1..).zip(&mut content.view.notes) {
            note.key = format!("note-{number}").into();
        }
        content
    }

    /// Returns all views, the current one in place of the first, as JSON.
    pub(super) fn views(&self) -> impl Iterator<Item = Fields> {
        let records = self.map.records();
        self.all_views().map(|view| view_json(records, view, Defaults::LeftOut))
    }

    /// Returns all views, the current one in place of the first.
    pub(super) fn all_views(&self) -> impl Iterator<Item = &View> {
        let others = if self.is_redacted { 0 } else { usize::MAX };
        std::iter::once(&self.view).chain(self.map.views().values().skip(1).take(others))
    }
}
