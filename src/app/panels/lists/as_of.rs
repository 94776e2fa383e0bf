//! The "As of" filter: a date field, and a slider over the years that occur in the map.

use egui::{Key, Modifiers, RichText, Slider, TextEdit, Ui, WidgetInfo, WidgetType};

use crate::document::{Command, Filter};
use crate::model::Date;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::events::take_press;
use crate::app::ui::{icon, theme};

/// The unfinished input.
#[derive(Default)]
pub(super) struct AsOf {
    /// The text while it is edited, or the rejected text.
    words: Option<String>,
    /// The year while the slider is dragged.
    year: Option<i64>,
}

/// The requested filter.
enum Wish {
    /// No date filter.
    AnyTime,
    /// Only records that may have held at this date.
    At(Date),
}

/// Draws the field and the slider.
pub(super) fn as_of_ui(
    ui: &mut Ui,
    entry: &mut AsOf,
    years: Option<(i64, i64)>,
    filter: &Filter,
    commands: &mut Commands,
) {
    let palette = theme::palette(ui);
    let mut wish = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(theme::strong_text("As of", 12.0).color(palette.weak));
        wish = field_ui(ui, entry, filter);
        if filter.as_of.is_some() && theme::icon_button(ui, icon::CROSS, "At any time").clicked() {
            wish = Some(Wish::AnyTime);
        }
        if let Some((first, last)) = years.filter(|(first, last)| first < last) {
            wish = wish.take().or(slider_ui(ui, entry, (first, last), filter));
        }
    });
    if let Some(words) = entry.words.as_deref().filter(|words| read(words).is_none()) {
        let remedy = format!("“{words}” is not a date; write 2023, 2023-05 or 2023-05-31");
        ui.label(RichText::new(remedy).color(palette.bad).size(11.5));
    }
    if let Some(wish) = wish {
        *entry = AsOf::default();
        let as_of = match wish {
            Wish::AnyTime => None,
            Wish::At(date) => Some(date),
        };
        commands.push(AppCommand::Change(Command::SetFilter(Filter { as_of, ..filter.clone() })));
    }
}

/// Parses the text of the field; returns `None` if it is not a date.
fn read(words: &str) -> Option<Wish> {
    let words = words.trim();
    if words.is_empty() {
        return Some(Wish::AnyTime);
    }
    Date::parse(words).ok().filter(|date| !date.is_open()).map(Wish::At)
}

fn field_ui(ui: &mut Ui, entry: &mut AsOf, filter: &Filter) -> Option<Wish> {
    let shown = entry.year.map(|year| year.to_string()).or_else(|| entry.words.clone());
    let present = filter.as_of.as_ref().map(|date| date.text().to_owned()).unwrap_or_default();
    let mut words = shown.unwrap_or_else(|| present.clone());
    let field = TextEdit::singleline(&mut words).hint_text("any time").desired_width(76.0).char_limit(40);
    let response = ui.add(field).on_hover_text("Show what may have held then: 2023, 2023-05 or 2023-05-31");
    let value = words.clone();
    response.widget_info(|| WidgetInfo {
        label: Some("As of".to_owned()),
        current_text_value: Some(value.clone()),
        ..WidgetInfo::new(WidgetType::TextEdit)
    });
    if response.changed() {
        entry.words = Some(words);
    }
    if !response.lost_focus() {
        return None;
    }
    if take_press(ui.ctx(), Modifiers::NONE, Key::Escape) {
        entry.words = None;
    }
    entry.words.as_deref().and_then(read)
}

fn slider_ui(ui: &mut Ui, entry: &mut AsOf, (first, last): (i64, i64), filter: &Filter) -> Option<Wish> {
    let present = filter.as_of.as_ref().and_then(Date::latest).map_or(last, |day| day.year);
    let mut year = entry.year.unwrap_or(present);
    ui.spacing_mut().slider_width = (ui.available_width() - 4.0).max(40.0);
    let slider = Slider::new(&mut year, first..=last).show_value(false).step_by(1.0);
    let response = ui.add(slider).on_hover_text(format!("{first} to {last}"));
    response.widget_info(|| WidgetInfo::slider(true, year as f64, "Year"));
    if !response.changed() && !response.drag_stopped() {
        return None;
    }
    if response.dragged() {
        // A whole drag is one undo step.
        entry.year = Some(year);
        return None;
    }
    Date::parse(&format!("{year:04}")).ok().map(Wish::At)
}
