//! Keyboard control of the canvas: walking along ties, and areas for focus and screen readers.

use egui::accesskit::Action;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType};

use crate::model::{Ends, Item};

use super::Canvas;
use super::camera::Transform;
use super::graph_contents::LEAST_HEIGHT;
use super::input::CanvasInput;
use super::map_graph::MapGraph;
use super::select::{choose, select};
use crate::app::ask::command::Commands;
use crate::app::ask::selection::Selection;

/// Cosine of the largest angle (75°) between the direction of an arrow key and a neighbor.
const WIDEST_TURN: f32 = 0.259;
/// Gap between an element and its focus ring, in points.
const RING_GAP: f32 = 5.0;

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
    /// Adds an area with an accessible name for each actor and tie.
    pub(super) fn areas(&self, ui: &Ui, input: &CanvasInput<'_>, transform: Transform) -> Focused {
        let mut focused = Focused::default();
        let Some(map_graph) = &self.map_graph else { return focused };
        let are_many = map_graph.is_part();
        let view = ui.clip_rect();
        for element in &map_graph.elements {
            let rect = Rect::from_min_max(
                transform.pos_in_screen(element.area.min),
                transform.pos_in_screen(element.area.max),
            );
            let is_small = transform.zoom < element.min_scale || rect.height() < LEAST_HEIGHT;
            if are_many && (is_small || !view.intersects(rect)) {
                continue;
            }
            let id = area_id(self.id, element.item);
            // The area only provides focus and a name; pointer input goes to the canvas, which picks by exact shape.
            let response = ui.interact(rect, id, Sense::focusable_noninteractive());
            response.widget_info(|| {
                let is_selected = input.selection.has(element.item);
                WidgetInfo::selected(WidgetType::Button, true, is_selected, (input.accessible_name)(element.item))
            });
            ui.ctx().accesskit_node_builder(id, |node| node.add_action(Action::Click));
            if ui.input(|it| it.has_accesskit_action_request(id, Action::Click)) {
                focused.clicked = Some(element.item);
            }
            if response.has_focus() {
                let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
                ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
                focused.element = Some((element.item, rect));
                focused.is_new = response.gained_focus();
            }
        }
        focused
    }

    /// Handles arrow keys, Enter and Space, unless something is in front or text is being typed. Shortcuts of actions
    /// are handled elsewhere.
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
            let pressed = |key| ui.input_mut(|it| it.consume_key(Modifiers::NONE, key));
            if pressed(Key::Enter) || pressed(Key::Space) {
                choose(item, input, commands);
            }
        }
        let is_ours = element.is_some() || ui.memory(|memory| memory.focused().is_none());
        if !is_ours {
            return;
        }
        let arrows = [
            (Key::ArrowLeft, Vec2::LEFT),
            (Key::ArrowRight, Vec2::RIGHT),
            (Key::ArrowUp, Vec2::UP),
            (Key::ArrowDown, Vec2::DOWN),
        ];
        for (key, direction) in arrows {
            if ui.input_mut(|it| it.consume_key(Modifiers::NONE, key)) {
                let from = element.filter(|_| self.shows_focus).or_else(|| input.selection.single()).or(element);
                let next = self
                    .map_graph
                    .as_ref()
                    .and_then(|map_graph| next(map_graph, input, from, direction, self.camera.goal().center));
                if let Some(item) = next {
                    select(Selection::one(item), input, commands);
                    self.shows_focus = true;
                    self.reveal(item);
                    self.focus_next = Some(item);
                }
            }
        }
    }

    /// Moves keyboard focus to an element.
    pub(super) fn focus(&self, ui: &Ui, item: Item) {
        ui.memory_mut(|memory| memory.request_focus(area_id(self.id, item)));
    }

    /// Draws a ring around the focused element, if the keyboard is in use.
    pub(super) fn draw_focus(&self, ui: &Ui, focused: Option<Rect>) {
        if let Some(rect) = focused.filter(|_| self.shows_focus) {
            let stroke = Stroke::new(1.5, ui.visuals().strong_text_color());
            ui.painter().rect_stroke(rect.expand(RING_GAP), 6.0, stroke, StrokeKind::Outside);
        }
    }
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
