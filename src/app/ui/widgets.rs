//! Widgets shared by dialogs and panels.

use egui::{Align, Layout, RichText, Ui};

use crate::app::ui::theme;

/// Draws the heading of a dialog.
pub(crate) fn heading(ui: &mut Ui, text: &str) {
    let response = ui.label(theme::strong_text(text, 16.0));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
}

/// Draws buttons from right to left, the default first; returns the index of the clicked one.
pub(crate) fn buttons_ui(ui: &mut Ui, words: &[&str]) -> Option<usize> {
    let mut clicked = None;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        from_right(ui, |ui| {
            for (index, word) in words.iter().enumerate() {
                if button(ui, word, index == 0).clicked() {
                    clicked = Some(index);
                }
            }
        });
    });
    clicked
}

/// Draws a dialog button; the default one is highlighted.
pub(crate) fn button(ui: &mut Ui, word: &str, is_main: bool) -> egui::Response {
    let palette = theme::palette(ui);
    let button = if is_main {
        egui::Button::new(RichText::new(word).color(palette.raised)).fill(palette.accent)
    } else {
        egui::Button::new(word)
    };
    ui.add(button.min_size(egui::vec2(84.0, 28.0)))
}

/// Lays out `content` from right to left.
pub(crate) fn from_right<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), content).inner
}
