//! Finds the record of the map for each record that tables make: by the keys of rows, else by what tells a record.

mod actors;
mod facts;
mod ties;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::document::id_map::IdMap;
use crate::document::provenance::{actor_tables, row_name, row_of, source_name};
use crate::load::{TableName, imports_read_again, table_of};
use crate::model::{
    ActorId, ActorKind, Import, ImportId, Item, Key, Map, Records, Refers, SourceId, TieKind, translate,
};

use super::candidates::{folded, sources_by_name};
use super::progress::ComparingProgress;
use super::renaming::NamesNow;

/// The ids of ours for those of a map that was made of the tables now, and our records with those of the tables.
pub(super) struct Aligned<'a> {
    pub(super) ours: &'a Map,
    pub(super) fresh: &'a Map,
    /// The imports of ours that have the table of one of theirs, the latest last.
    groups: HashMap<ImportId, Vec<ImportId>>,
    /// The imports of ours and of theirs whose rows are actors.
    pub(super) actor_tables: HashSet<ImportId>,
    fresh_actor_tables: HashSet<ImportId>,
    ids: IdMap,
    /// Our records; those that the tables have say what the tables say now, and new ones are added.
    pub(super) theirs: Records,
    /// Records of ours that have a row in the tables.
    pub(super) rows: Vec<Item>,
    /// Records of ours that the tables mention.
    pub(super) present: HashSet<Item>,
    /// Records that ours doesn't have.
    pub(super) new: Vec<Item>,
    /// The records of theirs that new ones are.
    pub(super) fresh_of: HashMap<Item, Item>,
    /// What is noted of rows that were deleted by hand; and the same with the names that actors have now.
    deleted: HashSet<String>,
    deleted_now: HashSet<String>,
    pub(super) names_now: NamesNow,
    /// New actors by their keys.
    pub(super) new_actors: HashMap<Key, ActorId>,
    /// The keys of new records.
    keys: HashSet<Key>,
}

impl<'a> Aligned<'a> {
    /// Aligns the records that tables make now with those of the map; in part only, if it is canceled.
    pub(super) fn new(ours: &'a Map, fresh: &'a Map, progress: &ComparingProgress<'_>) -> Self {
        let read_again = imports_read_again(ours);
        let mut tables: BTreeMap<TableName, Vec<ImportId>> = BTreeMap::new();
        for (id, import) in ours.imports().iter() {
            if let Some(table) = table_of(import).filter(|_| read_again.contains(&id)) {
                tables.entry(table).or_default().push(id);
            }
        }
        let group = |import: &Import| tables.get(&table_of(import)?).cloned();
        let groups = fresh.imports().iter().filter_map(|(id, import)| Some((id, group(import)?))).collect();
        let mut aligned = Self {
            ours,
            fresh,
            groups,
            actor_tables: actor_tables(ours.records()),
            fresh_actor_tables: actor_tables(fresh.records()),
            ids: IdMap::default(),
            theirs: ours.records().clone(),
            rows: Vec::new(),
            present: HashSet::new(),
            new: Vec::new(),
            fresh_of: HashMap::new(),
            deleted: HashSet::new(),
            deleted_now: HashSet::new(),
            names_now: NamesNow::default(),
            new_actors: HashMap::new(),
            keys: HashSet::new(),
        };
        let groups: HashSet<ImportId> = aligned.groups.values().flatten().copied().collect();
        let gone = groups.into_iter().filter_map(|import| ours.imports().get(import)).flat_map(|import| &import.gone);
        let gone: Vec<&String> = gone.collect();
        aligned.deleted = gone.iter().map(|row| folded(row)).collect();
        aligned.align_imports();
        aligned.align_kinds();
        aligned.align_actors(progress);
        aligned.names_now = aligned.names_of_actors();
        aligned.deleted_now = gone.iter().map(|row| aligned.names_now.renamed(row)).collect();
        aligned.align_sources();
        aligned.align_ties(progress);
        aligned.align_facts();
        aligned
    }

    /// Returns the imports of ours that have the table of one of theirs.
    pub(super) fn group(&self, fresh: ImportId) -> &[ImportId] {
        self.groups.get(&fresh).map_or(&[], Vec::as_slice)
    }

