//! The legend, a strip below the canvas; it lists only signs that are in use.

use egui::{
    Align, Align2, Color32, Frame, Id, Layout, Margin, Panel, PanelState, Rect, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, Vec2, pos2,
};

use crate::model::{ActorKindId, Map, TieKindId, Word};
use crate::scene::{Legend, LineStyle, OWN_COLOR, OverviewSigns, Theme, UNCERTAIN, UNSEEN, UNSEEN_SIGN, Widths};
use crate::text;
use crate::wording;

use crate::app::ui::theme::scene_theme;
use crate::app::ui::{icon, theme, widgets};

const PANEL: &str = "legend";

/// Width of a sign, in points.
const SIGN_WIDTH: f32 = 26.0;

/// Height of a line of entries, in points.
const LINE_HEIGHT: f32 = 20.0;

/// Maximum height as a fraction of the window's height; beyond that, the legend scrolls.
const MAX_HEIGHT: f32 = 0.2;

/// The height of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Height {
    /// As high as the entries.
    OfEntries,
    /// As high as before, so that the map stays in place while the time changes; further entries scroll.
    Kept,
}

/// Draws the legend; in a short window, one line with a button that opens the rest.
pub(crate) fn legend_ui(ui: &mut Ui, legend: &Legend, map: &Map, is_short: bool, height: Height) {
    if legend.tie_kinds.is_empty() && legend.actor_kinds.is_empty() && legend.overview.is_none() {
        return;
    }
    let colors = scene_theme(ui.ctx().theme());
    let frame = Frame::new().fill(theme::opaque(colors.background)).inner_margin(Margin::symmetric(14, 6));
    let before = PanelState::load(ui.ctx(), Id::new(PANEL)).filter(|_| height == Height::Kept).map(|it| it.size().y);
    let panel = Panel::bottom(PANEL).frame(frame).resizable(false);
    let panel = if let Some(before) = before { panel.exact_size(before) } else { panel };
    panel.show(ui, |ui| {
        let id = Id::new("legend is open");
        let is_open = !is_short || ui.data(|data| data.get_temp(id).unwrap_or(false));
        if is_short {
            let is_toggled = one_line_ui(ui, is_open, |ui| entries_ui(ui, legend, map, &colors));
            if is_toggled {
                ui.data_mut(|data| data.insert_temp(id, !is_open));
            }
            if !is_open {
                return;
            }
        }
        let most = (ui.ctx().content_rect().height() * MAX_HEIGHT).max(60.0);
        let most = if before.is_some() { ui.available_height() } else { most };
        ScrollArea::vertical()
            .max_height(most)
            // The panel offers only its previous height, so the scroll area has to ask for the maximum.
            .min_scrolled_height(most)
            .auto_shrink([false, true])
            .show(ui, |ui| ui.horizontal_wrapped(|ui| entries_ui(ui, legend, map, &colors)));
    });
}

/// Draws the line of a short window: entries as far as they fit, unless the legend is open below, and the button that
/// opens or closes it. Returns whether that was clicked.
fn one_line_ui(ui: &mut Ui, is_open: bool, entries: impl FnOnce(&mut Ui)) -> bool {
    let (words, tooltip) = if is_open { ("Less", "Show one line") } else { ("More", "Show the whole legend") };
    ui.horizontal(|ui| {
        widgets::from_right(ui, |ui| {
            let is_toggled = ui.small_button(words).on_hover_text(tooltip).clicked();
            let (_, line) = ui.allocate_space(Vec2::new(ui.available_width(), LINE_HEIGHT));
            if !is_open {
                // Not part of the layout, since entries beyond the line would widen the panel.
                let mut inside =
                    ui.new_child(UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Center)));
                inside.shrink_clip_rect(line);
                entries(&mut inside);
            }
            is_toggled
        })
    })
    .inner
}

