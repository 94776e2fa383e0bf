//! The left half of the dialog: the settings available for the format.

use egui::{Button, ComboBox, Layout, Response, RichText, Ui, Vec2, WidgetInfo, WidgetType};

use crate::export::animation::AnimationSize;
use crate::export::pptx::DEFAULT_TYPEFACE;
use crate::publish::{Format, Resolution, Tone};
use crate::scene::Ground;
use crate::wording::counted;

use super::Extent;
use super::choices::{ExportChoice, ExportChoices};
use crate::app::ui::theme;

/// Width of the label before a row, in points.
const NAME_WIDTH: f32 = 84.0;

/// Height of a row, in points.
const ROW_HEIGHT: f32 = 26.0;

/// Draws the settings that apply to the format. Moving pictures are offered if `has_steps`.
pub(super) fn choices_ui(ui: &mut Ui, choices: &mut ExportChoices, has_steps: bool) {
    row_ui(ui, "Format", |ui| {
        ui.horizontal_wrapped(|ui| {
            for &(format, _, label) in
                <Format as ExportChoice>::ALL.iter().filter(|(format, ..)| has_steps || !format.is_moving())
            {
                segment_ui(ui, "Format", &mut choices.format, format, label);
            }
        });
    });
    let format = choices.format;
    let (is_page, is_moving) = (format != Format::Html, format.is_moving());
    if is_page {
        row_ui(ui, "Page", |ui| preset_ui(ui, choices));
    }
    if format == Format::Png {
        row_ui(ui, "Pixels", |ui| resolution_ui(ui, choices));
    }
    if is_moving {
        row_ui(ui, "Size", |ui| moving_size_ui(ui, choices));
    }
    if format == Format::Svg {
        choice_ui(ui, "Text", &mut choices.text);
    }
    if format == Format::Pptx {
        choice_ui(ui, "Slide", &mut choices.slide);
        row_ui(ui, "Typeface", |ui| typeface_ui(ui, &mut choices.typeface));
    }
    row_ui(ui, "Theme", |ui| {
        for &(tone, _, label) in Tone::ALL {
            // The light theme of HTML follows the reader's color scheme; the dark one doesn't.
            let label = if tone == Tone::Light && !is_page { "Reader’s setting" } else { label };
            segment_ui(ui, "Theme", &mut choices.tone, tone, label);
        }
    });
    if is_page {
        row_ui(ui, "Background", |ui| {
            for &(ground, _, label) in Ground::ALL.iter().filter(|(ground, ..)| !is_moving || *ground != Ground::Any) {
                segment_ui(ui, "Background", &mut choices.ground, ground, label);
            }
        });
        choice_ui(ui, "Citations", &mut choices.citations);
        row_ui(ui, "Labels", |ui| {
            combo_ui(ui, "Labels", &mut choices.labels, |labels| ExportChoice::label(labels).to_owned());
        });
        row_ui(ui, "Places", |ui| {
            check_ui(ui, &mut choices.is_arranged_anew, "Arrange for the page").on_hover_text(
                "Rearranges actors that were not placed by hand to fit the page; the canvas stays as it is",
            );
        });
    }
    row_ui(ui, "Parts", |ui| {
        ui.vertical(|ui| parts_ui(ui, choices, is_page));
    });
    if is_page && format != Format::Pptx && !is_moving {
        row_ui(ui, "Notes", |ui| {
            check_ui(ui, &mut choices.has_notes, "Speaker notes as a text file").on_hover_text(
                "All sources in full and what each proves, in a file beside the picture whose name ends in -notes.txt",
            );
        });
    }
}

/// Draws the choice between the map as a whole and the steps of its story.
pub(super) fn story_ui(ui: &mut Ui, has_steps: &mut bool, steps: usize) {
    row_ui(ui, "Shows", |ui| {
        segment_ui(ui, "Shows", has_steps, false, "Map");
        let label = format!("Story of {}", counted(steps, "step", "steps"));
        segment_ui(ui, "Shows", has_steps, true, &label);
    });
}

/// Draws the choice of the part of the map.
pub(super) fn extent_ui(ui: &mut Ui, extent: &mut Extent, has_selection: bool) {
    row_ui(ui, "Content", |ui| {
        segment_ui(ui, "Content", extent, Extent::Whole, "Whole map");
        ui.add_enabled_ui(has_selection, |ui| segment_ui(ui, "Content", extent, Extent::Selection, "Selection"))
            .response
            .on_hover_text(if has_selection {
                "The selected actors with the ties between them, and the selected ties"
            } else {
                "No actor or tie is selected"
            });
        segment_ui(ui, "Content", extent, Extent::InView, "In view");
    });
}

