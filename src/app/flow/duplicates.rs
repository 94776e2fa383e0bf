//! The search for actors that may be the same, as a job, and the list of what was found.

use std::sync::Arc;

use egui::Context;

use crate::analysis::{Duplicates, likely_duplicates};
use crate::jobs::JobContext;
use crate::model::Map;
use crate::view::duplicate_rows;

use crate::app::ask::command::JobKind;
use crate::app::flow::task::Task;
use crate::app::panels::lists::duplicates::DuplicateList;

/// Maps of up to this many actors are searched at once, without a job.
const AT_ONCE: usize = 2_000;

/// The search, and the list that shows its result.
#[derive(Default)]
pub(crate) struct DuplicateSearch {
    pub(crate) list: DuplicateList,
    /// The running search with its map.
    running: Option<(Arc<Map>, Task<Option<Duplicates>>)>,
}

impl DuplicateSearch {
    /// Searches while the list is open and shows another map; takes over the result.
    pub(crate) fn poll(&mut self, ctx: &Context, map: &Arc<Map>) {
        if !self.list.is_open() || self.list.is_of(map) {
            self.running = None;
            return;
        }
        if map.actors().len() <= AT_ONCE {
            let found = likely_duplicates(map, &|| false).unwrap_or_default();
            return self.show(map, &found);
        }
        if !self.running.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, map)) {
            let of = Arc::clone(map);
            let work = move |job: &JobContext| likely_duplicates(&of, &|| job.is_canceled());
            let task = Task::start(ctx, JobKind::Duplicates, "Comparing the actors", work);
            self.running = Some((Arc::clone(map), task));
        }
        match self.running.as_ref().and_then(|(_, task)| task.poll()) {
            None => {}
            Some(Ok(Some(found))) => self.show(map, &found),
            Some(Ok(None)) => self.cancel(),
            Some(Err(fault)) => {
                tracing::error!("{fault}");
                self.cancel();
            }
        }
    }

    fn show(&mut self, map: &Arc<Map>, found: &Duplicates) {
        self.list.show(map, duplicate_rows(map, found), found.left_out);
        self.running = None;
    }

    /// Gives up the search and closes the list.
    pub(crate) fn cancel(&mut self) {
        self.running = None;
        self.list.close();
    }

    /// Returns the running job.
    pub(crate) fn task(&self) -> Option<&Task<Option<Duplicates>>> {
        self.running.as_ref().map(|(_, task)| task)
    }

    /// Returns whether no search is running.
    pub(crate) fn is_settled(&self) -> bool {
        self.running.is_none()
    }
}
