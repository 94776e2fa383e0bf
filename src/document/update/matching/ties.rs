//! Finds the ties of the map for the rows of tables: by the keys of rows; without any by all that a row says, with or
//! without its proof, by ends, kind and date, and by the number of the row where the rest is alike. Each is found once,
//! in the order of the rows.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use super::Aligned;
use crate::document::provenance::{FieldTexts, field_texts, find_actor, identity, parts_of, row_texts};
use crate::document::update::candidates::folded;
use crate::document::update::progress::ComparingProgress;
use crate::model::{ActorId, Ends, ImportId, Item, Key, Slots, Tie, TieId};

/// If more rows than this have one number, they are elements of a single-line file.
const MAX_SAME_NUMBER: usize = 64;

/// Whether a row was deleted by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deletion {
    /// It was not.
    No,
    /// A row was that has the same name now, after actors were merged.
    Possible,
    /// A row was that has the same name in its table.
    Likely,
}

/// A tie as its row has it.
struct RowOfTie {
    id: TieId,
    deletion: Deletion,
    /// The import of theirs.
    import: ImportId,
    keys: Vec<String>,
    ends: Vec<ActorId>,
    texts: FieldTexts,
}

impl RowOfTie {
    fn text(&self, field: &str) -> String {
        self.texts.get(field).cloned().unwrap_or_default()
    }

    fn dates(&self) -> [String; 3] {
        ["date", "startDate", "endDate"].map(|field| self.text(field))
    }

    /// Returns all that a row says but what proves it.
    fn all(&self) -> (ImportId, Vec<ActorId>, String) {
        let said = self.texts.iter().filter(|(field, _)| !matches!(field.as_str(), "evidence" | "from" | "to"));
        let said: Vec<String> = said.map(|(field, text)| format!("{field}\u{1f}{text}")).collect();
        (self.import, self.ends.clone(), said.join("\u{1e}"))
    }

    /// Returns all that a row says, and what proves it, in any order.
    fn all_and_proof(&self) -> (ImportId, Vec<ActorId>, String, Vec<String>) {
        let (import, ends, said) = self.all();
        let mut proof = parts_of(&self.text("evidence"));
        proof.sort();
        (import, ends, said, proof)
    }

    fn identity(&self) -> (ImportId, Vec<ActorId>, String, [String; 3]) {
        (self.import, self.ends.clone(), self.text("kind"), self.dates())
    }

    fn number(&self) -> (ImportId, String) {
        (self.import, self.keys.first().cloned().unwrap_or_default())
    }

    /// Whether two rows of one number are likely to be one that was corrected.
    fn is_alike(&self, other: &Self) -> bool {
        let (mut one, mut two) = (self.ends.clone(), other.ends.clone());
        one.sort();
        two.sort();
        let (kind, dates) = (self.text("kind") == other.text("kind"), self.dates() == other.dates());
        (one == two && (kind || dates)) || (kind && dates && one.iter().any(|end| two.contains(end)))
    }
}

