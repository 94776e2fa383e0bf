//! Ids sorted to their owners, all in one row.

/// For each of some owners the ids that belong to it, in their order, all in one row.
#[derive(Clone, Debug)]
pub(super) struct Groups<T> {
    /// Where the ids of each owner begin; one more than there are owners.
    starts: Vec<u32>,
    ids: Vec<T>,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Self { starts: vec![0], ids: Vec::new() }
    }
}

impl<T: Copy> Groups<T> {
    /// Sorts `count` ids to the owners that `owners_of` gives for each of them.
    pub(super) fn new<I: Iterator<Item = usize>>(
        owners: usize,
        count: usize,
        id: impl Fn(usize) -> T,
        owners_of: impl Fn(usize) -> I,
    ) -> Self {
        let mut starts = vec![0_u32; owners + 1];
        for owner in (0..count).flat_map(&owners_of) {
            starts[owner + 1] += 1;
        }
        for owner in 0..owners {
            starts[owner + 1] += starts[owner];
        }
        let mut next = starts.clone();
        let mut ids = vec![id(0); starts[owners] as usize];
        for index in 0..count {
            for owner in owners_of(index) {
                ids[next[owner] as usize] = id(index);
                next[owner] += 1;
            }
        }
        Self { starts, ids }
    }

    /// Sorts pairs of an owner and an id: each owner gets its ids in rising order, each once.
    pub(super) fn of_pairs(owners: usize, mut pairs: Vec<(u32, T)>) -> Self
    where
        T: Ord,
    {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0_u32; owners + 1];
        for (owner, _) in &pairs {
            starts[*owner as usize + 1] += 1;
        }
        for owner in 0..owners {
            starts[owner + 1] += starts[owner];
        }
        Self { starts, ids: pairs.into_iter().map(|(_, id)| id).collect() }
    }

    pub(super) fn of(&self, owner: usize) -> &[T] {
        &self.ids[self.starts[owner] as usize..self.starts[owner + 1] as usize]
    }
}