fn parts_ui(ui: &mut Ui, choices: &mut ExportChoices, is_page: bool) {
    let parts = &mut choices.parts;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        if is_page {
            check_ui(ui, &mut parts.title, "Title");
        }
        check_ui(ui, &mut parts.legend, "Legend");
        if is_page {
            check_ui(ui, &mut parts.coverage, "Coverage")
                .on_hover_text("How many ties have sources, and of which kind");
        }
    });
    if is_page {
        check_ui(ui, &mut parts.credits, "Authors and license");
    }
}

fn preset_ui(ui: &mut Ui, choices: &mut ExportChoices) {
    combo_ui(ui, "Page", &mut choices.preset, |preset| {
        let size = preset.page().size_px.round();
        let label = ExportChoice::label(preset);
        if label.contains('×') { label.to_owned() } else { format!("{label}  ({} × {})", size.x, size.y) }
    });
}

/// Draws the field for the name of a typeface, which need not be installed here.
fn typeface_ui(ui: &mut Ui, typeface: &mut String) {
    let field = egui::TextEdit::singleline(typeface).char_limit(100).desired_width(ui.available_width().min(240.0));
    let response = ui.add(field.hint_text(DEFAULT_TYPEFACE));
    let text = typeface.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::TextEdit, true, "Typeface");
        info.current_text_value = Some(text.clone());
        info
    });
    response.on_hover_text("The file names this typeface; where it is not installed, programs use another");
}

fn resolution_ui(ui: &mut Ui, choices: &mut ExportChoices) {
    let page = choices.preset.page();
    combo_ui(ui, "Pixels", &mut choices.resolution, |resolution: Resolution| {
        let size = (page.size_px * resolution.scale(page)).round();
        format!("{}  ({} × {})", resolution.label(), size.x, size.y)
    });
}

fn moving_size_ui(ui: &mut Ui, choices: &mut ExportChoices) {
    let page = choices.preset.page().size_px;
    combo_ui(ui, "Size", &mut choices.moving, |size| {
        let label = ExportChoice::label(size);
        match size {
            AnimationSize::Fitting => format!("{label}  (up to 8 MB)"),
            AnimationSize::Longest(longest_px) => {
                let px = (page * (f32::from(longest_px) / page.max_elem())).round();
                format!("{label}  ({} × {})", px.x, px.y)
            }
        }
    });
}

fn check_ui(ui: &mut Ui, is_on: &mut bool, label: &str) -> Response {
    theme::labeled_checkbox(ui, is_on, label, label)
}

/// Draws a row of buttons, one for each value.
fn choice_ui<T: ExportChoice>(ui: &mut Ui, name: &str, chosen: &mut T) {
    row_ui(ui, name, |ui| {
        for &(value, _, label) in T::ALL {
            segment_ui(ui, name, chosen, value, label);
        }
    });
}

/// Draws a button of a mutually exclusive group; its accessible name includes the group.
fn segment_ui<T: PartialEq + Copy>(ui: &mut Ui, group: &str, chosen: &mut T, value: T, label: &str) {
    let is_on = *chosen == value;
    let response = ui.add(Button::selectable(is_on, label).frame_when_inactive(true).min_size(Vec2::new(0.0, 24.0)));
    let name = format!("{group}: {}", label.to_lowercase());
    let is_enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, is_enabled, is_on, &name));
    if response.clicked() {
        *chosen = value;
    }
}

/// Draws a drop-down list, for long lists of values.
fn combo_ui<T: ExportChoice>(ui: &mut Ui, name: &str, chosen: &mut T, words: impl Fn(T) -> String) {
    let now = words(*chosen);
    let combo = ComboBox::from_id_salt(name)
        .selected_text(&now)
        .truncate()
        .width(ui.available_width().min(240.0))
        .height(320.0);
    let shown = combo.show_ui(ui, |ui| {
        for &(value, ..) in T::ALL {
            ui.selectable_value(chosen, value, words(value));
        }
    });
    shown.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ComboBox, true, name);
        info.current_text_value = Some(now.clone());
        info
    });
}

/// Draws a label followed by `content`.
fn row_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let words = Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(Vec2::new(NAME_WIDTH, ROW_HEIGHT), words, |ui| {
            ui.set_min_width(NAME_WIDTH);
            ui.label(RichText::new(name).color(theme::palette(ui).weak));
        });
        content(ui);
    });
}
