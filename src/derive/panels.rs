//! The data of the lists, the filters, the status line and the search.

use crate::document::{Document, Shown};
use crate::model::Map;
use crate::view::{self, Lists, SearchResults, StaleRows};

use super::{ChangedRecords, Difference, Figures, SearchIndex, Work};

/// The data behind lists, filters, status line and search.
#[derive(Clone, Debug, Default)]
pub struct PanelData {
    /// The lists of the side panel.
    pub lists: Lists,
    /// Filters, years, status line and the details of the map.
    pub figures: Figures,
    /// The search index, built on the first search.
    search: Option<SearchIndex>,
}

impl PanelData {
    /// Derives all parts.
    #[must_use]
    pub fn new(document: &Document, shown: &Shown, work: &mut Work) -> Self {
        let mut panels = Self { lists: view::build_lists(&document.map, shown), ..Self::default() };
        work.records += listed(&document.map);
        panels.count(document, shown, work);
        panels
    }

    /// Updates the parts affected by a difference: texts only of stale rows, but all counts.
    pub fn update(&mut self, document: &Document, shown: &Shown, difference: &Difference, work: &mut Work) {
        if self.update_rows(document, shown, difference, work) {
            self.count(document, shown, work);
        }
    }

    /// Counts anew what is counted over the whole map.
    pub fn count(&mut self, document: &Document, shown: &Shown, work: &mut Work) {
        self.figures = Figures::new(document, shown);
        work.records += counted(&document.map);
    }

    /// Updates the rows and the search index; returns whether the counts are stale.
    pub fn update_rows(
        &mut self,
        document: &Document,
        shown: &Shown,
        difference: &Difference,
        work: &mut Work,
    ) -> bool {
        let (map, records) = (&document.map, &difference.records);
        let is_stale = difference.has_shown();
        if records.has_kinds {
            self.lists = view::build_lists(map, shown);
        } else if is_stale {
            let stale = stale_rows(map, records);
            work.texts += stale.actors.len() + stale.ties.len() + stale.sources.len();
            view::update_lists(&mut self.lists, map, shown, &stale);
        }
        if is_stale {
            work.records += listed(map);
            // The rows of filters answer a click at once; their counts follow.
            self.figures.facets.keep_existing(map);
            self.figures.facets.switch(&document.look.filter);
        }
        if let Some(search) = &mut self.search {
            search.update(map, records, work);
        }
        is_stale
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

/// Returns the number of records walked by the lists, which walk all of them.
fn listed(map: &Map) -> usize {
    map.actors().len() + map.ties().len() + map.sources().len()
}

/// Returns the number of records walked by the counts: the filters, the years and the status line walk ties and actors
/// once each.
fn counted(map: &Map) -> usize {
    3 * (map.actors().len() + map.ties().len())
}

/// Returns the rows to rebuild. Rows of ties contain the names of their actors.
fn stale_rows(map: &Map, records: &ChangedRecords) -> StaleRows {
    let renamed = records.actors.iter().filter(|id| map.actors().has(**id));
    let ties = renamed.flat_map(|&actor| map.ties_of(actor)).copied();
    StaleRows {
        actors: records.actors.clone(),
        ties: records.ties.iter().copied().chain(ties).collect(),
        facts: records.facts.clone(),
        sources: records.sources.clone(),
    }
}
