//! The search field at the top, with its hits below it.

mod hits;

use std::sync::Arc;

use egui::{Align2, FontId, Id, Key, Margin, Modifiers, RichText, TextEdit, Ui, Vec2, WidgetInfo, WidgetType};

use crate::model::{Item, Map};
use crate::view::SearchResults;

use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::ask::selection::Selection;
use crate::app::panels::data::Panels;
use crate::app::ui::combo_box::ComboBox;
use crate::app::ui::events::take_presses;
use crate::app::ui::{icon, theme};

/// The state of the search.
#[derive(Debug, Default)]
pub(crate) struct Search {
    text: String,
    /// The query and the map that `found` belongs to; the view settings don't matter.
    found_for: Option<(String, Arc<Map>)>,
    found: SearchResults,
    marked: usize,
    wants_focus: bool,
    /// Whether an actor to start from is searched for.
    is_for_start: bool,
    /// Whether the field had keyboard focus when it was last drawn.
    has_focus: bool,
}

impl Search {
    /// Focuses the field when it is next drawn.
    pub(crate) fn ask_for_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Focuses the field when it is next drawn, to find the actor to start from.
    pub(crate) fn ask_for_start(&mut self) {
        *self = Self { wants_focus: true, is_for_start: true, ..Self::default() };
    }

    /// Returns whether the field has keyboard focus.
    pub(crate) fn is_in_use(&self) -> bool {
        self.has_focus
    }

    /// Draws the field, `width` points wide, and the hits.
    pub(crate) fn ui(&mut self, ui: &mut Ui, width: f32, map: &Arc<Map>, panels: &mut Panels, commands: &mut Commands) {
        let palette = theme::palette(ui);
        let id = Id::new("search");
        let keys = ui
            .ctx()
            .format_shortcut(&Action::Find.shortcut().unwrap_or(egui::KeyboardShortcut::new(Modifiers::NONE, Key::F3)));
        let is_focused = ui.memory(|memory| memory.has_focus(id));
        // Taken before the text field sees them, but applied to what is found for the text typed in the same frame.
        let walked = [Key::ArrowDown, Key::ArrowUp, Key::Enter];
        let walked = if is_focused { take_presses(ui.ctx(), Modifiers::NONE, &walked) } else { Vec::new() };
        let shows_keys = self.text.is_empty() && !is_focused;
        // Keep the hint from overlapping the shortcut.
        let right = if shows_keys { 60 } else { 10 };
        let hint = if self.is_for_start {
            "Start from an actor: type its name"
        } else {
            "Search actors, ties, sources, quotes"
        };
        let field = TextEdit::singleline(&mut self.text)
            .id(id)
            .hint_text(RichText::new(hint).color(palette.weak))
            .desired_width(width - 34.0 - f32::from(right))
            .margin(Margin { left: 30, right, top: 5, bottom: 5 });
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, "Search"));
        let painter = ui.painter();
        let at = response.rect.left_center() + Vec2::new(10.0, 0.0);
        painter.text(at, Align2::LEFT_CENTER, icon::MAGNIFYING_GLASS, theme::icon_font(14.0), palette.weak);
        if shows_keys {
            let at = response.rect.right_center() - Vec2::new(10.0, 0.0);
            painter.text(at, Align2::RIGHT_CENTER, keys, FontId::proportional(11.5), palette.weak);
        }
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        self.has_focus = response.has_focus();
        if response.lost_focus() && self.text.is_empty() {
            self.is_for_start = false;
        }
        self.find(map, panels);
        let run = self.walk(&walked);
        let is_open = !self.text.trim().is_empty() && (is_focused || response.has_focus());
        let (clicked, marked) =
            if is_open { hits::hits_ui(ui, response.rect, &self.found, self.marked) } else { (None, None) };
        ComboBox { is_choice: true, is_open, marked, ..ComboBox::default() }.describe(ui.ctx(), id);
        if let Some(index) = run.or(clicked) {
            self.choose(ui, id, index, commands);
        }
    }

    /// Moves the marked hit by arrow keys; returns the hit chosen by Enter.
    fn walk(&mut self, keys: &[Key]) -> Option<usize> {
        let last = self.found.hits.len().saturating_sub(1);
        for key in keys {
            match key {
                Key::ArrowDown => self.marked = (self.marked + 1).min(last),
                Key::ArrowUp => self.marked = self.marked.saturating_sub(1),
                _ => return Some(self.marked),
            }
        }
        None
    }

    fn find(&mut self, map: &Arc<Map>, panels: &mut Panels) {
        let is_same = |(text, found_in): &(String, Arc<Map>)| *text == self.text && Arc::ptr_eq(found_in, map);
        if !self.found_for.as_ref().is_some_and(is_same) {
            self.found = panels.derived.search(map, &self.text, &mut panels.work);
            if self.is_for_start {
                self.found.keep_actors();
            }
            self.marked = self.found.best();
            self.found_for = Some((self.text.clone(), Arc::clone(map)));
        }
    }

    fn choose(&mut self, ui: &Ui, id: Id, index: usize, commands: &mut Commands) {
        if let Some(hit) = self.found.hits.get(index) {
            match hit.item {
                Item::Actor(actor) if std::mem::take(&mut self.is_for_start) => {
                    commands.push(AppCommand::StartFrom(actor));
                }
                item => {
                    commands.push(AppCommand::Select(Selection::one(item)));
                    commands.push(AppCommand::RevealFound(item));
                }
            }
            self.text.clear();
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
    }
}