    /// Returns the rows of the table of one of our imports that were deleted by hand.
    pub(super) fn deleted_rows(&self, own: ImportId) -> Vec<&'a String> {
        let imports = self.ours.imports();
        let group = self.groups.values().find(|group| group.contains(&own)).into_iter().flatten();
        group.filter_map(|id| imports.get(*id)).flat_map(|import| &import.gone).collect()
    }

    /// Whether a record of ours has its row in a table of theirs.
    fn is_of(&self, item: Item, fresh: ImportId) -> bool {
        row_of(self.ours.records(), item).is_some_and(|row| self.group(fresh).contains(&row.import))
    }

    /// Whether a record of ours has its row in any table of theirs.
    fn is_of_any(&self, item: Item) -> bool {
        self.fresh.imports().ids().any(|import| self.is_of(item, import))
    }

    /// Returns the import of ours, the latest of its table.
    pub(super) fn import_of(&self, fresh: ImportId) -> Option<&Import> {
        self.group(fresh).last().and_then(|id| self.ours.imports().get(*id))
    }

    /// Whether the keys of rows in a table of theirs are those of ours.
    fn has_keys(&self, fresh: ImportId) -> bool {
        let columns = self.fresh.imports().get(fresh).map_or(&[][..], |import| import.columns.as_slice());
        !columns.is_empty() && self.import_of(fresh).is_some_and(|import| import.columns == columns)
    }

    /// Returns the names that actors of the tables have as rows of the map.
    fn names_of_actors(&self) -> NamesNow {
        let pairs = self.fresh.actors().iter().filter_map(|(id, actor)| {
            let own = self.ids.actors.get(&id)?;
            Some((actor.name.as_str(), row_name(&self.theirs, *own)))
        });
        NamesNow::new(pairs)
    }

    fn align_imports(&mut self) {
        for import in self.fresh.imports().ids() {
            if let Some(own) = self.group(import).last().copied() {
                self.ids.imports.insert(import, own);
            }
        }
    }

    fn align_kinds(&mut self) {
        let (ours, fresh) = (self.ours, self.fresh);
        for (id, kind) in fresh.actor_kinds().iter() {
            let is = |known: &ActorKind| [&*known.key, &known.label].map(folded).contains(&folded(&kind.label));
            let found = ours.actor_kinds().iter().find(|(_, known)| is(known)).map(|(id, _)| id);
            let own = found.unwrap_or_else(|| {
                let new = self.theirs.actor_kinds.next_id();
                // It gets a color that no other kind has.
                let kind = ActorKind { color: None, icon: None, is_auto: false, is_listed: false, ..kind.clone() };
                self.theirs.actor_kinds.set(new, Some(Arc::new(kind)));
                new
            });
            self.ids.actor_kinds.insert(id, own);
        }
        for (id, kind) in fresh.tie_kinds().iter() {
            let is = |known: &TieKind| [&*known.key, &known.label].map(folded).contains(&folded(&kind.label));
            let found = ours.tie_kinds().iter().find(|(_, known)| is(known)).map(|(id, _)| id);
            let own = found.unwrap_or_else(|| {
                let new = self.theirs.tie_kinds.next_id();
                let kind = TieKind { color: None, icon: None, is_auto: false, is_listed: false, ..kind.clone() };
                self.theirs.tie_kinds.set(new, Some(Arc::new(kind)));
                new
            });
            self.ids.tie_kinds.insert(id, own);
        }
    }

    fn align_sources(&mut self) {
        let known = sources_by_name(self.ours);
        let cited: HashMap<SourceId, SourceId> = self
            .fresh
            .imports()
            .iter()
            .filter_map(|(id, import)| Some((import.source?, self.import_of(id)?.source?)))
            .collect();
        for id in self.fresh.sources().ids() {
            let name = source_name(self.fresh.records(), id);
            let found = cited.get(&id).or_else(|| known.get(&name)).copied();
            let own = found.unwrap_or_else(|| self.theirs.sources.next_id());
            self.ids.sources.insert(id, own);
            let mut source = self.translated(self.fresh.source(id));
            source.key = self.key_for(&source.key, Item::Source(own));
            let item = Item::Source(own);
            match found {
                None => {
                    self.theirs.sources.set(own, Some(Arc::new(source)));
                    self.new.push(item);
                }
                Some(_) if self.is_of_any(item) && source.row.is_some() && self.present.insert(item) => {
                    self.theirs.sources.set(own, Some(Arc::new(source)));
                    self.rows.push(item);
                }
                Some(_) => drop(self.present.insert(item)),
            }
        }
    }

    /// Returns a record with the ids of ours.
    fn translated<T: Refers + Clone>(&self, record: &T) -> T {
        let mut record = record.clone();
        let _ = translate(&mut record, &self.ids);
        record
    }

    /// Returns the key of a record of ours, or one for a new record as close to `wanted` as possible.
    fn key_for(&mut self, wanted: &Key, item: Item) -> Key {
        if let Some(key) = self.ours.records().key(item) {
            return Key::clone(key);
        }
        let is_free = |key: &Key, known: &HashSet<Key>| !self.ours.was_key_used(key) && !known.contains(key);
        if is_free(wanted, &self.keys) {
            self.keys.insert(Key::clone(wanted));
            return Key::clone(wanted);
        }
        let (stem, first) = numbered(wanted);
        let first = first.max(if stem == "tie" { self.ours.ties().bound() as u64 } else { 1 });
        let mut candidates = (first.saturating_add(1)..).map(|number| Key::from(format!("{stem}-{number}")));
        let key = candidates.find(|key| is_free(key, &self.keys)).unwrap_or_default();
        self.keys.insert(Key::clone(&key));
        key
    }
}

/// Splits the number from the end of a key.
fn numbered(key: &str) -> (&str, u64) {
    match key.rsplit_once('-') {
        Some((stem, number)) => number.parse().map_or((key, 1), |number| (stem, number)),
        None => (key, 1),
    }
}

/// The imports of ours whose files have changed.
pub(super) type Updated = BTreeSet<ImportId>;
