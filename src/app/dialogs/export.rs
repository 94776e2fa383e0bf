//! The dialog in which a picture is chosen, looked at, saved and copied.
//!
//! The window makes and writes the picture (`pictures`); this shows what it would be.

mod choices;
mod form;
mod preview;
mod proof;
mod review;
mod withheld;

pub(crate) use choices::ExportChoices;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align, Context, Frame, Id, Key, Layout, Modal, RichText, ScrollArea, Ui, Vec2};

use crate::model::{Item, Map};
use crate::publish::{Format, Scope};
use crate::scene::Ground;

use self::preview::Preview;
use self::withheld::Withheld;
use crate::app::App;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::question::ExportAnswer;
use crate::app::flow::exporting::Order;
use crate::app::ui::toast::Tone;
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
    /// Why the last attempt came to nothing.
    failure: Option<String>,
    /// Whether it has been drawn.
    has_focus: bool,
}

impl ExportDialog {
    fn new(map: &Arc<Map>, choices: ExportChoices) -> Self {
        Self {
            map: Arc::clone(map),
            choices,
            extent: Extent::default(),
            withheld: Withheld::new(map),
            preview: Preview::default(),
            failure: None,
            has_focus: false,
        }
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
    fn ui(&mut self, ctx: &Context, has_selection: bool, is_waiting: bool, commands: &mut Commands) {
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

    fn content_ui(&mut self, ui: &mut Ui, has_selection: bool) -> Option<ExportAnswer> {
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

    fn form_ui(&mut self, ui: &mut Ui, has_selection: bool) {
        form::choices_ui(ui, &mut self.choices);
        theme::hairline(ui);
        form::extent_ui(ui, &mut self.extent, has_selection);
        self.withheld.ui(ui, self.preview.review());
    }

    fn foot_ui(&mut self, ui: &mut Ui) -> Option<ExportAnswer> {
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

impl App {
    /// Opens the dialog with the remembered choices, the whole map and nothing withheld.
    pub(crate) fn open_export(&mut self, ctx: &Context) {
        egui::Popup::close_all(ctx);
        if self.export.is_none() {
            self.export = Some(ExportDialog::new(&self.session.document.map, self.settings.export.clone()));
        }
    }

    /// Keeps the preview up to date.
    pub(crate) fn poll_export(&mut self, ctx: &Context) {
        if self.export.as_ref().is_some_and(|dialog| !Arc::ptr_eq(&dialog.map, &self.session.document.map)) {
            // What was to be withheld was chosen for another map.
            self.export = None;
            self.notices.say(Tone::Told, "The map has changed, so the export was closed");
        }
        let order = self.export_order();
        if let (Some(dialog), Some(order)) = (&mut self.export, order)
            && self.stage.is_settled()
        {
            dialog.preview.refresh(ctx, &order, self.stage.fonts());
        }
    }

    /// Draws the dialog, if it is open and its picture is not being made.
    pub(crate) fn export_ui(&mut self, ctx: &Context) {
        let has_selection = self.selection.items().any(|item| matches!(item, Item::Actor(_) | Item::Tie(_)));
        let is_waiting = self.asked.is_some() || self.dialog.is_some();
        if let Some(dialog) = self.export.as_mut().filter(|_| self.picture.is_none()) {
            dialog.ui(ctx, has_selection, is_waiting, &mut self.commands);
        }
    }

    /// Does what was asked for in the dialog.
    pub(crate) fn take_export(&mut self, ctx: &Context, answer: ExportAnswer) {
        let order = self.export_order();
        let (Some(dialog), Some(order)) = (&mut self.export, order) else { return };
        dialog.failure = None;
        if answer != ExportAnswer::Cancel {
            self.settings.export = dialog.choices.clone();
        }
        match answer {
            ExportAnswer::Save => self.ask_where(ctx, order),
            ExportAnswer::Copy => self.copy_order(ctx, order),
            ExportAnswer::Cancel => self.export = None,
        }
    }

    /// The picture that the dialog describes.
    fn export_order(&self) -> Option<Order> {
        let dialog = self.export.as_ref()?;
        let scope = match dialog.extent {
            Extent::Whole => Scope::Whole,
            Extent::Selection => {
                let ties = self.selection.items().filter_map(|item| match item {
                    Item::Tie(tie) => Some(tie),
                    _ => None,
                });
                Scope::Only { actors: self.selection.actors().collect(), ties: ties.collect::<BTreeSet<_>>() }
            }
            Extent::InView => Scope::InView(self.canvas.seen_in_world()),
        };
        Some(Order {
            document: self.session.document.clone(),
            options: dialog.choices.options(scope, dialog.withheld.redaction.clone()),
            format: dialog.choices.format,
        })
    }
}
