//! Copies of records: made beside the originals, or in another map.

use std::collections::HashSet;

use emath::{Pos2, Vec2, vec2};

use crate::document::{Command, Document, EditError, Transaction};
use crate::load::same_source;
use crate::model::{
    Actor, ActorId, ActorKind, ActorKindId, Claim, ClaimId, Item, Key, Metadata, Placed, RecordChange, Reference,
    Refers, SlotId, Source, SourceId, Swap, TieKind, TieKindId, Translate, translate,
};
use crate::wording::counted;

use super::make::{kind_key, tie_slug};
use super::{Change, Edits, item_words, new_key};
use crate::document::id_map::IdMap;

/// How far aside a copy lies, in world units.
const ASIDE: Vec2 = vec2(24.0, 24.0);

/// Records that were copied, with the map that they were copied from.
#[derive(Clone, Debug)]
pub struct Fragment {
    document: Document,
    items: Vec<Item>,
}

/// Where copies of records are put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CopyPlace {
    /// Slightly offset from the originals.
    Aside,
    /// Around this point, in another map: an actor that it has by name is not made again.
    Around(Pos2),
}

impl Fragment {
    /// Copies actors, ties and facts; a tie with its evidence, an actor without its ties. `None` if there are none.
    #[must_use]
    pub fn of(document: &Document, items: &[Item]) -> Option<Self> {
        let mut items: Vec<Item> = items.iter().copied().filter(|item| document.map.has(*item)).collect();
        items.retain(|item| !matches!(item, Item::Source(_)));
        items.sort_unstable();
        items.dedup();
        (!items.is_empty()).then(|| Self { document: document.clone(), items })
    }

    /// Returns what is copied: the name of one record, or the number of several.
    #[must_use]
    pub fn words(&self) -> String {
        match self.items.as_slice() {
            [item] => item_words(&self.document.map, *item),
            items => counted(items.len(), "item", "items"),
        }
    }

    /// The document that the records were copied from.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The copied records.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Returns the transaction that adds the records to a document, and the new actors, ties and facts; `verb` begins
    /// its label.
    ///
    /// # Errors
    ///
    /// Only because of a bug: copied records fit any map.
    pub fn paste(
        &self,
        document: &Document,
        place: CopyPlace,
        verb: &str,
    ) -> Result<(Transaction, Vec<Item>), EditError> {
        let mut pasting = Pasting::new(self, document, place);
        pasting.add_all();
        let placed = pasting.places();
        let Pasting { changes, added, .. } = pasting;
        let mut edits = Edits::new(document);
        edits.run(Transaction { label: String::new(), changes })?;
        edits.run(Command::Move(placed).transaction(edits.document()))?;
        if document.look.shown.is_some() {
            let actors = added.iter().copied().filter(|item| matches!(item, Item::Actor(_))).collect();
            edits.run(Command::Show(actors).transaction(edits.document()))?;
        }
        let copied = added.into_iter().filter(|item| !matches!(item, Item::Source(_))).collect();
        Ok((edits.finish(format!("{verb} {}", self.words()))?, copied))
    }
}

/// Records while they are added.
struct Pasting<'a> {
    fragment: &'a Fragment,
    document: &'a Document,
    place: CopyPlace,
    copies: IdMap,
    keys: HashSet<Key>,
    changes: Vec<Change>,
    added: Vec<Item>,
}

impl<'a> Pasting<'a> {
    fn new(fragment: &'a Fragment, document: &'a Document, place: CopyPlace) -> Self {
        Self {
            fragment,
            document,
            place,
            copies: IdMap::default(),
            keys: HashSet::new(),
            changes: Vec::new(),
            added: Vec::new(),
        }
    }

    fn add_all(&mut self) {
        let from = &self.fragment.document.map;
        let mut ties = self.document.map.ties().next_id();
        let mut facts = self.document.map.facts().next_id();
        for &item in &self.fragment.items {
            match item {
                Item::Actor(id) => {
                    self.copy_actor(id);
                }
                // Numbered first, since claims refer to each other.
                Item::Tie(id) => drop(self.copies.ties.insert(id, take(&mut ties))),
                Item::Fact(id) => drop(self.copies.facts.insert(id, take(&mut facts))),
                Item::Source(_) => {}
            }
        }
        for &item in &self.fragment.items {
            match item {
                Item::Tie(id) => {
                    let mut tie = from.tie(id).clone();
                    self.find_all(&tie);
                    self.strip(&mut tie.claim);
                    let ends = tie.ends.actors();
                    let (first, last) = (ends.first().copied(), ends.last().copied());
                    let slug = first.zip(last).map(|(first, last)| tie_slug(from, first, tie.kind, last));
                    let _ = translate(&mut tie, &self.copies);
                    tie.claim.key = self.key(&slug.unwrap_or_default());
                    let new = self.copies.ties[&id];
                    self.add(RecordChange::Tie(new, Swap::add(tie)), Item::Tie(new));
                }
                Item::Fact(id) => {
                    let mut fact = from.fact(id).clone();
                    self.find_all(&fact);
                    self.strip(&mut fact.claim);
                    let _ = translate(&mut fact, &self.copies);
                    fact.claim.key = self.key(&from.fact(id).claim.key);
                    let new = self.copies.facts[&id];
                    self.add(RecordChange::Fact(new, Swap::add(fact)), Item::Fact(new));
                }
                Item::Actor(_) | Item::Source(_) => {}
            }
        }
    }

