//! Chooses an icon by a word.

use egui::{Sense, TextEdit, Ui, Vec2, WidgetInfo, WidgetType};

use crate::load::icons_for_word;
use crate::text::icon_names;

use crate::app::ui::theme;

use super::{icon_of, remark_ui};

/// The icons in a row, and the rows.
const IN_ROW: usize = 8;
const ROWS: usize = 5;

/// Draws a search for icons; returns the chosen one.
pub(super) fn icons_ui(ui: &mut Ui, now: Option<&str>, query: &mut String, is_opened: bool) -> Option<String> {
    let mut chosen = None;
    ui.set_width(IN_ROW as f32 * 32.0);
    ui.spacing_mut().item_spacing = Vec2::splat(2.0);
    let field = ui.add(TextEdit::singleline(query).hint_text("boat, bank, law…").desired_width(f32::INFINITY));
    let value = query.clone();
    field.widget_info(|| WidgetInfo {
        label: Some("Find an icon".to_owned()),
        current_text_value: Some(value.clone()),
        ..WidgetInfo::new(WidgetType::TextEdit)
    });
    if is_opened {
        field.request_focus();
    }
    ui.add_space(4.0);
    let found = icons_named(query, IN_ROW * ROWS);
    if found.is_empty() {
        remark_ui(ui, "No icon of this name. Try a plain English noun.");
    }
    for row in found.chunks(IN_ROW) {
        ui.horizontal(|ui| {
            for &name in row {
                let (rect, response) = ui.allocate_exact_size(Vec2::splat(30.0), Sense::click());
                response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
                let palette = theme::palette(ui);
                let is_now = now == Some(name);
                if is_now || response.hovered() || response.has_focus() {
                    ui.painter().rect_filled(rect, 6.0, palette.selected);
                }
                let font = theme::icon_font(18.0);
                ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, icon_of(Some(name)), font, palette.text);
                if response.clicked() {
                    chosen = Some(name.to_owned());
                }
                response.on_hover_text(name);
            }
        });
    }
    chosen
}

/// Returns the names of at most `most` icons: those that the words stand for, then those whose names have all or some of
/// the words.
fn icons_named(query: &str, most: usize) -> Vec<&'static str> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_in = |name: &str, word: &str| name.split('-').any(|part| part.starts_with(word));
    let mut found: Vec<&'static str> = if words.is_empty() { icons_for_word("") } else { Vec::new() };
    found.extend(words.iter().flat_map(|word| icons_for_word(word)));
    if !words.is_empty() {
        found.extend(icon_names().filter(|name| words.iter().all(|word| is_in(name, word))));
        found.extend(icon_names().filter(|name| words.iter().any(|word| is_in(name, word))));
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|name| seen.insert(*name));
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::icons_named;

    #[test]
    fn icons_are_found_by_what_they_stand_for_and_by_their_names() {
        assert_eq!(icons_named("banque", 40).first(), Some(&"vault"), "a word in another language");
        let boats = icons_named("boat", 40);
        assert!(boats.contains(&"boat"), "{boats:?}");
        let stars = icons_named("star half", 40);
        assert_eq!(stars.first(), Some(&"star-half"), "all words before some of them: {stars:?}");
        assert!(icons_named("", 40).len() >= 20 && icons_named("qqqq", 40).is_empty());
        let many = icons_named("arrow", 40);
        assert!(many.len() == 40 && many.iter().all(|name| !name.is_empty()));
    }
}
