//! Reports how far a comparison is, and cancels it.

use std::cell::Cell;

use crate::load::ProgressFn;
use crate::model::Map;

/// The records that are compared.
pub(super) struct ComparingProgress<'a> {
    on_progress: ProgressFn<'a>,
    done: Cell<usize>,
    total: usize,
    is_canceled: Cell<bool>,
}

/// The number of records between two reports.
const STEP: usize = 256;
/// How many times each record is looked at.
const TIMES: usize = 3;

impl<'a> ComparingProgress<'a> {
    pub(super) fn new(ours: &Map, fresh: &Map, on_progress: ProgressFn<'a>) -> Self {
        let count = |map: &Map| map.actors().len() + map.ties().len() + map.facts().len();
        let total = TIMES * (count(ours) + count(fresh)).max(1);
        Self { on_progress, done: Cell::new(0), total, is_canceled: Cell::new(false) }
    }

    /// Counts a record; returns whether to go on.
    pub(super) fn step(&self) -> bool {
        if self.is_canceled.get() {
            return false;
        }
        let done = self.done.get() + 1;
        self.done.set(done);
        if done.is_multiple_of(STEP) && !(self.on_progress)((done as f32 / self.total as f32).min(1.0)) {
            self.is_canceled.set(true);
        }
        !self.is_canceled.get()
    }

    /// Whether the user canceled; the comparison is then incomplete.
    pub(super) fn is_canceled(&self) -> bool {
        self.is_canceled.get()
    }
}
