//! Merging records into one, and splitting an actor in two.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{Document, EditError, Transaction};
use crate::model::{
    Actor, ActorId, Claim, ClaimId, Evidence, FactId, ImportId, ImportRow, Item, Key, Metadata, Pair, Placed,
    RecordSlot, SourceId, TieId, Translate, translate, translate_story,
};
use crate::wording::counted;

use super::{Editing, new_key};

/// Merges actors into one: ties, facts, parts and sources of the others move to `keep`, their names become aliases,
/// their ids become former ids, and their values fill its missing fields. Ties among the merged actors become loops.
/// Checks of the other actors are dropped because they covered different text.
///
/// # Errors
///
/// If one of the actors doesn't exist.
pub fn merge_actors(document: &Document, keep: ActorId, others: &[ActorId]) -> Result<Transaction, EditError> {
    let others: BTreeSet<ActorId> = others.iter().copied().filter(|other| *other != keep).collect();
    let mut editing = Editing::new(document);
    let map = editing.map();
    let mut kept = map.actors().get(keep).ok_or(EditError::Gone)?.clone();
    for other in &others {
        take_over(&mut kept, map.actors().get(*other).ok_or(EditError::Gone)?);
    }
    kept.part_of = kept.part_of.filter(|whole| *whole != keep && !others.contains(whole));
    let to = Into { actors: others.clone(), keep, sources: BTreeSet::new(), source: SourceId(0) };
    for other in &others {
        for tie in map.ties_of(*other) {
            let _ = translate(editing.tie(*tie)?, &to);
        }
        for fact in map.facts_of(*other) {
            editing.fact(*fact)?.actor = keep;
        }
        for part in map.parts_of(*other).iter().filter(|part| **part != keep && !others.contains(part)) {
            editing.actor(*part)?.part_of = Some(keep);
        }
        for source in map.sources_by(*other) {
            let by = &mut editing.source(*source)?.by;
            let mut seen = BTreeSet::new();
            by.iter_mut().filter(|actor| others.contains(actor)).for_each(|actor| *actor = keep);
            by.retain(|actor| seen.insert(*actor));
        }
    }
    let place = editing.look.positions.get(&Placed::Actor(keep)).copied();
    let place =
        place.or_else(|| others.iter().find_map(|other| editing.look.positions.get(&Placed::Actor(*other)).copied()));
    editing.change_views(|view| {
        let view_of_kept = translate_story(view, &to);
        (view_of_kept != *view).then_some(view_of_kept)
    });
    for pair in others.iter().flat_map(|other| map.distinct_of(*other)) {
        editing.set_distinct(pair, false);
        let [one, other] = pair.actors().map(|actor| if others.contains(&actor) { keep } else { actor });
        if one != other {
            editing.set_distinct(Pair::new(one, other), true);
        }
    }
    let is_any_shown =
        editing.look.shown.as_ref().is_some_and(|shown| others.iter().any(|other| shown.contains(other)));
    editing.forget(&others.iter().map(|other| Item::Actor(*other)).collect());
    if let Some(place) = place {
        editing.look.positions.insert(Placed::Actor(keep), place);
    }
    if let Some(shown) = editing.look.shown.as_mut().filter(|_| is_any_shown) {
        shown.insert(keep);
    }
    let names: Vec<&str> = others.iter().map(|other| map.actor(*other).name.as_str()).collect();
    let label = format!("Merge {} into {}", names.join(", "), kept.name);
    *editing.actor(keep)? = kept;
    for other in &others {
        editing.merged.insert(Item::Actor(*other));
        editing.take_out(Item::Actor(*other));
    }
    Ok(editing.finish(label))
}

/// Records that two actors are not the same, so that they are not proposed for merging.
#[must_use]
pub fn mark_distinct(document: &Document, pair: Pair) -> Transaction {
    let mut editing = Editing::new(document);
    editing.set_distinct(pair, true);
    let name = |actor: ActorId| document.map.actors().get(actor).map_or("an actor", |actor| actor.name.as_str());
    let [one, other] = pair.actors().map(name);
    editing.finish(format!("Keep {one} and {other} apart"))
}

