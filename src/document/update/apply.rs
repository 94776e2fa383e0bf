//! Makes the changes of an update that the user wants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::edit::{Editing, remove_rows};
use crate::document::provenance::{actor_tables, field_texts, is_keyed, is_same_text, row_mut, row_of};
use crate::document::{Change, Document, EditError, Transaction};
use crate::load::declare_kinds;
use crate::model::{ActorId, Claim, ImportRow, Item, MapError, RecordSlot, SourceId};

use super::compare::FieldFate;
use super::gone::free_actors;
use super::set::{copy_record, join_list, set_field};
use super::{RowPair, UpdatePlan, UpdateSort};

/// What the user wants of an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The indexes of the entries that are taken.
    pub taken: BTreeSet<usize>,
    /// Fields that were corrected by hand and take what the table says instead, with the index of their entry.
    pub theirs: BTreeSet<(usize, String)>,
}

/// The maximum number of cycles of actors that are part of each other.
const MAX_CIRCLES: usize = 50;

impl UpdatePlan {
    /// Returns the choices for a user who has said nothing.
    #[must_use]
    pub fn default_choices(&self) -> Choices {
        let taken = self.entries.iter().enumerate().filter(|(_, entry)| entry.is_default).map(|(index, _)| index);
        Choices { taken: taken.collect(), theirs: BTreeSet::new() }
    }

    /// Whether an entry is taken: a tie or fact isn't without its actors.
    #[must_use]
    pub fn is_taken(&self, index: usize, choices: &Choices) -> bool {
        let needs = &self.entries[index].needs;
        choices.taken.contains(&index) && needs.iter().all(|need| choices.taken.contains(need))
    }

    /// Returns the transaction that makes the changes.
    ///
    /// # Errors
    ///
    /// If the document has changed since the plan was made, or the changes don't make a valid map.
    pub fn transaction(&self, document: &Document, choices: &Choices) -> Result<Transaction, EditError> {
        let mut in_circles = BTreeSet::new();
        for _ in 0..MAX_CIRCLES {
            let changes = self.changes(document, choices, &in_circles)?;
            match document.apply(&changes) {
                Ok(applied) => {
                    let colors = self.new_colors(document, &applied.document);
                    let document = applied.document.apply(&colors)?.document;
                    let removal = self.removal(&document, choices)?;
                    return Ok(Transaction { label: self.label(), ..changes.then(colors).then(removal) });
                }
                // An actor was made part of another by hand.
                Err(EditError::Unsound(MapError::Cycle { key, .. })) if !in_circles.contains(&key) => {
                    in_circles.insert(key);
                }
                Err(error) => return Err(error),
            }
        }
        Err(EditError::Refused("too many actors would be part of themselves".to_owned()))
    }

