//! The status line: how much is shown, how well it is sourced, and problems.

use egui::{Align, Button, Layout, RichText, Ui};

use crate::scene::LabelingCounts;
use crate::view::StatusLine;
use crate::wording;

use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::panels::problems::FileProblems;
use crate::app::ui::{icon, theme, widgets};

/// The content of the status line.
pub(crate) struct Status<'a> {
    pub(crate) line: &'a StatusLine,
    /// The problems in the file.
    pub(crate) problems: FileProblems<'a>,
    /// The number of labels left out for lack of room.
    pub(crate) labels_left_out: usize,
    /// How many names and labels the canvas shows.
    pub(crate) labeling: LabelingCounts,
    /// Why the file can't be written, if so.
    pub(crate) read_only: Option<&'a str>,
}

/// Width kept for the Reset button, in points.
const RESET_WIDTH: f32 = 52.0;

/// Draws the status line.
pub(crate) fn status_ui(ui: &mut Ui, status: &Status<'_>, commands: &mut Commands) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        // The right side first: the line is cut to what it leaves.
        widgets::from_right(ui, |ui| {
            remarks_ui(ui, status, commands);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| line_ui(ui, status.line, commands));
        });
    });
}

fn line_ui(ui: &mut Ui, line: &StatusLine, commands: &mut Commands) {
    let palette = theme::palette(ui);
    ui.scope(|ui| {
        let reserved = if line.is_filtered { RESET_WIDTH } else { 0.0 };
        ui.set_max_width((ui.available_width() - reserved).max(0.0));
        ui.add(egui::Label::new(RichText::new(&line.text).color(palette.weak).size(12.0)).truncate());
    });
    if line.is_filtered {
        let reset = Button::new(RichText::new("Reset").color(palette.accent).size(12.0)).frame(false);
        if ui.add(reset).on_hover_text(Action::ShowAll.tooltip()).clicked() {
            commands.push(AppCommand::Run(Action::ShowAll));
        }
    }
}

/// Draws what is to be noted about the file and the picture, from the right.
fn remarks_ui(ui: &mut Ui, status: &Status<'_>, commands: &mut Commands) {
    let palette = theme::palette(ui);
    problems_ui(ui, &status.problems, commands);
    let remark = |ui: &mut Ui, words: &str, color, why: &str| {
        ui.label(RichText::new(words).color(color).size(12.0)).on_hover_text(why);
    };
    let left_out = status.labels_left_out;
    if left_out > 0 {
        let words = format!("{} without room", wording::counted(left_out, "label", "labels"));
        let why = "The least important labels are left out where there is no room; zoom, move actors or hide some";
        remark(ui, &words, palette.weak, why);
    }
    let LabelingCounts { named, nameless, .. } = status.labeling;
    if nameless > 0 {
        let words = format!("{} of {} names", wording::number(named), wording::number(named + nameless));
        let why = "Actors whose name finds no room are dots; zoom in, or point at one to see its name";
        remark(ui, &words, palette.weak, why);
    }
    if let Some(why) = status.read_only {
        remark(ui, "Read only", palette.warning, &wording::quoted(why));
    }
}

fn problems_ui(ui: &mut Ui, problems: &FileProblems<'_>, commands: &mut Commands) {
    let Some(words) = &problems.words else { return };
    let palette = theme::palette(ui);
    let (mark, color) = if problems.has_faults { (icon::WARNING, palette.warning) } else { (icon::INFO, palette.weak) };
    let text = RichText::new(words).color(color).size(12.0);
    let button = Button::new((theme::icon_text(mark, 13.0).color(color), text)).frame(false);
    let response = ui.add(button).on_hover_text(Action::Problems.tooltip());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, words));
    if response.clicked() {
        commands.push(AppCommand::Run(Action::Problems));
    }
}
