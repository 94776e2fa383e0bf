//! The page of keyboard shortcuts and mouse gestures, with a field that filters it.

use egui::{Frame, Grid, Margin, RichText, ScrollArea, Stroke, TextEdit, Ui, WidgetInfo, WidgetType};

use crate::app::ask::action::{Action, Menu};
use crate::app::ask::question::KeysFilter;
use crate::app::ui::theme;

/// Gestures of the mouse.
const MOUSE: [(&str, &str); 10] = [
    ("Click", "Select an actor or a tie and read its evidence"),
    ("Ctrl+click", "Add to or remove from the selection"),
    ("Shift+drag", "Select all in a box"),
    ("Drag an actor or a label", "Move it"),
    ("Drag the background", "Move the view"),
    ("Wheel or pinch", "Zoom at the pointer"),
    ("Two-finger scroll", "Move the view"),
    ("Double-click an actor", "Focus on its neighborhood"),
    ("Double-click the background or a note", "Write a note there, or edit it"),
    ("Right click", "Open the context menu, also in lists and details"),
];

/// Keys of the map that are not actions.
const ON_THE_MAP: [(&str, &str); 6] = [
    ("Tab", "Walk from actor to actor, then leave the map"),
    ("Shift+Tab", "Walk back, then leave the map"),
    ("Arrow keys", "Walk along ties"),
    ("Page Down or Page Up", "Walk over the ties of an actor"),
    ("Enter or Space", "Select what has the keyboard focus"),
    ("Ctrl+Enter or Ctrl+Space", "Add it to or remove it from the selection"),
];

/// What the first column of a row says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyCell {
    /// Keys, several of them separated by "or".
    Keys,
    /// A gesture of the mouse.
    Gesture,
    /// The place of a command without any key.
    Place,
}

/// A row: keys, a gesture or a place, and its meaning.
#[derive(Clone)]
struct Row {
    keys: String,
    meaning: String,
    cell: KeyCell,
}

/// A titled group of rows.
struct KeyGroup {
    title: &'static str,
    rows: Vec<Row>,
}

/// Draws the page in all of the available height; returns `true` once it is closed.
pub(crate) fn keys_ui(ui: &mut Ui, filter: &mut KeysFilter) -> bool {
    crate::app::ui::widgets::heading(ui, "Keyboard and mouse");
    let field = TextEdit::singleline(&mut filter.text)
        .hint_text("Filter by key or command")
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 6));
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, "Filter by key or command"));
    if !std::mem::replace(&mut filter.has_opened, true) {
        response.request_focus();
    }
    let groups = found(&groups(ui), &filter.text);
    let height = (ui.available_height() - FOOT_HEIGHT).max(120.0);
    let area = ScrollArea::vertical().id_salt("keys").min_scrolled_height(height).max_height(height);
    area.auto_shrink([false, false]).show(ui, |ui| {
        if groups.is_empty() {
            ui.label(RichText::new("No key and no command of this name").color(theme::palette(ui).weak));
        }
        for group in &groups {
            group_ui(ui, group);
        }
    });
    ui.button("Close").clicked()
}

/// Height of the button below the list, in points.
const FOOT_HEIGHT: f32 = 40.0;
/// Width of the column of keys, in points.
const KEYS_WIDTH: f32 = 256.0;

/// Returns all rows. Commands without a key name the menu that they are in.
fn groups(ui: &Ui) -> Vec<KeyGroup> {
    let of = |title, cell, rows: &[(&str, &str)]| {
        let row =
            |(keys, meaning): &(&str, &str)| Row { keys: (*keys).to_owned(), meaning: (*meaning).to_owned(), cell };
        KeyGroup { title, rows: rows.iter().map(row).collect() }
    };
    let of_menu = |menu: Menu| {
        let actions = Action::ALL.iter().filter(|action| action.menu().0 == menu);
        KeyGroup { title: menu.title(), rows: actions.map(|action| row_of(ui, *action)).collect() }
    };
    let presenting = Action::ALL.iter().filter(|action| !action.presenting_keys().is_empty());
    let presenting = presenting.map(|action| row_with(ui, *action, action.presenting_keys())).collect();
    let presenting = KeyGroup { title: "While presenting", rows: presenting };
    let fixed = [of("Mouse", KeyCell::Gesture, &MOUSE), of("On the map", KeyCell::Keys, &ON_THE_MAP)];
    fixed.into_iter().chain(Menu::ALL.into_iter().map(of_menu)).chain([presenting]).collect()
}

