//! The chip above a map that shows only the neighborhood of an actor.

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Rect, Vec2};

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::{icon, theme};
use crate::wording;

/// Draws the chip at the top of the canvas.
pub(crate) fn focus_chip_ui(ctx: &Context, canvas: Rect, name: &str, neighbors: usize, commands: &mut Commands) {
    let palette = theme::palette_of(ctx.theme());
    let frame = Frame::new()
        .fill(palette.panel)
        .stroke(egui::Stroke::new(1.0, palette.accent))
        .corner_radius(14)
        .inner_margin(Margin { left: 12, right: 5, top: 3, bottom: 3 });
    let area = Area::new(Id::new("focus chip")).order(Order::Middle).pivot(Align2::CENTER_TOP);
    area.fixed_pos(canvas.center_top() + Vec2::new(0.0, 8.0)).show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.set_max_width(canvas.width() - 40.0);
            ui.horizontal(|ui| {
                let name = wording::visible(name);
                let words = format!("Only {name} and its {}", wording::counted(neighbors, "neighbor", "neighbors"));
                ui.add(egui::Label::new(theme::strong_text(&words, 12.0)).truncate());
                if theme::icon_button(ui, icon::CROSS, "Show the whole map (Esc)").clicked() {
                    commands.push(AppCommand::Run(Action::Clear));
                }
            });
        });
    });
}
