//! The redaction settings: which parts of the map the picture leaves out.

use std::collections::BTreeSet;

use egui::{CollapsingHeader, ScrollArea, TextEdit, Ui};

use crate::model::{ActorId, ActorKindId, Map, Redaction, SourceId, TieKindId};
use crate::wording;

use super::boxes::{LIST_HEIGHT, box_ui, heading_ui};
use super::proof::Review;
use super::review::Decided;
use crate::app::ui::theme;

/// Lists with at least this many rows get a search field.
const MANY: usize = 12;

/// A searchable list of records.
struct PickList<T> {
    /// The hint of the search field, such as "Find an actor".
    hint: &'static str,
    rows: Vec<(T, String)>,
    /// The text of the search field.
    filter: String,
}

/// The parts of a map that can be withheld, and those chosen.
pub(super) struct Withheld {
    actors: PickList<ActorId>,
    sources: PickList<SourceId>,
    actor_kinds: Vec<(ActorKindId, String)>,
    tie_kinds: Vec<(TieKindId, String)>,
    /// The current choice.
    pub(super) redaction: Redaction,
    /// Texts withheld one by one, and actors that keep their names.
    decided: Decided,
}

impl Withheld {
    /// Creates a list with nothing withheld. Unused kinds are left out.
    pub(super) fn new(map: &Map) -> Self {
        let mut actors: Vec<_> = map.actor_ids().map(|id| (id, wording::actor_name(map, id))).collect();
        actors.sort_by_cached_key(|(_, name)| name.to_lowercase());
        let mut sources: Vec<_> = map.source_ids().map(|id| (id, wording::reference_line(map, id))).collect();
        sources.sort_by_key(|(id, _)| map.citation_number(*id).unwrap_or(u32::MAX));
        let label = |label: &str| wording::visible(label).into_owned();
        let actor_kinds =
            map.actor_kinds().iter().filter(|(id, _)| map.actors().values().any(|actor| actor.kind == Some(*id)));
        let tie_kinds = map.tie_kinds().iter().filter(|(id, _)| map.ties().values().any(|tie| tie.kind == *id));
        Self {
            actors: PickList::new("Find an actor", actors),
            sources: PickList::new("Find a source", sources),
            actor_kinds: actor_kinds.map(|(id, kind)| (id, label(&kind.label))).collect(),
            tie_kinds: tie_kinds.map(|(id, kind)| (id, label(&kind.label))).collect(),
            redaction: Redaction::default(),
            decided: Decided::default(),
        }
    }

    /// Draws the settings, collapsed at first; the heading summarizes the choice.
    pub(super) fn ui(&mut self, ui: &mut Ui, review: Option<&Review>) {
        let remark = self.redaction.remark();
        let chosen = remark.map_or_else(String::new, |remark| format!(" – {remark}"));
        let heading = theme::strong_text(format!("Redact{chosen}"), 13.0);
        let header = CollapsingHeader::new(heading).id_salt("withheld").icon(theme::caret);
        header.show_unindented(ui, |ui| self.list_ui(ui));
        if !self.redaction.is_empty() {
            self.decided.ui(ui, &mut self.redaction, review);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        let redaction = &mut self.redaction;
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            theme::labeled_checkbox(ui, &mut redaction.hides_amounts, "Amounts", "Withhold amounts");
            theme::labeled_checkbox(ui, &mut redaction.hides_quotes, "Quotes", "Withhold quotes");
            theme::labeled_checkbox(ui, &mut redaction.hides_texts, "All texts", "Withhold all texts").on_hover_text(
                "Titles, summaries, labels, quotes, notes and addresses; names, kinds, stages, dates and numbers stay",
            );
        });
        heading_ui(ui, "Names");
        self.actors.ui(ui, &mut redaction.actors);
        if !self.sources.rows.is_empty() {
            heading_ui(ui, "Sources (their numbers stay)");
            self.sources.ui(ui, &mut redaction.sources);
        }
        if !self.actor_kinds.is_empty() {
            heading_ui(ui, "Kinds of actors, with everything said about them");
            for (kind, label) in &self.actor_kinds {
                box_ui(ui, &mut redaction.actor_kinds, *kind, &format!("Leave out actors: {label}"), label);
            }
        }
        heading_ui(ui, "Kinds of ties");
        for (kind, label) in &self.tie_kinds {
            box_ui(ui, &mut redaction.tie_kinds, *kind, &format!("Leave out ties: {label}"), label);
        }
    }
}

impl<T: Copy + Ord> PickList<T> {
    fn new(hint: &'static str, rows: Vec<(T, String)>) -> Self {
        Self { hint, rows, filter: String::new() }
    }

    fn ui(&mut self, ui: &mut Ui, chosen: &mut BTreeSet<T>) {
        if self.rows.len() >= MANY {
            let field =
                TextEdit::singleline(&mut self.filter).hint_text(self.hint).margin(egui::Margin::symmetric(8, 5));
            let response = ui.add(field.desired_width(f32::INFINITY));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, self.hint));
        }
        let letters = self.filter.trim().to_lowercase();
        let found: Vec<_> =
            self.rows.iter().filter(|(_, name)| name.to_lowercase().contains(letters.as_str())).collect();
        let height = ui.spacing().interact_size.y;
        let area = ScrollArea::vertical().id_salt(self.hint).max_height(LIST_HEIGHT).min_scrolled_height(LIST_HEIGHT);
        let area = area.auto_shrink([false, true]);
        area.show_rows(ui, height, found.len(), |ui, rows| {
            for (record, name) in &found[rows] {
                box_ui(ui, chosen, *record, &format!("Withhold {name}"), name);
            }
        });
    }
}
