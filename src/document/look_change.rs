//! Changes of a look, each with the value before and after.

use emath::Pos2;
use imbl::OrdSet;
use imbl::ordmap::DiffItem;

use crate::model::{
    ActorId, Arrangement, BendPoint, Filter, LabelChoice, LabelMode, Note, NoteId, Pair, PairMode, Placed, TieId,
};

use super::Look;

/// A value before and after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed<T> {
    /// The value before.
    pub was: T,
    /// The value after.
    pub is: T,
}

impl<T: Clone> Changed<T> {
    fn inverse(&self) -> Self {
        Self { was: self.is.clone(), is: self.was.clone() }
    }

    fn then(&self, next: &Self) -> Self {
        Self { was: self.was.clone(), is: next.is.clone() }
    }
}

/// A change of one value of a look.
#[derive(Clone, Debug, PartialEq)]
pub enum LookChange {
    /// The center of a card or hub.
    Place(Placed, Changed<Option<Pos2>>),
    /// Like `Place`, but the new center was computed by a layout. Only undo and redo create this variant.
    Settled(Placed, Changed<Option<Pos2>>),
    /// Whether an actor is pinned.
    Pinned(ActorId, Changed<bool>),
    /// Whether an actor is hidden.
    Hidden(ActorId, Changed<bool>),
    /// Whether a tie is hidden.
    HiddenTie(TieId, Changed<bool>),
    /// The label choice of a tie.
    Label(TieId, Changed<Option<LabelChoice>>),
    /// The drawing mode of a pair's ties.
    Pair(Pair, Changed<Option<PairMode>>),
    /// The bend of a lane.
    Bend(TieId, Changed<Option<BendPoint>>),
    /// A note.
    Note(NoteId, Changed<Option<Note>>),
    /// The filter.
    Filter(Box<Changed<Filter>>),
    /// The label mode.
    LabelMode(Changed<LabelMode>),
    /// The arrangement and its seed.
    Arrangement(Changed<(Arrangement, u64)>),
    /// The explored part.
    Shown(Changed<Option<OrdSet<ActorId>>>),
    /// The position that an explored item has in the whole map.
    SetAside(Placed, Changed<Option<Pos2>>),
}

/// The subject of a look change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LookSlot {
    /// The center of a card or hub.
    Place(Placed),
    /// Whether an actor is pinned.
    Pinned(ActorId),
    /// Whether an actor is hidden.
    Hidden(ActorId),
    /// Whether a tie is hidden.
    HiddenTie(TieId),
    /// The label choice of a tie.
    Label(TieId),
    /// The drawing mode of a pair's ties.
    Pair(Pair),
    /// The bend of a lane.
    Bend(TieId),
    /// A note.
    Note(NoteId),
    /// The filter.
    Filter,
    /// The label mode.
    LabelMode,
    /// The arrangement and its seed.
    Arrangement,
    /// The explored part.
    Shown,
    /// The position that an explored item has in the whole map.
    SetAside(Placed),
}

impl LookChange {
    /// Returns the subject of the change.
    #[must_use]
    pub fn slot(&self) -> LookSlot {
        match self {
            Self::Place(placed, _) | Self::Settled(placed, _) => LookSlot::Place(*placed),
            Self::Pinned(actor, _) => LookSlot::Pinned(*actor),
            Self::Hidden(actor, _) => LookSlot::Hidden(*actor),
            Self::HiddenTie(tie, _) => LookSlot::HiddenTie(*tie),
            Self::Label(tie, _) => LookSlot::Label(*tie),
            Self::Pair(pair, _) => LookSlot::Pair(*pair),
            Self::Bend(tie, _) => LookSlot::Bend(*tie),
            Self::Note(note, _) => LookSlot::Note(*note),
            Self::Filter(_) => LookSlot::Filter,
            Self::LabelMode(_) => LookSlot::LabelMode,
            Self::Arrangement(_) => LookSlot::Arrangement,
            Self::Shown(_) => LookSlot::Shown,
            Self::SetAside(placed, _) => LookSlot::SetAside(*placed),
        }
    }

