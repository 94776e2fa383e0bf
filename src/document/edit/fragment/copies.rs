//! Which record of a document stands for which copied one.

use std::collections::HashMap;

use crate::model::{ActorId, ActorKindId, FactId, ImportId, SourceId, TieId, TieKindId, Translate};

/// The records of a document by the copied ones they are made of.
#[derive(Default)]
pub(super) struct Copies {
    pub(super) actors: HashMap<ActorId, ActorId>,
    pub(super) actor_kinds: HashMap<ActorKindId, ActorKindId>,
    pub(super) tie_kinds: HashMap<TieKindId, TieKindId>,
    pub(super) sources: HashMap<SourceId, SourceId>,
    pub(super) ties: HashMap<TieId, TieId>,
    pub(super) facts: HashMap<FactId, FactId>,
}

impl Translate for Copies {
    fn actor(&self, id: ActorId) -> Option<ActorId> {
        self.actors.get(&id).copied()
    }

    fn actor_kind(&self, id: ActorKindId) -> Option<ActorKindId> {
        self.actor_kinds.get(&id).copied()
    }

    fn tie_kind(&self, id: TieKindId) -> Option<TieKindId> {
        self.tie_kinds.get(&id).copied()
    }

    fn tie(&self, id: TieId) -> Option<TieId> {
        self.ties.get(&id).copied()
    }

    fn source(&self, id: SourceId) -> Option<SourceId> {
        self.sources.get(&id).copied()
    }

    fn fact(&self, id: FactId) -> Option<FactId> {
        self.facts.get(&id).copied()
    }

    // A copy was not made from a row of a table.
    fn import(&self, _: ImportId) -> Option<ImportId> {
        None
    }
}
