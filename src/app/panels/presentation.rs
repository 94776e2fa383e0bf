//! What stands around the map while it is presented: the title above, the caption and the number of the step below.

use egui::{
    Align, Align2, Area, Color32, Context, CursorIcon, FontId, Frame, Id, Label, LayerId, Layout, Margin, Order, Panel,
    Rect, RichText, Sense, Stroke, Ui, WidgetInfo, WidgetType, vec2,
};

use crate::wording::visible;

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::theme;

/// The size of the title, in points, in a window of [`FULL_HEIGHT`] or more.
const TITLE_SIZE: f32 = 34.0;
/// The size of the caption, in points.
const CAPTION_SIZE: f32 = 20.0;
/// The height of a window in which texts have their full size, in points.
const FULL_HEIGHT: f32 = 900.0;
/// The smallest factor of the sizes of texts.
const LEAST: f32 = 0.6;
/// The radius of the spot that follows the pointer, in points, in a window of full height.
const SPOT_RADIUS: f32 = 26.0;
/// The color of the spot: visible on light and dark backgrounds, and not used for kinds.
const SPOT: Color32 = Color32::from_rgb(0xe0, 0x2f, 0x2f);

/// A step as it is presented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Presented {
    pub(crate) title: String,
    pub(crate) caption: String,
    /// The number of the step, from 1, and how many there are; `None` without steps.
    pub(crate) number: Option<(usize, usize)>,
}

/// Returns the factor of the sizes of texts for a screen.
fn scale(screen: Rect) -> f32 {
    (screen.height() / FULL_HEIGHT).clamp(LEAST, 2.0)
}

/// Draws the title above the map.
pub(crate) fn title_ui(ui: &mut Ui, screen: Rect, presented: &Presented) {
    let scale = scale(screen);
    let frame = Frame::new().fill(theme::palette(ui).panel).inner_margin(margin(28.0 * scale, 14.0 * scale));
    Panel::top("presented title").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
        let words = theme::strong_text(visible(&presented.title).into_owned(), TITLE_SIZE * scale);
        let response = ui.add(Label::new(words).wrap());
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
    });
}

/// Draws the caption and the number of the step below the map.
pub(crate) fn caption_ui(ui: &mut Ui, screen: Rect, presented: &Presented) {
    if presented.caption.is_empty() && presented.number.is_none() {
        return;
    }
    let scale = scale(screen);
    let palette = theme::palette(ui);
    let frame = Frame::new().fill(palette.panel).inner_margin(margin(28.0 * scale, 12.0 * scale));
    Panel::bottom("presented caption").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
            if let Some((number, count)) = presented.number {
                let words = RichText::new(format!("{number} / {count}")).size(14.0 * scale).color(palette.weak);
                let response = ui.label(words);
                let name = format!("Step {number} of {count}");
                response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &name));
            }
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                let words = RichText::new(visible(&presented.caption).into_owned()).size(CAPTION_SIZE * scale);
                ui.add(Label::new(words).wrap());
            });
        });
    });
}

fn margin(x: f32, y: f32) -> Margin {
    Margin::symmetric(x.round() as i8, y.round() as i8)
}

/// Draws a black screen; a click shows the map again.
pub(crate) fn black_ui(ui: &mut Ui, commands: &mut Commands) {
    let screen = ui.max_rect();
    ui.painter().rect_filled(screen, 0.0, Color32::BLACK);
    let response = ui.interact(screen, Id::new("black screen"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, "Black screen"));
    ui.ctx().set_cursor_icon(CursorIcon::None);
    if response.clicked() {
        commands.push(AppCommand::Run(Action::BlackScreen));
    }
}

/// Draws the spot at the pointer, in front of everything.
pub(crate) fn spot_ui(ctx: &Context, screen: Rect) {
    let Some(pointer) = ctx.pointer_latest_pos().filter(|pos| screen.contains(*pos)) else { return };
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::new("spot")));
    let radius = SPOT_RADIUS * scale(screen);
    painter.circle_filled(pointer, radius, SPOT.gamma_multiply(0.35));
    painter.circle_stroke(pointer, radius, Stroke::new(3.0, SPOT));
    ctx.set_cursor_icon(CursorIcon::None);
}

/// Draws a hint on how to go on, for as long as nothing has been pressed.
pub(crate) fn hint_ui(ctx: &Context, screen: Rect, words: &str) {
    let area = Area::new(Id::new("presentation hint")).order(Order::Middle).interactable(false);
    area.pivot(Align2::CENTER_BOTTOM).fixed_pos(screen.center_bottom() - vec2(0.0, 12.0)).show(ctx, |ui| {
        let palette = theme::palette(ui);
        theme::floating_frame(ui).show(ui, |ui| {
            ui.label(RichText::new(words).font(FontId::proportional(13.0)).color(palette.weak));
        });
    });
}
