//! Applies a journal to a newer content of its file: a three-way merge, field by field.

use std::sync::Arc;

use crate::document::merge::{Merged, merge};
use crate::document::transaction::record;
use crate::document::{Document, Look, Snapshot};
use crate::model::{Map, RecordChange};

use super::records::{apply_records, is_record};
use super::{AppliedJournal, Journal, RecordedDifference};

/// The result of applying a journal to a newer content of its file.
#[derive(Clone, Debug)]
pub struct MergedJournal {
    /// What to change. Where both sides changed a field, the journal's value is kept.
    pub applied: AppliedJournal,
    /// The content that both sides started from, as far as the journal says it.
    pub before: Arc<Map>,
    /// The merge, with the fields that both sides changed.
    pub merged: Merged,
}

impl Journal {
    /// Applies the changes to a map whose file has changed since the journal was begun. What the file changed meanwhile
    /// is kept, field by field. Otherwise as [`Journal::apply`].
    #[must_use]
    pub fn apply_to_newer(&self, theirs: &Map, on_disk: &Look, look: &Look) -> MergedJournal {
        // The earlier file is not at hand. What it had is known for all records that the journal changes; all others are
        // taken as they are now, which changes nothing about them.
        let earlier = self.differences.iter().filter(|((name, _), _)| is_record(name));
        let earlier = earlier.map(|((name, of), RecordedDifference { was, .. })| (name.as_str(), of.as_str(), was));
        let before = apply_records(theirs, earlier).1.unwrap_or_else(|| theirs.clone());
        let (mut records, ours) = apply_records(&before, self.differences().filter(|(name, ..)| is_record(name)));
        let base = Snapshot { map: Arc::new(before), look: Arc::new(Look::default()) };
        let ours = Document::new(ours.map_or_else(|| Arc::clone(&base.map), Arc::new), Arc::default());
        let merged = merge(&base, &ours, theirs);
        let changes: Vec<RecordChange> = merged.transaction.changes.iter().cloned().filter_map(record).collect();
        let map = ours.map.with_changes(&changes).unwrap_or_else(|_| Map::clone(&ours.map));
        records.changes = map.records().changes_from(theirs.records());
        let applied = self.apply_look(&map, records, on_disk, look);
        MergedJournal { applied, before: base.map, merged }
    }
}