/// Fills missing fields of an actor from another one, whose names become aliases.
fn take_over(kept: &mut Actor, other: &Actor) {
    for name in std::iter::once(&other.name).chain(&other.aliases) {
        if *name != kept.name && !kept.aliases.contains(name) {
            kept.aliases.push(name.clone());
        }
    }
    for identifier in &other.identifiers {
        if !kept.identifiers.iter().any(|(register, _)| *register == identifier.0) {
            kept.identifiers.push(identifier.clone());
        }
    }
    kept.kind = kept.kind.or(other.kind);
    kept.summary = kept.summary.take().or_else(|| other.summary.clone());
    kept.part_of = kept.part_of.or(other.part_of);
    kept.url = kept.url.take().or_else(|| other.url.clone());
    kept.start = kept.start.take().or_else(|| other.start.clone());
    kept.end = kept.end.take().or_else(|| other.end.clone());
    for key in std::iter::once(&other.key).chain(&other.former_ids) {
        if *key != kept.key && !kept.former_ids.contains(key) {
            kept.former_ids.push(Key::clone(key));
        }
    }
    if other.metadata == Metadata::default() {
        return;
    }
    let metadata = &mut *kept.metadata;
    for tag in &other.metadata.tags {
        if !metadata.tags.contains(tag) {
            metadata.tags.push(tag.clone());
        }
    }
    metadata.weight = metadata.weight.or(other.metadata.weight);
    metadata.row = joined_row(metadata.row.take(), other.metadata.row.as_ref());
    metadata.own.fill_from(&other.metadata.own);
}

/// Joins the import rows of two merged records if both come from the same table; otherwise keeps the first.
fn joined_row(kept: Option<ImportRow>, other: Option<&ImportRow>) -> Option<ImportRow> {
    let (Some(mut row), Some(other)) = (kept.clone(), other) else { return kept.or(other.cloned()) };
    if row.import == other.import {
        let new: Vec<String> = other.keys.iter().filter(|key| !row.keys.contains(key)).cloned().collect();
        row.keys.extend(new);
    }
    Some(row)
}

/// Merges sources into one: evidence of the others is moved to `keep`, and their values fill its missing fields.
///
/// # Errors
///
/// If one of the sources doesn't exist.
pub fn merge_sources(document: &Document, keep: SourceId, others: &[SourceId]) -> Result<Transaction, EditError> {
    let others: BTreeSet<SourceId> = others.iter().copied().filter(|other| *other != keep).collect();
    let mut editing = Editing::new(document);
    let map = editing.map();
    let mut kept = map.sources().get(keep).ok_or(EditError::Gone)?.clone();
    for other in &others {
        let other = map.sources().get(*other).ok_or(EditError::Gone)?.clone();
        kept.kind = kept.kind.or(other.kind);
        kept.title = kept.title.or(other.title);
        kept.publisher = kept.publisher.or(other.publisher);
        kept.authors = if kept.authors.is_empty() { other.authors } else { kept.authors };
        kept.published = kept.published.or(other.published);
        kept.url = kept.url.or(other.url);
        kept.accessed = kept.accessed.or(other.accessed);
        kept.archive_url = kept.archive_url.or(other.archive_url);
        kept.language = kept.language.or(other.language);
        kept.note = kept.note.or(other.note);
        kept.same_as = kept.same_as.or(other.same_as);
        kept.csl = kept.csl.or(other.csl);
        kept.row = joined_row(kept.row.map(|row| *row), other.row.as_deref()).map(Box::new);
        kept.own.fill_from(&other.own);
        let new: Vec<ActorId> = other.by.into_iter().filter(|actor| !kept.by.contains(actor)).collect();
        kept.by.extend(new);
    }
    kept.same_as = kept.same_as.filter(|same| *same != keep && !others.contains(same));
    let to = Into { actors: BTreeSet::new(), keep: ActorId(0), sources: others.clone(), source: keep };
    editing.change_views(|view| {
        let view_of_kept = translate_story(view, &to);
        (view_of_kept != *view).then_some(view_of_kept)
    });
    for other in &others {
        for claim in map.claims_of(*other) {
            let claim = editing.claim(*claim)?;
            translate_claim(claim, &to);
        }
        for import in map.imports_of(*other) {
            editing.import(import)?.source = Some(keep);
        }
        for copy in map.copies_of(*other).iter().filter(|copy| **copy != keep && !others.contains(copy)) {
            editing.source(*copy)?.same_as = Some(keep);
        }
    }
    let label =
        format!("Merge {} into {}", counted(others.len(), "source", "sources"), kept.title.as_deref().unwrap_or("one"));
    *editing.source(keep)? = kept;
    for other in &others {
        editing.merged.insert(Item::Source(*other));
        editing.take_out(Item::Source(*other));
    }
    Ok(editing.finish(label))
}

