//! Shaped texts by what was asked for; those in use elsewhere are never forgotten.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Face, Text};

/// The least number of texts that are kept before those that nothing uses are forgotten.
const LEAST_CAPACITY: usize = 20_000;

/// Cache key of a shaped text; floats are stored as bits.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct ShapeKey {
    pub(super) text: Box<str>,
    pub(super) face: Face,
    pub(super) size: u32,
    pub(super) max_width: Option<u32>,
    pub(super) max_lines: Option<usize>,
    /// Parts that are not broken across lines.
    pub(super) unbroken: Box<[Box<str>]>,
}

/// A cache of shaped texts. When it is full, what only the cache itself holds is forgotten, and it may then grow to
/// twice of what is left, so that a map of any size is shaped once and not for each of its changes.
pub(super) struct TextCache {
    texts: HashMap<ShapeKey, Arc<Text>>,
    capacity: usize,
}

impl TextCache {
    pub(super) fn new() -> Self {
        Self { texts: HashMap::new(), capacity: LEAST_CAPACITY }
    }

    pub(super) fn get(&self, key: &ShapeKey) -> Option<Arc<Text>> {
        self.texts.get(key).cloned()
    }

    pub(super) fn insert(&mut self, key: ShapeKey, text: Arc<Text>) {
        if self.texts.len() >= self.capacity {
            self.texts.retain(|_, text| Arc::strong_count(text) > 1);
            self.capacity = LEAST_CAPACITY.max(2 * self.texts.len());
        }
        self.texts.insert(key, text);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{LEAST_CAPACITY, ShapeKey, TextCache};
    use crate::text::{Face, Fonts, Style};

    fn key(number: usize) -> ShapeKey {
        let (max_width, max_lines, unbroken) = Default::default();
        ShapeKey { text: number.to_string().into(), face: Face::Regular, size: 0, max_width, max_lines, unbroken }
    }

    #[test]
    fn what_is_in_use_stays_and_the_rest_is_bounded() {
        let text = Fonts::new().shape("a", Style { face: Face::Regular, size: 12.0 }, None, None);
        let mut cache = TextCache::new();
        let drawn: Vec<_> = (0..LEAST_CAPACITY).map(|_| Arc::new((*text).clone())).collect();
        for (number, text) in drawn.iter().enumerate() {
            cache.insert(key(number), Arc::clone(text));
        }
        for number in LEAST_CAPACITY..5 * LEAST_CAPACITY {
            cache.insert(key(number), Arc::new((*text).clone()));
            assert!(cache.texts.len() <= 2 * LEAST_CAPACITY);
        }
        let is_kept =
            |(number, text): (usize, &Arc<_>)| cache.get(&key(number)).is_some_and(|it| Arc::ptr_eq(&it, text));
        assert!(drawn.iter().enumerate().all(is_kept));
        drop(drawn);
        for number in 5 * LEAST_CAPACITY..8 * LEAST_CAPACITY {
            cache.insert(key(number), Arc::new((*text).clone()));
        }
        assert!(cache.texts.len() <= LEAST_CAPACITY && cache.get(&key(0)).is_none());
    }
}
