//! The page of keyboard shortcuts and mouse gestures.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::ask::action::Action;
use crate::app::ui::theme;

/// Gestures and keys of the canvas that are not actions.
const GESTURES: [(&str, &str); 12] = [
    ("Click", "Select an actor or a tie and read its evidence"),
    ("Ctrl+click", "Add to or remove from the selection"),
    ("Shift+drag", "Select all in a box"),
    ("Drag an actor or a label", "Move it"),
    ("Drag the background", "Move the view"),
    ("Wheel or pinch", "Zoom at the pointer"),
    ("Two-finger scroll", "Move the view"),
    ("Double-click an actor", "Focus on its neighborhood"),
    ("Double-click the background or a note", "Write a note there, or edit it"),
    ("Right click", "Open the context menu"),
    ("Tab", "Walk from actor to actor"),
    ("Arrow keys", "Walk along ties"),
];

/// Draws the page; returns `true` once it is closed.
pub(crate) fn keys_ui(ui: &mut Ui) -> bool {
    ui.label(theme::strong_text("Keyboard and mouse", 16.0));
    ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
        Grid::new("keys").num_columns(2).spacing([20.0, 6.0]).show(ui, |ui| {
            for (gesture, meaning) in GESTURES {
                row_ui(ui, gesture, meaning);
            }
            for action in Action::ALL {
                let keys: Vec<String> =
                    action.shortcuts().iter().map(|shortcut| ui.ctx().format_shortcut(shortcut)).collect();
                if !keys.is_empty() {
                    let keys = keys.join(" or ");
                    row_ui(ui, &keys, action.label().trim_end_matches('…'));
                }
            }
        });
    });
    ui.add_space(4.0);
    ui.button("Close").clicked()
}

fn row_ui(ui: &mut Ui, keys: &str, meaning: &str) {
    ui.label(RichText::new(keys).color(theme::palette(ui).accent));
    ui.label(meaning);
    ui.end_row();
}
