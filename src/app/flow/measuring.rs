//! Measuring the actors of a map by a job, for the list of actors.

use std::sync::Arc;

use egui::Context;

use crate::analysis::{ActorMeasure, Measured, measure};
use crate::jobs::JobContext;
use crate::model::Map;

use crate::app::ask::command::JobKind;
use crate::app::flow::task::Task;

/// A running measurement.
pub(crate) struct Measuring {
    map: Arc<Map>,
    by: ActorMeasure,
    pub(crate) task: Task<Option<Measured>>,
}

impl Measuring {
    /// Starts measuring all actors of a map.
    pub(crate) fn start(ctx: &Context, map: &Arc<Map>, by: ActorMeasure) -> Self {
        let of = Arc::clone(map);
        let work = move |job: &JobContext| measure(&of, by, &|| job.is_canceled());
        let task = Task::start(ctx, JobKind::Measuring, "Measuring the actors", work);
        Self { map: Arc::clone(map), by, task }
    }

    /// Returns whether it measures this.
    pub(crate) fn is_of(&self, map: &Arc<Map>, by: ActorMeasure) -> bool {
        Arc::ptr_eq(&self.map, map) && self.by == by
    }
}