    /// Returns the changes and additions; actors in circles keep what they belong to.
    fn changes(
        &self,
        document: &Document,
        choices: &Choices,
        in_circles: &BTreeSet<crate::model::Key>,
    ) -> Result<Transaction, EditError> {
        let actor_tables = actor_tables(document.map.records());
        let mut editing = Editing::new(document);
        editing.follows_table = true;
        for pair in &self.rows {
            self.change(&mut editing, pair, choices, in_circles)?;
        }
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.sort == UpdateSort::New && self.is_taken(index, choices) {
                copy_record(&mut editing.records, &self.theirs, entry.item);
                editing.touched.insert(RecordSlot::Item(entry.item));
                if let Item::Actor(id) = entry.item
                    && let Some(actor) = editing.records.actors.get_mut(id)
                {
                    let part_of = actor.part_of.filter(|_| !in_circles.contains(&actor.key));
                    actor.part_of = part_of;
                }
            }
            if entry.sort == UpdateSort::Gone
                && !is_keyed(document.map.records(), entry.item, &actor_tables)
                && row_of(&editing.records, entry.item).is_some_and(|row| !row.keys.is_empty())
                && let Some(row) = row_mut(&mut editing.records, entry.item)
            {
                // Its number is that of another row now.
                row.keys.clear();
                editing.touched.insert(RecordSlot::Item(entry.item));
            }
        }
        leave_out_parents(&mut editing);
        self.add_mentioned(&mut editing);
        for (id, import) in &self.imports {
            editing.records.imports.set(*id, Some(Arc::new(import.clone())));
            editing.touched.insert(RecordSlot::Import(*id));
        }
        Ok(editing.finish(self.label()))
    }

    /// Changes a record as its row says.
    fn change(
        &self,
        editing: &mut Editing<'_>,
        pair: &RowPair,
        choices: &Choices,
        in_circles: &BTreeSet<crate::model::Key>,
    ) -> Result<(), EditError> {
        let item = pair.item;
        let records = &mut editing.records;
        let mut row = row_of(records, item).ok_or(EditError::OtherBase)?.clone();
        let is_taken = pair.entry.is_some_and(|entry| self.is_taken(entry, choices));
        let is_in_circle = records.key(item).is_some_and(|key| in_circles.contains(key));
        for field in &pair.fields {
            let new = field.new.clone().unwrap_or_default();
            let name = field.field.as_str();
            let takes_theirs = || pair.entry.is_some_and(|entry| choices.theirs.contains(&(entry, name.to_owned())));
            match field.outcome {
                // Another table may say the same of an actor, which is not what its row says.
                FieldFate::Agree if self.has_several_tables && !matches!(item, Item::Tie(_) | Item::Fact(_)) => {}
                FieldFate::Agree => forget(&mut row, name),
                _ if !is_taken || (is_in_circle && name == "partOf") => {}
                FieldFate::Take => set_field(records, &self.theirs, item, name),
                FieldFate::Keep if takes_theirs() => {
                    set_field(records, &self.theirs, item, name);
                    forget(&mut row, name);
                }
                FieldFate::Keep => note(&mut row, name, new),
                FieldFate::Join => {
                    join_list(records, &self.theirs, item, name, field.old.as_deref());
                    let now = field_texts(records, item);
                    if is_same_text(now.get(name), field.new.as_ref()) {
                        forget(&mut row, name);
                    } else {
                        note(&mut row, name, new);
                    }
                }
            }
        }
        (row.import, row.keys) = (pair.row.import, pair.row.keys.clone());
        if row_of(records, item) != Some(&row)
            && let Some(own) = row_mut(records, item)
        {
            *own = row;
        }
        editing.touched.insert(RecordSlot::Item(item));
        Ok(())
    }

    /// Adds what changed and new records refer to: kinds, sources, and actors that changed ties lead to.
    fn add_mentioned(&self, editing: &mut Editing<'_>) {
        let touched: Vec<RecordSlot> = editing.touched.iter().copied().collect();
        for slot in touched {
            match slot {
                RecordSlot::Item(Item::Actor(id)) => {
                    let kind = editing.records.actors.get(id).and_then(|actor| actor.kind);
                    if let Some(kind) = kind.filter(|kind| !editing.records.actor_kinds.has(*kind)) {
                        editing.records.actor_kinds.set(kind, self.theirs.actor_kinds.shared(kind).cloned());
                        editing.touched.insert(RecordSlot::ActorKind(kind));
                    }
                }
                RecordSlot::Item(Item::Tie(id)) => {
                    let Some(tie) = editing.records.ties.get(id).cloned() else { continue };
                    if !editing.records.tie_kinds.has(tie.kind) {
                        editing.records.tie_kinds.set(tie.kind, self.theirs.tie_kinds.shared(tie.kind).cloned());
                        editing.touched.insert(RecordSlot::TieKind(tie.kind));
                    }
                    self.add_of_claim(editing, &tie.claim, tie.ends.actors());
                }
                RecordSlot::Item(Item::Fact(id)) => {
                    let Some(fact) = editing.records.facts.get(id).cloned() else { continue };
                    self.add_of_claim(editing, &fact.claim, vec![fact.actor]);
                }
                _ => {}
            }
        }
    }

    /// Adds the sources and actors of a tie or fact.
    fn add_of_claim(&self, editing: &mut Editing<'_>, claim: &Claim, actors: Vec<ActorId>) {
        let sources = claim.evidence.iter().map(|piece| Item::Source(piece.source));
        for item in sources.chain(actors.into_iter().map(Item::Actor)) {
            if editing.records.key(item).is_none() {
                copy_record(&mut editing.records, &self.theirs, item);
                editing.touched.insert(RecordSlot::Item(item));
                self.add_kind_of(editing, item);
            }
        }
    }

    fn add_kind_of(&self, editing: &mut Editing<'_>, item: Item) {
        let Item::Actor(id) = item else { return };
        let Some(actor) = editing.records.actors.get_mut(id) else { return };
        actor.part_of = None;
        let kind = actor.kind;
        if let Some(kind) = kind.filter(|kind| !editing.records.actor_kinds.has(*kind)) {
            editing.records.actor_kinds.set(kind, self.theirs.actor_kinds.shared(kind).cloned());
            editing.touched.insert(RecordSlot::ActorKind(kind));
        }
    }

    /// Returns the changes that give new kinds colors and icons.
    fn new_colors(&self, before: &Document, now: &Document) -> Transaction {
        let (old, map) = (&before.map, &now.map);
        let is_new = |slot: RecordSlot| match slot {
            RecordSlot::ActorKind(kind) => !old.actor_kinds().has(kind),
            RecordSlot::TieKind(kind) => !old.tie_kinds().has(kind),
            _ => false,
        };
        let changes = declare_kinds(map).into_iter().filter(|change| is_new(change.slot())).map(Change::Record);
        Transaction { label: self.label(), changes: changes.collect() }
    }

    /// Returns the removal of records whose rows are gone, as far as nothing refers to them.
    fn removal(&self, document: &Document, choices: &Choices) -> Result<Transaction, EditError> {
        let map = &document.map;
        let gone = self.of_sort(UpdateSort::Gone).filter(|(index, _)| choices.taken.contains(index));
        let gone: BTreeSet<Item> = gone.map(|(_, entry)| entry.item).collect();
        let actors: BTreeSet<ActorId> =
            gone.iter().filter_map(|item| if let Item::Actor(id) = item { Some(*id) } else { None }).collect();
        let claims: BTreeSet<Item> =
            gone.into_iter().filter(|item| matches!(item, Item::Tie(_) | Item::Fact(_))).collect();
        let mut items: Vec<Item> = claims.iter().copied().collect();
        items.extend(free_actors(document, &actors, &claims).into_iter().map(Item::Actor));
        let is_left = |id: SourceId| {
            let is_cited = map.claims_of(id).iter().any(|claim| !claims.contains(&Item::from(*claim)));
            let is_named = !map.copies_of(id).is_empty() || map.imports_of(id).next().is_some();
            let is_corrected = row_of(map.records(), Item::Source(id)).is_none_or(|row| !row.was.is_empty());
            !is_cited && !is_named && !is_corrected
        };
        let sources = self.gone_sources.iter().filter(|item| map.has(**item));
        items.extend(sources.copied().filter(|item| matches!(item, Item::Source(id) if is_left(*id))));
        if items.is_empty() { Ok(Transaction::default()) } else { remove_rows(document, &items) }
    }

    /// Returns how many entries of each sort are taken.
    #[must_use]
    pub fn count_taken(&self, choices: &Choices) -> BTreeMap<UpdateSort, usize> {
        let mut counts = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            *counts.entry(entry.sort).or_default() += usize::from(self.is_taken(index, choices));
        }
        counts
    }
}

/// Leaves out what new and changed actors would belong to if that is not taken.
fn leave_out_parents(editing: &mut Editing<'_>) {
    let touched: Vec<RecordSlot> = editing.touched.iter().copied().collect();
    for slot in touched {
        let RecordSlot::Item(Item::Actor(id)) = slot else { continue };
        let part_of = editing.records.actors.get(id).and_then(|actor| actor.part_of);
        if part_of.is_some_and(|whole| !editing.records.actors.has(whole))
            && let Some(actor) = editing.records.actors.get_mut(id)
        {
            actor.part_of = None;
        }
    }
}

fn forget(row: &mut ImportRow, field: &str) {
    row.was.retain(|(name, _)| name != field);
}

fn note(row: &mut ImportRow, field: &str, text: String) {
    match row.was.iter_mut().find(|(name, _)| name == field) {
        Some((_, was)) => *was = text,
        None => row.was.push((field.to_owned(), text)),
    }
}
