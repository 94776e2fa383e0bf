//! The rows of the lists: one record each, in step with the canvas.

use egui::{Align, Align2, Color32, FontId, Modifiers, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2};

use crate::app::command::{AppCommand, Commands};
use crate::app::selection::Selection;
use crate::app::{icon, stage, theme};
use crate::document::{Command, Document, Shown};
use crate::model::{Item, Rgb};
use crate::text;
use crate::wording;

/// Height of a row with one line, in points.
const HEIGHT: f32 = 30.0;
/// Height of a row with two lines, in points.
const TALL: f32 = 44.0;
/// Free room at both ends of a row, in points.
const MARGIN: f32 = 12.0;

/// What rows are drawn from.
pub(super) struct Look<'a> {
    pub(super) document: &'a Document,
    pub(super) shown: &'a Shown,
    pub(super) selection: &'a Selection,
}

/// What one row says.
struct Row {
    title: String,
    subtitle: Option<String>,
    sign: char,
    color: Rgb,
    trailing: String,
    is_shown: bool,
}

impl Look<'_> {
    fn row(&self, item: Item, colors: &crate::scene::Theme) -> Row {
        let map = &self.document.map;
        match item {
            Item::Actor(id) => {
                let kind = map.actor_kind(id);
                Row {
                    title: wording::actor_name(map, id),
                    subtitle: None,
                    sign: kind.and_then(|kind| kind.icon.as_deref()).and_then(text::icon).unwrap_or('•'),
                    color: colors.actor_kind(map, map.actor(id).kind),
                    trailing: map.ties_of(id).len().to_string(),
                    is_shown: self.shown.has_actor(id),
                }
            }
            Item::Tie(id) => Row {
                title: wording::tie_title(map, id),
                subtitle: Some(tie_subtitle(map, id)),
                sign: map.tie_kind(id).icon.as_deref().and_then(text::icon).unwrap_or('—'),
                color: colors.tie_kind(map, map.tie(id).kind),
                trailing: numbers(&wording::evidence_numbers(map, crate::model::ClaimId::Tie(id))),
                is_shown: self.shown.has_tie(id),
            },
            Item::Source(id) => Row {
                title: wording::source_name(map, id),
                subtitle: Some(wording::reference(map, id)),
                sign: text::icon("file-text").unwrap_or('•'),
                color: colors.muted,
                trailing: map.citation_number(id).map(|number| format!("[{number}]")).unwrap_or_default(),
                is_shown: true,
            },
            Item::Fact(id) => Row {
                title: wording::fact_sentence(map, id),
                subtitle: None,
                sign: '•',
                color: colors.muted,
                trailing: String::new(),
                is_shown: true,
            },
        }
    }
}

/// Draws the rows that are in view.
pub(super) fn list_ui(
    ui: &mut Ui,
    items: &[Item],
    look: &Look<'_>,
    scroll_to: Option<Item>,
    commands: &mut Commands,
) {
    let height = if matches!(items.first(), Some(Item::Actor(_))) { HEIGHT } else { TALL };
    let mut area = ScrollArea::vertical().id_salt("rows").auto_shrink([false, false]);
    ui.spacing_mut().item_spacing.y = 0.0;
    if let Some(at) = scroll_to.and_then(|item| items.iter().position(|other| *other == item)) {
        let top = at as f32 * height;
        let view = ui.available_height();
        area = area.vertical_scroll_offset((top - view / 2.0).max(0.0));
    }
    let colors = stage::scene_theme(ui.ctx().theme());
    area.show_rows(ui, height, items.len(), |ui, range| {
        for item in &items[range] {
            row_ui(ui, *item, height, look, &colors, commands);
        }
    });
}

