//! The words of all records, folded so that a look for them is a look through plain bytes.
//!
//! The index tells where a query can be; [`view::search`] then says how well each record matches.

use memchr::memmem;
use nucleo_matcher::chars::{graphemes, normalize, to_lower_case};

use super::{ChangedRecords, Work};
use crate::model::{ActorId, FactId, Item, Map, SlotId, Slots, SourceId, TieId};
use crate::view::{self, MatchedField, SearchHit};

/// So many slots are one block, which is folded again when one of its records changes.
const BLOCK: usize = 64;

/// The words of some neighboring records.
#[derive(Clone, Debug, Default)]
struct WordBlock {
    /// The fields of one record after another, each ended by a line break.
    text: String,
    /// Where the words of each slot end.
    ends: Vec<usize>,
    /// The letters of the names of each slot.
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

/// Which letters a name has, as a set that may say yes for too many.
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

/// A text as the matcher compares it: one character for each that is seen, in lower case and without accents.
fn folded(text: &str) -> impl Iterator<Item = char> {
    graphemes(text).map(|letter| to_lower_case(normalize(letter)))
}

/// A query, ready to be looked for.
struct Query {
    words: Vec<memmem::Finder<'static>>,
    letters: Letters,
}

impl Query {
    fn new(text: &str) -> Self {
        // A backslash before a space makes one word of two for the matcher; each of them must be found all the same.
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

    /// Calls `found` with each place of a block that has all words, or has the letters in its names.
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

/// The folded words of a map, updated by what changed.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    actors: WordBlocks,
    ties: WordBlocks,
    facts: WordBlocks,
    sources: WordBlocks,
}

impl SearchIndex {
    /// Folds the words of a whole map.
    #[must_use]
    pub fn new(map: &Map, work: &mut Work) -> Self {
        Self {
            actors: WordBlocks::of(map, map.actors(), work),
            ties: WordBlocks::of(map, map.ties(), work),
            facts: WordBlocks::of(map, map.facts(), work),
            sources: WordBlocks::of(map, map.sources(), work),
        }
    }

    /// Folds what changed; kinds, whose labels are words of their ties, concern all ties.
    pub fn update(&mut self, map: &Map, changed: &ChangedRecords, work: &mut Work) {
        self.actors.update(map, map.actors(), &changed.actors, work);
        self.facts.update(map, map.facts(), &changed.facts, work);
        self.sources.update(map, map.sources(), &changed.sources, work);
        if changed.has_others {
            self.ties = WordBlocks::of(map, map.ties(), work);
        } else {
            self.ties.update(map, map.ties(), &changed.ties, work);
        }
    }

    /// Finds records by a part of what they say, the best first, as [`view::search`] does, and looks at few that do not
    /// match.
    #[must_use]
    pub fn search(&self, map: &Map, query: &str, work: &mut Work) -> Vec<SearchHit> {
        let folded = Query::new(query);
        let found = self.actors.find::<ActorId>(&folded).chain(self.ties.find::<TieId>(&folded));
        let found = found.chain(self.facts.find::<FactId>(&folded)).chain(self.sources.find::<SourceId>(&folded));
        let mut looked_at = 0;
        let hits = view::search(map, found.inspect(|_| looked_at += 1), query);
        work.records += looked_at;
        hits
    }
}
