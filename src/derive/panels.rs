//! The data of the lists, the filters, the status line and the search.

use crate::document::{Document, Shown};
use crate::model::Map;
use crate::view::{self, Facets, Lists, SearchResults, StaleRows, StatusLine, Years};

use super::{ChangedRecords, Difference, SearchIndex, Work};

/// The data behind lists, filters, status line and search.
#[derive(Clone, Debug, Default)]
pub struct PanelData {
    /// The lists of the side panel.
    pub lists: Lists,
    /// The filter checkboxes above the lists.
    pub facets: Facets,
    /// The ties over the years; `None` if their dates do not span more than one year.
    pub years: Option<Years>,
    /// The status line.
    pub status: StatusLine,
    /// The search index, built on the first search.
    search: Option<SearchIndex>,
}

impl PanelData {
    /// Derives all parts.
    #[must_use]
    pub fn new(document: &Document, shown: &Shown, work: &mut Work) -> Self {
        let (map, look) = (&document.map, &document.look);
        work.records += walked(map);
        Self {
            lists: view::build_lists(map, shown),
            facets: view::build_facets(map, &look.filter),
            years: view::build_years(map, look),
            status: view::build_status_line(map, look, shown),
            search: None,
        }
    }

    /// Updates the parts affected by a difference: texts only of stale rows, but all counts.
    pub fn update(&mut self, document: &Document, shown: &Shown, difference: &Difference, work: &mut Work) {
        let (map, records) = (&document.map, &difference.records);
        if records.has_others {
            let search = self.search.take();
            *self = Self { search, ..Self::new(document, shown, work) };
        } else if !records.is_empty() {
            let stale = stale_rows(map, records);
            work.texts += stale.actors.len() + stale.ties.len() + stale.sources.len();
            view::update_lists(&mut self.lists, map, shown, &stale);
            self.facets = view::build_facets(map, &document.look.filter);
            self.years = view::build_years(map, &document.look);
            self.status = view::build_status_line(map, &document.look, shown);
            work.records += walked(map);
        } else if difference.has_filter {
            view::update_lists(&mut self.lists, map, shown, &StaleRows::default());
            self.facets.switch(&document.look.filter);
            self.years = view::build_years(map, &document.look);
            self.status = view::build_status_line(map, &document.look, shown);
            work.records += walked(map);
        }
        if let Some(search) = &mut self.search {
            search.update(map, records, work);
        }
    }

    /// Searches records by text.
    #[must_use]
    pub fn search(&mut self, map: &Map, query: &str, work: &mut Work) -> SearchResults {
        if query.trim().is_empty() {
            return SearchResults::default();
        }
        self.search.get_or_insert_with(|| SearchIndex::new(map, work)).search(map, query, work)
    }
}

/// Returns the number of records walked: the lists walk all of them; the filters, the years and the status line walk
/// ties and actors once more each.
fn walked(map: &Map) -> usize {
    map.actors().len() + map.ties().len() + map.sources().len() + 3 * (map.actors().len() + map.ties().len())
}

/// Returns the rows to rebuild. Rows of ties contain the names of their actors.
fn stale_rows(map: &Map, records: &ChangedRecords) -> StaleRows {
    let renamed = records.actors.iter().filter(|id| map.actors().has(**id));
    let ties = renamed.flat_map(|&actor| map.ties_of(actor)).copied();
    StaleRows {
        actors: records.actors.clone(),
        ties: records.ties.iter().copied().chain(ties).collect(),
        sources: records.sources.clone(),
    }
}
