//! The actors of an import by id and by name.

use std::collections::HashMap;

use crate::model::ActorId;

/// What a cell that refers to an actor leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    One(ActorId),
    /// Several actors have this name; the first of them.
    Several(Vec<ActorId>),
    None,
}

/// The number of actors of one name that are listed.
const MAX_SEVERAL: usize = 5;

/// The actors by id and by name; names are compared without case and blanks.
#[derive(Debug, Default)]
pub(super) struct ActorRegistry {
    ids: HashMap<String, ActorId>,
    names: HashMap<String, Vec<ActorId>>,
    /// By kind and name.
    kinds_and_names: HashMap<(String, String), ActorId>,
}

impl ActorRegistry {
    pub(super) fn add(&mut self, actor: ActorId, id: Option<&str>, kind: Option<&str>, name: &str) {
        if let Some(id) = id {
            self.ids.entry(id.to_owned()).or_insert(actor);
        }
        let name = fold_name(name);
        if let Some(kind) = kind {
            self.kinds_and_names.entry((fold_name(kind), name.clone())).or_insert(actor);
        }
        self.names.entry(name).or_default().push(actor);
    }

    pub(super) fn with_id(&self, id: &str) -> Option<ActorId> {
        self.ids.get(id).copied()
    }

    pub(super) fn with_kind(&self, kind: &str, name: &str) -> Option<ActorId> {
        self.kinds_and_names.get(&(fold_name(kind), fold_name(name))).copied()
    }

    pub(super) fn named(&self, name: &str) -> &[ActorId] {
        self.names.get(&fold_name(name)).map_or(&[], Vec::as_slice)
    }

    /// Finds an actor by id, else by name.
    pub(super) fn find(&self, text: &str) -> Found {
        if let Some(actor) = self.with_id(text) {
            return Found::One(actor);
        }
        match self.named(text) {
            [] => Found::None,
            [actor] => Found::One(*actor),
            several => Found::Several(several[..several.len().min(MAX_SEVERAL)].to_vec()),
        }
    }
}

/// Returns a name as it is compared: in lower case, with single blanks.
pub(super) fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}
