//! The strip of time below the canvas: the date of the "As of" filter, and the years with the ties in each.

mod as_of;
mod axis;
mod ticks;

use egui::{Margin, Panel, Ui};

use crate::document::{Command, Filter};
use crate::view::Years;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::theme;
use as_of::{AsOf, Wish};

/// Height of the strip, in points; it is fixed, so that nothing around it moves.
const HEIGHT: f32 = 40.0;

/// State of the strip, kept between frames.
#[derive(Default)]
pub(crate) struct TimeStrip {
    entry: AsOf,
    /// The year while it is chosen by the pointer.
    pointed: Option<i64>,
    is_held: bool,
}

impl TimeStrip {
    /// Returns whether the handle is being moved or has the keyboard focus.
    pub(crate) fn is_held(&self) -> bool {
        self.is_held
    }

    /// Draws the strip; nothing if the dates of the map do not span more than one year, unless there is a date to clear.
    pub(crate) fn ui(&mut self, ui: &mut Ui, years: Option<&Years>, filter: &Filter, commands: &mut Commands) {
        self.is_held = false;
        if years.is_none() && filter.as_of.is_none() {
            return;
        }
        let frame = theme::panel_frame(ui, Margin { left: 14, right: 14, top: 4, bottom: 3 });
        Panel::bottom("time").frame(frame).resizable(false).exact_size(HEIGHT).show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                let wish = self.contents_ui(ui, years, filter);
                let Some(wish) = wish else { return };
                self.entry = AsOf::default();
                let as_of = match wish {
                    Wish::AnyTime => None,
                    Wish::At(date) => Some(date),
                };
                commands.push(AppCommand::Change(Command::SetFilter(Filter { as_of, ..filter.clone() })));
            });
        });
    }

    fn contents_ui(&mut self, ui: &mut Ui, years: Option<&Years>, filter: &Filter) -> Option<Wish> {
        let wish = as_of::as_of_ui(ui, &mut self.entry, self.pointed, filter);
        if as_of::rejection_ui(ui, &self.entry) {
            return wish;
        }
        let Some(years) = years else { return wish };
        let (moved, is_held) = axis::axis_ui(ui, &mut self.pointed, years, filter);
        self.is_held = is_held;
        wish.or(moved)
    }
}
