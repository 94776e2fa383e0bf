//! Reads how a saved view draws the ties of pairs.

use std::collections::HashMap;

use crate::load::faults::{FieldPath, Quoted};
use crate::load::loose::Loose;
use crate::load::records::{PairList, PairRecord};
use crate::model::{Pair, PairMode};

use super::super::ids::Ids;
use super::super::values::{ValueReader, words_of};

impl ValueReader {
    /// Reads the drawing modes of pairs; the first of duplicates counts.
    pub(super) fn pairs(&mut self, ids: &Ids, all: &FieldPath, list: Loose<PairList>) -> Vec<(Pair, PairMode)> {
        let list = self.good(all, list).map_or(Loose::Absent, |list| Loose::Good(list.0));
        let mut pairs = Vec::new();
        let mut taken = HashMap::new();
        for (index, record) in self.elements(all, list) {
            let at = all.index(index);
            let Some((pair, mode)) = self.pair_mode(ids, &at, *record) else { continue };
            if let Some(first) = taken.get(&pair) {
                let message = format_args!("these two actors are already in the list; the first entry is used");
                let first = Some((&all.index(*first), "first used here"));
                self.faults.warn_with_related(&at, message, "remove one of the two", first);
            } else {
                taken.insert(pair, index);
                pairs.push((pair, mode));
            }
        }
        pairs
    }

    fn pair_mode(&mut self, ids: &Ids, at: &FieldPath, record: PairRecord) -> Option<(Pair, PairMode)> {
        self.extras(at, &record.extras, PairRecord::FIELDS);
        let (is_whole, of) = (!record.of.is_absent() && !record.show.is_absent(), at.field("of"));
        if !is_whole {
            let message = format_args!("the entry lacks “of” or “show”; it is kept but not used");
            self.faults.warn(at, message, "add both, or remove the entry");
            return None;
        }
        let actors = self.good(&of, record.of)?;
        let count = actors.len();
        let mut actors = actors.into_iter().enumerate();
        let (Some((_, one)), Some((_, other)), 2) = (actors.next(), actors.next(), count) else {
            let message = format_args!("two ids are expected, not {count}; the entry is kept but not used");
            self.faults.error(&of, message, "write the ids of two actors, or the same id twice");
            return None;
        };
        let mut actor = |index: usize, id| ids.actor(self, &of.index(index), id);
        let pair = actor(0, one).zip(actor(1, other));
        let show = self.good(&at.field("show"), record.show)?;
        let Some(mode) = PairMode::from_word(&show).known() else {
            let (_, all, spell) = words_of!(PairMode);
            let words = all.iter().map(|word| spell(*word));
            let remedy = self.suggester.or(&show, words, "write \"ribbon\" or \"ties\"");
            let message = format_args!("{} is not a way to draw the ties of a pair; it is ignored", Quoted(&show));
            self.faults.warn(&at.field("show"), message, &remedy);
            return None;
        };
        pair.map(|(one, other)| (Pair::new(one, other), mode))
    }
}
