//! The list of what the text of a row may mean.

use egui::{FontId, Id, Label, RichText, Sense, Ui, WidgetInfo, WidgetType};

use crate::view::{Suggestion, Understood};

use super::RecordForm;
use super::row::take;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::FormRequest;
use crate::app::ui::combo_box::{describe_option, speak};
use crate::app::ui::theme;

impl RecordForm {
    /// Draws the suggestions for the current row; returns the widget of the marked one.
    pub(super) fn suggestions_ui(
        &mut self,
        ui: &mut Ui,
        index: usize,
        understood: &Understood,
        commands: &mut Commands,
    ) -> Option<Id> {
        let (marked, count) = (self.marked.or(understood.marked), understood.suggestions.len());
        let mut option = None;
        for (at, suggestion) in understood.suggestions.iter().enumerate() {
            let is_marked = marked == Some(at);
            let (id, is_chosen) = suggestion_ui(ui, suggestion, (at, count), is_marked);
            if is_marked {
                option = Some(id);
                let words = format!("{} of {count}: {}", at + 1, suggestion_name(suggestion));
                speak(ui, ui.id().with("spoken"), &words);
            }
            if is_chosen {
                take(&mut self.rows[index], suggestion);
                self.marked = None;
                if self.is_single() {
                    commands.push(AppCommand::Form(FormRequest::Keep));
                } else {
                    let next = self.next_row().unwrap_or(index);
                    self.go_to(next);
                }
            }
        }
        option
    }
}

/// Draws a suggestion; returns its widget and whether it was chosen. It is chosen on the press, before the field loses the
/// focus.
fn suggestion_ui(ui: &mut Ui, suggestion: &Suggestion, place: (usize, usize), is_marked: bool) -> (Id, bool) {
    let palette = theme::palette(ui);
    let frame = egui::Frame::new().corner_radius(4).inner_margin(egui::Margin::symmetric(6, 2));
    let mut prepared = frame.begin(ui);
    {
        let ui = &mut prepared.content_ui;
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.add(Label::new(RichText::new(&suggestion.words).font(FontId::proportional(13.0))).selectable(false));
            ui.add(
                Label::new(RichText::new(&suggestion.note).small().color(palette.weak)).selectable(false).truncate(),
            );
        });
    }
    let response = prepared.allocate_space(ui);
    let id = ui.id().with(("suggestion", &suggestion.words, &suggestion.note));
    let response = ui.interact(response.rect, id, Sense::click());
    if is_marked || response.hovered() {
        prepared.frame.fill = palette.hover;
    }
    prepared.paint(ui);
    let name = suggestion_name(suggestion);
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_marked, &name));
    describe_option(ui.ctx(), response.id, place, is_marked);
    let is_pressed = response.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed());
    (response.id, is_pressed || response.clicked())
}

fn suggestion_name(suggestion: &Suggestion) -> String {
    format!("{} {}", suggestion.words, suggestion.note).trim().to_owned()
}
