//! What the signs on the canvas mean, in its lower left corner; only signs that are in use are listed.

use std::collections::BTreeSet;

use egui::{Align2, Area, Color32, CollapsingHeader, Id, Rect, RichText, Sense, Stroke, Ui, Vec2, pos2};
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::document::Document;
use crate::model::{Amount, Bound, Claim, Map, Rgb, Status, TieId, TieKindId};
use crate::scene::LineStyle;
use crate::text;
use crate::wording;

use super::stage::{Stage, scene_theme};
use super::theme;

/// Width of the signs' column, in points.
const SIGN_WIDTH: f32 = 34.0;

/// Draws the legend over the canvas.
pub(crate) fn legend_ui(ui: &Ui, canvas: Rect, document: &Document, stage: &Stage) {
    let ties: Vec<TieId> = stage.shown().ties().collect();
    if ties.is_empty() {
        return;
    }
    let area = Area::new(Id::new("legend"))
        .order(egui::Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(canvas.left_bottom() + Vec2::new(12.0, -12.0))
        .constrain_to(canvas);
    area.show(ui.ctx(), |ui| {
        theme::floating_frame(ui).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let heading = theme::strong_text("Legend", 12.0);
            CollapsingHeader::new(heading).id_salt("legend").default_open(true).show_unindented(ui, |ui| {
                let most = (canvas.height() * 0.5).max(80.0);
                egui::ScrollArea::vertical().max_height(most).show(ui, |ui| {
                    kinds_ui(ui, &document.map, &ties);
                    signs_ui(ui, &document.map, &ties);
                    widths_ui(ui, &document.map, &ties, stage);
                });
            });
        });
    });
}

fn kinds_ui(ui: &mut Ui, map: &Map, ties: &[TieId]) {
    let colors = scene_theme(ui.ctx().theme());
    let kinds: BTreeSet<TieKindId> = ties.iter().map(|tie| map.tie(*tie).kind).collect();
    for kind in kinds {
        let record = &map.tie_kinds[kind.index()];
        let Rgb([r, g, b]) = colors.tie_kind(map, kind);
        let color = Color32::from_rgb(r, g, b);
        row_ui(ui, &wording::visible(&record.label), |ui, rect| {
            ui.painter().hline(rect.left()..=rect.right() - 19.0, rect.center().y, Stroke::new(2.5, color));
            let sign = record.icon.as_deref().and_then(text::icon).unwrap_or('•');
            let at = pos2(rect.right() - 7.0, rect.center().y);
            ui.painter().text(at, Align2::CENTER_CENTER, sign, theme::icon_font(13.0), color);
        });
    }
}

fn signs_ui(ui: &mut Ui, map: &Map, ties: &[TieId]) {
    let claims = || ties.iter().map(|tie| &map.tie(*tie).claim);
    let color = theme::palette(ui).weak;
    let styles: BTreeSet<LineStyle> = claims().map(LineStyle::of).collect();
    let meanings = [
        (LineStyle::Dashed, "Announced or planned"),
        (LineStyle::Dotted, "Rumored"),
        (LineStyle::Ended, "Ended or canceled"),
    ];
    if styles.len() > 1 && styles.contains(&LineStyle::Solid) {
        row_ui(ui, "Active, agreed or done", |ui, rect| stroke_ui(ui, rect, LineStyle::Solid, color));
    }
    for (style, meaning) in meanings {
        if styles.contains(&style) {
            row_ui(ui, meaning, |ui, rect| stroke_ui(ui, rect, style, color));
        }
    }
    if claims().any(|claim| claim.has_status(Status::Disputed) || !claim.contradicts.is_empty()) {
        row_ui(ui, "Disputed or contradicted", |ui, rect| {
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, "‡", theme::strong_font(14.0), color);
        });
    }
    if claims().any(|claim| claim.evidence.is_empty()) {
        row_ui(ui, "No source", |ui, rect| {
            let pill = Rect::from_center_size(rect.center(), Vec2::new(26.0, 11.0));
            ui.painter().rect_stroke(pill, 5.5, Stroke::new(1.2, color), egui::StrokeKind::Middle);
        });
    }
}

fn stroke_ui(ui: &Ui, rect: Rect, style: LineStyle, color: Color32) {
    let ends = [rect.left_center(), rect.right_center() - Vec2::new(4.0, 0.0)];
    let stroke = Stroke::new(2.0, color);
    match style {
        LineStyle::Solid => drop(ui.painter().line_segment(ends, stroke)),
        LineStyle::Dashed => drop(ui.painter().extend(egui::Shape::dashed_line(&ends, stroke, 8.0, 4.5))),
        LineStyle::Dotted => drop(ui.painter().extend(egui::Shape::dashed_line(&ends, stroke, 2.0, 3.5))),
        LineStyle::Ended => {
            ui.painter().line_segment(ends, Stroke::new(1.2, color));
            ui.painter().vline(ends[1].x, rect.center().y - 5.0..=rect.center().y + 5.0, stroke);
        }
    }
}

fn widths_ui(ui: &mut Ui, map: &Map, ties: &[TieId], stage: &Stage) {
    let scale = stage.width_scale();
    let Some(currency) = &scale.currency else { return };
    let color = theme::palette(ui).weak;
    let in_currency = |tie: &TieId| {
        let amount = map.tie(*tie).claim.amount.as_ref()?;
        (amount.currency.as_ref() == Some(currency)).then(|| amount.for_drawing()?.to_f64())?
    };
    let amounts: Vec<f64> = ties.iter().filter_map(in_currency).filter(|value| *value > 0.0).collect();
    let steps = scale.steps(&amounts);
    if steps.is_empty() {
        return;
    }
    ui.add_space(3.0);
    ui.label(RichText::new(format!("Width: amount in {currency}")).small().color(color));
    for value in steps {
        let Some(claim) = claim_of(value, currency) else { continue };
        let words = claim.amount.as_ref().map(wording::amount_short).unwrap_or_default();
        let width = scale.width(&claim);
        row_ui(ui, &words, |ui, rect| {
            ui.painter().line_segment([rect.left_center(), rect.right_center() - Vec2::new(4.0, 0.0)], Stroke::new(width, color));
        });
    }
    row_ui(ui, "Amount unknown", |ui, rect| {
        let width = scale.width(&Claim::default());
        ui.painter().line_segment([rect.left_center(), rect.right_center() - Vec2::new(4.0, 0.0)], Stroke::new(width, color));
    });
}

/// A claim of just this amount, to ask the scale for its width.
fn claim_of(value: f64, currency: &str) -> Option<Claim> {
    let bound = Bound { value: rust_decimal::Decimal::from_f64(value)?, is_inclusive: true };
    let amount =
        Amount { lower: Some(bound), upper: Some(bound), currency: Some(currency.to_owned()), ..Amount::default() };
    Some(Claim { amount: Some(amount), ..Claim::default() })
}

fn row_ui(ui: &mut Ui, words: &str, sign: impl FnOnce(&Ui, Rect)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(SIGN_WIDTH, 17.0), Sense::hover());
        sign(ui, rect);
        ui.label(RichText::new(words).size(12.0));
    });
}
