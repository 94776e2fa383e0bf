//! Typed ids: the slot of a record in its document, and its key in the file.

use std::sync::Arc;

/// The `id` of a record in the file: stable across reloads, never shown as a name.
pub type Key = Arc<str>;

/// The id of a slot in a list of records; see [`Slots`](super::Slots).
pub trait SlotId: Copy + Ord {
    /// Returns the index in the list.
    #[must_use]
    fn index(self) -> usize;

    /// Returns the id of the slot at `index`. Loading rejects lists too long for `u32`.
    #[must_use]
    fn from_index(index: usize) -> Self;
}

macro_rules! index_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Returns the index in lists that are indexed by id.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// Returns the id of the record at `index`. Loading rejects lists too long for `u32`.
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
    /// The id of an actor; valid while its document is open, never reused.
    ActorId
}
index_id! {
    /// The id of a tie; valid while its document is open, never reused.
    TieId
}
index_id! {
    /// The id of a fact; valid while its document is open, never reused.
    FactId
}
index_id! {
    /// The id of a source; valid while its document is open, never reused.
    SourceId
}
index_id! {
    /// The id of a kind of actor; valid while its document is open.
    ActorKindId
}
index_id! {
    /// The id of a kind of tie; valid while its document is open.
    TieKindId
}

index_id! {
    /// The id of a saved view; valid while its document is open.
    ViewId
}

index_id! {
    /// The id of an imported table; valid while its document is open.
    ImportId
}

index_id! {
    /// The id of a note on the canvas; valid while its map is open.
    NoteId
}

/// The id of a claim with evidence: a tie or a fact.
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
