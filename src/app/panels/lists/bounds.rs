//! The bounds of the filter: the least number of ties of an actor, and the least weight of a tie.

use egui::{CollapsingHeader, DragValue, Response, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::document::{Command, Document, Filter};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::{theme, widgets};

/// The largest number that can be entered.
const MAX: f64 = 1e12;

/// Draws the bounds; that of weights only if ties have weights.
pub(super) fn bounds_ui(ui: &mut Ui, has_weights: bool, document: &Document, commands: &mut Commands) {
    let filter = &document.look.filter;
    let is_set = filter.min_ties.is_some() || filter.min_weight.is_some();
    let heading = theme::strong_text(if is_set { "At least – set" } else { "At least" }, 12.0);
    let heading = heading.color(theme::palette(ui).weak);
    let header = CollapsingHeader::new(heading).id_salt("bounds").default_open(is_set).icon(theme::caret);
    header.show_unindented(ui, |ui| {
        let ties = filter.min_ties.map(|least| least as f64);
        if let Some(least) = bound_ui(ui, "Ties of an actor", ties, 0.1, 0) {
            let min_ties = least.to_u64().filter(|least| *least > 0);
            commands.push(change(Filter { min_ties, ..filter.clone() }));
        }
        if has_weights || filter.min_weight.is_some() {
            let weight = filter.min_weight.and_then(|least| least.to_f64());
            if let Some(least) = bound_ui(ui, "Weight of a tie", weight, 0.1, 4) {
                let min_weight = Decimal::from_f64(least).map(|least| least.round_dp(4).normalize());
                let min_weight = min_weight.filter(|least| *least > Decimal::ZERO);
                commands.push(change(Filter { min_weight, ..filter.clone() }));
            }
        }
        ui.add_space(4.0);
    });
}

fn change(filter: Filter) -> AppCommand {
    AppCommand::Change(Command::SetFilter(filter))
}

/// Draws a bound; returns a new one once it has been entered. While it is dragged or typed, nothing changes yet, so that
/// it is one step to undo.
fn bound_ui(ui: &mut Ui, name: &'static str, bound: Option<f64>, speed: f64, decimals: usize) -> Option<f64> {
    let id = ui.id().with(name);
    let bound = bound.unwrap_or(0.0);
    let mut value = ui.data(|data| data.get_temp(id)).unwrap_or(bound);
    let response = ui.horizontal(|ui| {
        let label = ui.label(name);
        widgets::from_right(ui, |ui| value_ui(ui, &mut value, speed, decimals).labelled_by(label.id))
    });
    let response = response.inner;
    if response.dragged() || response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, value));
        return None;
    }
    ui.data_mut(|data| data.remove::<f64>(id));
    (value.to_bits() != bound.to_bits()).then_some(value)
}

fn value_ui(ui: &mut Ui, value: &mut f64, speed: f64, decimals: usize) -> Response {
    let words = |value: f64, _| if value > 0.0 { value.to_string() } else { "any".to_owned() };
    ui.add(
        DragValue::new(value)
            .range(0.0..=MAX)
            .speed(speed)
            .max_decimals(decimals)
            .custom_formatter(words)
            .custom_parser(|text| if text.trim() == "any" { Some(0.0) } else { text.trim().parse().ok() })
            .update_while_editing(false),
    )
}
