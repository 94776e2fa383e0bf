//! What part of a map is shown.

use std::collections::BTreeSet;

use crate::model::{ActorId, ActorKindId, Claim, Date, Ends, Map, Stage, Status, Tie, TieId, TieKindId, Word};

use super::Look;

/// What is left out of the picture, by the words of the records; the default is how a map opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Kinds of actors that are not shown; `None` stands for actors without a kind.
    pub hidden_actor_kinds: BTreeSet<Option<ActorKindId>>,
    /// Kinds of ties that are not shown.
    pub hidden_tie_kinds: BTreeSet<TieKindId>,
    /// Stages that are not shown.
    pub hidden_stages: BTreeSet<Stage>,
    /// Statuses that are not shown; superseded and retracted at first.
    pub hidden_statuses: BTreeSet<Status>,
    /// Whether ties without evidence are left out.
    pub hides_unsourced: bool,
    /// The day as of which ties must possibly have held.
    pub as_of: Option<Date>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            hidden_actor_kinds: BTreeSet::new(),
            hidden_tie_kinds: BTreeSet::new(),
            hidden_stages: BTreeSet::new(),
            hidden_statuses: BTreeSet::from([Status::Superseded, Status::Retracted]),
            hides_unsourced: false,
            as_of: None,
        }
    }
}

impl Filter {
    /// Whether ties with this claim are let through, apart from their kind and ends.
    #[must_use]
    pub fn lets_claim(&self, claim: &Claim) -> bool {
        let stage = claim.stage.as_ref().and_then(Word::known);
        let status = claim.status.as_ref().map_or(Some(Status::Asserted), Word::known);
        stage.is_none_or(|stage| !self.hidden_stages.contains(&stage))
            && status.is_none_or(|status| !self.hidden_statuses.contains(&status))
            && (!self.hides_unsourced || !claim.evidence.is_empty())
    }
}

/// Which actors and ties a look shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    actors: Vec<bool>,
    ties: Vec<bool>,
}

impl Shown {
    /// Works out what a look shows of a map: a tie needs both its ends (a many-party tie two of them).
    #[must_use]
    pub fn new(map: &Map, look: &Look) -> Self {
        let actors: Vec<bool> = map
            .actor_ids()
            .map(|id| !look.hidden.contains(&id) && !look.filter.hidden_actor_kinds.contains(&map.actor(id).kind))
            .collect();
        let ties = map.ties.iter().map(|tie| shows_tie(tie, &look.filter, &actors)).collect();
        Self { actors, ties }
    }

    /// These actors and ties alone.
    #[must_use]
    pub fn only(map: &Map, actors: &BTreeSet<ActorId>, ties: &BTreeSet<TieId>) -> Self {
        Self {
            actors: map.actor_ids().map(|id| actors.contains(&id)).collect(),
            ties: map.tie_ids().map(|id| ties.contains(&id)).collect(),
        }
    }

    /// Whether this actor is shown.
    #[must_use]
    pub fn has_actor(&self, id: ActorId) -> bool {
        self.actors.get(id.index()).copied().unwrap_or(false)
    }

    /// Whether this tie is shown.
    #[must_use]
    pub fn has_tie(&self, id: TieId) -> bool {
        self.ties.get(id.index()).copied().unwrap_or(false)
    }

    /// The shown actors, in the file's order.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> {
        (0..self.actors.len()).filter(|&index| self.actors[index]).map(ActorId::from_index)
    }

    /// The shown ties, in the file's order.
    pub fn ties(&self) -> impl Iterator<Item = TieId> {
        (0..self.ties.len()).filter(|&index| self.ties[index]).map(TieId::from_index)
    }
}

fn shows_tie(tie: &Tie, filter: &Filter, actors: &[bool]) -> bool {
    let ends = match &tie.ends {
        Ends::Pair { from, to } => actors[from.index()] && actors[to.index()],
        Ends::Parties(_) => tie.ends.actors().iter().filter(|actor| actors[actor.index()]).count() >= 2,
    };
    ends && !filter.hidden_tie_kinds.contains(&tie.kind) && filter.lets_claim(&tie.claim)
}
