//! The rows of the lists: one record each, with selection shared with the canvas.

use egui::{Align2, Color32, FontId, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2};

use crate::analysis::ActorMeasure;
use crate::document::{Command, Document};
use crate::model::{Item, Rgb};
use crate::text;
use crate::view::{ActorRow, SourceRow, TieRow};
use crate::wording::{counted, number};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::context::ActionContext;
use crate::app::ask::selection::Selection;
use crate::app::panels::context_menu::row_menu_ui;
use crate::app::panels::data::MeasuredList;
use crate::app::ui::events::click_modifiers;
use crate::app::ui::{icon, theme};

use super::measures::value_words;

/// Height of a row with one line, in points.
pub(super) const SHORT: f32 = 30.0;
/// Height of a row with two lines, in points.
const TALL: f32 = 46.0;
/// Middle of the second line of a tall row, below its top, in points.
const SECOND_LINE: f32 = 33.0;
/// Margin at both ends of a row, in points.
pub(super) const MARGIN: f32 = 14.0;
/// Distance of all counts from the right end of the panel, in points: behind them is the button that hides an actor.
pub(super) const COUNT_MARGIN: f32 = MARGIN + 24.0;

/// The data that rows are drawn from.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) selection: &'a Selection,
    /// What can be done with the selection.
    pub(super) now: &'a ActionContext,
    /// The row to bring into view.
    pub(super) scroll_to: Option<Item>,
}

/// The content of one row.
struct ListRow<'a> {
    item: Item,
    title: &'a str,
    note: Option<String>,
    sign: Option<(char, Rgb)>,
    trailing: String,
    /// What `trailing` counts, for screen readers and the tooltip.
    counted: Option<String>,
    /// Whether the list is sorted by `counted`, so that it is part of the accessible name.
    is_measured: bool,
    is_shown: bool,
}

