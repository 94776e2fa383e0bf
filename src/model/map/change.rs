//! Changes of single records. Each holds the state before and after, so that it can be undone and a wrong base is
//! detected.

use std::sync::Arc;

use imbl::ordset::DiffItem;

use super::records::{MapMeta, Records};
use crate::model::id::SlotId;
use crate::model::{
    Actor, ActorId, ActorKind, ActorKindId, Fact, FactId, Import, ImportId, Item, Key, Pair, Slots, Source, SourceId,
    Tie, TieId, TieKind, TieKindId, View, ViewId,
};

/// The contents of a slot before and after a change; `None` for no record.
#[derive(Debug, PartialEq)]
pub struct Swap<T> {
    /// The record before.
    pub was: Option<Arc<T>>,
    /// The record after.
    pub is: Option<Arc<T>>,
}

impl<T> Clone for Swap<T> {
    fn clone(&self) -> Self {
        Self { was: self.was.clone(), is: self.is.clone() }
    }
}

impl<T: PartialEq> Swap<T> {
    /// Returns the change that adds a record.
    #[must_use]
    pub fn add(record: T) -> Self {
        Self { was: None, is: Some(Arc::new(record)) }
    }

    /// Returns the change from the current record of a slot to `is`.
    #[must_use]
    pub fn of<I: SlotId>(slots: &Slots<I, T>, id: I, is: Option<T>) -> Self {
        Self { was: slots.shared(id).cloned(), is: is.map(Arc::new) }
    }

    fn inverse(&self) -> Self {
        Self { was: self.is.clone(), is: self.was.clone() }
    }

    fn then(&self, next: &Self) -> Self {
        Self { was: self.was.clone(), is: next.is.clone() }
    }

    /// Puts the new record into its slot; returns `false` and changes nothing if the slot does not hold the record
    /// before.
    fn apply<I: SlotId>(&self, slots: &mut Slots<I, T>, id: I) -> bool {
        let fits = match (slots.shared(id), &self.was) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
            (None, None) => true,
            _ => false,
        };
        if fits {
            slots.set(id, self.is.clone());
        }
        fits
    }
}

/// A change of one record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordChange {
    /// The metadata of the map.
    Meta {
        /// Before.
        was: Arc<MapMeta>,
        /// After.
        is: Arc<MapMeta>,
    },
    /// A kind of actor.
    ActorKind(ActorKindId, Swap<ActorKind>),
    /// A kind of tie.
    TieKind(TieKindId, Swap<TieKind>),
    /// An actor.
    Actor(ActorId, Swap<Actor>),
    /// A source.
    Source(SourceId, Swap<Source>),
    /// A tie.
    Tie(TieId, Swap<Tie>),
    /// A fact.
    Fact(FactId, Swap<Fact>),
    /// A saved view.
    View(ViewId, Swap<View>),
    /// An imported table.
    Import(ImportId, Swap<Import>),
    /// Whether two actors are marked as distinct.
    Distinct {
        /// The actors.
        pair: Pair,
        /// Before.
        was: bool,
        /// After.
        is: bool,
    },
}

/// The slot that a change applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordSlot {
    /// The metadata of the map.
    Meta,
    /// A kind of actor.
    ActorKind(ActorKindId),
    /// A kind of tie.
    TieKind(TieKindId),
    /// An actor, source, tie or fact.
    Item(Item),
    /// A saved view.
    View(ViewId),
    /// An imported table.
    Import(ImportId),
    /// Whether two actors are marked as distinct.
    Distinct(Pair),
}

impl RecordChange {
    /// Returns the slot that the change applies to.
    #[must_use]
    pub fn slot(&self) -> RecordSlot {
        match self {
            Self::Meta { .. } => RecordSlot::Meta,
            Self::ActorKind(id, _) => RecordSlot::ActorKind(*id),
            Self::TieKind(id, _) => RecordSlot::TieKind(*id),
            Self::Actor(id, _) => RecordSlot::Item(Item::Actor(*id)),
            Self::Source(id, _) => RecordSlot::Item(Item::Source(*id)),
            Self::Tie(id, _) => RecordSlot::Item(Item::Tie(*id)),
            Self::Fact(id, _) => RecordSlot::Item(Item::Fact(*id)),
            Self::View(id, _) => RecordSlot::View(*id),
            Self::Import(id, _) => RecordSlot::Import(*id),
            Self::Distinct { pair, .. } => RecordSlot::Distinct(*pair),
        }
    }

