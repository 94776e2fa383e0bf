//! The first rows of a table under the roles of its columns.

use egui::{Align, ComboBox, Label, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType};

use crate::load::{ImportOptions, PreviewColumn, TablePreview};
use crate::wording::{self, read::Role};

use crate::app::ui::theme;

/// The height of a row, in points.
const ROW_HEIGHT: f32 = 22.0;
/// The width of a column, in points.
const WIDTHS: std::ops::RangeInclusive<f32> = 112.0..=240.0;
/// The width of the row numbers, in points.
const NUMBER_WIDTH: f32 = 40.0;
/// The height of role and heading above the rows, in points.
const HEAD_HEIGHT: f32 = 54.0;
/// The width of an average character, in points.
const CHAR_WIDTH: f32 = 6.6;

/// Draws the rows; a role that the user chooses goes into the options.
pub(super) fn rows_ui(ui: &mut Ui, table: &TablePreview, options: &mut ImportOptions) {
    let count = table.columns.len().max(table.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0));
    let widths: Vec<f32> = (0..count).map(|column| width_of(table, column)).collect();
    let total = NUMBER_WIDTH + widths.iter().sum::<f32>();
    ScrollArea::horizontal().id_salt("columns").auto_shrink(false).show(ui, |ui| {
        ui.set_min_width(total);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        if !table.columns.is_empty() {
            head_ui(ui, table, &widths, options);
            theme::hairline(ui);
        }
        let area = ScrollArea::vertical().id_salt("rows").auto_shrink(false);
        area.show_rows(ui, ROW_HEIGHT, table.rows.len(), |ui, shown| {
            for (number, cells) in &table.rows[shown] {
                let (row, _) = ui.allocate_exact_size(Vec2::new(total, ROW_HEIGHT), egui::Sense::hover());
                row_ui(ui, row, *number, cells, &widths);
            }
        });
    });
}

/// Returns a width that the heading and most values fit into.
fn width_of(table: &TablePreview, column: usize) -> f32 {
    let heading = table.columns.get(column).map_or(0, |column| column.heading.chars().count() + 2);
    let longest =
        table.rows.iter().take(30).filter_map(|(_, cells)| cells.get(column)).map(|cell| cell.chars().count());
    let chars = longest.max().unwrap_or(0).max(heading);
    (chars as f32 * CHAR_WIDTH + 16.0).clamp(*WIDTHS.start(), *WIDTHS.end())
}

fn head_ui(ui: &mut Ui, table: &TablePreview, widths: &[f32], options: &mut ImportOptions) {
    let total = NUMBER_WIDTH + widths.iter().sum::<f32>();
    let (head, _) = ui.allocate_exact_size(Vec2::new(total, HEAD_HEIGHT), egui::Sense::hover());
    let mut left = head.left() + NUMBER_WIDTH;
    for (column, width) in table.columns.iter().zip(widths) {
        let rect = Rect::from_min_size(egui::pos2(left, head.top()), Vec2::new(*width - 6.0, HEAD_HEIGHT));
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::LEFT)), |ui| {
            role_ui(ui, table, column, options);
            ui.add_space(4.0);
            let heading = wording::visible(&column.heading);
            ui.add(Label::new(theme::strong_text(heading, 13.0)).truncate());
        });
        left += width;
    }
}

/// Draws the list of roles over a column.
fn role_ui(ui: &mut Ui, table: &TablePreview, column: &PreviewColumn, options: &mut ImportOptions) {
    let now = column.role.unwrap_or(Role::Keep).label();
    let palette = theme::palette(ui);
    let shown = if column.is_guess { format!("{now}?") } else { now.to_owned() };
    let color = match column.role {
        None | Some(Role::Ignore | Role::Keep) => palette.weak,
        Some(_) if column.is_guess => palette.warning,
        Some(_) => palette.accent,
    };
    let before = column.role.unwrap_or(Role::Keep);
    let mut chosen = before;
    let combo = ComboBox::from_id_salt((&table.name.file, &table.name.sheet, &column.heading))
        .selected_text(RichText::new(shown).color(color))
        .width(ui.available_width())
        .truncate()
        .height(420.0);
    let response = combo.show_ui(ui, |ui| {
        for role in [&Role::Keep].into_iter().chain(Role::ALL.iter().filter(|role| **role != Role::Keep)) {
            ui.selectable_value(&mut chosen, *role, role.label());
        }
    });
    let name = format!("Role of {}", wording::visible(&column.heading));
    response.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ComboBox, true, &name);
        info.current_text_value = Some(now.to_owned());
        info
    });
    if column.is_guess {
        response.response.on_hover_text("Guessed from the values: choose what they are if that is wrong");
    }
    if chosen != before {
        options.choose(&table.name, &column.heading, chosen);
    }
}

fn row_ui(ui: &mut Ui, row: Rect, number: u32, cells: &[String], widths: &[f32]) {
    let palette = theme::palette(ui);
    let number_rect = Rect::from_min_size(row.min, Vec2::new(NUMBER_WIDTH - 8.0, ROW_HEIGHT));
    cell_ui(ui, number_rect, RichText::new(number.to_string()).color(palette.weak).size(11.0));
    let mut left = row.left() + NUMBER_WIDTH;
    for (cell, width) in cells.iter().zip(widths) {
        let rect = Rect::from_min_size(egui::pos2(left, row.top()), Vec2::new(*width - 6.0, ROW_HEIGHT));
        if !cell.is_empty() && ui.is_rect_visible(rect) {
            cell_ui(ui, rect, RichText::new(cell));
        }
        left += width;
    }
}

fn cell_ui(ui: &mut Ui, rect: Rect, text: RichText) {
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| ui.add(Label::new(text).truncate()));
}
