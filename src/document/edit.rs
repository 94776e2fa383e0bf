//! Edits of claims: pure functions that read a document and return the transaction that makes the change.
//!
//! References to a record are removed or redirected with it, so that every transaction leads from one valid map to
//! another.

mod clean;
mod combine;
mod field;
mod fragment;
mod kinds;
mod make;
mod own_fields;
mod proofs;
mod remove;
mod starter;
mod steps;
mod typed;
mod typed_lists;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Actor, ActorId, Claim, ClaimId, Ends, Evidence, Fact, FactId, Import, ImportId, Item, Key, Map, MapMeta, Pair,
    RecordChange, RecordSlot, Records, SlotId, Slots, Source, SourceId, Swap, Tie, TieId, View, ViewId,
};

use super::look_change::look_changes;
use super::provenance::note_changes;
use super::transaction::{Change, EditError, Transaction};
use super::{Document, Look};

pub use combine::{mark_distinct, merge_actors, merge_sources, split_off};
pub use field::{Field, FieldValue, field, set_field};
pub use fragment::{CopyPlace, Fragment};
pub use kinds::{KindRef, KindValue, remove_kind, set_kind};
pub use make::{ActorChoice, Edits, KindChoice, NewTie, SourceChoice, add_tie_label};
pub use own_fields::{own_field, set_own_field};
pub use proofs::{OldProof, is_old_proof, old_proofs, unlink_proof};
pub use remove::remove;
pub(super) use remove::remove_rows;
pub use starter::StarterKind;
pub use steps::{StepText, add_step, add_steps, duplicate_step, move_step, remove_step, set_step_shown, set_step_text};
pub use typed::{TextEntry, entry_text, read_typed, set_values, used_currencies};
pub use typed_lists::{FieldValues, claim_name, possible_wholes};

/// A working copy of a document that records the changed slots; all other slots are ignored.
pub(super) struct Editing<'a> {
    document: &'a Document,
    pub(super) records: Records,
    look: Look,
    pub(super) touched: BTreeSet<RecordSlot>,
    /// Records that were merged into others.
    merged: BTreeSet<Item>,
    /// Whether the changes follow the table, so that they are not noted as corrections of it.
    pub(super) follows_table: bool,
}

