//! The filters of the side panel, with counts.

use crate::document::Filter;
use crate::model::{ActorKindId, Map, SourceKind, Stage, Status, TieKindId, Word};
use crate::wording::{capitalized, source_kind_word, status_of, visible};

/// What a filter row lets through or not.
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
    /// The filter with this row switched on or off.
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

/// The filter that lets only this row of its group through; all rows, if it does so already.
#[must_use]
pub fn switched_alone(row: &FacetRow, group: &[FacetRow], filter: &Filter) -> Filter {
    let is_alone = is_alone(row, group);
    let changed = group.iter().filter(|other| other.is_shown != (is_alone || other.facet == row.facet));
    changed.fold(filter.clone(), |filter, other| other.facet.switched(&filter))
}

/// Whether this row alone of its group is let through.
#[must_use]
pub fn is_alone(row: &FacetRow, group: &[FacetRow]) -> bool {
    group.iter().all(|other| other.is_shown == (other.facet == row.facet))
}

fn switch<T: Ord>(hidden: &mut std::collections::BTreeSet<T>, value: T) {
    if !hidden.remove(&value) {
        hidden.insert(value);
    }
}

/// One row with a checkbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRow {
    /// What it switches.
    pub facet: Facet,
    /// Its text: "Investment".
    pub label: String,
    /// How many records of the map it is about.
    pub count: usize,
    /// Whether they are let through.
    pub is_shown: bool,
}

/// All filter rows; only what occurs in the map has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Kinds of actors, in the file's order, then actors without a kind.
    pub actor_kinds: Vec<FacetRow>,
    /// Kinds of ties, in the file's order.
    pub tie_kinds: Vec<FacetRow>,
    /// Stages, in the order of a deal's life.
    pub stages: Vec<FacetRow>,
    /// Statuses.
    pub statuses: Vec<FacetRow>,
    /// Kinds of sources by what ties rest on them, then ties without evidence.
    pub sources: Vec<FacetRow>,
    /// The years of the first begin and of the last begin, end or look of the map; none where no date is known.
    pub years: Option<(i64, i64)>,
}

/// Builds the filter rows of a map.
#[must_use]
pub fn build_facets(map: &Map, filter: &Filter) -> Facets {
    let rows = |facets: Vec<(Facet, String, usize)>| -> Vec<FacetRow> {
        let occurring = facets.into_iter().filter(|(.., count)| *count > 0);
        occurring
            .map(|(facet, label, count)| FacetRow { facet, label, count, is_shown: facet.is_let_through(filter) })
            .collect()
    };
    let count_ties = |holds: &dyn Fn(&crate::model::Tie) -> bool| map.ties.iter().filter(|tie| holds(tie)).count();
    let no_kind = map.actors.iter().filter(|actor| actor.kind.is_none()).count();
    let actor_kinds = map.actor_kinds.iter().enumerate().map(|(index, kind)| {
        let id = Some(ActorKindId::from_index(index));
        let count = map.actors.iter().filter(|actor| actor.kind == id).count();
        (Facet::ActorKind(id), visible(&kind.label).into_owned(), count)
    });
    let tie_kinds = map.tie_kinds.iter().enumerate().map(|(index, kind)| {
        let id = TieKindId::from_index(index);
        (Facet::TieKind(id), visible(&kind.label).into_owned(), count_ties(&|tie| tie.kind == id))
    });
    let stages = Stage::ALL.iter().map(|&stage| {
        let count = count_ties(&|tie| tie.claim.stage.as_ref().and_then(Word::known) == Some(stage));
        (Facet::Stage(stage), capitalized(stage.word()), count)
    });
    let statuses = Status::ALL.iter().map(|&status| {
        (Facet::Status(status), capitalized(status.word()), count_ties(&|tie| status_of(&tie.claim).is(&status)))
    });
    let source_kinds = SourceKind::ALL.iter().map(|&kind| {
        let is_of_it = |source| map.source(source).sort() == kind;
        let rests_on_it = |tie: &crate::model::Tie| tie.claim.evidence.iter().any(|piece| is_of_it(piece.source));
        (Facet::SourceKind(kind), capitalized(&source_kind_word(&Word::Known(kind))), count_ties(&rests_on_it))
    });
    let unsourced = (Facet::Unsourced, "Without a source".to_owned(), count_ties(&|tie| tie.claim.evidence.is_empty()));
    Facets {
        actor_kinds: rows(
            actor_kinds.chain([(Facet::ActorKind(None), "Without a kind".to_owned(), no_kind)]).collect(),
        ),
        tie_kinds: rows(tie_kinds.collect()),
        stages: rows(stages.collect()),
        statuses: rows(statuses.collect()),
        sources: rows(source_kinds.chain([unsourced]).collect()),
        years: years(map),
    }
}

fn years(map: &Map) -> Option<(i64, i64)> {
    let begins = || map.ties.iter().filter_map(|tie| tie.claim.begins());
    let ends = map.ties.iter().filter_map(|tie| tie.claim.ends());
    let looked = map.meta.as_of.as_ref().and_then(crate::model::Date::latest);
    let last = begins().chain(ends).chain(looked).max()?;
    Some((begins().min()?.year, last.year))
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
        let facets = build_facets(&Map::new(parts), &Filter::default());
        assert_eq!(labels(&facets.actor_kinds), [("Company", 2, true), ("Bank", 1, true), ("Without a kind", 1, true)]);
        let kinds = [("Investment", 2, true), ("Revenue share", 1, true), ("Loan", 3, true), ("Agreement", 2, true)];
        assert_eq!(labels(&facets.tie_kinds), kinds);
        assert_eq!(labels(&facets.stages), [("Active", 1, true)]);
        assert_eq!(labels(&facets.statuses), [("Asserted", 6, true), ("Disputed", 1, true), ("Retracted", 1, false)]);
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
