//! Translates the records of another map to our ids, joined by the keys in the file.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::document::Look;
use crate::document::id_map::IdMap;
use crate::model::{
    ActorId, ClaimId, Import, ImportId, Item, Key, Map, NoteId, Pair, RecordChange, RecordSlot, Records, Reference,
    Refers, SlotId, Slots, Swap, Translate, View, ViewId, translate, translate_view,
};

use super::{Conflict, Disagreement, Results};

/// Another map, translated to our ids.
pub(super) struct Adopted {
    pub(super) records: Records,
    /// The look of its first view.
    pub(super) look: Look,
    pub(super) conflicts: Vec<Conflict>,
}

/// Maps each id of the other map to ours.
#[derive(Default)]
struct Join {
    ids: IdMap,
    views: HashMap<ViewId, ViewId>,
    /// New keys for records of the file whose key was given to another record by ours.
    renamed: HashMap<Item, Key>,
}

/// Maps each record to ours with the same key, or to a new slot.
fn join<I: SlotId + std::hash::Hash, T>(
    theirs: &Slots<I, T>,
    ours: &Slots<I, T>,
    find: impl Fn(I, &T) -> Option<I>,
) -> HashMap<I, I> {
    let mut next = ours.bound();
    let mut new = || {
        next += 1;
        I::from_index(next - 1)
    };
    theirs.iter().map(|(id, record)| (id, find(id, record).unwrap_or_else(&mut new))).collect()
}

/// Translates the records of `theirs` to the ids of `ours`, which was derived from `base`.
pub(super) fn adopt(base: &Map, ours: &Map, theirs: &Map) -> Adopted {
    // A record removed by ours keeps its slot, so that changes of the file to it are detected.
    let find = |key: &Key| base.find(key).or_else(|| ours.find(key));
    let ids = IdMap {
        actor_kinds: join(theirs.actor_kinds(), ours.actor_kinds(), |_, kind| {
            base.find_actor_kind(&kind.key).or_else(|| ours.find_actor_kind(&kind.key))
        }),
        tie_kinds: join(theirs.tie_kinds(), ours.tie_kinds(), |_, kind| {
            base.find_tie_kind(&kind.key).or_else(|| ours.find_tie_kind(&kind.key))
        }),
        actors: join(theirs.actors(), ours.actors(), |_, actor| match find(&actor.key) {
            Some(Item::Actor(id)) => Some(id),
            _ => None,
        }),
        sources: join(theirs.sources(), ours.sources(), |_, source| match find(&source.key) {
            Some(Item::Source(id)) => Some(id),
            _ => None,
        }),
        ties: join(theirs.ties(), ours.ties(), |_, tie| match find(&tie.claim.key) {
            Some(Item::Tie(id)) => Some(id),
            _ => None,
        }),
        facts: join(theirs.facts(), ours.facts(), |_, fact| match find(&fact.claim.key) {
            Some(Item::Fact(id)) => Some(id),
            _ => None,
        }),
        imports: join(theirs.imports(), ours.imports(), |_, import| {
            let has_key = |(_, other): &(ImportId, &Import)| other.key == import.key;
            base.imports().iter().find(has_key).or_else(|| ours.imports().iter().find(has_key)).map(|(id, _)| id)
        }),
    };
    let views = join(theirs.views(), ours.views(), |_, view| {
        let has_key = |(_, other): &(ViewId, &View)| other.key == view.key;
        base.views().iter().find(has_key).or_else(|| ours.views().iter().find(has_key)).map(|(id, _)| id)
    });
    let mut to = Join { ids, views, renamed: HashMap::new() };
    let conflicts = rename_taken(base, ours, theirs, &mut to);
    let records = records_by(&to, theirs.records());
    let look = records.views.values().next().map_or_else(Look::default, Look::of_view);
    Adopted { records, look, conflicts }
}