    /// Returns the change that reverts this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Meta { was, is } => Self::Meta { was: Arc::clone(is), is: Arc::clone(was) },
            Self::ActorKind(id, swap) => Self::ActorKind(*id, swap.inverse()),
            Self::TieKind(id, swap) => Self::TieKind(*id, swap.inverse()),
            Self::Actor(id, swap) => Self::Actor(*id, swap.inverse()),
            Self::Source(id, swap) => Self::Source(*id, swap.inverse()),
            Self::Tie(id, swap) => Self::Tie(*id, swap.inverse()),
            Self::Fact(id, swap) => Self::Fact(*id, swap.inverse()),
            Self::View(id, swap) => Self::View(*id, swap.inverse()),
            Self::Import(id, swap) => Self::Import(*id, swap.inverse()),
            Self::Distinct { pair, was, is } => Self::Distinct { pair: *pair, was: *is, is: *was },
        }
    }

    /// Combines two successive changes into one; `None` if `next` applies to another slot.
    #[must_use]
    pub fn then(&self, next: &Self) -> Option<Self> {
        Some(match (self, next) {
            (Self::Meta { was, .. }, Self::Meta { is, .. }) => Self::Meta { was: Arc::clone(was), is: Arc::clone(is) },
            (Self::ActorKind(id, one), Self::ActorKind(same, two)) if id == same => Self::ActorKind(*id, one.then(two)),
            (Self::TieKind(id, one), Self::TieKind(same, two)) if id == same => Self::TieKind(*id, one.then(two)),
            (Self::Actor(id, one), Self::Actor(same, two)) if id == same => Self::Actor(*id, one.then(two)),
            (Self::Source(id, one), Self::Source(same, two)) if id == same => Self::Source(*id, one.then(two)),
            (Self::Tie(id, one), Self::Tie(same, two)) if id == same => Self::Tie(*id, one.then(two)),
            (Self::Fact(id, one), Self::Fact(same, two)) if id == same => Self::Fact(*id, one.then(two)),
            (Self::View(id, one), Self::View(same, two)) if id == same => Self::View(*id, one.then(two)),
            (Self::Import(id, one), Self::Import(same, two)) if id == same => Self::Import(*id, one.then(two)),
            (Self::Distinct { pair, was, .. }, Self::Distinct { pair: same, is, .. }) if pair == same => {
                Self::Distinct { pair: *pair, was: *was, is: *is }
            }
            _ => return None,
        })
    }

    /// Whether the slot holds a record after the change.
    #[must_use]
    pub fn has_after(&self) -> bool {
        match self {
            Self::Meta { .. } => true,
            Self::ActorKind(_, swap) => swap.is.is_some(),
            Self::TieKind(_, swap) => swap.is.is_some(),
            Self::Actor(_, swap) => swap.is.is_some(),
            Self::Source(_, swap) => swap.is.is_some(),
            Self::Tie(_, swap) => swap.is.is_some(),
            Self::Fact(_, swap) => swap.is.is_some(),
            Self::View(_, swap) => swap.is.is_some(),
            Self::Import(_, swap) => swap.is.is_some(),
            Self::Distinct { is, .. } => *is,
        }
    }

    /// Returns the keys of the record before and after the change.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        fn both<T>(swap: &Swap<T>, key: impl Fn(&T) -> &Key) -> [Option<&Key>; 2] {
            [&swap.was, &swap.is].map(|record| record.as_deref().map(&key))
        }
        let keys = match self {
            Self::Meta { .. } | Self::Distinct { .. } => [None; 2],
            Self::ActorKind(_, swap) => both(swap, |kind| &kind.key),
            Self::TieKind(_, swap) => both(swap, |kind| &kind.key),
            Self::Actor(_, swap) => both(swap, |actor| &actor.key),
            Self::Source(_, swap) => both(swap, |source| &source.key),
            Self::Tie(_, swap) => both(swap, |tie| &tie.claim.key),
            Self::Fact(_, swap) => both(swap, |fact| &fact.claim.key),
            Self::View(_, swap) => both(swap, |view| &view.key),
            Self::Import(_, swap) => both(swap, |import| &import.key),
        };
        keys.into_iter().flatten()
    }

    /// Whether the states before and after are equal.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Meta { was, is } => was == is,
            Self::ActorKind(_, swap) => swap.was == swap.is,
            Self::TieKind(_, swap) => swap.was == swap.is,
            Self::Actor(_, swap) => swap.was == swap.is,
            Self::Source(_, swap) => swap.was == swap.is,
            Self::Tie(_, swap) => swap.was == swap.is,
            Self::Fact(_, swap) => swap.was == swap.is,
            Self::View(_, swap) => swap.was == swap.is,
            Self::Import(_, swap) => swap.was == swap.is,
            Self::Distinct { was, is, .. } => was == is,
        }
    }

    /// Applies the change; returns `false` and changes nothing if the records don't match the state before.
    #[must_use]
    pub(super) fn apply(&self, records: &mut Records) -> bool {
        match self {
            Self::Meta { was, is } => {
                let fits = records.meta == *was;
                if fits {
                    records.meta = Arc::clone(is);
                }
                fits
            }
            Self::ActorKind(id, swap) => swap.apply(&mut records.actor_kinds, *id),
            Self::TieKind(id, swap) => swap.apply(&mut records.tie_kinds, *id),
            Self::Actor(id, swap) => swap.apply(&mut records.actors, *id),
            Self::Source(id, swap) => swap.apply(&mut records.sources, *id),
            Self::Tie(id, swap) => swap.apply(&mut records.ties, *id),
            Self::Fact(id, swap) => swap.apply(&mut records.facts, *id),
            Self::View(id, swap) => swap.apply(&mut records.views, *id),
            Self::Import(id, swap) => swap.apply(&mut records.imports, *id),
            Self::Distinct { pair, was, is } => {
                let fits = records.distinct.contains(pair) == *was;
                if fits && *is {
                    records.distinct.insert(*pair);
                } else if fits {
                    records.distinct.remove(pair);
                }
                fits
            }
        }
    }
}