fn row_ui(ui: &mut Ui, item: Item, height: f32, look: &Look<'_>, colors: &crate::scene::Theme, commands: &mut Commands) {
    let row = look.row(item, colors);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    let is_selected = look.selection.has(item);
    response.widget_info(|| {
        let words = match &row.subtitle {
            Some(subtitle) => format!("{}, {subtitle}", row.title),
            None => row.title.clone(),
        };
        WidgetInfo::selected(WidgetType::SelectableLabel, true, is_selected, words)
    });
    paint_row(ui, rect, &row, is_selected, response.hovered() || response.has_focus());
    if let Item::Actor(actor) = item {
        let hidden = look.document.look.hidden.contains(&actor);
        eye_ui(ui, rect, &row.title, hidden, response.hovered(), || {
            let change = if hidden { Command::Show(vec![actor]) } else { Command::Hide(vec![actor]) };
            commands.push(AppCommand::Change(change));
        });
    }
    if response.clicked() {
        let adds = ui.input(|input| input.modifiers.matches_logically(Modifiers::COMMAND));
        commands.push(if adds { AppCommand::ToggleSelected(item) } else { AppCommand::Select(Selection::one(item)) });
        if row.is_shown && !adds {
            commands.push(AppCommand::Reveal(item));
        }
    }
}

fn paint_row(ui: &Ui, rect: Rect, row: &Row, is_selected: bool, is_lit: bool) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    let back = rect.shrink2(Vec2::new(6.0, 1.0));
    if is_selected {
        painter.rect_filled(back, 6.0, palette.selected);
    } else if is_lit {
        painter.rect_filled(back, 6.0, palette.hover);
    }
    let Rgb([r, g, b]) = row.color;
    let fade = |color: Color32| if row.is_shown { color } else { color.gamma_multiply(0.55) };
    let first = if row.subtitle.is_some() { rect.top() + 14.0 } else { rect.center().y };
    let sign_at = pos2(rect.left() + MARGIN, first);
    painter.text(sign_at, Align2::LEFT_CENTER, row.sign, theme::icon_font(14.0), fade(Color32::from_rgb(r, g, b)));
    let trailing = painter.layout_no_wrap(row.trailing.clone(), FontId::proportional(11.5), fade(palette.weak));
    let right = rect.right() - MARGIN - if row.subtitle.is_none() { 24.0 } else { 0.0 };
    let trailing_left = right - trailing.size().x;
    painter.galley(pos2(trailing_left, first - trailing.size().y / 2.0), trailing, palette.weak);
    let left = rect.left() + MARGIN + 22.0;
    line(ui, &row.title, FontId::proportional(13.0), fade(palette.text), left, trailing_left - 6.0, first);
    if let Some(subtitle) = &row.subtitle {
        line(ui, subtitle, FontId::proportional(11.5), fade(palette.weak), left, rect.right() - MARGIN, rect.top() + 31.0);
    }
}

/// One line of text between two places, cut with "…" if need be.
fn line(ui: &Ui, text: &str, font: FontId, color: Color32, left: f32, right: f32, middle: f32) {
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), egui::TextFormat::simple(font, color));
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left).max(10.0));
    job.halign = Align::LEFT;
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
}

fn eye_ui(ui: &mut Ui, row: Rect, name: &str, is_hidden: bool, is_lit: bool, turn: impl FnOnce()) {
    let size = Vec2::splat(22.0);
    let rect = Rect::from_center_size(pos2(row.right() - MARGIN - 8.0, row.center().y), size);
    let words = if is_hidden { format!("Show {name}") } else { format!("Hide {name}") };
    let response = ui.interact(rect, ui.id().with(("eye", name, row.top().to_bits())), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &words));
    let palette = theme::palette(ui);
    let is_lit = is_lit || response.hovered() || response.has_focus();
    let color = if response.hovered() { palette.text } else { palette.weak };
    let sign = if is_hidden { icon::EYE_SLASH } else { icon::EYE };
    if is_hidden || is_lit {
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, sign, theme::icon_font(14.0), color);
    }
    if response.on_hover_text(words).clicked() {
        turn();
    }
}

fn tie_subtitle(map: &crate::model::Map, id: crate::model::TieId) -> String {
    let claim = &map.tie(id).claim;
    let kind = wording::tie_label(map, id);
    let parts = [Some(kind), wording::amount_label(claim), wording::stage_text(claim)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn numbers(numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    if numbers.is_empty() { "no source".to_owned() } else { format!("[{}]", numbers.join(", ")) }
}
