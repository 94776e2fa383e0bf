//! Keyboard control of the canvas: walking over actors and along ties, and areas for focus and screen readers.
//!
//! The canvas is one stop of Tab, followed by its actors in file order, whatever is selected and wherever the view is;
//! after the last one Tab leaves the canvas, and before the first one Shift+Tab does. Ties are reached from their
//! actors, so that hundreds of them don't lie between the canvas and the rest of the window.

use egui::accesskit::Action;
use egui::{
    Context, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    WidgetType,
};

use crate::model::{ActorId, Ends, Item, TieId};

use super::Canvas;
use super::camera::Transform;
use super::graph_contents::MIN_HEIGHT;
use super::input::CanvasInput;
use super::map_graph::{Element, MapGraph};
use super::select::{FocusTarget, choose};
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::selection::Selection;
use crate::app::ui::events::take_presses;

/// Cosine of the largest angle (75°) between the direction of an arrow key and a neighbor.
const WIDEST_TURN: f32 = 0.259;
/// Gap between an element and its focus ring, in points.
const RING_GAP: f32 = 5.0;
/// The keys of the canvas, which egui must not use to move the focus.
const WALKING: EventFilter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
/// What a screen reader says about the canvas.
const HELP: &str = "Tab walks over the actors, arrow keys along ties, Page Down and Page Up over the ties of an actor";

/// The result of handling the areas in one frame.
#[derive(Default)]
pub(super) struct Focused {
    /// The element with keyboard focus and its rectangle on screen.
    pub(super) element: Option<(Item, Rect)>,
    /// Whether it has just gained the focus.
    pub(super) is_new: bool,
    /// The element clicked by a screen reader.
    pub(super) clicked: Option<Item>,
}

/// Returns the widget id of an element's area.
fn area_id(canvas: Id, item: Item) -> Id {
    canvas.with(item)
}

