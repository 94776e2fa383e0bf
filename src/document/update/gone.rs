//! Rows that are gone: those that the user deleted, which are not brought back, and records whose rows are gone, which stay
//! if the user has worked on them.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::document::Document;
use crate::document::provenance::{identity, is_keyed, row_of};
use crate::model::{ActorId, Check, ClaimId, ImportId, Item, Records};

use super::candidates::folded;
use super::compare::beyond_row;
use super::matching::Aligned;
use super::words::field_words;

/// The rows that were deleted by hand.
pub(super) struct DeletedRows {
    /// By import, as they are noted there, with the number of rows that are not found yet.
    noted: HashMap<(ImportId, String), usize>,
    /// Actors that were deleted, whatever table mentions them.
    actors: HashSet<String>,
}

impl DeletedRows {
    pub(super) fn new(aligned: &Aligned<'_>) -> Self {
        let mut deleted = Self { noted: HashMap::new(), actors: HashSet::new() };
        for import in aligned.fresh.imports().ids().filter_map(|import| aligned.group(import).last()) {
            for row in aligned.deleted_rows(*import) {
                *deleted.noted.entry((*import, aligned.names_now.renamed(row))).or_default() += 1;
                if row.starts_with("actor ") {
                    deleted.actors.insert(folded(row));
                }
            }
        }
        deleted
    }

    /// Whether a new record is one that was deleted; each deletion matches once, unless the row has a key.
    pub(super) fn take(&mut self, aligned: &Aligned<'_>, item: Item) -> bool {
        let theirs = &aligned.theirs;
        let Some(row) = row_of(theirs, item) else { return false };
        let is_keyed = is_keyed(theirs, item, &aligned.actor_tables);
        let words = folded(&identity(theirs, item));
        if !is_keyed && matches!(item, Item::Actor(_)) {
            let key = aligned.fresh_of.get(&item).and_then(|fresh| aligned.fresh.records().key(*fresh));
            return self.actors.contains(&words)
                || key.is_some_and(|key| self.actors.contains(&folded(&format!("actor {key}"))));
        }
        // Other programs may note the number of a row.
        let keys = row.keys.iter().map(|key| folded(key));
        if keys.into_iter().any(|key| self.noted.contains_key(&(row.import, key))) {
            return true;
        }
        match self.noted.get_mut(&(row.import, words)).filter(|left| **left > 0 && !is_keyed) {
            Some(left) => *left -= 1,
            None => return false,
        }
        true
    }
}

/// What leaves the map if the user doesn't say otherwise.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// The records whose rows are gone.
    pub(super) items: HashSet<Item>,
    /// Actors with ties that lead to others now.
    pub(super) ends: HashSet<(ActorId, Item)>,
}

/// Why a record stays that others name.
const REFERRED: &str = "other records refer to it";

/// Returns why a record stays although its row is gone.
pub(super) fn reasons_to_stay(document: &Document, item: Item, leaving: &Leaving) -> Vec<String> {
    let map = &document.map;
    let records = map.records();
    let mut reasons = Vec::new();
    let beyond = beyond_row(records, item);
    if beyond.contains_key("evidence") {
        reasons.push("has evidence of your own".to_owned());
    }
    let corrected: Vec<String> =
        beyond.keys().filter(|field| *field != "evidence").map(|field| field_words(field)).collect();
    if !corrected.is_empty() {
        reasons.push(format!("corrected by hand: {}", crate::wording::joined_and(&corrected)));
    }
    if !checks_of(records, item).is_empty() {
        reasons.push("was checked".to_owned());
    }
    let is_told = || {
        document
            .steps()
            .iter()
            .any(|step| step.focus.contains(&item) || step.show.as_ref().is_some_and(|show| show.contains(&item)))
    };
    if is_told() {
        reasons.push("is in a step of the story".to_owned());
    }
    let is_named =
        |claim: ClaimId| map.named_by(claim).iter().any(|(namer, _)| !leaving.items.contains(&Item::from(*namer)));
    match item {
        Item::Actor(actor) => reasons.extend(ties_to_stay(document, actor, leaving)),
        Item::Tie(id) if is_named(ClaimId::Tie(id)) => reasons.push(REFERRED.to_owned()),
        Item::Fact(id) if is_named(ClaimId::Fact(id)) => reasons.push(REFERRED.to_owned()),
        Item::Tie(_) | Item::Fact(_) | Item::Source(_) => {}
    }
    reasons
}

fn ties_to_stay(document: &Document, actor: ActorId, leaving: &Leaving) -> Vec<String> {
    let stays = |tie: Item| !leaving.items.contains(&tie) && !leaving.ends.contains(&(actor, tie));
    let map = &document.map;
    let mut reasons = Vec::new();
    if map.ties_of(actor).iter().any(|tie| stays(Item::Tie(*tie))) {
        reasons.push("has ties that stay".to_owned());
    }
    if map.facts_of(actor).iter().any(|fact| stays(Item::Fact(*fact))) {
        reasons.push("has facts of your own".to_owned());
    }
    if map.parts_of(actor).iter().any(|part| !leaving.items.contains(&Item::Actor(*part)))
        || !map.sources_by(actor).is_empty()
    {
        reasons.push(REFERRED.to_owned());
    }
    reasons
}

fn checks_of(records: &Records, item: Item) -> &[Check] {
    let metadata = match item {
        Item::Actor(id) => records.actors.get(id).map(|actor| &actor.metadata),
        Item::Tie(id) => records.ties.get(id).map(|tie| &tie.claim.metadata),
        Item::Fact(id) => records.facts.get(id).map(|fact| &fact.claim.metadata),
        Item::Source(_) => None,
    };
    metadata.map_or(&[], |metadata| metadata.checks.as_slice())
}

/// Returns which of these actors nothing refers to once these ties and facts are removed.
pub(super) fn free_actors(document: &Document, actors: &BTreeSet<ActorId>, claims: &BTreeSet<Item>) -> Vec<ActorId> {
    let map = &document.map;
    let mut free = actors.clone();
    loop {
        let is_free = |actor: &ActorId| {
            map.ties_of(*actor).iter().all(|tie| claims.contains(&Item::Tie(*tie)))
                && map.facts_of(*actor).iter().all(|fact| claims.contains(&Item::Fact(*fact)))
                && map.sources_by(*actor).is_empty()
                && map.parts_of(*actor).iter().all(|part| free.contains(part))
        };
        let next: BTreeSet<ActorId> = free.iter().copied().filter(|actor| is_free(actor)).collect();
        if next == free {
            return free.into_iter().collect();
        }
        free = next;
    }
}
