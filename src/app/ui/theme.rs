//! The style of panels: light and dark colors, text sizes, spacing, and a few custom widgets.
//!
//! The colors of actors and ties are defined in [`crate::scene`].

use egui::epaint::FontColorTransferFunction;
use egui::epaint::text::TextOptions;
use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontId, Frame, Margin, Response, RichText, Shadow, Stroke, Style, TextStyle, Theme,
    Ui, Vec2, Visuals,
};

use crate::model::Rgb;
use crate::text::Face;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    /// Background of panels.
    pub(crate) panel: Color32,
    /// Background of floating elements and text fields.
    pub(crate) raised: Color32,
    /// Background of hovered widgets and rows.
    pub(crate) hover: Color32,
    /// Background of pressed widgets.
    pub(crate) pressed: Color32,
    /// Lines between panels and around fields.
    pub(crate) hairline: Color32,
    pub(crate) text: Color32,
    /// Secondary text; its contrast on `panel` is at least 4.5:1.
    pub(crate) weak: Color32,
    /// Links, checked boxes and focused widgets.
    pub(crate) accent: Color32,
    /// Background of selected rows.
    pub(crate) selected: Color32,
    /// Success.
    pub(crate) good: Color32,
    /// Warnings.
    pub(crate) warning: Color32,
    /// Errors.
    pub(crate) bad: Color32,
}

/// Scroll distance for a zoom factor of e, in points: a notch of a wheel, which scrolls by 40 to 80 points, zooms by a
/// tenth to a fifth.
pub(crate) const SCROLL_PER_ZOOM_POINTS: f32 = 400.0;

const LIGHT: Palette = Palette {
    panel: Color32::from_rgb(0xfa, 0xfa, 0xf8),
    raised: Color32::from_rgb(0xff, 0xff, 0xff),
    hover: Color32::from_rgb(0xee, 0xef, 0xee),
    pressed: Color32::from_rgb(0xe2, 0xe4, 0xe4),
    hairline: Color32::from_rgb(0xdf, 0xe1, 0xe0),
    text: Color32::from_rgb(0x1a, 0x20, 0x26),
    weak: Color32::from_rgb(0x5a, 0x64, 0x6e),
    accent: Color32::from_rgb(0x1d, 0x5f, 0xa8),
    selected: Color32::from_rgb(0xdc, 0xe9, 0xf7),
    good: Color32::from_rgb(0x1e, 0x76, 0x45),
    warning: Color32::from_rgb(0x94, 0x5b, 0x06),
    bad: Color32::from_rgb(0xb3, 0x2a, 0x2a),
};

const DARK: Palette = Palette {
    panel: Color32::from_rgb(0x1b, 0x1e, 0x22),
    raised: Color32::from_rgb(0x23, 0x27, 0x2c),
    hover: Color32::from_rgb(0x2b, 0x30, 0x36),
    pressed: Color32::from_rgb(0x36, 0x3c, 0x44),
    hairline: Color32::from_rgb(0x31, 0x36, 0x3d),
    text: Color32::from_rgb(0xe7, 0xe9, 0xec),
    weak: Color32::from_rgb(0xa2, 0xab, 0xb5),
    accent: Color32::from_rgb(0x86, 0xb9, 0xf2),
    selected: Color32::from_rgb(0x27, 0x3f, 0x5a),
    good: Color32::from_rgb(0x7c, 0xcb, 0x9a),
    warning: Color32::from_rgb(0xe5, 0xb5, 0x67),
    bad: Color32::from_rgb(0xf2, 0x8f, 0x8a),
};

/// Returns the colors of this part of the window.
pub(crate) fn palette(ui: &Ui) -> Palette {
    palette_of(if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light })
}

/// Returns a color of the scene as the window takes it, opaque.
pub(crate) fn opaque(Rgb([r, g, b]): Rgb) -> Color32 {
    Color32::from_rgb(r, g, b)
}

pub(crate) fn palette_of(theme: Theme) -> Palette {
    match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    }
}

/// Installs the light and the dark style.
pub(crate) fn install(ctx: &Context) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| dress(style, theme));
    }
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        options.input_options.scroll_zoom_speed = 1.0 / SCROLL_PER_ZOOM_POINTS;
    });
}

