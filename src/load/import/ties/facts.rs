//! Makes facts of the rows of a graph that say something of one actor.

use std::collections::HashMap;

use crate::hidden_characters::prose;
use crate::load::LoadError;
use crate::load::import::Builder;
use crate::load::import::columns::TableColumns;
use crate::load::import::keys::KeyOwner;
use crate::load::import::progress::RowProgress;
use crate::load::import::report::Place;
use crate::load::table::Table;
use crate::model::{ActorId, Evidence, Fact, FactId, ImportId, Item};
use crate::wording::read::Role;

use super::graph::ActorsById;
use super::row::{RowOfTies, TieColumns};

impl Builder<'_> {
    /// Makes a fact of each row. One without actor and text that has the id of the row before is further evidence; one
    /// that names no actor at all is a source.
    pub(in crate::load::import) fn facts_about(
        &mut self,
        table: &Table<'_>,
        columns: &TableColumns,
        import: ImportId,
        ids: &ActorsById,
        progress: &mut RowProgress<'_>,
    ) -> Result<(), LoadError> {
        self.facts.reserve(table.row_count());
        let columns = TieColumns::new(columns);
        let known = self.known_facts();
        let mut last: Option<(&str, FactId)> = None;
        for row in table.rows().skip(1) {
            progress.step()?;
            self.report.rows.read += 1;
            let at = RowOfTies { table, columns: &columns, row, import };
            let citation = self.citation(at);
            let (id, text) = (at.cell(Role::TieId), at.cell(Role::Label));
            if text.is_empty() {
                let Some(source) = self.source(&citation, at.origin()) else {
                    self.report.skip(
                        Place::new(table, row.number, 0),
                        "names neither an actor nor a source".to_owned(),
                        "name one of them",
                    );
                    continue;
                };
                self.report.rows.used += 1;
                if let Some((_, fact)) = last.filter(|(last, _)| *last == id) {
                    self.add_proof(fact, citation.evidence(source));
                }
                continue;
            }
            let actor = at.columns.with(Role::From).and_then(|column| self.graph_end(at, ids, column));
            let Some(actor) = actor else { continue };
            self.report.rows.used += 1;
            let owner = KeyOwner::Record(Item::Fact(self.facts.next_id()));
            let mut claim = self.blank_claim(owner, at.origin());
            self.fill_claim(&mut claim, owner, at, &citation);
            claim.label = None;
            let fact =
                self.push_fact(Fact { actor, text: prose(text), claim }, &known, Place::new(table, row.number, 0));
            last = (!id.is_empty()).then_some((id, fact));
        }
        Ok(())
    }

    /// Returns the facts that the map had before, by actor and text.
    fn known_facts(&self) -> HashMap<(ActorId, String), FactId> {
        if self.adds_known {
            return HashMap::new();
        }
        self.facts.old().map(|(id, fact)| ((fact.actor, fact.text.clone()), id)).collect()
    }

    /// Adds a fact unless the map that is added to has it; returns the new or the old one.
    fn push_fact(&mut self, fact: Fact, known: &HashMap<(ActorId, String), FactId>, place: Place<'_, '_>) -> FactId {
        let dates = |fact: &Fact| [&fact.claim.start, &fact.claim.end, &fact.claim.date].map(Option::clone);
        let same = known.get(&(fact.actor, fact.text.clone())).copied();
        let same = same.filter(|id| self.facts.get(*id).is_some_and(|old| dates(old) == dates(&fact)));
        let Some(id) = same else { return self.facts.push(fact) };
        self.report.known_facts += 1;
        self.keys.remove(&fact.claim.key);
        for piece in fact.claim.evidence {
            self.add_proof(id, piece);
        }
        let key = self.facts.get(id).map(|old| old.claim.key.clone()).unwrap_or_default();
        self.report.remark(place, format!("the map has this fact already ({key}); it is not added again"));
        id
    }

    fn add_proof(&mut self, fact: FactId, piece: Evidence) {
        if let Some(fact) = self.facts.get_mut(fact)
            && !fact.claim.evidence.contains(&piece)
        {
            fact.claim.evidence.push(piece);
        }
    }
}
