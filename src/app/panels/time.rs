//! The strip of time below the canvas: the date of the "As of" filter, and the years with the ties in each.

mod as_of;
mod axis;
mod ticks;

use egui::{Margin, Panel, Ui};

use crate::document::{Command, Filter, Series};
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
    /// The series of changes by keys, counted on while the axis has the focus.
    series: u64,
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
                let (wish, is_by_key) = self.contents_ui(ui, years, filter);
                let Some(wish) = wish else { return };
                self.entry = AsOf::default();
                let as_of = match wish {
                    Wish::AnyTime => None,
                    Wish::At(date) => Some(date),
                };
                let change = Command::SetFilter(Filter { as_of, ..filter.clone() });
                // Keys that move the handle are one step, as a drag is.
                commands.push(if is_by_key {
                    AppCommand::ChangeInSeries(change, Series(self.series))
                } else {
                    AppCommand::Change(change)
                });
            });
        });
    }

    /// Returns the date asked for, and whether keys that move the handle ask for it.
    fn contents_ui(&mut self, ui: &mut Ui, years: Option<&Years>, filter: &Filter) -> (Option<Wish>, bool) {
        let wish = as_of::as_of_ui(ui, &mut self.entry, self.pointed, filter);
        if as_of::rejection_ui(ui, &self.entry) {
            return (wish, false);
        }
        let Some(years) = years else { return (wish, false) };
        let axis = axis::axis_ui(ui, &mut self.pointed, years, filter);
        self.is_held = axis.is_held;
        if !axis.is_held || (axis.moved.is_some() && !axis.is_by_key) {
            self.series += 1;
        }
        let is_by_key = wish.is_none() && axis.is_by_key;
        (wish.or(axis.moved), is_by_key)
    }
}
