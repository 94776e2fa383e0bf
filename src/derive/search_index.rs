//! The texts of all records, folded so that a search is a search through plain bytes.
//!
//! The index yields candidate records; [`view::search`] then scores them.

use memchr::memmem;
use nucleo_matcher::chars::{graphemes, normalize, to_lower_case};

use super::{ChangedRecords, Work};
use crate::model::{ActorId, FactId, Item, Map, SlotId, Slots, SourceId, TieId};
use crate::view::{self, MatchedField, SearchResults};

/// The number of slots in a block. A block is folded again if one of its records changes.
const BLOCK: usize = 64;

/// The texts of one block of records.
#[derive(Clone, Debug, Default)]
struct WordBlock {
    /// The fields of all records, each terminated by a line break.
    text: String,
    /// The end offset of each slot's texts.
    ends: Vec<usize>,
    /// The letters of each slot's names.
    letters: Vec<Letters>,
}

impl WordBlock {
    fn of<I: SlotId + Into<Item>, T>(map: &Map, slots: &Slots<I, T>, number: usize) -> Self {
        let mut block = Self::default();
        for index in number * BLOCK..((number + 1) * BLOCK).min(slots.bound()) {
            let id = I::from_index(index);
            let mut letters = Letters::default();
            if slots.has(id) {
                for (field, text) in view::searched_fields(map, id.into()) {
                    let start = block.text.len();
                    block.text.extend(folded(text));
                    if matches!(field, MatchedField::Name | MatchedField::Alias) {
                        letters.extend(&block.text[start..]);
                    }
                    block.text.push('\n');
                }
            }
            block.ends.push(block.text.len());
            block.letters.push(letters);
        }
        block
    }

    fn words(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[place]]
    }
}

/// The set of letters in a name, as a 64-bit Bloom filter: it may have false positives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters(u64);

impl Letters {
    fn extend(&mut self, folded: &str) {
        for letter in folded.chars() {
            self.0 |= 1 << (u32::from(letter) % 64);
        }
    }

    fn has_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

/// Folds a text like the matcher: one lower-case character without accents per grapheme.
fn folded(text: &str) -> impl Iterator<Item = char> {
    graphemes(text).map(|letter| to_lower_case(normalize(letter)))
}

/// A prepared query.
struct Query {
    words: Vec<memmem::Finder<'static>>,
    letters: Letters,
}

impl Query {
    fn new(text: &str) -> Self {
        // For the matcher, a backslash before a space joins two words into one; each of them must still occur.
        let words = text.split_whitespace().map(|word| folded(word.trim_end_matches('\\')).collect::<String>());
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut letters = Letters::default();
        for word in &words {
            letters.extend(word);
        }
        let finder = |word: &String| memmem::Finder::new(word.as_bytes()).into_owned();
        Self { words: words.iter().map(finder).collect(), letters }
    }

    /// Calls `found` with each slot of a block that contains all words, or whose names contain all letters.
    fn find(&self, block: &WordBlock, mut found: impl FnMut(usize)) {
        let mut has_words = vec![false; block.ends.len()];
        if let Some((first, others)) = self.words.split_first() {
            let bytes = block.text.as_bytes();
            let mut from = 0;
            while let Some(at) = bytes.get(from..).and_then(|rest| first.find(rest)) {
                let place = block.ends.partition_point(|&end| end <= from + at);
                let words = block.words(place).as_bytes();
                has_words[place] = others.iter().all(|word| word.find(words).is_some());
                from = block.ends[place];
            }
        }
        for (place, (has_words, letters)) in has_words.into_iter().zip(&block.letters).enumerate() {
            if has_words || (*letters != Letters::default() && letters.has_all(self.letters)) {
                found(place);
            }
        }
    }
}

/// The blocks of one list.
#[derive(Clone, Debug, Default)]
struct WordBlocks(Vec<WordBlock>);

impl WordBlocks {
    fn of<I: SlotId + Into<Item>, T>(map: &Map, slots: &Slots<I, T>, work: &mut Work) -> Self {
        work.records += slots.len();
        Self((0..slots.bound().div_ceil(BLOCK)).map(|number| WordBlock::of(map, slots, number)).collect())
    }

