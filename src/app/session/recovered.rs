//! Applies recovered changes to the open map.

use crate::document::journal::{AppliedJournal, Journal};
use crate::document::{Change, EditError, Transaction};
use crate::recovery::base_hash;

use super::Session;

impl Session {
    /// Applies the changes of a journal, as one undo step. If the file has changed since the journal was begun, both are
    /// merged, and the fields that both changed have to be decided. If nothing fits, the document stays as it is.
    ///
    /// # Errors
    ///
    /// Fails if they don't fit the map, which is then unchanged.
    pub(crate) fn recover(&mut self, journal: &Journal) -> Result<AppliedJournal, EditError> {
        let (map, look, on_disk) = (&self.document.map, &self.document.look, &self.on_disk.look);
        let (applied, merged) = if base_hash(self.document.origin.bytes()) == journal.header.base {
            (journal.apply(map, on_disk, look), None)
        } else {
            let merged = journal.apply_to_newer(map, on_disk, look);
            (merged.applied, Some((merged.before, merged.merged)))
        };
        if applied.made > 0 {
            let mut transaction = Transaction::of_looks("Recover unsaved changes", look, &applied.look);
            transaction.changes.extend(applied.records.iter().cloned().map(Change::Record));
            self.edit(&transaction)?;
            if let Some((before, merged)) = merged {
                self.undecided.add(&before, &merged);
            }
        }
        Ok(applied)
    }
}
