//! Transactions: lists of invertible changes that are applied all or none.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{Ends, Item, Key, Map, MapError, Placed, RecordChange, RecordSlot};

use super::look_change::{LookChange, LookSlot, look_changes};
use super::{Document, Look};

/// A change of one value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A change of a record.
    Record(RecordChange),
    /// A change of the look.
    Look(LookChange),
}

/// The subject of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// A record.
    Record(RecordSlot),
    /// A value of the look.
    Look(LookSlot),
}

/// The subjects that differ between two documents.
pub type Delta = BTreeSet<Slot>;

/// A list of changes that are applied together.
///
/// Each change holds the previous value, so a document with another value rejects the transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transaction {
    /// The label for undo and redo, as in "Move OpenAI".
    pub label: String,
    /// The changes, in order of application.
    pub changes: Vec<Change>,
}

/// The result of applying a transaction.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The changed document.
    pub document: Document,
    /// The transaction that undoes the change.
    pub inverse: Transaction,
    /// The subjects that changed.
    pub delta: Delta,
}

/// The reason why a change is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The document doesn't have the value that the change starts from.
    #[error("the map has changed since, so this change no longer applies")]
    OtherBase,
    /// The changed records would not form a valid map.
    #[error("{0}")]
    Unsound(MapError),
    /// The record to change doesn't exist.
    #[error("the record is no longer in the map")]
    Gone,
    /// A saved view or the filter would refer to a missing record.
    #[error("the record “{key}” can't be deleted while a saved view or the filter refers to it")]
    InView {
        /// The key of the record.
        key: Key,
    },
    /// The field doesn't exist or can't have this value.
    #[error("{0}")]
    Refused(String),
}

impl From<MapError> for EditError {
    fn from(error: MapError) -> Self {
        match error {
            MapError::OtherBase { .. } => Self::OtherBase,
            other => Self::Unsound(other),
        }
    }
}

/// Returns the record change, or `None` for a change of the look.
pub(super) fn record(change: Change) -> Option<RecordChange> {
    match change {
        Change::Record(change) => Some(change),
        Change::Look(_) => None,
    }
}

impl Change {
    fn slot(&self) -> Slot {
        match self {
            Self::Record(change) => Slot::Record(change.slot()),
            Self::Look(change) => Slot::Look(change.slot()),
        }
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::Record(change) => change.is_nothing(),
            Self::Look(change) => change.is_nothing(),
        }
    }

    fn then(&self, next: &Self) -> Option<Self> {
        match (self, next) {
            (Self::Record(one), Self::Record(two)) => one.then(two).map(Self::Record),
            (Self::Look(one), Self::Look(two)) => one.then(two).map(Self::Look),
            _ => None,
        }
    }
}

impl Transaction {
    /// Returns the transaction that leads from one look to another.
    #[must_use]
    pub fn of_looks(label: impl Into<String>, was: &Look, is: &Look) -> Self {
        Self { label: label.into(), changes: look_changes(was, is).into_iter().map(Change::Look).collect() }
    }

    /// Returns whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(Change::is_nothing)
    }

    /// Returns the subjects of its changes.
    #[must_use]
    pub fn delta(&self) -> Delta {
        self.changes.iter().map(Change::slot).collect()
    }

    /// Returns one transaction with the effect of both, labeled like `next`.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let mut changes = self.changes;
        let mut at: HashMap<Slot, usize> =
            changes.iter().enumerate().map(|(index, change)| (change.slot(), index)).collect();
        for change in next.changes {
            let index = *at.entry(change.slot()).or_insert(changes.len());
            match changes.get_mut(index) {
                Some(earlier) => *earlier = earlier.then(&change).unwrap_or(change),
                None => changes.push(change),
            }
        }
        changes.retain(|change| !change.is_nothing());
        Self { label: next.label, changes }
    }
}

impl Document {
    /// Applies all changes of a transaction. Look entries of removed records are removed too; the inverse restores
    /// them.
    ///
    /// # Errors
    ///
    /// If a change doesn't fit or the resulting map would be invalid; nothing is changed then.
    pub fn apply(&self, transaction: &Transaction) -> Result<Applied, EditError> {
        let mut look = Look::clone(&self.look);
        let mut settled = self.settled.clone();
        let mut records = Vec::new();
        let mut inverse = Vec::with_capacity(transaction.changes.len());
        for change in &transaction.changes {
            match change {
                Change::Record(change) => {
                    inverse.push(Change::Record(change.inverse()));
                    records.push(change.clone());
                }
                Change::Look(change) => {
                    inverse.push(Change::Look(change.inverse_on(&look, &settled)));
                    if !change.apply(&mut look, &settled) {
                        return Err(EditError::OtherBase);
                    }
                    match change {
                        LookChange::Settled(placed, value) if value.is.is_some() => drop(settled.insert(*placed)),
                        LookChange::Place(placed, _) | LookChange::Settled(placed, _) => drop(settled.remove(placed)),
                        _ => {}
                    }
                }
            }
        }
        let mut delta = transaction.delta();
        // Look entries of removed records are removed too, including positions computed by a layout.
        let whole = look.clone();
        for change in &records {
            forget_gone(&mut look, change);
        }
        for change in look_changes(&whole, &look) {
            inverse.push(Change::Look(change.inverse_on(&whole, &settled)));
            delta.insert(Slot::Look(change.slot()));
            if let LookSlot::Place(placed) = change.slot() {
                settled.remove(&placed);
            }
        }
        inverse.reverse();
        let map = if records.is_empty() { Arc::clone(&self.map) } else { Arc::new(self.map.with_changes(&records)?) };
        let changes_look = delta.iter().any(|slot| matches!(slot, Slot::Look(_)));
        let look = if changes_look { Arc::new(look) } else { Arc::clone(&self.look) };
        check_look(&map, &look, transaction)?;
        check_removed(&self.map, &map, &look, &records)?;
        let inverse = Transaction { label: transaction.label.clone(), changes: inverse };
        let document = Self { map, look, settled, revision: self.revision + 1, origin: Arc::clone(&self.origin) };
        Ok(Applied { document, inverse, delta })
    }
}

