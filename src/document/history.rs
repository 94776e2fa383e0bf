//! Undo and redo by keeping earlier looks; their parts are shared, so a step costs little.

use std::sync::Arc;

use super::Look;

/// How many steps are kept.
const MOST_STEPS: usize = 500;

/// A step of one history; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepId(u64);

/// One step: what it is called, and the look before (for undo) or after (for redo).
#[derive(Clone, Debug)]
struct Step {
    id: StepId,
    label: String,
    look: Arc<Look>,
}

/// Earlier and later looks of one document.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    recorded: u64,
    latest: Option<StepId>,
}

impl History {
    /// Remembers the look before a change; what was undone before can't be redone any more.
    pub fn record(&mut self, label: String, before: Arc<Look>) {
        self.future.clear();
        self.recorded += 1;
        let id = StepId(self.recorded);
        self.latest = Some(id);
        self.past.push(Step { id, label, look: before });
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
    }

    /// Returns the step that undo would take back.
    #[must_use]
    pub fn last(&self) -> Option<StepId> {
        self.past.last().map(|step| step.id)
    }

    /// Returns the step that has just been done or done again; `None` after an undo.
    #[must_use]
    pub fn latest(&self) -> Option<StepId> {
        self.latest
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// Takes the last step back: gives the look before it, and keeps the present one for redo.
    pub fn undo(&mut self, present: Arc<Look>) -> Option<Arc<Look>> {
        let step = self.past.pop()?;
        self.latest = None;
        self.future.push(Step { look: present, ..step.clone() });
        Some(step.look)
    }

    /// Does the last undone step again.
    pub fn redo(&mut self, present: Arc<Look>) -> Option<Arc<Look>> {
        let step = self.future.pop()?;
        self.latest = Some(step.id);
        self.past.push(Step { look: present, ..step.clone() });
        Some(step.look)
    }
}
