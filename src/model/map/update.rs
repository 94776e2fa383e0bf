//! Application of changes to a map: updates the records, then the index, then checks integrity.

use super::change::RecordChange;
use super::check::{MapError, check_all, check_pair, check_references};
use super::records::Records;
use crate::model::{ActorId, ClaimId, ImportId, Item, Key, Map};

impl Map {
    /// Returns the map after all changes. The cost is proportional to the references of the changed records.
    ///
    /// # Errors
    ///
    /// If a record differs from the one that a change starts from, or the result violates integrity; see [`MapError`].
    pub fn with_changes(&self, changes: &[RecordChange]) -> Result<Self, MapError> {
        let mut map = self.clone();
        for change in changes {
            if !change.apply(&mut map.records) {
                return Err(MapError::OtherBase { slot: change.slot() });
            }
        }
        map.update_index(changes);
        check_changes(&map, changes)?;
        Ok(map)
    }

    fn update_index(&mut self, changes: &[RecordChange]) {
        let Self { records, index } = self;
        let mut touched = std::collections::BTreeSet::new();
        for change in changes {
            match change {
                RecordChange::Actor(id, swap) => index.change_actor(*id, swap.was.as_deref(), swap.is.as_deref()),
                RecordChange::Source(id, swap) => index.change_source(*id, swap.was.as_deref(), swap.is.as_deref()),
                RecordChange::Tie(id, swap) => {
                    let [was, is] = [&swap.was, &swap.is].map(|tie| tie.as_deref());
                    index.change_ends(*id, was.map(|tie| &tie.ends), is.map(|tie| &tie.ends));
                    let [was, is] = [was, is].map(|tie| tie.map(|tie| &tie.claim));
                    touched.extend(index.change_claim(ClaimId::Tie(*id), was, is));
                }
                RecordChange::Fact(id, swap) => {
                    let [was, is] = [&swap.was, &swap.is].map(|fact| fact.as_deref());
                    index.change_fact(*id, was.map(|fact| fact.actor), is.map(|fact| fact.actor));
                    let [was, is] = [was, is].map(|fact| fact.map(|fact| &fact.claim));
                    touched.extend(index.change_claim(ClaimId::Fact(*id), was, is));
                }
                RecordChange::Meta { .. }
                | RecordChange::ActorKind(..)
                | RecordChange::TieKind(..)
                | RecordChange::View(..)
                | RecordChange::Import(..)
                | RecordChange::Distinct { .. } => {}
            }
        }
        let adds_sources = changes.iter().any(|change| matches!(change, RecordChange::Source(..)));
        if !touched.is_empty() || adds_sources {
            index.renumber(records);
        }
        for id in touched {
            index.contests.update(records, &index.referrers, id);
        }
    }
}

/// Checks everything that the changes may have broken; expects an updated index.
fn check_changes(map: &Map, changes: &[RecordChange]) -> Result<(), MapError> {
    for change in changes {
        check_change(map, change)?;
    }
    if changes.iter().any(removes_shared) {
        check_all(map.records())?;
    }
    Ok(())
}

/// Whether a change removes a record for which no reverse index exists.
fn removes_shared(change: &RecordChange) -> bool {
    match change {
        RecordChange::ActorKind(_, swap) => swap.is.is_none(),
        RecordChange::TieKind(_, swap) => swap.is.is_none(),
        RecordChange::Import(_, swap) => swap.is.is_none(),
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
                || !map.sources_by(*id).is_empty()
                || map.distinct_of(*id).next().is_some();
            refuse_if(is_used, swap.was.as_ref().map(|actor| &actor.key))
        }
        RecordChange::Source(id, swap) => {
            if records.sources.has(*id) {
                check_key(map, Item::Source(*id))?;
                return check_references(records, &map.source(*id).key, map.source(*id));
            }
            let is_used = !map.claims_of(*id).is_empty()
                || !map.copies_of(*id).is_empty()
                || map.imports_of(*id).next().is_some();
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
        RecordChange::Import(id, _) => match records.imports.get(*id) {
            Some(import) if map.find(&import.key).is_some() || has_twin(records, *id, &import.key) => {
                Err(MapError::TakenKey { key: Key::clone(&import.key) })
            }
            Some(import) => check_references(records, &import.key, import),
            None => Ok(()),
        },
        RecordChange::Distinct { pair, is, .. } => {
            if *is {
                check_pair(records, *pair)
            } else {
                Ok(())
            }
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

/// Whether another import has this key.
fn has_twin(records: &Records, id: ImportId, key: &Key) -> bool {
    records.imports.iter().any(|(other, import)| other != id && import.key == *key)
}

fn refuse_if(is_used: bool, key: Option<&Key>) -> Result<(), MapError> {
    match key {
        Some(key) if is_used => Err(MapError::InUse { key: Key::clone(key) }),
        _ => Ok(()),
    }
}

/// Checks that the index leads from the key of a record back to it, and not to another record with the same key.
fn check_key(map: &Map, item: Item) -> Result<(), MapError> {
    let key = map.key(item);
    if map.find(key) == Some(item) { Ok(()) } else { Err(MapError::TakenKey { key: Key::clone(key) }) }
}

/// Follows `part_of` upwards from an actor; more steps than actors prove a cycle.
fn check_wholes(map: &Map, id: ActorId) -> Result<(), MapError> {
    let mut at = map.actor(id).part_of;
    for _ in 0..map.actors().len() {
        let Some(whole) = at else { return Ok(()) };
        at = map.actor(whole).part_of;
    }
    Err(MapError::Cycle { key: Key::clone(&map.actor(id).key), field: "partOf" })
}

/// Follows a relation from a claim transitively and rejects a cycle.
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
