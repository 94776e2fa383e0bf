//! The details panel on the right: what is stated about the selection, and by whom.

pub(crate) mod compare;
mod editing;
mod evidence;
mod questions;

use std::collections::BTreeMap;

use egui::{Align, Button, Frame, Label, Layout, Margin, Response, RichText, ScrollArea, Ui, WidgetInfo, WidgetType};

use crate::document::Document;
use crate::document::edit::TextEntry;
use crate::model::Item;
use crate::view::{Block, CitedSentence, DetailRow, Details, Line, Link, Mark, ProofQuestion, WebLink};
use crate::wording;

use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::ask::context::ActionContext;
use crate::app::ask::selection::Selection;
use crate::app::panels::context_menu::target_menu_ui;
use crate::app::panels::form::RecordForm;
use crate::app::ui::{icon, theme};

/// Width of the labels of rows, in points.
const LABEL_WIDTH: f32 = 88.0;

/// The width of a pencil and the space before it, in points.
const PENCIL_ROOM: f32 = 38.0;

/// What the parts of the details need besides their own content.
pub(crate) struct DetailsScope<'a> {
    pub(crate) document: &'a Document,
    pub(crate) now: &'a ActionContext,
    /// The record, if exactly one is selected.
    pub(crate) selected: Option<Item>,
    pub(crate) commands: &'a mut Commands,
    /// The open form, if it is drawn in the details.
    pub(crate) form: Option<&'a mut RecordForm>,
    /// Typed values that can't be read, by record and field.
    pub(crate) drafts: &'a BTreeMap<(Item, TextEntry), String>,
    /// Questions about evidence.
    pub(crate) questions: &'a [ProofQuestion],
}

impl DetailsScope<'_> {
    /// Shows the context menu of something that stands for a record, after a right click.
    fn menu_ui(&mut self, on: &Response, item: Item, quote: Option<&str>) {
        target_menu_ui(on, &Selection::one(item), quote, (self.document, self.now), self.commands);
    }
}

/// Draws the details of the selection.
pub(crate) fn details_ui(ui: &mut Ui, details: &Details, selection: &Selection, scope: &mut DetailsScope<'_>) {
    footer_ui(ui, details, scope);
    // Keyed by the selection, so that a new one starts scrolled to the top.
    let id = ui.id().with(("details", selection.single()));
    ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 16 }).show(ui, |ui| {
            if editing::stands_alone(scope) {
                return editing::form_here_ui(ui, scope);
            }
            header_ui(ui, details, scope);
            questions::questions_ui(ui, details.claim, scope);
            let mut piece = 0;
            for block in &details.blocks {
                block_ui(ui, block, scope);
                if let (Block::Evidence(_), Some(claim)) = (block, details.claim) {
                    editing::evidence_ui(ui, claim, piece, scope);
                    piece += 1;
                }
            }
            editing::empty_ui(ui, details, scope);
        });
    });
}

fn header_ui(ui: &mut Ui, details: &Details, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = 3.0;
    let title = ui.add(Label::new(theme::strong_text(&details.title, 17.0)).wrap().selectable(true));
    ui.ctx().accesskit_node_builder(title.id, |node| node.set_role(egui::accesskit::Role::Heading));
    editing::header_ui(ui, details, scope);
    if !details.subtitle.is_empty() {
        ui.add(Label::new(RichText::new(&details.subtitle).color(palette.weak)).wrap().selectable(true));
    }
    if let Some(figure) = &details.figure {
        ui.add_space(6.0);
        ui.add(Label::new(theme::strong_text(figure, 22.0).color(palette.accent)).wrap().selectable(true));
        if let Some(exact) = &details.exact_figure {
            ui.add(Label::new(RichText::new(exact).small().color(palette.weak)).wrap().selectable(true));
        }
    }
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 5.0;
    if !editing::is_at_row(details, scope) {
        editing::form_here_ui(ui, scope);
    }
}

fn block_ui(ui: &mut Ui, block: &Block, scope: &mut DetailsScope<'_>) {
    match block {
        Block::Heading(heading, remark) => heading_ui(ui, heading, remark),
        Block::Text(text) => {
            ui.add(Label::new(RichText::new(text).line_height(Some(19.0))).wrap().selectable(true));
            ui.add_space(3.0);
        }
        Block::Marks(marks) => marks_ui(ui, marks),
        Block::Row(row) if editing::is_open(row.entry, scope) => editing::form_here_ui(ui, scope),
        Block::Row(row) | Block::Private(row) => row_ui(ui, row, scope),
        Block::Line(line) => line_ui(ui, line, scope),
        Block::Cited(sentence) => sentence_ui(ui, sentence, scope),
        Block::Evidence(piece) => evidence::evidence_ui(ui, piece, scope),
    }
}