impl<'a> Editing<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let (records, look) = (document.map.records().clone(), Look::clone(&document.look));
        let (touched, merged) = (BTreeSet::new(), BTreeSet::new());
        Self { document, records, look, touched, merged, follows_table: false }
    }

    fn map(&self) -> &'a Map {
        &self.document.map
    }

    fn actor(&mut self, id: ActorId) -> Result<&mut Actor, EditError> {
        self.touched.insert(RecordSlot::Item(Item::Actor(id)));
        self.records.actors.get_mut(id).ok_or(EditError::Gone)
    }

    fn source(&mut self, id: SourceId) -> Result<&mut Source, EditError> {
        self.touched.insert(RecordSlot::Item(Item::Source(id)));
        self.records.sources.get_mut(id).ok_or(EditError::Gone)
    }

    fn tie(&mut self, id: TieId) -> Result<&mut Tie, EditError> {
        self.touched.insert(RecordSlot::Item(Item::Tie(id)));
        self.records.ties.get_mut(id).ok_or(EditError::Gone)
    }

    fn fact(&mut self, id: FactId) -> Result<&mut Fact, EditError> {
        self.touched.insert(RecordSlot::Item(Item::Fact(id)));
        self.records.facts.get_mut(id).ok_or(EditError::Gone)
    }

    fn import(&mut self, id: ImportId) -> Result<&mut Import, EditError> {
        self.touched.insert(RecordSlot::Import(id));
        self.records.imports.get_mut(id).ok_or(EditError::Gone)
    }

    fn claim(&mut self, id: ClaimId) -> Result<&mut Claim, EditError> {
        match id {
            ClaimId::Tie(id) => self.tie(id).map(|tie| &mut tie.claim),
            ClaimId::Fact(id) => self.fact(id).map(|fact| &mut fact.claim),
        }
    }

    /// Empties the slot of a record; references to it must be handled separately.
    fn take_out(&mut self, item: Item) {
        self.touched.insert(RecordSlot::Item(item));
        match item {
            Item::Actor(id) => self.records.actors.set(id, None),
            Item::Source(id) => self.records.sources.set(id, None),
            Item::Tie(id) => self.records.ties.set(id, None),
            Item::Fact(id) => self.records.facts.set(id, None),
        }
    }

    /// Removes references to these records from the look and from all saved views.
    fn forget(&mut self, items: &BTreeSet<Item>) {
        for item in items {
            match item {
                Item::Actor(actor) => self.look.forget_actor(*actor),
                Item::Tie(tie) => self.look.forget_tie(*tie),
                Item::Fact(_) | Item::Source(_) => {}
            }
        }
        self.change_views(|view| view.has_any(items).then(|| view.without(items)));
    }

    /// Replaces each saved view for which `change` returns a new one.
    fn change_views(&mut self, change: impl Fn(&View) -> Option<View>) {
        let changed: Vec<(ViewId, View)> =
            self.records.views.iter().filter_map(|(id, view)| Some((id, change(view)?))).collect();
        for (id, view) in changed {
            self.touched.insert(RecordSlot::View(id));
            self.records.views.set(id, Some(Arc::new(view)));
        }
    }

    /// Records or clears the judgment that two actors are distinct.
    fn set_distinct(&mut self, pair: Pair, is: bool) {
        self.touched.insert(RecordSlot::Distinct(pair));
        if is {
            self.records.distinct.insert(pair);
        } else {
            self.records.distinct.remove(&pair);
        }
    }

    /// Returns a transaction of all changes.
    pub(super) fn finish(mut self, label: impl Into<String>) -> Transaction {
        fn swap<I: SlotId, T>(before: &Slots<I, T>, now: &Slots<I, T>, id: I) -> Swap<T> {
            Swap { was: before.shared(id).cloned(), is: now.shared(id).cloned() }
        }
        let was = self.document.map.records();
        if !self.follows_table {
            note_changes(was, &mut self.records, &mut self.touched, &self.merged);
        }
        let is = &self.records;
        let change = |slot: RecordSlot| match slot {
            RecordSlot::Meta => RecordChange::Meta { was: Arc::clone(&was.meta), is: Arc::clone(&is.meta) },
            RecordSlot::ActorKind(id) => RecordChange::ActorKind(id, swap(&was.actor_kinds, &is.actor_kinds, id)),
            RecordSlot::TieKind(id) => RecordChange::TieKind(id, swap(&was.tie_kinds, &is.tie_kinds, id)),
            RecordSlot::Item(Item::Actor(id)) => RecordChange::Actor(id, swap(&was.actors, &is.actors, id)),
            RecordSlot::Item(Item::Source(id)) => RecordChange::Source(id, swap(&was.sources, &is.sources, id)),
            RecordSlot::Item(Item::Tie(id)) => RecordChange::Tie(id, swap(&was.ties, &is.ties, id)),
            RecordSlot::Item(Item::Fact(id)) => RecordChange::Fact(id, swap(&was.facts, &is.facts, id)),
            RecordSlot::View(id) => RecordChange::View(id, swap(&was.views, &is.views, id)),
            RecordSlot::Import(id) => RecordChange::Import(id, swap(&was.imports, &is.imports, id)),
            RecordSlot::Distinct(pair) => {
                let [was, is] = [was, is].map(|records| records.distinct.contains(&pair));
                RecordChange::Distinct { pair, was, is }
            }
        };
        let records = self.touched.into_iter().map(change).map(clean::cleaned);
        let records = records.filter(|change| !change.is_nothing()).map(Change::Record);
        let looks = look_changes(&self.document.look, &self.look).into_iter().map(Change::Look);
        Transaction { label: label.into(), changes: looks.chain(records).collect() }
    }
}

/// Returns an id that no record of the map has or had: the ASCII letters and digits of a name, followed by a number if
/// needed.
#[must_use]
pub fn new_key(map: &Map, name: &str) -> Key {
    let slug = slug(name);
    let slug = if slug.is_empty() { "record" } else { &slug };
    let numbered = (2..u32::MAX).map(|number| Key::from(format!("{slug}-{number}")));
    std::iter::once(Key::from(slug)).chain(numbered).find(|key| !map.was_key_used(key)).unwrap_or_default()
}

