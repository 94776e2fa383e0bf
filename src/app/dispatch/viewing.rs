//! What is seen: colors and animations, and the view of a map that is opened.

use egui::{Context, ThemePreference};

use crate::app::App;
use crate::app::ask::focus::Focus;
use crate::app::settings::ThemeChoice;
use crate::app::ui::theme;

impl App {
    pub(super) fn set_animates(&mut self, ctx: &Context, animates: bool) {
        self.settings.animates = animates;
        theme::animate(ctx, animates);
    }

    pub(super) fn set_theme(&mut self, ctx: &Context, theme: ThemeChoice) {
        self.settings.theme = theme;
        ctx.set_theme(ThemePreference::from(theme));
    }

    /// Shows a new picture as a whole; a map that was just opened as it was left, if it was left otherwise.
    pub(crate) fn aim_if_new(&mut self) {
        if !std::mem::take(&mut self.fits_when_settled) {
            return;
        }
        let path = self.session.path().filter(|_| std::mem::take(&mut self.is_just_opened));
        match path.and_then(|path| self.settings.view_of(path)) {
            Some(view) => self.canvas.show(view),
            None => self.canvas.fit(),
        }
    }

    /// Remembers the view of the open map, to be found again.
    pub(crate) fn remember_view(&mut self) {
        if let Some(path) = self.session.path() {
            let is_focused = matches!(self.focus, Some(Focus::Neighborhood(_)));
            let view = match self.story.view_before() {
                Some(before) => before.chosen(),
                None if is_focused => self.view_before_focus,
                None => self.canvas.chosen_view(),
            };
            self.settings.remember_view(path, view);
        }
    }
}
