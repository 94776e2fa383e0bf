//! The zoom buttons in the corner of the canvas.

use egui::{Align, Align2, Button, Frame, Layout, Margin, Rect, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType};

use super::labels::STRIP;
use super::{Canvas, ZOOM_STEP};

/// Size of the whole row, in points.
const SIZE: Vec2 = Vec2::new(164.0, STRIP - MARGIN);
/// Distance from the corner of the canvas, in points.
const MARGIN: f32 = 12.0;

/// Returns the rectangle of the zoom buttons, or `None` if the canvas is too small for them.
pub(super) fn rect(view: Rect) -> Option<Rect> {
    let has_room = view.width() >= SIZE.x + 2.0 * MARGIN && view.height() >= SIZE.y + 2.0 * MARGIN;
    has_room.then(|| Align2::RIGHT_BOTTOM.align_size_within_rect(SIZE, view.shrink(MARGIN)))
}

impl Canvas {
    /// Draws the zoom buttons and handles their clicks.
    pub(super) fn controls(&mut self, ui: &mut Ui, view: Rect) {
        let Some(rect) = rect(view) else { return };
        let percent = format!("{:.0} %", self.camera.goal().scale * 100.0);
        let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(builder, |ui| {
            let visuals = ui.visuals();
            let frame = Frame::new()
                .fill(visuals.window_fill)
                .stroke(visuals.window_stroke)
                .corner_radius(6)
                .inner_margin(Margin::symmetric(4, 2));
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                if button(ui, "−", 24.0, "Zoom out") {
                    self.zoom_by(1.0 / ZOOM_STEP);
                }
                if button(ui, &percent, 56.0, "Zoom to 100 %") {
                    self.zoom_to(1.0);
                }
                if button(ui, "+", 24.0, "Zoom in") {
                    self.zoom_by(ZOOM_STEP);
                }
                if button(ui, "Fit", 36.0, "Zoom to fit") {
                    self.fit();
                }
            });
        });
    }
}

fn button(ui: &mut Ui, label: &str, width: f32, name: &'static str) -> bool {
    let button = Button::new(label).frame_when_inactive(false).min_size(Vec2::new(width, 24.0));
    let response = ui.add(button).on_hover_text(name);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
    response.clicked()
}
