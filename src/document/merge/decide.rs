//! Decides the conflicts of a merge: each side of each is taken as a person says.

use std::sync::Arc;

use super::fields::Merge;
use super::{Conflict, Disagreement};
use crate::document::edit::{Edits, KindRef, remove, remove_kind};
use crate::document::transaction::{Change, Transaction};
use crate::document::{Document, EditError};
use crate::model::{Item, Map, RecordChange, RecordSlot, Records, SlotId, Slots, Swap};

/// A side of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeSide {
    /// The version of the open document.
    Mine,
    /// The version of the file.
    Theirs,
}

/// A conflict with the side that was chosen.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// The conflict.
    pub conflict: &'a Conflict,
    /// The content of the file that both sides started from.
    pub before: &'a Map,
    /// The side to take.
    pub side: MergeSide,
}

impl Disagreement {
    /// Returns whether a person has to choose; if not, nothing of either side is lost.
    #[must_use]
    pub fn needs_decision(self) -> bool {
        self != Self::Key
    }
}

/// Returns the edit that takes the chosen sides, where the document doesn't have them already.
///
/// # Errors
///
/// If what the file says refers to a record that is gone here.
pub fn decide(document: &Document, theirs: &Map, decisions: &[Decision<'_>]) -> Result<Transaction, EditError> {
    let mut edits = Edits::new(document);
    let mut gone = Vec::new();
    for decision in decisions {
        let Conflict { slot, about, .. } = decision.conflict;
        match (about, decision.side) {
            (Disagreement::Field(name), MergeSide::Theirs) => {
                let records = [decision.before, &edits.document().map, theirs].map(Map::records);
                if let Some(change) = with_their_field(*slot, name, records) {
                    edits.run(Transaction { label: String::new(), changes: vec![Change::Record(change)] })?;
                }
            }
            (Disagreement::RemovedHere, MergeSide::Mine) | (Disagreement::RemovedThere, MergeSide::Theirs) => {
                gone.push(*slot);
            }
            _ => {}
        }
    }
    let item = |slot: &RecordSlot| if let RecordSlot::Item(item) = slot { Some(*item) } else { None };
    let items: Vec<Item> = gone.iter().filter_map(item).filter(|item| edits.document().map.has(*item)).collect();
    if !items.is_empty() {
        edits.run(remove(edits.document(), &items)?)?;
    }
    for slot in gone {
        let transaction = match slot {
            RecordSlot::ActorKind(id) => remove_kind(edits.document(), KindRef::Actor(id))?,
            RecordSlot::TieKind(id) => remove_kind(edits.document(), KindRef::Tie(id))?,
            RecordSlot::View(id) => without(&edits.document().map.records().views, id, RecordChange::View),
            RecordSlot::Import(id) => without(&edits.document().map.records().imports, id, RecordChange::Import),
            RecordSlot::Item(_) | RecordSlot::Meta | RecordSlot::Distinct(_) => continue,
        };
        edits.run(transaction)?;
    }
    let count = crate::wording::counted(decisions.len(), "difference", "differences");
    edits.finish(format!("Decide {count} from the file"))
}

fn without<I: SlotId, T>(slots: &Slots<I, T>, id: I, change: fn(I, Swap<T>) -> RecordChange) -> Transaction {
    let was = slots.shared(id).cloned();
    let changes = was.map(|was| Change::Record(change(id, Swap { was: Some(was), is: None })));
    Transaction { label: String::new(), changes: changes.into_iter().collect() }
}

/// Returns the change that gives a record of ours the file's value of a field: `before`, ours and theirs are given.
fn with_their_field(slot: RecordSlot, name: &str, records: [&Records; 3]) -> Option<RecordChange> {
    fn swap<I: SlotId, T: Merge + Clone>(
        name: &str,
        [base, ours, theirs]: [&Slots<I, T>; 3],
        id: I,
    ) -> Option<Swap<T>> {
        let was = ours.shared(id)?;
        let mut is = T::clone(was);
        is.take_theirs(name, base.get(id), theirs.get(id)?)
            .then(|| Swap { was: Some(Arc::clone(was)), is: Some(Arc::new(is)) })
    }
    Some(match slot {
        RecordSlot::Meta => {
            let [base, ours, theirs] = records.map(|records| &records.meta);
            let mut is = crate::model::MapMeta::clone(ours);
            is.take_theirs(name, Some(base), theirs);
            RecordChange::Meta { was: Arc::clone(ours), is: Arc::new(is) }
        }
        RecordSlot::ActorKind(id) => {
            RecordChange::ActorKind(id, swap(name, records.map(|records| &records.actor_kinds), id)?)
        }
        RecordSlot::TieKind(id) => {
            RecordChange::TieKind(id, swap(name, records.map(|records| &records.tie_kinds), id)?)
        }
        RecordSlot::Item(Item::Actor(id)) => {
            RecordChange::Actor(id, swap(name, records.map(|records| &records.actors), id)?)
        }
        RecordSlot::Item(Item::Source(id)) => {
            RecordChange::Source(id, swap(name, records.map(|records| &records.sources), id)?)
        }
        RecordSlot::Item(Item::Tie(id)) => RecordChange::Tie(id, swap(name, records.map(|records| &records.ties), id)?),
        RecordSlot::Item(Item::Fact(id)) => {
            RecordChange::Fact(id, swap(name, records.map(|records| &records.facts), id)?)
        }
        RecordSlot::View(id) => RecordChange::View(id, swap(name, records.map(|records| &records.views), id)?),
        RecordSlot::Import(id) => RecordChange::Import(id, swap(name, records.map(|records| &records.imports), id)?),
        RecordSlot::Distinct(_) => return None,
    })
}
