//! What was changed both here and in the file: both values, and the choice between them.

use egui::{Context, Frame, Id, Key, Label, Margin, Modifiers, RichText, ScrollArea, Ui, WidgetInfo, WidgetType};

use crate::document::MergeSide;
use crate::view::FileDifference;
use crate::wording::counted;

use crate::app::ask::command::{AppCommand, Commands, CompareRequest};
use crate::app::ui::events::take_press;
use crate::app::ui::theme;

use super::go_to;

/// Draws the differences in place of the details.
pub(crate) fn compare_ui(ui: &mut Ui, choices: &[(FileDifference, Option<MergeSide>)], commands: &mut Commands) {
    let left = choices.iter().filter(|(_, side)| side.is_none()).count();
    foot_ui(ui, left, commands);
    ScrollArea::vertical().id_salt("compare").auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 16 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let title = ui.label(theme::strong_text("Changed here and in the file", 17.0));
            ui.ctx().accesskit_node_builder(title.id, |node| node.set_role(egui::accesskit::Role::Heading));
            let words = format!("{left} of {} left. Nothing is saved until they are decided.", choices.len());
            ui.add(Label::new(RichText::new(words).color(theme::palette(ui).weak)).wrap());
            for (difference, side) in choices {
                choice_ui(ui, difference, *side, commands);
            }
        });
    });
}

/// The place where the difference with the keyboard focus is remembered from one frame to the next.
fn focused_id() -> Id {
    Id::new("compared difference")
}

/// Takes the keys of the difference that had the focus in the last frame, before they reach the map.
pub(crate) fn take_keys(ctx: &Context, commands: &mut Commands) {
    let Some((index, has_theirs)) = ctx.data_mut(|data| data.remove_temp::<(usize, bool)>(focused_id())) else {
        return;
    };
    for (key, side) in [(Key::Num1, MergeSide::Mine), (Key::Num2, MergeSide::Theirs)] {
        let is_offered = side == MergeSide::Mine || has_theirs;
        if is_offered && take_press(ctx, Modifiers::NONE, key) {
            commands.push(AppCommand::Compare(CompareRequest::Choose(index, side)));
        }
    }
}

fn choice_ui(ui: &mut Ui, difference: &FileDifference, side: Option<MergeSide>, commands: &mut Commands) {
    ui.add_space(4.0);
    theme::hairline(ui);
    let title = ui.add(Label::new(theme::strong_text(&difference.title, 13.0)).wrap().sense(egui::Sense::click()));
    title.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &difference.title));
    if let Some(item) = difference.item.filter(|_| title.clicked()) {
        go_to(item, commands);
    }
    let values = [
        ("Before", difference.before.as_ref()),
        ("Mine", Some(&difference.mine)),
        ("In the file", Some(&difference.theirs)),
    ];
    for (label, value) in values {
        let Some(value) = value else { continue };
        ui.horizontal_top(|ui| {
            let weak = theme::palette(ui).weak;
            ui.allocate_ui(egui::vec2(76.0, 0.0), |ui| {
                ui.set_width(76.0);
                ui.label(RichText::new(label).small().color(weak));
            });
            ui.add(Label::new(value).wrap().selectable(true));
        });
    }
    let sides = [(MergeSide::Mine, Some(difference.keep)), (MergeSide::Theirs, difference.take)];
    ui.horizontal_wrapped(|ui| {
        let mut has_focus = false;
        for (number, (of, words)) in (1..).zip(sides) {
            let Some(words) = words else { continue };
            let response = ui.selectable_label(side == Some(of), format!("{number} {words}"));
            let name = format!("{words}: {}", difference.title);
            response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, true, side == Some(of), &name));
            has_focus |= response.has_focus();
            if response.clicked() {
                commands.push(AppCommand::Compare(CompareRequest::Choose(difference.index, of)));
            }
        }
        if has_focus {
            let focused = (difference.index, difference.take.is_some());
            ui.ctx().data_mut(|data| data.insert_temp(focused_id(), focused));
        }
    });
}

fn foot_ui(ui: &mut Ui, left: usize, commands: &mut Commands) {
    let mut push = |request| commands.push(AppCommand::Compare(request));
    super::footer(ui, |ui| {
        if ui.button("All mine").clicked() {
            push(CompareRequest::ChooseAll(MergeSide::Mine));
        }
        if ui.button("All from the file").clicked() {
            push(CompareRequest::ChooseAll(MergeSide::Theirs));
        }
        let why = format!("{} left to decide", counted(left, "difference is", "differences are"));
        if ui.add_enabled(left == 0, egui::Button::new("Done")).on_disabled_hover_text(why).clicked() {
            push(CompareRequest::Apply);
        }
        if ui.button("Later").on_hover_text("Close this panel and decide later (Esc)").clicked() {
            push(CompareRequest::Close);
        }
    });
}
