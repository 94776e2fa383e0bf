//! The filters of the side panel, with counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Filter;
use crate::model::{ActorKindId, ClaimId, Map, SourceKind, Stage, Status, Tie, TieKindId, Word};
use crate::wording::{capitalized, source_kind_word, visible};

/// The subject of a filter row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Actors of a kind, or without one.
    ActorKind(Option<ActorKindId>),
    /// Ties of a kind.
    TieKind(TieKindId),
    /// Ties at a stage.
    Stage(Stage),
    /// Ties with a status.
    Status(Status),
    /// Ties with evidence from a kind of source.
    SourceKind(SourceKind),
    /// Ties without evidence.
    Unsourced,
}

impl Facet {
    /// Returns the filter with this row toggled.
    #[must_use]
    pub fn switched(self, filter: &Filter) -> Filter {
        let mut filter = filter.clone();
        match self {
            Self::ActorKind(kind) => switch(&mut filter.hidden_actor_kinds, kind),
            Self::TieKind(kind) => switch(&mut filter.hidden_tie_kinds, kind),
            Self::Stage(stage) => switch(&mut filter.hidden_stages, stage),
            Self::Status(status) => switch(&mut filter.hidden_statuses, status),
            Self::SourceKind(kind) => switch(&mut filter.hidden_source_kinds, kind),
            Self::Unsourced => filter.hides_unsourced = !filter.hides_unsourced,
        }
        filter
    }

    fn is_let_through(self, filter: &Filter) -> bool {
        match self {
            Self::ActorKind(kind) => !filter.hidden_actor_kinds.contains(&kind),
            Self::TieKind(kind) => !filter.hidden_tie_kinds.contains(&kind),
            Self::Stage(stage) => !filter.hidden_stages.contains(&stage),
            Self::Status(status) => !filter.hidden_statuses.contains(&status),
            Self::SourceKind(kind) => !filter.hidden_source_kinds.contains(&kind),
            Self::Unsourced => !filter.hides_unsourced,
        }
    }
}

/// Returns the filter that lets through only this row of its group, or all rows if it already does.
#[must_use]
pub fn switched_alone(row: &FacetRow, group: &[FacetRow], filter: &Filter) -> Filter {
    let is_alone = is_alone(row, group);
    let changed = group.iter().filter(|other| other.is_shown != (is_alone || other.facet == row.facet));
    changed.fold(filter.clone(), |filter, other| other.facet.switched(&filter))
}

/// Returns whether only this row of its group is let through.
#[must_use]
pub fn is_alone(row: &FacetRow, group: &[FacetRow]) -> bool {
    group.iter().all(|other| other.is_shown == (other.facet == row.facet))
}

fn switch<T: Ord>(hidden: &mut BTreeSet<T>, value: T) {
    if !hidden.remove(&value) {
        hidden.insert(value);
    }
}

/// One row with a checkbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRow {
    /// The facet it toggles.
    pub facet: Facet,
    /// The label: "Investment".
    pub label: String,
    /// The number of matching records in the map.
    pub count: usize,
    /// Whether the filter lets them through.
    pub is_shown: bool,
}

/// All filter rows; only facets that occur in the map have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Kinds of actors, in file order, then actors without a kind.
    pub actor_kinds: Vec<FacetRow>,
    /// Kinds of ties, in file order.
    pub tie_kinds: Vec<FacetRow>,
    /// Stages, in the order of a deal's life cycle.
    pub stages: Vec<FacetRow>,
    /// Statuses.
    pub statuses: Vec<FacetRow>,
    /// Kinds of sources, counted by the ties based on them, then ties without evidence.
    pub sources: Vec<FacetRow>,
    /// Whether a tie has a weight.
    pub has_weights: bool,
}

impl Facets {
    /// Removes the rows of kinds that the map has no longer.
    pub fn keep_existing(&mut self, map: &Map) {
        self.actor_kinds
            .retain(|row| !matches!(row.facet, Facet::ActorKind(Some(kind)) if !map.actor_kinds().has(kind)));
        self.tie_kinds.retain(|row| !matches!(row.facet, Facet::TieKind(kind) if !map.tie_kinds().has(kind)));
    }

    /// Updates the rows for another filter of the same map.
    pub fn switch(&mut self, filter: &Filter) {
        let groups =
            [&mut self.actor_kinds, &mut self.tie_kinds, &mut self.stages, &mut self.statuses, &mut self.sources];
        for row in groups.into_iter().flatten() {
            row.is_shown = row.facet.is_let_through(filter);
        }
    }
}

