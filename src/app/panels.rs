//! What the panels show, derived again only when the map, what is shown of it or the selection has changed.

use std::sync::Arc;

use crate::document::Shown;
use crate::model::{Item, Map};
use crate::view::{self, Details, Facets, Lists, StatusLine};

use super::selection::Selection;
use super::session::Session;

/// The data behind all panels.
#[derive(Default)]
pub(crate) struct Panels {
    made_from: Option<(Arc<Map>, u64)>,
    selection: Selection,
    /// The lists at the left.
    pub(crate) lists: Lists,
    /// The checkboxes above them.
    pub(crate) facets: Facets,
    /// The status line.
    pub(crate) status: StatusLine,
    /// The details of the selection.
    pub(crate) details: Details,
}

impl Panels {
    /// Derives again what is stale.
    pub(crate) fn refresh(&mut self, session: &Session, shown: &Shown, selection: &Selection) {
        let document = &session.document;
        let map = &document.map;
        let is_current = |(made, revision): &(Arc<Map>, u64)| Arc::ptr_eq(made, map) && *revision == document.revision;
        let is_stale = !self.made_from.as_ref().is_some_and(is_current);
        if is_stale {
            self.made_from = Some((Arc::clone(map), document.revision));
            self.lists = view::build_lists(map, shown);
            self.facets = view::build_facets(map, &document.look.filter);
            self.status = view::build_status_line(map, &document.look, shown);
        }
        if is_stale || self.selection != *selection {
            self.selection = selection.clone();
            let items: Vec<Item> = selection.items().collect();
            self.details = view::build_details(map, &items, shown);
        }
    }
}
