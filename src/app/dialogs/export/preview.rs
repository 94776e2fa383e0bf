//! The live preview: a job draws the picture as it would be saved; the previous one stays visible until it is ready.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::emath::GuiRounding as _;
use egui::{
    Align, Color32, Context, Layout, Rect, RichText, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2,
};

use crate::jobs::{JobError, JobHandle, start_job};
use crate::publish::{Format, PictureOptions};
use crate::scene::Ground;
use crate::text::Fonts;
use crate::wording;

use super::proof::{Proof, Review};
use crate::app::ask::picture_order::PictureOrder;
use crate::app::ui::{icon, theme, widgets};

/// Changes within this time are combined into one preview.
const DEBOUNCE: Duration = Duration::from_millis(180);

/// Height of the text below the picture, in points.
const FACTS_HEIGHT: f32 = 92.0;

/// Size of the checkerboard squares behind transparent pictures, in points.
const CHECK: f32 = 8.0;

/// The input of a preview, compared to decide whether it is stale.
#[derive(Clone, PartialEq)]
struct Wanted {
    options: PictureOptions,
    format: Format,
    revision: u64,
    longest_px: f32,
}

/// The visible preview.
struct PreviewContent {
    /// At least one.
    pages: Vec<TextureHandle>,
    facts: Vec<String>,
    warnings: Vec<String>,
    review: Option<Review>,
}

/// The preview and its job; at most one job runs at a time.
#[derive(Default)]
pub(super) struct Preview {
    /// The most recent request, and when it changed.
    wanted: Option<(Wanted, Instant)>,
    making: Option<(Wanted, JobHandle<anyhow::Result<Proof>>)>,
    made: Option<Wanted>,
    shown: Option<PreviewContent>,
    /// Index of the visible page; clamped when a new preview has fewer pages.
    page: usize,
    failure: Option<String>,
    /// Room for the picture, in physical pixels; zero before the first frame.
    room_px: Vec2,
}

impl Preview {
    /// Returns whether the visible preview is the one last requested.
    pub(super) fn is_settled(&self) -> bool {
        self.making.is_none() && self.wanted.as_ref().is_some_and(|(wanted, _)| self.made.as_ref() == Some(wanted))
    }

    /// Returns the review of the visible preview; `None` if nothing is redacted.
    pub(super) fn review(&self) -> Option<&Review> {
        self.shown.as_ref()?.review.as_ref()
    }

    /// Takes over a finished preview and starts the next one if it is stale.
    pub(super) fn refresh(&mut self, ctx: &Context, order: &PictureOrder, fonts: &Arc<Fonts>) {
        self.take(ctx);
        let page = order.options.page.size_px;
        let fit = (self.room_px / page).min_elem();
        if fit <= 0.0 {
            return;
        }
        let wanted = Wanted {
            options: order.options.clone(),
            format: order.format,
            revision: order.document.revision,
            longest_px: (page.max_elem() * fit).round(),
        };
        if self.wanted.as_ref().is_none_or(|(known, _)| *known != wanted) {
            self.wanted = Some((wanted.clone(), Instant::now()));
        }
        if let Some((making, job)) = &self.making {
            if *making != wanted {
                // The next job starts once this one ends, so that two never run at once. A failed cancel only means it
                // has just ended.
                let _ = job.cancel();
            }
            return;
        }
        if self.made.as_ref() == Some(&wanted) {
            return;
        }
        let since = self.wanted.as_ref().map_or(Duration::ZERO, |(_, since)| since.elapsed());
        let rest = DEBOUNCE.saturating_sub(since);
        if self.made.is_some() && !rest.is_zero() {
            ctx.request_repaint_after(rest);
            return;
        }
        self.start(ctx, wanted, order.clone(), Arc::clone(fonts));
    }

    fn start(&mut self, ctx: &Context, wanted: Wanted, order: PictureOrder, fonts: Arc<Fonts>) {
        let window = ctx.clone();
        let wake = Arc::new(move |_| window.request_repaint());
        let longest_px = wanted.longest_px;
        let job = start_job("Drawing the preview", wake, move |job| Proof::new(&order, &fonts, longest_px, job));
        self.making = Some((wanted, job));
        ctx.request_repaint();
    }

    fn take(&mut self, ctx: &Context) {
        let Some(result) = self.making.as_ref().and_then(|(_, job)| job.poll()) else { return };
        let Some((made, job)) = self.making.take() else { return };
        ctx.request_repaint();
        if matches!(result, Err(JobError::Canceled { .. })) {
            // Canceled for a newer preview, which is about to start.
            return;
        }
        match result.map_err(anyhow::Error::from).flatten() {
            Ok(Proof { pages, facts, warnings, review }) => {
                let load = |page| ctx.load_texture("export preview", page, TextureOptions::LINEAR);
                let pages: Vec<_> = pages.into_iter().map(load).collect();
                self.page = self.page.min(pages.len().saturating_sub(1));
                self.shown = Some(PreviewContent { pages, facts, warnings, review });
                self.failure = None;
            }
            Err(error) => self.failure = Some(format!("{}: {error:#}", job.name())),
        }
        self.made = Some(made);
    }