    /// Returns the inverse change.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Place(id, value) | Self::Settled(id, value) => Self::Place(*id, value.inverse()),
            Self::Pinned(id, value) => Self::Pinned(*id, value.inverse()),
            Self::Hidden(id, value) => Self::Hidden(*id, value.inverse()),
            Self::HiddenTie(id, value) => Self::HiddenTie(*id, value.inverse()),
            Self::Label(id, value) => Self::Label(*id, value.inverse()),
            Self::Pair(id, value) => Self::Pair(*id, value.inverse()),
            Self::Bend(id, value) => Self::Bend(*id, value.inverse()),
            Self::Note(id, value) => Self::Note(*id, value.inverse()),
            Self::Filter(value) => Self::Filter(Box::new(value.inverse())),
            Self::LabelMode(value) => Self::LabelMode(value.inverse()),
            Self::Arrangement(value) => Self::Arrangement(value.inverse()),
            Self::Shown(value) => Self::Shown(value.inverse()),
            Self::SetAside(placed, value) => Self::SetAside(*placed, value.inverse()),
        }
    }

    /// Returns one change with the effect of both, or `None` if `next` has another subject.
    #[must_use]
    pub fn then(&self, next: &Self) -> Option<Self> {
        if self.slot() != next.slot() {
            return None;
        }
        Some(match (self, next) {
            (Self::Place(id, one) | Self::Settled(id, one), Self::Place(_, two)) => Self::Place(*id, one.then(two)),
            (Self::Place(id, one) | Self::Settled(id, one), Self::Settled(_, two)) => Self::Settled(*id, one.then(two)),
            (Self::Pinned(id, one), Self::Pinned(_, two)) => Self::Pinned(*id, one.then(two)),
            (Self::Hidden(id, one), Self::Hidden(_, two)) => Self::Hidden(*id, one.then(two)),
            (Self::HiddenTie(id, one), Self::HiddenTie(_, two)) => Self::HiddenTie(*id, one.then(two)),
            (Self::Label(id, one), Self::Label(_, two)) => Self::Label(*id, one.then(two)),
            (Self::Pair(id, one), Self::Pair(_, two)) => Self::Pair(*id, one.then(two)),
            (Self::Bend(id, one), Self::Bend(_, two)) => Self::Bend(*id, one.then(two)),
            (Self::Note(id, one), Self::Note(_, two)) => Self::Note(*id, one.then(two)),
            (Self::Filter(one), Self::Filter(two)) => Self::Filter(Box::new(one.then(two))),
            (Self::LabelMode(one), Self::LabelMode(two)) => Self::LabelMode(one.then(two)),
            (Self::Arrangement(one), Self::Arrangement(two)) => Self::Arrangement(one.then(two)),
            (Self::Shown(one), Self::Shown(two)) => Self::Shown(one.then(two)),
            (Self::SetAside(placed, one), Self::SetAside(_, two)) => Self::SetAside(*placed, one.then(two)),
            _ => return None,
        })
    }

    /// Returns whether the value is the same before and after.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Place(_, value) | Self::Settled(_, value) => value.was == value.is,
            other => other.inverse() == *other,
        }
    }

    /// Applies the change. Returns `false`, without changing anything, if the look doesn't have the value that the
    /// change starts from; if the change starts from no position, a position in `settled` is also accepted, since a
    /// layout computed it.
    pub(super) fn apply(&self, look: &mut Look, settled: &OrdSet<Placed>) -> bool {
        /// Replaces the old value of an entry by the new one.
        macro_rules! entry {
            ($map:expr, $id:expr, $value:expr) => {{
                let fits = $map.get($id) == $value.was.as_ref();
                if fits {
                    match &$value.is {
                        Some(is) => drop($map.insert(*$id, is.clone())),
                        None => drop($map.remove($id)),
                    }
                }
                fits
            }};
        }
        match self {
            Self::Place(placed, value) | Self::Settled(placed, value) => {
                let found = look.positions.get(placed);
                let fits = found == value.was.as_ref() || (value.was.is_none() && settled.contains(placed));
                if fits {
                    match value.is {
                        Some(is) => drop(look.positions.insert(*placed, is)),
                        None => drop(look.positions.remove(placed)),
                    }
                }
                fits
            }
            Self::Pinned(actor, value) => member(&mut look.pinned, *actor, value),
            Self::Hidden(actor, value) => member(&mut look.hidden, *actor, value),
            Self::HiddenTie(tie, value) => member(&mut look.hidden_ties, *tie, value),
            Self::Label(tie, value) => entry!(look.labels, tie, value),
            Self::Pair(pair, value) => entry!(look.pairs, pair, value),
            Self::Bend(tie, value) => entry!(look.bends, tie, value),
            Self::Note(note, value) => entry!(look.notes, note, value),
            Self::Filter(value) => whole(&mut look.filter, value),
            Self::LabelMode(value) => whole(&mut look.label_mode, value),
            Self::Shown(value) => whole(&mut look.shown, value),
            Self::SetAside(placed, value) => entry!(look.set_aside, placed, value),
            Self::Arrangement(value) => {
                let fits = (look.arrangement, look.seed) == value.was;
                if fits {
                    (look.arrangement, look.seed) = value.is;
                }
                fits
            }
        }
    }

    /// Returns the inverse of this change on this look: it restores the current position and whether a layout computed
    /// it.
    pub(super) fn inverse_on(&self, look: &Look, settled: &OrdSet<Placed>) -> Self {
        match self {
            Self::Place(placed, value) | Self::Settled(placed, value) => {
                let back = Changed { was: value.is, is: look.positions.get(placed).copied() };
                if settled.contains(placed) { Self::Settled(*placed, back) } else { Self::Place(*placed, back) }
            }
            other => other.inverse(),
        }
    }
}

