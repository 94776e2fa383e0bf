//! Chooses a color: one that color-blind readers tell apart, or any other.

use egui::{Key, RichText, Sense, TextEdit, Ui, Vec2, WidgetInfo, WidgetType};

use crate::model::{Rgb, SAFE_COLORS};

use crate::app::ui::theme;

use super::remark_ui;

/// The colors in a row.
const IN_ROW: usize = 6;
/// The contrast that lines need against their background.
const NEEDED: f64 = 3.0;

/// Draws the colors; returns the chosen one.
pub(super) fn colors_ui(ui: &mut Ui, now: Rgb, hex: &mut String) -> Option<Rgb> {
    let mut chosen = None;
    ui.set_width(230.0);
    ui.spacing_mut().item_spacing = Vec2::splat(4.0);
    for row in SAFE_COLORS.chunks(IN_ROW) {
        ui.horizontal(|ui| {
            for &color in row {
                let (rect, response) = ui.allocate_exact_size(Vec2::splat(30.0), Sense::click());
                let name = format!("{color}{}", if color == now { ", chosen" } else { "" });
                response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
                let is_lit = response.hovered() || response.has_focus() || color == now;
                ui.painter().rect_filled(rect.shrink(if is_lit { 2.0 } else { 4.0 }), 6.0, theme::opaque(color));
                if is_lit {
                    let stroke = egui::Stroke::new(1.5, theme::palette(ui).text);
                    ui.painter().rect_stroke(rect, 7.0, stroke, egui::StrokeKind::Inside);
                }
                if response.clicked() {
                    chosen = Some(color);
                }
                response.on_hover_text(contrast_words(color));
            }
        });
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label("Other");
        let field = ui.add(TextEdit::singleline(hex).desired_width(90.0).hint_text("#4477AA"));
        let value = hex.clone();
        field.widget_info(|| WidgetInfo {
            label: Some("Other color, #RRGGBB".to_owned()),
            current_text_value: Some(value.clone()),
            ..WidgetInfo::new(WidgetType::TextEdit)
        });
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            chosen = Rgb::parse(hex.trim()).or(chosen);
        }
    });
    match Rgb::parse(hex.trim()) {
        Some(color) => remark_ui(ui, &contrast_words(color)),
        None => drop(ui.label(RichText::new("Write #RRGGBB.").size(11.5).color(theme::palette(ui).bad))),
    }
    chosen
}

/// Returns the contrast against both backgrounds: "4.9 : 1 on light, 3.4 : 1 on dark".
fn contrast_words(color: Rgb) -> String {
    let grounds = [("light", egui::Theme::Light), ("dark", egui::Theme::Dark)];
    let contrasts = grounds.map(|(name, ground)| (name, color.contrast(theme::scene_theme(ground).background)));
    let [(_, light), (_, dark)] = contrasts;
    let words = format!("{light:.1} : 1 on light, {dark:.1} : 1 on dark");
    match contrasts.iter().find(|(_, contrast)| *contrast < NEEDED) {
        Some((name, _)) => format!("{words}. Hard to see on {name}; it is drawn there with more contrast."),
        None => words,
    }
}
