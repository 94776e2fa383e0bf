//! The title of the window.

use std::sync::Arc;

use egui::{Context, ViewportCommand};

use crate::document::journal::JournalState;
use crate::load::Origin;

use crate::app::session::Session;

/// The title and the state it was built from.
#[derive(Default)]
pub(crate) struct Title {
    text: String,
    of: Option<(JournalState, Arc<Origin>)>,
}

impl Title {
    /// Returns the current title.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Updates the title if the state it is built from has changed.
    pub(crate) fn write(&mut self, ctx: &Context, session: &Session) {
        let now = (session.state(), Arc::clone(&session.document.origin));
        let is_same =
            |(state, origin): &(JournalState, Arc<Origin>)| state.is_same(&now.0) && Arc::ptr_eq(origin, &now.1);
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        self.of = Some(now);
        let text = session.window_title();
        if text != self.text {
            ctx.send_viewport_cmd(ViewportCommand::Title(text.clone()));
            self.text = text;
        }
    }
}
