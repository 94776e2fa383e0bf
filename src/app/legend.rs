//! What the signs on the canvas mean, in a strip below it; only signs that are in use are listed.

use std::collections::BTreeSet;

use egui::{Align2, Color32, Frame, Margin, Panel, Rect, Sense, Stroke, Ui, Vec2, pos2};
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::document::{Document, Shown};
use crate::model::{Amount, Bound, Claim, Map, Rgb, TieKindId};
use crate::text;
use crate::view::{Legend, Sign};
use crate::wording;

use super::stage::{Stage, scene_theme};
use super::theme;

/// Width of a sign, in points.
const SIGN_WIDTH: f32 = 26.0;

/// Draws the strip.
pub(crate) fn legend_ui(ui: &mut Ui, legend: &Legend, document: &Document, stage: &Stage) {
    if legend.tie_kinds.is_empty() {
        return;
    }
    let Rgb([r, g, b]) = scene_theme(ui.ctx().theme()).background;
    let frame = Frame::new().fill(Color32::from_rgb(r, g, b)).inner_margin(Margin::symmetric(14, 6));
    Panel::bottom("legend").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(14.0, 3.0);
            kinds_ui(ui, &document.map, stage.shown());
            for sign in &legend.signs {
                sign_ui(ui, sign, &document.map, stage);
            }
        });
    });
}

fn kinds_ui(ui: &mut Ui, map: &Map, shown: &Shown) {
    let colors = scene_theme(ui.ctx().theme());
    let kinds: BTreeSet<TieKindId> = shown.ties().map(|tie| map.tie(tie).kind).collect();
    for kind in kinds {
        let record = &map.tie_kinds[kind.index()];
        let Rgb([r, g, b]) = colors.tie_kind(map, kind);
        let color = Color32::from_rgb(r, g, b);
        entry_ui(ui, &wording::visible(&record.label), |ui, rect| {
            let ends = [rect.left_center(), pos2(rect.right() - 16.0, rect.center().y)];
            ui.painter().line_segment(ends, Stroke::new(2.5, color));
            let sign = record.icon.as_deref().and_then(text::icon).unwrap_or('•');
            let at = pos2(rect.right() - 7.0, rect.center().y);
            ui.painter().text(at, Align2::CENTER_CENTER, sign, theme::icon_font(13.0), color);
        });
    }
}

fn sign_ui(ui: &mut Ui, sign: &Sign, map: &Map, stage: &Stage) {
    if matches!(sign, Sign::Width(_)) {
        widths_ui(ui, map, stage);
        return;
    }
    let color = theme::palette(ui).weak;
    entry_ui(ui, &wording::capitalized(&sign.text()), |ui, rect| {
        let ends = [rect.left_center(), rect.right_center()];
        let stroke = Stroke::new(2.0, color);
        let painter = ui.painter();
        match sign {
            Sign::Solid => drop(painter.line_segment(ends, stroke)),
            Sign::Dashed => drop(painter.extend(egui::Shape::dashed_line(&ends, stroke, 7.0, 3.5))),
            Sign::Dotted => drop(painter.extend(egui::Shape::dashed_line(&ends, stroke, 2.0, 3.0))),
            Sign::Ended => {
                painter.line_segment(ends, Stroke::new(1.2, color));
                painter.vline(ends[1].x, rect.center().y - 5.0..=rect.center().y + 5.0, stroke);
            }
            Sign::Disputed => {
                painter.text(rect.center(), Align2::CENTER_CENTER, "‡", theme::strong_font(14.0), color);
            }
            Sign::NoSource => {
                let pill = Rect::from_center_size(rect.center(), Vec2::new(24.0, 11.0));
                painter.rect_stroke(pill, 5.5, Stroke::new(1.2, color), egui::StrokeKind::Middle);
            }
            Sign::Width(_) => {}
        }
    });
}

/// The scale of widths: a few round amounts, and what stands for an unknown one.
fn widths_ui(ui: &mut Ui, map: &Map, stage: &Stage) {
    let scale = stage.width_scale();
    let Some(currency) = &scale.currency else { return };
    let color = theme::palette(ui).weak;
    let value = |tie| {
        let amount = map.tie(tie).claim.amount.as_ref()?;
        (amount.currency.as_ref() == Some(currency)).then(|| amount.for_drawing()?.to_f64())?
    };
    let amounts: Vec<f64> = stage.shown().ties().filter_map(value).filter(|value| *value > 0.0).collect();
    for value in scale.steps(&amounts) {
        let Some(claim) = claim_of(value, currency) else { continue };
        let words = claim.amount.as_ref().map(wording::amount_short).unwrap_or_default();
        width_ui(ui, &words, scale.width(&claim), color);
    }
    width_ui(ui, "Amount unknown", scale.width(&Claim::default()), color);
}

fn width_ui(ui: &mut Ui, words: &str, width: f32, color: Color32) {
    entry_ui(ui, words, |ui, rect| {
        ui.painter().line_segment([rect.left_center(), rect.right_center()], Stroke::new(width, color));
    });
}

/// A claim of just this amount, to ask the scale for its width.
fn claim_of(value: f64, currency: &str) -> Option<Claim> {
    let bound = Some(Bound { value: rust_decimal::Decimal::from_f64(value)?, is_inclusive: true });
    let amount = Amount { lower: bound, upper: bound, currency: Some(currency.to_owned()), ..Amount::default() };
    Some(Claim { amount: Some(amount), ..Claim::default() })
}

/// A sign and its words, kept together on one line.
fn entry_ui(ui: &mut Ui, words: &str, sign: impl FnOnce(&Ui, Rect)) {
    let font = egui::FontId::proportional(12.0);
    let color = theme::palette(ui).text;
    let words_laid = ui.painter().layout_no_wrap(words.to_owned(), font, color);
    let size = Vec2::new(SIGN_WIDTH + 6.0 + words_laid.size().x, 18.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, words));
    sign(ui, Rect::from_min_size(rect.min, Vec2::new(SIGN_WIDTH, rect.height())));
    let at = pos2(rect.left() + SIGN_WIDTH + 6.0, rect.center().y - words_laid.size().y / 2.0);
    ui.painter().galley(at, words_laid, color);
}
