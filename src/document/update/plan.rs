//! Finds out what an update would do.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::document::Document;
use crate::document::provenance::{field_texts, row_of};
use crate::load::{LoadError, ProgressFn, imports_read_again, recipe_columns, rows_from, table_of};
use crate::model::{ActorId, Import, ImportId, Item, Map, Records};

use super::compare::{FieldFate, FieldOutcome, SpokenFields, field_outcomes};
use super::gone::{DeletedRows, Leaving, reasons_to_stay};
use super::matching::{Aligned, Updated};
use super::progress::ComparingProgress;
use super::words::{field_words, item_words, row_words, value_words};
use super::{FieldUpdate, RowPair, UpdateEntry, UpdatePlan, UpdateSort, WithheldRow};

/// A file or database that was read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAgain {
    /// Its name in the map.
    pub name: String,
    /// Its name now.
    pub now: String,
    /// The hash of what was read.
    pub sha256: String,
}

/// Compares a map with what its tables make now; `fresh` was made of these files by [`crate::load::import_again`].
///
/// # Errors
///
/// If `on_progress` cancels it.
pub fn plan_update(
    document: &Document,
    fresh: &Map,
    files: &[ReadAgain],
    on_progress: ProgressFn,
) -> Result<UpdatePlan, LoadError> {
    let map = &*document.map;
    let progress = ComparingProgress::new(map, fresh, on_progress);
    let aligned = Aligned::new(map, fresh, &progress);
    if progress.is_canceled() {
        return Err(LoadError::Canceled);
    }
    let (updated, changed_files, unchanged_files) = updated_imports(map, files);
    let mut planning = Planning {
        document,
        spoken: spoken_fields(&aligned),
        aligned,
        updated,
        entries: Vec::new(),
        withheld: Vec::new(),
        known: 0,
    };
    planning.add_new();
    let rows = planning.add_changed(&progress);
    if progress.is_canceled() {
        return Err(LoadError::Canceled);
    }
    let gone_sources = planning.add_gone(&rows);
    let imports = planning.imports(files);
    let Planning { entries, withheld, known, aligned, .. } = planning;
    Ok(UpdatePlan {
        entries,
        withheld,
        known,
        changed_files,
        unchanged_files,
        theirs: aligned.theirs,
        rows,
        has_several_tables: map.imports().len() > 1,
        gone_sources,
        imports,
    })
}

/// Returns the imports whose files have changed, and the names of files that have and that have not.
fn updated_imports(map: &Map, files: &[ReadAgain]) -> (Updated, Vec<String>, Vec<String>) {
    let (mut updated, mut changed, mut unchanged) = (Updated::new(), Vec::new(), Vec::new());
    let read_again = imports_read_again(map);
    for file in files {
        let of_file = |(id, import): &(ImportId, &Import)| {
            rows_from(import).name() == Some(&file.name) && read_again.contains(id)
        };
        let imports: Vec<(ImportId, &Import)> = map.imports().iter().filter(of_file).collect();
        // An earlier import of the same table is of what was in it then.
        let latest: BTreeMap<_, &Import> = imports.iter().map(|(_, import)| (table_of(import), *import)).collect();
        if latest.values().all(|import| import.sha256.as_ref() == Some(&file.sha256)) {
            unchanged.push(file.name.clone());
        } else {
            changed.push(file.name.clone());
            updated.extend(imports.into_iter().map(|(id, _)| id));
        }
    }
    (updated, changed, unchanged)
}

/// Returns the fields that each table has columns for, by the latest import of ours.
fn spoken_fields(aligned: &Aligned<'_>) -> HashMap<ImportId, SpokenFields> {
    let of_import = |id: ImportId| {
        let own = aligned.group(id).last()?;
        let before = aligned.ours.imports().get(*own)?;
        let mut columns = recipe_columns(before.recipe.as_ref());
        columns.extend(recipe_columns(aligned.fresh.imports().get(id)?.recipe.as_ref()));
        Some((*own, SpokenFields::of_columns(&columns, before.source.is_some())))
    };
    aligned.fresh.imports().ids().filter_map(of_import).collect()
}

