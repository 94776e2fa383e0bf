//! Three-way merge of a file that changed on disk into the open document.
//!
//! Changes of both sides are kept, field by field. If both sides changed the same field, ours is kept and a
//! [`Conflict`] is reported. A record that one side removed is kept if the other side changed it or refers to it.

mod adopt;
mod decide;
mod fields;
mod steps;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Key, Map, MapError, RecordChange, RecordSlot, Records, Swap, View};

use super::look_change::{LookChange, look_changes};
use super::snapshot::Snapshot;
use super::transaction::{Change, Transaction};
use super::{Document, Look};

use adopt::adopt;
pub use decide::{Decision, MergeSide, decide};
use fields::{Merge, ThreeWay};

/// A difference between the two sides that the merge had to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The record.
    pub slot: RecordSlot,
    /// Its key in the file.
    pub key: Key,
    /// The kind of conflict.
    pub about: Disagreement,
}

/// The kind of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// Both sides changed this field (named as in the file); ours is kept.
    Field(&'static str),
    /// Removed here and changed in the file; the file's version is kept.
    RemovedHere,
    /// Changed or referred to here and removed in the file; ours is kept.
    RemovedThere,
    /// Both sides added a record with this id; the file's record gets a new id.
    Key,
    /// The file's change would make the map invalid together with ours; ours is kept.
    Unsound,
}

/// The result of a merge.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The changes that turn our document into the merged one.
    pub transaction: Transaction,
    /// The file's content under our ids, as the base for later comparisons.
    pub theirs: Snapshot,
    /// The conflicts found.
    pub conflicts: Vec<Conflict>,
    /// The number of changes taken from the file.
    pub taken: usize,
    /// The number of our changes that are not in the file.
    pub kept: usize,
}

/// The maximum number of attempts to drop invalid changes before nothing is taken from the file.
const MAX_TRIES: usize = 50;

/// Merges the current content of a file into a document that was opened from `base`.
#[must_use]
pub fn merge(base: &Snapshot, ours: &Document, theirs: &Map) -> Merged {
    let adopted = adopt(&base.map, &ours.map, theirs);
    let mut conflicts = adopted.conflicts;
    let their_look = adopt::with_notes_by_key(adopted.look, &base.look, &ours.look);
    let mut results = merge_records(base.map.records(), ours.map.records(), &adopted.records, &mut conflicts);
    let (map, changes) = fit(&ours.map, &mut results, &mut conflicts, &adopted.records);
    let mut look = merge_looks(&base.look, ours, &their_look);
    forget_gone(&mut look, &map);
    let mut transaction = Transaction::of_looks("Merge changes from the file", &ours.look, &look);
    let taken = changes.len() + transaction.changes.len();
    transaction.changes.extend(changes.into_iter().map(Change::Record));
    // A loaded file is a valid map; translating its ids doesn't change that.
    let their_map = Map::of_records(adopted.records).unwrap_or_default();
    let kept = map.records().changes_from(their_map.records()).len() + differences(&their_look, ours, &look);
    let theirs = Snapshot { map: Arc::new(their_map), look: Arc::new(their_look) };
    Merged { transaction, theirs, conflicts, taken, kept }
}

/// Counts the differences of a look from the file's, without positions computed by a layout.
fn differences(theirs: &Look, ours: &Document, look: &Look) -> usize {
    let is_settled =
        |change: &LookChange| matches!(change, LookChange::Place(placed, _) if ours.settled.contains(placed));
    look_changes(theirs, look).iter().filter(|change| !is_settled(change)).count()
}

/// The changes to our records, by slot.
type Results = BTreeMap<RecordSlot, RecordChange>;