impl Canvas {
    /// Makes the canvas a stop of Tab. It has the focus whenever nothing else has, so that Tab starts here.
    pub(super) fn describe(ui: &Ui, response: &Response, input: &CanvasInput<'_>) {
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Map"));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(HELP));
        if input.has_keys && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        if response.has_focus() {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, WALKING));
        }
    }

    /// Gives the keyboard focus back to the canvas itself.
    pub(crate) fn leave_element(&mut self) {
        self.focus_next = Some(FocusTarget::Canvas);
    }

    /// Returns the area of what is drawn of an element: of a card seen from afar, the dot with its name.
    pub(super) fn drawn_area(&self, (item, area): (Item, Rect), transform: Transform) -> Rect {
        let drawn = match item {
            Item::Actor(actor) => self.labels.labeling.card_bounds(actor),
            _ => None,
        };
        drawn.map_or(area, |drawn| {
            Rect::from_min_max(transform.pos_in_screen(drawn.min), transform.pos_in_screen(drawn.max))
        })
    }

    /// Returns the element that has the keyboard focus.
    pub(crate) fn focused_item(&self) -> Option<Item> {
        self.focused.map(|(item, _)| item)
    }

    /// Returns where a menu of the selected elements opens on screen: below the one with the keyboard focus or else the
    /// first in view, or in the middle of the canvas.
    pub(crate) fn menu_anchor(&self, ctx: &Context, selection: &Selection) -> Pos2 {
        let transform = self.camera.transform(self.view, ctx.pixels_per_point());
        let in_screen =
            |rect: Rect| Rect::from_min_max(transform.pos_in_screen(rect.min), transform.pos_in_screen(rect.max));
        let focused = self.focused.filter(|(item, _)| selection.has(*item)).map(|(_, rect)| rect);
        let elements = self.map_graph.iter().flat_map(|graph| &graph.elements);
        let mut selected =
            elements.filter(|element| selection.has(element.item)).map(|element| in_screen(element.area));
        let rect = focused.or_else(|| selected.find(|rect| self.view.contains(rect.center())));
        rect.map_or(self.view.center(), |rect| self.view.clamp(rect.center_bottom()))
    }

    /// Adds an area with an accessible name for each actor and tie.
    pub(super) fn areas(&self, ui: &Ui, input: &CanvasInput<'_>, transform: Transform) -> Focused {
        let mut focused = Focused::default();
        let Some(map_graph) = &self.map_graph else { return focused };
        let are_many = map_graph.is_part();
        let view = ui.clip_rect();
        let mut add = |element: &Element| {
            let placed = match element.item {
                Item::Tie(tie) => self.labels.labeling.label_frame(tie),
                _ => None,
            };
            let area = placed.unwrap_or(element.area);
            let rect = Rect::from_min_max(transform.pos_in_screen(area.min), transform.pos_in_screen(area.max));
            let is_small = transform.zoom < element.min_scale || rect.height() < MIN_HEIGHT;
            if !(are_many && (is_small || !view.intersects(rect))) {
                self.area(ui, element.item, rect, input, &mut focused);
            }
        };
        let focused_tie = self.focused_tie(ui, map_graph);
        let is_focused = |element: &&Element| focused_tie.is_some_and(|(tie, _)| element.item == Item::Tie(tie));
        let around = focused_tie.and_then(|(tie, _)| self.turning_point(tie, map_graph, input));
        for element in map_graph.elements.iter().filter(|element| !is_focused(element)) {
            add(element);
            // Tab goes on from the actor whose ties are walked.
            if around.is_some_and(|actor| element.item == Item::Actor(actor)) {
                map_graph.elements.iter().find(is_focused).into_iter().for_each(&mut add);
            }
        }
        if around.is_none() {
            map_graph.elements.iter().find(is_focused).into_iter().for_each(&mut add);
        }
        focused
    }

    /// Adds the area of one element.
    fn area(&self, ui: &Ui, item: Item, rect: Rect, input: &CanvasInput<'_>, focused: &mut Focused) {
        let id = area_id(self.id, item);
        let is_asked = |request| ui.input(|it| it.has_accesskit_action_request(id, request));
        let is_stop = matches!(item, Item::Actor(_)) || ui.memory(|memory| memory.has_focus(id));
        // The area only provides focus and a name; pointer input goes to the canvas, which picks by exact shape.
        let sense = if is_stop { Sense::focusable_noninteractive() } else { Sense::empty() };
        let response = ui.interact(rect, id, sense);
        response.widget_info(|| {
            let is_selected = input.selection.has(item);
            WidgetInfo::selected(WidgetType::Button, true, is_selected, (input.accessible_name)(item))
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(Action::Click);
            node.add_action(Action::Focus);
        });
        if is_asked(Action::Click) {
            focused.clicked = Some(item);
        }
        if !is_stop && is_asked(Action::Focus) {
            response.request_focus();
        }
        if response.has_focus() {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, WALKING));
            focused.element = Some((item, rect));
            focused.is_new = response.gained_focus();
        }
    }

    /// Returns the tie with the keyboard focus and its area.
    fn focused_tie(&self, ui: &Ui, map_graph: &MapGraph) -> Option<(TieId, Rect)> {
        let has_focus = |item: Item| ui.memory(|memory| memory.has_focus(area_id(self.id, item)));
        map_graph.elements.iter().find_map(|element| match element.item {
            Item::Tie(tie) if has_focus(element.item) => Some((tie, element.area)),
            _ => None,
        })
    }

    /// Returns the actor whose ties are walked: the one that was walked from, otherwise an end of the tie.
    fn turning_point(&self, tie: TieId, map_graph: &MapGraph, input: &CanvasInput<'_>) -> Option<ActorId> {
        let ends = input.document.map.tie(tie).ends.actors();
        let walked = self.walked_around.filter(|actor| ends.contains(actor));
        walked.or_else(|| ends.into_iter().find(|actor| map_graph.has(Item::Actor(*actor), input)))
    }

    /// Handles the keys of the canvas, unless something is in front or text is being typed. Shortcuts of actions are
    /// handled elsewhere.
    pub(super) fn keys(&mut self, ui: &Ui, input: &CanvasInput<'_>, focused: &Focused, commands: &mut Commands) {
        if !input.has_keys {
            return;
        }
        if let Some(item) = focused.clicked {
            choose(item, input, commands);
        }
        if ui.input(|it| it.key_pressed(Key::Tab)) {
            self.shows_focus = true;
        }
        if let Some((item, _)) = focused.element.filter(|_| focused.is_new && self.shows_focus) {
            self.reveal(item);
        }
        if ui.ctx().text_edit_focused() || ui.ctx().any_popup_open() {
            return;
        }
        let element = focused.element.map(|(item, _)| item);
        if let Some(item) = element {
            let choosing = [Key::Enter, Key::Space];
            for _ in take_presses(ui.ctx(), Modifiers::NONE, &choosing) {
                choose(item, input, commands);
            }
            for _ in take_presses(ui.ctx(), Modifiers::COMMAND, &choosing) {
                commands.push(AppCommand::ToggleSelected(item));
            }
        }
        let is_ours = element.is_some() || ui.memory(|memory| memory.focused().is_none_or(|id| id == self.id));
        if !is_ours {
            return;
        }
        let keys = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::PageUp, Key::PageDown];
        let mut from = element.filter(|_| self.shows_focus).or_else(|| input.selection.single()).or(element);
        for key in take_presses(ui.ctx(), Modifiers::NONE, &keys) {
            if let Some(item) = self.step(key, from, input) {
                // Not compared with the selection of this frame, which an earlier key of the frame has changed.
                commands.push(AppCommand::Select(Selection::one(item)));
                self.shows_focus = true;
                self.reveal(item);
                self.focus_next = Some(FocusTarget::Element(item));
                from = Some(item);
            }
        }
    }

    /// Returns the target of a key of the canvas.
    fn step(&mut self, key: Key, from: Option<Item>, input: &CanvasInput<'_>) -> Option<Item> {
        let map_graph = self.map_graph.as_ref()?;
        let direction = match key {
            Key::ArrowLeft => Vec2::LEFT,
            Key::ArrowRight => Vec2::RIGHT,
            Key::ArrowUp => Vec2::UP,
            Key::ArrowDown => Vec2::DOWN,
            _ => {
                let (actor, tie) = match from? {
                    Item::Actor(actor) => (actor, None),
                    Item::Tie(tie) => (self.turning_point(tie, map_graph, input)?, Some(tie)),
                    Item::Fact(_) | Item::Source(_) => return None,
                };
                let next = next_tie(map_graph, input, actor, tie, key == Key::PageDown)?;
                self.walked_around = Some(actor);
                return Some(Item::Tie(next));
            }
        };
        next(map_graph, input, from, direction, self.camera.goal().center)
    }

    /// Moves keyboard focus to an element, or to the canvas itself.
    pub(super) fn focus(&self, ui: &Ui, target: FocusTarget) {
        let id = match target {
            FocusTarget::Canvas => self.id,
            FocusTarget::Element(item) => area_id(self.id, item),
        };
        ui.memory_mut(|memory| memory.request_focus(id));
    }

    /// Draws a ring around the focused element, or inside the focused canvas, if the keyboard is in use.
    pub(super) fn draw_focus(&self, ui: &Ui, view: Rect, element: Option<Rect>) {
        let canvas = ui.memory(|memory| memory.has_focus(self.id)).then(|| view.shrink(2.0 * RING_GAP));
        if let Some(rect) = element.or(canvas).filter(|_| self.shows_focus) {
            let stroke = Stroke::new(1.5, ui.visuals().strong_text_color());
            ui.painter().rect_stroke(rect.expand(RING_GAP), 6.0, stroke, StrokeKind::Outside);
        }
    }
}