/// Builds the filter rows of a map.
#[must_use]
pub fn build_facets(map: &Map, filter: &Filter) -> Facets {
    let counts = Counts::of_map(map);
    let row = |facet: Facet, label: String, count: usize| {
        (count > 0).then(|| FacetRow { facet, label, count, is_shown: facet.is_let_through(filter) })
    };
    let actor_kinds = map.actor_kinds().iter().map(|(id, kind)| {
        let id = Some(id);
        row(Facet::ActorKind(id), visible(&kind.label).into_owned(), counts.actor_kinds.of(&id))
    });
    let without_kind = row(Facet::ActorKind(None), "Without a kind".to_owned(), counts.actor_kinds.of(&None));
    let tie_kinds = map
        .tie_kinds()
        .iter()
        .map(|(id, kind)| row(Facet::TieKind(id), visible(&kind.label).into_owned(), counts.tie_kinds.of(&id)));
    let stages = Stage::ALL
        .iter()
        .map(|&stage| row(Facet::Stage(stage), capitalized(stage.word()), counts.stages.of(&Some(stage))));
    let statuses = Status::ALL
        .iter()
        .map(|&status| row(Facet::Status(status), capitalized(status.word()), counts.statuses.of(&Some(status))));
    let source_kinds = SourceKind::ALL.iter().map(|&kind| {
        let label = capitalized(&source_kind_word(&Word::Known(kind)));
        row(Facet::SourceKind(kind), label, counts.source_kinds.of(&kind))
    });
    let unsourced = row(Facet::Unsourced, "Without a source".to_owned(), counts.unsourced);
    Facets {
        actor_kinds: actor_kinds.flatten().chain(without_kind).collect(),
        tie_kinds: tie_kinds.flatten().collect(),
        stages: stages.flatten().collect(),
        statuses: statuses.flatten().collect(),
        sources: source_kinds.flatten().chain(unsourced).collect(),
        has_weights: counts.has_weights,
    }
}

/// The number of occurrences of each value.
struct Tally<T>(BTreeMap<T, usize>);

impl<T: Ord> Tally<T> {
    fn count(values: impl Iterator<Item = T>) -> Self {
        let mut tally = Self(BTreeMap::new());
        values.for_each(|value| *tally.0.entry(value).or_default() += 1);
        tally
    }

    fn of(&self, value: &T) -> usize {
        self.0.get(value).copied().unwrap_or(0)
    }
}

/// The number of records of each facet.
struct Counts {
    actor_kinds: Tally<Option<ActorKindId>>,
    tie_kinds: Tally<TieKindId>,
    stages: Tally<Option<Stage>>,
    statuses: Tally<Option<Status>>,
    source_kinds: Tally<SourceKind>,
    unsourced: usize,
    has_weights: bool,
}

impl Counts {
    fn of_map(map: &Map) -> Self {
        let source_kinds = |tie: &Tie| -> BTreeSet<SourceKind> {
            tie.claim.evidence.iter().map(|piece| map.source(piece.source).sort()).collect()
        };
        Self {
            actor_kinds: Tally::count(map.actors().values().map(|actor| actor.kind)),
            tie_kinds: Tally::count(map.ties().values().map(|tie| tie.kind)),
            stages: Tally::count(map.ties().values().map(|tie| tie.claim.stage.as_ref().and_then(Word::known))),
            statuses: Tally::count(map.tie_ids().map(|tie| map.status(ClaimId::Tie(tie)))),
            source_kinds: Tally::count(map.ties().values().flat_map(source_kinds)),
            unsourced: map.ties().values().filter(|tie| tie.claim.evidence.is_empty()).count(),
            has_weights: map.ties().values().any(|tie| tie.claim.metadata.weight.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Facet, build_facets};
    use crate::document::Filter;
    use crate::model::fixture;
    use crate::model::{ActorKindId, Map, Status, TieKindId};

    fn labels(rows: &[super::FacetRow]) -> Vec<(&str, usize, bool)> {
        rows.iter().map(|row| (row.label.as_str(), row.count, row.is_shown)).collect()
    }

    #[test]
    fn rows_count_what_occurs() {
        let mut parts = fixture::parts();
        parts.actors[3].kind = None;
        let facets = build_facets(&Map::new(parts).expect("a sound map"), &Filter::default());
        assert_eq!(labels(&facets.actor_kinds), [("Company", 2, true), ("Bank", 1, true), ("Without a kind", 1, true)]);
        let kinds = [("Investment", 2, true), ("Revenue share", 1, true), ("Loan", 3, true), ("Agreement", 2, true)];
        assert_eq!(labels(&facets.tie_kinds), kinds);
        assert_eq!(labels(&facets.stages), [("Active", 1, true)]);
        assert_eq!(labels(&facets.statuses), [("Asserted", 5, true), ("Disputed", 2, true), ("Retracted", 1, false)]);
        assert_eq!(labels(&facets.sources).last(), Some(&("Without a source", 3, true)));
    }

    #[test]
    fn one_of_a_group_alone_and_all_again() {
        let map = fixture::map();
        let only = |filter: &Filter, index: usize| {
            let facets = build_facets(&map, filter);
            super::switched_alone(&facets.tie_kinds[index], &facets.tie_kinds, filter)
        };
        let first = only(&Filter::default(), 0);
        assert_eq!(first.hidden_tie_kinds, [TieKindId(1), TieKindId(2), TieKindId(3)].into());
        assert_eq!(only(&first, 2).hidden_tie_kinds, [TieKindId(0), TieKindId(1), TieKindId(3)].into());
        assert_eq!(only(&first, 0), Filter::default());
    }

    #[test]
    fn switching_twice_changes_nothing() {
        let facets = [
            Facet::ActorKind(None),
            Facet::ActorKind(Some(ActorKindId(0))),
            Facet::TieKind(TieKindId(1)),
            Facet::Stage(crate::model::Stage::Active),
            Facet::Status(Status::Retracted),
            Facet::SourceKind(crate::model::SourceKind::Filing),
            Facet::Unsourced,
        ];
        for facet in facets {
            let before = Filter::default();
            let once = facet.switched(&before);
            assert_ne!(once, before);
            assert_ne!(facet.is_let_through(&once), facet.is_let_through(&before));
            assert_eq!(facet.switched(&once), before);
        }
    }
}
