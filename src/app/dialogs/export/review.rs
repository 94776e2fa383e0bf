//! The review of a redaction: all remaining texts, and actors that bear a redacted name.

use std::collections::BTreeMap;

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use crate::model::{ActorId, Redaction, RemainingText, TextPlace};
use crate::wording;

use super::boxes::{LIST_HEIGHT, box_ui, heading_ui};
use super::proof::Review;
use crate::app::ui::theme;

/// The number of characters in a row's accessible name; the row shows as many as fit, its tooltip all.
const ROW_LETTERS: usize = 60;

/// Texts and actors that were already decided on. They are no longer in the [`Review`], but can be changed back here.
#[derive(Default)]
pub(super) struct Decided {
    texts: BTreeMap<TextPlace, RemainingText>,
    kept: BTreeMap<ActorId, String>,
}

impl Decided {
    /// Draws the lists; changes are written to `redaction`.
    pub(super) fn ui(&mut self, ui: &mut Ui, redaction: &mut Redaction, review: Option<&Review>) {
        let Some(review) = review else {
            ui.label(RichText::new("Looking for what remains…").color(theme::palette(ui).weak));
            return;
        };
        self.bearers_ui(ui, redaction, review);
        let suspicious = review.remaining.iter().filter(|text| text.suspicion.is_some()).count();
        let count = wording::counted(review.remaining.len(), "text remains", "texts remain");
        let worth =
            if suspicious > 0 { format!(", {} worth a look", wording::number(suspicious)) } else { String::new() };
        let heading = theme::strong_text(format!("Review – {count}{worth}"), 13.0);
        let header = CollapsingHeader::new(heading).id_salt("review").icon(theme::caret);
        header.show_unindented(ui, |ui| self.texts_ui(ui, redaction, review));
    }

    fn bearers_ui(&mut self, ui: &mut Ui, redaction: &mut Redaction, review: &Review) {
        for (actor, name) in review.bearers.iter().filter(|(actor, _)| redaction.kept_actors.contains(actor)) {
            self.kept.insert(*actor, name.clone());
        }
        let mut rows: BTreeMap<ActorId, String> = review.bearers.iter().cloned().collect();
        let kept = self.kept.iter().filter(|(actor, _)| redaction.kept_actors.contains(actor));
        rows.extend(kept.map(|(actor, name)| (*actor, name.clone())));
        if rows.is_empty() {
            return;
        }
        heading_ui(ui, "Withheld because they share the name; tick to keep");
        for (actor, name) in rows {
            box_ui(ui, &mut redaction.kept_actors, actor, &format!("Keep {name}"), &name);
            if redaction.kept_actors.contains(&actor) {
                self.kept.insert(actor, name);
            }
        }
    }

    fn texts_ui(&mut self, ui: &mut Ui, redaction: &mut Redaction, review: &Review) {
        let weak = theme::palette(ui).weak;
        let words = "Tick what must not be shown. No program knows nicknames and descriptions: read all of it.";
        ui.label(RichText::new(words).color(weak));
        self.texts.retain(|place, _| redaction.texts.contains(place));
        let decided: Vec<&RemainingText> = self.texts.values().collect();
        let open = review.remaining.iter().filter(|text| !self.texts.contains_key(&text.place));
        let rows: Vec<&RemainingText> = decided.into_iter().chain(open).collect();
        let height = ui.spacing().interact_size.y;
        let area = ScrollArea::vertical().id_salt("remaining").max_height(LIST_HEIGHT * 1.6).auto_shrink([false, true]);
        let mut chosen = Vec::new();
        area.min_scrolled_height(LIST_HEIGHT).show_rows(ui, height, rows.len(), |ui, range| {
            for &text in &rows[range] {
                row_ui(ui, redaction, text);
                if redaction.texts.contains(&text.place) {
                    chosen.push(text.clone());
                }
            }
        });
        self.texts.extend(chosen.into_iter().map(|text| (text.place, text)));
    }
}

/// Draws a text; its tooltip has the location and why it is suspicious.
fn row_ui(ui: &mut Ui, redaction: &mut Redaction, text: &RemainingText) {
    let all = wording::visible(&text.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = all.chars().take(ROW_LETTERS).collect();
    let mark = if text.suspicion.is_some() { "! " } else { "" };
    let response = ui.horizontal(|ui| {
        box_ui(ui, &mut redaction.texts, text.place, &format!("Withhold “{short}”"), &format!("{mark}{all}"));
    });
    let why = text.suspicion.as_ref().map(|why| format!("\nWorth a look: {why}")).unwrap_or_default();
    response.response.on_hover_text(format!("{all}\n{}{why}", text.place));
}