fn row_of(ui: &Ui, action: Action) -> Row {
    row_with(ui, action, action.shortcuts())
}

fn row_with(ui: &Ui, action: Action, shortcuts: &[egui::KeyboardShortcut]) -> Row {
    let keys: Vec<String> = shortcuts.iter().map(|shortcut| ui.ctx().format_shortcut(shortcut)).collect();
    let label = action.label().trim_end_matches('…');
    let place = action.submenu().map_or_else(|| "in the menu".to_owned(), |submenu| format!("in “{submenu}”"));
    Row {
        cell: if keys.is_empty() { KeyCell::Place } else { KeyCell::Keys },
        keys: if keys.is_empty() { place } else { keys.join(" or ") },
        meaning: label.to_owned(),
    }
}

/// Returns the rows that contain every word of the query; without a query, the rows with keys.
fn found(groups: &[KeyGroup], query: &str) -> Vec<KeyGroup> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |title: &str, row: &Row| {
        let text = format!("{title} {} {}", row.keys, row.meaning).to_lowercase();
        if words.is_empty() { row.cell != KeyCell::Place } else { words.iter().all(|word| text.contains(word)) }
    };
    let of_group = |group: &KeyGroup| KeyGroup {
        title: group.title,
        rows: group.rows.iter().filter(|row| fits(group.title, row)).cloned().collect(),
    };
    groups.iter().map(of_group).filter(|group| !group.rows.is_empty()).collect()
}

fn group_ui(ui: &mut Ui, group: &KeyGroup) {
    ui.add_space(4.0);
    let title = ui.label(theme::strong_text(group.title, 12.0).color(theme::palette(ui).weak));
    ui.ctx().accesskit_node_builder(title.id, |node| node.set_role(egui::accesskit::Role::Heading));
    Grid::new(("keys", group.title)).num_columns(2).min_col_width(KEYS_WIDTH).spacing([16.0, 5.0]).show(ui, |ui| {
        for row in &group.rows {
            keys_cell_ui(ui, row);
            ui.add(egui::Label::new(&row.meaning).wrap());
            ui.end_row();
        }
    });
}

/// Draws the keys of a row, each on a key cap, or its gesture or place.
fn keys_cell_ui(ui: &mut Ui, row: &Row) {
    let palette = theme::palette(ui);
    if row.cell != KeyCell::Keys {
        let color = if row.cell == KeyCell::Gesture { palette.text } else { palette.weak };
        ui.label(RichText::new(&row.keys).color(color));
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for (index, key) in row.keys.split(" or ").enumerate() {
            if index > 0 {
                ui.label(RichText::new("or").color(palette.weak));
            }
            let cap = Frame::new().fill(palette.hover).stroke(Stroke::new(1.0, palette.hairline)).corner_radius(4);
            cap.inner_margin(Margin::symmetric(6, 1)).show(ui, |ui| {
                ui.label(theme::strong_text(key, 12.0).color(palette.text));
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{KeyCell, KeyGroup, Row, found};

    fn rows(query: &str) -> Vec<String> {
        let row = |keys: &str, meaning: &str, cell| Row { keys: keys.to_owned(), meaning: meaning.to_owned(), cell };
        let groups = [
            KeyGroup { title: "Mouse", rows: vec![row("Click", "Select an actor", KeyCell::Gesture)] },
            KeyGroup {
                title: "File",
                rows: vec![row("Ctrl+S", "Save", KeyCell::Keys), row("in the menu", "Save picture", KeyCell::Place)],
            },
        ];
        found(&groups, query).into_iter().flat_map(|group| group.rows).map(|row| row.meaning).collect()
    }

    #[test]
    fn a_query_finds_keys_and_commands_and_also_those_without_a_key() {
        assert_eq!(rows(""), ["Select an actor", "Save"]);
        assert_eq!(rows("ctrl+s"), ["Save"]);
        assert_eq!(rows("SAVE"), ["Save", "Save picture"]);
        assert_eq!(rows("save picture"), ["Save picture"]);
        assert_eq!(rows("file"), ["Save", "Save picture"]);
        assert!(rows("nothing").is_empty());
    }
}
