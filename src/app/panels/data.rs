//! Cached data of the panels, updated only when the map, its shown part or the selection changes.

use std::sync::Arc;

use crate::derive::{self, Difference, Work};
use crate::document::{Document, Shown};
use crate::model::{Item, Map};
use crate::view::{self, Details};

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
    /// The work done so far, for tests that bound it.
    pub(crate) work: Work,
}

impl Panels {
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