impl Context<'_> {
    /// Draws the list of actors.
    pub(super) fn actors_ui(
        &self,
        ui: &mut Ui,
        actors: &[ActorRow],
        by: Option<(ActorMeasure, &MeasuredList)>,
        commands: &mut Commands,
    ) {
        let map = &self.document.map;
        let colors = theme::scene_theme(ui.ctx().theme());
        let row_at = |index: usize| &actors[by.map_or(index, |(_, list)| list.order[index])];
        let at = |item| (0..actors.len()).find(|&index| Item::Actor(row_at(index).id) == item);
        self.list_ui(ui, SHORT, actors.len(), at, |ui, index| {
            let row = row_at(index);
            let icon = map.actor_kind(row.id).and_then(|kind| kind.icon.as_deref()).and_then(text::icon);
            let some_hidden = row.shown_ties < row.ties && row.is_shown;
            let value = by.map(|(measure, list)| value_words(measure, &list.measured, row.id));
            let ties = if some_hidden {
                format!("{} of {}", number(row.shown_ties), number(row.ties))
            } else {
                number(row.ties)
            };
            let drawn = ListRow {
                item: Item::Actor(row.id),
                title: &row.name,
                note: None,
                sign: Some((icon.unwrap_or(icon::DOT), colors.actor_kind(map, row.kind))),
                trailing: value.as_ref().map_or(ties, |(short, _)| short.clone()),
                counted: Some(match value {
                    Some((_, whole)) => whole,
                    None if some_hidden => {
                        format!("{} of {}", number(row.shown_ties), counted(row.ties, "tie", "ties"))
                    }
                    None => counted(row.ties, "tie", "ties"),
                }),
                is_measured: by.is_some(),
                is_shown: row.is_shown,
            };
            let (rect, is_lit) = self.row_ui(ui, SHORT, &drawn, commands);
            self.eye_ui(ui, rect, drawn.item, &row.name, is_lit, commands);
        });
    }

    /// Draws the list of ties.
    pub(super) fn ties_ui(&self, ui: &mut Ui, ties: &[TieRow], commands: &mut Commands) {
        let map = &self.document.map;
        let colors = theme::scene_theme(ui.ctx().theme());
        let at = |item| ties.iter().position(|row| Item::Tie(row.id) == item);
        self.list_ui(ui, TALL, ties.len(), at, |ui, index| {
            let row = &ties[index];
            let icon = map.tie_kind(row.id).icon.as_deref().and_then(text::icon);
            let marks = row.marks.iter().map(|mark| mark.text());
            let numbers: Vec<String> = row.numbers.iter().map(u32::to_string).collect();
            let drawn = ListRow {
                item: Item::Tie(row.id),
                title: &row.title,
                note: Some(std::iter::once(row.note.as_str()).chain(marks).collect::<Vec<_>>().join(" · ")),
                sign: Some((icon.unwrap_or(icon::DOT), colors.tie_kind(map, row.kind))),
                trailing: if numbers.is_empty() { String::new() } else { format!("[{}]", numbers.join(", ")) },
                counted: None,
                is_measured: false,
                is_shown: row.is_shown,
            };
            let name = format!("{}, {}", row.title, row.note);
            let (rect, is_lit) = self.row_ui(ui, TALL, &drawn, commands);
            self.eye_ui(ui, rect, drawn.item, &name, is_lit, commands);
        });
    }

    /// Draws the list of sources.
    pub(super) fn sources_ui(&self, ui: &mut Ui, sources: &[SourceRow], commands: &mut Commands) {
        let at = |item| sources.iter().position(|row| Item::Source(row.id) == item);
        self.list_ui(ui, TALL, sources.len(), at, |ui, index| {
            let row = &sources[index];
            let number = row.number.map(|number| format!("[{number}] ")).unwrap_or_default();
            let drawn = ListRow {
                item: Item::Source(row.id),
                title: &format!("{number}{}", row.name),
                note: Some(format!("{} · {}", row.claims, row.note)),
                sign: None,
                trailing: String::new(),
                counted: None,
                is_measured: false,
                is_shown: true,
            };
            self.row_ui(ui, TALL, &drawn, commands);
        });
    }

    /// Draws the visible rows.
    fn list_ui(
        &self,
        ui: &mut Ui,
        height: f32,
        count: usize,
        at: impl Fn(Item) -> Option<usize>,
        mut row_ui: impl FnMut(&mut Ui, usize),
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt(("rows", height as u32)).auto_shrink([false, false]);
        if let Some(index) = self.scroll_to.and_then(at) {
            let middle = index as f32 * height - ui.available_height() / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        area.show_rows(ui, height, count, |ui, range| range.for_each(|index| row_ui(ui, index)));
    }

    /// Draws a row; returns its rectangle and whether it is hovered or focused.
    fn row_ui(&self, ui: &mut Ui, height: f32, row: &ListRow<'_>, commands: &mut Commands) -> (Rect, bool) {
        let sense = if matches!(row.item, Item::Source(_)) { Sense::click_and_drag() } else { Sense::click() };
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), sense);
        if let Item::Source(source) = row.item {
            // Dropped on a tie, it is cited.
            response.dnd_set_drag_payload(source);
        }
        let is_selected = self.selection.has(row.item);
        response.widget_info(|| {
            let words = match row.note.as_ref().or(row.counted.as_ref().filter(|_| row.is_measured)) {
                Some(note) => format!("{}, {note}", row.title),
                None => row.title.to_owned(),
            };
            WidgetInfo::selected(WidgetType::SelectableLabel, true, is_selected, words)
        });
        let is_lit = response.contains_pointer() || response.has_focus();
        paint_row(ui, rect, row, is_selected, is_lit);
        let response = match row.note.as_ref().or(row.counted.as_ref()) {
            Some(note) => response.on_hover_text(format!("{}\n{note}", row.title)),
            None => response,
        };
        if response.clicked() {
            let adds = click_modifiers(ui.ctx()).command;
            let select = AppCommand::Select(Selection::one(row.item));
            commands.push(if adds { AppCommand::ToggleSelected(row.item) } else { select });
            if row.is_shown && !adds {
                commands.push(AppCommand::Reveal(row.item));
            }
        }
        if response.secondary_clicked() && !is_selected {
            commands.push(AppCommand::Select(Selection::one(row.item)));
        }
        row_menu_ui(&response, self.now, commands);
        (rect, is_lit)
    }

    /// Draws the button at the end of a row that hides its record or shows it again.
    fn eye_ui(&self, ui: &Ui, row: Rect, item: Item, name: &str, is_lit: bool, commands: &mut Commands) {
        let look = &self.document.look;
        let (is_hidden, is_left_out) = (look.hides(item), look.leaves_out(&self.document.map, item));
        // Most rows are outside of an explored part, so that these signs only show up where the pointer is.
        let is_lit = is_lit || is_hidden;
        if eye_ui(ui, row, name, is_left_out, is_lit) {
            let change = if is_left_out { Command::Show(vec![item]) } else { Command::Hide(vec![item]) };
            commands.push(AppCommand::Change(change));
        }
    }
}