/// Returns the semi-bold font.
pub(crate) fn strong_font(size: f32) -> FontId {
    FontId::new(size, crate::app::ui::fonts::family(Face::SemiBold))
}

/// Returns the icon font.
pub(crate) fn icon_font(size: f32) -> FontId {
    FontId::new(size, crate::app::ui::fonts::family(Face::Icon))
}

/// Returns the italic font, for quotations.
pub(crate) fn italic_font(size: f32) -> FontId {
    FontId::new(size, crate::app::ui::fonts::family(Face::Italic))
}

/// Returns an icon as text.
pub(crate) fn icon_text(icon: char, size: f32) -> RichText {
    RichText::new(icon).font(icon_font(size))
}

/// Returns semi-bold text.
pub(crate) fn strong_text(text: impl Into<String>, size: f32) -> RichText {
    RichText::new(text).font(strong_font(size))
}

/// Draws a square button with an icon and no frame until hovered. `words` is its tooltip and accessible name.
pub(crate) fn icon_button(ui: &mut Ui, icon: char, words: &str) -> Response {
    let button = egui::Button::new(icon_text(icon, 14.0)).frame_when_inactive(false).min_size(Vec2::splat(24.0));
    let response = ui.add(button).on_hover_text(words);
    let is_enabled = response.enabled();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, is_enabled, words));
    response
}

/// Draws a checkbox without a label; `words` is its accessible name.
pub(crate) fn checkbox(ui: &mut Ui, is_on: bool, words: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::Checkbox, true, is_on, words));
    let palette = palette(ui);
    let square = egui::Rect::from_center_size(rect.center(), Vec2::splat(15.0));
    let is_lit = response.hovered() || response.has_focus();
    let edge = if is_lit { palette.accent } else { palette.weak.gamma_multiply(0.7) };
    if is_on {
        ui.painter().rect_filled(square, 4.0, palette.accent);
        ui.painter().text(
            square.center(),
            egui::Align2::CENTER_CENTER,
            crate::app::ui::icon::CHECK,
            icon_font(10.0),
            palette.raised,
        );
    } else {
        ui.painter().rect(square, 4.0, palette.raised, Stroke::new(1.2, edge), egui::StrokeKind::Inside);
    }
    response
}

/// Draws a checkbox with a clickable label; `name` is its accessible name.
pub(crate) fn labeled_checkbox(ui: &mut Ui, is_on: &mut bool, label: &str, name: &str) -> Response {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let response = checkbox(ui, *is_on, name);
        // The label has no accessible name, so that a screen reader doesn't read each row twice.
        let words = ui.add(egui::Label::new(label).truncate().sense(egui::Sense::CLICK));
        if response.clicked() || words.clicked() {
            *is_on = !*is_on;
        }
        response | words
    })
    .inner
}

/// Draws the caret of a collapsible heading.
pub(crate) fn caret(ui: &mut Ui, openness: f32, response: &Response) {
    let sign = if openness > 0.5 { crate::app::ui::icon::CARET_DOWN } else { crate::app::ui::icon::CARET_RIGHT };
    let color = palette(ui).weak;
    ui.painter().text(response.rect.center(), egui::Align2::CENTER_CENTER, sign, icon_font(11.0), color);
}

/// Draws a horizontal line over the full width.
pub(crate) fn hairline(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 9.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y.round() - 0.5, Stroke::new(1.0, palette(ui).hairline));
}

/// Returns the frame of a panel.
pub(crate) fn panel_frame(ui: &Ui, margin: Margin) -> Frame {
    Frame::new().fill(palette(ui).panel).inner_margin(margin)
}

/// Returns the frame of a form.
pub(crate) fn form_frame(ui: &Ui) -> Frame {
    let palette = palette(ui);
    let stroke = egui::Stroke::new(1.0, palette.accent);
    Frame::new().fill(palette.panel).stroke(stroke).corner_radius(8).inner_margin(Margin::symmetric(10, 8))
}

/// Returns the frame of elements that float over the canvas.
pub(crate) fn floating_frame(ui: &Ui) -> Frame {
    let palette = palette(ui);
    Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.hairline))
        .corner_radius(8)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 8))
}

