//! The ties of a table by what they say, so that repeated rows are found.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash as _, Hasher as _, RandomState};

use crate::model::{ActorId, TieId};

/// The first tie with some values.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// The index of its row in the table.
    pub(super) row: usize,
    pub(super) tie: TieId,
}

/// The first ties with some values, by the hash of ends and values.
#[derive(Default)]
pub(super) struct SeenTies {
    hasher: RandomState,
    pub(super) by_hash: HashMap<u64, Seen>,
}

impl SeenTies {
    pub(super) fn hash<'r>(&self, from: ActorId, to: ActorId, values: impl Iterator<Item = &'r str>) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        (from, to).hash(&mut hasher);
        for value in values {
            value.hash(&mut hasher);
        }
        hasher.finish()
    }
}
