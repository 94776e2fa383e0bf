//! The axis of years: bars for the ties in each year, and one handle at the chosen year.

use egui::accesskit::{Action, ActionData};
use egui::{
    Align2, EventFilter, FontId, Key, Modifiers, PointerButton, Pos2, Rangef, Rect, RectAlign, Response, Sense, Stroke,
    StrokeKind, Tooltip, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::model::{Date, Filter};
use crate::view::{Years, date_of_year};
use crate::wording::{counted, date_text, number};

use super::as_of::Wish;
use super::ticks::build_ticks;
use crate::app::ui::events::take_presses;
use crate::app::ui::theme::{self, Palette};

/// Height of the bars, in points.
const BARS: f32 = 17.0;
/// Radius of the handle's knob, in points.
const KNOB: f32 = 5.0;
/// Size of the names of years, in points.
const TEXT: f32 = 10.5;
/// Minimum width of the axis, in points.
const MIN_WIDTH: f32 = 80.0;
/// The number of years that Page Up and Page Down step over.
const PAGE: i64 = 10;

/// The axis as it is laid out.
struct YearAxis<'a> {
    years: &'a Years,
    /// The area of the bars.
    bars: Rect,
}

impl YearAxis<'_> {
    fn length(&self) -> f64 {
        self.years.last.abs_diff(self.years.first) as f64 + 1.0
    }

    /// Returns the middle of a year.
    fn x_of(&self, year: i64) -> f32 {
        let after = year.abs_diff(self.years.first) as f64 + 0.5;
        self.bars.left() + (after / self.length()) as f32 * self.bars.width()
    }

    fn year_at(&self, x: f32) -> i64 {
        let share = f64::from((x - self.bars.left()) / self.bars.width()).clamp(0.0, 1.0);
        let after = (share * self.length()).floor() as u64;
        self.years.first.saturating_add_unsigned(after).min(self.years.last)
    }
}

/// What was done on the axis.
#[derive(Default)]
pub(super) struct AxisChange {
    /// The date asked for.
    pub(super) moved: Option<Wish>,
    /// Whether keys or a screen reader ask for it.
    pub(super) is_by_key: bool,
    /// Whether the handle is being moved or has the focus.
    pub(super) is_held: bool,
}

/// Draws the axis; `pointed` is the year while it is chosen by the pointer.
pub(super) fn axis_ui(ui: &mut Ui, pointed: &mut Option<i64>, years: &Years, filter: &Filter) -> AxisChange {
    let size = ui.available_size();
    if size.x < MIN_WIDTH {
        *pointed = None;
        return AxisChange::default();
    }
    let (_, rect) = ui.allocate_space(size);
    // An id of its own: those counted by position change with the button that clears the date, and the focus would go.
    let response = ui.interact(rect, ui.id().with("years"), Sense::click_and_drag());
    let bars = Rect::from_min_size(rect.min + vec2(KNOB, 1.0), vec2(rect.width() - 2.0 * KNOB, BARS));
    let axis = YearAxis { years, bars };
    let present = filter.as_of.as_ref().and_then(Date::latest).map(|day| day.year.clamp(years.first, years.last));
    let by_pointer = pointer_year(ui, &response, &axis, pointed);
    let wish = by_pointer.or_else(|| key_year(ui, &response, years, present));
    let shown = wish.or(*pointed).or(present);
    describe(ui, &response, years, shown);
    if ui.is_rect_visible(rect) {
        paint(ui, &axis, rect, shown, &response);
    }
    let is_held = pointed.is_some() || response.has_focus();
    hint_ui(ui, &response, &axis, *pointed);
    let date = wish.and_then(date_of_year).filter(|date| filter.as_of.as_ref() != Some(date));
    AxisChange { moved: date.map(Wish::At), is_by_key: by_pointer.is_none(), is_held }
}

/// Follows the pointer; returns the year when it is released, so that a whole drag is one undo step.
fn pointer_year(ui: &Ui, response: &Response, axis: &YearAxis<'_>, pointed: &mut Option<i64>) -> Option<i64> {
    let at = response.interact_pointer_pos().map(|pos| axis.year_at(pos.x));
    if response.is_pointer_button_down_on() && ui.input(|input| input.pointer.primary_down()) {
        response.request_focus();
        *pointed = at.or(*pointed);
        return None;
    }
    let last = pointed.take();
    // The hint can lie over the pointer when the button is released, which egui then takes for no click.
    let is_released = last.is_some() && ui.input(|input| input.pointer.primary_released());
    if is_released || response.clicked() || response.drag_stopped_by(PointerButton::Primary) {
        at.or(last)
    } else {
        None
    }
}

/// Returns the year that keys or a screen reader ask for.
fn key_year(ui: &Ui, response: &Response, years: &Years, present: Option<i64>) -> Option<i64> {
    let step = |year: i64, by: i64| year.saturating_add(by).clamp(years.first, years.last);
    let mut wanted = None;
    // Without a date, the handle is at the end.
    let now = |wanted: Option<i64>| wanted.or(present).unwrap_or(years.last);
    if response.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let keys = [
            Key::ArrowLeft,
            Key::ArrowDown,
            Key::ArrowRight,
            Key::ArrowUp,
            Key::PageDown,
            Key::PageUp,
            Key::Home,
            Key::End,
        ];
        for key in take_presses(ui.ctx(), Modifiers::NONE, &keys) {
            let year = now(wanted);
            wanted = Some(match key {
                Key::ArrowLeft | Key::ArrowDown => step(year, -1),
                Key::PageDown => step(year, -PAGE),
                Key::PageUp => step(year, PAGE),
                Key::Home => years.first,
                Key::End => years.last,
                _ => step(year, 1),
            });
        }
    }
    ui.input(|input| {
        let count = |action| input.accesskit_action_requests(response.id, action).map(|_| 1_i64).sum::<i64>();
        let steps = count(Action::Increment) - count(Action::Decrement);
        if steps != 0 {
            wanted = Some(step(now(wanted), steps));
        }
        for request in input.accesskit_action_requests(response.id, Action::SetValue) {
            if let Some(ActionData::NumericValue(value)) = request.data {
                wanted = Some((value.round() as i64).clamp(years.first, years.last));
            }
        }
    });
    wanted
}

