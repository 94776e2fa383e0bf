//! What was changed both here and in the file, until the user has chosen.

use std::sync::Arc;

use crate::document::{Conflict, Decision, Document, EditError, MergeSide, Merged, Transaction, decide};
use crate::model::Map;
use crate::view::{FileDifference, differences};

use super::Session;

/// The conflicts of merges that need a choice, with what was chosen so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Undecided {
    entries: Vec<OpenConflict>,
    /// The content of the file, under our ids.
    theirs: Arc<Map>,
    is_open: bool,
    /// The differences of a map, computed once.
    compared: Option<(Arc<Map>, Arc<[FileDifference]>)>,
}

#[derive(Clone, Debug)]
struct OpenConflict {
    conflict: Conflict,
    /// The content of the file that both sides started from.
    before: Arc<Map>,
    choice: Option<MergeSide>,
}

impl Undecided {
    /// Adds the conflicts of a merge that need a choice; `before` is what the file said before. A conflict that is
    /// there already keeps its first state, but not its choice, since the file has changed again.
    pub(crate) fn add(&mut self, before: &Arc<Map>, merged: &Merged) {
        self.theirs = Arc::clone(&merged.theirs.map);
        self.compared = None;
        for conflict in merged.conflicts.iter().filter(|conflict| conflict.about.needs_decision()) {
            let is_it =
                |entry: &OpenConflict| entry.conflict.slot == conflict.slot && entry.conflict.about == conflict.about;
            if !self.entries.iter().any(is_it) {
                self.entries.push(OpenConflict {
                    conflict: conflict.clone(),
                    before: Arc::clone(before),
                    choice: None,
                });
            }
        }
        self.entries.iter_mut().for_each(|entry| entry.choice = None);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the number of conflicts, decided or not.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether the panel is open.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open && !self.is_empty()
    }

    pub(crate) fn open(&mut self) {
        self.is_open = true;
    }

    pub(crate) fn close(&mut self) {
        self.is_open = false;
    }

    pub(crate) fn choose(&mut self, index: usize, side: MergeSide) {
        if let Some(entry) = self.entries.get_mut(index) {
            entry.choice = Some(side);
        }
    }

    /// Returns the differences that are left.
    fn differences(&mut self, document: &Document) -> Arc<[FileDifference]> {
        if let Some((map, found)) = &self.compared
            && Arc::ptr_eq(map, &document.map)
        {
            return Arc::clone(found);
        }
        let conflicts: Vec<_> = self.entries.iter().map(|entry| (&entry.before, &entry.conflict)).collect();
        let found: Arc<[FileDifference]> = differences(document, &self.theirs, &conflicts).into();
        self.compared = Some((Arc::clone(&document.map), Arc::clone(&found)));
        found
    }
}

impl Session {
    /// Returns the differences that need a choice, with what was chosen so far.
    pub(crate) fn compared(&mut self) -> Vec<(FileDifference, Option<MergeSide>)> {
        let found = self.undecided.differences(&self.document);
        let choice = |difference: &FileDifference| {
            let side = self.undecided.entries.get(difference.index).and_then(|entry| entry.choice);
            (difference.clone(), side)
        };
        found.iter().map(choice).collect()
    }

    /// Returns the number of differences without a choice.
    pub(crate) fn undecided_count(&mut self) -> usize {
        self.compared().iter().filter(|(_, side)| side.is_none()).count()
    }

    /// Makes the chosen edit as one undo step, and forgets the conflicts.
    ///
    /// # Errors
    ///
    /// If what the file says doesn't fit; nothing is changed then.
    pub(crate) fn apply_choices(&mut self) -> Result<(), EditError> {
        let left: Vec<usize> = self.compared().iter().map(|(difference, _)| difference.index).collect();
        let decisions = left.iter().filter_map(|index| {
            let OpenConflict { conflict, before, choice } = self.undecided.entries.get(*index)?;
            Some(Decision { conflict, before, side: (*choice)? })
        });
        let decisions: Vec<Decision<'_>> = decisions.collect();
        let transaction: Transaction = decide(&self.document, &self.undecided.theirs, &decisions)?;
        self.edit(&transaction)?;
        self.undecided = Undecided::default();
        Ok(())
    }
}
