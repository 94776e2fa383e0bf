//! Integrity checks that every id refers to an existing record. Checks of keys and cycles are in `map` and `update`.

use super::change::RecordSlot;
use super::records::Records;
use super::reference::{Reference, Refers};
use crate::model::{Key, Pair};

/// Error of records that don't form a map, or of a rejected change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// A record refers to a missing record.
    #[error("“{field}” of “{key}” refers to a missing record")]
    Dangling {
        /// Key of the referring record.
        key: Key,
        /// Name of the referring field in the file.
        field: &'static str,
    },
    /// Two records have the same key.
    #[error("the id “{key}” is already used by another record")]
    TakenKey {
        /// The key.
        key: Key,
    },
    /// A change removes a record that others refer to.
    #[error("the record “{key}” can't be deleted while other records refer to it")]
    InUse {
        /// Key of the record.
        key: Key,
    },
    /// Following a field from a record leads back to it.
    #[error("following “{field}” from “{key}” leads back to it")]
    Cycle {
        /// Key of the record.
        key: Key,
        /// Name of the field in the file.
        field: &'static str,
    },
    /// The record differs from the one that the change starts from.
    #[error("the record has changed since, so this change no longer applies")]
    OtherBase {
        /// The differing slot.
        slot: RecordSlot,
    },
}

/// Checks that every id refers to an existing record.
pub(super) fn check_all(records: &Records) -> Result<(), MapError> {
    for (_, actor) in records.actors.iter() {
        check_references(records, &actor.key, actor)?;
    }
    for (_, source) in records.sources.iter() {
        check_references(records, &source.key, source)?;
    }
    for (_, tie) in records.ties.iter() {
        check_references(records, &tie.claim.key, tie)?;
    }
    for (_, fact) in records.facts.iter() {
        check_references(records, &fact.claim.key, fact)?;
    }
    for (_, import) in records.imports.iter() {
        check_references(records, &import.key, import)?;
    }
    records.distinct.iter().try_for_each(|pair| check_pair(records, *pair))
}

/// Checks that both actors of a pair exist.
pub(super) fn check_pair(records: &Records, pair: Pair) -> Result<(), MapError> {
    let is_there = pair.actors().iter().all(|actor| records.actors.has(*actor));
    if is_there { Ok(()) } else { Err(MapError::Dangling { key: Key::from("map"), field: "distinct" }) }
}

/// Checks that all ids in a record refer to existing records.
pub(super) fn check_references(records: &Records, key: &Key, record: &impl Refers) -> Result<(), MapError> {
    let mut lost = None;
    record.references(&mut |field, reference| {
        let is_there = match reference {
            Reference::Actor(id) => records.actors.has(*id),
            Reference::ActorKind(id) => records.actor_kinds.has(*id),
            Reference::TieKind(id) => records.tie_kinds.has(*id),
            Reference::Source(id) => records.sources.has(*id),
            Reference::Claim(id) => records.claim(*id).is_some(),
            Reference::Import(id) => records.imports.has(*id),
        };
        if !is_there {
            lost = lost.or(Some(field));
        }
    });
    lost.map_or(Ok(()), |field| Err(MapError::Dangling { key: Key::clone(key), field }))
}
