//! Typed ids: the slot of a record in its document, and the key it has in the file.

use std::sync::Arc;

/// The `id` of a record as the file spells it: stable over reloads, never shown as a name.
pub type Key = Arc<str>;

/// The id of a slot in a list of records; see [`Slots`](super::Slots).
pub trait SlotId: Copy + Ord {
    /// The place in the list.
    #[must_use]
    fn index(self) -> usize;

    /// The id of the slot at `index`; lists longer than `u32` allows are refused when loading.
    #[must_use]
    fn from_index(index: usize) -> Self;
}

macro_rules! index_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in lists that are indexed by id.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the record at `index`; lists longer than `u32` allows are refused when loading.
            #[must_use]
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl SlotId for $name {
            fn index(self) -> usize {
                Self::index(self)
            }

            fn from_index(index: usize) -> Self {
                Self::from_index(index)
            }
        }
    };
}

index_id! {
    /// An actor; valid as long as its document is open, never used again.
    ActorId
}
index_id! {
    /// A tie; valid as long as its document is open, never used again.
    TieId
}
index_id! {
    /// A fact; valid as long as its document is open, never used again.
    FactId
}
index_id! {
    /// A source; valid as long as its document is open, never used again.
    SourceId
}
index_id! {
    /// A kind of actor; valid as long as its document is open.
    ActorKindId
}
index_id! {
    /// A kind of tie; valid as long as its document is open.
    TieKindId
}

index_id! {
    /// A saved view; valid as long as its document is open.
    ViewId
}

index_id! {
    /// A table that records were made from; valid as long as its document is open.
    ImportId
}

index_id! {
    /// A note on the canvas; valid while its map is open.
    NoteId
}

/// A tie or a fact: whatever carries a claim with evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimId {
    /// A claim that relates actors.
    Tie(TieId),
    /// A claim about one actor.
    Fact(FactId),
}

/// The id of a record that has a key in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// An actor.
    Actor(ActorId),
    /// A tie.
    Tie(TieId),
    /// A fact.
    Fact(FactId),
    /// A source.
    Source(SourceId),
}

impl From<ActorId> for Item {
    fn from(id: ActorId) -> Self {
        Self::Actor(id)
    }
}

impl From<TieId> for Item {
    fn from(id: TieId) -> Self {
        Self::Tie(id)
    }
}

impl From<FactId> for Item {
    fn from(id: FactId) -> Self {
        Self::Fact(id)
    }
}

impl From<SourceId> for Item {
    fn from(id: SourceId) -> Self {
        Self::Source(id)
    }
}

impl From<ClaimId> for Item {
    fn from(id: ClaimId) -> Self {
        match id {
            ClaimId::Tie(tie) => Self::Tie(tie),
            ClaimId::Fact(fact) => Self::Fact(fact),
        }
    }
}
