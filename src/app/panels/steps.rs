//! The strip of the story's steps below the map: small pictures with titles, and the texts of one of them.

mod card;
mod texts;

use egui::{Align, Button, Layout, Margin, Panel, Rect, RichText, ScrollArea, Ui, Vec2, vec2};

use crate::document::edit::StepText;
use crate::model::StoryStep;

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::context::ActionContext;
use crate::app::ask::story::StepRequest;
use crate::app::ui::theme;
use crate::app::ui::thumbnail::Thumbnail;
use card::{CARD_SIZE, StepCard};
use texts::TypedText;

/// The size of the small picture of a step, in points.
pub(crate) const THUMBNAIL_SIZE: Vec2 = card::THUMBNAIL_SIZE;

/// Height of the strip, in points.
const HEIGHT: f32 = CARD_SIZE.y + 22.0;
/// Width of the two columns of buttons, in points.
const BUTTONS_WIDTH: f32 = 2.0 * BUTTON_WIDTH + 8.0;
/// Width of one of the buttons, in points.
const BUTTON_WIDTH: f32 = 110.0;
/// Width of the ring around the card with the keyboard focus, in points.
const RING: f32 = 3.0;
/// Gap between two cards, in points.
const GAP: f32 = 8.0;
/// In a strip narrower than this the texts of a step are left out, in points.
const MIN_WIDTH_WITH_TEXTS: f32 = 720.0;
/// Distance from the edge of the strip at which a dragged step makes it scroll, in points.
const EDGE: f32 = 24.0;
/// Speed of scrolling while dragging, in points per frame.
const SCROLL_STEP: f32 = 10.0;

/// What the strip shows.
pub(crate) struct StepsView<'a> {
    pub(crate) steps: &'a [StoryStep],
    /// The picture of each step, as far as it is made.
    pub(crate) thumbnails: Vec<Option<&'a Thumbnail>>,
    /// The step on the canvas.
    pub(crate) shown: Option<usize>,
    pub(crate) now: &'a ActionContext,
}

/// The title being typed.
struct Renaming {
    at: usize,
    text: String,
    /// Whether the field has had the keyboard focus.
    is_open: bool,
}

/// The state of the strip, kept between frames.
#[derive(Default)]
pub(crate) struct StepStrip {
    /// The step that was focused, shown or added last, whose texts are shown.
    current: Option<usize>,
    /// The step with the keyboard focus.
    focused: Option<usize>,
    /// The step that gets the keyboard focus next.
    focus_next: Option<usize>,
    renaming: Option<Renaming>,
    /// The text that is typed for a step.
    typed: Option<TypedText>,
}

impl StepStrip {
    /// Returns the step that menu entries act on.
    pub(crate) fn current(&self) -> Option<usize> {
        self.current
    }

    /// Returns the step with the keyboard focus.
    pub(crate) fn focused(&self) -> Option<usize> {
        self.focused
    }

    /// Makes a step the current one, or none.
    pub(crate) fn set_current(&mut self, at: Option<usize>) {
        self.current = at;
    }

    /// Makes a step the current one and gives it the keyboard focus.
    pub(crate) fn focus(&mut self, at: usize) {
        (self.current, self.focus_next) = (Some(at), Some(at));
    }

    /// Opens the field for the title of a step.
    pub(crate) fn rename(&mut self, at: usize, title: &str) {
        self.current = Some(at);
        self.renaming = Some(Renaming { at, text: title.to_owned(), is_open: false });
    }

    /// Forgets steps that no longer exist, and the keyboard focus if the strip is not drawn.
    pub(crate) fn follow(&mut self, count: usize, is_drawn: bool) {
        self.current = self.current.filter(|at| *at < count);
        self.focused = self.focused.filter(|at| is_drawn && *at < count);
        self.renaming.take_if(|renaming| renaming.at >= count);
    }

    /// Returns the texts that were typed and not kept yet, and closes their fields.
    pub(crate) fn take_typed(&mut self) -> Vec<StepRequest> {
        let title = self.renaming.take().filter(|renaming| renaming.is_open);
        let title = title.map(|Renaming { at, text, .. }| StepRequest::SetText(at, StepText::Title, text));
        let text = self.typed.take().map(TypedText::request);
        title.into_iter().chain(text).collect()
    }

