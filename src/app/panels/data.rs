//! Cached data of the panels, updated only when the map, its shown part or the selection changes.

use std::sync::Arc;

use egui::Context;

use crate::analysis::{ActorMeasure, Measured};
use crate::derive::{Difference, PanelData, Work};
use crate::document::{Document, Shown};
use crate::jobs::{JobContext, JobHandle, News, start_job};
use crate::model::{Item, Map};
use crate::view::{self, ActorRow, Details};

use crate::app::ask::selection::Selection;

/// Maps of more actors and ties than this are listed and counted by a job.
const MADE_AT_ONCE: usize = 12_000;

/// The data behind all panels.
#[derive(Default)]
pub(crate) struct Panels {
    made_from: Option<(Arc<Map>, u64)>,
    selection: Selection,
    /// Lists, filters and the status line.
    pub(crate) derived: PanelData,
    /// The job that lists or counts a large map.
    making: Option<PanelJob>,
    /// The details of the selection.
    pub(crate) details: Details,
    /// The actors by the measure chosen last.
    pub(crate) measured: Option<MeasuredList>,
    /// The work done so far, for tests that bound it.
    pub(crate) work: Work,
}

/// A job that derives everything of a large map, or its figures alone.
struct PanelJob {
    job: JobHandle<(PanelData, Work)>,
    of: (Arc<Map>, u64),
    is_whole: bool,
    /// Whether the map has changed since it began.
    is_stale: bool,
}

/// The order of the list of actors by a measure.
pub(crate) struct MeasuredList {
    map: Arc<Map>,
    by: ActorMeasure,
    pub(crate) measured: Measured,
    /// The indices of the rows, the highest value first.
    pub(crate) order: Vec<usize>,
}

impl MeasuredList {
    /// Sorts the rows of a map by a measure; those of the same value keep their order.
    pub(crate) fn new(map: Arc<Map>, by: ActorMeasure, measured: Measured, rows: &[ActorRow]) -> Self {
        let value = |row: usize| measured.values.get(rows[row].id.index()).copied().unwrap_or_default();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|&one, &other| value(other).total_cmp(&value(one)));
        Self { map, by, measured, order }
    }

    /// Returns whether it is of this map and measure.
    pub(crate) fn is_of(&self, map: &Arc<Map>, by: ActorMeasure) -> bool {
        Arc::ptr_eq(&self.map, map) && self.by == by
    }
}

impl Panels {
    /// Returns the list by this measure, if it is of this map.
    pub(crate) fn measured_by(&self, map: &Arc<Map>, by: ActorMeasure) -> Option<&MeasuredList> {
        self.measured.as_ref().filter(|measured| measured.is_of(map, by))
    }

    /// Returns whether nothing is being listed or counted.
    pub(crate) fn is_settled(&self) -> bool {
        self.making.is_none()
    }

    /// Returns whether the lists of a large map that was just opened are not there yet.
    pub(crate) fn is_listing(&self) -> bool {
        self.making.as_ref().is_some_and(|making| making.is_whole)
    }

    /// Updates stale data; `news` is the difference since the last call, or `None` if unknown.
    pub(crate) fn refresh(
        &mut self,
        ctx: &Context,
        document: &Document,
        shown: &Shown,
        selection: &Selection,
        news: Option<&Difference>,
    ) {
        let map = &document.map;
        let has_arrived = self.take_made(ctx, document, shown);
        let is_current = |(made, revision): &(Arc<Map>, u64)| Arc::ptr_eq(made, map) && *revision == document.revision;
        if let Some(making) = self.making.as_mut().filter(|making| making.is_whole && !making.is_stale)
            && news.is_some_and(|news| !news.has_shown())
        {
            // Places and notes are in no list.
            making.of = (Arc::clone(map), document.revision);
        }
        let is_under_way = self.making.as_ref().is_some_and(|making| making.is_whole && is_current(&making.of));
        let is_stale = news.is_none() || !(is_under_way || self.made_from.as_ref().is_some_and(is_current));
        if is_stale {
            if let Some(news) = news.filter(|_| self.made_from.is_some()) {
                self.made_from = Some((Arc::clone(map), document.revision));
                if self.derived.update_rows(document, shown, news, &mut self.work) {
                    self.make(ctx, document, shown, false);
                }
            } else {
                // What is of another map, or of an earlier state, must not be shown.
                self.derived = PanelData::default();
                self.made_from = None;
                self.make(ctx, document, shown, true);
            }
        }
        let is_of_map = has_arrived && selection.items().next().is_none();
        let has_other_details = is_of_map || (is_stale && news.is_none_or(Difference::has_shown));
        if has_other_details || self.selection != *selection {
            self.selection = selection.clone();
            let items: Vec<Item> = selection.items().collect();
            self.details = match items.as_slice() {
                [] => view::build_map_details(map, self.made_from.is_some().then_some(&self.derived.figures.counts)),
                items => view::build_details(map, items, shown),
            };
        }
    }

    /// Derives everything, or what is counted over the whole map: at once, or for large maps by a job, one at a time.
    fn make(&mut self, ctx: &Context, document: &Document, shown: &Shown, is_whole: bool) {
        let map = &document.map;
        if map.actors().len() + map.ties().len() <= MADE_AT_ONCE {
            self.making = None;
            if is_whole {
                self.derived = PanelData::new(document, shown, &mut self.work);
                self.made_from = Some((Arc::clone(map), document.revision));
            } else {
                self.derived.count(document, shown, &mut self.work);
            }
            return;
        }
        if let Some(making) = &mut self.making {
            making.is_stale = true;
            making.is_whole |= is_whole;
            return;
        }
        let of = (Arc::clone(map), document.revision);
        let (window, document, shown) = (ctx.clone(), document.clone(), shown.clone());
        let wake = move |news| {
            if news == News::Ended {
                window.request_repaint();
            }
        };
        let run = move |_: &JobContext| {
            let mut work = Work::default();
            let mut made = PanelData::default();
            if is_whole {
                made = PanelData::new(&document, &shown, &mut work);
            } else {
                made.count(&document, &shown, &mut work);
            }
            (made, work)
        };
        self.making = Some(PanelJob { job: start_job("Listing", Arc::new(wake), run), of, is_whole, is_stale: false });
    }

    /// Takes over what a job has made, or starts it again if the map has changed since; returns whether there is
    /// something new.
    fn take_made(&mut self, ctx: &Context, document: &Document, shown: &Shown) -> bool {
        let Some(made) = self.making.as_ref().and_then(|making| making.job.poll()) else { return false };
        let Some(PanelJob { of, is_whole, is_stale, .. }) = self.making.take() else { return false };
        let Ok((made, work)) = made.inspect_err(|fault| tracing::error!("{fault}")) else {
            // Not tried again: it would fail again.
            self.made_from = Some((Arc::clone(&document.map), document.revision));
            return false;
        };
        self.work += work;
        let is_current = !is_stale && Arc::ptr_eq(&of.0, &document.map) && of.1 == document.revision;
        if is_whole && !is_current {
            self.make(ctx, document, shown, true);
            return false;
        }
        if is_whole {
            (self.derived, self.made_from) = (made, Some(of));
        } else {
            self.derived.figures = made.figures;
            // It may be of an earlier state, with kinds that are gone and another filter.
            self.derived.figures.facets.keep_existing(&document.map);
            self.derived.figures.facets.switch(&document.look.filter);
            if is_stale {
                self.make(ctx, document, shown, false);
            }
        }
        true
    }
}
