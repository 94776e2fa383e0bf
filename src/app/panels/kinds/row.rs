//! A row of the list of kinds.

use egui::{
    Popup, PopupCloseBehavior, Rect, Response, RichText, Sense, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType,
    pos2, vec2,
};

use crate::document::edit::{KindRef, KindValue};
use crate::model::{Map, Rgb};
use crate::wording::number;

use crate::app::ask::command::{AppCommand, Commands, KindRequest};
use crate::app::ui::{icon, theme};

use super::{COLUMNS, changed, color, icon_of, icons};

const HEIGHT: f32 = 28.0;

/// A text of a kind that can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KindText {
    Label,
    Verb,
}

/// What is being typed in a list of kinds.
#[derive(Default)]
pub(super) struct RowState {
    typed: Option<(KindRef, KindText, String)>,
    icon_query: String,
    hex: String,
}

impl RowState {
    pub(super) fn is_typing(&self) -> bool {
        self.typed.is_some()
    }

    pub(super) fn give_up(&mut self) {
        self.typed = None;
    }
}

/// What a row shows of a kind.
struct KindShown<'m> {
    label: &'m str,
    verb: Option<&'m str>,
    is_directed: Option<bool>,
    /// As it is drawn.
    color: Rgb,
    icon: Option<&'m str>,
}

/// Draws a row; returns what was changed.
pub(super) fn row_ui(
    ui: &mut Ui,
    kind: KindRef,
    map: &Map,
    state: &mut RowState,
    commands: &mut Commands,
) -> Option<KindValue> {
    let colors = theme::scene_theme(ui.ctx().theme());
    let shown = match kind {
        KindRef::Actor(id) => {
            let record = &map.actor_kinds()[id];
            KindShown {
                label: &record.label,
                verb: None,
                is_directed: None,
                color: record.color.unwrap_or_else(|| colors.actor_kind(map, Some(id))),
                icon: record.icon.as_deref(),
            }
        }
        KindRef::Tie(id) => {
            let record = &map.tie_kinds()[id];
            KindShown {
                label: &record.label,
                verb: Some(record.verb.as_deref().unwrap_or_default()),
                is_directed: Some(record.is_directed),
                color: record.color.unwrap_or_else(|| colors.tie_kind(map, id)),
                icon: record.icon.as_deref(),
            }
        }
    };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    let mut row = ui.new_child(UiBuilder::new().id_salt(kind).max_rect(rect));
    let ui = &mut row;
    let cell = |left: f32, width: f32| Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(width, HEIGHT));
    let color = color_ui(ui, cell(0.0, HEIGHT), &shown, state);
    let icon = icon_ui(ui, cell(30.0, HEIGHT), &shown, state);
    let label = text_ui(ui, cell(COLUMNS[0].0, 154.0), (kind, KindText::Label), (&shown, shown.label), state);
    let verb = shown
        .verb
        .and_then(|verb| text_ui(ui, cell(COLUMNS[1].0, 154.0), (kind, KindText::Verb), (&shown, verb), state));
    let directed = shown.is_directed.and_then(|is_directed| {
        let name = format!("{}: directed", shown.label);
        let place = cell(COLUMNS[2].0 + 14.0, 20.0);
        let place = Rect::from_center_size(place.center(), Vec2::splat(20.0));
        let mut cell = ui.new_child(UiBuilder::new().max_rect(place));
        theme::checkbox(&mut cell, is_directed, &name).clicked().then_some(KindValue::Directed(!is_directed))
    });
    used_ui(ui, cell, (kind, &shown), map, commands);
    color.or(icon).or(label).or(verb).or(directed)
}

