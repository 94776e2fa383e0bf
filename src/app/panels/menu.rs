//! The menus: their entries, and drawing them.

use std::path::PathBuf;

use egui::containers::menu::SubMenuButton;
use egui::{Button, EventFilter, Id, Key, MenuBar, Modifiers, Response, Ui, WidgetInfo, WidgetRect, WidgetType};

use crate::app::ask::action::{Action, Menu};
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::context::ActionContext;
use crate::app::panels::recent::recent_ui;
use crate::app::ui::events::take_presses;
use crate::app::ui::{icon, theme};

/// An entry of a menu.
pub(super) enum Entry {
    Run(Action),
    /// A separator.
    Line,
    /// A submenu.
    Sub(&'static str, Vec<Action>),
    /// The submenu of recent files.
    Recent,
}

use Entry::{Line, Recent, Run, Sub};

const OPEN_RECENT: &str = "Open recent";

impl Entry {
    /// Returns whether the entry has an action that can be run now.
    pub(super) fn can_be_run(&self, now: &ActionContext) -> bool {
        match self {
            Run(action) => action.is_enabled(now),
            Sub(_, actions) => actions.iter().any(|action| action.is_enabled(now)),
            Line | Recent => false,
        }
    }
}

/// Returns the entries of a menu, in the order of the actions.
fn entries(menu: Menu) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut last_group = None;
    for &action in Action::ALL.iter().filter(|action| action.menu().0 == menu) {
        let (_, group) = action.menu();
        if last_group.replace(group).is_some_and(|last| last != group) {
            entries.push(Line);
        }
        match (action.submenu(), entries.last_mut()) {
            (Some(name), Some(Sub(open, actions))) if *open == name => actions.push(action),
            (Some(name), _) => entries.push(Sub(name, vec![action])),
            (None, _) => entries.push(Run(action)),
        }
        if action == Action::OpenByPath {
            entries.push(Recent);
        }
    }
    entries
}

/// The keys of a menu, which egui must not use to move the focus elsewhere.
const WALKING: EventFilter = EventFilter { horizontal_arrows: false, vertical_arrows: true, escape: false, tab: false };
/// Width of a menu, in points.
pub(super) const MENU_WIDTH: f32 = 290.0;
/// Width of a submenu, in points.
const SUB_WIDTH: f32 = 210.0;

/// Draws the menu bar.
pub(crate) fn menus_ui(ui: &mut Ui, now: &ActionContext, recent: &[PathBuf], commands: &mut Commands) {
    MenuBar::new().style(bar_style).ui(ui, |ui| {
        for menu in Menu::ALL {
            let (name, entries) = (menu.title(), entries(menu));
            ui.menu_button(name, |ui| {
                ui.set_width(MENU_WIDTH);
                for entry in &entries {
                    entry_ui(ui, entry, now, recent, commands);
                }
                walk_entries(ui, false);
            });
        }
    });
}

/// Draws the button that opens the export dialog.
pub(crate) fn export_ui(ui: &mut Ui, now: &ActionContext, commands: &mut Commands) {
    // Shorter than in the menu, because the bar has little room.
    let (action, label) = (Action::Export, "Export…");
    let is_enabled = action.is_enabled(now);
    let response = ui.add_enabled(is_enabled, Button::new((theme::icon_text(icon::EXPORT, 14.0), label)));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, is_enabled, label));
    if explained(response, action).clicked() {
        commands.push(AppCommand::Run(action));
    }
}

fn bar_style(style: &mut egui::Style) {
    egui::containers::menu::menu_style(style);
    style.spacing.button_padding = egui::vec2(8.0, 3.0);
    style.spacing.item_spacing.x = 2.0;
}

pub(super) fn entry_ui(ui: &mut Ui, entry: &Entry, now: &ActionContext, recent: &[PathBuf], commands: &mut Commands) {
    match entry {
        Run(action) => action_ui(ui, *action, now, commands),
        Line => theme::hairline(ui),
        Sub(name, actions) => sub_menu_ui(ui, name, |ui| {
            for action in actions {
                action_ui(ui, *action, now, commands);
            }
        }),
        Recent => {
            ui.add_enabled_ui(!recent.is_empty(), |ui| {
                let (response, _) = sub_menu(ui, OPEN_RECENT).ui(ui, |ui| recent_ui(ui, recent, commands));
                response.widget_info(|| info(OPEN_RECENT, !recent.is_empty(), None));
            });
        }
    }
}