fn member<I: Ord + Clone>(set: &mut OrdSet<I>, id: I, value: &Changed<bool>) -> bool {
    let fits = set.contains(&id) == value.was;
    if fits && value.is {
        set.insert(id);
    } else if fits {
        set.remove(&id);
    }
    fits
}

fn whole<T: PartialEq + Clone>(old: &mut T, value: &Changed<T>) -> bool {
    let fits = *old == value.was;
    if fits {
        *old = value.is.clone();
    }
    fits
}

/// Returns the changes from one look to another. The cost is proportional to the difference if one look was derived
/// from the other.
#[must_use]
pub fn look_changes(was: &Look, is: &Look) -> Vec<LookChange> {
    let mut changes = Vec::new();
    for item in was.positions.diff(&is.positions) {
        let (id, value) = changed(&item);
        changes.push(LookChange::Place(id, value));
    }
    for (actor, value) in members(&was.pinned, &is.pinned) {
        changes.push(LookChange::Pinned(actor, value));
    }
    for (actor, value) in members(&was.hidden, &is.hidden) {
        changes.push(LookChange::Hidden(actor, value));
    }
    for (tie, value) in members(&was.hidden_ties, &is.hidden_ties) {
        changes.push(LookChange::HiddenTie(tie, value));
    }
    for item in was.labels.diff(&is.labels) {
        let (id, value) = changed(&item);
        changes.push(LookChange::Label(id, value));
    }
    for item in was.pairs.diff(&is.pairs) {
        let (id, value) = changed(&item);
        changes.push(LookChange::Pair(id, value));
    }
    for item in was.bends.diff(&is.bends) {
        let (id, value) = changed(&item);
        changes.push(LookChange::Bend(id, value));
    }
    for item in was.notes.diff(&is.notes) {
        let (id, value) = changed(&item);
        changes.push(LookChange::Note(id, value));
    }
    if was.filter != is.filter {
        changes.push(LookChange::Filter(Box::new(Changed { was: was.filter.clone(), is: is.filter.clone() })));
    }
    if was.label_mode != is.label_mode {
        changes.push(LookChange::LabelMode(Changed { was: was.label_mode, is: is.label_mode }));
    }
    if was.shown != is.shown {
        changes.push(LookChange::Shown(Changed { was: was.shown.clone(), is: is.shown.clone() }));
    }
    for item in was.set_aside.diff(&is.set_aside) {
        let (placed, value) = changed(&item);
        changes.push(LookChange::SetAside(placed, value));
    }
    let arrangement = |look: &Look| (look.arrangement, look.seed);
    if arrangement(was) != arrangement(is) {
        changes.push(LookChange::Arrangement(Changed { was: arrangement(was), is: arrangement(is) }));
    }
    changes
}

fn changed<K: Copy, V: Clone>(item: &DiffItem<'_, '_, K, V>) -> (K, Changed<Option<V>>) {
    match item {
        DiffItem::Add(id, is) => (**id, Changed { was: None, is: Some((*is).clone()) }),
        DiffItem::Update { old, new } => (*new.0, Changed { was: Some(old.1.clone()), is: Some(new.1.clone()) }),
        DiffItem::Remove(id, was) => (**id, Changed { was: Some((*was).clone()), is: None }),
    }
}

fn members<I: Ord + Copy>(was: &OrdSet<I>, is: &OrdSet<I>) -> Vec<(I, Changed<bool>)> {
    use imbl::ordset::DiffItem;
    let change = |item| match item {
        DiffItem::Add(id) => (*id, Changed { was: false, is: true }),
        DiffItem::Remove(id) => (*id, Changed { was: true, is: false }),
    };
    was.diff(is).map(change).collect()
}
