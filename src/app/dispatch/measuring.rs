//! Keeps the list of actors sorted by the chosen measure.

use std::sync::Arc;

use egui::Context;

use crate::analysis::ActorMeasure;

use crate::app::App;
use crate::app::flow::measuring::Measuring;
use crate::app::panels::data::MeasuredList;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Starts a measurement that the list of actors waits for, and takes over its result.
    pub(crate) fn poll_measuring(&mut self, ctx: &Context) {
        if !self.is_measure_missing() {
            self.measuring = None;
            return;
        }
        let (map, by) = (Arc::clone(&self.session.document.map), self.side_panel.measure());
        if !self.measuring.as_ref().is_some_and(|measuring| measuring.is_of(&map, by)) {
            self.measuring = Some(Measuring::start(ctx, &map, by));
        }
        if self.panels.is_listing() {
            // The order is that of the rows.
            return;
        }
        let Some(found) = self.measuring.as_ref().and_then(|measuring| measuring.task.poll()) else { return };
        self.measuring = None;
        match found {
            Ok(Some(measured)) => {
                let rows = &self.panels.derived.lists.actors;
                self.panels.measured = Some(MeasuredList::new(map, by, measured, rows));
            }
            Ok(None) => self.cancel_measuring(),
            Err(fault) => {
                self.cancel_measuring();
                self.toasts.say(ToastKind::Failed, crate::wording::capitalized(&fault.to_string()));
            }
        }
    }

    /// Sorts the list by what needs no job.
    pub(crate) fn cancel_measuring(&mut self) {
        self.measuring = None;
        self.side_panel.set_measure(ActorMeasure::Ties);
    }

    /// Returns whether the list of actors waits for a measurement.
    pub(crate) fn is_measure_missing(&self) -> bool {
        let by = self.side_panel.measure();
        let map = &self.session.document.map;
        by != ActorMeasure::Ties && !self.panels.measured.as_ref().is_some_and(|measured| measured.is_of(map, by))
    }
}
