//! The list of actors that may be the same: each pair is merged, or remembered as distinct.

use std::sync::Arc;

use egui::{Align2, Context, Key, Label, Modifiers, RichText, ScrollArea, Ui, Vec2, WidgetInfo, WidgetType};

use crate::model::{Item, Map, Pair};
use crate::view::DuplicateRow;
use crate::wording::{counted, number};

use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::ask::selection::Selection;
use crate::app::ui::events::take_press;
use crate::app::ui::theme;
use crate::app::ui::widgets::floating_list;

/// The size of the window at first, in points.
const WIDTH: f32 = 520.0;
const HEIGHT: f32 = 480.0;

/// The state of the list.
#[derive(Default)]
pub(crate) struct DuplicateList {
    is_open: bool,
    rows: Vec<DuplicateRow>,
    left_out: usize,
    /// The map that was searched.
    of: Option<Arc<Map>>,
    /// The row that had the keyboard focus in the last frame.
    focused: Option<Pair>,
}

impl DuplicateList {
    /// Opens or closes the list.
    pub(crate) fn toggle(&mut self) {
        *self = Self { is_open: !self.is_open, ..Self::default() };
    }

    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    pub(crate) fn close(&mut self) {
        *self = Self::default();
    }

    /// Returns whether it shows what was found in this map.
    pub(crate) fn is_of(&self, map: &Arc<Map>) -> bool {
        self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, map))
    }

    /// Shows what was found.
    pub(crate) fn show(&mut self, map: &Arc<Map>, rows: Vec<DuplicateRow>, left_out: usize) {
        (self.of, self.rows, self.left_out) = (Some(Arc::clone(map)), rows, left_out);
    }

    /// Takes the keys of the row with the focus, before they reach the map.
    pub(crate) fn take_keys(&mut self, ctx: &Context, commands: &mut Commands) {
        let Some(pair) = self.focused.take().filter(|_| self.is_open) else { return };
        if take_press(ctx, Modifiers::NONE, Key::J) {
            merge(pair, commands);
        }
        if take_press(ctx, Modifiers::NONE, Key::N) {
            commands.push(AppCommand::MarkDistinct(pair));
        }
    }

    /// Draws the list over the canvas.
    pub(crate) fn ui(&mut self, ctx: &Context, commands: &mut Commands) {
        if !self.is_open {
            return;
        }
        let middle = (Align2::CENTER_CENTER, ctx.content_rect().center());
        let size = Vec2::new(WIDTH, HEIGHT);
        let is_open = floating_list(ctx, "Likely duplicates", size, middle, |ui| self.rows_ui(ui, commands));
        if !is_open {
            self.close();
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let weak = theme::palette(ui).weak;
        let words = match (&self.of, self.rows.len(), self.left_out) {
            (None, ..) => "Comparing the actors…".to_owned(),
            (_, 0, _) => "No two actors look alike.".to_owned(),
            (_, count, 0) => {
                format!("{}, the likeliest first. Nothing is merged by itself.", counted(count, "pair", "pairs"))
            }
            (_, count, more) => format!("The {} likeliest pairs; {} more are not listed.", number(count), number(more)),
        };
        ui.add(Label::new(RichText::new(words).color(weak)).wrap());
        let height = 50.0;
        ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, height, self.rows.len(), |ui, range| {
            for row in &self.rows[range] {
                let response = ui.allocate_ui(Vec2::new(ui.available_width(), height), |ui| row_ui(ui, row, commands));
                if response.inner {
                    self.focused = Some(row.pair);
                }
            }
        });
    }
}

/// Draws a row; returns whether it has the keyboard focus.
fn row_ui(ui: &mut Ui, row: &DuplicateRow, commands: &mut Commands) -> bool {
    ui.set_min_height(50.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    theme::hairline(ui);
    let mut has_focus = false;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - 190.0).max(120.0));
            let title = ui.add(Label::new(&row.title).truncate().sense(egui::Sense::click()));
            title.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &row.title));
            has_focus |= title.has_focus();
            if title.on_hover_text(&row.title).clicked() {
                commands.push(AppCommand::Select(both(row.pair)));
            }
            let note = format!("{} · {}", row.reason, row.ties);
            ui.add(Label::new(RichText::new(note).small().color(theme::palette(ui).weak)).truncate());
        });
        let buttons = [("Merge…", "Show what merging would do (J)"), ("Not the same", "Remember that they differ (N)")];
        for (words, tooltip) in buttons {
            let response = ui.button(words).on_hover_text(tooltip);
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{words}: {}", row.title)));
            has_focus |= response.has_focus();
            if response.clicked() && words == "Merge…" {
                merge(row.pair, commands);
            } else if response.clicked() {
                commands.push(AppCommand::MarkDistinct(row.pair));
            }
        }
    });
    has_focus
}

fn both(pair: Pair) -> Selection {
    Selection::new(pair.actors().map(Item::Actor))
}

/// Shows what merging would do; the actor with the most ties stays.
fn merge(pair: Pair, commands: &mut Commands) {
    commands.push(AppCommand::Select(both(pair)));
    commands.push(AppCommand::Run(Action::Merge));
}
