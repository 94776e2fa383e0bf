//! The selection. It is not part of the document: it is drawn as an overlay and never exported.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{ActorId, Item, Map, NoteId, SourceId, TieId};

/// The selected records, shared by the whole window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Shared, so that cached data derived from a selection can keep a copy cheaply.
    items: Arc<BTreeSet<Item>>,
    /// The selected note; a note is never selected together with records.
    note: Option<NoteId>,
}

impl Selection {
    /// Creates a selection of these items.
    pub(crate) fn new(items: impl IntoIterator<Item = Item>) -> Self {
        Self { items: Arc::new(items.into_iter().collect()), note: None }
    }

    /// Creates a selection of one item.
    pub(crate) fn one(item: Item) -> Self {
        Self::new([item])
    }

    /// Creates a selection of a note.
    pub(crate) fn of_note(note: NoteId) -> Self {
        Self { note: Some(note), ..Self::default() }
    }

    pub(crate) fn note(&self) -> Option<NoteId> {
        self.note
    }

    /// Returns whether this record is selected.
    pub(crate) fn has(&self, item: Item) -> bool {
        self.items.contains(&item)
    }

    /// Returns all selected records, in a fixed order.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.items.iter().copied()
    }

    /// Returns the selected record if there is exactly one.
    pub(crate) fn single(&self) -> Option<Item> {
        let mut items = self.items();
        items.next().filter(|_| items.next().is_none())
    }

    /// Removes records that are no longer in the map.
    pub(crate) fn keep_existing(&mut self, map: &Map) {
        if self.items.iter().any(|item| !map.has(*item)) {
            Arc::make_mut(&mut self.items).retain(|item| map.has(*item));
        }
    }

    /// Adds a record, or removes it if it is already selected. Deselects the note.
    pub(crate) fn toggle(&mut self, item: Item) {
        self.note = None;
        let items = Arc::make_mut(&mut self.items);
        if !items.remove(&item) {
            items.insert(item);
        }
    }

    /// Returns the selected records that are drawn on the map: actors and ties.
    pub(crate) fn drawn(&self) -> impl Iterator<Item = Item> + '_ {
        self.items().filter(|item| matches!(item, Item::Actor(_) | Item::Tie(_)))
    }

    pub(crate) fn sources(&self) -> impl Iterator<Item = SourceId> + '_ {
        self.items().filter_map(|item| if let Item::Source(source) = item { Some(source) } else { None })
    }

    pub(crate) fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.items().filter_map(|item| if let Item::Actor(actor) = item { Some(actor) } else { None })
    }

    pub(crate) fn ties(&self) -> impl Iterator<Item = TieId> + '_ {
        self.items().filter_map(|item| if let Item::Tie(tie) = item { Some(tie) } else { None })
    }
}
