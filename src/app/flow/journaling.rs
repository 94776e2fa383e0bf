//! Passes each unsaved change of the open map to the thread that writes the recovery journal.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use crate::document::journal::{JournalChange, JournalState, TypedForm};
use crate::load::Origin;
use crate::recovery::{Flusher, FoundJournal, JournalThread, Unsaved};

use crate::app::panels::note_editor::NoteDraft;
use crate::app::session::Session;
use crate::app::ui::toast::{ToastKind, Toasts};

/// The window's side of the recovery journal.
pub(crate) struct Journaling {
    keeper: Option<JournalThread>,
    /// The state last passed to the thread.
    last: Option<Last>,
    /// The journal that the open map was recovered from, with the changes that could not be applied.
    recovered: Option<(FoundJournal, Vec<JournalChange>)>,
    /// Whether the user was told that changes of this map can't be journaled.
    has_told: bool,
}

struct Last {
    state: JournalState,
    origin: Arc<Origin>,
    draft: Option<NoteDraft>,
    typed: Vec<TypedForm>,
}

impl Last {
    fn is_of(&self, session: &Session, draft: Option<&NoteDraft>, typed: &[TypedForm]) -> bool {
        let now = session.state();
        self.state.has_base_of(&now)
            && Arc::ptr_eq(&self.state.saved, &now.saved)
            && Arc::ptr_eq(&self.state.look, &now.look)
            && Arc::ptr_eq(&self.state.map, &now.map)
            && Arc::ptr_eq(&self.origin, &session.document.origin)
            && self.draft.as_ref() == draft
            && self.typed == typed
    }
}

impl Journaling {
    /// Starts the journal thread; without a folder, nothing is journaled.
    pub(crate) fn start(ctx: &Context, folder: Option<&Path>, after: Duration) -> Self {
        let window = ctx.clone();
        let wake = Arc::new(move || window.request_repaint());
        let keeper = folder.map(|folder| JournalThread::start(folder.to_owned(), after, wake));
        Self { keeper, last: None, recovered: None, has_told: false }
    }

    /// Passes the changes since the last frame to the thread, including the text of a note being written and what is
    /// typed into forms. Reports once per map if they can't be journaled.
    pub(crate) fn poll(
        &mut self,
        session: &Session,
        draft: Option<&NoteDraft>,
        typed: Vec<TypedForm>,
        toasts: &mut Toasts,
    ) {
        let Some(keeper) = &self.keeper else { return };
        if !self.last.as_ref().is_some_and(|last| last.is_of(session, draft, &typed)) {
            let state = session.state();
            let origin = Arc::clone(&session.document.origin);
            self.has_told &=
                self.last.as_ref().is_some_and(|last| Arc::ptr_eq(&last.state.on_disk.map, &state.on_disk.map));
            let written = draft.and_then(|draft| draft.as_change(&session.document));
            let with_draft = written.map(|(_, change)| session.document.with(change).look);
            // Changes that were saved or discarded must not be offered if the program crashes right after.
            let is_urgent = with_draft.is_none() && typed.is_empty() && !session.is_unsaved();
            let look = with_draft.unwrap_or_else(|| Arc::clone(&state.look));
            let journaled = JournalState { look, ..state.clone() };
            let unsaved = Unsaved { state: journaled, origin: Arc::clone(&origin), typed: typed.clone() };
            match self.recovered.take() {
                Some((journal, left_out)) => keeper.keep_recovered(unsaved, journal, left_out),
                None => keeper.keep(unsaved, is_urgent),
            }
            self.last = Some(Last { state, origin, draft: draft.cloned(), typed });
        }
        if let Some(why) = keeper.take_trouble()
            && !std::mem::replace(&mut self.has_told, true)
        {
            let text = format!("Tieline cannot keep a recovery copy of unsaved changes: {why}. Save often.");
            toasts.say(ToastKind::Failed, text);
        }
    }

    /// Returns whether unsaved changes are written.
    pub(crate) fn is_working(&self) -> bool {
        self.keeper.is_some() && !self.has_told
    }

    pub(crate) fn take_recovered(&mut self, journal: FoundJournal, left_out: Vec<JournalChange>) {
        self.recovered = Some((journal, left_out));
    }

    /// Returns a handle that waits for the journal to be written, or `None` if nothing is journaled.
    pub(crate) fn flusher(&self) -> Option<Flusher> {
        self.keeper.as_ref().map(JournalThread::flusher)
    }

    /// Ends journaling with nothing left to recover, because all changes were saved or discarded.
    pub(crate) fn end_without(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.end_without();
        }
    }
}