/// Gives the notes of the file's look the ids of ours, matched by key. The file doesn't say what was set aside, so that
/// stays as it was.
pub(super) fn with_notes_by_key(mut look: Look, base: &Look, ours: &Look) -> Look {
    let ids: HashMap<&Key, NoteId> =
        ours.notes.iter().chain(base.notes.iter()).map(|(id, note)| (&note.key, *id)).collect();
    let last = [base, ours].into_iter().filter_map(|look| look.notes.get_max()).map(|(id, _)| id.0 + 1).max();
    let mut next = last.unwrap_or(0);
    let mut id_of = |key: &Key| {
        ids.get(key).copied().unwrap_or_else(|| {
            next += 1;
            NoteId(next - 1)
        })
    };
    look.set_aside = base.set_aside.clone();
    look.notes = look.notes.values().map(|note| (id_of(&note.key), note.clone())).collect();
    look
}

/// Assigns new keys to records of the file whose key was given to another record by ours.
fn rename_taken(base: &Map, ours: &Map, theirs: &Map, to: &mut Join) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for (item, key) in theirs.records().items() {
        let Some(taken) = ours.find(key).filter(|_| base.find(key).is_none()) else { continue };
        let joined = to.ids.item(item);
        if joined == Some(taken) {
            continue;
        }
        let is_free = |new: &Key| ours.find(new).is_none() && theirs.find(new).is_none();
        let new = (2..u32::MAX).map(|number| Key::from(format!("{key}-{number}"))).find(is_free).unwrap_or_default();
        let slot = RecordSlot::Item(joined.unwrap_or(item));
        conflicts.push(Conflict { slot, key: Key::clone(key), about: Disagreement::Key });
        to.renamed.insert(item, new);
    }
    conflicts
}

fn records_by(to: &Join, theirs: &Records) -> Records {
    let mut records = Records { meta: Arc::clone(&theirs.meta), ..Records::default() };
    for (id, kind) in theirs.actor_kinds.iter() {
        records.actor_kinds.set(to.ids.actor_kinds[&id], Some(Arc::new(kind.clone())));
    }
    for (id, kind) in theirs.tie_kinds.iter() {
        records.tie_kinds.set(to.ids.tie_kinds[&id], Some(Arc::new(kind.clone())));
    }
    for (id, actor) in theirs.actors.iter() {
        let mut actor = translated(actor, to);
        rename(&mut actor.key, Item::Actor(id), to);
        records.actors.set(to.ids.actors[&id], Some(Arc::new(actor)));
    }
    for (id, source) in theirs.sources.iter() {
        let mut source = translated(source, to);
        rename(&mut source.key, Item::Source(id), to);
        records.sources.set(to.ids.sources[&id], Some(Arc::new(source)));
    }
    for (id, tie) in theirs.ties.iter() {
        let mut tie = translated(tie, to);
        rename(&mut tie.claim.key, Item::Tie(id), to);
        records.ties.set(to.ids.ties[&id], Some(Arc::new(tie)));
    }
    for (id, fact) in theirs.facts.iter() {
        let mut fact = translated(fact, to);
        rename(&mut fact.claim.key, Item::Fact(id), to);
        records.facts.set(to.ids.facts[&id], Some(Arc::new(fact)));
    }
    for (id, view) in theirs.views.iter() {
        records.views.set(to.views[&id], Some(Arc::new(translate_view(view, &to.ids))));
    }
    for (id, import) in theirs.imports.iter() {
        records.imports.set(to.ids.imports[&id], Some(Arc::new(translated(import, to))));
    }
    let pair = |pair: &Pair| {
        let [one, other] = pair.actors().map(|actor| to.ids.actor(actor));
        Some(Pair::new(one?, other?))
    };
    records.distinct = theirs.distinct.iter().filter_map(pair).collect();
    records
}

/// Translates the ids inside a record. All of them are in the map, so the translation can't fail.
fn translated<T: Refers + Clone>(record: &T, to: &Join) -> T {
    let mut record = record.clone();
    let _ = translate(&mut record, &to.ids);
    record
}