fn merge_records(base: &Records, ours: &Records, theirs: &Records, conflicts: &mut Vec<Conflict>) -> Results {
    let mut results = Results::new();
    let touched: BTreeSet<RecordSlot> = theirs.changes_from(base).iter().map(RecordChange::slot).collect();
    for slot in touched {
        let mut found = Vec::new();
        let change = match slot {
            RecordSlot::Meta => {
                let [base, ours, theirs] = [base, ours, theirs].map(|records| &records.meta);
                let merged = ThreeWay { base: Some(&**base), ours, theirs }.merge(&mut found);
                Some(RecordChange::Meta { was: Arc::clone(ours), is: Arc::new(merged) })
            }
            RecordSlot::ActorKind(id) => {
                three_way([base, ours, theirs].map(|records| records.actor_kinds.shared(id)), &mut found)
                    .map(|swap| RecordChange::ActorKind(id, swap))
            }
            RecordSlot::TieKind(id) => {
                three_way([base, ours, theirs].map(|records| records.tie_kinds.shared(id)), &mut found)
                    .map(|swap| RecordChange::TieKind(id, swap))
            }
            // The look of the open view is merged separately.
            RecordSlot::View(id) if ours.views.ids().next() == Some(id) => {
                let sides = [base, ours, theirs].map(|records| records.views.shared(id));
                Some(RecordChange::View(id, open_view(sides, &mut found)))
            }
            RecordSlot::View(id) => three_way([base, ours, theirs].map(|records| records.views.shared(id)), &mut found)
                .map(|swap| RecordChange::View(id, swap)),
            RecordSlot::Item(crate::model::Item::Actor(id)) => {
                three_way([base, ours, theirs].map(|records| records.actors.shared(id)), &mut found)
                    .map(|swap| RecordChange::Actor(id, swap))
            }
            RecordSlot::Item(crate::model::Item::Source(id)) => {
                three_way([base, ours, theirs].map(|records| records.sources.shared(id)), &mut found)
                    .map(|swap| RecordChange::Source(id, swap))
            }
            RecordSlot::Item(crate::model::Item::Tie(id)) => {
                three_way([base, ours, theirs].map(|records| records.ties.shared(id)), &mut found)
                    .map(|swap| RecordChange::Tie(id, swap))
            }
            RecordSlot::Item(crate::model::Item::Fact(id)) => {
                three_way([base, ours, theirs].map(|records| records.facts.shared(id)), &mut found)
                    .map(|swap| RecordChange::Fact(id, swap))
            }
            RecordSlot::Import(id) => {
                three_way([base, ours, theirs].map(|records| records.imports.shared(id)), &mut found)
                    .map(|swap| RecordChange::Import(id, swap))
            }
            // A Boolean can't conflict: if theirs differs from the base, it is the result.
            RecordSlot::Distinct(pair) => {
                let [was, is] = [ours, theirs].map(|records| records.distinct.contains(&pair));
                Some(RecordChange::Distinct { pair, was, is })
            }
        };
        let key = key_of(slot, [ours, theirs, base]);
        conflicts.extend(found.into_iter().map(|about| Conflict { slot, key: Key::clone(&key), about }));
        if let Some(change) = change.filter(|change| !change.is_nothing()) {
            results.insert(slot, change);
        }
    }
    results
}

fn key_of(slot: RecordSlot, records: [&Records; 3]) -> Key {
    let key = |records: &Records| match slot {
        RecordSlot::Meta => Some(Key::from("map")),
        RecordSlot::ActorKind(id) => records.actor_kinds.get(id).map(|kind| Key::clone(&kind.key)),
        RecordSlot::TieKind(id) => records.tie_kinds.get(id).map(|kind| Key::clone(&kind.key)),
        RecordSlot::Item(item) => records.key(item).cloned(),
        RecordSlot::View(id) => records.views.get(id).map(|view| Key::clone(&view.key)),
        RecordSlot::Import(id) => records.imports.get(id).map(|import| Key::clone(&import.key)),
        RecordSlot::Distinct(_) => Some(Key::from("distinct")),
    };
    records.into_iter().find_map(key).unwrap_or_default()
}

/// Merges the open view: the story is merged, everything else is taken from the file.
fn open_view([base, ours, theirs]: [Option<&Arc<View>>; 3], found: &mut Vec<Disagreement>) -> Swap<View> {
    let is = theirs.map(|theirs| {
        let Some(ours) = ours else { return Arc::clone(theirs) };
        let mut view = View::clone(theirs);
        view.take_story(
            &ThreeWay { base: base.map(|base| &**base), ours: &**ours, theirs: &**theirs }.merge_story(found),
        );
        Arc::new(view)
    });
    Swap { was: ours.cloned(), is }
}

