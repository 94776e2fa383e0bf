//! What the canvas says while the map has no actors.

use egui::{Align2, Area, Context, Id, Order, Rect, RichText, vec2};

use crate::app::ui::theme;

/// Draws how to begin, in the middle of the canvas.
pub(crate) fn hint_ui(ctx: &Context, canvas: Rect) {
    let palette = theme::palette_of(ctx.theme());
    let area = Area::new(Id::new("empty map")).order(Order::Middle).interactable(false);
    area.pivot(Align2::CENTER_CENTER).fixed_pos(canvas.center()).show(ctx, |ui| {
        ui.set_max_width((canvas.width() - 60.0).clamp(120.0, 460.0));
        ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
        ui.vertical_centered(|ui| {
            ui.label(theme::strong_text("An empty map", 18.0));
            let words = "Double-click or press A to name the first actor, E for the first tie, or paste rows from a \
                         spreadsheet.";
            ui.label(RichText::new(words).color(palette.weak));
        });
    });
}
