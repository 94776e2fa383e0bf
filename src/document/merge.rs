//! Three-way merge: what a file says now, what it said when it was read, and what was done to it here in between.
//!
//! Changes of both sides are kept, field by field. Where both changed one thing, ours stays and a [`Conflict`] names it.
//! A record that only one side took out stays if the other side changed it or needs it.

mod adopt;
mod fields;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Key, Map, MapError, RecordChange, RecordSlot, Records, Swap, View};

use super::look_change::{LookChange, look_changes};
use super::snapshot::Snapshot;
use super::transaction::{Change, Transaction};
use super::{Document, Look};

use adopt::adopt;
use fields::{Merge, ThreeWay};

/// Something that both sides changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The record.
    pub slot: RecordSlot,
    /// Its key in the file.
    pub key: Key,
    /// What stands against each other.
    pub about: Disagreement,
}

/// What stands against each other in a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// Both changed this field, as the file names it; ours stays.
    Field(&'static str),
    /// Taken out here and changed in the file; it stays as the file has it.
    RemovedHere,
    /// Changed or needed here and taken out in the file; it stays as it is here.
    RemovedThere,
    /// Both added a record with this id; that of the file gets another one.
    Key,
    /// What the file says does not fit together with what was done here; ours stays.
    Unsound,
}

/// What came of a merge.
#[derive(Clone, Debug)]
pub struct Merged {
    /// What turns ours into both.
    pub transaction: Transaction,
    /// The file as it is now, by the ids of ours: what later changes are compared to.
    pub theirs: Snapshot,
    /// Where both changed one thing.
    pub conflicts: Vec<Conflict>,
    /// How many changes of the file were taken over.
    pub taken: usize,
    /// How many changes of ours were kept that the file does not have.
    pub kept: usize,
}

/// How often what does not fit is given up before nothing is taken over at all.
const MOST_TRIES: usize = 50;

/// Merges what a file says now into a document that came from `base`.
#[must_use]
pub fn merge(base: &Snapshot, ours: &Document, theirs: &Map) -> Merged {
    let adopted = adopt(&base.map, &ours.map, theirs);
    let mut conflicts = adopted.conflicts;
    let their_look = adopt::with_notes_by_key(adopted.look, &base.look, &ours.look);
    let mut results = merge_records(base.map.records(), ours.map.records(), &adopted.records, &mut conflicts);
    let (map, changes) = fit(&ours.map, &mut results, &mut conflicts, &adopted.records);
    let mut look = merge_looks(&base.look, ours, &their_look);
    forget_gone(&mut look, &map);
    let mut transaction = Transaction::of_looks("Take over changes from the file", &ours.look, &look);
    let taken = changes.len() + transaction.changes.len();
    transaction.changes.extend(changes.into_iter().map(Change::Record));
    // A file that was loaded is a map; by other ids it is the same one.
    let their_map = Map::of_records(adopted.records).unwrap_or_default();
    let kept = map.records().changes_from(their_map.records()).len() + differences(&their_look, ours, &look);
    let theirs = Snapshot { map: Arc::new(their_map), look: Arc::new(their_look) };
    Merged { transaction, theirs, conflicts, taken, kept }
}

/// How many things in a look are not as the file has them, but for what a layout filled in.
fn differences(theirs: &Look, ours: &Document, look: &Look) -> usize {
    let is_settled =
        |change: &LookChange| matches!(change, LookChange::Place(placed, _) if ours.settled.contains(placed));
    look_changes(theirs, look).iter().filter(|change| !is_settled(change)).count()
}

/// What each slot shall hold that is not as ours has it.
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
            // The open view is merged as a look.
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
            // Only one side can have changed what is so or not so.
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

/// The open view as the file has it, but for what it tells beside a look, which is merged.
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

/// What shall be in a slot of ours; `None` where it stays.
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

/// Makes the results fit together: records that are still needed come back, and what would be no map is given up.
fn fit(ours: &Map, results: &mut Results, conflicts: &mut Vec<Conflict>, theirs: &Records) -> (Map, Vec<RecordChange>) {
    for _ in 0..MOST_TRIES {
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

/// Takes out of changed views what leads to records that are not there.
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

/// The change that an error is about.
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

/// The look with the file's changes, where ours has not changed the same thing.
fn merge_looks(base: &Look, ours: &Document, theirs: &Look) -> Look {
    let mut look = Look::clone(&ours.look);
    for change in look_changes(base, theirs) {
        // What does not start from what is there was changed here, and stays.
        let _ = change.apply(&mut look, &ours.settled);
    }
    look
}

/// Takes out of a look what leads to records that a map does not have.
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