/// Removes the look entries of a removed record, and the hub of a tie that now has two ends.
fn forget_gone(look: &mut Look, change: &RecordChange) {
    match change {
        RecordChange::Actor(id, swap) if swap.is.is_none() => look.forget_actor(*id),
        RecordChange::Tie(id, swap) => match swap.is.as_deref() {
            None => look.forget_tie(*id),
            Some(tie) if matches!(tie.ends, Ends::Pair { .. }) => look.forget_hub(*id),
            Some(_) => {}
        },
        _ => {}
    }
}

/// Checks that the look entries set by a transaction refer to existing records.
fn check_look(map: &Map, look: &Look, transaction: &Transaction) -> Result<(), EditError> {
    for change in &transaction.changes {
        let Change::Look(change) = change else { continue };
        let is_sound = match change.slot() {
            LookSlot::Place(placed) => !look.positions.contains_key(&placed) || has_placed(map, placed),
            LookSlot::Pinned(actor) => !look.pinned.contains(&actor) || map.actors().has(actor),
            LookSlot::Hidden(actor) => !look.hidden.contains(&actor) || map.actors().has(actor),
            LookSlot::HiddenTie(tie) => !look.hidden_ties.contains(&tie) || map.ties().has(tie),
            LookSlot::Label(tie) => !look.labels.contains_key(&tie) || map.ties().has(tie),
            LookSlot::Bend(tie) => !look.bends.contains_key(&tie) || map.ties().has(tie),
            LookSlot::Pair(pair) => {
                !look.pairs.contains_key(&pair) || pair.actors().iter().all(|actor| map.actors().has(*actor))
            }
            LookSlot::Filter => {
                look.filter.hidden_actor_kinds.iter().flatten().all(|kind| map.actor_kinds().has(*kind))
                    && look.filter.hidden_tie_kinds.iter().all(|kind| map.tie_kinds().has(*kind))
            }
            LookSlot::Shown => look.shown.iter().flatten().all(|actor| map.actors().has(*actor)),
            LookSlot::SetAside(placed) => !look.set_aside.contains_key(&placed) || has_placed(map, placed),
            LookSlot::Note(_) | LookSlot::LabelMode | LookSlot::Arrangement => true,
        };
        if !is_sound {
            return Err(EditError::Gone);
        }
    }
    Ok(())
}

/// Returns whether a card or hub exists; only many-party ties have a hub.
fn has_placed(map: &Map, placed: Placed) -> bool {
    match placed {
        Placed::Actor(actor) => map.actors().has(actor),
        Placed::Hub(tie) => map.is_hub(tie),
    }
}

/// Checks that no saved view and no filter refers to a removed record.
fn check_removed(before: &Map, map: &Map, look: &Look, records: &[RecordChange]) -> Result<(), EditError> {
    let went = |change: &RecordChange| match change.slot() {
        RecordSlot::Item(item) if !map.has(item) => Some(item),
        _ => None,
    };
    let gone: BTreeSet<Item> = records.iter().filter_map(went).collect();
    let is_any_named = map.views().values().any(|view| view.has_any(&gone));
    for change in records {
        let is_named = match change.slot() {
            RecordSlot::Item(item) if is_any_named && gone.contains(&item) => {
                let item = BTreeSet::from([item]);
                map.views().values().any(|view| view.has_any(&item))
            }
            RecordSlot::ActorKind(kind) if !map.actor_kinds().has(kind) => {
                look.filter.hidden_actor_kinds.contains(&Some(kind))
            }
            RecordSlot::TieKind(kind) if !map.tie_kinds().has(kind) => look.filter.hidden_tie_kinds.contains(&kind),
            _ => false,
        };
        if is_named {
            let key = match change.slot() {
                RecordSlot::Item(item) if before.has(item) => Key::clone(before.key(item)),
                _ => Key::default(),
            };
            return Err(EditError::InView { key });
        }
    }
    Ok(())
}