fn used_ui(
    ui: &mut Ui,
    cell: impl Fn(f32, f32) -> Rect,
    (kind, shown): (KindRef, &KindShown<'_>),
    map: &Map,
    commands: &mut Commands,
) {
    let words = kind.use_words(map);
    let count = RichText::new(number(kind.use_count(map))).color(theme::palette(ui).weak);
    let label = ui.put(cell(COLUMNS[3].0, 40.0), egui::Label::new(count));
    label.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{}: {words}", shown.label)));
    let mut end = ui.new_child(UiBuilder::new().max_rect(cell(COLUMNS[4].0, 28.0)));
    if theme::icon_button(&mut end, icon::TRASH, &format!("Delete the kind {}", shown.label)).clicked() {
        commands.push(AppCommand::Kind(KindRequest::Remove(kind)));
    }
}

/// Draws a text that is typed in place; returns it once it is left.
fn text_ui(
    ui: &mut Ui,
    rect: Rect,
    (kind, text): (KindRef, KindText),
    (shown, is): (&KindShown<'_>, &str),
    state: &mut RowState,
) -> Option<KindValue> {
    let typed = state.typed.take_if(|(other, of, _)| *other == kind && *of == text);
    let mut words = typed.map_or_else(|| is.to_owned(), |(_, _, words)| words);
    let hint = if text == KindText::Verb { "is tied to" } else { "" };
    let field = ui.put(
        rect.shrink2(vec2(0.0, 1.0)),
        TextEdit::singleline(&mut words).hint_text(hint).vertical_align(egui::Align::Center),
    );
    let name = match text {
        KindText::Label => format!("{}: name", shown.label),
        KindText::Verb => format!("{}: verb", shown.label),
    };
    let value = words.clone();
    field.widget_info(|| WidgetInfo {
        label: Some(name.clone()),
        current_text_value: Some(value.clone()),
        ..WidgetInfo::new(WidgetType::TextEdit)
    });
    if field.has_focus() {
        state.typed = Some((kind, text, words));
        return None;
    }
    if !field.lost_focus() {
        return None;
    }
    let make = if text == KindText::Label { KindValue::Label } else { KindValue::Verb };
    changed(words.trim().to_owned(), &is.to_owned(), make)
}

/// Draws the color, which opens the safe ones.
fn color_ui(ui: &mut Ui, rect: Rect, shown: &KindShown<'_>, state: &mut RowState) -> Option<KindValue> {
    let response = ui.interact(rect, ui.id().with("color"), Sense::click());
    let name = format!("{}: color", shown.label);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
    let square = Rect::from_center_size(rect.center(), Vec2::splat(18.0));
    ui.painter().rect_filled(square, 5.0, theme::opaque(shown.color));
    focus_ring(ui, square, &response);
    if response.clicked() {
        state.hex = shown.color.to_string();
    }
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let chosen = popup.show(|ui| color::colors_ui(ui, shown.color, &mut state.hex)).and_then(|shown| shown.inner);
    if chosen.is_some() {
        Popup::close_all(ui.ctx());
    }
    chosen.and_then(|color| changed(color, &shown.color, KindValue::Color))
}

/// Draws the icon, which opens a search for another.
fn icon_ui(ui: &mut Ui, rect: Rect, shown: &KindShown<'_>, state: &mut RowState) -> Option<KindValue> {
    let response = ui.interact(rect, ui.id().with("icon"), Sense::click());
    let name = format!("{}: icon", shown.label);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
    let color = theme::palette(ui).text;
    let square = Rect::from_center_size(rect.center(), Vec2::splat(22.0));
    ui.painter().text(square.center(), egui::Align2::CENTER_CENTER, icon_of(shown.icon), theme::icon_font(17.0), color);
    focus_ring(ui, square, &response);
    let is_opened = response.clicked();
    if is_opened {
        state.icon_query = shown.label.to_lowercase();
    }
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let chosen = popup.show(|ui| icons::icons_ui(ui, shown.icon, &mut state.icon_query, is_opened));
    let chosen = chosen.and_then(|shown| shown.inner)?;
    Popup::close_all(ui.ctx());
    changed(Some(chosen), &shown.icon.map(str::to_owned), KindValue::Icon)
}

fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(1.5, theme::palette(ui).accent);
        ui.painter().rect_stroke(rect.expand(3.0), 6.0, stroke, egui::StrokeKind::Outside);
    }
}
