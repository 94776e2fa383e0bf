//! The chips above a map that is shown in part: in focus, or explored; and the offer to start from one actor.

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Rect, Ui, Vec2};

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::story::StepRequest;
use crate::app::ui::{icon, theme};
use crate::wording::{counted, number, visible};

/// Draws the chip of a map that shows only the neighborhood of an actor.
pub(crate) fn focus_chip_ui(ctx: &Context, canvas: Rect, name: &str, neighbors: usize, commands: &mut Commands) {
    let words = format!("Only {} and its {}", visible(name), counted(neighbors, "neighbor", "neighbors"));
    chip_ui(ctx, canvas, &words, |ui| {
        if theme::icon_button(ui, icon::CROSS, "Show the whole map (Esc)").clicked() {
            commands.push(AppCommand::Run(Action::Clear));
        }
    });
}

/// Draws the chip of a map that shows only its explored part.
pub(crate) fn explored_chip_ui(ctx: &Context, canvas: Rect, shown: usize, all: usize, commands: &mut Commands) {
    let words = format!("Exploring: {} of {}", number(shown), counted(all, "actor", "actors"));
    chip_ui(ctx, canvas, &words, |ui| {
        if theme::icon_button(ui, icon::CROSS, Action::ShowWholeMap.label()).clicked() {
            commands.push(AppCommand::Run(Action::ShowWholeMap));
        }
    });
}

/// Draws the chip of a map on which a step of the story is shown.
pub(crate) fn step_chip_ui(ctx: &Context, canvas: Rect, number: (usize, usize), title: &str, commands: &mut Commands) {
    let (number, count) = number;
    let title = if title.is_empty() { String::new() } else { format!(": {}", visible(title)) };
    chip_ui(ctx, canvas, &format!("Showing step {number} of {count}{title}"), |ui| {
        if theme::icon_button(ui, icon::CROSS, "Leave the step (Esc)").clicked() {
            commands.push(AppCommand::Step(StepRequest::Leave));
        }
    });
}

/// Draws the offer to start from one actor of a large map.
pub(crate) fn start_offer_ui(ctx: &Context, canvas: Rect, actors: usize, commands: &mut Commands) {
    let words = format!("All {} at a glance", counted(actors, "actor", "actors"));
    chip_ui(ctx, canvas, &words, |ui| {
        let start = egui::Button::new(Action::StartFrom.label()).frame(false);
        ui.visuals_mut().override_text_color = Some(theme::palette(ui).accent);
        if ui.add(start).on_hover_text(Action::StartFrom.tooltip()).clicked() {
            commands.push(AppCommand::Run(Action::StartFrom));
        }
        ui.visuals_mut().override_text_color = None;
        if theme::icon_button(ui, icon::CROSS, "Hide this offer").clicked() {
            commands.push(AppCommand::DeclineStart);
        }
    });
}

/// Draws a chip at the top of the canvas: words, then buttons.
fn chip_ui(ctx: &Context, canvas: Rect, words: &str, buttons: impl FnOnce(&mut Ui)) {
    let palette = theme::palette_of(ctx.theme());
    let frame = Frame::new()
        .fill(palette.panel)
        .stroke(egui::Stroke::new(1.0, palette.accent))
        .corner_radius(14)
        .inner_margin(Margin { left: 12, right: 5, top: 3, bottom: 3 });
    let area = Area::new(Id::new("chip")).order(Order::Middle).pivot(Align2::CENTER_TOP);
    area.fixed_pos(canvas.center_top() + Vec2::new(0.0, 8.0)).show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.set_max_width(canvas.width() - 40.0);
            ui.horizontal(|ui| {
                ui.add(egui::Label::new(theme::strong_text(words, 12.0)).truncate());
                buttons(ui);
            });
        });
    });
}
