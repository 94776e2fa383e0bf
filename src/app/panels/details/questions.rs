//! Questions about evidence that was cited for a value which has changed since.

use egui::{Frame, Label, Margin, RichText, Stroke, Ui};

use crate::model::ClaimId;

use super::DetailsScope;
use crate::app::ask::command::{AppCommand, ProofRequest};
use crate::app::ui::theme;

/// Draws the questions about a claim.
pub(super) fn questions_ui(ui: &mut Ui, claim: Option<ClaimId>, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    for question in scope.questions.iter().filter(|question| Some(question.proof.claim) == claim) {
        let frame = Frame::new().stroke(Stroke::new(1.0, palette.warning)).corner_radius(6);
        frame.inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let text = ui.add(Label::new(RichText::new(&question.text)).wrap());
            ui.ctx().accesskit_node_builder(text.id, |node| node.set_live(egui::accesskit::Live::Polite));
            ui.horizontal(|ui| {
                if ui.button("Keep").on_hover_text("It supports the new value, too").clicked() {
                    scope.commands.push(AppCommand::Proof(ProofRequest::Keep(question.proof.clone())));
                }
                if ui.button("Unlink").on_hover_text("Stop citing it for this value").clicked() {
                    scope.commands.push(AppCommand::Proof(ProofRequest::Unlink(question.proof.clone())));
                }
            });
        });
    }
}