/// Draws all entries in a row, as the layout wraps them.
fn entries_ui(ui: &mut Ui, legend: &Legend, map: &Map, colors: &Theme) {
    ui.spacing_mut().item_spacing = Vec2::new(13.0, 1.0);
    if let Some(signs) = &legend.overview {
        overview_ui(ui, signs, colors);
    }
    for kind in &legend.tie_kinds {
        kind_ui(ui, map, *kind, colors);
    }
    for &kind in &legend.actor_kinds {
        actor_kind_ui(ui, map, kind, colors);
    }
    for (style, stages) in &legend.lines {
        let words: Vec<String> = stages.iter().map(|stage| wording::stage_word(&Word::Known(*stage))).collect();
        let words = wording::capitalized(&wording::joined_or(&words));
        entry_ui(ui, &words, |ui, rect, color| line_ui(ui, rect, *style, color));
    }
    if legend.has_ribbon {
        entry_ui(ui, "Several ties, drawn as one; a click spreads them out", |ui, rect, color| {
            for y in [rect.center().y - 2.5, rect.center().y + 2.5] {
                ui.painter().hline(rect.x_range(), y, Stroke::new(1.5, color));
            }
        });
    }
    let marks = [
        (legend.has_disputed, "‡", "Disputed or contradicted"),
        (legend.has_uncertain, "?", UNCERTAIN),
        (legend.has_unseen, UNSEEN_SIGN, UNSEEN),
    ];
    for (_, mark, meaning) in marks.into_iter().filter(|(occurs, ..)| *occurs) {
        entry_ui(ui, meaning, |ui, rect, color| {
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, mark, theme::strong_font(14.0), color);
        });
    }
    if let Some(own) = legend.own_color {
        let hue = theme::opaque(colors.line_hue(own));
        entry_ui(ui, OWN_COLOR, |ui, rect, _| {
            let swatch = Rect::from_center_size(rect.center(), Vec2::splat(12.0));
            ui.painter().rect_filled(swatch, 3.0, hue);
        });
    }
    if legend.has_unsourced {
        entry_ui(ui, "No source", |ui, rect, color| {
            let pill = Rect::from_center_size(rect.center(), Vec2::new(24.0, 11.0));
            ui.painter().rect_stroke(pill, 5.5, Stroke::new(1.2, color), egui::StrokeKind::Middle);
        });
    }
    if let Some(widths) = &legend.widths {
        widths_ui(ui, widths);
    }
    if let Some(source) = legend.common_source {
        let number = map.citation_number(source).map(|number| format!("[{number}]")).unwrap_or_default();
        let words = format!("{}{}", wording::ALL_TIES, wording::source_name(map, source));
        entry_ui(ui, &words, |ui, rect, color| {
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, number, egui::FontId::proportional(12.0), color);
        });
    }
}

/// Draws the signs of a large map seen from afar.
fn overview_ui(ui: &mut Ui, signs: &OverviewSigns, colors: &Theme) {
    let area = signs.area.map(|hue| theme::opaque(colors.line_hue(hue)));
    if let Some(area) = area {
        let named = if signs.is_all_named { "" } else { ", named after the best connected" };
        entry_ui(ui, &format!("Actors with many ties among themselves{named}"), |ui, rect, _| {
            let rect = Rect::from_center_size(rect.center(), Vec2::new(20.0, 12.0));
            ui.painter().rect(rect, 3.0, area.gamma_multiply(0.16), Stroke::new(1.0, area), egui::StrokeKind::Inside);
        });
    }
    let mixed = theme::opaque(colors.mixed());
    if let Some(area) = area.filter(|_| signs.is_by_area) {
        let between = signs.has_between.then_some(("Ties between areas", mixed));
        for (words, color) in [("Ties within an area", area)].into_iter().chain(between) {
            entry_ui(ui, words, |ui, rect, _| {
                ui.painter().hline(rect.x_range().shrink(2.0), rect.center().y, Stroke::new(1.5, color));
            });
        }
    }
    entry_ui(ui, "More ties", |ui, rect, _| {
        for (share, radius) in [(0.15, 1.5), (0.42, 3.0), (0.78, 5.0)] {
            let center = pos2(rect.left() + share * rect.width(), rect.center().y);
            ui.painter().circle_filled(center, radius, mixed);
        }
    });
    if let Some(reach) = signs.bridge_reach {
        let color = area.filter(|_| signs.is_by_area).unwrap_or(mixed);
        let words = format!("Ties into {} or more other areas", wording::number(reach as usize));
        entry_ui(ui, &words, |ui, rect, strong| {
            ui.painter().circle_filled(rect.center(), 4.5, color);
            ui.painter().circle_stroke(rect.center(), 6.0, Stroke::new(1.3, strong));
        });
    }
}