fn rename(key: &mut Key, item: Item, to: &Join) {
    if let Some(new) = to.renamed.get(&item) {
        *key = Key::clone(new);
    }
}

/// Restores records that one side removed and the other side refers to, including the records that they refer to.
pub(super) fn restore_needed(ours: &Map, theirs: &Records, results: &mut Results, conflicts: &mut Vec<Conflict>) {
    loop {
        let missing = missing(ours, results);
        if missing.is_empty() {
            return;
        }
        for (slot, key) in missing {
            let here = ours.records();
            let about = if results.remove(&slot).is_some() {
                // It is in ours; the file removed it.
                Disagreement::RemovedThere
            } else {
                let Some(change) = from_theirs(slot, here, theirs) else { return };
                results.insert(slot, change);
                Disagreement::RemovedHere
            };
            conflicts.push(Conflict { slot, key, about });
        }
    }
}

/// Drops pairs of distinct actors if one of the two is gone.
pub(super) fn drop_lost_judgments(ours: &Map, results: &mut Results) {
    let is_gone = |results: &Results, actor: ActorId| match results.get(&RecordSlot::Item(Item::Actor(actor))) {
        Some(change) => !change.has_after(),
        None => !ours.actors().has(actor),
    };
    let new = results.keys().filter_map(|slot| if let RecordSlot::Distinct(pair) = slot { Some(*pair) } else { None });
    let pairs: Vec<Pair> = new.chain(ours.records().distinct.iter().copied()).collect();
    for pair in pairs {
        if pair.actors().into_iter().any(|actor| is_gone(results, actor)) {
            let was = ours.records().distinct.contains(&pair);
            results.remove(&RecordSlot::Distinct(pair));
            if was {
                results.insert(RecordSlot::Distinct(pair), RecordChange::Distinct { pair, was, is: false });
            }
        }
    }
}

/// Returns a change that adds a record of the file to a slot that is empty in ours.
fn from_theirs(slot: RecordSlot, ours: &Records, theirs: &Records) -> Option<RecordChange> {
    fn swap<I: SlotId, T>(ours: &Slots<I, T>, theirs: &Slots<I, T>, id: I) -> Option<Swap<T>> {
        let is = theirs.shared(id)?;
        (!ours.has(id)).then(|| Swap { was: None, is: Some(Arc::clone(is)) })
    }
    Some(match slot {
        RecordSlot::Item(Item::Actor(id)) => RecordChange::Actor(id, swap(&ours.actors, &theirs.actors, id)?),
        RecordSlot::Item(Item::Source(id)) => RecordChange::Source(id, swap(&ours.sources, &theirs.sources, id)?),
        RecordSlot::Item(Item::Tie(id)) => RecordChange::Tie(id, swap(&ours.ties, &theirs.ties, id)?),
        RecordSlot::Item(Item::Fact(id)) => RecordChange::Fact(id, swap(&ours.facts, &theirs.facts, id)?),
        RecordSlot::ActorKind(id) => RecordChange::ActorKind(id, swap(&ours.actor_kinds, &theirs.actor_kinds, id)?),
        RecordSlot::TieKind(id) => RecordChange::TieKind(id, swap(&ours.tie_kinds, &theirs.tie_kinds, id)?),
        RecordSlot::Import(id) => RecordChange::Import(id, swap(&ours.imports, &theirs.imports, id)?),
        RecordSlot::Meta | RecordSlot::View(_) | RecordSlot::Distinct(_) => return None,
    })
}