/// Replaces the sources of a claim and removes evidence that is a duplicate afterwards.
fn translate_claim(claim: &mut Claim, to: &Into) {
    let replaced = |id: SourceId| if to.sources.contains(&id) { to.source } else { id };
    for piece in &mut claim.evidence {
        piece.source = replaced(piece.source);
        if let Some(cited) = &mut piece.cited_in {
            cited.source = replaced(cited.source);
        }
    }
    let mut seen: Vec<Evidence> = Vec::new();
    claim.evidence.retain(|piece| {
        let is_new = !seen.contains(piece);
        seen.push(piece.clone());
        is_new
    });
    if let Some(retraction) = &mut claim.retraction {
        retraction.source = retraction.source.map(replaced);
    }
}

/// Moves some ties and facts of an actor to a new actor, for two actors that were recorded as one.
///
/// # Errors
///
/// If the actor doesn't exist, or a claim isn't about it.
pub fn split_off(
    document: &Document,
    from: ActorId,
    name: &str,
    claims: &[ClaimId],
) -> Result<(ActorId, Transaction), EditError> {
    let mut editing = Editing::new(document);
    let map = editing.map();
    let actor = map.actors().get(from).ok_or(EditError::Gone)?;
    let id = map.actors().next_id();
    let new = Actor { key: new_key(map, name), name: name.to_owned(), kind: actor.kind, ..Actor::default() };
    editing.records.actors.set(id, Some(Arc::new(new)));
    editing.touched.insert(RecordSlot::Item(Item::Actor(id)));
    let to = Into { actors: [from].into(), keep: id, sources: BTreeSet::new(), source: SourceId(0) };
    for claim in claims {
        match *claim {
            ClaimId::Tie(tie) => {
                if !map.ties_of(from).contains(&tie) {
                    return Err(EditError::Gone);
                }
                let _ = translate(editing.tie(tie)?, &to);
            }
            ClaimId::Fact(fact) => {
                if !map.facts_of(from).contains(&fact) {
                    return Err(EditError::Gone);
                }
                editing.fact(fact)?.actor = id;
            }
        }
    }
    let label = format!("Split {name} off from {}", actor.name);
    Ok((id, editing.finish(label)))
}

/// Maps some actors to one actor, and some sources to one source.
struct Into {
    actors: BTreeSet<ActorId>,
    keep: ActorId,
    sources: BTreeSet<SourceId>,
    source: SourceId,
}

impl Translate for Into {
    fn actor(&self, id: ActorId) -> Option<ActorId> {
        Some(if self.actors.contains(&id) { self.keep } else { id })
    }

    fn actor_kind(&self, id: crate::model::ActorKindId) -> Option<crate::model::ActorKindId> {
        Some(id)
    }

    fn tie_kind(&self, id: crate::model::TieKindId) -> Option<crate::model::TieKindId> {
        Some(id)
    }

    fn tie(&self, id: TieId) -> Option<TieId> {
        Some(id)
    }

    fn source(&self, id: SourceId) -> Option<SourceId> {
        Some(if self.sources.contains(&id) { self.source } else { id })
    }

    fn fact(&self, id: FactId) -> Option<FactId> {
        Some(id)
    }

    fn import(&self, id: ImportId) -> Option<ImportId> {
        Some(id)
    }
}