fn paint_row(ui: &Ui, rect: Rect, row: &ListRow<'_>, is_selected: bool, is_lit: bool) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    let back = rect.shrink2(Vec2::new(6.0, 1.0));
    if is_selected {
        painter.rect_filled(back, 6.0, palette.selected);
    } else if is_lit {
        painter.rect_filled(back, 6.0, palette.hover);
    }
    let fade = |color: Color32| if row.is_shown { color } else { color.gamma_multiply(0.5) };
    let first = if row.note.is_some() { rect.top() + 15.0 } else { rect.center().y };
    let mut left = rect.left() + MARGIN;
    if let Some((sign, rgb)) = row.sign {
        let color = fade(theme::opaque(rgb));
        painter.text(pos2(left, first), Align2::LEFT_CENTER, sign, theme::icon_font(14.0), color);
        left += 22.0;
    }
    let right = rect.right() - COUNT_MARGIN;
    let trailing = painter.layout_no_wrap(row.trailing.clone(), FontId::proportional(11.5), fade(palette.weak));
    let trailing_left = right - trailing.size().x;
    painter.galley(pos2(trailing_left, first - trailing.size().y / 2.0), trailing, palette.weak);
    line(ui, row.title, 13.0, fade(palette.text), left, trailing_left - 6.0, first);
    if let Some(note) = &row.note {
        let eye = if matches!(row.item, Item::Tie(_)) { 24.0 } else { 0.0 };
        line(ui, note, 11.5, fade(palette.weak), left, rect.right() - MARGIN - eye, rect.top() + SECOND_LINE);
    }
}

/// Draws one line of text between two x positions, truncated with "…" if necessary.
pub(super) fn line(ui: &Ui, text: &str, size: f32, color: Color32, left: f32, right: f32, middle: f32) {
    let format = egui::TextFormat::simple(FontId::proportional(size), color);
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), format);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left).max(10.0));
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
}

/// Draws the visibility button at the end of a row, of a tall one in its second line; returns `true` if it was clicked.
fn eye_ui(ui: &Ui, row: Rect, name: &str, is_hidden: bool, is_lit: bool) -> bool {
    let middle = if row.height() > SHORT { row.top() + SECOND_LINE } else { row.center().y };
    let rect = Rect::from_center_size(pos2(row.right() - MARGIN - 8.0, middle), Vec2::splat(22.0));
    let words = if is_hidden { format!("Show {name}") } else { format!("Hide {name}") };
    let response = ui.interact(rect, ui.id().with(("eye", name, row.top().to_bits())), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &words));
    let palette = theme::palette(ui);
    if is_lit || response.hovered() || response.has_focus() {
        let color = if response.hovered() { palette.text } else { palette.weak };
        let sign = if is_hidden { icon::EYE_SLASH } else { icon::EYE };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, sign, theme::icon_font(14.0), color);
    }
    response.on_hover_text(words).clicked()
}
