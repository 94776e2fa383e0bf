//! The dialog in which a picture is chosen, looked at, saved and copied.
//!
//! The window makes and writes the picture (`pictures`); this shows what it would be.

mod boxes;
mod choices;
mod form;
mod preview;
mod proof;
mod review;
mod withheld;

pub(crate) use choices::ExportChoices;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align, Context, Frame, Id, Key, Layout, Modal, Rect, RichText, ScrollArea, Ui, Vec2};

use crate::document::Document;
use crate::model::Map;
use crate::publish::{Format, Scope};
use crate::scene::Ground;
use crate::text::Fonts;

use self::preview::Preview;
use self::withheld::Withheld;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::picture_order::PictureOrder;
use crate::app::ask::question::ExportAnswer;
use crate::app::ask::selection::Selection;
use crate::app::ui::{theme, widgets};

/// Width of the choices, in points.
const FORM_WIDTH: f32 = 372.0;

/// Height of the buttons with the space above them, in points.
const FOOT_HEIGHT: f32 = 44.0;

/// The largest size of the dialog's inside, in points.
const LARGEST: Vec2 = Vec2::new(1160.0, 700.0);

/// What part of the map is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// All that is shown.
    #[default]
    Whole,
    /// What is selected.
    Selection,
    /// What the canvas shows at the moment.
    InView,
}

/// The open dialog.
pub(crate) struct ExportDialog {
    /// The map for which ids were chosen.
    map: Arc<Map>,
    choices: ExportChoices,
    extent: Extent,
    withheld: Withheld,
    preview: Preview,
    /// Whether its picture is being made, for which it is hidden.
    pub(crate) is_ordered: bool,
    /// Why the last attempt came to nothing.
    failure: Option<String>,
    /// Whether it has been drawn.
    has_focus: bool,
}

impl ExportDialog {
    pub(crate) fn new(map: &Arc<Map>, choices: ExportChoices) -> Self {
        Self {
            map: Arc::clone(map),
            choices,
            extent: Extent::default(),
            withheld: Withheld::new(map),
            preview: Preview::default(),
            is_ordered: false,
            failure: None,
            has_focus: false,
        }
    }

    /// Whether it was opened for this state of the claims: what is withheld was chosen for it.
    pub(crate) fn is_of(&self, map: &Arc<Map>) -> bool {
        Arc::ptr_eq(&self.map, map)
    }

    /// Takes back why the last attempt came to nothing; gives the choices as they are.
    pub(crate) fn attempt(&mut self) -> &ExportChoices {
        self.failure = None;
        &self.choices
    }

    /// Returns the picture that it describes; `in_view` is what the canvas shows.
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
            options: self.choices.options(scope, self.withheld.redaction.clone()),
            format: self.choices.format,
        }
    }

    /// Draws the preview again if it is not one of this picture.
    pub(crate) fn refresh_preview(&mut self, ctx: &Context, order: &PictureOrder, fonts: &Arc<Fonts>) {
        self.preview.refresh(ctx, order, fonts);
    }

    /// Says why the picture was not made.
    pub(crate) fn tell_failure(&mut self, text: String) {
        self.failure = Some(text);
    }

    /// Whether the preview shows what is chosen.
    pub(crate) fn is_settled(&self) -> bool {
        self.preview.is_settled()
    }

    /// Draws it. While something else is asked in front of it, it waits and takes nothing.
    pub(crate) fn ui(&mut self, ctx: &Context, has_selection: bool, is_waiting: bool, commands: &mut Commands) {
        let frame = Frame::window(&ctx.global_style()).inner_margin(20);
        let dim = egui::Color32::from_black_alpha(70);
        let room = ctx.content_rect().size() - Vec2::splat(72.0);
        // Enter saves where it has no other meaning.
        let is_enter_free =
            !is_waiting && ctx.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ctx);
        let is_entered = is_enter_free && ctx.input(|input| input.key_pressed(Key::Enter));
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
                self.form_ui(ui, has_selection);
            });
        });
        let ground = if self.choices.format == Format::Html { Ground::Own } else { self.choices.ground };
        ui.scope_builder(egui::UiBuilder::new().max_rect(right.with_min_x(right.left() + 8.0)), |ui| {
            self.preview.ui(ui, ground);
        });
        ui.scope_builder(egui::UiBuilder::new().max_rect(foot.with_min_y(foot.bottom() - 30.0)), |ui| self.foot_ui(ui))
            .inner
    }

    pub(crate) fn form_ui(&mut self, ui: &mut Ui, has_selection: bool) {
        form::choices_ui(ui, &mut self.choices);
        theme::hairline(ui);
        form::extent_ui(ui, &mut self.extent, has_selection);
        self.withheld.ui(ui, self.preview.review());
    }

    pub(crate) fn foot_ui(&mut self, ui: &mut Ui) -> Option<ExportAnswer> {
        let mut answer = None;
        ui.horizontal(|ui| {
            widgets::from_right(ui, |ui| {
                let save = widgets::button(ui, "Save…", true);
                if !std::mem::replace(&mut self.has_focus, true) {
                    save.request_focus();
                }
                let copy =
                    widgets::button(ui, "Copy", false).on_hover_text("Put the picture on the clipboard, as pixels");
                let cancel = widgets::button(ui, "Cancel", false);
                let clicked = [(save, ExportAnswer::Save), (copy, ExportAnswer::Copy), (cancel, ExportAnswer::Cancel)];
                answer = clicked.into_iter().find(|(response, _)| response.clicked()).map(|(_, answer)| answer);
                if let Some(failure) = &self.failure {
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
