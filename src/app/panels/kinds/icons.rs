//! Chooses an icon by a word.

use egui::{Sense, TextEdit, Ui, Vec2, WidgetInfo, WidgetType};

use crate::load::icons_named;

use crate::app::ui::theme;

use super::{icon_of, remark_ui};

/// The icons in a row, and the rows.
const IN_ROW: usize = 8;
const ROWS: usize = 5;

/// Draws a search for icons; returns the chosen one.
pub(super) fn icons_ui(ui: &mut Ui, now: Option<&str>, query: &mut String, is_opened: bool) -> Option<String> {
    let mut chosen = None;
    ui.set_width(IN_ROW as f32 * 32.0);
    ui.spacing_mut().item_spacing = Vec2::splat(2.0);
    let field = ui.add(TextEdit::singleline(query).hint_text("boat, bank, law…").desired_width(f32::INFINITY));
    let value = query.clone();
    field.widget_info(|| WidgetInfo {
        label: Some("Find an icon".to_owned()),
        current_text_value: Some(value.clone()),
        ..WidgetInfo::new(WidgetType::TextEdit)
    });
    if is_opened {
        field.request_focus();
    }
    ui.add_space(4.0);
    let found = icons_named(query, IN_ROW * ROWS);
    if found.is_empty() {
        remark_ui(ui, "No icon of this name. Try a plain English noun.");
    }
    for row in found.chunks(IN_ROW) {
        ui.horizontal(|ui| {
            for &name in row {
                let (rect, response) = ui.allocate_exact_size(Vec2::splat(30.0), Sense::click());
                response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
                let palette = theme::palette(ui);
                let is_now = now == Some(name);
                if is_now || response.hovered() || response.has_focus() {
                    ui.painter().rect_filled(rect, 6.0, palette.selected);
                }
                let font = theme::icon_font(18.0);
                ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, icon_of(Some(name)), font, palette.text);
                if response.clicked() {
                    chosen = Some(name.to_owned());
                }
                response.on_hover_text(name);
            }
        });
    }
    chosen
}
