//! The window of the speaker: notes, the next step and a clock.

use egui::{CentralPanel, Frame, Label, Margin, Panel, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType};

use crate::wording::visible;

use crate::app::panels::presentation::Presented;
use crate::app::ui::theme;
use crate::app::ui::thumbnail::Thumbnail;

/// The size of notes, in points: read from a standing distance.
const NOTES_SIZE: f32 = 20.0;
/// Width of the column with the next step, in points.
const NEXT_WIDTH: f32 = 190.0;

/// What the speaker sees.
pub(crate) struct SpeakerView<'a> {
    pub(crate) presented: &'a Presented,
    pub(crate) notes: &'a str,
    /// The title of the next step.
    pub(crate) next: Option<String>,
    pub(crate) next_picture: Option<&'a Thumbnail>,
    /// Size of that picture, in points.
    pub(crate) picture_size: Vec2,
    /// Since the presentation began.
    pub(crate) elapsed_secs: u64,
    /// The time of day.
    pub(crate) clock: String,
    pub(crate) is_black: bool,
}

/// Returns "3:07" or "1:02:03".
pub(crate) fn elapsed_words(secs: u64) -> String {
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{secs:02}") } else { format!("{minutes}:{secs:02}") }
}

/// Draws the contents of the window.
pub(crate) fn speaker_ui(ui: &mut Ui, view: &SpeakerView<'_>) {
    let palette = theme::palette(ui);
    let frame = theme::panel_frame(ui, Margin::symmetric(16, 10));
    Panel::top("speaker top").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            if let Some((number, count)) = view.presented.number {
                ui.label(theme::strong_text(format!("{number} / {count}"), 16.0).color(palette.weak));
            }
            ui.add(Label::new(theme::strong_text(visible(&view.presented.title).into_owned(), 18.0)).truncate());
        });
    });
    let frame = theme::panel_frame(ui, Margin::symmetric(16, 8));
    Panel::bottom("speaker clock").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            let elapsed = elapsed_words(view.elapsed_secs);
            let response = ui.label(theme::strong_text(&elapsed, 26.0));
            let name = format!("Since the start: {elapsed}");
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &name));
            ui.add_space(16.0);
            ui.label(RichText::new(&view.clock).size(20.0).color(palette.weak));
            if view.is_black {
                ui.add_space(16.0);
                ui.label(RichText::new("The screen is black").size(15.0).color(palette.warning));
            }
        });
    });
    let frame = theme::panel_frame(ui, Margin::symmetric(14, 12));
    Panel::right("speaker next").frame(frame).resizable(false).exact_size(NEXT_WIDTH).show(ui, |ui| {
        ui.label(RichText::new("Next").size(13.0).color(palette.weak));
        match &view.next {
            Some(title) => {
                if let Some(picture) = view.next_picture {
                    let (rect, _) = ui.allocate_exact_size(view.picture_size, Sense::hover());
                    picture.paint(ui.painter(), rect);
                }
                ui.add(Label::new(theme::strong_text(visible(title).into_owned(), 15.0)).wrap());
            }
            None => drop(ui.label(RichText::new("This is the last step").size(15.0))),
        }
    });
    let frame = Frame::new().fill(palette.raised).inner_margin(Margin::same(16));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let words = if view.notes.is_empty() {
                RichText::new("No notes for this step").size(NOTES_SIZE).color(palette.weak)
            } else {
                RichText::new(visible(view.notes).into_owned()).size(NOTES_SIZE)
            };
            ui.add(Label::new(words).wrap());
        });
    });
}

#[cfg(test)]
mod tests {
    use super::elapsed_words;

    #[test]
    fn time_is_told_in_minutes_and_from_an_hour_on_in_hours() {
        let told = [0, 7, 187, 3599, 3723].map(elapsed_words);
        assert_eq!(told, ["0:00", "0:07", "3:07", "59:59", "1:02:03"]);
    }
}