fn kind_ui(ui: &mut Ui, map: &Map, kind: TieKindId, colors: &Theme) {
    let record = &map.tie_kinds()[kind];
    let color = theme::opaque(colors.tie_kind(map, kind));
    entry_ui(ui, &wording::visible(&record.label), |ui, rect, _| {
        let ends = [rect.left_center(), pos2(rect.right() - 17.0, rect.center().y)];
        ui.painter().line_segment(ends, Stroke::new(2.5, color));
        let sign = record.icon.as_deref().and_then(text::icon).unwrap_or(icon::DOT);
        let at = pos2(rect.right() - 7.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, sign, theme::icon_font(13.0), color);
    });
}

/// Draws the badge of a kind of actors.
fn actor_kind_ui(ui: &mut Ui, map: &Map, kind: ActorKindId, colors: &Theme) {
    let record = &map.actor_kinds()[kind];
    let hue = colors.actor_kind(map, Some(kind));
    entry_ui(ui, &wording::visible(&record.label), |ui, rect, _| {
        let badge = Rect::from_center_size(rect.center(), Vec2::splat(18.0));
        ui.painter().rect_filled(badge, 4.5, theme::opaque(colors.tint(hue)));
        let sign = record.icon.as_deref().and_then(text::icon).unwrap_or(icon::DOT);
        ui.painter().text(badge.center(), Align2::CENTER_CENTER, sign, theme::icon_font(13.0), theme::opaque(hue));
    });
}

fn line_ui(ui: &Ui, rect: Rect, style: LineStyle, color: Color32) {
    let ends = [rect.left_center(), rect.right_center()];
    let stroke = Stroke::new(2.0, color);
    let painter = ui.painter();
    match style {
        LineStyle::Solid => {
            painter.line_segment(ends, stroke);
        }
        LineStyle::Dashed => painter.extend(egui::Shape::dashed_line(&ends, stroke, 7.0, 3.5)),
        LineStyle::Dotted => painter.extend(egui::Shape::dashed_line(&ends, stroke, 2.0, 3.0)),
        LineStyle::Ended => {
            painter.line_segment(ends, Stroke::new(1.2, color));
            painter.vline(ends[1].x, rect.center().y - 5.0..=rect.center().y + 5.0, stroke);
        }
    }
}

/// Draws the scale of widths: a few round amounts, and the line for unknown amounts.
fn widths_ui(ui: &mut Ui, widths: &Widths) {
    let thinnest = |ui: &Ui, rect: Rect, color| width_ui(ui, rect, 1.5, color);
    for (index, (words, width)) in widths.steps.iter().enumerate() {
        // The first entry names the scale.
        let words = if index == 0 { format!("Width: {words}") } else { words.clone() };
        entry_ui(ui, &words, |ui, rect, color| width_ui(ui, rect, *width, color));
    }
    if widths.has_unknown {
        entry_ui(ui, "Amount unknown", thinnest);
    }
    if widths.has_other_currency {
        entry_ui(ui, &format!("Amount not in {}", widths.currency), thinnest);
    }
}

fn width_ui(ui: &Ui, rect: Rect, width: f32, color: Color32) {
    ui.painter().line_segment([rect.left_center(), rect.right_center()], Stroke::new(width, color));
}

/// Draws a sign and its label, kept together on one line.
fn entry_ui(ui: &mut Ui, words: &str, sign: impl FnOnce(&Ui, Rect, Color32)) {
    let palette = theme::palette(ui);
    let laid = ui.painter().layout_no_wrap(words.to_owned(), egui::FontId::proportional(12.0), palette.text);
    let size = Vec2::new(SIGN_WIDTH + 6.0 + laid.size().x, 18.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, words));
    sign(ui, Rect::from_min_size(rect.min, Vec2::new(SIGN_WIDTH, rect.height())), palette.weak);
    let at = pos2(rect.left() + SIGN_WIDTH + 6.0, rect.center().y - laid.size().y / 2.0);
    ui.painter().galley(at, laid, palette.text);
}
