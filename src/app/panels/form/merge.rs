//! What merging records would do, before it is done.

use egui::{Key, Label, Modifiers, RichText, Ui};

use crate::document::Document;
use crate::model::Item;
use crate::view;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::FormRequest;
use crate::app::ui::events::take_press;
use crate::app::ui::theme;

/// Draws what becomes of the records, and the answers.
pub(super) fn merge_ui(ui: &mut Ui, document: &Document, keep: Item, others: &[Item], commands: &mut Commands) {
    if !ui.ctx().text_edit_focused() && take_press(ui.ctx(), Modifiers::NONE, Key::Enter) {
        commands.push(AppCommand::Form(FormRequest::Keep));
    }
    theme::form_frame(ui).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        let heading = ui.label(theme::strong_text("Merge", 15.0));
        ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
        for line in view::merge_lines(&document.map, keep, others) {
            ui.add(Label::new(RichText::new(line)).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            let requests = [
                ("Merge", FormRequest::Keep),
                ("Keep the other", FormRequest::SwapKept),
                ("Not the same", FormRequest::NotTheSame),
                ("Cancel", FormRequest::GiveUp),
            ];
            let is_of_two_actors = others.len() == 1 && matches!(keep, Item::Actor(_));
            for (words, request) in requests {
                let needs_two = match request {
                    FormRequest::SwapKept => others.len() != 1,
                    FormRequest::NotTheSame => !is_of_two_actors,
                    _ => false,
                };
                if !needs_two && ui.button(words).clicked() {
                    commands.push(AppCommand::Form(request));
                }
            }
        });
    });
}
