//! Edits of the vocabulary: the kinds of actors and ties.

use crate::document::{Document, EditError, Transaction};
use crate::model::{ActorKind, ActorKindId, Map, RecordSlot, Rgb, TieKind, TieKindId};
use crate::wording::counted;

use super::Editing;

/// A kind of actors or of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindRef {
    /// A kind of actors.
    Actor(ActorKindId),
    /// A kind of ties.
    Tie(TieKindId),
}

/// A new value of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindValue {
    /// The label shown to people.
    Label(String),
    /// What stands between the two names of a sentence; empty for none. Of kinds of ties only.
    Verb(String),
    /// Whether its ties have a direction. Of kinds of ties only.
    Directed(bool),
    /// Its color.
    Color(Rgb),
    /// The name of its icon; `None` for none.
    Icon(Option<String>),
}

impl KindValue {
    fn words(&self) -> &'static str {
        match self {
            Self::Label(_) => "name",
            Self::Verb(_) => "verb",
            Self::Directed(_) => "direction",
            Self::Color(_) => "color",
            Self::Icon(_) => "icon",
        }
    }
}

impl KindRef {
    /// Returns the label; `None` if there is no such kind.
    #[must_use]
    pub fn label(self, map: &Map) -> Option<&str> {
        match self {
            Self::Actor(id) => map.actor_kinds().get(id).map(|kind| kind.label.as_str()),
            Self::Tie(id) => map.tie_kinds().get(id).map(|kind| kind.label.as_str()),
        }
    }

    /// Returns the number of actors or ties of the kind.
    #[must_use]
    pub fn use_count(self, map: &Map) -> usize {
        match self {
            Self::Actor(id) => map.actors().values().filter(|actor| actor.kind == Some(id)).count(),
            Self::Tie(id) => map.ties().values().filter(|tie| tie.kind == id).count(),
        }
    }

    /// Returns the number of its records in words: "12 ties".
    #[must_use]
    pub fn use_words(self, map: &Map) -> String {
        let count = self.use_count(map);
        match self {
            Self::Actor(_) => counted(count, "actor", "actors"),
            Self::Tie(_) => counted(count, "tie", "ties"),
        }
    }
}

/// Changes a value of a kind, and declares the kind. Ties that follow their kind's direction go on following it.
///
/// # Errors
///
/// If there is no such kind, if the label is blank, or if another kind has it.
pub fn set_kind(document: &Document, kind: KindRef, value: &KindValue) -> Result<Transaction, EditError> {
    let label = kind.label(&document.map).ok_or(EditError::Gone)?.to_owned();
    if let KindValue::Label(new) = value {
        check_label(&document.map, kind, new)?;
    }
    let mut editing = Editing::new(document);
    match kind {
        KindRef::Actor(id) => set_actor_kind(editing.actor_kind(id)?, value),
        KindRef::Tie(id) => {
            let was_directed = editing.tie_kind(id)?.is_directed;
            set_tie_kind(editing.tie_kind(id)?, value);
            if let KindValue::Directed(is_directed) = *value {
                let following = document.map.ties().iter();
                let following = following.filter(|(_, tie)| tie.kind == id && tie.is_directed == was_directed);
                for (tie, _) in following {
                    editing.tie(tie)?.is_directed = is_directed;
                }
            }
        }
    }
    Ok(editing.finish(format!("Change the {} of {label}", value.words())))
}

/// Takes a kind out of the vocabulary. Records of it keep its word, and are drawn gray.
///
/// # Errors
///
/// If there is no such kind.
pub fn remove_kind(document: &Document, kind: KindRef) -> Result<Transaction, EditError> {
    let label = kind.label(&document.map).ok_or(EditError::Gone)?.to_owned();
    let is_used = kind.use_count(&document.map) > 0;
    let mut editing = Editing::new(document);
    match kind {
        KindRef::Actor(id) if is_used => {
            let kind = editing.actor_kind(id)?;
            let key = kind.key.clone();
            *kind =
                ActorKind { label: key.to_string(), key, color: None, icon: None, is_auto: false, is_listed: false };
        }
        KindRef::Tie(id) if is_used => {
            let kind = editing.tie_kind(id)?;
            let key = kind.key.clone();
            *kind = TieKind {
                label: key.to_string(),
                key,
                verb: None,
                is_directed: true,
                color: None,
                icon: None,
                is_auto: false,
                is_listed: false,
            };
        }
        KindRef::Actor(id) => {
            editing.touched.insert(RecordSlot::ActorKind(id));
            editing.records.actor_kinds.set(id, None);
            editing.look.filter.hidden_actor_kinds.remove(&Some(id));
            editing.change_views(|view| {
                let mut view = view.clone();
                view.filter.hidden_actor_kinds.remove(&Some(id)).then_some(view)
            });
        }
        KindRef::Tie(id) => {
            editing.touched.insert(RecordSlot::TieKind(id));
            editing.records.tie_kinds.set(id, None);
            editing.look.filter.hidden_tie_kinds.remove(&id);
            editing.change_views(|view| {
                let mut view = view.clone();
                view.filter.hidden_tie_kinds.remove(&id).then_some(view)
            });
        }
    }
    Ok(editing.finish(format!("Delete the kind {label}")))
}

fn check_label(map: &Map, kind: KindRef, label: &str) -> Result<(), EditError> {
    let label = label.trim();
    if label.is_empty() {
        return Err(EditError::Refused("a kind needs a name".to_owned()));
    }
    let is_same = |other: &str| other.trim().to_lowercase() == label.to_lowercase();
    let is_taken = match kind {
        KindRef::Actor(id) => map.actor_kinds().iter().any(|(other, kind)| other != id && is_same(&kind.label)),
        KindRef::Tie(id) => map.tie_kinds().iter().any(|(other, kind)| other != id && is_same(&kind.label)),
    };
    if is_taken {
        return Err(EditError::Refused(format!("another kind is named “{label}”")));
    }
    Ok(())
}

fn set_actor_kind(kind: &mut ActorKind, value: &KindValue) {
    kind.is_listed = true;
    match value {
        KindValue::Label(label) => label.trim().clone_into(&mut kind.label),
        KindValue::Color(color) => (kind.color, kind.is_auto) = (Some(*color), false),
        KindValue::Icon(icon) => (kind.icon, kind.is_auto) = (icon.clone(), false),
        KindValue::Verb(_) | KindValue::Directed(_) => {}
    }
}

fn set_tie_kind(kind: &mut TieKind, value: &KindValue) {
    kind.is_listed = true;
    match value {
        KindValue::Label(label) => label.trim().clone_into(&mut kind.label),
        KindValue::Verb(verb) => kind.verb = Some(verb.trim().to_owned()).filter(|verb| !verb.is_empty()),
        KindValue::Directed(is_directed) => kind.is_directed = *is_directed,
        KindValue::Color(color) => (kind.color, kind.is_auto) = (Some(*color), false),
        KindValue::Icon(icon) => (kind.icon, kind.is_auto) = (icon.clone(), false),
    }
}

impl Editing<'_> {
    fn actor_kind(&mut self, id: ActorKindId) -> Result<&mut ActorKind, EditError> {
        self.touched.insert(RecordSlot::ActorKind(id));
        self.records.actor_kinds.get_mut(id).ok_or(EditError::Gone)
    }

    fn tie_kind(&mut self, id: TieKindId) -> Result<&mut TieKind, EditError> {
        self.touched.insert(RecordSlot::TieKind(id));
        self.records.tie_kinds.get_mut(id).ok_or(EditError::Gone)
    }
}
