//! The lists on the left: actors, ties and sources, with their filters.

mod areas;
mod bounds;
pub(crate) mod duplicates;
mod filters;
mod measures;
mod rows;

use egui::{Button, Frame, Margin, ScrollArea, Ui, WidgetInfo, WidgetType};

use crate::analysis::ActorMeasure;
use crate::document::Document;
use crate::model::Item;
use crate::view::{Facets, Lists};
use crate::wording::number;

use crate::app::ask::command::Commands;
use crate::app::ask::context::ActionContext;
use crate::app::ask::selection::Selection;
use crate::app::panels::data::Panels;
use crate::app::ui::theme;

pub(crate) use areas::AreaRow;

/// The visible list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    /// Actors, those with the most ties first.
    #[default]
    Actors,
    /// Ties, in file order.
    Ties,
    /// Cited sources by number, followed by uncited ones.
    Sources,
    /// Areas of a large map, the largest first.
    Areas,
}

/// State of the lists, kept between frames.
#[derive(Default)]
pub(crate) struct SidePanel {
    tab: Tab,
    /// What the actors are sorted by.
    measure: ActorMeasure,
    /// The last single selection, so that only a new one scrolls its list.
    scrolled_to: Option<Item>,
}

impl SidePanel {
    /// Returns what the actors are sorted by.
    pub(crate) fn measure(&self) -> ActorMeasure {
        self.measure
    }

    /// Sorts the actors by this.
    pub(crate) fn set_measure(&mut self, by: ActorMeasure) {
        self.measure = by;
    }
}

/// Draws the lists; `areas` are those of a large map.
pub(crate) fn side_ui(
    ui: &mut Ui,
    side: &mut SidePanel,
    (panels, areas): (&Panels, &[AreaRow]),
    document: &Document,
    selected: (&Selection, &ActionContext),
    commands: &mut Commands,
) {
    let (selection, now) = selected;
    if side.tab == Tab::Areas && areas.is_empty() {
        side.tab = Tab::Actors;
    }
    tabs_ui(ui, &mut side.tab, &panels.derived.lists, areas.len());
    if panels.is_listing() {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.weak("Listing the records…");
        });
        return;
    }
    filters_ui(ui, side.tab, &panels.derived.figures.facets, document, commands);
    let single = selection.single();
    let scroll_to = single.filter(|_| side.scrolled_to != single);
    side.scrolled_to = single;
    let lists = rows::Context { document, selection, now, scroll_to };
    match side.tab {
        Tab::Actors => {
            let measured = panels.measured_by(&document.map, side.measure);
            measures::heading_ui(ui, &mut side.measure, measured.map(|list| &list.measured), rows::COUNT_MARGIN);
            let by = measured.map(|list| (side.measure, list));
            lists.actors_ui(ui, &panels.derived.lists.actors, by, commands);
        }
        Tab::Areas => areas::areas_ui(ui, areas, commands),
        Tab::Ties => lists.ties_ui(ui, &panels.derived.lists.ties, commands),
        Tab::Sources => lists.sources_ui(ui, &panels.derived.lists.sources, commands),
    }
}

fn tabs_ui(ui: &mut Ui, tab: &mut Tab, lists: &Lists, areas: usize) {
    let frame = Frame::new().inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 0 });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            ui.spacing_mut().button_padding.x = 0.0;
            let tabs = [
                (Tab::Actors, "Actors", lists.actors.len()),
                (Tab::Ties, "Ties", lists.ties.len()),
                (Tab::Sources, "Sources", lists.sources.len()),
                (Tab::Areas, "Areas", areas),
            ];
            for (this, name, count) in tabs.into_iter().filter(|(this, _, count)| *this != Tab::Areas || *count > 0) {
                if tab_ui(ui, name, count, *tab == this) {
                    *tab = this;
                }
            }
        });
    });
    let line = ui.max_rect().x_range();
    let y = ui.cursor().top() - 0.5;
    ui.painter().hline(line, y, egui::Stroke::new(1.0, theme::palette(ui).hairline));
    ui.add_space(4.0);
}

/// Draws a tab; returns `true` if it was clicked.
fn tab_ui(ui: &mut Ui, name: &str, count: usize, is_on: bool) -> bool {
    let palette = theme::palette(ui);
    let color = if is_on { palette.text } else { palette.weak };
    let text = theme::strong_text(name, 13.0).color(color);
    let response = ui.add(Button::new(text).frame(false).min_size(egui::vec2(0.0, 32.0)));
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_on, name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Tab));
    if is_on {
        let stroke = egui::Stroke::new(2.0, palette.accent);
        ui.painter().hline(response.rect.x_range(), response.rect.bottom() + 1.0, stroke);
    }
    response.on_hover_text(format!("{} in the map", number(count))).clicked()
}

/// Draws all filters, starting with those of the visible list.
fn filters_ui(ui: &mut Ui, tab: Tab, facets: &Facets, document: &Document, commands: &mut Commands) {
    let group = |name, rows, counted| filters::FilterGroup { name, is_open: true, rows, counted };
    let actors = group("Kinds of actors", &facets.actor_kinds, filters::ACTORS);
    let ties = group("Kinds of ties", &facets.tie_kinds, filters::TIES);
    let sources = group("Kinds of sources", &facets.sources, filters::TIES);
    let stages = filters::FilterGroup { is_open: false, ..group("Stage", &facets.stages, filters::TIES) };
    let statuses = filters::FilterGroup { is_open: false, ..group("Status", &facets.statuses, filters::TIES) };
    let groups = match tab {
        Tab::Actors | Tab::Areas => [actors, ties, sources, stages, statuses],
        Tab::Ties => [ties, sources, stages, statuses, actors],
        Tab::Sources => [sources, ties, stages, statuses, actors],
    };
    let most = (ui.available_height() * 0.5).max(120.0);
    Frame::new().inner_margin(Margin { left: 12, right: 12, top: 0, bottom: 0 }).show(ui, |ui| {
        ui.add_space(4.0);
        ScrollArea::vertical().id_salt("filters").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            // The counts end where those of the list below end, and leave room for the scroll bar.
            ui.set_max_width(ui.available_width() - (rows::COUNT_MARGIN - 12.0));
            for group in groups {
                filters::group_ui(ui, &group, document, commands);
            }
            bounds::bounds_ui(ui, facets.has_weights, document, commands);
        });
    });
    theme::hairline(ui);
}
