//! The title of the window.

use egui::{Context, ViewportCommand};

use crate::app::session::Session;

/// The title that the window has now.
#[derive(Default)]
pub(crate) struct Title {
    text: String,
}

impl Title {
    /// Returns the current title.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Updates the title, which names the map and whether it has unsaved changes.
    pub(crate) fn write(&mut self, ctx: &Context, session: &Session) {
        let text = session.window_title();
        if text != self.text {
            ctx.send_viewport_cmd(ViewportCommand::Title(text.clone()));
            self.text = text;
        }
    }
}
