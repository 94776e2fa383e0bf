//! Sources dragged from their list onto a tie, which cites them.

use egui::{DragAndDrop, Rect, Stroke, StrokeKind, Tooltip, Ui};

use crate::model::{Item, SourceId};
use crate::scene::Part;
use crate::wording::{source_name, tie_title};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::canvas::Canvas;
use crate::app::canvas::camera::Transform;
use crate::app::canvas::input::CanvasInput;

/// By how much the pointer may miss a lane, in points.
const TOLERANCE: f32 = 8.0;

impl Canvas {
    /// Shows the tie that a dragged source would be cited for, and cites it when it is dropped.
    pub(super) fn dropped_source_ui(
        &self,
        ui: &Ui,
        view: Rect,
        input: &CanvasInput<'_>,
        transform: Transform,
        commands: &mut Commands,
    ) {
        let Some(source) = DragAndDrop::payload::<SourceId>(ui.ctx()).map(|source| *source) else { return };
        let map = &input.document.map;
        let pointer = ui.input(|it| it.pointer.interact_pos()).filter(|pos| view.contains(*pos));
        let Some(pointer) = pointer.filter(|_| map.sources().has(source)) else { return };
        let part = input.picker.pick(transform.pos_in_world(pointer), TOLERANCE / transform.zoom);
        let (Some(Part::Lane(tie) | Part::Pill(tie)), Some(graph)) = (part, &self.map_graph) else { return };
        if !map.ties().has(tie) {
            return;
        }
        if ui.input(|it| it.pointer.any_released()) {
            DragAndDrop::clear_payload(ui.ctx());
            commands.push(AppCommand::CiteDropped(source, tie));
            return;
        }
        let accent = ui.visuals().selection.stroke.color;
        if let Some(center) = graph.center(Item::Tie(tie), input) {
            let around = Rect::from_center_size(transform.pos_in_screen(center), egui::vec2(24.0, 24.0));
            ui.painter_at(view).rect_stroke(around, 12.0, Stroke::new(2.0, accent), StrokeKind::Outside);
        }
        let words = format!("Cite {} for {}", source_name(map, source), tie_title(map, tie));
        Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), ui.id().with("dropped"), egui::PopupAnchor::Pointer)
            .gap(14.0)
            .show(|ui| ui.label(words));
        ui.ctx().set_cursor_icon(egui::CursorIcon::Copy);
    }
}
