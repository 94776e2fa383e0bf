//! The filter checkboxes, each with its icon and its number of records.

use egui::{Align, Button, CollapsingHeader, Layout, RichText, Ui};

use crate::document::{Command, Document};
use crate::model::{Map, Rgb};
use crate::scene::Theme;
use crate::text;
use crate::view::{Facet, FacetRow, is_alone, switched_alone};
use crate::wording::{capitalized, counted, number};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::{icon, theme, widgets};

/// What a group counts: singular and plural.
pub(super) type Noun = (&'static str, &'static str);

pub(super) const ACTORS: Noun = ("actor", "actors");
pub(super) const TIES: Noun = ("tie", "ties");

/// A group of filter rows.
pub(super) struct FilterGroup<'a> {
    pub(super) name: &'static str,
    /// Whether it is open at first.
    pub(super) is_open: bool,
    pub(super) rows: &'a [FacetRow],
    /// What the counts of its rows are.
    pub(super) counted: Noun,
}

/// Draws a collapsible group of filter rows; its title counts the active rows unless all are active, and says what the
/// counts of the rows are.
pub(super) fn group_ui(ui: &mut Ui, group: &FilterGroup<'_>, document: &Document, commands: &mut Commands) {
    let FilterGroup { name, is_open, rows, counted } = *group;
    if rows.is_empty() {
        return;
    }
    let on = rows.iter().filter(|row| row.is_shown).count();
    let title =
        if on == rows.len() { name.to_owned() } else { format!("{name} – {} of {}", number(on), number(rows.len())) };
    let heading = theme::strong_text(title, 12.0).color(theme::palette(ui).weak);
    let colors = theme::scene_theme(ui.ctx().theme());
    let header = CollapsingHeader::new(heading).id_salt(name).default_open(is_open).icon(theme::caret);
    let right = ui.max_rect().right();
    let shown = header.show_unindented(ui, |ui| {
        for row in rows {
            row_ui(ui, row, group, sign(&document.map, row.facet, &colors), document, commands);
        }
        ui.add_space(4.0);
    });
    if shown.openness > 0.0 {
        let at = egui::pos2(right, shown.header_response.rect.center().y);
        let words = capitalized(counted.1);
        let font = egui::FontId::proportional(11.0);
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, words, font, theme::palette(ui).weak);
    }
}

fn row_ui(
    ui: &mut Ui,
    row: &FacetRow,
    group: &FilterGroup<'_>,
    sign: Option<(char, Rgb)>,
    document: &Document,
    commands: &mut Commands,
) {
    let palette = theme::palette(ui);
    let filter = &document.look.filter;
    let top_left = ui.cursor().min;
    let area = egui::Rect::from_min_size(top_left, egui::vec2(ui.available_width(), 24.0));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().interact_size.y = 24.0;
        let response = theme::checkbox(ui, row.is_shown, &row.label);
        if let Some((sign, rgb)) = sign {
            ui.label(theme::icon_text(sign, 14.0).color(theme::opaque(rgb)));
        }
        widgets::from_right(ui, |ui| {
            let (singular, plural) = group.counted;
            let words = counted(row.count, singular, plural);
            let count = ui.label(RichText::new(number(row.count)).color(palette.weak).small());
            count.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &words));
            count.on_hover_text(&words);
            let rows = group.rows;
            if rows.len() > 1 && only_ui(ui, row, rows, area) {
                commands.push(AppCommand::Change(Command::SetFilter(switched_alone(row, rows, filter))));
            }
            let color = if row.is_shown { palette.text } else { palette.weak };
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().button_padding.x = 0.0;
                let words = Button::new(RichText::new(&row.label).color(color)).frame(false).truncate();
                // The label has no accessible name, so that a screen reader doesn't read each row twice.
                let label = ui.add(words.sense(egui::Sense::CLICK));
                if response.clicked() || label.clicked() {
                    commands.push(AppCommand::Change(Command::SetFilter(row.facet.switched(filter))));
                }
            });
        });
    });
}

/// Draws the button that shows only this row, or all rows again. It is visible while its row is hovered or focused.
fn only_ui(ui: &mut Ui, row: &FacetRow, group: &[FacetRow], area: egui::Rect) -> bool {
    let palette = theme::palette(ui);
    let is_alone = is_alone(row, group);
    let word = if is_alone { "all" } else { "only" };
    let (rect, response) = ui.allocate_exact_size(egui::vec2(28.0, 20.0), egui::Sense::click());
    let name = if is_alone { format!("All, not only {}", row.label) } else { format!("Only {}", row.label) };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
    if ui.rect_contains_pointer(area) || response.has_focus() {
        let color = if response.hovered() || response.has_focus() { palette.text } else { palette.accent };
        let font = egui::FontId::proportional(12.0);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, word, font, color);
    }
    response.on_hover_text(name.as_str()).clicked()
}

/// Returns the icon and the color of a kind.
fn sign(map: &Map, facet: Facet, colors: &Theme) -> Option<(char, Rgb)> {
    match facet {
        Facet::ActorKind(kind) => {
            let icon = kind.and_then(|kind| map.actor_kinds()[kind].icon.as_deref()).and_then(text::icon);
            Some((icon.unwrap_or(icon::DOT), colors.actor_kind(map, kind)))
        }
        Facet::TieKind(kind) => {
            let icon = map.tie_kinds()[kind].icon.as_deref().and_then(text::icon);
            Some((icon.unwrap_or(icon::DOT), colors.tie_kind(map, kind)))
        }
        Facet::Stage(_) | Facet::Status(_) | Facet::SourceKind(_) | Facet::Unsourced => None,
    }
}