    fn update<'a, I: SlotId + Into<Item> + 'a, T>(
        &mut self,
        map: &Map,
        slots: &Slots<I, T>,
        changed: impl IntoIterator<Item = &'a I>,
        work: &mut Work,
    ) {
        let mut numbers: Vec<usize> = changed.into_iter().map(|id| id.index() / BLOCK).collect();
        numbers.sort_unstable();
        numbers.dedup();
        self.0.resize_with(slots.bound().div_ceil(BLOCK), WordBlock::default);
        for number in numbers {
            if let Some(block) = self.0.get_mut(number) {
                *block = WordBlock::of(map, slots, number);
                work.records += block.ends.len();
            }
        }
    }

    fn find<'a, I: SlotId + Into<Item>>(&'a self, query: &'a Query) -> impl Iterator<Item = Item> + 'a {
        self.0.iter().enumerate().flat_map(|(number, block)| {
            let mut found = Vec::new();
            query.find(block, |place| found.push(I::from_index(number * BLOCK + place).into()));
            found
        })
    }
}

/// The search index of a map, updated incrementally.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    actors: WordBlocks,
    ties: WordBlocks,
    facts: WordBlocks,
    sources: WordBlocks,
}

impl SearchIndex {
    /// Folds the texts of a whole map.
    #[must_use]
    pub fn new(map: &Map, work: &mut Work) -> Self {
        Self {
            actors: WordBlocks::of(map, map.actors(), work),
            ties: WordBlocks::of(map, map.ties(), work),
            facts: WordBlocks::of(map, map.facts(), work),
            sources: WordBlocks::of(map, map.sources(), work),
        }
    }

    /// Folds the changed records again; all ties if kinds changed, because their labels are texts of their ties.
    pub fn update(&mut self, map: &Map, changed: &ChangedRecords, work: &mut Work) {
        self.actors.update(map, map.actors(), &changed.actors, work);
        self.facts.update(map, map.facts(), &changed.facts, work);
        self.sources.update(map, map.sources(), &changed.sources, work);
        if changed.has_kinds {
            self.ties = WordBlocks::of(map, map.ties(), work);
        } else {
            self.ties.update(map, map.ties(), &changed.ties, work);
        }
    }

    /// Searches records by text, with the same result as [`view::search`] over all records, but scoring few
    /// that don't match.
    #[must_use]
    pub fn search(&self, map: &Map, query: &str, work: &mut Work) -> SearchResults {
        let folded = Query::new(query);
        let found = self.actors.find::<ActorId>(&folded).chain(self.ties.find::<TieId>(&folded));
        let found = found.chain(self.facts.find::<FactId>(&folded)).chain(self.sources.find::<SourceId>(&folded));
        let mut looked_at = 0;
        let hits = view::search(map, found.inspect(|_| looked_at += 1), query);
        work.records += looked_at;
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::SearchIndex;
    use crate::derive::{ChangedRecords, Work};
    use crate::model::{Map, OwnValue, fixture};

    #[test]
    fn changed_fields_and_tags_are_found_by_the_index() {
        let before = Map::new(fixture::parts()).expect("a sound map");
        let mut index = SearchIndex::new(&before, &mut Work::default());
        let mut parts = fixture::parts();
        parts.actors[0].metadata.own.set("x-Register", Some(OwnValue::Text("HRB 4711".to_owned())));
        parts.ties[0].claim.metadata.tags.push("Subprime".to_owned());
        let now = Map::new(parts).expect("a sound map");
        let changed = ChangedRecords {
            actors: [fixture::ALDER].into(),
            ties: [fixture::INVESTS].into(),
            ..ChangedRecords::default()
        };
        for query in ["4711", "register", "subprime"] {
            assert!(index.search(&now, query, &mut Work::default()).hits.is_empty(), "{query} is not indexed yet");
        }
        index.update(&now, &changed, &mut Work::default());
        for query in ["4711", "register", "subprime"] {
            let hits = index.search(&now, query, &mut Work::default()).hits;
            assert_eq!(hits.len(), 1, "{query}");
            let all = now.records().items().map(|(item, _)| item);
            assert_eq!(hits, crate::view::search(&now, all, query).hits, "{query}: as without the index");
        }
    }
}
