//! Cached data of the panels, updated only when the map, its shown part or the selection changes.

use std::sync::Arc;

use crate::analysis::{ActorMeasure, Measured};
use crate::derive::{self, Difference, Work};
use crate::document::{Document, Shown};
use crate::model::{Item, Map};
use crate::view::{self, ActorRow, Details};

use crate::app::ask::selection::Selection;

/// The data behind all panels.
#[derive(Default)]
pub(crate) struct Panels {
    made_from: Option<(Arc<Map>, u64)>,
    selection: Selection,
    /// Lists, filters and the status line.
    pub(crate) derived: derive::PanelData,
    /// The details of the selection.
    pub(crate) details: Details,
    /// The actors by the measure chosen last.
    pub(crate) measured: Option<MeasuredList>,
    /// The work done so far, for tests that bound it.
    pub(crate) work: Work,
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

    /// Updates stale data; `news` is the difference since the last call, or `None` if unknown.
    pub(crate) fn refresh(
        &mut self,
        document: &Document,
        shown: &Shown,
        selection: &Selection,
        news: Option<&Difference>,
    ) {
        let map = &document.map;
        let is_current = |(made, revision): &(Arc<Map>, u64)| Arc::ptr_eq(made, map) && *revision == document.revision;
        let is_stale = news.is_none() || !self.made_from.as_ref().is_some_and(is_current);
        if is_stale {
            match news.filter(|_| self.made_from.is_some()) {
                Some(news) => self.derived.update(document, shown, news, &mut self.work),
                None => self.derived = derive::PanelData::new(document, shown, &mut self.work),
            }
            self.made_from = Some((Arc::clone(map), document.revision));
        }
        let has_other_details = is_stale && news.is_none_or(Difference::has_shown);
        if has_other_details || self.selection != *selection {
            self.selection = selection.clone();
            let items: Vec<Item> = selection.items().collect();
            self.details = view::build_details(map, &items, shown);
        }
    }
}
