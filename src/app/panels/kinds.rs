//! The list of kinds: names, verbs, directions, colors and icons of the vocabulary.

mod color;
mod icons;
mod row;

use egui::{Align2, Context, RichText, ScrollArea, TextEdit, Ui, Vec2, WidgetInfo, WidgetType};

use crate::document::edit::{KindRef, KindValue};
use crate::model::Map;

use crate::app::ask::command::{AppCommand, Commands, KindRequest};
use crate::app::ui::widgets::floating_list;
use crate::app::ui::{icon, theme};
use row::{RowState, row_ui};

/// The columns of a list: the left edge of each and its title.
const COLUMNS: [(f32, &str); 5] = [(64.0, "Name"), (226.0, "Verb"), (388.0, "Directed"), (470.0, "Used"), (520.0, "")];
/// The size of the window at first, in points.
const WIDTH: f32 = 610.0;
const HEIGHT: f32 = 560.0;

/// The state of the list of kinds.
#[derive(Default)]
pub(crate) struct KindList {
    is_open: bool,
    /// The text that is being typed.
    row: RowState,
    /// The names of new kinds, of ties and of actors.
    new: [String; 2],
}

impl KindList {
    /// Opens or closes the list.
    pub(crate) fn toggle(&mut self) {
        *self = Self { is_open: !self.is_open, ..Self::default() };
    }

    /// Returns whether the list is open.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Returns whether a text is being typed.
    pub(crate) fn is_typing(&self) -> bool {
        self.row.is_typing()
    }

    /// Cancels the text that is being typed.
    pub(crate) fn give_up_text(&mut self) {
        self.row.give_up();
    }

    /// Closes the list.
    pub(crate) fn close(&mut self) {
        *self = Self::default();
    }

    /// Draws the list over the canvas.
    pub(crate) fn ui(&mut self, ctx: &Context, map: &Map, commands: &mut Commands) {
        if !self.is_open {
            return;
        }
        let middle = (Align2::CENTER_CENTER, ctx.content_rect().center());
        let is_open = floating_list(ctx, "Kinds", Vec2::new(WIDTH, HEIGHT), middle, |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                self.section_ui(ui, "Kinds of ties", true, map, commands);
                ui.add_space(10.0);
                self.section_ui(ui, "Kinds of actors", false, map, commands);
            });
        });
        if !is_open {
            self.close();
        }
    }

    fn section_ui(&mut self, ui: &mut Ui, title: &str, is_of_ties: bool, map: &Map, commands: &mut Commands) {
        let weak = theme::palette(ui).weak;
        ui.label(theme::strong_text(title, 13.0));
        let kinds: Vec<KindRef> = if is_of_ties {
            map.tie_kinds().ids().map(KindRef::Tie).collect()
        } else {
            map.actor_kinds().ids().map(KindRef::Actor).collect()
        };
        if !kinds.is_empty() {
            let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 14.0), egui::Sense::hover());
            for (left, title) in COLUMNS.iter().filter(|(_, title)| is_of_ties || matches!(*title, "Name" | "Used")) {
                let at = egui::pos2(rect.left() + left, rect.center().y);
                ui.painter().text(at, Align2::LEFT_CENTER, *title, egui::FontId::proportional(11.0), weak);
            }
        }
        for kind in kinds {
            if let Some(value) = row_ui(ui, kind, map, &mut self.row, commands) {
                commands.push(AppCommand::Kind(KindRequest::Set(kind, value)));
            }
        }
        self.new_ui(ui, is_of_ties, commands);
    }

    fn new_ui(&mut self, ui: &mut Ui, is_of_ties: bool, commands: &mut Commands) {
        let (name, hint) = if is_of_ties {
            ("New kind of tie", "New kind of tie, such as grant")
        } else {
            ("New kind of actor", "New kind of actor, such as foundation")
        };
        ui.horizontal(|ui| {
            ui.add_space(COLUMNS[0].0 - ui.spacing().item_spacing.x);
            let text = &mut self.new[usize::from(is_of_ties)];
            let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(260.0));
            let value = text.clone();
            field.widget_info(|| WidgetInfo {
                label: Some(name.to_owned()),
                current_text_value: Some(value.clone()),
                ..WidgetInfo::new(WidgetType::TextEdit)
            });
            let is_named = !text.trim().is_empty();
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let add = ui.add_enabled(is_named, egui::Button::new("Add"));
            if is_named && (add.clicked() || is_entered) {
                commands.push(AppCommand::Kind(KindRequest::Add { label: text.trim().to_owned(), is_of_ties }));
                text.clear();
            }
        });
    }
}

/// Draws the sign of a kind without an icon as a dot.
fn icon_of(name: Option<&str>) -> char {
    name.and_then(crate::text::icon).unwrap_or(icon::DOT)
}

/// Draws a weak remark.
fn remark_ui(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(11.5).color(theme::palette(ui).weak));
}

/// Returns a value unless the kind has it already.
fn changed<T: PartialEq>(is: T, was: &T, value: impl FnOnce(T) -> KindValue) -> Option<KindValue> {
    (is != *was).then(|| value(is))
}
