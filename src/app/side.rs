//! The lists at the left: actors, ties and sources, with what filters them.

mod filters;
mod rows;

use std::sync::Arc;

use egui::{Frame, Margin, ScrollArea, Ui};

use crate::document::{Document, Shown};
use crate::model::{Item, Map};

use super::command::Commands;
use super::selection::Selection;
use super::theme;

/// Which list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    /// Actors, the most tied first.
    #[default]
    Actors,
    /// Ties, in the file's order.
    Ties,
    /// Sources by their numbers, then those that nothing cites.
    Sources,
}

/// What the lists remember between frames.
#[derive(Default)]
pub(crate) struct Side {
    tab: Tab,
    /// The map that the order was made for, and the order of each list.
    ordered: Option<(Arc<Map>, Orders)>,
    /// What was selected last, so that a new selection scrolls its list.
    scrolled_to: Option<Item>,
}

/// The orders of the lists.
struct Orders {
    actors: Vec<Item>,
    ties: Vec<Item>,
    sources: Vec<Item>,
}

impl Orders {
    fn of(map: &Map) -> Self {
        let mut actors: Vec<_> = map.actor_ids().collect();
        actors.sort_by_cached_key(|id| (usize::MAX - map.ties_of(*id).len(), map.actor(*id).name.to_lowercase(), *id));
        let uncited = map.source_ids().filter(|id| map.citation_number(*id).is_none());
        Self {
            actors: actors.into_iter().map(Item::Actor).collect(),
            ties: map.tie_ids().map(Item::Tie).collect(),
            sources: map.cited_sources().iter().copied().chain(uncited).map(Item::Source).collect(),
        }
    }
}

/// Draws the lists.
pub(crate) fn side_ui(
    ui: &mut Ui,
    side: &mut Side,
    document: &Document,
    shown: &Shown,
    selection: &Selection,
    commands: &mut Commands,
) {
    tabs_ui(ui, &mut side.tab, &document.map);
    if !side.ordered.as_ref().is_some_and(|(map, _)| Arc::ptr_eq(map, &document.map)) {
        side.ordered = Some((Arc::clone(&document.map), Orders::of(&document.map)));
    }
    Frame::new().inner_margin(Margin { left: 12, right: 6, top: 0, bottom: 0 }).show(ui, |ui| {
        filters_ui(ui, side.tab, document, commands);
    });
    let Some((_, orders)) = &side.ordered else { return };
    let items = match side.tab {
        Tab::Actors => &orders.actors,
        Tab::Ties => &orders.ties,
        Tab::Sources => &orders.sources,
    };
    let single = selection.single();
    let scroll_to = single.filter(|item| side.scrolled_to != Some(*item));
    side.scrolled_to = single;
    rows::list_ui(ui, items, &rows::Look { document, shown, selection }, scroll_to, commands);
}

fn tabs_ui(ui: &mut Ui, tab: &mut Tab, map: &Map) {
    let frame = Frame::new().inner_margin(Margin { left: 8, right: 8, top: 8, bottom: 2 });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let tabs = [
                (Tab::Actors, "Actors", map.actors.len()),
                (Tab::Ties, "Ties", map.ties.len()),
                (Tab::Sources, "Sources", map.sources.len()),
            ];
            for (this, name, count) in tabs {
                let is_on = *tab == this;
                let color = if is_on { theme::palette(ui).accent } else { theme::palette(ui).weak };
                let text = theme::strong_text(name, 13.0).color(color);
                let response = ui.add(egui::Button::new(text).frame(false).min_size(egui::vec2(0.0, 28.0)));
                let response = response.on_hover_text(format!("{count} in the map"));
                response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::SelectableLabel, true, is_on, name));
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Tab));
                if is_on {
                    let line = response.rect.x_range().shrink(4.0);
                    let stroke = egui::Stroke::new(2.0, theme::palette(ui).accent);
                    ui.painter().hline(line, response.rect.bottom(), stroke);
                }
                if response.clicked() {
                    *tab = this;
                }
            }
        });
    });
}

fn filters_ui(ui: &mut Ui, tab: Tab, document: &Document, commands: &mut Commands) {
    if tab == Tab::Sources {
        return;
    }
    let most = (ui.available_height() * 0.5).max(120.0);
    ScrollArea::vertical().id_salt("filters").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        match tab {
            Tab::Actors => filters::actor_kinds_ui(ui, document, commands),
            Tab::Ties => filters::ties_ui(ui, document, commands),
            Tab::Sources => {}
        }
    });
}
