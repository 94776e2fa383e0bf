//! What the map's author may want to fix; each row leads to the field.

use egui::{RichText, Sense, Ui, WidgetInfo, WidgetType};

use crate::view::{CheckRow, Checks, Mend, ProofQuestion};
use crate::wording;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::{FormPurpose, FormRequest, Where};
use crate::app::ask::selection::Selection;
use crate::app::ui::{icon, theme};

/// Draws the rows; a click selects the record and opens the field.
pub(super) fn checks_ui(ui: &mut Ui, checks: &Checks, commands: &mut Commands) {
    let Some(words) = checks.words() else { return };
    let palette = theme::palette(ui);
    ui.label(RichText::new(format!("In the map: {words}")).color(palette.weak));
    for (index, row) in checks.rows.iter().enumerate() {
        if row_ui(ui, index, row) {
            commands.push(AppCommand::Select(Selection::new(row.items.iter().copied())));
            if let Some(item) = row.items.first() {
                commands.push(AppCommand::Reveal(*item));
            }
            let purpose = match row.mend {
                Mend::Entry(entry) => FormPurpose::Set(row.items.clone(), entry),
                Mend::Cite(claim) => FormPurpose::Cite(vec![claim]),
                Mend::Look => continue,
            };
            commands.push(AppCommand::Form(FormRequest::Open(purpose, Where::Details)));
        }
    }
    let hidden = checks.count - checks.rows.len();
    if hidden > 0 {
        ui.label(RichText::new(format!("… and {} more", wording::number(hidden))).color(palette.weak));
    }
}

/// Draws the questions about evidence; a click leads to the claim, where they are answered.
pub(super) fn questions_ui(ui: &mut Ui, questions: &[ProofQuestion], commands: &mut Commands) {
    for (index, question) in questions.iter().enumerate() {
        let row = CheckRow {
            about: question.about.clone(),
            message: question.text.clone(),
            remedy: "Look at it",
            items: vec![question.proof.claim.into()],
            mend: Mend::Look,
        };
        if ui.push_id("question", |ui| row_ui(ui, index, &row)).inner {
            let item = question.proof.claim.into();
            commands.push(AppCommand::Select(Selection::one(item)));
            commands.push(AppCommand::Reveal(item));
        }
    }
}

/// Draws a row; returns `true` if it was clicked.
fn row_ui(ui: &mut Ui, index: usize, row: &CheckRow) -> bool {
    let palette = theme::palette(ui);
    let frame = egui::Frame::new().corner_radius(6).inner_margin(egui::Margin::symmetric(8, 5));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let is_source = matches!(row.mend, Mend::Cite(_));
            let (sign, color) = if is_source { (icon::INFO, palette.weak) } else { (icon::WARNING, palette.warning) };
            ui.label(theme::icon_text(sign, 15.0).color(color));
            ui.vertical(|ui| {
                ui.add(egui::Label::new(RichText::new(&row.about).small().color(palette.weak)).truncate());
                ui.add(egui::Label::new(&row.message).wrap());
                ui.add(egui::Label::new(RichText::new(row.remedy).color(palette.accent)).wrap());
            });
        });
    });
    let response = ui.interact(shown.response.rect, ui.id().with(("check", index)), Sense::click());
    let name = format!("{}: {}", row.about, row.message);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(1.0, palette.accent);
        ui.painter().rect_stroke(response.rect, 6.0, stroke, egui::StrokeKind::Inside);
    }
    response.clicked()
}
