//! The hits of a search: in groups, with the letters marked that match.

use egui::text::{LayoutJob, TextFormat};
use egui::{Area, Color32, FontId, Id, Label, Margin, Order, Rect, RichText, ScrollArea, Sense, Stroke, TextStyle, Ui};
use egui::{Vec2, WidgetInfo, WidgetType};

use crate::view::{HitGroup, MarkedText, SearchHit, SearchResults};
use crate::wording::number;

use crate::app::ui::combo_box::describe_option;
use crate::app::ui::theme;

/// Draws the hits below the search field; returns the index of the hit that was clicked, and the widget of the marked one.
pub(super) fn hits_ui(ui: &Ui, field: Rect, found: &SearchResults, marked: usize) -> (Option<usize>, Option<Id>) {
    let (mut clicked, mut option) = (None, None);
    let below = field.left_bottom() + Vec2::new(0.0, 6.0);
    Area::new(Id::new("found")).order(Order::Foreground).fixed_pos(below).show(ui.ctx(), |ui| {
        theme::floating_frame(ui).inner_margin(6).show(ui, |ui| {
            ui.set_width(field.width() - 12.0);
            if found.hits.is_empty() {
                ui.label(RichText::new("No matches in this map").color(theme::palette(ui).weak));
            }
            ScrollArea::vertical().max_height(480.0).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let mut group = None;
                for (index, hit) in found.hits.iter().enumerate() {
                    if group.replace(hit.group) != Some(hit.group) {
                        heading_ui(ui, hit.group, found);
                    }
                    let (id, is_clicked) = hit_ui(ui, hit, (index, found.hits.len()), index == marked);
                    if is_clicked {
                        clicked = Some(index);
                    }
                    if index == marked {
                        option = Some(id);
                    }
                }
            });
        });
    });
    (clicked, option)
}

/// Draws the heading of a group, with its number of hits if not all are listed.
fn heading_ui(ui: &mut Ui, group: HitGroup, found: &SearchResults) {
    let listed = found.hits.iter().filter(|hit| hit.group == group).count();
    let all = found.counts.get(&group).copied().unwrap_or(listed);
    let count = if listed < all { format!(" – {} of {}", number(listed), number(all)) } else { String::new() };
    let text = theme::strong_text(format!("{}{count}", group.title()), 12.0).color(theme::palette(ui).weak);
    egui::Frame::new().inner_margin(Margin { left: 8, right: 8, top: 6, bottom: 2 }).show(ui, |ui| {
        let response = ui.add(Label::new(text));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
    });
}

/// Draws a hit; returns its widget and whether it was clicked. The press already counts, because it takes the focus from
/// the field.
fn hit_ui(ui: &mut Ui, hit: &SearchHit, place: (usize, usize), is_marked: bool) -> (Id, bool) {
    let palette = theme::palette(ui);
    let frame = egui::Frame::new().corner_radius(6).inner_margin(Margin::symmetric(8, 4));
    let mut prepared = frame.begin(ui);
    {
        let ui = &mut prepared.content_ui;
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 1.0;
        text_ui(ui, &hit.title, &TextStyle::Body, palette.text);
        text_ui(ui, &hit.note, &TextStyle::Small, palette.weak);
    }
    let rect = prepared.allocate_space(ui).rect;
    let response = ui.interact(rect, ui.id().with(("hit", hit.item)), Sense::click());
    if is_marked || response.hovered() {
        prepared.frame.fill = if is_marked { palette.selected } else { palette.hover };
    }
    prepared.paint(ui);
    let name = [&*hit.title.text, &*hit.note.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let name = name.join(", ");
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_marked, &name));
    describe_option(ui.ctx(), response.id, place, is_marked);
    if is_marked {
        response.scroll_to_me(None);
    }
    (response.id, response.clicked() || response.is_pointer_button_down_on())
}

/// Draws a text on one line, with matching letters underlined and on a background of their own.
fn text_ui(ui: &mut Ui, text: &MarkedText, style: &TextStyle, color: Color32) {
    if text.text.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    let font = style.resolve(ui.style());
    let plain = TextFormat { color, ..TextFormat::simple(font.clone(), color) };
    let match_font = FontId::new(font.size, theme::strong_font(font.size).family);
    let marked = TextFormat {
        underline: Stroke::new(1.5, palette.accent),
        background: palette.accent.gamma_multiply(0.18),
        ..TextFormat::simple(match_font, palette.text)
    };
    let mut job = LayoutJob::default();
    for (piece, is_match) in text.pieces() {
        job.append(piece, 0.0, if is_match { marked.clone() } else { plain.clone() });
    }
    ui.add(Label::new(job).truncate());
}