/// Merges a slot; `None` if ours is kept.
fn three_way<T: PartialEq + Merge>(
    [base, ours, theirs]: [Option<&Arc<T>>; 3],
    found: &mut Vec<Disagreement>,
) -> Option<Swap<T>> {
    let result = match (ours, theirs) {
        _ if ours == base => theirs.cloned(),
        _ if theirs == base || ours == theirs => return None,
        (None, Some(theirs)) => {
            found.push(Disagreement::RemovedHere);
            Some(Arc::clone(theirs))
        }
        (Some(_), None) => {
            found.push(Disagreement::RemovedThere);
            return None;
        }
        (Some(ours), Some(theirs)) => {
            Some(Arc::new(ThreeWay { base: base.map(|base| &**base), ours: &**ours, theirs: &**theirs }.merge(found)))
        }
        (None, None) => return None,
    };
    Some(Swap { was: ours.cloned(), is: result })
}

/// Makes the results valid: restores records that are still referred to, and drops changes that would make the map
/// invalid.
fn fit(ours: &Map, results: &mut Results, conflicts: &mut Vec<Conflict>, theirs: &Records) -> (Map, Vec<RecordChange>) {
    for _ in 0..MAX_TRIES {
        adopt::restore_needed(ours, theirs, results, conflicts);
        adopt::drop_lost_judgments(ours, results);
        let changes: Vec<RecordChange> = results.values().cloned().collect();
        match ours.with_changes(&changes) {
            Ok(map) => return without_gone_in_views(ours, map, changes),
            Err(error) => {
                let culprit = culprit(results, &error);
                let Some(slot) = culprit else { break };
                results.remove(&slot);
                let key = key_of(slot, [ours.records(), theirs, theirs]);
                conflicts.push(Conflict { slot, key, about: Disagreement::Unsound });
            }
        }
    }
    for (&slot, _) in results.iter() {
        let key = key_of(slot, [ours.records(), theirs, theirs]);
        conflicts.push(Conflict { slot, key, about: Disagreement::Unsound });
    }
    results.clear();
    (ours.clone(), Vec::new())
}

/// Removes references to missing records from changed views.
fn without_gone_in_views(ours: &Map, map: Map, mut changes: Vec<RecordChange>) -> (Map, Vec<RecordChange>) {
    let mut is_changed = false;
    for change in &mut changes {
        if let RecordChange::View(_, Swap { is: Some(view), .. }) = change {
            let gone = map.missing_in(view);
            if !gone.is_empty() {
                *view = Arc::new(view.without(&gone));
                is_changed = true;
            }
        }
    }
    let map = if is_changed { ours.with_changes(&changes).unwrap_or(map) } else { map };
    (map, changes)
}

/// Returns the slot of the change that caused an error.
fn culprit(results: &Results, error: &MapError) -> Option<RecordSlot> {
    let key = match error {
        MapError::OtherBase { slot } => return Some(*slot),
        MapError::Dangling { key, .. }
        | MapError::TakenKey { key }
        | MapError::InUse { key }
        | MapError::Cycle { key, .. } => key,
    };
    let has_key = |change: &RecordChange| change.keys().any(|other| other == key);
    results.iter().find(|(_, change)| has_key(change)).map(|(slot, _)| *slot)
}

/// Returns our look with the file's changes, except where ours changed the same value.
fn merge_looks(base: &Look, ours: &Document, theirs: &Look) -> Look {
    let mut look = Look::clone(&ours.look);
    for change in look_changes(base, theirs) {
        // Fails if ours changed the same value, which is then kept.
        let _ = change.apply(&mut look, &ours.settled);
    }
    look
}

/// Removes references to records that are not in the map from a look.
pub(super) fn forget_gone(look: &mut Look, map: &Map) {
    let actors: BTreeSet<_> = look.actors().filter(|actor| !map.actors().has(*actor)).collect();
    let ties: BTreeSet<_> = look.ties().filter(|tie| !map.ties().has(*tie)).collect();
    for actor in actors {
        look.forget_actor(actor);
    }
    for tie in ties {
        look.forget_tie(tie);
    }
    let hubs: Vec<_> = look.hubs().filter(|tie| !map.is_hub(*tie)).collect();
    for tie in hubs {
        look.forget_hub(tie);
    }
    look.filter.hidden_actor_kinds.retain(|kind| kind.is_none_or(|kind| map.actor_kinds().has(kind)));
    look.filter.hidden_tie_kinds.retain(|kind| map.tie_kinds().has(*kind));
}

#[cfg(test)]
mod tests;
