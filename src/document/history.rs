//! Undo and redo: a bounded history of inverse transactions.

use std::collections::VecDeque;

use super::Document;
use super::transaction::{Applied, Delta, EditError, Transaction};

/// The maximum number of undo steps.
const MAX_STEPS: usize = 1_000;

/// The id of a step, unique within one history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepId(u64);

/// The number of a series of changes that make up one step, such as those of keys that move one handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series(pub u64);

/// A step with the transaction that undoes it (in `past`) or redoes it (in `future`).
#[derive(Clone, Debug)]
struct HistoryStep {
    id: StepId,
    change: Transaction,
    series: Option<Series>,
}

/// The undo and redo steps of one document.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: VecDeque<HistoryStep>,
    future: Vec<HistoryStep>,
    recorded: u64,
    latest: Option<StepId>,
}

impl History {
    /// Records the inverse of a change and discards all redo steps.
    pub fn record(&mut self, inverse: Transaction) {
        self.push(inverse, None);
    }

    /// Records the inverse of a change, merged into the previous step if that is of the same series.
    pub fn record_in_series(&mut self, inverse: Transaction, series: Series) {
        let is_joined = self.latest.is_some() && self.past.back().is_some_and(|last| last.series == Some(series));
        match self.past.back_mut().filter(|_| is_joined) {
            Some(last) => {
                let label = inverse.label.clone();
                last.change = Transaction { label, ..inverse.then(std::mem::take(&mut last.change)) };
                self.future.clear();
            }
            None => self.push(inverse, Some(series)),
        }
    }

    fn push(&mut self, change: Transaction, series: Option<Series>) {
        self.future.clear();
        self.recorded += 1;
        let id = StepId(self.recorded);
        self.latest = Some(id);
        self.past.push_back(HistoryStep { id, change, series });
        if self.past.len() > MAX_STEPS {
            self.past.pop_front();
        }
    }

    /// Returns the step that undo would revert.
    #[must_use]
    pub fn last(&self) -> Option<StepId> {
        self.past.back().map(|step| step.id)
    }

    /// Returns the step just done or redone, or `None` after an undo.
    #[must_use]
    pub fn latest(&self) -> Option<StepId> {
        self.latest
    }

    /// Clears the latest step, so that no follow-up change is attributed to it or merged into it.
    pub fn set_apart(&mut self) {
        self.latest = None;
    }

    /// Returns the label of the step that undo would revert.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.back().map(|step| step.change.label.as_str())
    }

    /// Returns the label of the step that redo would apply.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.change.label.as_str())
    }

    /// Undoes the last step, or returns `None` if there is none.
    ///
    /// # Errors
    ///
    /// If the document is not in the state after that step; the step is kept.
    pub fn undo(&mut self, document: &Document) -> Option<Result<(Document, Delta), EditError>> {
        let step = self.past.back()?;
        let Applied { document, inverse, delta } = match document.apply(&step.change) {
            Ok(applied) => applied,
            Err(error) => return Some(Err(error)),
        };
        self.latest = None;
        if let Some(step) = self.past.pop_back() {
            self.future.push(HistoryStep { change: inverse, ..step });
        }
        Some(Ok((document, delta)))
    }

    /// Redoes the last undone step, or returns `None` if there is none.
    ///
    /// # Errors
    ///
    /// If the document is not in the state before that step; the step is kept.
    pub fn redo(&mut self, document: &Document) -> Option<Result<(Document, Delta), EditError>> {
        let step = self.future.last()?;
        let Applied { document, inverse, delta } = match document.apply(&step.change) {
            Ok(applied) => applied,
            Err(error) => return Some(Err(error)),
        };
        if let Some(step) = self.future.pop() {
            self.latest = Some(step.id);
            // What follows a redo is a step of its own.
            self.past.push_back(HistoryStep { change: inverse, series: None, ..step });
        }
        Some(Ok((document, delta)))
    }
}