    /// Draws the strip at the bottom.
    pub(crate) fn ui(&mut self, ui: &mut Ui, view: &StepsView<'_>, commands: &mut Commands) {
        let frame = theme::panel_frame(ui, Margin { left: 12, right: 12, top: 8, bottom: 6 });
        Panel::bottom("steps").frame(frame).resizable(false).exact_size(HEIGHT).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.allocate_ui_with_layout(
                    vec2(BUTTONS_WIDTH, CARD_SIZE.y),
                    Layout::top_down_justified(Align::Min),
                    |ui| buttons_ui(ui, view.now, commands),
                );
                self.focused = None;
                if view.steps.is_empty() {
                    empty_ui(ui);
                    return;
                }
                let room = ui.available_width();
                let current = self.current.or(view.shown).filter(|at| *at < view.steps.len());
                let texts_width = (room * 0.4).min(440.0);
                let has_texts = room >= MIN_WIDTH_WITH_TEXTS && current.is_some();
                let width = if has_texts { room - texts_width - GAP } else { room };
                let cards = ScrollArea::horizontal().id_salt("steps").max_width(width).min_scrolled_width(width);
                cards.auto_shrink([false, false]).show(ui, |ui| self.cards_ui(ui, view, commands));
                if let Some(at) = current.filter(|_| has_texts) {
                    let size = vec2(texts_width, CARD_SIZE.y);
                    ui.allocate_ui(size, |ui| texts::texts_ui(ui, &mut self.typed, at, view.steps, commands));
                }
            });
        });
        // A field that is gone keeps what was typed.
        if let Some(typed) = self.typed.take_if(|typed| self.current.or(view.shown) != Some(typed.at)) {
            commands.push(AppCommand::Step(typed.request()));
        }
    }

    fn cards_ui(&mut self, ui: &mut Ui, view: &StepsView<'_>, commands: &mut Commands) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            // The ring around the first card needs room.
            ui.add_space(RING);
            let start = ui.cursor().left();
            let mut dragged = None;
            for (at, step) in view.steps.iter().enumerate() {
                let card = StepCard {
                    at,
                    count: view.steps.len(),
                    step,
                    thumbnail: view.thumbnails.get(at).copied().flatten(),
                    is_shown: view.shown == Some(at),
                    is_current: self.current == Some(at),
                };
                let (response, title_rect) = card.ui(ui, commands);
                if self.focus_next == Some(at) {
                    self.focus_next = None;
                    response.request_focus();
                    response.scroll_to_me(None);
                }
                if response.has_focus() {
                    self.focused = Some(at);
                }
                if response.gained_focus() {
                    self.current = Some(at);
                }
                if response.clicked() {
                    response.request_focus();
                    self.current = Some(at);
                    commands.push(AppCommand::Step(StepRequest::Show(at)));
                }
                if response.double_clicked() {
                    self.rename(at, step.title.as_deref().unwrap_or_default());
                }
                if response.dragged() || response.drag_stopped() {
                    dragged = Some((at, response.drag_stopped()));
                }
                self.rename_ui(ui, at, title_rect, commands);
            }
            if let Some((from, is_dropped)) = dragged {
                Self::drag_ui(ui, (from, view.steps.len()), start, is_dropped, commands);
            }
        });
    }

    /// Draws the field for a title in place of it.
    fn rename_ui(&mut self, ui: &mut Ui, at: usize, rect: Rect, commands: &mut Commands) {
        let Some(renaming) = self.renaming.as_mut().filter(|renaming| renaming.at == at) else { return };
        match card::rename_ui(ui, rect, &mut renaming.text, !renaming.is_open) {
            card::TitleTyping::Goes => renaming.is_open = true,
            card::TitleTyping::GivenUp => self.renaming = None,
            card::TitleTyping::Done => {
                let text = std::mem::take(&mut renaming.text);
                self.renaming = None;
                // A click elsewhere has already moved the focus.
                let is_by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
                if !is_by_pointer {
                    self.focus_next = Some(at);
                }
                commands.push(AppCommand::Step(StepRequest::SetText(at, StepText::Title, text)));
            }
        }
    }

    /// Shows where a dragged step goes, and moves it when it is dropped.
    fn drag_ui(ui: &Ui, (from, count): (usize, usize), start: f32, is_dropped: bool, commands: &mut Commands) {
        let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) else { return };
        let pitch = CARD_SIZE.x + GAP;
        let slot = ((pointer.x - start) / pitch).round().clamp(0.0, count as f32) as usize;
        if is_dropped {
            // The places behind the step are counted without it.
            let to = if slot > from { slot - 1 } else { slot };
            if to != from {
                commands.push(AppCommand::Step(StepRequest::Move { from, to }));
            }
            return;
        }
        let clip = ui.clip_rect();
        let x = start + slot as f32 * pitch - GAP / 2.0;
        let stroke = egui::Stroke::new(3.0, theme::palette(ui).accent);
        ui.painter().vline(x, clip.y_range().shrink(4.0), stroke);
        let direction = if pointer.x < clip.left() + EDGE {
            1.0
        } else if pointer.x > clip.right() - EDGE {
            -1.0
        } else {
            return;
        };
        ui.scroll_with_delta(vec2(direction * SCROLL_STEP, 0.0));
        ui.ctx().request_repaint();
    }
}

fn buttons_ui(ui: &mut Ui, now: &ActionContext, commands: &mut Commands) {
    ui.spacing_mut().item_spacing.y = 5.0;
    for row in [[Action::AddStep, Action::Present], [Action::MakeSteps, Action::ExportStory]] {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for action in row {
                let button = Button::new(action.label()).min_size(vec2(BUTTON_WIDTH, 26.0));
                let response = ui.add_enabled(action.is_enabled(now), button).on_hover_text(action.tooltip());
                if response.clicked() {
                    commands.push(AppCommand::Run(action));
                }
            }
        });
    }
}

fn empty_ui(ui: &mut Ui) {
    ui.add_space(12.0);
    ui.vertical(|ui| {
        ui.add_space(8.0);
        ui.label(theme::strong_text("No steps yet", 13.0));
        let words = "Set up the view as a step should show it, then add it: what is explored, the selection in focus, \
                     the date and the view. Or make steps from the map, and delete those that you do not need.";
        ui.add(egui::Label::new(RichText::new(words).color(theme::palette(ui).weak)).wrap());
    });
}
