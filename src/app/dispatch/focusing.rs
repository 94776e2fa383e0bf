//! Focus on a neighborhood: the view fits it, and returns to where it was afterwards.

use crate::app::App;
use crate::app::ask::focus::Focus;
use crate::app::ask::selection::Selection;
use crate::model::{ActorId, Item};

impl App {
    /// Shows an actor with everything it is tied to, and hides the rest.
    pub(crate) fn focus_on(&mut self, actor: ActorId) {
        if !matches!(self.focus, Some(Focus::Neighborhood(_))) {
            self.view_before_focus = self.canvas.chosen_view();
        }
        self.selection = Selection::one(Item::Actor(actor));
        self.focus = Some(Focus::Neighborhood(actor));
        self.canvas.fit();
    }

    pub(crate) fn focus_on_selected(&mut self) {
        let first = self.selection.actors().next();
        if let Some(actor) = first {
            self.focus_on(actor);
        }
    }

    /// Ends the focus; returns whether there was one.
    pub(crate) fn end_focus(&mut self) -> bool {
        let ended = self.focus.take();
        if matches!(ended, Some(Focus::Neighborhood(_))) {
            match self.view_before_focus.take() {
                Some(view) => self.canvas.show(view),
                None => self.canvas.fit(),
            }
        }
        ended.is_some()
    }

    /// Ends the focus if part of it is no longer shown.
    pub(crate) fn forget_hidden(&mut self) {
        let shown = self.pipeline.shown();
        if self.focus.as_ref().is_some_and(|focus| !focus.is_shown(shown)) {
            self.end_focus();
        }
    }
}