fn dress(style: &mut Style, theme: Theme) {
    let palette = palette_of(theme);
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(11.5)),
        (TextStyle::Body, FontId::proportional(13.0)),
        (TextStyle::Button, FontId::proportional(13.0)),
        (TextStyle::Heading, strong_font(17.0)),
        (TextStyle::Monospace, FontId::monospace(12.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 6.0);
    spacing.button_padding = Vec2::new(9.0, 4.0);
    spacing.interact_size.y = 26.0;
    spacing.menu_margin = Margin::same(6);
    spacing.menu_width = 240.0;
    spacing.window_margin = Margin::same(18);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 9.0;
    spacing.icon_spacing = 7.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = egui::style::ScrollStyle { bar_width: 7.0, ..egui::style::ScrollStyle::floating() };
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style.url_in_tooltip = true;
    style.animation_time = ANIMATION_SECS;
    style.visuals = visuals(palette, theme);
}

/// Turns animations on or off, both egui's and those of the canvas, which reads the same setting.
pub(crate) fn animate(ctx: &egui::Context, animates: bool) {
    ctx.all_styles_mut(|style| style.animation_time = if animates { ANIMATION_SECS } else { 0.0 });
}

/// Duration of egui's own animations.
const ANIMATION_SECS: f32 = 0.08;

fn visuals(palette: Palette, theme: Theme) -> Visuals {
    let base = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let shadow = Shadow {
        offset: [0, 4],
        blur: 18,
        spread: 0,
        color: Color32::from_black_alpha(if theme == Theme::Dark { 110 } else { 30 }),
    };
    Visuals {
        weak_text_color: Some(palette.weak),
        widgets: widgets(palette),
        selection: Selection { bg_fill: palette.selected, stroke: Stroke::new(1.0, palette.accent) },
        hyperlink_color: palette.accent,
        faint_bg_color: palette.hover,
        extreme_bg_color: palette.raised,
        text_edit_bg_color: Some(palette.raised),
        code_bg_color: palette.hover,
        warn_fg_color: palette.warning,
        error_fg_color: palette.bad,
        window_corner_radius: CornerRadius::same(10),
        window_shadow: shadow,
        window_fill: palette.raised,
        window_stroke: Stroke::new(1.0, palette.hairline),
        menu_corner_radius: CornerRadius::same(8),
        panel_fill: palette.panel,
        popup_shadow: shadow,
        button_frame: true,
        striped: false,
        slider_trailing_fill: true,
        indent_has_left_vline: false,
        // Keep light text on dark as thin as in exported pictures; egui would thicken it.
        text_options: TextOptions { color_transfer_function: FontColorTransferFunction::Off, ..base.text_options },
        ..base
    }
}

fn widgets(palette: Palette) -> Widgets {
    let look = |fill: Color32, stroke: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke),
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(palette.panel, palette.hairline, palette.text),
        inactive: look(palette.raised, palette.hairline, palette.text),
        hovered: look(palette.hover, palette.weak.gamma_multiply(0.6), palette.text),
        active: look(palette.pressed, palette.accent, palette.text),
        open: look(palette.hover, palette.hairline, palette.text),
    }
}

/// Returns the scene theme that matches the window theme.
pub(crate) fn scene_theme(colors: Theme) -> crate::scene::Theme {
    match colors {
        Theme::Light => crate::scene::Theme::light(),
        Theme::Dark => crate::scene::Theme::dark(),
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, Theme};

    use super::palette_of;
    use crate::model::Rgb;

    fn contrast(a: Color32, b: Color32) -> f64 {
        Rgb([a.r(), a.g(), a.b()]).contrast(Rgb([b.r(), b.g(), b.b()]))
    }

    #[test]
    fn every_text_can_be_read_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = palette_of(theme);
            for text in [palette.text, palette.weak, palette.accent, palette.good, palette.warning, palette.bad] {
                for back in [palette.panel, palette.raised, palette.hover, palette.selected] {
                    assert!(contrast(text, back) >= 4.5, "{theme:?}: {text:?} on {back:?} is {}", contrast(text, back));
                }
            }
        }
    }
}