/// Returns the slots that would be empty although a record refers to them, with their keys.
fn missing(ours: &Map, results: &Results) -> BTreeMap<RecordSlot, Key> {
    let mut missing = BTreeMap::new();
    let is_there = |slot: RecordSlot| match results.get(&slot) {
        Some(change) => change.has_after(),
        None => ours.records().has_slot(slot),
    };
    let mut check = |record: &dyn Refers| {
        record.references(&mut |_, reference| {
            let slot = match reference {
                Reference::Actor(id) => RecordSlot::Item(Item::Actor(*id)),
                Reference::ActorKind(id) => RecordSlot::ActorKind(*id),
                Reference::TieKind(id) => RecordSlot::TieKind(*id),
                Reference::Source(id) => RecordSlot::Item(Item::Source(*id)),
                Reference::Claim(id) => RecordSlot::Item((*id).into()),
                Reference::Import(id) => RecordSlot::Import(*id),
            };
            if !is_there(slot) {
                missing.insert(slot, Key::default());
            }
        });
    };
    for change in results.values() {
        match change {
            RecordChange::Actor(_, Swap { is: Some(record), .. }) => check(&**record),
            RecordChange::Source(_, Swap { is: Some(record), .. }) => check(&**record),
            RecordChange::Tie(_, Swap { is: Some(record), .. }) => check(&**record),
            RecordChange::Fact(_, Swap { is: Some(record), .. }) => check(&**record),
            RecordChange::Import(_, Swap { is: Some(record), .. }) => check(&**record),
            _ => {}
        }
    }
    // Records that the file removed may be referred to by records of ours.
    let removed: Vec<RecordSlot> =
        results.iter().filter(|(_, change)| !change.has_after()).map(|(slot, _)| *slot).collect();
    for slot in removed {
        let is_needed = referrers(ours, slot).into_iter().any(|referrer| !results.contains_key(&referrer));
        if is_needed {
            missing.insert(slot, Key::default());
        }
    }
    for (slot, key) in &mut missing {
        if let RecordSlot::Item(item) = slot
            && ours.has(*item)
        {
            *key = Key::clone(ours.key(*item));
        }
    }
    missing
}

/// Returns the records of ours that refer to a slot.
fn referrers(ours: &Map, slot: RecordSlot) -> Vec<RecordSlot> {
    let named_by = |id| ours.named_by(id).iter().map(|(id, _)| Item::from(*id)).map(RecordSlot::Item).collect();
    match slot {
        RecordSlot::Item(Item::Actor(id)) => {
            let ties = ours.ties_of(id).iter().map(|id| Item::Tie(*id));
            let facts = ours.facts_of(id).iter().map(|id| Item::Fact(*id));
            let parts = ours.parts_of(id).iter().map(|id| Item::Actor(*id));
            let items = ties.chain(facts).chain(parts).chain(ours.sources_by(id).iter().map(|id| Item::Source(*id)));
            items.map(RecordSlot::Item).collect()
        }
        RecordSlot::Item(Item::Source(id)) => {
            let claims = ours.claims_of(id).iter().map(|id| Item::from(*id));
            let items = claims.chain(ours.copies_of(id).iter().map(|id| Item::Source(*id))).map(RecordSlot::Item);
            items.chain(ours.imports_of(id).map(RecordSlot::Import)).collect()
        }
        RecordSlot::Item(Item::Tie(id)) => named_by(ClaimId::Tie(id)),
        RecordSlot::Item(Item::Fact(id)) => named_by(ClaimId::Fact(id)),
        RecordSlot::ActorKind(kind) => {
            let actors = ours.actors().iter().filter(|(_, actor)| actor.kind == Some(kind));
            actors.map(|(id, _)| RecordSlot::Item(Item::Actor(id))).collect()
        }
        RecordSlot::TieKind(kind) => {
            let ties = ours.ties().iter().filter(|(_, tie)| tie.kind == kind);
            ties.map(|(id, _)| RecordSlot::Item(Item::Tie(id))).collect()
        }
        RecordSlot::Import(id) => ours.records().made_from(id).map(RecordSlot::Item).collect(),
        RecordSlot::Meta | RecordSlot::View(_) | RecordSlot::Distinct(_) => Vec::new(),
    }
}
