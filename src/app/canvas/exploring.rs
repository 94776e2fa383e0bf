//! The buttons on cards that bring in the neighbors that are not shown.

use egui::{CursorIcon, Rect, Sense, Ui, WidgetInfo, WidgetType};

use crate::document::{MOST_AT_ONCE, NeighborChoice};
use crate::model::Item;
use crate::wording::{actor_name, counted};

use super::Canvas;
use super::camera::Transform;
use super::input::CanvasInput;
use crate::app::ask::command::{AppCommand, Commands};

impl Canvas {
    /// Adds a button over each number of neighbors that are not shown. It is not a tab stop, since the key of the
    /// action does the same for the actor that has the focus.
    pub(super) fn unseen_areas(&self, ui: &Ui, input: &CanvasInput<'_>, transform: Transform, commands: &mut Commands) {
        let Some(map_graph) = self.map_graph.as_ref().filter(|_| !self.is_overview()) else { return };
        let cards = input.labels.iter().flat_map(|of| &of.plan.cards);
        for card in cards.filter(|card| card.unseen() > 0 && self.labels.labeling.is_whole(card.actor)) {
            let item = Item::Actor(card.actor);
            let place = map_graph.center(item, input).and_then(|center| card.unseen_rect(center));
            let Some(rect) = place.filter(|_| input.document.map.has(item)) else { continue };
            let rect = Rect::from_min_max(transform.pos_in_screen(rect.min), transform.pos_in_screen(rect.max));
            if !ui.clip_rect().intersects(rect) {
                continue;
            }
            let response = ui.interact(rect, self.id.with(("unseen", item)), Sense::CLICK);
            let words = || {
                let neighbors = counted(card.unseen(), "neighbor", "neighbors");
                format!("Bring in {neighbors} of {}", actor_name(&input.document.map, card.actor))
            };
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, words()));
            if response.clicked() {
                commands.push(AppCommand::BringIn(vec![card.actor], NeighborChoice::All, MOST_AT_ONCE));
            }
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
                ui.label(words());
            });
        }
    }
}
