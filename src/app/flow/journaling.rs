//! Keeping a journal of what is not saved: each change of the open map is left for the thread that writes it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use crate::document::journal::{JournalChange, JournalState};
use crate::load::Origin;
use crate::recovery::{Flusher, FoundJournal, JournalThread, Unsaved};

use crate::app::panels::note_editor::NoteDraft;
use crate::app::session::Session;
use crate::app::ui::toast::{ToastKind, Toasts};

/// The journal as the window sees it.
pub(crate) struct Journaling {
    keeper: Option<JournalThread>,
    /// What was left for the thread last.
    last: Option<Last>,
    /// A journal that the open map was recovered from, with what did not fit.
    recovered: Option<(FoundJournal, Vec<JournalChange>)>,
    /// Whether it was told of this map that its changes can't be kept.
    has_told: bool,
}

struct Last {
    state: JournalState,
    origin: Arc<Origin>,
    draft: Option<NoteDraft>,
}

impl Last {
    fn is_of(&self, session: &Session, draft: Option<&NoteDraft>) -> bool {
        let now = session.state();
        self.state.has_base_of(&now)
            && Arc::ptr_eq(&self.state.saved, &now.saved)
            && Arc::ptr_eq(&self.state.look, &now.look)
            && Arc::ptr_eq(&self.state.map, &now.map)
            && Arc::ptr_eq(&self.origin, &session.document.origin)
            && self.draft.as_ref() == draft
    }
}

impl Journaling {
    /// Starts the thread; without a folder nothing is kept.
    pub(crate) fn start(ctx: &Context, folder: Option<&Path>, after: Duration) -> Self {
        let window = ctx.clone();
        let wake = Arc::new(move || window.request_repaint());
        let keeper = folder.map(|folder| JournalThread::start(folder.to_owned(), after, wake));
        Self { keeper, last: None, recovered: None, has_told: false }
    }

    /// Leaves what changed since the last frame, words that are being typed included, and tells once per map if it
    /// can't be kept.
    pub(crate) fn poll(&mut self, session: &Session, draft: Option<&NoteDraft>, toasts: &mut Toasts) {
        let Some(keeper) = &self.keeper else { return };
        if !self.last.as_ref().is_some_and(|last| last.is_of(session, draft)) {
            let state = session.state();
            let origin = Arc::clone(&session.document.origin);
            self.has_told &=
                self.last.as_ref().is_some_and(|last| Arc::ptr_eq(&last.state.on_disk.map, &state.on_disk.map));
            let written = draft.and_then(|draft| draft.as_change(&session.document));
            let with_draft = written.map(|(_, change)| session.document.with(change).look);
            // What is saved or given up must not be offered after a crash a moment later.
            let is_urgent = with_draft.is_none() && !session.is_unsaved();
            let look = with_draft.unwrap_or_else(|| Arc::clone(&state.look));
            let unsaved = Unsaved { state: JournalState { look, ..state.clone() }, origin: Arc::clone(&origin) };
            match self.recovered.take() {
                Some((journal, left_out)) => keeper.keep_recovered(unsaved, journal, left_out),
                None => keeper.keep(unsaved, is_urgent),
            }
            self.last = Some(Last { state, origin, draft: draft.cloned() });
        }
        if let Some(why) = keeper.take_trouble()
            && !std::mem::replace(&mut self.has_told, true)
        {
            let text = format!("Tieline cannot keep a recovery copy of unsaved changes: {why}. Save often.");
            toasts.say(ToastKind::Failed, text);
        }
    }

    /// Takes over the journal that the open map was recovered from.
    pub(crate) fn take_recovered(&mut self, journal: FoundJournal, left_out: Vec<JournalChange>) {
        self.recovered = Some((journal, left_out));
    }

    /// Something to wait for the journal with.
    pub(crate) fn flusher(&self) -> Option<Flusher> {
        self.keeper.as_ref().map(JournalThread::flusher)
    }

    /// Ends with nothing to recover: all is saved or was given up.
    pub(crate) fn end_without(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.end_without();
        }
    }
}