/// Returns the tie of an actor after or before another one, in file order; from none the first or last one.
fn next_tie(
    map_graph: &MapGraph,
    input: &CanvasInput<'_>,
    actor: ActorId,
    from: Option<TieId>,
    is_forward: bool,
) -> Option<TieId> {
    let drawn = map_graph.elements.iter().filter_map(|element| match element.item {
        Item::Tie(tie) if input.document.map.tie(tie).ends.actors().contains(&actor) => Some(tie),
        _ => None,
    });
    let ties: Vec<TieId> = drawn.collect();
    let (count, at) = (ties.len(), ties.iter().position(|tie| Some(*tie) == from));
    let next = match (at, is_forward) {
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
    };
    ties.get(next).copied()
}

/// Returns the target of an arrow key: from an actor the neighbor closest to its direction, from a tie one of its ends,
/// otherwise the actor nearest to the center of the view.
fn next(
    map_graph: &MapGraph,
    input: &CanvasInput<'_>,
    from: Option<Item>,
    direction: Vec2,
    center: egui::Pos2,
) -> Option<Item> {
    let map = &input.document.map;
    let Some((from, start)) = from.and_then(|item| Some((item, map_graph.center(item, input)?))) else {
        let actors = map_graph.elements.iter().filter(|element| matches!(element.item, Item::Actor(_)));
        let distance = |element: &&super::map_graph::Element| element.area.center().distance_sq(center);
        return actors.min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|element| element.item);
    };
    let candidates: Vec<Item> = match from {
        Item::Actor(actor) => {
            let ties = map.ties_of(actor).iter().filter(|tie| map_graph.has(Item::Tie(**tie), input));
            let ends = ties.flat_map(|tie| map.tie(*tie).ends.actors());
            ends.filter(|other| *other != actor).map(Item::Actor).collect()
        }
        Item::Tie(tie) => {
            let ends = &map.tie(tie).ends;
            if let Ends::Pair { from, to } = ends
                && from == to
            {
                return Some(Item::Actor(*from));
            }
            ends.actors().into_iter().map(Item::Actor).collect()
        }
        Item::Fact(_) | Item::Source(_) => Vec::new(),
    };
    let scored = candidates.into_iter().filter_map(|item| {
        let way = map_graph.center(item, input)? - start;
        let straightness = way.normalized().dot(direction);
        // Direction matters more than distance; of two neighbors straight ahead, the nearer one wins.
        (straightness > WIDEST_TURN).then_some((item, way.length() * (2.0 - straightness)))
    });
    scored.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(item, _)| item)
}
