//! Asks for the format of a copy of the map, and lists what the chosen one can't hold before anything is written.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::app::ask::question::CopyQuestion;
use crate::app::ui::theme;
use crate::app::ui::widgets::{buttons_ui, heading};
use crate::export_data::DATA_FORMATS;
use crate::wording::capitalized;

/// Height of the list of formats, in points.
const LIST_HEIGHT: f32 = 250.0;
/// Height of the list of what is lost, in points.
const LOSSES_HEIGHT: f32 = 130.0;

/// The answer to the question.
pub(super) enum CopyAnswer {
    /// Write the format with this word.
    Save(&'static str),
    Cancel,
}

/// Draws the question.
pub(super) fn copy_ui(ui: &mut Ui, question: &mut CopyQuestion) -> Option<CopyAnswer> {
    heading(ui, "Save a copy for another program");
    ui.add(Label::new("The whole map is written, including what is hidden. You keep editing the open map.").wrap());
    ScrollArea::vertical().id_salt("formats").max_height(LIST_HEIGHT).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        for (index, format) in DATA_FORMATS.iter().enumerate() {
            let is_fit = question.verdicts.get(index).is_none_or(Result::is_ok);
            ui.horizontal_wrapped(|ui| {
                ui.radio_value(&mut question.chosen, index, format.name);
                let weak = theme::palette(ui).weak;
                let words = if is_fit { format.purpose } else { "not for this map" };
                ui.label(RichText::new(words).color(weak));
            });
        }
    });
    theme::hairline(ui);
    ScrollArea::vertical().id_salt("losses").max_height(LOSSES_HEIGHT).min_scrolled_height(LOSSES_HEIGHT).show(
        ui,
        |ui| {
            ui.set_min_height(LOSSES_HEIGHT);
            ui.set_width(ui.available_width());
            verdict_ui(ui, question);
        },
    );
    let format = DATA_FORMATS.get(question.chosen)?;
    let can_save = question.verdicts.get(question.chosen).is_none_or(Result::is_ok);
    let clicked =
        if can_save { buttons_ui(ui, &["Save…", "Cancel"]) } else { buttons_ui(ui, &["Cancel"]).map(|_| 1) };
    match clicked {
        Some(0) => Some(CopyAnswer::Save(format.word)),
        Some(_) => Some(CopyAnswer::Cancel),
        None => None,
    }
}

fn verdict_ui(ui: &mut Ui, question: &CopyQuestion) {
    match question.verdicts.get(question.chosen) {
        Some(Err(reason)) => {
            let text = RichText::new(capitalized(reason)).color(theme::palette(ui).bad);
            ui.add(Label::new(text).wrap());
        }
        Some(Ok(lost)) if !lost.is_empty() => {
            ui.label("This format can’t hold:");
            for loss in lost {
                ui.add(Label::new(format!("•  {}", capitalized(loss))).wrap());
            }
        }
        _ => {
            ui.label("Nothing of this map is lost.");
        }
    }
}
