//! A list of records with stable ids: a removed record leaves a hole, a new one gets a new slot.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

use imbl::Vector;

use crate::model::id::SlotId;

/// Shared records by id. Cloning takes constant time, changing a record O(log n).
///
/// Equality compares records by value, skipping those shared by both lists.
pub struct Slots<I, T> {
    list: Vector<Option<Arc<T>>>,
    /// Number of occupied slots.
    live: usize,
    id: PhantomData<fn() -> I>,
}

impl<I: SlotId, T> Slots<I, T> {
    /// Returns the record with this id, or `None` if it was removed or never existed.
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.list.get(id.index())?.as_deref()
    }

    /// Returns the shared pointer to the record with this id.
    #[must_use]
    pub fn shared(&self, id: I) -> Option<&Arc<T>> {
        self.list.get(id.index())?.as_ref()
    }

    /// Whether a record has this id.
    #[must_use]
    pub fn has(&self, id: I) -> bool {
        self.get(id).is_some()
    }

    /// Returns the number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether the list has no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Returns the number of slots including holes: the length of a list indexed by id.
    #[must_use]
    pub fn bound(&self) -> usize {
        self.list.len()
    }

    /// Returns the id that a new record would get.
    #[must_use]
    pub fn next_id(&self) -> I {
        I::from_index(self.list.len())
    }

    /// Iterates over all records with their ids, in ascending order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        let records = self.list.iter().enumerate();
        records.filter_map(|(index, slot)| slot.as_deref().map(|record| (I::from_index(index), record)))
    }

    /// Iterates over all records, in ascending order of their ids.
    #[must_use]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.list.iter().filter_map(Option::as_deref)
    }

    /// Iterates over the ids of all records, in ascending order.
    #[must_use]
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> {
        self.iter().map(|(id, _)| id)
    }

    /// Iterates mutably over all records; clones shared ones.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (I, &mut T)>
    where
        T: Clone,
    {
        let records = self.list.iter_mut().enumerate();
        records.filter_map(|(index, slot)| slot.as_mut().map(|record| (I::from_index(index), Arc::make_mut(record))))
    }

    /// Returns a mutable record; clones it if it is shared.
    pub(crate) fn get_mut(&mut self, id: I) -> Option<&mut T>
    where
        T: Clone,
    {
        self.list.get_mut(id.index())?.as_mut().map(Arc::make_mut)
    }

    /// Puts a record into a slot, or empties it. Slots between the last one and a new one become holes.
    pub(crate) fn set(&mut self, id: I, record: Option<Arc<T>>) {
        let index = id.index();
        if record.is_some() {
            while self.list.len() <= index {
                self.list.push_back(None);
            }
        } else if index >= self.list.len() {
            return;
        }
        let is_new = record.is_some();
        let old = self.list.set(index, record);
        self.live = self.live + usize::from(is_new) - usize::from(old.is_some());
    }

    /// Whether both lists share the same records, compared by pointer.
    #[must_use]
    pub fn is_shared_with(&self, other: &Self) -> bool {
        self.list.ptr_eq(&other.list)
            || (self.list.len() == other.list.len()
                && self.list.iter().zip(&other.list).all(|(one, other)| is_same_slot(one.as_ref(), other.as_ref())))
    }

    /// Whether both are the same list, in constant time; `false` also for equal lists stored separately.
    pub(crate) fn is_same_list(&self, other: &Self) -> bool {
        self.list.ptr_eq(&other.list)
    }

    /// Iterates over the slots that differ, with the record of each list.
    pub(crate) fn differences<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (I, Option<&'a Arc<T>>, Option<&'a Arc<T>>)>
    where
        T: PartialEq,
    {
        let count = if self.is_same_list(other) { 0 } else { self.bound().max(other.bound()) };
        let slot = |list: &'a Self, index| list.list.get(index).and_then(Option::as_ref);
        (0..count).filter_map(move |index| {
            let (one, two) = (slot(self, index), slot(other, index));
            let is_same = is_same_slot(one, two) || one.zip(two).is_some_and(|(one, two)| one == two);
            (!is_same).then(|| (I::from_index(index), one, two))
        })
    }
}

fn is_same_slot<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// # Panics
///
/// If no record has this id.
impl<I: SlotId, T> Index<I> for Slots<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        match self.get(id) {
            Some(record) => record,
            None => panic_removed(id.index()),
        }
    }
}

#[cold]
fn panic_removed(index: usize) -> ! {
    panic!("no record in slot {index}")
}

impl<I: SlotId, T> FromIterator<T> for Slots<I, T> {
    fn from_iter<R: IntoIterator<Item = T>>(records: R) -> Self {
        let list: Vector<Option<Arc<T>>> = records.into_iter().map(|record| Some(Arc::new(record))).collect();
        Self { live: list.len(), list, id: PhantomData }
    }
}

impl<I, T> Clone for Slots<I, T> {
    fn clone(&self) -> Self {
        Self { list: self.list.clone(), live: self.live, id: PhantomData }
    }
}

impl<I, T> Default for Slots<I, T> {
    fn default() -> Self {
        Self { list: Vector::new(), live: 0, id: PhantomData }
    }
}

impl<I: SlotId, T: PartialEq> PartialEq for Slots<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.differences(other).next().is_none()
    }
}

impl<I: SlotId, T: fmt::Debug> fmt::Debug for Slots<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(id, record)| (id.index(), record))).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Slots;
    use crate::model::ActorId;

    type Words = Slots<ActorId, &'static str>;

    #[test]
    fn removal_leaves_a_hole_and_ids_stay() {
        let mut words: Words = ["a", "b", "c"].into_iter().collect();
        let before = words.clone();
        words.set(ActorId(1), None);
        words.set(words.next_id(), Some(Arc::new("d")));
        assert_eq!(words.iter().collect::<Vec<_>>(), [(ActorId(0), &"a"), (ActorId(2), &"c"), (ActorId(3), &"d")]);
        assert_eq!((words.len(), words.bound()), (3, 4));
        assert_eq!((words.get(ActorId(1)), words.get(ActorId(9))), (None, None));
        assert_eq!(before.values().collect::<Vec<_>>(), [&"a", &"b", &"c"], "a copy stays as it was");
    }

    #[test]
    fn lists_differ_where_their_records_do() {
        let one: Words = ["a", "b"].into_iter().collect();
        let mut two = one.clone();
        two.set(ActorId(1), Some(Arc::new("b")));
        assert!(one == two && !one.is_shared_with(&two), "equal, but another record");
        two.set(ActorId(1), Some(Arc::new("c")));
        let differences: Vec<_> =
            one.differences(&two).map(|(id, was, is)| (id, was.map(|w| **w), is.map(|w| **w))).collect();
        assert_eq!(differences, [(ActorId(1), Some("b"), Some("c"))]);
        two.set(ActorId(5), None);
        assert_eq!(two.bound(), 2, "emptying what was never there adds nothing");
        two.set(ActorId(1), None);
        assert_eq!((two.len(), two == one), (1, false));
    }

    #[test]
    #[should_panic(expected = "no record in slot 0")]
    fn a_hole_is_no_record() {
        let _ = Words::default()[ActorId(0)];
    }
}
