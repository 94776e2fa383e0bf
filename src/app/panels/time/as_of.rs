//! The field of the "As of" filter.

use egui::{
    Direction, Key, Label, Layout, Modifiers, RichText, Sense, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType,
};

use crate::model::{Date, Filter};
use crate::view::date_of_year;

use crate::app::ui::events::take_press;
use crate::app::ui::{icon, theme};

/// Width of the field, in points.
const FIELD_WIDTH: f32 = 76.0;

/// Size of the room for the button that clears the date, in points; it is kept where there is no date.
const CLEAR_SIZE: Vec2 = Vec2::new(30.0, 26.0);

/// The unfinished input.
#[derive(Default)]
pub(super) struct AsOf {
    /// The text while it is edited, or the rejected text.
    words: Option<String>,
    is_editing: bool,
}

/// The requested filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// No date filter.
    AnyTime,
    /// Only records that may have held at this date.
    At(Date),
}

/// Draws the field with its button; `pointed` is the year to show instead while it is chosen on the axis.
pub(super) fn as_of_ui(ui: &mut Ui, entry: &mut AsOf, pointed: Option<i64>, filter: &Filter) -> Option<Wish> {
    let palette = theme::palette(ui);
    ui.label(theme::strong_text("As of", 12.0).color(palette.weak));
    let wish = field_ui(ui, entry, pointed, filter);
    let (room, _) = ui.allocate_exact_size(CLEAR_SIZE, Sense::hover());
    if filter.as_of.is_none() {
        return wish;
    }
    let builder = UiBuilder::new().max_rect(room).layout(Layout::centered_and_justified(Direction::LeftToRight));
    // A child that is placed by hand takes no room of its own.
    let clear = theme::icon_button(&mut ui.new_child(builder), icon::CROSS, "At any time");
    if clear.clicked() { Some(Wish::AnyTime) } else { wish }
}

/// Says why a text was rejected; returns `false` if none was, or if it is still edited.
pub(super) fn rejection_ui(ui: &mut Ui, entry: &AsOf) -> bool {
    let Some(words) = entry.words.as_deref().filter(|words| !entry.is_editing && read(words).is_none()) else {
        return false;
    };
    let remedy = format!("“{words}” is not a date; write 2023, 2023-05 or 2023-05-31");
    ui.add(Label::new(RichText::new(remedy).color(theme::palette(ui).bad).size(11.5)).truncate());
    true
}

/// Parses the text of the field; returns `None` if it is not a date.
fn read(words: &str) -> Option<Wish> {
    let words = words.trim();
    if words.is_empty() {
        return Some(Wish::AnyTime);
    }
    Date::parse(words).ok().filter(|date| !date.is_open()).map(Wish::At)
}

fn field_ui(ui: &mut Ui, entry: &mut AsOf, pointed: Option<i64>, filter: &Filter) -> Option<Wish> {
    let shown = pointed.and_then(date_of_year).map(|date| date.text().to_owned()).or_else(|| entry.words.clone());
    let present = filter.as_of.as_ref().map(|date| date.text().to_owned()).unwrap_or_default();
    let mut words = shown.unwrap_or_else(|| present.clone());
    let field = TextEdit::singleline(&mut words).hint_text("any time").desired_width(FIELD_WIDTH).char_limit(40);
    let response = ui.add(field).on_hover_text("Show what may have held then: 2023, 2023-05 or 2023-05-31");
    let value = words.clone();
    response.widget_info(|| WidgetInfo {
        label: Some("As of".to_owned()),
        current_text_value: Some(value.clone()),
        ..WidgetInfo::new(WidgetType::TextEdit)
    });
    entry.is_editing = response.has_focus();
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
