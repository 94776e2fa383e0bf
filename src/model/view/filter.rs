//! Filters of a view, by properties of records.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::{ActorKindId, Date, SourceKind, Stage, Status, TieKindId};

/// Records to hide, by their properties. The default applies to a map without a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Hidden kinds of actors; `None` stands for actors without a kind.
    pub hidden_actor_kinds: BTreeSet<Option<ActorKindId>>,
    /// Hidden kinds of ties.
    pub hidden_tie_kinds: BTreeSet<TieKindId>,
    /// Hidden stages.
    pub hidden_stages: BTreeSet<Stage>,
    /// Hidden statuses, see [`Map::status`](crate::model::Map::status); by default superseded and retracted.
    pub hidden_statuses: BTreeSet<Status>,
    /// Ignored kinds of sources: a tie with evidence needs some from another kind.
    pub hidden_source_kinds: BTreeSet<SourceKind>,
    /// Whether to hide ties without evidence.
    pub hides_unsourced: bool,
    /// Date at which ties must possibly have held.
    pub as_of: Option<Date>,
    /// Tags of hidden records. Preserved but not applied yet.
    pub hidden_tags: BTreeSet<String>,
    /// Minimum number of ties of an actor; ties that don't pass the filter don't count.
    pub min_ties: Option<u64>,
    /// Minimum weight of a tie. A tie without a weight is not known to reach it, so it is hidden.
    pub min_weight: Option<Decimal>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            hidden_actor_kinds: BTreeSet::new(),
            hidden_tie_kinds: BTreeSet::new(),
            hidden_stages: BTreeSet::new(),
            hidden_statuses: BTreeSet::from([Status::Superseded, Status::Retracted]),
            hidden_source_kinds: BTreeSet::new(),
            hides_unsourced: false,
            as_of: None,
            hidden_tags: BTreeSet::new(),
            min_ties: None,
            min_weight: None,
        }
    }
}