    fn add(&mut self, change: RecordChange, item: Item) {
        self.changes.push(Change::Record(change));
        self.added.push(item);
    }

    /// Returns a key that no record of the document and no new one has.
    fn key(&mut self, name: &str) -> Key {
        let stem = new_key(&self.document.map, name);
        let numbered = (2..u32::MAX).map(|number| new_key(&self.document.map, &format!("{name} {number}")));
        let key = std::iter::once(stem).chain(numbered).find(|key| !self.keys.contains(key)).unwrap_or_default();
        self.keys.insert(Key::clone(&key));
        key
    }

    /// Finds or adds what a record refers to, but for claims.
    fn find_all(&mut self, record: &impl Refers) {
        let (mut actors, mut sources, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        record.references(&mut |_, reference| match reference {
            Reference::Actor(id) => actors.push(*id),
            Reference::Source(id) => sources.push(*id),
            Reference::TieKind(id) => kinds.push(*id),
            _ => {}
        });
        for kind in kinds {
            self.find_tie_kind(kind);
        }
        for actor in actors {
            if !self.copies.actors.contains_key(&actor) {
                match self.same_actor(actor) {
                    Some(same) => drop(self.copies.actors.insert(actor, same)),
                    None => self.add_actor(actor),
                }
            }
        }
        for source in sources {
            self.find_source(source);
        }
    }

    /// Removes what is true of the original alone: its row, who checked it, and its relations to claims that are not
    /// copied.
    fn strip(&self, claim: &mut Claim) {
        let is_copied = |id: &ClaimId| self.copies.claim(*id).is_some();
        claim.supersedes.retain(is_copied);
        claim.contradicts.retain(is_copied);
        claim.part_of = claim.part_of.filter(is_copied);
        strip_metadata(&mut claim.metadata);
    }

    fn copy_actor(&mut self, id: ActorId) {
        let known = matches!(self.place, CopyPlace::Around(_)).then(|| self.same_actor(id)).flatten();
        match known {
            Some(known) => drop(self.copies.actors.insert(id, known)),
            None => self.add_actor(id),
        }
    }

    /// Returns the actor of the document that an actor is: by key and name, else by a name that one actor has.
    fn same_actor(&self, id: ActorId) -> Option<ActorId> {
        let (actor, map) = (self.fragment.document.map.actor(id), &self.document.map);
        if let Some(Item::Actor(same)) = map.find(&actor.key)
            && map.actor(same).name == actor.name
        {
            return Some(same);
        }
        let mut named = map.actors().iter().filter(|(_, other)| other.name == actor.name).map(|(id, _)| id);
        named.next().filter(|_| named.next().is_none())
    }

    fn add_actor(&mut self, id: ActorId) {
        let mut actor = Actor { former_ids: Vec::new(), ..self.fragment.document.map.actor(id).clone() };
        strip_metadata(&mut actor.metadata);
        if let Some(kind) = actor.kind {
            self.find_actor_kind(kind);
        }
        actor.part_of = actor.part_of.filter(|whole| {
            let known = self.copies.actor(*whole).or_else(|| self.same_actor(*whole));
            self.copies.actors.extend(known.map(|known| (*whole, known)));
            known.is_some()
        });
        let _ = translate(&mut actor, &self.copies);
        actor.key = self.key(&actor.name);
        let new = ActorId::from_index(self.document.map.actors().next_id().index() + self.new_actors());
        self.copies.actors.insert(id, new);
        self.add(RecordChange::Actor(new, Swap::add(actor)), Item::Actor(new));
    }

    fn new_actors(&self) -> usize {
        self.added.iter().filter(|item| matches!(item, Item::Actor(_))).count()
    }

    fn find_source(&mut self, id: SourceId) {
        if self.copies.sources.contains_key(&id) {
            return;
        }
        let (source, map) = (self.fragment.document.map.source(id), &self.document.map);
        let by_key = match map.find(&source.key) {
            Some(Item::Source(same)) if is_same_document(map.source(same), source) => Some(same),
            _ => same_source(map, source),
        };
        if let Some(same) = by_key {
            self.copies.sources.insert(id, same);
            return;
        }
        let mut source = source.clone();
        source.by.retain(|actor| self.copies.actor(*actor).is_some());
        source.same_as = source.same_as.filter(|same| self.copies.source(*same).is_some());
        source.row = None;
        let _ = translate(&mut source, &self.copies);
        source.key = self.key(&source.key.clone());
        let new = self.added.iter().filter(|item| matches!(item, Item::Source(_))).count();
        let new = SourceId::from_index(map.sources().next_id().index() + new);
        self.copies.sources.insert(id, new);
        self.add(RecordChange::Source(new, Swap::add(source)), Item::Source(new));
    }

    fn find_tie_kind(&mut self, id: TieKindId) {
        if self.copies.tie_kinds.contains_key(&id) {
            return;
        }
        let (kind, map) = (&self.fragment.document.map.tie_kinds()[id], &self.document.map);
        let is_same = |(_, other): &(TieKindId, &TieKind)| other.label == kind.label;
        let found = map.tie_kinds().iter().find(is_same).map(|(id, _)| id);
        let new = found.unwrap_or_else(|| {
            let added = |change: &&Change| matches!(change, Change::Record(RecordChange::TieKind(..)));
            let added = self.changes.iter().filter(added).count();
            let new = TieKindId::from_index(map.tie_kinds().next_id().index() + added);
            let key = kind_key(&kind.label, |key| map.find_tie_kind(key).is_some());
            let kind = TieKind { key, ..kind.clone() };
            self.changes.push(Change::Record(RecordChange::TieKind(new, Swap::add(kind))));
            new
        });
        self.copies.tie_kinds.insert(id, new);
    }

    fn find_actor_kind(&mut self, id: ActorKindId) {
        if self.copies.actor_kinds.contains_key(&id) {
            return;
        }
        let (kind, map) = (&self.fragment.document.map.actor_kinds()[id], &self.document.map);
        let is_same = |(_, other): &(ActorKindId, &ActorKind)| other.label == kind.label;
        let found = map.actor_kinds().iter().find(is_same).map(|(id, _)| id);
        let new = found.unwrap_or_else(|| {
            let added = |change: &&Change| matches!(change, Change::Record(RecordChange::ActorKind(..)));
            let added = self.changes.iter().filter(added).count();
            let new = ActorKindId::from_index(map.actor_kinds().next_id().index() + added);
            let key = kind_key(&kind.label, |key| map.find_actor_kind(key).is_some());
            let kind = ActorKind { key, ..kind.clone() };
            self.changes.push(Change::Record(RecordChange::ActorKind(new, Swap::add(kind))));
            new
        });
        self.copies.actor_kinds.insert(id, new);
    }

    /// Returns the places of the new actors: those of the originals, moved so that none lies on another.
    fn places(&self) -> Vec<(Placed, Pos2)> {
        let new = |(old, new): (&ActorId, &ActorId)| {
            let at = *self.fragment.document.look.positions.get(&Placed::Actor(*old))?;
            self.added.contains(&Item::Actor(*new)).then_some((*new, at))
        };
        let placed: Vec<(ActorId, Pos2)> = self.copies.actors.iter().filter_map(new).collect();
        if placed.is_empty() {
            return Vec::new();
        }
        let center = placed.iter().fold(Vec2::ZERO, |sum, (_, at)| sum + at.to_vec2()) / placed.len() as f32;
        let mut by = match self.place {
            CopyPlace::Aside => ASIDE,
            CopyPlace::Around(at) => at.to_vec2() - center,
        };
        let corner = |pos: Pos2| ((pos.x / ASIDE.x).round() as i64, (pos.y / ASIDE.y).round() as i64);
        let taken: HashSet<(i64, i64)> = self.document.look.positions.values().map(|pos| corner(*pos)).collect();
        while placed.iter().any(|(_, at)| taken.contains(&corner(*at + by))) {
            by += ASIDE;
        }
        placed.into_iter().map(|(actor, at)| (Placed::Actor(actor), at + by)).collect()
    }
}

/// Whether two records are one source: the same address, or the same title without one.
fn is_same_document(one: &Source, other: &Source) -> bool {
    one.url == other.url && one.title == other.title
}

/// Removes the row that a record was made from and who checked it.
fn strip_metadata(metadata: &mut Metadata) {
    if *metadata != Metadata::default() {
        metadata.row = None;
        metadata.checks.clear();
    }
}

/// Returns the id, and advances it to the next one.
fn take<I: SlotId>(id: &mut I) -> I {
    let taken = *id;
    *id = I::from_index(taken.index() + 1);
    taken
}
