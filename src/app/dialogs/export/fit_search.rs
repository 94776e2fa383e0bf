//! The job that looks for settings that give a picture more room, and its result.

use std::sync::Arc;

use egui::Context;

use crate::jobs::{JobHandle, News, start_job};
use crate::text::Fonts;

use super::fit::{Fit, Shortage, find_fit};
use crate::app::ask::picture_order::{PictureKey, PictureOrder};

/// The search for one picture at a time.
#[derive(Default)]
pub(super) struct FitSearch {
    running: Option<(PictureKey, JobHandle<anyhow::Result<Option<Fit>>>)>,
    /// The result of the last search that ended.
    ended: Option<(PictureKey, Option<Fit>)>,
}

impl FitSearch {
    /// Starts the search for a picture with this shortage, unless it is needless, running or done.
    pub(super) fn start(&mut self, ctx: &Context, order: &PictureOrder, shortage: Shortage, fonts: &Arc<Fonts>) {
        let picture = order.key();
        let is_done = self.ended.as_ref().is_some_and(|(ended, _)| *ended == picture);
        if self.running.is_some() || is_done || shortage.is_none() {
            return;
        }
        let (window, order, fonts) = (ctx.clone(), order.clone(), Arc::clone(fonts));
        let wake = move |news| {
            // Its progress isn't shown.
            if news == News::Ended {
                window.request_repaint();
            }
        };
        let find = move |job: &_| find_fit(&order, shortage, &fonts, job);
        self.running = Some((picture, start_job("Looking for more room", Arc::new(wake), find)));
    }

    /// Requests that a running search ends; returns whether one is running.
    pub(super) fn cancel(&self) -> bool {
        // A failed cancel only means that it has just ended.
        self.running.as_ref().map(|(_, job)| job.cancel()).is_some()
    }

    /// Takes over the result of a search that has ended.
    pub(super) fn take(&mut self) {
        let Some(result) = self.running.as_ref().and_then(|(_, job)| job.poll()) else { return };
        let Some((picture, job)) = self.running.take() else { return };
        match result.map_err(anyhow::Error::from).flatten() {
            Ok(fit) => self.ended = Some((picture, fit)),
            // Canceled, because the picture has changed.
            Err(error) => tracing::debug!("{}: {error:#}", job.name()),
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Returns the settings found for this picture.
    pub(super) fn found(&self, picture: &PictureKey) -> Option<Fit> {
        self.ended.as_ref().filter(|(ended, _)| ended == picture).and_then(|(_, fit)| *fit)
    }
}
