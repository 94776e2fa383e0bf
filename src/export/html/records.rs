//! Which records of a map a page holds, and under which anchors.

use std::collections::BTreeSet;

use crate::document::Shown;
use crate::model::{ClaimId, Ends, Item, Map, SourceId, TieId};

/// The records of a page.
#[derive(Debug)]
pub(super) struct Records(BTreeSet<Item>);

impl Records {
    /// What is shown, superseded and retracted ties of shown actors, the facts of shown actors, and the sources on
    /// which only what is hidden rests left out.
    pub(super) fn of(map: &Map, shown: &Shown) -> Self {
        let actors = shown.actors().map(Item::Actor);
        let ties = map.tie_ids().filter(|&id| shown.has_tie(id) || is_withdrawn_among(map, shown, id)).map(Item::Tie);
        let facts = map.fact_ids().filter(|&id| shown.has_actor(map.fact(id).actor)).map(Item::Fact);
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

    /// Whether the page holds this record.
    pub(super) fn has(&self, item: Item) -> bool {
        self.0.contains(&item)
    }

    /// The records: actors, ties, facts, sources, each in the file's order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Item> {
        self.0.iter().copied()
    }
}

/// Whether a tie was withdrawn and all its ends are shown.
fn is_withdrawn_among(map: &Map, shown: &Shown, id: TieId) -> bool {
    let tie = map.tie(id);
    let is_among = match &tie.ends {
        Ends::Pair { from, to } => shown.has_actor(*from) && shown.has_actor(*to),
        Ends::Parties(parties) => parties.iter().all(|party| shown.has_actor(party.actor)),
    };
    tie.claim.is_withdrawn() && is_among
}

/// The anchor of a record. Keys of the file are not used: they may tell what the map's authors took out of it.
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
    use super::Records;
    use crate::document::{Filter, Look, Shown};
    use crate::model::fixture::{self, ALDER, BIRCH, DANA, INVESTS, RETRACTED};
    use crate::model::{Item, TieKindId};

    #[test]
    fn what_is_hidden_stays_out_and_what_was_withdrawn_stays_in() {
        let map = fixture::map();
        let all = Records::of(&map, &Shown::new(&map, &Look::default()));
        assert!(all.has(Item::Tie(RETRACTED)) && all.has(Item::Actor(DANA)));
        assert_eq!(all.iter().filter(|item| matches!(item, Item::Source(_))).count(), map.sources.len());

        let filter = Filter { hidden_tie_kinds: [map.tie(INVESTS).kind].into(), ..Filter::default() };
        let look = Look { hidden: [DANA].into(), filter, ..Look::default() };
        let some = Records::of(&map, &Shown::new(&map, &look));
        assert!(!some.has(Item::Actor(DANA)) && !some.has(Item::Tie(INVESTS)) && some.has(Item::Actor(ALDER)));
        let rest = some.iter().filter(|item| matches!(item, Item::Tie(_))).count();
        assert!(rest > 0 && rest < map.ties.len() - 1);

        let kinds = (0..map.tie_kinds.len()).map(TieKindId::from_index).collect();
        let look = Look {
            hidden: [ALDER, BIRCH, DANA].into(),
            filter: Filter { hidden_tie_kinds: kinds, ..Filter::default() },
            ..Look::default()
        };
        let few = Records::of(&map, &Shown::new(&map, &look));
        assert!(few.iter().filter(|item| matches!(item, Item::Source(_))).count() < map.sources.len());
    }
}
