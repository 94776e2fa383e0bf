//! Widgets shared by dialogs and panels.

use egui::{Align, Align2, Context, Frame, Id, Layout, Panel, Pos2, RichText, Ui, Vec2, Window};

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

/// Draws a list in a window of its own over the canvas, with its name and a button to close it; returns whether it stays
/// open. `place` is the point of the window that lies at a position, at first.
pub(crate) fn floating_list(
    ctx: &Context,
    title: &str,
    size: Vec2,
    place: (Align2, Pos2),
    content: impl FnOnce(&mut Ui),
) -> bool {
    let screen = ctx.content_rect();
    let mut is_open = true;
    Window::new(title)
        .id(Id::new(("list", title)))
        .title_bar(false)
        .frame(Frame::window(&ctx.global_style()).inner_margin(20))
        .default_size(size.min(screen.size() - Vec2::new(80.0, 120.0)))
        .max_height(screen.height() - 80.0)
        .pivot(place.0)
        .default_pos(place.1)
        .show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            heading(ui, title);
            is_open = Panel::bottom(Id::new(("close", title)))
                .frame(Frame::NONE)
                .resizable(false)
                .show_separator_line(false)
                .show(ui, |ui| buttons_ui(ui, &["Close"]).is_none())
                .inner;
            content(ui);
        });
    is_open
}
