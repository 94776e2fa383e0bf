//! Headings and checkboxes shared by the redaction lists.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use crate::app::ui::theme;

/// Height of a list, in points.
pub(super) const LIST_HEIGHT: f32 = 150.0;

/// Draws a heading above a group of checkboxes.
pub(super) fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(words).color(theme::palette(ui).weak));
}

/// Draws a checkbox for membership in a set; `name` is its accessible name.
pub(super) fn box_ui<T: Copy + Ord>(ui: &mut Ui, set: &mut BTreeSet<T>, member: T, name: &str, label: &str) {
    let was_in = set.contains(&member);
    let mut is_in = was_in;
    theme::labeled_checkbox(ui, &mut is_in, label, name);
    if is_in && !was_in {
        set.insert(member);
    } else if was_in && !is_in {
        set.remove(&member);
    }
}
