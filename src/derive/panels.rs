//! What the lists, the filters and the status line say.

use crate::document::{Document, Shown};
use crate::view::{self, Facets, Lists, StatusLine};

use super::{Difference, Work};

/// The data behind lists, filters and status line.
#[derive(Clone, Debug, Default)]
pub struct Panels {
    /// The lists at the left.
    pub lists: Lists,
    /// The checkboxes above them.
    pub facets: Facets,
    /// The status line.
    pub status: StatusLine,
}

impl Panels {
    /// Derives everything.
    #[must_use]
    pub fn new(document: &Document, shown: &Shown, work: &mut Work) -> Self {
        let (map, look) = (&document.map, &document.look);
        // The lists walk all records; the filters and the status line ties and actors once more each.
        let records = map.actors().len() + map.ties().len() + map.sources().len();
        work.records += records + 2 * (map.actors().len() + map.ties().len());
        Self {
            lists: view::build_lists(map, shown),
            facets: view::build_facets(map, &look.filter),
            status: view::build_status_line(map, look, shown),
        }
    }

    /// Derives again what the difference concerns.
    pub fn update(&mut self, document: &Document, shown: &Shown, difference: &Difference, work: &mut Work) {
        let map = &document.map;
        if !difference.records.is_empty() {
            *self = Self::new(document, shown, work);
        } else if difference.has_filter {
            // What the rows say is the same; which of them are shown is not.
            view::update_lists(&mut self.lists, map, shown);
            self.facets.switch(&document.look.filter);
            self.status = view::build_status_line(map, &document.look, shown);
            work.records += 2 * (map.actors().len() + map.ties().len());
        }
    }
}