/// Describes the handle for screen readers.
fn describe(ui: &Ui, response: &Response, years: &Years, shown: Option<i64>) {
    let value = shown.unwrap_or(years.last) as f64;
    response.widget_info(|| WidgetInfo::slider(true, value, "Year"));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(shown.map_or_else(|| "any time".to_owned(), year_text));
        node.set_min_numeric_value(years.first as f64);
        node.set_max_numeric_value(years.last as f64);
        node.set_numeric_value_step(1.0);
        node.set_numeric_value_jump(PAGE as f64);
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
}

fn paint(ui: &Ui, axis: &YearAxis<'_>, rect: Rect, shown: Option<i64>, response: &Response) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    let YearAxis { years, bars } = axis;
    let most = years.most_held().max(1) as f32;
    let width = bars.width() / years.bars.len() as f32;
    let gap = if width > 3.0 { 1.0 } else { 0.0 };
    for (index, bar) in years.bars.iter().enumerate() {
        let left = bars.left() + index as f32 * width;
        let fill = |count: usize, color| {
            if count > 0 {
                let height = (count as f32 / most * (BARS - 2.0)).max(1.5);
                let corner = pos2(left, bars.bottom() - height);
                painter.rect_filled(Rect::from_min_size(corner, vec2(width - gap, height)), 0.0, color);
            }
        };
        fill(bar.held, palette.weak.gamma_multiply(0.45));
        fill(bar.began, palette.weak);
    }
    painter.hline(bars.x_range(), bars.bottom(), Stroke::new(1.0, palette.weak));
    paint_names(ui, axis, rect, &palette);
    paint_handle(ui, axis, shown, response, &palette);
}

fn paint_names(ui: &Ui, axis: &YearAxis<'_>, rect: Rect, palette: &Palette) {
    let font = FontId::proportional(TEXT);
    let painter = ui.painter();
    let laid = |year| painter.layout_no_wrap(year_text(year), font.clone(), palette.weak);
    let range = (rect.left(), rect.right());
    let ticks =
        build_ticks((axis.years.first, axis.years.last), range, |year| axis.x_of(year), |year| laid(year).size().x);
    for tick in ticks {
        let y = Rangef::new(axis.bars.bottom(), axis.bars.bottom() + 3.0);
        painter.vline(axis.x_of(tick.year), y, Stroke::new(1.0, palette.weak));
        let at = pos2(tick.left, rect.bottom());
        painter.text(at, Align2::LEFT_BOTTOM, year_text(tick.year), font.clone(), palette.weak);
    }
}

/// Draws the handle: filled at the chosen year, hollow at the end without one.
fn paint_handle(ui: &Ui, axis: &YearAxis<'_>, shown: Option<i64>, response: &Response, palette: &Palette) {
    let painter = ui.painter();
    let x = axis.x_of(shown.unwrap_or(axis.years.last));
    let knob = pos2(x, axis.bars.center().y);
    let color = if shown.is_some() { palette.accent } else { palette.weak };
    if shown.is_some() {
        painter.vline(x, axis.bars.y_range(), Stroke::new(2.0, color));
    }
    let fill = if shown.is_some() { color } else { palette.raised };
    let radius = if response.hovered() { KNOB + 1.0 } else { KNOB };
    painter.circle(knob, radius, fill, Stroke::new(1.5, color));
    if response.has_focus() {
        let ring = Rect::from_center_size(knob, Vec2::splat(2.0 * radius + 5.0));
        painter.rect_stroke(ring, ring.width() / 2.0, Stroke::new(1.5, palette.accent), StrokeKind::Middle);
    }
}

/// Tells the ties of the year under the pointer.
fn hint_ui(ui: &Ui, response: &Response, axis: &YearAxis<'_>, pointed: Option<i64>) {
    let hovered = response.hover_pos().map(|pos: Pos2| axis.year_at(pos.x));
    let Some(words) = pointed.or(hovered).and_then(|year| hint(axis.years, year)) else { return };
    if pointed.is_some() {
        // Hover texts are hidden while a button is down.
        let at = Rect::from_center_size(pos2(axis.x_of(pointed.unwrap_or_default()), axis.bars.top()), Vec2::ZERO);
        let mut tooltip = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id.with("year"), at);
        // Above, so that it doesn't cover the years.
        tooltip.popup = tooltip.popup.align(RectAlign::TOP);
        tooltip.show(|ui| ui.label(words));
    } else {
        response.clone().on_hover_text_at_pointer(words);
    }
}

/// Returns "2023: 17 ties may have held, 3 began".
fn hint(years: &Years, year: i64) -> Option<String> {
    let bar = years.bar(year)?;
    let span = if bar.first == bar.last {
        year_text(year)
    } else {
        format!("{}–{}", year_text(bar.first), year_text(bar.last))
    };
    Some(format!("{span}: {} may have held, {} began", counted(bar.held, "tie", "ties"), number(bar.began)))
}

fn year_text(year: i64) -> String {
    date_of_year(year).map_or_else(|| year.to_string(), |date| date_text(&date))
}