    /// Draws the preview in the available space.
    pub(super) fn ui(&mut self, ui: &mut Ui, ground: Ground) {
        let all = ui.available_rect_before_wrap();
        let (area, below) = all.split_top_bottom_at_y(all.bottom() - FACTS_HEIGHT);
        self.room_px = ((area.shrink(14.0).size() * ui.pixels_per_point()).floor()).max(Vec2::ZERO);
        self.picture_ui(ui, area, ground);
        ui.scope_builder(egui::UiBuilder::new().max_rect(below.with_min_y(below.top() + 8.0)), |ui| self.facts_ui(ui));
    }

    fn picture_ui(&self, ui: &mut Ui, area: Rect, ground: Ground) {
        let palette = theme::palette(ui);
        let response = ui.interact(area, ui.id().with("picture"), Sense::hover());
        let words = if self.is_settled() { "Preview of the picture" } else { "Preview, being drawn" };
        let words = self.page_words().map_or_else(|| words.to_owned(), |page| format!("{words}, {page}"));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, &words));
        ui.painter().rect_filled(area, 8.0, palette.hover);
        if let Some(page) = self.shown.as_ref().and_then(|shown| shown.pages.get(self.page)) {
            let size = page.size_vec2();
            let room = area.shrink(14.0).size();
            let fit = (room / size).min_elem();
            let rect = Rect::from_center_size(area.center(), size * fit).round_to_pixels(ui.pixels_per_point());
            if ground == Ground::Any {
                checkers(ui, rect);
            }
            let uv = Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
            ui.painter().image(page.id(), rect, uv, Color32::WHITE);
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, palette.hairline), StrokeKind::Outside);
        }
        if self.making.is_some() {
            let corner = Rect::from_min_size(area.right_top() + egui::vec2(-30.0, 10.0), Vec2::splat(20.0));
            ui.put(corner, egui::Spinner::new().size(18.0).color(palette.accent));
        }
    }

    /// Returns "page 1 of 2" if there are several pages.
    fn page_words(&self) -> Option<String> {
        let count = self.shown.as_ref().map_or(0, |shown| shown.pages.len());
        (count > 1).then(|| format!("page {} of {count}", self.page + 1))
    }

    /// Draws the page number between the previous and next buttons, laid out from the right.
    fn pages_ui(&mut self, ui: &mut Ui) {
        let Some(words) = self.page_words() else { return };
        let last = self.shown.as_ref().map_or(0, |shown| shown.pages.len() - 1);
        let button = |ui: &mut Ui, is_possible: bool, icon: char, words: &str| {
            ui.add_enabled_ui(is_possible, |ui| theme::icon_button(ui, icon, words).clicked()).inner
        };
        ui.spacing_mut().item_spacing.x = 4.0;
        if button(ui, self.page < last, icon::CARET_RIGHT, "Next page") {
            self.page += 1;
        }
        ui.label(wording::capitalized(&words));
        if button(ui, self.page > 0, icon::CARET_LEFT, "Previous page") {
            self.page -= 1;
        }
    }

    fn facts_ui(&mut self, ui: &mut Ui) {
        let palette = theme::palette(ui);
        ui.spacing_mut().item_spacing.y = 4.0;
        if let Some(failure) = &self.failure {
            warning_ui(ui, &crate::wording::quoted(failure), palette.bad);
            return;
        }
        // Facts about a stale preview are dimmed.
        let strength = if self.is_settled() { 1.0 } else { 0.5 };
        let Some(facts) = self.shown.as_ref().map(|shown| shown.facts.join("  ·  ")) else {
            ui.label(RichText::new("Drawing the preview").color(palette.weak));
            return;
        };
        ui.horizontal(|ui| {
            widgets::from_right(ui, |ui| {
                self.pages_ui(ui);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let facts = RichText::new(facts).color(palette.text.gamma_multiply(strength));
                    ui.add(egui::Label::new(facts).truncate());
                });
            });
        });
        let warnings = self.shown.as_ref().map(|shown| shown.warnings.as_slice()).unwrap_or_default();
        egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
            for warning in warnings {
                warning_ui(ui, warning, palette.warning.gamma_multiply(strength));
            }
        });
    }
}

fn warning_ui(ui: &mut Ui, words: &str, color: Color32) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(theme::icon_text(icon::WARNING, 14.0).color(color));
        ui.add(egui::Label::new(RichText::new(words).color(color)).wrap());
    });
}

/// Draws a checkerboard behind a transparent picture.
fn checkers(ui: &Ui, rect: Rect) {
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, Color32::from_gray(236));
    let count = (rect.size() / CHECK).ceil();
    for row in 0..count.y as u32 {
        for column in (row % 2..count.x as u32).step_by(2) {
            let corner = rect.min + egui::vec2(column as f32, row as f32) * CHECK;
            painter.rect_filled(Rect::from_min_size(corner, Vec2::splat(CHECK)), 0.0, Color32::from_gray(212));
        }
    }
}
