//! Settings of what is seen: colors and animations.

use egui::{Context, ThemePreference};

use crate::app::App;
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
}
