//! Undo and redo by keeping earlier looks; their parts are shared, so a step costs little.

use std::sync::Arc;

use super::Look;

/// How many steps are kept.
const MOST_STEPS: usize = 500;

/// One step: what it is called, and the look before (for undo) or after (for redo).
#[derive(Clone, Debug)]
struct Step {
    label: String,
    look: Arc<Look>,
}

/// Earlier and later looks of one document.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    /// Remembers the look before a change; what was undone before can't be redone any more.
    pub fn record(&mut self, label: String, before: Arc<Look>) {
        self.future.clear();
        self.past.push(Step { label, look: before });
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
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
        self.future.push(Step { label: step.label, look: present });
        Some(step.look)
    }

    /// Does the last undone step again.
    pub fn redo(&mut self, present: Arc<Look>) -> Option<Arc<Look>> {
        let step = self.future.pop()?;
        self.past.push(Step { label: step.label, look: present });
        Some(step.look)
    }
}
