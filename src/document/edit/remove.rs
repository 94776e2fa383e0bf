//! Removal of records and of all references to them.

use std::collections::BTreeSet;

use crate::document::{Document, EditError, Transaction};
use crate::model::{ActorId, ClaimId, Ends, Item, SourceId, TieId};
use crate::wording::counted;

use super::{Editing, claim_words};

/// Removes records and their dependents: an actor's facts and ties (from a tie that keeps at least two other parties,
/// only the party is removed), and a source's evidence. References to removed records are cleared.
///
/// # Errors
///
/// If one of the records doesn't exist.
pub fn remove(document: &Document, items: &[Item]) -> Result<Transaction, EditError> {
    remove_by(Editing::new(document), items)
}

/// Removes records whose rows are no longer in their table; errors as for [`remove`].
pub(in crate::document) fn remove_rows(document: &Document, items: &[Item]) -> Result<Transaction, EditError> {
    let mut editing = Editing::new(document);
    editing.follows_table = true;
    remove_by(editing, items)
}

fn remove_by(mut editing: Editing<'_>, items: &[Item]) -> Result<Transaction, EditError> {
    let document = editing.document;
    let map = &document.map;
    if items.iter().any(|item| !map.has(*item)) {
        return Err(EditError::Gone);
    }
    let actors: BTreeSet<ActorId> =
        items.iter().filter_map(|item| if let Item::Actor(id) = item { Some(*id) } else { None }).collect();
    let sources: BTreeSet<SourceId> =
        items.iter().filter_map(|item| if let Item::Source(id) = item { Some(*id) } else { None }).collect();
    let claims = gone_claims(&mut editing, items, &actors)?;
    let mut left: BTreeSet<Item> = items.iter().copied().collect();
    left.extend(claims.iter().map(|id| Item::from(*id)));
    leave_claims(&mut editing, &claims)?;
    leave_actors(&mut editing, &actors)?;
    leave_sources(&mut editing, &sources, &claims)?;
    editing.forget(&left);
    for item in &left {
        editing.take_out(*item);
    }
    Ok(editing.finish(label(document, items, &claims)))
}

/// Returns the claims to remove, and removes the actors from ties that remain.
fn gone_claims(
    editing: &mut Editing<'_>,
    items: &[Item],
    actors: &BTreeSet<ActorId>,
) -> Result<BTreeSet<ClaimId>, EditError> {
    let map = editing.map();
    let mut gone = BTreeSet::new();
    for item in items {
        match item {
            Item::Tie(id) => drop(gone.insert(ClaimId::Tie(*id))),
            Item::Fact(id) => drop(gone.insert(ClaimId::Fact(*id))),
            Item::Actor(id) => {
                gone.extend(map.facts_of(*id).iter().map(|fact| ClaimId::Fact(*fact)));
                for tie in map.ties_of(*id) {
                    let rest = map.tie(*tie).ends.actors().into_iter().filter(|actor| !actors.contains(actor)).count();
                    if matches!(map.tie(*tie).ends, Ends::Pair { .. }) || rest < 2 {
                        gone.insert(ClaimId::Tie(*tie));
                    }
                }
            }
            Item::Source(_) => {}
        }
    }
    let parted = actors.iter().flat_map(|actor| map.ties_of(*actor)).filter(|tie| !gone.contains(&ClaimId::Tie(**tie)));
    for tie in parted.copied().collect::<BTreeSet<TieId>>() {
        if let Ends::Parties(parties) = &mut editing.tie(tie)?.ends {
            parties.retain(|party| !actors.contains(&party.actor));
        }
    }
    Ok(gone)
}

/// Clears references to the removed claims.
fn leave_claims(editing: &mut Editing<'_>, gone: &BTreeSet<ClaimId>) -> Result<(), EditError> {
    let map = editing.map();
    let namers = gone.iter().flat_map(|id| map.named_by(*id)).map(|(namer, _)| *namer);
    for namer in namers.filter(|namer| !gone.contains(namer)).collect::<BTreeSet<ClaimId>>() {
        let claim = editing.claim(namer)?;
        claim.supersedes.retain(|other| !gone.contains(other));
        claim.contradicts.retain(|other| !gone.contains(other));
        claim.part_of = claim.part_of.filter(|whole| !gone.contains(whole));
    }
    Ok(())
}

fn leave_actors(editing: &mut Editing<'_>, gone: &BTreeSet<ActorId>) -> Result<(), EditError> {
    let map = editing.map();
    for actor in gone {
        for part in map.parts_of(*actor).iter().filter(|part| !gone.contains(part)) {
            editing.actor(*part)?.part_of = None;
        }
        for source in map.sources_by(*actor) {
            editing.source(*source)?.by.retain(|speaker| !gone.contains(speaker));
        }
        for pair in map.distinct_of(*actor) {
            editing.set_distinct(pair, false);
        }
    }
    Ok(())
}

fn leave_sources(
    editing: &mut Editing<'_>,
    gone: &BTreeSet<SourceId>,
    claims: &BTreeSet<ClaimId>,
) -> Result<(), EditError> {
    let map = editing.map();
    for source in gone {
        for copy in map.copies_of(*source).iter().filter(|copy| !gone.contains(copy)) {
            editing.source(*copy)?.same_as = None;
        }
        for import in map.imports_of(*source) {
            editing.import(import)?.source = None;
        }
        for claim in map.claims_of(*source).iter().filter(|claim| !claims.contains(claim)) {
            let claim = editing.claim(*claim)?;
            claim.evidence.retain(|piece| !gone.contains(&piece.source));
            for piece in &mut claim.evidence {
                piece.cited_in = piece.cited_in.take().filter(|cited| !gone.contains(&cited.source));
            }
            if let Some(retraction) = &mut claim.retraction {
                retraction.source = retraction.source.filter(|source| !gone.contains(source));
            }
        }
    }
    Ok(())
}

fn label(document: &Document, items: &[Item], claims: &BTreeSet<ClaimId>) -> String {
    let map = &document.map;
    let [item] = items else { return format!("Delete {}", counted(items.len(), "record", "records")) };
    match *item {
        Item::Actor(id) => match claims.len() {
            0 => format!("Delete {}", map.actor(id).name),
            count => format!("Delete {} and {}", map.actor(id).name, counted(count, "claim", "claims")),
        },
        Item::Source(id) => format!("Delete {}", map.source(id).title.as_deref().unwrap_or("a source")),
        Item::Tie(id) => format!("Delete a tie {}", claim_words(map, ClaimId::Tie(id))),
        Item::Fact(id) => format!("Delete a fact about {}", claim_words(map, ClaimId::Fact(id))),
    }
}
