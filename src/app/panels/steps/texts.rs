//! The fields for the caption and the notes of a step.

use egui::{Id, Key, Label, Modifiers, RichText, TextEdit, Ui, WidgetInfo, WidgetType, vec2};

use crate::document::edit::StepText;
use crate::model::StoryStep;

use super::card::KEYS_OF_FIELD;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::story::StepRequest;
use crate::app::ui::events::take_press;
use crate::app::ui::theme;

/// The fields: the text, its label and a hint.
const FIELDS: [(StepText, &str, &str); 2] = [
    (StepText::Caption, "Caption", "what the audience reads below the title"),
    (StepText::Notes, "Speaker notes", "what only the speaker sees"),
];

/// A text that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedText {
    /// The index of the step.
    pub(super) at: usize,
    what: StepText,
    text: String,
}

impl TypedText {
    /// Returns the request that keeps it.
    pub(super) fn request(self) -> StepRequest {
        StepRequest::SetText(self.at, self.what, self.text)
    }
}

/// Draws the fields of a step beside each other; what was typed is kept when a field is left.
pub(super) fn texts_ui(
    ui: &mut Ui,
    typed: &mut Option<TypedText>,
    at: usize,
    steps: &[StoryStep],
    commands: &mut Commands,
) {
    let size = ui.available_size();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for (what, label, hint) in FIELDS {
            ui.allocate_ui(vec2((size.x - 8.0) / 2.0, size.y), |ui| {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let name = RichText::new(label).small().color(theme::palette(ui).weak);
                    let name = ui.add(Label::new(name).truncate());
                    ui.ctx().accesskit_node_builder(name.id, egui::accesskit::Node::set_hidden);
                    field_ui(ui, typed, (at, &steps[at]), (what, label, hint), commands);
                });
            });
        }
    });
}

fn field_ui(
    ui: &mut Ui,
    typed: &mut Option<TypedText>,
    (at, step): (usize, &StoryStep),
    (what, label, hint): (StepText, &str, &str),
    commands: &mut Commands,
) {
    let kept = match what {
        StepText::Title => &step.title,
        StepText::Caption => &step.caption,
        StepText::Notes => &step.notes,
    };
    let is_typed = |typed: &TypedText| typed.at == at && typed.what == what;
    let id = Id::new(("text of the step", label));
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if has_focus && take_press(ui.ctx(), Modifiers::NONE, Key::Escape) {
        typed.take_if(|typed| is_typed(typed));
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    let own = typed.as_ref().filter(|typed| is_typed(typed));
    let mut text = own.map_or_else(|| kept.clone().unwrap_or_default(), |typed| typed.text.clone());
    let size = ui.available_size();
    let area = egui::ScrollArea::vertical().id_salt(label).max_height(size.y);
    area.show(ui, |ui| {
        let field = TextEdit::multiline(&mut text)
            .id(id)
            .event_filter(KEYS_OF_FIELD)
            .hint_text(hint)
            .desired_rows(4)
            .desired_width(size.x);
        let response = ui.add(field);
        let value = text.clone();
        response.widget_info(|| WidgetInfo {
            label: Some(format!("{label} of the step")),
            current_text_value: Some(value.clone()),
            ..WidgetInfo::new(WidgetType::TextEdit)
        });
        if response.changed() {
            *typed = Some(TypedText { at, what, text });
        }
        if !response.lost_focus() {
            return;
        }
        let left = typed.take_if(|typed| is_typed(typed));
        commands.extend(left.map(|typed| AppCommand::Step(typed.request())));
    });
}
