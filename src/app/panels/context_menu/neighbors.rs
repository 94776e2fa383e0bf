//! The submenu that brings in neighbors of the selected actors: the strongest, or those of a kind or year.

use egui::Ui;

use crate::document::{Document, MOST_AT_ONCE, NeighborChoice};
use crate::model::ActorId;
use crate::view::{NeighborGroup, build_neighbor_groups};
use crate::wording::number;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::selection::Selection;
use crate::app::panels::menu::sub_menu_ui;

/// Neighbors brought in by the entry for a few.
const FEW: usize = 5;
/// The maximum number of neighbors that one entry brings in.
const MANY: usize = 100;
/// The maximum number of entries of a group.
const MAX_ENTRIES: usize = 20;

/// Draws the submenu, if the selected actors have neighbors that are not shown.
pub(super) fn neighbor_menu_ui(ui: &mut Ui, document: &Document, selection: &Selection, commands: &mut Commands) {
    let of: Vec<ActorId> = selection.actors().collect();
    if of.is_empty() || document.look.shown.is_none() {
        return;
    }
    let groups = build_neighbor_groups(&document.map, &document.look, &of);
    if groups.count == 0 {
        return;
    }
    sub_menu_ui(ui, "Bring in", |ui| {
        let mut entry = |ui: &mut Ui, words: String, choice, most| {
            if ui.button(words).clicked() {
                commands.push(AppCommand::BringIn(of.clone(), choice, most));
                ui.close();
            }
        };
        let strongest = if groups.has_weights { "with the heaviest ties" } else { "with the most ties" };
        for most in [FEW, MOST_AT_ONCE].into_iter().filter(|&most| most < groups.count) {
            entry(ui, format!("{} {strongest}", number(most)), NeighborChoice::All, most);
        }
        let all = groups.count.min(MANY);
        let words =
            if all < groups.count { format!("{} {strongest}", number(all)) } else { format!("All {}", number(all)) };
        entry(ui, words, NeighborChoice::All, all);
        let kinds = [
            ("By kind of actor", &groups.actor_kinds),
            ("By kind of tie", &groups.tie_kinds),
            ("By year of the tie", &groups.years),
        ];
        for (name, groups) in kinds.into_iter().filter(|(_, groups)| !groups.is_empty()) {
            sub_menu_ui(ui, name, |ui| {
                for NeighborGroup { label, choice, count } in groups.iter().take(MAX_ENTRIES) {
                    let words = match count {
                        count if *count > MOST_AT_ONCE => {
                            format!("{label} – {} of {}", number(MOST_AT_ONCE), number(*count))
                        }
                        count => format!("{label} – {}", number(*count)),
                    };
                    entry(ui, words, *choice, MOST_AT_ONCE);
                }
            });
        }
    });
}