/// Lets the arrow keys, Home and End move through the entries of the menu being drawn. If none has the keyboard
/// focus, the first gets it if `takes_focus`.
pub(super) fn walk_entries(ui: &Ui, takes_focus: bool) {
    let layer = ui.layer_id();
    let entries: Vec<Id> = ui.ctx().viewport(|viewport| {
        let widgets = viewport.this_pass.widgets.get_layer(layer);
        // The area of the menu itself takes clicks, too.
        let is_entry = |widget: &&WidgetRect| widget.enabled && widget.sense.is_focusable() && widget.id != layer.id;
        widgets.filter(is_entry).map(|widget| widget.id).collect()
    });
    let Some(last) = entries.len().checked_sub(1) else { return };
    let focused = ui.memory(egui::Memory::focused);
    let Some(at) = entries.iter().position(|entry| Some(*entry) == focused) else {
        if takes_focus {
            ui.memory_mut(|memory| memory.request_focus(entries[0]));
        }
        return;
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(entries[at], WALKING));
    let keys = [Key::ArrowDown, Key::ArrowUp, Key::Home, Key::End];
    let goal = take_presses(ui.ctx(), Modifiers::NONE, &keys).into_iter().fold(at, |at, key| match key {
        Key::ArrowDown => (at + 1) % (last + 1),
        Key::ArrowUp => at.checked_sub(1).unwrap_or(last),
        Key::Home => 0,
        _ => last,
    });
    if goal != at {
        ui.memory_mut(|memory| memory.request_focus(entries[goal]));
    }
}

/// Draws a submenu.
pub(super) fn sub_menu_ui(ui: &mut Ui, name: &'static str, entries: impl FnOnce(&mut Ui)) {
    let (response, _) = sub_menu(ui, name).ui(ui, |ui| {
        ui.set_width(SUB_WIDTH);
        entries(ui);
        walk_entries(ui, false);
    });
    // Keep the spacer and the caret out of the accessible name.
    response.widget_info(|| info(name, true, None));
}

fn sub_menu(ui: &Ui, name: &'static str) -> SubMenuButton<'static> {
    SubMenuButton::from_button(Button::new((blank(ui), name)).right_text(theme::icon_text(icon::CARET_RIGHT, 11.0)))
}

/// Draws an action as a menu entry: check mark, label, shortcut.
fn action_ui(ui: &mut Ui, action: Action, now: &ActionContext, commands: &mut Commands) {
    let is_on = action.is_on(now);
    let mark = if is_on == Some(true) { theme::icon_text(icon::CHECK, 12.0) } else { blank(ui) };
    let words = action.label_now(now);
    let mut button = Button::new((mark, words.clone()));
    if let Some(shortcut) = action.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let is_enabled = action.is_enabled(now);
    let response = ui.add_enabled(is_enabled, button);
    response.widget_info(|| info(&words, is_enabled, is_on));
    if explained(response, action).clicked() {
        commands.push(AppCommand::Run(action));
        ui.close();
    }
}

fn explained(response: Response, action: Action) -> Response {
    response.on_hover_text(action.tooltip()).on_disabled_hover_text(action.tooltip())
}

fn info(words: &str, is_enabled: bool, is_on: Option<bool>) -> WidgetInfo {
    match is_on {
        Some(is_on) => WidgetInfo::selected(WidgetType::Button, is_enabled, is_on, words),
        None => WidgetInfo::labeled(WidgetType::Button, is_enabled, words),
    }
}

/// Returns an invisible text as wide as a check mark, so that labels are aligned.
fn blank(ui: &Ui) -> egui::RichText {
    theme::icon_text(icon::CHECK, 12.0).color(ui.visuals().window_fill.gamma_multiply(0.0))
}

#[cfg(test)]
mod tests {
    use super::{Action, Entry, Menu, entries};

    #[test]
    fn every_action_stands_in_one_menu() {
        let mut listed = Vec::new();
        for entry in Menu::ALL.into_iter().flat_map(entries) {
            match entry {
                Entry::Run(action) => listed.push(action),
                Entry::Sub(_, actions) => listed.extend(actions),
                Entry::Line | Entry::Recent => {}
            }
        }
        listed.sort_unstable();
        let mut all = Action::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(listed, all);
    }
}
