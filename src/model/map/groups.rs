//! An index from owners to their ids, stored contiguously, with an overlay for owners changed since.

use std::sync::Arc;

use imbl::OrdMap;

/// Ids grouped by owner, ascending and without duplicates.
///
/// The row is built once and shared. A change copies only the ids of its owner into the overlay; the row is rebuilt
/// once the overlay grows too large.
#[derive(Clone, Debug)]
pub(super) struct Groups<T: Clone> {
    row: Arc<GroupRow<T>>,
    /// Ids of owners that changed since the row was built, and of owners beyond its end.
    changed: OrdMap<u32, Arc<[T]>>,
}

#[derive(Debug)]
struct GroupRow<T> {
    /// Offset of the ids of each owner in `ids`, plus the end offset.
    starts: Vec<u32>,
    ids: Vec<T>,
}

/// The row is rebuilt when more than one in this many owners has changed.
const REBUILT_AT: usize = 8;
/// The row is never rebuilt for up to this many changed owners.
const ALWAYS_ASIDE: usize = 1024;

impl<T: Clone> Default for Groups<T> {
    fn default() -> Self {
        Self { row: Arc::new(GroupRow { starts: vec![0], ids: Vec::new() }), changed: OrdMap::new() }
    }
}

impl<T: Copy + Ord> Groups<T> {
    /// Groups pairs of owner and id for `owners` owners.
    pub(super) fn of_pairs(owners: usize, mut pairs: Vec<(u32, T)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0_u32; owners + 1];
        for (owner, _) in &pairs {
            starts[*owner as usize + 1] += 1;
        }
        for owner in 0..owners {
            starts[owner + 1] += starts[owner];
        }
        let row = GroupRow { starts, ids: pairs.into_iter().map(|(_, id)| id).collect() };
        Self { row: Arc::new(row), changed: OrdMap::new() }
    }

    /// Returns the ids of an owner; empty for an unknown one.
    pub(super) fn of(&self, owner: usize) -> &[T] {
        if !self.changed.is_empty()
            && let Some(ids) = self.changed.get(&(owner as u32))
        {
            return ids;
        }
        match self.row.starts.get(owner..owner + 2) {
            Some(&[start, end]) => &self.row.ids[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Adds an id to an owner.
    pub(super) fn insert(&mut self, owner: usize, id: T) {
        let ids = self.of(owner);
        if let Err(at) = ids.binary_search(&id) {
            let new = ids[..at].iter().copied().chain([id]).chain(ids[at..].iter().copied()).collect();
            self.set(owner, new);
        }
    }

    /// Removes an id from an owner.
    pub(super) fn remove(&mut self, owner: usize, id: T) {
        let ids = self.of(owner);
        if let Ok(at) = ids.binary_search(&id) {
            let new = ids[..at].iter().chain(&ids[at + 1..]).copied().collect();
            self.set(owner, new);
        }
    }

    /// Replaces the ids of an owner; `ids` must be ascending and without duplicates.
    pub(super) fn set(&mut self, owner: usize, ids: Arc<[T]>) {
        self.changed.insert(owner as u32, ids);
        let owners = self.row.starts.len() - 1;
        if self.changed.len() > ALWAYS_ASIDE.max(owners / REBUILT_AT) {
            let last = self.changed.get_max().map_or(0, |(owner, _)| *owner as usize + 1);
            let all = 0..owners.max(last);
            let pairs = all.clone().flat_map(|owner| self.of(owner).iter().map(move |&id| (owner as u32, id)));
            *self = Self::of_pairs(all.len(), pairs.collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::Groups;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        /// The oracle is a map of sets. There are enough changes to trigger a rebuild.
        #[test]
        fn changes_lead_to_what_was_built_at_once(
            first in prop::collection::vec((0..20_u32, 0..9_u16), 0..40),
            changes in prop::collection::vec((any::<bool>(), 0..3000_u32, 0..9_u16), 0..2500),
        ) {
            let mut oracle: BTreeMap<u32, BTreeSet<u16>> = BTreeMap::new();
            for &(owner, id) in &first {
                oracle.entry(owner).or_default().insert(id);
            }
            let mut groups = Groups::of_pairs(20, first);
            for (is_new, owner, id) in changes {
                if is_new {
                    groups.insert(owner as usize, id);
                    oracle.entry(owner).or_default().insert(id);
                } else {
                    groups.remove(owner as usize, id);
                    oracle.entry(owner).or_default().remove(&id);
                }
            }
            for owner in 0..3001 {
                let expected: Vec<u16> = oracle.get(&owner).into_iter().flatten().copied().collect();
                prop_assert_eq!(groups.of(owner as usize), expected);
            }
        }
    }
}
