//! A step in the strip: its small picture with its number and title.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    CornerRadius, EventFilter, FontId, Id, Key, Modifiers, Popup, Rect, Response, Sense, Stroke, StrokeKind, TextEdit,
    TextWrapMode, Ui, Vec2, WidgetInfo, WidgetText, WidgetType, pos2, vec2,
};

use crate::model::StoryStep;
use crate::wording::visible;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::story::{StepChange, StepRequest};
use crate::app::ui::events::take_press;
use crate::app::ui::theme;
use crate::app::ui::thumbnail::Thumbnail;

/// The size of the small picture, in points.
pub(super) const THUMBNAIL_SIZE: Vec2 = Vec2::new(144.0, 81.0);
/// The size of a card with its title, in points.
pub(super) const CARD_SIZE: Vec2 = Vec2::new(THUMBNAIL_SIZE.x, THUMBNAIL_SIZE.y + 24.0);
/// The keys that a field takes itself. Escape discards what was typed, so egui must not end the focus by it.
pub(super) const KEYS_OF_FIELD: EventFilter =
    EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
/// The width of the context menu, in points.
const MENU_WIDTH: f32 = 200.0;

/// The entries of the context menu.
const CHANGES: [(StepChange, &str); 6] = [
    (StepChange::Rename, "Rename"),
    (StepChange::Retake, "Update to the current view"),
    (StepChange::Duplicate, "Duplicate"),
    (StepChange::MoveBack, "Move back"),
    (StepChange::MoveOn, "Move forward"),
    (StepChange::Delete, "Delete"),
];

/// A step to draw.
pub(super) struct StepCard<'a> {
    pub(super) at: usize,
    /// The number of steps.
    pub(super) count: usize,
    pub(super) step: &'a StoryStep,
    pub(super) thumbnail: Option<&'a Thumbnail>,
    pub(super) is_shown: bool,
    pub(super) is_current: bool,
}

impl StepCard<'_> {
    /// Draws the card; returns its response and where the title is.
    pub(super) fn ui(&self, ui: &mut Ui, commands: &mut Commands) -> (Response, Rect) {
        let (rect, _) = ui.allocate_exact_size(CARD_SIZE, Sense::hover());
        let response = ui.interact(rect, Id::new(("step", self.at)), Sense::click_and_drag());
        let palette = theme::palette(ui);
        let picture = Rect::from_min_size(rect.min, THUMBNAIL_SIZE);
        if ui.is_rect_visible(rect) {
            match self.thumbnail {
                Some(thumbnail) => thumbnail.paint(ui.painter(), picture),
                None => drop(ui.painter().rect_filled(picture, CornerRadius::ZERO, palette.raised)),
            }
            let (width, color) = if self.is_shown {
                (2.5, palette.accent)
            } else if response.has_focus() || self.is_current {
                (1.5, palette.accent)
            } else if response.hovered() {
                (1.0, palette.weak)
            } else {
                (1.0, palette.hairline)
            };
            ui.painter().rect_stroke(picture, CornerRadius::same(3), Stroke::new(width, color), StrokeKind::Inside);
            if response.has_focus() {
                let ring = Stroke::new(1.5, palette.accent);
                ui.painter().rect_stroke(rect.expand(2.5), CornerRadius::same(5), ring, StrokeKind::Inside);
            }
        }
        let title_rect = Rect::from_min_max(pos2(rect.left(), picture.bottom() + 2.0), rect.max);
        self.title_ui(ui, title_rect);
        let name = format!("Step {} of {}: {}", self.at + 1, self.count, self.title());
        response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, self.is_shown, &name));
        if let Some(caption) = &self.step.caption {
            let caption = visible(caption).into_owned();
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(caption));
        }
        self.menu_ui(&response, commands);
        (response, title_rect)
    }

    fn title(&self) -> String {
        let title = self.step.title.as_deref().filter(|title| !title.trim().is_empty());
        title.map_or_else(|| "No title".to_owned(), |title| visible(title).into_owned())
    }

    fn title_ui(&self, ui: &Ui, rect: Rect) {
        let palette = theme::palette(ui);
        let color = if self.is_shown { palette.accent } else { palette.text };
        let font = FontId::proportional(12.0);
        let words = WidgetText::from(egui::RichText::new(format!("{}  {}", self.at + 1, self.title())).color(color));
        let galley = words.into_galley(ui, Some(TextWrapMode::Truncate), rect.width(), font);
        let top = rect.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(rect.left(), top), galley, color);
    }

    fn menu_ui(&self, response: &Response, commands: &mut Commands) {
        Popup::context_menu(response).show(|ui| {
            ui.set_width(MENU_WIDTH);
            for (change, words) in CHANGES {
                let is_enabled = match change {
                    StepChange::MoveBack => self.at > 0,
                    StepChange::MoveOn => self.at + 1 < self.count,
                    _ => true,
                };
                if ui.add_enabled(is_enabled, egui::Button::new(words)).clicked() {
                    commands.push(AppCommand::Step(StepRequest::Change(self.at, change)));
                    ui.close();
                }
            }
        });
    }
}

/// The state of a field in which a title is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleTyping {
    /// It is open.
    Goes,
    /// It is left; what was typed is kept.
    Done,
    /// It was canceled by Escape.
    GivenUp,
}

/// Draws the field for a title; a new one gets the keyboard focus with all of its text selected.
pub(super) fn rename_ui(ui: &mut Ui, rect: Rect, text: &mut String, is_new: bool) -> TitleTyping {
    let id = Id::new("title of the step");
    if !is_new && ui.memory(|memory| memory.has_focus(id)) && take_press(ui.ctx(), Modifiers::NONE, Key::Escape) {
        return TitleTyping::GivenUp;
    }
    let count = text.chars().count();
    let field = TextEdit::singleline(text)
        .id(id)
        .hint_text("Title")
        .char_limit(400)
        .event_filter(KEYS_OF_FIELD)
        .margin(vec2(4.0, 2.0))
        .desired_width(rect.width());
    let response = ui.put(rect, field);
    let value = text.clone();
    response.widget_info(|| WidgetInfo {
        label: Some("Title of the step".to_owned()),
        current_text_value: Some(value.clone()),
        ..WidgetInfo::new(WidgetType::TextEdit)
    });
    if is_new {
        response.request_focus();
        response.scroll_to_me(None);
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(count))));
        state.store(ui.ctx(), id);
        return TitleTyping::Goes;
    }
    if response.lost_focus() || !response.has_focus() { TitleTyping::Done } else { TitleTyping::Goes }
}
