//! The export dialog: settings, preview, and the buttons to save or copy the picture.
//!
//! It only draws previews; the window creates and writes the picture.

mod boxes;
mod choices;
mod fit;
mod fit_search;
mod form;
mod preview;
mod proof;
mod review;
mod withheld;

pub(crate) use choices::ExportChoices;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align, Context, Frame, Id, Key, Layout, Modal, Modifiers, Rect, RichText, ScrollArea, Ui, Vec2};

use crate::document::Document;
use crate::model::Map;
use crate::publish::{Format, MAX_STEPS, PictureOptions, Scope};
use crate::scene::Ground;
use crate::text::Fonts;

use self::preview::{Preview, PreviewAnswer};
use self::withheld::Withheld;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::picture_order::PictureOrder;
use crate::app::ask::question::ExportAnswer;
use crate::app::ask::selection::Selection;
use crate::app::ui::events::take_press;
use crate::app::ui::{theme, widgets};

/// Width of the settings, in points.
const FORM_WIDTH: f32 = 396.0;

/// Height of the buttons including the space above them, in points.
const FOOT_HEIGHT: f32 = 44.0;

/// The maximum size of the dialog's content, in points.
const LARGEST: Vec2 = Vec2::new(1160.0, 700.0);

/// The part of the map that is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything that is shown.
    #[default]
    Whole,
    /// The selected items.
    Selection,
    /// The visible part of the canvas.
    InView,
}

/// The state of the open dialog.
pub(crate) struct ExportDialog {
    /// The map that the chosen ids belong to.
    map: Arc<Map>,
    choices: ExportChoices,
    extent: Extent,
    /// The number of steps of the story.
    steps: usize,
    /// Whether the steps are drawn instead of the map as a whole.
    has_steps: bool,
    withheld: Withheld,
    preview: Preview,
    /// Whether its picture is being created; the dialog is hidden meanwhile.
    pub(crate) is_ordered: bool,
    /// The answer that waits for the preview.
    waiting: Option<ExportAnswer>,
    /// Why the last attempt failed.
    failure: Option<String>,
    /// Whether the Save button has been given the initial focus.
    has_focus: bool,
}

impl ExportDialog {
    pub(crate) fn new(document: &Document, mut choices: ExportChoices) -> Self {
        let map = &document.map;
        choices.keep_still();
        Self {
            map: Arc::clone(map),
            choices,
            extent: Extent::default(),
            steps: document.steps().len(),
            has_steps: false,
            withheld: Withheld::new(map),
            preview: Preview::default(),
            is_ordered: false,
            waiting: None,
            failure: None,
            has_focus: false,
        }
    }

    /// Chooses the steps of the story, as slides.
    pub(crate) fn with_story(mut self) -> Self {
        self.has_steps = self.can_tell();
        self.choices.format = Format::Pptx;
        self
    }

    /// Returns whether there are steps to draw.
    fn can_tell(&self) -> bool {
        (1..=MAX_STEPS).contains(&self.steps)
    }

    /// Returns whether the dialog was opened for this map, so that the ids chosen in it are valid.
    pub(crate) fn is_of(&self, map: &Arc<Map>) -> bool {
        Arc::ptr_eq(&self.map, map)
    }

    /// Clears the last failure and returns the current choices.
    pub(crate) fn attempt(&mut self) -> &ExportChoices {
        self.failure = None;
        &self.choices
    }

    /// Returns the described picture; `in_view` is the visible part of the canvas.
    pub(crate) fn order(&self, document: &Document, selection: &Selection, in_view: Rect) -> PictureOrder {
        let scope = match self.extent {
            Extent::Whole => Scope::Whole,
            Extent::Selection => {
                Scope::Only { actors: selection.actors().collect(), ties: selection.ties().collect::<BTreeSet<_>>() }
            }
            Extent::InView => Scope::InView(in_view),
        };
        PictureOrder {
            document: document.clone(),
            options: PictureOptions {
                has_steps: self.has_steps && self.can_tell(),
                ..self.choices.options(scope, self.withheld.redaction.clone())
            },
            format: self.choices.format,
        }
    }

    /// Starts a new preview if the current one is not of this picture.
    pub(crate) fn refresh_preview(&mut self, ctx: &Context, order: &PictureOrder, fonts: &Arc<Fonts>) {
        self.preview.refresh(ctx, order, fonts);
    }

    /// Returns the answer if it can be carried out now: a picture is saved or copied only once the preview shows it, so
    /// until then the answer waits. Cancel ends the wait first.
    pub(crate) fn accept(&mut self, answer: ExportAnswer, order: &PictureOrder) -> Option<ExportAnswer> {
        let has_waited = self.waiting.take().is_some();
        if answer == ExportAnswer::Cancel {
            return (!has_waited).then_some(answer);
        }
        if self.preview.is_of(order) {
            return Some(answer);
        }
        self.preview.resume();
        self.waiting = Some(answer);
        None
    }

    /// Returns the answer that waited for the preview, once it shows the picture. If drawing it failed, the answer is
    /// dropped.
    pub(crate) fn take_waiting(&mut self, order: &PictureOrder) -> Option<ExportAnswer> {
        if !self.preview.is_of(order) {
            return None;
        }
        self.waiting.take().filter(|_| !self.preview.has_failed())
    }

