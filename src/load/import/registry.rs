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

/// The number of a name among the names of a registry.
type NameIndex = u32;

/// The actors of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    One(ActorId),
    Several(Vec<ActorId>),
}

impl Named {
    fn add(&mut self, actor: ActorId) {
        match self {
            Self::One(first) => *self = Self::Several(vec![*first, actor]),
            Self::Several(actors) => actors.push(actor),
        }
    }

    fn actors(&self) -> &[ActorId] {
        match self {
            Self::One(actor) => std::slice::from_ref(actor),
            Self::Several(actors) => actors,
        }
    }
}

/// The actors by id and by name; names are compared without case and blanks.
#[derive(Debug, Default)]
pub(super) struct ActorRegistry {
    ids: HashMap<Box<str>, ActorId>,
    /// Names as they are compared, and as the first actor of each writes it: most cells repeat that way of writing, so
    /// that they need not be folded.
    spellings: HashMap<Box<str>, NameIndex>,
    names: Vec<Named>,
    kinds: HashMap<Box<str>, u32>,
    /// By kind and name.
    kinds_and_names: HashMap<(u32, NameIndex), ActorId>,
}

impl ActorRegistry {
    pub(super) fn add(&mut self, actor: ActorId, id: Option<&str>, kind: Option<&str>, name: &str) {
        if let Some(id) = id {
            self.ids.entry(id.into()).or_insert(actor);
        }
        let name = self.add_name(actor, name);
        if let Some(kind) = kind {
            let next = self.kinds.len() as u32;
            let kind = *self.kinds.entry(fold_name(kind).into()).or_insert(next);
            self.kinds_and_names.entry((kind, name)).or_insert(actor);
        }
    }

    fn add_name(&mut self, actor: ActorId, name: &str) -> NameIndex {
        if let Some(&known) = self.spellings.get(name) {
            self.names[known as usize].add(actor);
            return known;
        }
        let folded = fold_name(name);
        if let Some(&known) = self.spellings.get(folded.as_str()) {
            self.names[known as usize].add(actor);
            return known;
        }
        let new = self.names.len() as NameIndex;
        self.names.push(Named::One(actor));
        if folded != name {
            self.spellings.insert(name.into(), new);
        }
        self.spellings.insert(folded.into(), new);
        new
    }

    fn name_index(&self, name: &str) -> Option<NameIndex> {
        // A folded name folds to itself, so no way of writing one name is the folded form of another.
        self.spellings.get(name).or_else(|| self.spellings.get(fold_name(name).as_str())).copied()
    }

    pub(super) fn with_id(&self, id: &str) -> Option<ActorId> {
        self.ids.get(id).copied()
    }

    pub(super) fn with_kind(&self, kind: &str, name: &str) -> Option<ActorId> {
        let kind = self.kinds.get(fold_name(kind).as_str())?;
        self.kinds_and_names.get(&(*kind, self.name_index(name)?)).copied()
    }

    pub(super) fn named(&self, name: &str) -> &[ActorId] {
        self.name_index(name).map_or(&[], |name| self.names[name as usize].actors())
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
        if word.is_ascii() {
            let start = folded.len();
            folded.push_str(word);
            folded[start..].make_ascii_lowercase();
            continue;
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{ActorRegistry, Found, fold_name};
    use crate::model::ActorId;

    #[test]
    fn a_name_that_becomes_ambiguous_is_so_in_each_way_of_writing() {
        let mut actors = ActorRegistry::default();
        let (first, second) = (ActorId(0), ActorId(1));
        actors.add(first, None, Some("Person"), "Ada  LOVELACE");
        for name in ["Ada  LOVELACE", "ada lovelace", "ADA Lovelace"] {
            assert_eq!(actors.find(name), Found::One(first), "{name}");
        }
        actors.add(second, None, Some("company"), "ADA lovelace");
        for name in ["Ada  LOVELACE", "ada lovelace", "ADA lovelace"] {
            assert_eq!(actors.find(name), Found::Several(vec![first, second]), "{name}");
        }
        assert_eq!(actors.with_kind("PERSON", "Ada Lovelace"), Some(first));
        assert_eq!(actors.with_kind("Company ", "Ada Lovelace"), Some(second));
        assert_eq!(actors.find("Ada"), Found::None);
    }

    #[test]
    fn a_folded_name_folds_to_itself() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let folded = fold_name(&format!("a{c}b"));
            assert_eq!(fold_name(&folded), folded, "{c:?}");
        }
    }
}
