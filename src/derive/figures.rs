//! What is counted over the whole map: filters, years, the status line, and the details of the map.

use crate::document::{Document, Shown};
use crate::view::{self, Facets, MapCounts, StatusLine, Years};

/// Counts over all records and over the visible ones. They may be shown for a moment after the map has changed, but for
/// the rows of kinds that are gone ([`Facets::keep_existing`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// The filter checkboxes above the lists.
    pub facets: Facets,
    /// The ties over the years; `None` if their dates do not span more than one year.
    pub years: Option<Years>,
    /// The status line.
    pub status: StatusLine,
    /// The counts and sums of the visible ties.
    pub counts: MapCounts,
}

impl Figures {
    /// Counts everything.
    #[must_use]
    pub fn new(document: &Document, shown: &Shown) -> Self {
        let (map, look) = (&document.map, &document.look);
        let counts = MapCounts::new(map, shown);
        Self {
            facets: view::build_facets(map, &look.filter),
            years: view::build_years(map, look, shown),
            status: view::build_status_line(map, look, shown, &counts.coverage),
            counts,
        }
    }
}
