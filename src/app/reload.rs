//! Reading a file again while its map is open: claims from the file, unsaved places kept, joined by id.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::{Filter, Look};
use crate::model::{ActorId, ActorKindId, Item, Key, Map, Note, NoteId, Pair, Placed, TieId, TieKindId};

use super::selection::Selection;
use super::session::Session;

/// The session after its file was read again, and how many unsaved things were kept.
pub(crate) fn reloaded(old: &Session, mut fresh: Session) -> (Session, usize) {
    let map = Arc::clone(&fresh.document.map);
    let join = Join { from: &old.document.map, to: &map };
    let (look, saved) = (&*old.document.look, old.saved_look());
    let mut merged = Look::clone(&fresh.document.look);
    let mut kept = 0;
    kept += keep(&mut merged.positions, &look.positions, &saved.positions, |place| join.place(place));
    kept += keep(&mut merged.labels, &look.labels, &saved.labels, |tie| join.tie(tie));
    kept += keep(&mut merged.pairs, &look.pairs, &saved.pairs, |pair| join.pair(pair));
    kept += keep(&mut merged.bends, &look.bends, &saved.bends, |tie| join.tie(tie));
    kept += keep_members(&mut merged.pinned, &look.pinned, &saved.pinned, |actor| join.actor(actor));
    kept += keep_members(&mut merged.hidden, &look.hidden, &saved.hidden, |actor| join.actor(actor));
    let notes = changed_notes(look, saved);
    kept += notes.len();
    put_notes(&mut merged, notes);
    if look.label_mode != saved.label_mode {
        merged.label_mode = look.label_mode;
        kept += 1;
    }
    if (look.arrangement, look.seed) != (saved.arrangement, saved.seed) {
        (merged.arrangement, merged.seed) = (look.arrangement, look.seed);
        kept += 1;
    }
    if look.filter != saved.filter {
        merged.filter = join.filter(&look.filter);
        kept += 1;
    }
    // What was settled, not saved, stays too, so that the picture does not jump.
    let mut on_disk = Look::clone(&fresh.document.look);
    for (&place, &pos) in &look.positions {
        if let Some(place) = join.place(place) {
            merged.positions.entry(place).or_insert(pos);
            on_disk.positions.entry(place).or_insert(pos);
        }
    }
    fresh.document.look = Arc::new(merged);
    fresh.document.revision = old.document.revision + 1;
    fresh.set_saved_look(on_disk);
    fresh.agree_as(old);
    (fresh, kept)
}

/// What was done to notes since saving, by their ids in the file: new and changed ones, and those that are gone.
fn changed_notes(look: &Look, saved: &Look) -> Vec<(Key, Option<Note>)> {
    let find = |look: &Look, key: &Key| look.notes.values().find(|note| note.key == *key).cloned();
    let changed = look.notes.values().filter(|note| find(saved, &note.key).as_ref() != Some(note));
    let gone = saved.notes.values().filter(|note| find(look, &note.key).is_none());
    let changed = changed.map(|note| (Key::clone(&note.key), Some(note.clone())));
    changed.chain(gone.map(|note| (Key::clone(&note.key), None))).collect()
}

fn put_notes(look: &mut Look, changes: Vec<(Key, Option<Note>)>) {
    for (key, note) in changes {
        let place = look.notes.iter().find(|(_, note)| note.key == key).map(|(&id, _)| id);
        let next = NoteId(look.notes.last_key_value().map_or(0, |(last, _)| last.0.saturating_add(1)));
        match note {
            Some(note) => drop(look.notes.insert(place.unwrap_or(next), note)),
            None => drop(place.and_then(|place| look.notes.remove(&place))),
        }
    }
}

/// Carries over what differs from the saved look; how much that was.
fn keep<K: Ord + Copy, V: Copy + PartialEq>(
    merged: &mut BTreeMap<K, V>,
    look: &BTreeMap<K, V>,
    saved: &BTreeMap<K, V>,
    join: impl Fn(K) -> Option<K>,
) -> usize {
    let mut kept = 0;
    for (&key, &value) in look {
        if saved.get(&key) != Some(&value)
            && let Some(key) = join(key)
        {
            merged.insert(key, value);
            kept += 1;
        }
    }
    for key in saved.keys().filter(|key| !look.contains_key(key)) {
        if let Some(key) = join(*key) {
            merged.remove(&key);
        }
    }
    kept
}

fn keep_members<K: Ord + Copy>(
    merged: &mut BTreeSet<K>,
    look: &BTreeSet<K>,
    saved: &BTreeSet<K>,
    join: impl Fn(K) -> Option<K>,
) -> usize {
    let mut kept = 0;
    for key in look.symmetric_difference(saved) {
        let Some(joined) = join(*key) else { continue };
        if look.contains(key) {
            merged.insert(joined);
        } else {
            merged.remove(&joined);
        }
        kept += 1;
    }
    kept
}

/// Finds in the new map what had the same id in the old one.
struct Join<'a> {
    from: &'a Map,
    to: &'a Map,
}

impl Join<'_> {
    fn actor(&self, actor: ActorId) -> Option<ActorId> {
        match self.to.find(&self.from.actor(actor).key)? {
            Item::Actor(actor) => Some(actor),
            _ => None,
        }
    }

    fn tie(&self, tie: TieId) -> Option<TieId> {
        match self.to.find(&self.from.tie(tie).claim.key)? {
            Item::Tie(tie) => Some(tie),
            _ => None,
        }
    }

    fn pair(&self, pair: Pair) -> Option<Pair> {
        let [one, other] = pair.actors().map(|actor| self.actor(actor));
        Some(Pair::new(one?, other?))
    }

    fn place(&self, place: Placed) -> Option<Placed> {
        match place {
            Placed::Actor(actor) => self.actor(actor).map(Placed::Actor),
            Placed::Hub(tie) => self.tie(tie).map(Placed::Hub),
        }
    }

    fn filter(&self, filter: &Filter) -> Filter {
        let actor_kind = |kind: &Option<ActorKindId>| match kind {
            None => Some(None),
            Some(kind) => self.to.find_actor_kind(&self.from.actor_kinds()[*kind].key).map(Some),
        };
        let tie_kind = |kind: &TieKindId| self.to.find_tie_kind(&self.from.tie_kinds()[*kind].key);
        Filter {
            hidden_actor_kinds: filter.hidden_actor_kinds.iter().filter_map(actor_kind).collect(),
            hidden_tie_kinds: filter.hidden_tie_kinds.iter().filter_map(tie_kind).collect(),
            ..filter.clone()
        }
    }
}
/// The selection in the reloaded map, as far as its records are still there.
pub(crate) fn rejoined(selected: &Selection, old: &Session, fresh: &Session) -> Selection {
    let (from, to) = (&old.document.map, &fresh.document.map);
    let key = |item: Item| match item {
        Item::Actor(actor) => &from.actor(actor).key,
        Item::Tie(tie) => &from.tie(tie).claim.key,
        Item::Fact(fact) => &from.fact(fact).claim.key,
        Item::Source(source) => &from.source(source).key,
    };
    Selection::new(selected.items().filter_map(|item| to.find(key(item))))
}