impl Records {
    /// Whether this slot holds a record.
    #[must_use]
    pub fn has_slot(&self, slot: RecordSlot) -> bool {
        match slot {
            RecordSlot::Meta => true,
            RecordSlot::ActorKind(id) => self.actor_kinds.has(id),
            RecordSlot::TieKind(id) => self.tie_kinds.has(id),
            RecordSlot::Item(item) => self.key(item).is_some(),
            RecordSlot::View(id) => self.views.has(id),
            RecordSlot::Import(id) => self.imports.has(id),
            RecordSlot::Distinct(pair) => self.distinct.contains(&pair),
        }
    }

    /// Returns the changes that lead from `before` to these records; ids refer to the same slots in both.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Vec<RecordChange> {
        fn of<I: SlotId, T: PartialEq>(
            before: &Slots<I, T>,
            now: &Slots<I, T>,
            change: impl Fn(I, Swap<T>) -> RecordChange,
        ) -> Vec<RecordChange> {
            let swap = |was: Option<&Arc<T>>, is: Option<&Arc<T>>| Swap { was: was.cloned(), is: is.cloned() };
            before.differences(now).map(|(id, was, is)| change(id, swap(was, is))).collect()
        }
        let mut changes = Vec::new();
        if self.meta != before.meta {
            changes.push(RecordChange::Meta { was: Arc::clone(&before.meta), is: Arc::clone(&self.meta) });
        }
        changes.extend(of(&before.actor_kinds, &self.actor_kinds, RecordChange::ActorKind));
        changes.extend(of(&before.tie_kinds, &self.tie_kinds, RecordChange::TieKind));
        changes.extend(of(&before.actors, &self.actors, RecordChange::Actor));
        changes.extend(of(&before.sources, &self.sources, RecordChange::Source));
        changes.extend(of(&before.ties, &self.ties, RecordChange::Tie));
        changes.extend(of(&before.facts, &self.facts, RecordChange::Fact));
        changes.extend(of(&before.views, &self.views, RecordChange::View));
        changes.extend(of(&before.imports, &self.imports, RecordChange::Import));
        changes.extend(before.distinct.diff(&self.distinct).map(|difference| match difference {
            DiffItem::Add(pair) => RecordChange::Distinct { pair: *pair, was: false, is: true },
            DiffItem::Remove(pair) => RecordChange::Distinct { pair: *pair, was: true, is: false },
        }));
        changes
    }
}