struct Planning<'a> {
    document: &'a Document,
    aligned: Aligned<'a>,
    spoken: HashMap<ImportId, SpokenFields>,
    updated: Updated,
    entries: Vec<UpdateEntry>,
    withheld: Vec<WithheldRow>,
    known: usize,
}

impl Planning<'_> {
    fn theirs(&self) -> &Records {
        &self.aligned.theirs
    }

    fn entry(&self, sort: UpdateSort, records: &Records, item: Item) -> UpdateEntry {
        let (table, row) = row_words(records, item, &self.aligned.actor_tables);
        UpdateEntry {
            sort,
            item,
            key: records.key(item).map(ToString::to_string).unwrap_or_default(),
            words: self.words(item),
            table,
            row,
            fields: Vec::new(),
            reasons: Vec::new(),
            is_default: true,
            needs: Vec::new(),
        }
    }

    fn withhold(&mut self, item: Item, reason: String) {
        let (table, row) = row_words(self.theirs(), item, &self.aligned.actor_tables);
        self.withheld.push(WithheldRow { words: self.words(item), table, row, reason });
    }

    /// Returns a record as people call it, by the names that the map has.
    fn words(&self, item: Item) -> String {
        item_words(self.aligned.ours.records(), self.theirs(), item)
    }

    /// Returns the name of the actor with a key.
    fn actor_name(&self, key: &str) -> Option<String> {
        if let Some(Item::Actor(id)) = self.aligned.ours.find(key) {
            return Some(self.aligned.ours.actor(id).name.clone());
        }
        let id = self.aligned.new_actors.get(key)?;
        self.theirs().actors.get(*id).map(|actor| actor.name.clone())
    }

    /// Whether a record is a row of a list of actors, not only mentioned by ties.
    fn is_listed(&self, item: Item) -> bool {
        let row = row_of(self.theirs(), item);
        row.is_some_and(|row| self.aligned.actor_tables.contains(&row.import))
    }

    fn is_updated(&self, records: &Records, item: Item) -> bool {
        row_of(records, item).is_some_and(|row| self.updated.contains(&row.import))
    }

    /// Adds the rows that the map has no record of.
    fn add_new(&mut self) {
        let new = self.aligned.new.clone();
        let mut deleted = DeletedRows::new(&self.aligned);
        let mut left_out: HashSet<Item> = HashSet::new();
        let actors: Vec<Item> = new.iter().copied().filter(|item| matches!(item, Item::Actor(_))).collect();
        for actor in &actors {
            if deleted.take(&self.aligned, *actor) {
                left_out.insert(*actor);
                if self.is_updated(self.theirs(), *actor) && self.is_listed(*actor) {
                    self.withhold(*actor, "deleted by hand".to_owned());
                }
            }
        }
        let known = if new.len() > actors.len() { self.ties_of_map() } else { HashMap::new() };
        let mut ties = Vec::new();
        let mut used = self.ends_of_rows();
        for item in new.iter().copied().filter(|item| matches!(item, Item::Tie(_) | Item::Fact(_))) {
            let is_deleted = deleted.take(&self.aligned, item);
            if !self.is_updated(self.theirs(), item) {
                continue;
            }
            let ends = self.actors_of(item);
            if is_deleted {
                self.withhold(item, "deleted by hand".to_owned());
            } else if let Some(end) = ends.iter().find(|end| left_out.contains(end)) {
                let reason = format!("{} was deleted by hand", self.words(*end));
                self.withhold(item, reason);
            } else if matches!(item, Item::Tie(_)) && self.is_known(item, &known) {
                self.known += 1;
            } else {
                used.extend(ends);
                ties.push(item);
            }
        }
        let mut entries: HashMap<Item, usize> = HashMap::new();
        for actor in actors {
            let is_row = self.is_listed(actor) && self.is_updated(self.theirs(), actor);
            if !left_out.contains(&actor) && (is_row || used.contains(&actor)) {
                entries.insert(actor, self.entries.len());
                self.entries.push(self.entry(UpdateSort::New, self.theirs(), actor));
            }
        }
        for item in ties {
            let mut entry = self.entry(UpdateSort::New, self.theirs(), item);
            let ends = self.actors_of(item).into_iter();
            let needs: BTreeSet<usize> = ends.filter_map(|end| entries.get(&end).copied()).collect();
            entry.needs = needs.into_iter().collect();
            self.entries.push(entry);
        }
    }

    /// Returns the actors of the ties and facts whose rows have changed or not.
    fn ends_of_rows(&self) -> HashSet<Item> {
        let theirs = self.theirs();
        let rows = self.aligned.rows.iter().filter(|item| self.is_updated(theirs, **item));
        rows.flat_map(|item| self.actors_of(*item)).collect()
    }

    /// Returns the actors of a tie or fact of theirs.
    fn actors_of(&self, item: Item) -> Vec<Item> {
        let actors = match item {
            Item::Tie(id) => self.theirs().ties.get(id).map(|tie| tie.ends.actors()),
            Item::Fact(id) => self.theirs().facts.get(id).map(|fact| vec![fact.actor]),
            Item::Actor(_) | Item::Source(_) => None,
        };
        actors.into_iter().flatten().map(Item::Actor).collect()
    }

    /// Returns what the ties of the map say, with the imports of their rows.
    fn ties_of_map(&self) -> HashMap<String, Vec<Option<ImportId>>> {
        let records = self.aligned.ours.records();
        let mut ties: HashMap<String, Vec<Option<ImportId>>> = HashMap::new();
        for item in self.aligned.ours.tie_ids().map(Item::Tie) {
            let import = row_of(records, item).map(|row| row.import);
            ties.entry(said(records, item)).or_default().push(import);
        }
        ties
    }

    /// Whether the map has a tie from elsewhere than its table that says the same.
    fn is_known(&self, item: Item, ties: &HashMap<String, Vec<Option<ImportId>>>) -> bool {
        let own = row_of(self.theirs(), item).and_then(|row| table_of(self.theirs().imports.get(row.import)?));
        let is_elsewhere = |import: &Option<ImportId>| {
            let table = import.and_then(|import| table_of(self.theirs().imports.get(import)?));
            table.is_none() || table != own
        };
        ties.get(&said(self.theirs(), item)).is_some_and(|imports| imports.iter().any(is_elsewhere))
    }

    /// Adds the rows that say something else than before, and returns all rows.
    fn add_changed(&mut self, progress: &ComparingProgress<'_>) -> Vec<RowPair> {
        let ours = self.aligned.ours.records();
        let mut rows = Vec::new();
        for item in self.aligned.rows.clone().into_iter().take_while(|_| progress.step()) {
            let (is_old, is_new) = (self.is_updated(ours, item), self.is_updated(self.theirs(), item));
            let Some(row) = row_of(self.theirs(), item).filter(|_| is_old || is_new).cloned() else { continue };
            let is_mention = matches!(item, Item::Actor(_)) && !self.is_listed(item);
            let mention = SpokenFields::of_mention();
            let spoken = if is_mention { &mention } else { self.spoken.get(&row.import).unwrap_or(&mention) };
            let fields = field_outcomes(ours, self.theirs(), item, spoken);
            let shown: Vec<FieldUpdate> = fields.iter().filter_map(|field| self.field_update(field)).collect();
            let entry = (!shown.is_empty()).then(|| {
                let entry = self.entry(UpdateSort::Changed, ours, item);
                let (table, row) = row_words(self.theirs(), item, &self.aligned.actor_tables);
                self.entries.push(UpdateEntry { fields: shown, table, row, ..entry });
                self.entries.len() - 1
            });
            rows.push(RowPair { item, row, fields, entry });
        }
        rows
    }

    /// Returns what is shown of a field; `None` if the map says already what the row says.
    fn field_update(&self, outcome: &FieldOutcome) -> Option<FieldUpdate> {
        let words = |records: &Records, text: &Option<String>| {
            text.as_deref().map(|text| value_words(records, &|key| self.actor_name(key), &outcome.field, text))
        };
        let ours = self.aligned.ours.records();
        let mine = (outcome.outcome == FieldFate::Keep).then(|| words(ours, &outcome.mine));
        (outcome.outcome != FieldFate::Agree).then(|| FieldUpdate {
            field: outcome.field.clone(),
            words: field_words(&outcome.field),
            old: words(ours, &outcome.old),
            new: words(self.theirs(), &outcome.new),
            mine,
        })
    }

    /// Adds the records whose rows are gone, and returns the sources that the tables don't cite any more.
    fn add_gone(&mut self, rows: &[RowPair]) -> Vec<Item> {
        let ours = self.aligned.ours.records();
        let mut gone: Vec<Item> = self.updated.iter().flat_map(|import| ours.made_from(*import)).collect();
        gone.retain(|item| !self.aligned.present.contains(item));
        gone.sort();
        let items: HashSet<Item> = gone.iter().copied().collect();
        let mut leaving = Leaving { items, ends: self.left_ends(rows) };
        // A tie or fact that stays keeps its actors.
        for item in &gone {
            if matches!(item, Item::Tie(_) | Item::Fact(_))
                && !reasons_to_stay(self.document, *item, &leaving).is_empty()
            {
                leaving.items.remove(item);
            }
        }
        let mut sources = Vec::new();
        for item in gone {
            if matches!(item, Item::Source(_)) {
                sources.push(item);
                continue;
            }
            let reasons = reasons_to_stay(self.document, item, &leaving);
            let entry = self.entry(UpdateSort::Gone, ours, item);
            self.entries.push(UpdateEntry { is_default: reasons.is_empty(), reasons, ..entry });
        }
        sources
    }

    /// Returns the actors that ties lead away from, with these ties.
    fn left_ends(&self, rows: &[RowPair]) -> HashSet<(ActorId, Item)> {
        let mut ends = HashSet::new();
        for pair in rows {
            let Item::Tie(id) = pair.item else { continue };
            let moves = |field: &FieldOutcome| {
                field.outcome == FieldFate::Take && matches!(field.field.as_str(), "from" | "to" | "parties")
            };
            let (Some(own), Some(new)) = (self.aligned.ours.ties().get(id), self.theirs().ties.get(id)) else {
                continue;
            };
            if pair.fields.iter().any(moves) {
                let now = new.ends.actors();
                let left = own.ends.actors().into_iter().filter(|actor| !now.contains(actor));
                ends.extend(left.map(|actor| (actor, pair.item)));
            }
        }
        ends
    }

    /// Returns the imports as they will be.
    fn imports(&self, files: &[ReadAgain]) -> Vec<(ImportId, Import)> {
        let mut imports = Vec::new();
        for id in &self.updated {
            let Some(import) = self.aligned.ours.imports().get(*id) else { continue };
            let Some(file) = files.iter().find(|file| rows_from(import).name() == Some(&file.name)) else {
                continue;
            };
            let mut new = Import { sha256: Some(file.sha256.clone()), ..import.clone() };
            // The member of an archive keeps its name.
            if new.file.as_deref() == Some(&file.name) {
                new.file = Some(file.now.clone());
            }
            let fresh = self.aligned.fresh.imports().iter().find(|(fresh, _)| self.aligned.group(*fresh).contains(id));
            if let Some(recipe) = fresh.and_then(|(_, fresh)| fresh.recipe.clone()) {
                new.recipe = Some(recipe);
            }
            imports.push((*id, new));
        }
        imports
    }
}

/// Returns what a tie says, without what proves it.
fn said(records: &Records, item: Item) -> String {
    let mut texts = field_texts(records, item);
    texts.remove("evidence");
    let texts: Vec<String> = texts.iter().map(|(field, text)| format!("{field}\u{1f}{text}")).collect();
    texts.join("\u{1e}")
}
