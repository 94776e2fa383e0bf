//! What is left out of a picture, by the words of the records.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::{ActorKindId, Date, SourceKind, Stage, Status, TieKindId};

/// What is left out of the picture, by the words of the records; the default is how a map without a view opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Kinds of actors that are not shown; `None` stands for actors without a kind.
    pub hidden_actor_kinds: BTreeSet<Option<ActorKindId>>,
    /// Kinds of ties that are not shown.
    pub hidden_tie_kinds: BTreeSet<TieKindId>,
    /// Stages that are not shown.
    pub hidden_stages: BTreeSet<Stage>,
    /// Statuses that are not shown, as [`Map::status`](crate::model::Map::status) has them; superseded and retracted at first.
    pub hidden_statuses: BTreeSet<Status>,
    /// Kinds of sources that do not count: a tie needs evidence from one of another kind.
    pub hidden_source_kinds: BTreeSet<SourceKind>,
    /// Whether ties without evidence are left out.
    pub hides_unsourced: bool,
    /// The time at which ties must at least possibly have held.
    pub as_of: Option<Date>,
    /// Tags of what is not shown. This and what follows is kept and written, but not applied yet.
    pub hidden_tags: BTreeSet<String>,
    /// How many ties an actor must have.
    pub min_ties: Option<u64>,
    /// The least weight of a tie.
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
