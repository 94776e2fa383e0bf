//! Groups items by small integer keys.

use std::ops::{Range, RangeInclusive};

/// Ranges of items that are sorted by a small number (counting sort).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Buckets {
    start: Vec<u32>,
}

impl Buckets {
    /// Counts the items of each of `count` buckets.
    pub(crate) fn new(count: usize, numbers: impl Iterator<Item = u32>) -> Self {
        let mut start = vec![0; count + 1];
        for number in numbers {
            start[number as usize + 1] += 1;
        }
        for n in 0..count {
            start[n + 1] += start[n];
        }
        Self { start }
    }

    /// Returns the number of items.
    pub(crate) fn len(&self) -> usize {
        self.start.last().map_or(0, |end| *end as usize)
    }

    /// Returns where the items of a bucket lie.
    pub(crate) fn range(&self, bucket: usize) -> Range<usize> {
        self.start[bucket] as usize..self.start[bucket + 1] as usize
    }

    /// Returns where the items of buckets side by side lie.
    pub(crate) fn range_of(&self, buckets: RangeInclusive<usize>) -> Range<usize> {
        self.start[*buckets.start()] as usize..self.start[buckets.end() + 1] as usize
    }

    /// Writes `value` of each item where its bucket lies, in the order in which they come.
    pub(crate) fn fill<T, V>(
        &self,
        items: impl Iterator<Item = T>,
        number: impl Fn(&T) -> u32,
        value: impl Fn(T) -> V,
        out: &mut [V],
    ) {
        let mut next = self.start.clone();
        for item in items {
            let at = &mut next[number(&item) as usize];
            out[*at as usize] = value(item);
            *at += 1;
        }
    }
}
