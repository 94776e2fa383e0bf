//! Undo and redo: transactions with what takes them back.

use std::collections::VecDeque;

use super::transaction::{Applied, Delta, EditError, Transaction};
use super::{Document, Slot};

/// How many steps are kept.
const MOST_STEPS: usize = 1_000;

/// A step of one history; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepId(u64);

/// Edits of one thing, which are one step as long as a person goes on typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typing {
    /// What is being edited.
    pub slot: Slot,
    /// Which opening of its field it is.
    pub opening: u64,
}

/// A step that was done, with what takes it back; or one that was undone, with what does it again.
#[derive(Clone, Debug)]
struct HistoryStep {
    id: StepId,
    change: Transaction,
    typing: Option<Typing>,
}

/// The steps of one document that can be undone and redone.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: VecDeque<HistoryStep>,
    future: Vec<HistoryStep>,
    recorded: u64,
    latest: Option<StepId>,
}

impl History {
    /// Remembers what takes a change back; what was undone before can't be redone any more.
    pub fn record(&mut self, inverse: Transaction) {
        self.push(inverse, None);
    }

    /// The same for a change while typing, which joins the step before if that was the same typing.
    pub fn record_typing(&mut self, inverse: Transaction, typing: Typing) {
        let is_joined = self.latest.is_some() && self.past.back().is_some_and(|last| last.typing == Some(typing));
        match self.past.back_mut().filter(|_| is_joined) {
            Some(last) => {
                let label = inverse.label.clone();
                last.change = Transaction { label, ..inverse.then(std::mem::take(&mut last.change)) };
            }
            None => self.push(inverse, Some(typing)),
        }
    }

    fn push(&mut self, change: Transaction, typing: Option<Typing>) {
        self.future.clear();
        self.recorded += 1;
        let id = StepId(self.recorded);
        self.latest = Some(id);
        self.past.push_back(HistoryStep { id, change, typing });
        if self.past.len() > MOST_STEPS {
            self.past.pop_front();
        }
    }

    /// Returns the step that undo would take back.
    #[must_use]
    pub fn last(&self) -> Option<StepId> {
        self.past.back().map(|step| step.id)
    }

    /// Returns the step that has just been done or done again; `None` after an undo.
    #[must_use]
    pub fn latest(&self) -> Option<StepId> {
        self.latest
    }

    /// Forgets which step was done last, so that nothing counts as its consequence and no typing joins it.
    pub fn set_apart(&mut self) {
        self.latest = None;
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.back().map(|step| step.change.label.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.change.label.as_str())
    }

    /// Takes the last step back; `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the document is not the one after that step; the step stays.
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

    /// Does the last undone step again; `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the document is not the one before that step; the step stays.
    pub fn redo(&mut self, document: &Document) -> Option<Result<(Document, Delta), EditError>> {
        let step = self.future.last()?;
        let Applied { document, inverse, delta } = match document.apply(&step.change) {
            Ok(applied) => applied,
            Err(error) => return Some(Err(error)),
        };
        if let Some(step) = self.future.pop() {
            self.latest = Some(step.id);
            self.past.push_back(HistoryStep { change: inverse, ..step });
        }
        Some(Ok((document, delta)))
    }
}
