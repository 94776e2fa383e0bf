//! Dots at the ends of the selected tie: dragging one to another card changes that end.

use egui::{Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType};

use crate::layout::curve;
use crate::model::{ActorId, Ends, Item, TieId};
use crate::scene::{Part, Shape};

use super::{REACH, actor_at};
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::form::{FormPurpose, TieEnd};
use crate::app::canvas::Canvas;
use crate::app::canvas::camera::Transform;
use crate::app::canvas::drag::MovedEnd;
use crate::app::canvas::input::CanvasInput;

/// The diameter of a dot, in points.
const SIZE: f32 = 10.0;
/// The distance of a dot from the end of its lane along it, in points, so that it lies over neither card nor arrowhead.
const ALONG: f32 = 18.0;
/// The number of straight pieces by which a piece of a curve is measured.
const STEPS: usize = 16;

impl Canvas {
    /// Draws the dots of the selected tie, and the end that is being dragged.
    pub(super) fn tie_ends_ui(
        &mut self,
        ui: &Ui,
        view: Rect,
        input: &CanvasInput<'_>,
        transform: Transform,
        commands: &mut Commands,
    ) {
        let Some(selected) = self.selected_tie(input, transform) else {
            self.handles.moved_end = None;
            return;
        };
        let accent = ui.visuals().selection.stroke.color;
        let painter = ui.painter_at(view);
        for (end, center) in [(TieEnd::From, selected.dots[0]), (TieEnd::To, selected.dots[1])] {
            let area = Rect::from_center_size(center, Vec2::splat(REACH));
            let response = ui.interact(area, Id::new(("tie end", selected.tie, end)), Sense::click_and_drag());
            let names = selected.actors.map(|actor| input.document.map.actor(actor).name.as_str());
            let name = match end {
                TieEnd::From => format!("Start of {} → {}", names[0], names[1]),
                TieEnd::To => format!("End of {} → {}", names[0], names[1]),
            };
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
            let radius = if response.hovered() || response.dragged() { SIZE / 2.0 + 1.5 } else { SIZE / 2.0 };
            painter.circle(center, radius, ui.visuals().panel_fill, Stroke::new(2.0, accent));
            if response.clicked() {
                super::open(FormPurpose::End(selected.tie, end), commands);
            }
            if response.drag_started() {
                self.handles.moved_end = Some(MovedEnd { tie: selected.tie, end });
            }
            if response.drag_stopped() {
                let dropped = self.handles.moved_end.take().zip(ui.input(|it| it.pointer.interact_pos()));
                // egui stops a drag on Escape while the button is still down.
                let dropped = dropped.filter(|_| !ui.input(|it| it.pointer.any_down()));
                if let Some((moved, pos)) = dropped.filter(|(_, pos)| view.contains(*pos))
                    && let Some(actor) = actor_at(pos, input, transform)
                {
                    commands.push(AppCommand::MoveEnd(moved.tie, moved.end, actor));
                }
            }
        }
        let moved = self.handles.moved_end.filter(|moved| moved.tie == selected.tie);
        if let (Some(moved), Some(pointer)) = (moved, ui.input(|it| it.pointer.interact_pos())) {
            let target = actor_at(pointer, input, transform);
            if let Some(card) = target.and_then(|actor| self.card_in_screen(actor, input, transform)) {
                painter.rect_stroke(card.expand(4.0), 8.0, Stroke::new(2.0, accent), StrokeKind::Outside);
            }
            let stroke = Stroke::new(2.0, accent);
            match moved.end {
                TieEnd::From => painter.arrow(pointer, selected.dots[1] - pointer, stroke),
                TieEnd::To => painter.arrow(selected.dots[0], pointer - selected.dots[0], stroke),
            }
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
    }

    /// Returns the selected tie, if it is drawn as a lane of its own.
    fn selected_tie(&self, input: &CanvasInput<'_>, transform: Transform) -> Option<SelectedTie> {
        let Some(Item::Tie(tie)) = input.selection.single() else { return None };
        let Ends::Pair { from, to } = input.document.map.ties().get(tie)?.ends else { return None };
        let items = input.picker.items(Part::Lane(tie));
        let pieces = items.iter().flat_map(|(_, item)| &item.shapes).find_map(|shape| match shape {
            Shape::Curve { pieces, .. } => Some(pieces),
            _ => None,
        })?;
        let in_screen = |pos: Pos2| transform.pos_in_screen(pos);
        let mut way: Vec<Pos2> = curve::flatten(pieces, |_| STEPS).into_iter().map(in_screen).collect();
        // A lane may be drawn from its second actor to its first.
        let card = self.card_in_screen(from, input, transform)?;
        let is_nearer = |a: Pos2, b: Pos2| card.distance_to_pos(a) <= card.distance_to_pos(b);
        if from != to && !is_nearer(*way.first()?, *way.last()?) {
            way.reverse();
        }
        let first = along(&way.iter().copied());
        let last = along(&way.iter().rev().copied());
        Some(SelectedTie { tie, actors: [from, to], dots: [first?, last?] })
    }
}

struct SelectedTie {
    tie: TieId,
    actors: [ActorId; 2],
    /// The dots at its start and end, in screen coordinates.
    dots: [Pos2; 2],
}

/// Returns the point [`ALONG`] a way from its beginning, or its third if it is shorter than that.
fn along(way: &(impl Iterator<Item = Pos2> + Clone)) -> Option<Pos2> {
    let pairs = || way.clone().zip(way.clone().skip(1));
    let length: f32 = pairs().map(|(a, b)| a.distance(b)).sum();
    let mut left = ALONG.min(length / 3.0);
    for (a, b) in pairs() {
        let step = a.distance(b);
        if step >= left && step > 0.0 {
            return Some(a.lerp(b, left / step));
        }
        left -= step;
    }
    way.clone().next()
}