fn heading_ui(ui: &mut Ui, heading: &str, remark: &str) {
    ui.add_space(4.0);
    theme::hairline(ui);
    ui.horizontal_wrapped(|ui| {
        let response = ui.label(theme::strong_text(heading, 13.0));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
        ui.label(RichText::new(remark).small().color(theme::palette(ui).weak));
    });
}

fn marks_ui(ui: &mut Ui, marks: &[Mark]) {
    let palette = theme::palette(ui);
    ui.horizontal_wrapped(|ui| {
        for mark in marks {
            let frame = Frame::new().stroke(egui::Stroke::new(1.0, palette.warning)).corner_radius(10);
            frame.inner_margin(Margin::symmetric(8, 2)).show(ui, |ui| {
                ui.label(RichText::new(wording::capitalized(mark.text())).small().color(palette.warning));
            });
        }
    });
}

fn row_ui(ui: &mut Ui, row: &DetailRow, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    ui.horizontal_top(|ui| {
        let height = ui.text_style_height(&egui::TextStyle::Body);
        ui.allocate_ui_with_layout(egui::vec2(LABEL_WIDTH, height), Layout::left_to_right(Align::Min), |ui| {
            ui.set_width(LABEL_WIDTH);
            ui.add(Label::new(RichText::new(&*row.label).color(palette.weak)).wrap());
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            // A pencil behind a long value must not widen the panel.
            ui.set_max_width((ui.available_width() - PENCIL_ROOM).max(40.0));
            match &row.link {
                None => drop(ui.add(Label::new(&row.value).wrap().selectable(true))),
                Some(Link::Item(item)) => item_link_ui(ui, &row.value, *item, scope),
                Some(Link::Web(link)) => web_link_ui(ui, link, scope.commands),
            }
            if let Some(detail) = &row.detail {
                ui.add(Label::new(RichText::new(detail).small().color(palette.weak)).wrap().selectable(true));
            }
            editing::draft_ui(ui, row.entry, scope);
        });
        editing::pencil_ui(ui, row, scope);
    });
}

/// Draws a link that selects and reveals a record, with a context menu of its own.
fn item_link_ui(ui: &mut Ui, words: &str, item: Item, scope: &mut DetailsScope<'_>) {
    let response = plain_item_link_ui(ui, words, item, scope.commands);
    scope.menu_ui(&response, item, None);
}

/// Draws a link that selects and reveals a record.
fn plain_item_link_ui(ui: &mut Ui, words: &str, item: Item, commands: &mut Commands) -> Response {
    let text = RichText::new(words).color(theme::palette(ui).accent);
    let response = ui.add(Label::new(text).wrap().sense(egui::Sense::click()));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, words));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        go_to(item, commands);
    }
    response
}

/// Draws an address in full; it is a link only if it may be opened.
pub(super) fn web_link_ui(ui: &mut Ui, link: &WebLink, commands: &mut Commands) {
    if !link.is_openable {
        ui.add(Label::new(RichText::new(&link.shown).color(theme::palette(ui).weak)).wrap().selectable(true));
        return;
    }
    let accent = theme::palette(ui).accent;
    let mut words = egui::text::LayoutJob::default();
    RichText::new(&link.shown).color(accent).append_to(
        &mut words,
        ui.style(),
        egui::FontSelection::Default,
        Align::Center,
    );
    words.append("  ", 0.0, egui::TextFormat::default());
    theme::icon_text(icon::OPEN_OUTSIDE, 12.0).color(accent).append_to(
        &mut words,
        ui.style(),
        egui::FontSelection::Default,
        Align::Center,
    );
    let response = ui.add(Label::new(words).wrap().sense(egui::Sense::click()));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &link.shown));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(&link.shown);
    if response.clicked() {
        commands.push(AppCommand::OpenLink(link.url.clone()));
    }
}

fn go_to(item: Item, commands: &mut Commands) {
    commands.push(AppCommand::Select(Selection::one(item)));
    commands.push(AppCommand::Reveal(item));
}

