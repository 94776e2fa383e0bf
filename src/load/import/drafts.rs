//! New and changed records of one type, beside those of the map that tables are added to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{SlotId, Slots, Swap};

/// The records of one type while tables are imported. Ids continue those of the map that is added to.
#[derive(Debug)]
pub(super) struct Drafts<'m, I: SlotId, T> {
    base: Option<&'m Slots<I, T>>,
    /// The id of the first new record.
    first: usize,
    new: Vec<T>,
    changed: BTreeMap<I, T>,
}

impl<I: SlotId, T> Default for Drafts<'_, I, T> {
    fn default() -> Self {
        Self { base: None, first: 0, new: Vec::new(), changed: BTreeMap::new() }
    }
}

impl<'m, I: SlotId, T: Clone + PartialEq> Drafts<'m, I, T> {
    pub(super) fn beside(base: &'m Slots<I, T>) -> Self {
        Self { base: Some(base), first: base.bound(), ..Self::default() }
    }

    /// Returns the id that the next new record gets.
    pub(super) fn next_id(&self) -> I {
        I::from_index(self.first + self.new.len())
    }

    pub(super) fn push(&mut self, record: T) -> I {
        let id = self.next_id();
        self.new.push(record);
        id
    }

    /// Reserves room for this many more records.
    pub(super) fn reserve(&mut self, records: usize) {
        self.new.reserve(records);
    }

    /// Returns the number of new records.
    pub(super) fn new_count(&self) -> usize {
        self.new.len()
    }

    /// Returns whether a record was there before.
    pub(super) fn is_old(&self, id: I) -> bool {
        id.index() < self.first
    }

    /// Returns the records that were there before, as they were.
    pub(super) fn old(&self) -> impl Iterator<Item = (I, &'m T)> {
        self.base.into_iter().flat_map(Slots::iter)
    }

    /// Returns a record that was there before, or is new.
    pub(super) fn get(&self, id: I) -> Option<&T> {
        match id.index().checked_sub(self.first) {
            Some(index) => self.new.get(index),
            None => self.changed.get(&id).or_else(|| self.base?.get(id)),
        }
    }

    /// Returns a record to change. One that was there before is copied first.
    pub(super) fn get_mut(&mut self, id: I) -> Option<&mut T> {
        if let Some(index) = id.index().checked_sub(self.first) {
            return self.new.get_mut(index);
        }
        if !self.changed.contains_key(&id) {
            self.changed.insert(id, self.base?.get(id)?.clone());
        }
        self.changed.get_mut(&id)
    }

    /// Returns the new records of a map of their own.
    pub(super) fn into_new(self) -> Vec<T> {
        self.new
    }

    /// Returns the changes that add the new records and change those that were there.
    pub(super) fn into_swaps(self) -> Vec<(I, Swap<T>)> {
        let base = self.base;
        let changed = self.changed.into_iter().filter_map(|(id, is)| {
            let was = base?.shared(id)?;
            (**was != is).then(|| (id, Swap { was: Some(Arc::clone(was)), is: Some(Arc::new(is)) }))
        });
        let first = self.first;
        let added = self.new.into_iter().enumerate().map(|(index, new)| (I::from_index(first + index), Swap::add(new)));
        changed.chain(added).collect()
    }
}
