//! Reads the filter of a saved view.

use std::collections::{BTreeSet, HashMap};

use crate::load::faults::{FieldPath, Quoted};
use crate::load::loose::Loose;
use crate::load::records::{FiltersRecord, JsonText, List};
use crate::model::{ActorKindId, Filter, Key, MapParts, SourceKind, Stage, Status, TieKindId};

use super::super::values::{ClosedList, ValueReader, words_of};

impl ValueReader {
    /// Reads the filter of a view; its `asOf` is a separate field.
    pub(super) fn filter(&mut self, parts: &MapParts, at: &FieldPath, record: Loose<Box<FiltersRecord>>) -> Filter {
        let Some(record) = self.good(at, record) else { return Filter::default() };
        self.extras(at, &record.extras, FiltersRecord::FIELDS);
        let actor_kinds = parts.actor_kinds.iter().map(|kind| &kind.key);
        let actor_kinds = actor_kinds.zip((0..).map(|index| Some(ActorKindId::from_index(index))));
        let none = Key::from("");
        let actor_kinds: HashMap<&Key, _> = actor_kinds.chain([(&none, None)]).collect();
        let tie_kinds = parts.tie_kinds.iter().map(|kind| &kind.key);
        let tie_kinds: HashMap<&Key, _> = tie_kinds.zip((0..).map(TieKindId::from_index)).collect();
        let statuses = &at.field("hiddenStatuses");
        let usual = Filter::default();
        let hidden_statuses = match record.hidden_statuses {
            Loose::Absent => usual.hidden_statuses,
            list => self.hidden_words(statuses, list, words_of!(Status)),
        };
        let (actors, ties) = (&at.field("hiddenActorKinds"), &at.field("hiddenTieKinds"));
        let (stages, sources) = (&at.field("hiddenStages"), &at.field("hiddenSourceKinds"));
        Filter {
            hidden_actor_kinds: self.hidden_kinds(actors, record.hidden_actor_kinds, &actor_kinds),
            hidden_tie_kinds: self.hidden_kinds(ties, record.hidden_tie_kinds, &tie_kinds),
            hidden_stages: self.hidden_words(stages, record.hidden_stages, words_of!(Stage)),
            hidden_statuses,
            hidden_source_kinds: self.hidden_words(sources, record.hidden_source_kinds, words_of!(SourceKind)),
            hides_unsourced: self.good(&at.field("hideUnsourced"), record.hide_unsourced).unwrap_or(false),
            as_of: None,
            hidden_tags: self.lines(&at.field("hiddenTags"), record.hidden_tags).into_iter().collect(),
            min_ties: self.good(&at.field("minTies"), record.min_ties),
            min_weight: self.number(&at.field("minWeight"), record.min_weight),
        }
    }

    fn hidden_words<T: Copy + Ord + 'static>(
        &mut self,
        at: &FieldPath,
        list: Loose<List<JsonText>>,
        words: ClosedList<T>,
    ) -> BTreeSet<T> {
        let list = self.elements(at, list);
        let words = list.into_iter().filter_map(|(index, word)| self.word(&at.index(index), Loose::Good(word), words));
        words.filter_map(|word| word.known()).collect()
    }

    fn hidden_kinds<T: Copy + Ord>(
        &mut self,
        at: &FieldPath,
        list: Loose<List<JsonText>>,
        kinds: &HashMap<&Key, T>,
    ) -> BTreeSet<T> {
        let mut hidden = BTreeSet::new();
        for (index, word) in self.elements(at, list) {
            if let Some(kind) = kinds.get(&Key::from(&*word)) {
                hidden.insert(*kind);
                continue;
            }
            let mut words: Vec<&str> = kinds.keys().map(|key| &***key).collect();
            words.sort_unstable();
            let remedy = self.suggester.or(&word, words, "correct the word, or remove it");
            let message = format_args!("the map has no kind {}; the word is kept but not used", Quoted(&word));
            self.faults.warn(&at.index(index), message, &remedy);
        }
        hidden
    }
}
