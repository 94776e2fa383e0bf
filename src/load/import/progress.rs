//! Reports how many rows of an import are done, and cancels it.

use crate::load::table::Table;
use crate::load::{LoadError, ProgressFn, report_progress};

/// The rows of an import that are done. Reading cells comes before, and counts as half.
pub(super) struct RowProgress<'a> {
    on_progress: ProgressFn<'a>,
    done: usize,
    total: usize,
}

/// The number of rows between two reports.
const STEP: usize = 1024;

impl<'a> RowProgress<'a> {
    pub(super) fn new(tables: &[Table<'_>], on_progress: ProgressFn<'a>) -> Self {
        let total = tables.iter().map(Table::row_count).sum();
        Self { on_progress, done: 0, total }
    }

    /// Counts a row; fails if the import is canceled.
    pub(super) fn step(&mut self) -> Result<(), LoadError> {
        self.done += 1;
        if !self.done.is_multiple_of(STEP) {
            return Ok(());
        }
        report_progress(self.on_progress, 0.5 + 0.5 * self.done as f32 / self.total.max(1) as f32)
    }
}
