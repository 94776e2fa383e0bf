//! The command palette: fuzzy search over all actions, operated from the keyboard.

use egui::{Align2, Area, Context, Id, Key, Modifiers, Order, RichText, ScrollArea, TextEdit, Ui, Vec2};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::context::ActionContext;
use crate::app::ui::events::take_presses;
use crate::app::ui::theme;

/// The state of the palette: the query and the marked line.
#[derive(Debug, Default)]
pub(crate) struct CommandPalette {
    text: String,
    line: usize,
}

impl CommandPalette {
    /// Draws the palette over everything else. Returns whether it stays open.
    pub(crate) fn ui(&mut self, ctx: &Context, now: &ActionContext, commands: &mut Commands) -> bool {
        // Taken before the text field sees them, but applied to what is found for the text typed in the same frame.
        let keys = take_presses(ctx, Modifiers::NONE, &[Key::ArrowDown, Key::ArrowUp, Key::Enter]);
        let area = Area::new(Id::new("palette"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_TOP, Vec2::new(0.0, 90.0))
            .show(ctx, |ui| theme::floating_frame(ui).show(ui, |ui| self.list_ui(ui, &keys, now)).inner);
        let run = area.inner;
        let clicked_outside = ctx.input(|input| {
            let outside = |pos| !area.response.rect.contains(pos);
            input.pointer.any_click() && input.pointer.interact_pos().is_some_and(outside)
        });
        if let Some(action) = run {
            commands.push(AppCommand::Run(action));
        }
        run.is_none() && !clicked_outside
    }

    /// Moves the marked line by arrow keys; returns the action run by Enter.
    fn walk(&mut self, keys: &[Key], found: &[Action]) -> Option<Action> {
        let last = found.len().saturating_sub(1);
        self.line = self.line.min(last);
        for key in keys {
            match key {
                Key::ArrowDown => self.line = (self.line + 1).min(last),
                Key::ArrowUp => self.line = self.line.saturating_sub(1),
                _ => return found.get(self.line).copied(),
            }
        }
        None
    }

    fn list_ui(&mut self, ui: &mut Ui, keys: &[Key], now: &ActionContext) -> Option<Action> {
        ui.set_width(520.0);
        let field = TextEdit::singleline(&mut self.text)
            .hint_text("Type a command")
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Find a command"));
        response.request_focus();
        if response.changed() {
            self.line = 0;
        }
        let found = find(&self.text, now);
        let mut run = self.walk(keys, &found);
        ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (index, action) in found.iter().enumerate() {
                if line_ui(ui, *action, now, index == self.line) {
                    run = Some(*action);
                }
            }
            if found.is_empty() {
                ui.weak("No matching command");
            }
        });
        run
    }
}

/// Draws a line; returns `true` if it was clicked.
fn line_ui(ui: &mut Ui, action: Action, now: &ActionContext, is_marked: bool) -> bool {
    let mut button =
        egui::Button::selectable(is_marked, action.full_label_now(now)).min_size(Vec2::new(ui.available_width(), 28.0));
    if let Some(shortcut) = action.shortcut() {
        button = button.shortcut_text(RichText::new(ui.ctx().format_shortcut(&shortcut)).weak());
    }
    let response = ui.add(button).on_hover_text(action.tooltip());
    if is_marked {
        response.scroll_to_me(None);
    }
    response.clicked()
}

/// Returns the actions that match the query and can be run now, best match first.
fn find(text: &str, now: &ActionContext) -> Vec<Action> {
    let pattern = Pattern::parse(text.trim(), CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, Action)> = Action::ALL
        .iter()
        .copied()
        .filter(|action| action.is_enabled(now))
        .filter_map(|action| {
            let label = action.full_label_now(now);
            let words = format!("{label} – {}", action.tooltip());
            let score = pattern.score(Utf32Str::new(&words, &mut buffer), &mut matcher)?;
            let in_label = pattern.score(Utf32Str::new(&label, &mut buffer), &mut matcher).unwrap_or(0);
            Some((score + 2 * in_label, action))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, action)| action).collect()
}
