//! What is selected. Not part of the document: drawn as an overlay, never exported.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{ActorId, Item, Map, NoteId, TieId};

/// The selected records; the same everywhere in the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Shared, since it is kept by whoever derives something from it.
    items: Arc<BTreeSet<Item>>,
    /// A note, which is selected by itself only.
    note: Option<NoteId>,
}

impl Selection {
    /// Exactly these.
    pub(crate) fn new(items: impl IntoIterator<Item = Item>) -> Self {
        Self { items: Arc::new(items.into_iter().collect()), note: None }
    }

    /// Just one.
    pub(crate) fn one(item: Item) -> Self {
        Self::new([item])
    }

    /// A note.
    pub(crate) fn of_note(note: NoteId) -> Self {
        Self { note: Some(note), ..Self::default() }
    }

    /// The selected note.
    pub(crate) fn note(&self) -> Option<NoteId> {
        self.note
    }

    /// Whether this record is selected.
    pub(crate) fn has(&self, item: Item) -> bool {
        self.items.contains(&item)
    }

    /// All selected records, in a fixed order.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.items.iter().copied()
    }

    /// The only selected record, if there is exactly one.
    pub(crate) fn single(&self) -> Option<Item> {
        let mut items = self.items();
        items.next().filter(|_| items.next().is_none())
    }

    /// Drops what is no longer in the map.
    pub(crate) fn keep_existing(&mut self, map: &Map) {
        if self.items.iter().any(|item| !map.has(*item)) {
            Arc::make_mut(&mut self.items).retain(|item| map.has(*item));
        }
    }

    /// Adds a record, or takes it away if it is there already.
    pub(crate) fn toggle(&mut self, item: Item) {
        self.note = None;
        let items = Arc::make_mut(&mut self.items);
        if !items.remove(&item) {
            items.insert(item);
        }
    }

    /// The selected actors.
    pub(crate) fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.items().filter_map(|item| if let Item::Actor(actor) = item { Some(actor) } else { None })
    }

    /// The selected ties.
    pub(crate) fn ties(&self) -> impl Iterator<Item = TieId> + '_ {
        self.items().filter_map(|item| if let Item::Tie(tie) = item { Some(tie) } else { None })
    }
}