/// Returns the ASCII letters and digits of a name, in lower case with dashes between words; may be empty.
fn slug(name: &str) -> String {
    const MAX_LETTERS: usize = 60;
    let ascii = any_ascii::any_ascii(name).to_lowercase();
    let words = ascii.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(MAX_LETTERS);
    slug.trim_end_matches('-').to_owned()
}

/// Adds an actor and returns its id.
#[must_use]
pub fn add_actor(document: &Document, actor: Actor) -> (ActorId, Transaction) {
    let id = document.map.actors().next_id();
    let label = format!("Add {}", actor.name);
    (id, one(label, RecordChange::Actor(id, Swap::add(actor))))
}

/// Adds a source and returns its id.
#[must_use]
pub fn add_source(document: &Document, source: Source) -> (SourceId, Transaction) {
    let id = document.map.sources().next_id();
    let label = format!("Add {}", source.title.as_deref().unwrap_or("a source"));
    (id, one(label, RecordChange::Source(id, Swap::add(source))))
}

/// Adds a tie and returns its id.
#[must_use]
pub fn add_tie(document: &Document, tie: Tie) -> (TieId, Transaction) {
    let id = document.map.ties().next_id();
    let names = ends_words(&document.map, &tie.ends);
    (id, one(format!("Add a tie {names}"), RecordChange::Tie(id, Swap::add(tie))))
}

/// Adds a fact and returns its id.
#[must_use]
pub fn add_fact(document: &Document, fact: Fact) -> (FactId, Transaction) {
    let id = document.map.facts().next_id();
    let name = document.map.actors().get(fact.actor).map_or("an actor", |actor| actor.name.as_str());
    (id, one(format!("Add a fact about {name}"), RecordChange::Fact(id, Swap::add(fact))))
}

/// Replaces the metadata of the map.
#[must_use]
pub fn set_meta(document: &Document, meta: MapMeta) -> Transaction {
    let was = Arc::clone(&document.map.records().meta);
    one("Change the map details".to_owned(), RecordChange::Meta { was, is: Arc::new(meta) })
}

/// Appends a piece of evidence to a claim.
///
/// # Errors
///
/// If the claim or the source doesn't exist.
pub fn cite(document: &Document, claim: ClaimId, evidence: Evidence) -> Result<Transaction, EditError> {
    let title = document.map.sources().get(evidence.source).ok_or(EditError::Gone)?.title.clone();
    let mut editing = Editing::new(document);
    editing.claim(claim)?.evidence.push(evidence);
    let names = claim_words(&document.map, claim);
    Ok(editing.finish(format!("Cite {} for {names}", title.as_deref().unwrap_or("a source"))))
}

fn one(label: String, change: RecordChange) -> Transaction {
    Transaction { label, changes: vec![Change::Record(clean::cleaned(change))] }
}

/// Returns "Alder → Birch" or the names of all parties.
fn ends_words(map: &Map, ends: &Ends) -> String {
    let name = |actor: ActorId| map.actors().get(actor).map_or("?", |actor| actor.name.as_str());
    match ends {
        Ends::Pair { from, to } => format!("{} → {}", name(*from), name(*to)),
        Ends::Parties(_) => ends.actors().into_iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// Returns the name of an actor, the title of a source, the ends of a tie, or a phrase naming the actor of a fact.
fn item_words(map: &Map, item: Item) -> String {
    match item {
        Item::Actor(id) => map.actor(id).name.clone(),
        Item::Source(id) => map.source(id).title.as_deref().unwrap_or("a source").to_owned(),
        Item::Tie(id) => claim_words(map, ClaimId::Tie(id)),
        Item::Fact(id) => format!("a fact about {}", claim_words(map, ClaimId::Fact(id))),
    }
}

fn claim_words(map: &Map, claim: ClaimId) -> String {
    match claim {
        ClaimId::Tie(id) => map.ties().get(id).map_or_else(String::new, |tie| ends_words(map, &tie.ends)),
        ClaimId::Fact(id) => {
            let actor = map.facts().get(id).and_then(|fact| map.actors().get(fact.actor));
            actor.map_or_else(String::new, |actor| actor.name.clone())
        }
    }
}

#[cfg(test)]
mod tests;
