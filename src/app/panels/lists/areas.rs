//! The list of the areas of a large map, the largest first.

use egui::{ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType};

use crate::model::Rgb;
use crate::wording::{counted, number};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::theme;

use super::rows::{COUNT_MARGIN, MARGIN, SHORT, line};

/// A row of the list.
pub(crate) struct AreaRow {
    /// The index of the area in the overview.
    pub(crate) area: u32,
    /// Its name, or that of its best connected actor.
    pub(crate) name: String,
    /// The number of its actors.
    pub(crate) size: usize,
    pub(crate) color: Rgb,
}

/// Draws the list; a click shows the area.
pub(super) fn areas_ui(ui: &mut Ui, areas: &[AreaRow], commands: &mut Commands) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("areas").auto_shrink([false, false]).show_rows(
        ui,
        SHORT,
        areas.len(),
        |ui, range| {
            for row in &areas[range] {
                let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), SHORT), Sense::click());
                let actors = counted(row.size, "actor", "actors");
                response
                    .widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{}, {actors}", row.name)));
                let palette = theme::palette(ui);
                if response.contains_pointer() || response.has_focus() {
                    ui.painter().rect_filled(rect.shrink2(Vec2::new(6.0, 1.0)), 6.0, palette.hover);
                }
                let dot = egui::pos2(rect.left() + MARGIN + 6.0, rect.center().y);
                ui.painter().circle_filled(dot, 5.0, theme::opaque(row.color));
                let right = rect.right() - COUNT_MARGIN;
                let at = egui::pos2(right, rect.center().y);
                let font = egui::FontId::proportional(11.5);
                let count = ui.painter().text(at, egui::Align2::RIGHT_CENTER, number(row.size), font, palette.weak);
                line(
                    ui,
                    &row.name,
                    13.0,
                    palette.text,
                    rect.left() + MARGIN + 22.0,
                    count.left() - 6.0,
                    rect.center().y,
                );
                if response.on_hover_text(format!("{}\n{actors}", row.name)).clicked() {
                    commands.push(AppCommand::ShowArea(row.area));
                }
            }
        },
    );
}
