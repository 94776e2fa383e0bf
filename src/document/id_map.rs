//! Which record of a document stands for which record of another map: of a copied part, of a changed file, or of tables
//! that were read again.

use std::collections::HashMap;

use crate::model::{ActorId, ActorKindId, FactId, ImportId, SourceId, TieId, TieKindId, Translate};

/// The ids of a document by those of the other map.
#[derive(Debug, Default)]
pub(super) struct IdMap {
    pub(super) actors: HashMap<ActorId, ActorId>,
    pub(super) actor_kinds: HashMap<ActorKindId, ActorKindId>,
    pub(super) tie_kinds: HashMap<TieKindId, TieKindId>,
    pub(super) sources: HashMap<SourceId, SourceId>,
    pub(super) ties: HashMap<TieId, TieId>,
    pub(super) facts: HashMap<FactId, FactId>,
    /// Empty for copies, which were not made from a row of a table.
    pub(super) imports: HashMap<ImportId, ImportId>,
}

impl Translate for IdMap {
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

    fn import(&self, id: ImportId) -> Option<ImportId> {
        self.imports.get(&id).copied()
    }
}
