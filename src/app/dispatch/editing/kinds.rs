//! Runs the requests of the list of kinds.

use crate::document::edit::{Edits, KindChoice, KindRef, remove_kind, set_kind};
use crate::document::{EditError, Transaction};

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::command::KindRequest;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Changes a kind, adds one, or takes one out.
    pub(crate) fn take_kind_request(&mut self, request: &KindRequest) {
        let document = &self.session.document;
        let done = match request {
            KindRequest::Set(kind, value) => set_kind(document, *kind, value),
            KindRequest::Add { label, is_of_ties } => self.added_kind(label, *is_of_ties),
            KindRequest::Remove(kind) => remove_kind(document, *kind),
        };
        let told = match request {
            KindRequest::Remove(kind) => self.removed_words(*kind),
            _ => None,
        };
        match done.and_then(|transaction| self.session.edit(&transaction)) {
            Ok(()) => {
                if let Some(words) = told {
                    self.toasts.offer(words, "Undo", Action::Undo);
                }
            }
            Err(error) => self.toasts.say(ToastKind::Failed, format!("Not changed: {error}")),
        }
    }

    fn added_kind(&self, label: &str, is_of_ties: bool) -> Result<Transaction, EditError> {
        let map = &self.session.document.map;
        let is_same = |other: &str| other.to_lowercase() == label.to_lowercase();
        let is_there = if is_of_ties {
            map.tie_kinds().values().any(|kind| is_same(&kind.label))
        } else {
            map.actor_kinds().values().any(|kind| is_same(&kind.label))
        };
        if is_there {
            return Err(EditError::Refused(format!("there is a kind “{label}” already")));
        }
        let mut edits = Edits::new(&self.session.document);
        if is_of_ties {
            edits.tie_kind(&KindChoice::New(label.to_owned()))?;
        } else {
            edits.add_actor_kind(label)?;
        }
        edits.finish(format!("Add the kind {label}"))
    }

    /// Returns what is said of a kind that is taken out though it is used.
    fn removed_words(&self, kind: KindRef) -> Option<String> {
        let map = &self.session.document.map;
        let label = kind.label(map)?;
        if kind.use_count(map) == 0 {
            return Some(format!("Deleted the kind {label}"));
        }
        Some(format!("{} of the kind {label} are drawn gray", kind.use_words(map)))
    }
}