fn line_ui(ui: &mut Ui, line: &Line, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    let marks: Vec<&str> = line.marks.iter().map(|mark| mark.text()).collect();
    let parts = std::iter::once(line.note.as_str()).chain(marks).filter(|part| !part.is_empty());
    let note = parts.collect::<Vec<_>>().join(" · ");
    let frame =
        Frame::new().corner_radius(6).inner_margin(Margin::symmetric(6, 3)).outer_margin(Margin::symmetric(-6, 0));
    let mut prepared = frame.begin(ui);
    {
        let ui = &mut prepared.content_ui;
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(Label::new(&line.text).wrap());
        if !note.is_empty() {
            let color = if line.marks.is_empty() { palette.weak } else { palette.warning };
            ui.add(Label::new(RichText::new(&note).small().color(color)).wrap());
        }
    }
    let response = prepared.allocate_space(ui);
    let response = ui.interact(response.rect, ui.id().with(("line", line.item, &line.text)), egui::Sense::click());
    if response.hovered() || response.has_focus() {
        prepared.frame.fill = palette.hover;
    }
    prepared.paint(ui);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, format!("{}, {note}", line.text)));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        go_to(line.item, scope.commands);
    }
    scope.menu_ui(&response, line.item, None);
}

/// Draws a sentence linked to its tie, followed by citation numbers linked to its sources.
fn sentence_ui(ui: &mut Ui, sentence: &CitedSentence, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let text = RichText::new(&sentence.text).line_height(Some(19.0));
        let response = ui.add(Label::new(text).wrap().sense(egui::Sense::click()));
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &sentence.text));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(
                response.rect.expand2(egui::vec2(4.0, 1.0)),
                4.0,
                palette.hover.gamma_multiply(0.5),
            );
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.clicked() {
            go_to(Item::Tie(sentence.tie), scope.commands);
        }
        scope.menu_ui(&response, Item::Tie(sentence.tie), None);
        for source in &sentence.sources {
            let number = format!("[{}]", source.number);
            let response = ui.add(
                Label::new(RichText::new(&number).color(palette.accent).line_height(Some(19.0)))
                    .sense(egui::Sense::click()),
            );
            let name = format!("{number} {}", source.name);
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &name));
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(&source.name);
            if response.clicked() {
                go_to(Item::Source(source.id), scope.commands);
            }
            scope.menu_ui(&response, Item::Source(source.id), None);
        }
    });
    ui.add_space(4.0);
}

/// Draws the buttons for an answer in a footer that stays visible.
fn answer_ui(ui: &mut Ui, answer: &str, commands: &mut Commands) {
    footer(ui, |ui| {
        if ui.button("Show on the map").on_hover_text(Action::Connection.tooltip()).clicked() {
            commands.push(AppCommand::Run(Action::Connection));
        }
        if ui.button("Copy answer").on_hover_text("The sentences with the numbers of their sources, as text").clicked()
        {
            commands.push(AppCommand::CopyText(answer.to_owned(), "the answer"));
        }
    });
}

/// Draws a row of small buttons below the details.
fn footer(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let frame = theme::panel_frame(ui, Margin::symmetric(14, 8));
    egui::Panel::bottom("citation").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().button_padding.x = 7.0;
            ui.style_mut().override_font_id = Some(egui::FontId::proportional(12.0));
            content(ui);
        });
    });
}

/// Draws the buttons for the selected record in a footer that stays visible.
fn footer_ui(ui: &mut Ui, details: &Details, scope: &mut DetailsScope<'_>) {
    if let Some(answer) = &details.answer {
        answer_ui(ui, answer, scope.commands);
    }
    if !scope.now.is_citable {
        return;
    }
    footer(ui, |ui| {
        for action in [Action::CopyCitation, Action::CopyForZotero, Action::OpenSource] {
            let button = ui.add_enabled(action.is_enabled(scope.now), Button::new(action.label()));
            let why = match (action, &scope.now.source_link) {
                (Action::OpenSource, Some(link)) => &link.shown,
                (Action::OpenSource, None) => "No source here has a link",
                _ => action.tooltip(),
            };
            if button.on_hover_text(why).on_disabled_hover_text(why).clicked() {
                scope.commands.push(AppCommand::Run(action));
            }
        }
    });
}
