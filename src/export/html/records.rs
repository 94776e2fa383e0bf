//! Records of a page, and their anchors.

use std::collections::BTreeSet;

use crate::document::Shown;
use crate::model::{ClaimId, Item, Map, SourceId, TieId};

#[derive(Debug)]
pub(super) struct PageRecords(BTreeSet<Item>);

impl PageRecords {
    /// Collects the given actors and ties, the facts about those actors, and all sources except those cited only
    /// elsewhere.
    pub(super) fn of(map: &Map, told: &Shown) -> Self {
        let actors = told.actors().map(Item::Actor);
        let ties = told.ties().map(Item::Tie);
        let facts = map.fact_ids().filter(|&id| told.has_actor(map.fact(id).actor)).map(Item::Fact);
        let mut records: BTreeSet<Item> = actors.chain(ties).chain(facts).collect();
        let holds = |claim: &ClaimId| match claim {
            ClaimId::Tie(id) => records.contains(&Item::Tie(*id)),
            ClaimId::Fact(id) => records.contains(&Item::Fact(*id)),
        };
        let is_needed = |&id: &SourceId| map.claims_of(id).is_empty() || map.claims_of(id).iter().any(holds);
        let sources: Vec<Item> = map.source_ids().filter(is_needed).map(Item::Source).collect();
        records.extend(sources);
        Self(records)
    }

    /// Returns whether the page contains a record.
    pub(super) fn has(&self, item: Item) -> bool {
        self.0.contains(&item)
    }

    /// Iterates over actors, ties, facts and sources, each in file order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Item> {
        self.0.iter().copied()
    }
}

/// Returns the anchor of a ribbon, identified by its first tie.
pub(super) fn ribbon_anchor(lead: TieId) -> String {
    format!("p{}", lead.0)
}

/// Returns the anchor of a record. Keys from the file are not used, since they may reveal redacted content.
pub(super) fn anchor(item: Item) -> String {
    match item {
        Item::Actor(id) => format!("a{}", id.0),
        Item::Tie(id) => format!("t{}", id.0),
        Item::Fact(id) => format!("f{}", id.0),
        Item::Source(id) => format!("s{}", id.0),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::PageRecords;
    use crate::document::{Document, Filter, Look};
    use crate::model::fixture::{self, ALDER, BIRCH, DANA, INVESTS, RETRACTED};
    use crate::model::{Item, Map};

    fn records(map: &Map, look: Look) -> PageRecords {
        let document = Document::new(Arc::new(map.clone()), Arc::default()).with_look(Arc::new(look));
        PageRecords::of(map, &document.shown_with_withdrawn())
    }

    fn sources(records: &PageRecords) -> usize {
        records.iter().filter(|item| matches!(item, Item::Source(_))).count()
    }

    #[test]
    fn what_was_withdrawn_stays_in() {
        let map = fixture::map();
        let all = records(&map, Look::default());
        assert!(all.has(Item::Tie(RETRACTED)) && all.has(Item::Actor(DANA)));
        assert_eq!(sources(&all), map.sources().len());
    }

    #[test]
    fn what_is_hidden_stays_out() {
        let map = fixture::map();
        let hidden = |kinds| Filter { hidden_tie_kinds: kinds, ..Filter::default() };
        let filter = hidden([map.tie(INVESTS).kind, map.tie(RETRACTED).kind].into());
        let some = records(&map, Look { hidden: vec![DANA].into(), filter, ..Look::default() });
        for item in [Item::Actor(DANA), Item::Tie(INVESTS), Item::Tie(RETRACTED)] {
            assert!(!some.has(item), "{item:?}");
        }
        assert!(some.has(Item::Actor(ALDER)));

        let filter = hidden(map.tie_kinds().ids().collect());
        let few = records(&map, Look { hidden: vec![ALDER, BIRCH, DANA].into(), filter, ..Look::default() });
        assert!(sources(&few) < map.sources().len());
    }
}
