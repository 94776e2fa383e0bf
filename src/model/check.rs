//! Whether a map is sound: every id leads to a record, keys are unique, and nothing is a part of itself.

use super::change::RecordChange;
use super::records::RecordSlot;
use super::records::{Item, Records};
use super::reference::{Reference, Refers};
use super::{ActorId, ClaimId, Key, Map};

/// Why records are no map, or a change of them is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// A record refers to one that is not there.
    #[error("`{field}` of {key} leads to a record that is not there")]
    Dangling {
        /// The key of the record that refers.
        key: Key,
        /// The field that does, as the file names it.
        field: &'static str,
    },
    /// Two records have one key.
    #[error("the id {key} is taken by another record")]
    TakenKey {
        /// The key.
        key: Key,
    },
    /// A record is taken out to which others refer.
    #[error("the record {key} can't go as long as others refer to it")]
    InUse {
        /// The key of the record.
        key: Key,
    },
    /// Following a field from a record leads back to it.
    #[error("following `{field}` from {key} leads back to it")]
    Cycle {
        /// The key of the record.
        key: Key,
        /// The field.
        field: &'static str,
    },
    /// A change starts from another record than the one that is there.
    #[error("the change does not fit: the record has changed in between")]
    OtherBase {
        /// The slot that has changed.
        slot: RecordSlot,
    },
}

/// Checks that every id leads to a record.
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
    Ok(())
}

fn check_references(records: &Records, key: &Key, record: &impl Refers) -> Result<(), MapError> {
    let mut lost = None;
    record.references(&mut |field, reference| {
        let is_there = match reference {
            Reference::Actor(id) => records.actors.has(*id),
            Reference::ActorKind(id) => records.actor_kinds.has(*id),
            Reference::TieKind(id) => records.tie_kinds.has(*id),
            Reference::Source(id) => records.sources.has(*id),
            Reference::Claim(id) => records.claim(*id).is_some(),
        };
        if !is_there {
            lost = lost.or(Some(field));
        }
    });
    lost.map_or(Ok(()), |field| Err(MapError::Dangling { key: Key::clone(key), field }))
}

/// Checks what changes may have broken, in a map whose index has them already.
pub(super) fn check_changes(map: &Map, changes: &[RecordChange]) -> Result<(), MapError> {
    for change in changes {
        check_change(map, change)?;
    }
    if changes.iter().any(removes_kind) {
        check_all(map.records())?;
    }
    Ok(())
}

fn removes_kind(change: &RecordChange) -> bool {
    match change {
        RecordChange::ActorKind(_, swap) => swap.is.is_none(),
        RecordChange::TieKind(_, swap) => swap.is.is_none(),
        _ => false,
    }
}

fn check_change(map: &Map, change: &RecordChange) -> Result<(), MapError> {
    let records = map.records();
    match change {
        RecordChange::Actor(id, swap) => {
            if records.actors.has(*id) {
                check_key(map, Item::Actor(*id))?;
                check_references(records, &map.actor(*id).key, map.actor(*id))?;
                return check_wholes(map, *id);
            }
            let is_used = !map.ties_of(*id).is_empty()
                || !map.facts_of(*id).is_empty()
                || !map.parts_of(*id).is_empty()
                || !map.sources_by(*id).is_empty();
            refuse_if(is_used, swap.was.as_ref().map(|actor| &actor.key))
        }
        RecordChange::Source(id, swap) => {
            if records.sources.has(*id) {
                check_key(map, Item::Source(*id))?;
                return check_references(records, &map.source(*id).key, map.source(*id));
            }
            let is_used = !map.claims_of(*id).is_empty() || !map.copies_of(*id).is_empty();
            refuse_if(is_used, swap.was.as_ref().map(|source| &source.key))
        }
        RecordChange::Tie(id, swap) => {
            if let Some(tie) = records.ties.get(*id) {
                check_references(records, &tie.claim.key, tie)?;
            }
            check_claim(map, ClaimId::Tie(*id), swap.was.as_ref().map(|tie| &tie.claim.key))
        }
        RecordChange::Fact(id, swap) => {
            if let Some(fact) = records.facts.get(*id) {
                check_references(records, &fact.claim.key, fact)?;
            }
            check_claim(map, ClaimId::Fact(*id), swap.was.as_ref().map(|fact| &fact.claim.key))
        }
        RecordChange::Meta { .. }
        | RecordChange::ActorKind(..)
        | RecordChange::TieKind(..)
        | RecordChange::View(..) => Ok(()),
    }
}

fn check_claim(map: &Map, id: ClaimId, was: Option<&Key>) -> Result<(), MapError> {
    if map.records().claim(id).is_none() {
        return refuse_if(!map.named_by(id).is_empty(), was);
    }
    check_key(map, id.into())?;
    check_successors(map, id, "partOf", |claim| map.claim(claim).part_of.iter().copied().collect())?;
    check_successors(map, id, "supersedes", |claim| map.claim(claim).supersedes.clone())
}

fn refuse_if(is_used: bool, key: Option<&Key>) -> Result<(), MapError> {
    match key {
        Some(key) if is_used => Err(MapError::InUse { key: Key::clone(key) }),
        _ => Ok(()),
    }
}

/// Two records of one key are one record in the index: the other one is not found by it.
fn check_key(map: &Map, item: Item) -> Result<(), MapError> {
    let key = map.key(item);
    if map.find(key) == Some(item) { Ok(()) } else { Err(MapError::TakenKey { key: Key::clone(key) }) }
}

/// Follows the wholes of an actor up; more steps than there are actors prove a cycle.
fn check_wholes(map: &Map, id: ActorId) -> Result<(), MapError> {
    let mut at = map.actor(id).part_of;
    for _ in 0..map.actors().len() {
        let Some(whole) = at else { return Ok(()) };
        at = map.actor(whole).part_of;
    }
    Err(MapError::Cycle { key: Key::clone(&map.actor(id).key), field: "partOf" })
}

/// Follows a relation from a claim as far as it leads.
fn check_successors(
    map: &Map,
    id: ClaimId,
    field: &'static str,
    successors: impl Fn(ClaimId) -> Vec<ClaimId>,
) -> Result<(), MapError> {
    let mut seen = std::collections::HashSet::new();
    let mut open = successors(id);
    while let Some(next) = open.pop() {
        if next == id {
            return Err(MapError::Cycle { key: Key::clone(map.key(id.into())), field });
        }
        if seen.insert(next) {
            open.extend(successors(next));
        }
    }
    Ok(())
}