    /// Shows why the picture could not be created.
    pub(crate) fn tell_failure(&mut self, text: String) {
        self.failure = Some(text);
    }

    /// Returns whether the preview is up to date.
    pub(crate) fn is_settled(&self) -> bool {
        self.preview.is_settled()
    }

    /// Draws the dialog. It is disabled while `is_waiting`, when another dialog is in front of it.
    pub(crate) fn ui(&mut self, ctx: &Context, has_selection: bool, is_waiting: bool, commands: &mut Commands) {
        let frame = Frame::window(&ctx.global_style()).inner_margin(20);
        let dim = egui::Color32::from_black_alpha(70);
        let room = ctx.content_rect().size() - Vec2::splat(72.0);
        // Enter saves unless a focused widget or an open popup uses it.
        let is_enter_free =
            !is_waiting && ctx.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ctx);
        let is_entered = is_enter_free && take_press(ctx, Modifiers::NONE, Key::Enter);
        let modal = Modal::new(Id::new("export")).frame(frame).backdrop_color(dim).show(ctx, |ui| {
            let size = LARGEST.min(room);
            ui.set_min_size(size);
            ui.set_max_size(size);
            if is_waiting {
                ui.disable();
            }
            self.content_ui(ui, has_selection)
        });
        let answer = modal.inner.or(is_entered.then_some(ExportAnswer::Save));
        if let Some(answer) = answer {
            commands.push(AppCommand::Export(answer));
        }
    }

    pub(crate) fn content_ui(&mut self, ui: &mut Ui, has_selection: bool) -> Option<ExportAnswer> {
        let heading = ui.label(theme::strong_text("Export the picture", 16.0));
        ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
        ui.add_space(6.0);
        let all = ui.available_rect_before_wrap();
        let (body, foot) = all.split_top_bottom_at_y(all.bottom() - FOOT_HEIGHT);
        let (left, right) = body.split_left_right_at_x(body.left() + FORM_WIDTH.min(body.width() * 0.5));
        ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
            ScrollArea::vertical().id_salt("choices").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(left.width() - 12.0);
                ui.spacing_mut().item_spacing.y = 8.0;
                if self.waiting.is_some() {
                    ui.disable();
                }
                self.form_ui(ui, has_selection);
            });
        });
        let ground = if self.choices.format == Format::Html { Ground::Own } else { self.choices.ground };
        let builder = egui::UiBuilder::new().max_rect(right.with_min_x(right.left() + 8.0));
        match ui.scope_builder(builder, |ui| self.preview.ui(ui, ground)).inner {
            Some(PreviewAnswer::Fit(fit)) if self.waiting.is_none() => self.choices.adopt(fit),
            Some(PreviewAnswer::Canceled) => self.waiting = None,
            Some(PreviewAnswer::Fit(_)) | None => {}
        }
        ui.scope_builder(egui::UiBuilder::new().max_rect(foot.with_min_y(foot.bottom() - 30.0)), |ui| self.foot_ui(ui))
            .inner
    }

    pub(crate) fn form_ui(&mut self, ui: &mut Ui, has_selection: bool) {
        if self.can_tell() {
            form::story_ui(ui, &mut self.has_steps, self.steps);
        }
        let has_steps = self.has_steps && self.can_tell();
        if !has_steps {
            self.choices.keep_still();
        }
        form::choices_ui(ui, &mut self.choices, has_steps);
        theme::hairline(ui);
        form::extent_ui(ui, &mut self.extent, has_selection);
        self.withheld.ui(ui, self.preview.review());
    }

    pub(crate) fn foot_ui(&mut self, ui: &mut Ui) -> Option<ExportAnswer> {
        let mut answer = None;
        ui.horizontal(|ui| {
            widgets::from_right(ui, |ui| {
                let is_free = self.waiting.is_none();
                let save = ui.add_enabled_ui(is_free, |ui| widgets::button(ui, "Save…", true)).inner;
                if !std::mem::replace(&mut self.has_focus, true) {
                    save.request_focus();
                }
                let copy = ui.add_enabled_ui(is_free, |ui| widgets::button(ui, "Copy", false)).inner;
                let copy = copy.on_hover_text("Copy the picture to the clipboard as pixels");
                let cancel = widgets::button(ui, "Cancel", false);
                let clicked = [(save, ExportAnswer::Save), (copy, ExportAnswer::Copy), (cancel, ExportAnswer::Cancel)];
                answer = clicked.into_iter().find(|(response, _)| response.clicked()).map(|(_, answer)| answer);
                if let Some(answer) = self.waiting {
                    let weak = theme::palette(ui).weak;
                    let words = match answer {
                        ExportAnswer::Copy => "Will be copied once the preview shows it",
                        ExportAnswer::Save | ExportAnswer::Cancel => "Will be saved once the preview shows it",
                    };
                    ui.label(RichText::new(words).color(weak));
                } else if let Some(failure) = &self.failure {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let text = RichText::new(failure).color(theme::palette(ui).bad);
                        ui.add(egui::Label::new(text).truncate()).on_hover_text(failure);
                    });
                }
            });
        });
        answer
    }
}
