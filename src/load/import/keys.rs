//! The keys of new records: as close to what a table says as possible, and none twice.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::hidden_characters::visible;
use crate::model::{Item, Key, Map};

/// The longest key of a record, in bytes, less what may be put before it.
const MAX_KEY_BYTES: usize = 230;

/// What gets a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyOwner {
    /// A record that the map finds by its key.
    Record(Item),
    /// An imported table.
    Import,
}

impl KeyOwner {
    /// Returns the word before the number of a record without a key of its own.
    fn prefix(self) -> &'static str {
        match self {
            Self::Record(Item::Actor(_)) => "actor",
            Self::Record(Item::Tie(_)) => "tie",
            Self::Record(Item::Fact(_)) => "fact",
            Self::Record(Item::Source(_)) => "source",
            Self::Import => "import",
        }
    }
}

/// The keys of new records, beside those of the map that is added to.
#[derive(Debug, Default)]
pub(super) struct KeyRegistry<'m> {
    map: Option<&'m Map>,
    records: HashMap<Key, Item>,
    imports: HashSet<Key>,
    /// The last number behind each prefix and behind each stem.
    numbers: HashMap<&'static str, usize>,
    stem_numbers: HashMap<String, usize>,
    /// Reused for keys with a number.
    numbered: String,
}

impl<'m> KeyRegistry<'m> {
    pub(super) fn beside(map: &'m Map) -> Self {
        Self { map: Some(map), ..Self::default() }
    }

    /// Reserves room for the keys of this many more records.
    pub(super) fn reserve(&mut self, records: usize) {
        self.records.reserve(records);
    }

    /// Returns a key that no other record has, as close to `wanted` as possible.
    pub(super) fn take(&mut self, wanted: &str, owner: KeyOwner) -> Key {
        let (wanted, prefix) = (wanted.trim(), owner.prefix());
        let is_sound = !wanted.is_empty() && wanted.len() <= MAX_KEY_BYTES && visible(wanted) == wanted;
        if !is_sound {
            let number = self.numbers.get(prefix).copied().unwrap_or(0);
            let (key, number) = self.take_numbered(prefix, number, owner);
            self.numbers.insert(prefix, number);
            return key;
        }
        if let Some(key) = self.try_take(wanted, owner) {
            return key;
        }
        let stem = format!("{prefix}-{wanted}");
        if let Some(key) = self.try_take(&stem, owner) {
            return key;
        }
        let number = self.stem_numbers.get(&stem).copied().unwrap_or(1);
        let (key, number) = self.take_numbered(&stem, number, owner);
        self.stem_numbers.insert(stem, number);
        key
    }

    /// Takes the first free key of a stem with a number beyond `number`; returns the new number, too.
    fn take_numbered(&mut self, stem: &str, mut number: usize, owner: KeyOwner) -> (Key, usize) {
        let mut key = std::mem::take(&mut self.numbered);
        let taken = loop {
            number += 1;
            key.clear();
            // Writing to a string can't fail.
            let _ = write!(key, "{stem}-{number}");
            if let Some(taken) = self.try_take(&key, owner) {
                break taken;
            }
        };
        self.numbered = key;
        (taken, number)
    }

    /// Takes a key unless another record has it.
    fn try_take(&mut self, key: &str, owner: KeyOwner) -> Option<Key> {
        let key = Key::from(key);
        if self.map.is_some_and(|map| map.find(&key).is_some()) {
            return None;
        }
        match owner {
            KeyOwner::Import => {
                let is_free = !self.records.contains_key(&key) && self.imports.insert(Key::clone(&key));
                is_free.then_some(key)
            }
            // The keys of all imports begin so.
            KeyOwner::Record(_) if key.starts_with("import") && self.imports.contains(&key) => None,
            KeyOwner::Record(item) => match self.records.entry(Key::clone(&key)) {
                Entry::Occupied(_) => None,
                Entry::Vacant(free) => {
                    free.insert(item);
                    Some(key)
                }
            },
        }
    }

    /// Makes a key free again.
    pub(super) fn remove(&mut self, key: &Key) {
        self.records.remove(key);
    }

    /// Returns the new records by their keys.
    pub(super) fn into_records(self) -> HashMap<Key, Item> {
        self.records
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyOwner, KeyRegistry};
    use crate::model::{ActorId, Item, TieId};

    #[test]
    fn keys_are_as_wanted_or_numbered() {
        let mut keys = KeyRegistry::default();
        let mut actor = |wanted: &str| keys.take(wanted, KeyOwner::Record(Item::Actor(ActorId(0)))).to_string();
        let taken: Vec<String> =
            ["acme", " acme ", "acme", "acme", "", "a\u{202e}b", "actor-3", ""].map(&mut actor).into();
        let wanted = ["acme", "actor-acme", "actor-acme-2", "actor-acme-3", "actor-1", "actor-2", "actor-3", "actor-4"];
        assert_eq!(taken, wanted);
    }

    #[test]
    fn removed_keys_are_not_numbered_again_but_can_be_wanted() {
        let mut keys = KeyRegistry::default();
        let owner = KeyOwner::Record(Item::Tie(TieId(0)));
        let first = keys.take("", owner);
        keys.remove(&first);
        assert_eq!(&*keys.take("", owner), "tie-2");
        assert_eq!(&*keys.take("tie-1", owner), "tie-1");
        assert_eq!(&*keys.take("tie-1", KeyOwner::Import), "import-tie-1");
    }
}
