//! Typed ids: where a record stands in its map, and the key it has in the file.

use std::sync::Arc;

/// The `id` of a record as the file spells it: stable over reloads, never shown as a name.
pub type Key = Arc<str>;

macro_rules! index_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the map's list, for indexing.
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
    };
}

index_id! {
    /// An actor, as its place in `Map::actors`; valid for one map only.
    ActorId
}
index_id! {
    /// A tie, as its place in `Map::ties`; valid for one map only.
    TieId
}
index_id! {
    /// A fact, as its place in `Map::facts`; valid for one map only.
    FactId
}
index_id! {
    /// A source, as its place in `Map::sources`; valid for one map only.
    SourceId
}
index_id! {
    /// A kind of actor, as its place in `Map::actor_kinds`.
    ActorKindId
}
index_id! {
    /// A kind of tie, as its place in `Map::tie_kinds`.
    TieKindId
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
