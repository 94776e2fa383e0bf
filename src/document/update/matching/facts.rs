//! Finds the facts of the map for the rows of tables: by the keys of rows, else by actor and text.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Aligned;
use crate::document::provenance::row_texts;
use crate::model::{ActorId, FactId, ImportId, Item};

impl Aligned<'_> {
    pub(super) fn align_facts(&mut self) {
        let (mut by_key, mut by_text) = (HashMap::new(), HashMap::new());
        for fresh in self.fresh.imports().ids() {
            self.index_facts(fresh, &mut by_key, &mut by_text);
        }
        let mut taken: HashSet<FactId> = HashSet::new();
        for (id, fact) in self.fresh.facts().iter() {
            let mut fact = self.translated(fact);
            let Some(import) = self.fresh.facts()[id].claim.metadata.row.as_ref().map(|row| row.import) else {
                continue;
            };
            let keys = fact.claim.metadata.row.as_ref().map_or(&[][..], |row| row.keys.as_slice());
            let of_key = keys.iter().find_map(|key| by_key.get(&(import, key.clone(), fact.actor)).copied());
            let same = by_text.get(&(import, fact.actor, fact.text.clone())).into_iter().flatten().copied();
            let own = of_key.into_iter().chain(same).find(|own| !taken.contains(own));
            let slot = own.unwrap_or_else(|| self.theirs.facts.next_id());
            self.ids.facts.insert(id, slot);
            fact.claim.key = self.key_for(&fact.claim.key, Item::Fact(slot));
            self.theirs.facts.set(slot, Some(Arc::new(fact)));
            if own.is_some() {
                taken.insert(slot);
                self.present.insert(Item::Fact(slot));
                self.rows.push(Item::Fact(slot));
            } else {
                self.new.push(Item::Fact(slot));
                self.fresh_of.insert(Item::Fact(slot), Item::Fact(id));
            }
        }
    }

    /// Notes the facts of the map from a table of theirs: by the keys of their rows, if the table has any, and by actor and
    /// text.
    fn index_facts(
        &self,
        fresh: ImportId,
        by_key: &mut HashMap<(ImportId, String, ActorId), FactId>,
        by_text: &mut HashMap<(ImportId, ActorId, String), Vec<FactId>>,
    ) {
        for (id, fact) in self.ours.facts().iter().filter(|(id, _)| self.is_of(Item::Fact(*id), fresh)) {
            let texts = row_texts(self.ours.records(), Item::Fact(id));
            let text = texts.get("text").unwrap_or(&fact.text).clone();
            if self.has_keys(fresh) {
                for key in fact.claim.metadata.row.iter().flat_map(|row| &row.keys) {
                    by_key.entry((fresh, key.clone(), fact.actor)).or_insert(id);
                }
            } else {
                by_text.entry((fresh, fact.actor, text)).or_default().push(id);
            }
        }
    }
}