impl Aligned<'_> {
    pub(super) fn align_ties(&mut self, progress: &ComparingProgress<'_>) {
        let fresh: Slots<TieId, Tie> = self.fresh.ties().values().map(|tie| self.translated(tie)).collect();
        let ids: Vec<TieId> = self.fresh.tie_ids().collect();
        let mut scratch = self.theirs.clone();
        scratch.ties = fresh;
        let theirs: Vec<RowOfTie> = ids
            .iter()
            .zip(scratch.ties.iter())
            .take_while(|_| progress.step())
            .filter_map(|(id, (slot, tie))| {
                let keys = tie.claim.metadata.row.as_ref()?.keys.clone();
                let import = self.fresh.tie(*id).claim.metadata.row.as_ref()?.import;
                let texts = field_texts(&scratch, Item::Tie(slot));
                let deletion = match &self.deleted {
                    none if none.is_empty() => Deletion::No,
                    noted if noted.contains(&folded(&identity(self.fresh.records(), Item::Tie(*id)))) => {
                        Deletion::Likely
                    }
                    _ if self.deleted_now.contains(&folded(&identity(&scratch, Item::Tie(slot)))) => Deletion::Possible,
                    _ => Deletion::No,
                };
                Some(RowOfTie { id: *id, deletion, import, keys, ends: tie.ends.actors(), texts })
            })
            .collect();
        let ours = self.rows_of_ties(progress);
        let mut pairs = Pairs { ours: &ours, theirs: &theirs, of: HashMap::new(), taken: HashSet::new() };
        let keyed: HashSet<ImportId> = self.fresh.imports().ids().filter(|import| self.has_keys(*import)).collect();
        let is_keyed = |row: &RowOfTie| keyed.contains(&row.import);
        pairs.pair(|row| {
            let keys = row.keys.iter().filter(|_| is_keyed(row));
            keys.map(|key| (row.import, key.clone(), row.ends.clone())).collect()
        });
        pairs.pair(|row| row.keys.iter().filter(|_| is_keyed(row)).map(|key| (row.import, key.clone())).collect());
        let natural = |row: &RowOfTie| !is_keyed(row);
        // After their actors were merged, rows may be alike that once had other ends: they are told by their proof, and those
        // that were deleted by hand are left for last.
        let levels = [Deletion::No, Deletion::Possible, Deletion::Likely];
        for most in levels {
            let is_wanted = |row: &RowOfTie| natural(row) && row.deletion <= most;
            pairs.pair(|row| Some(row.all_and_proof()).filter(|_| is_wanted(row)).into_iter().collect());
        }
        for most in levels {
            let is_wanted = |row: &RowOfTie| natural(row) && row.deletion <= most;
            pairs.pair(|row| Some(row.all()).filter(|_| is_wanted(row)).into_iter().collect());
        }
        for most in levels {
            let is_wanted = |row: &RowOfTie| natural(row) && row.deletion <= most;
            pairs.pair(|row| Some(row.identity()).filter(|_| is_wanted(row)).into_iter().collect());
        }
        // A row that was deleted by hand must not be taken for another one that was corrected.
        pairs.pair_alike(&|row| natural(row) && row.deletion == Deletion::No);
        let found: HashMap<TieId, TieId> =
            pairs.of.iter().map(|(theirs_at, ours_at)| (theirs[*theirs_at].id, ours[*ours_at].id)).collect();
        self.take_ties(&ids, &scratch.ties, &found);
    }

    /// Returns the ties of the map with a row in the tables, in the order of the rows.
    fn rows_of_ties(&self, progress: &ComparingProgress<'_>) -> Vec<RowOfTie> {
        let records = self.ours.records();
        let groups: HashMap<ImportId, ImportId> = self
            .fresh
            .imports()
            .ids()
            .flat_map(|fresh| self.group(fresh).iter().map(move |own| (*own, fresh)))
            .collect();
        let mut by_key: HashMap<Key, Option<ActorId>> = HashMap::new();
        let mut rows: Vec<RowOfTie> = Vec::new();
        for (id, tie) in self.ours.ties().iter().take_while(|_| progress.step()) {
            let Some(row) = tie.claim.metadata.row.as_ref() else { continue };
            let Some(import) = groups.get(&row.import) else { continue };
            let mut end = |field: &str, now: ActorId| {
                let was = row.was.iter().find(|(name, _)| name == field);
                let known = was.and_then(|(_, key)| {
                    *by_key.entry(Key::from(key.as_str())).or_insert_with(|| find_actor(records, key))
                });
                known.unwrap_or(now)
            };
            let ends = match &tie.ends {
                Ends::Pair { from, to } => {
                    let (from, to) = (end("from", *from), end("to", *to));
                    Ends::Pair { from, to }.actors()
                }
                parties @ Ends::Parties(_) => parties.actors(),
            };
            let texts = row_texts(records, Item::Tie(id));
            let keys = row.keys.clone();
            rows.push(RowOfTie { id, deletion: Deletion::No, import: *import, keys, ends, texts });
        }
        rows.sort_by_key(|row| row.keys.first().and_then(|key| key.parse::<u64>().ok()).unwrap_or(u64::MAX));
        rows
    }

    fn take_ties(&mut self, ids: &[TieId], translated: &Slots<TieId, Tie>, found: &HashMap<TieId, TieId>) {
        for (id, tie) in ids.iter().zip(translated.values()) {
            let own = found.get(id).copied();
            let slot = own.unwrap_or_else(|| self.theirs.ties.next_id());
            self.ids.ties.insert(*id, slot);
            let mut tie = tie.clone();
            tie.claim.key = self.key_for(&tie.claim.key, Item::Tie(slot));
            self.theirs.ties.set(slot, Some(Arc::new(tie)));
            if own.is_some() {
                self.present.insert(Item::Tie(slot));
                self.rows.push(Item::Tie(slot));
            } else {
                self.new.push(Item::Tie(slot));
                self.fresh_of.insert(Item::Tie(slot), Item::Tie(*id));
            }
        }
    }
}

/// Rows of both sides that are one.
struct Pairs<'r> {
    ours: &'r [RowOfTie],
    theirs: &'r [RowOfTie],
    /// The index of ours by that of theirs.
    of: HashMap<usize, usize>,
    taken: HashSet<usize>,
}

impl Pairs<'_> {
    /// Pairs the rows that have a mark in common, the first with the first.
    fn pair<K: Hash + Eq>(&mut self, marks: impl Fn(&RowOfTie) -> Vec<K>) {
        let mut free: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, row) in self.ours.iter().enumerate().filter(|(index, _)| !self.taken.contains(index)) {
            for mark in marks(row) {
                free.entry(mark).or_default().push_back(index);
            }
        }
        for (index, row) in self.theirs.iter().enumerate() {
            if self.of.contains_key(&index) {
                continue;
            }
            for mark in marks(row) {
                let Some(queue) = free.get_mut(&mark) else { continue };
                while queue.front().is_some_and(|own| self.taken.contains(own)) {
                    queue.pop_front();
                }
                if let Some(own) = queue.pop_front() {
                    self.of.insert(index, own);
                    self.taken.insert(own);
                    break;
                }
            }
        }
    }

    /// Pairs rows of one number that are alike.
    fn pair_alike(&mut self, is_natural: &dyn Fn(&RowOfTie) -> bool) {
        let mut free: HashMap<(ImportId, String), Vec<usize>> = HashMap::new();
        for (index, row) in self.ours.iter().enumerate().filter(|(index, _)| !self.taken.contains(index)) {
            if is_natural(row) && !row.keys.is_empty() {
                free.entry(row.number()).or_default().push(index);
            }
        }
        for (index, row) in self.theirs.iter().enumerate().filter(|(_, row)| is_natural(row)) {
            if self.of.contains_key(&index) {
                continue;
            }
            let candidates = free.get(&row.number()).filter(|candidates| candidates.len() <= MAX_SAME_NUMBER);
            let Some(candidates) = candidates else { continue };
            let own = candidates.iter().find(|own| !self.taken.contains(own) && self.ours[**own].is_alike(row));
            if let Some(own) = own {
                self.of.insert(index, *own);
                self.taken.insert(*own);
            }
        }
    }
}
