//! The live preview: a job draws the picture as it would be saved; the previous one stays visible until it is ready.
//! Afterwards, if the picture lacks room, settings that give it more are looked for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::emath::GuiRounding as _;
use egui::{
    Align, Color32, Context, Layout, Rect, RichText, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2,
};

use crate::jobs::{JobError, JobHandle, start_job};
use crate::scene::Ground;
use crate::text::Fonts;
use crate::wording::{self, counted};

use super::fit::{Fit, Shortage};
use super::fit_search::RoomSearch;
use super::proof::{Proof, Review};
use crate::app::ask::picture_order::{PictureKey, PictureOrder};
use crate::app::ui::progress::{SHOWN_AFTER, bar_ui};
use crate::app::ui::{icon, theme, widgets};

/// Changes within this time are combined into one preview.
const DEBOUNCE: Duration = Duration::from_millis(180);

/// Height of the text below the picture, in points.
const FACTS_HEIGHT: f32 = 92.0;

/// Share of the height for the warnings, if they are given more room.
const MAX_WARNINGS: f32 = 0.62;

/// Width of the column with the button beside the warnings, in points.
const FIT_WIDTH: f32 = 118.0;

/// The minimum size of the preview, in physical pixels, so that there is one in the smallest window.
const MIN_ROOM_PX: f32 = 64.0;

/// Size of the checkerboard squares behind transparent pictures, in points.
const CHECK: f32 = 8.0;

/// The input of a preview, compared to decide whether it is stale.
#[derive(Clone, PartialEq)]
struct Wanted {
    picture: PictureKey,
    longest_px: f32,
}

/// What was clicked in the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PreviewAnswer {
    /// Use the settings that give the picture more room.
    Fit(Fit),
    /// The preview was canceled.
    Canceled,
}

/// A running preview job.
struct Making {
    wanted: Wanted,
    job: JobHandle<anyhow::Result<Proof>>,
    started: Instant,
}

/// The visible preview.
struct PreviewContent {
    /// At least one.
    pages: Vec<TextureHandle>,
    facts: Vec<String>,
    warnings: Vec<String>,
    shortage: Shortage,
    review: Option<Review>,
}

/// The preview and its jobs; at most one job runs at a time.
#[derive(Default)]
pub(super) struct Preview {
    /// The most recent request, and when it changed.
    wanted: Option<(Wanted, Instant)>,
    making: Option<Making>,
    made: Option<Wanted>,
    /// The preview that was canceled; it isn't started again by itself.
    canceled: Option<PictureKey>,
    fit: RoomSearch,
    shown: Option<PreviewContent>,
    /// Index of the visible page; clamped when a new preview has fewer pages.
    page: usize,
    failure: Option<String>,
    /// Room for the picture, in physical pixels; zero before the first frame.
    room_px: Vec2,
    warnings: WarningRoom,
}

/// How much room the warnings have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum WarningRoom {
    /// All are seen.
    #[default]
    Enough,
    /// Some are out of sight.
    TooLittle,
    /// They have most of the room of the picture.
    Opened,
}

impl Preview {
    /// Returns whether no preview is being drawn, and the visible one is that last requested unless it was canceled.
    pub(super) fn is_settled(&self) -> bool {
        let is_done =
            |wanted: &Wanted| self.made.as_ref() == Some(wanted) || self.canceled.as_ref() == Some(&wanted.picture);
        self.making.is_none() && self.wanted.as_ref().is_some_and(|(wanted, _)| is_done(wanted))
    }

    /// Returns whether the visible preview is of this picture, or there is none because drawing it failed.
    pub(super) fn is_of(&self, order: &PictureOrder) -> bool {
        self.made.as_ref().is_some_and(|made| made.picture == order.key())
    }

    /// Returns whether the last preview failed.
    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Draws a canceled preview after all.
    pub(super) fn resume(&mut self) {
        self.canceled = None;
    }

    /// Cancels the running preview.
    fn cancel(&mut self) {
        if let Some(making) = &self.making {
            // A failed cancel only means that it has just ended.
            let _ = making.job.cancel();
            self.canceled = Some(making.wanted.picture.clone());
        }
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
        let wanted = Wanted { picture: order.key(), longest_px: (page.max_elem() * fit).round() };
        if self.wanted.as_ref().is_none_or(|(known, _)| *known != wanted) {
            self.wanted = Some((wanted.clone(), Instant::now()));
        }
        if let Some(Making { wanted: making, job, .. }) = &self.making {
            if *making != wanted {
                // The next job starts once this one ends, so that two never run at once. A failed cancel only means it
                // has just ended.
                let _ = job.cancel();
            }
            return;
        }
        if self.canceled.as_ref() == Some(&wanted.picture) {
            return;
        }
        self.canceled = None;
        if self.made.as_ref() == Some(&wanted) {
            if let Some(shown) = self.shown.as_ref().filter(|_| self.failure.is_none()) {
                self.fit.start(ctx, order, shown.shortage, fonts);
            }
            return;
        }
        if self.fit.cancel() {
            // The next job starts once the search ends.
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
        self.making = Some(Making { wanted, job, started: Instant::now() });
        ctx.request_repaint();
    }

    fn take(&mut self, ctx: &Context) {
        self.fit.take();
        let Some(result) = self.making.as_ref().and_then(|making| making.job.poll()) else { return };
        let Some(Making { wanted: made, job, .. }) = self.making.take() else { return };
        ctx.request_repaint();
        if matches!(result, Err(JobError::Canceled { .. })) {
            // Canceled by the user, or for a newer preview, which is about to start.
            return;
        }
        match result.map_err(anyhow::Error::from).flatten() {
            Ok(Proof { pages, facts, warnings, shortage, review }) => {
                let load = |page| ctx.load_texture("export preview", page, TextureOptions::LINEAR);
                let pages: Vec<_> = pages.into_iter().map(load).collect();
                self.page = self.page.min(pages.len().saturating_sub(1));
                self.shown = Some(PreviewContent { pages, facts, warnings, shortage, review });
                self.failure = None;
            }
            Err(error) => self.failure = Some(format!("{}: {error:#}", job.name())),
        }
        self.made = Some(made);
    }

    /// Draws the preview in the available space; returns what was clicked.
    pub(super) fn ui(&mut self, ui: &mut Ui, ground: Ground) -> Option<PreviewAnswer> {
        let all = ui.available_rect_before_wrap();
        let share = if self.warnings == WarningRoom::Opened { MAX_WARNINGS * all.height() } else { 0.0 };
        let (area, below) = all.split_top_bottom_at_y(all.bottom() - FACTS_HEIGHT.max(share));
        self.room_px = ((area.shrink(14.0).size() * ui.pixels_per_point()).floor()).max(Vec2::splat(MIN_ROOM_PX));
        self.picture_ui(ui, area, ground);
        let answer = self.progress_ui(ui, area);
        let facts = egui::UiBuilder::new().max_rect(below.with_min_y(below.top() + 8.0));
        ui.scope_builder(facts, |ui| self.facts_ui(ui)).inner.or(answer)
    }

    /// Draws what is known of the running job, a spinner at first.
    fn progress_ui(&mut self, ui: &mut Ui, area: Rect) -> Option<PreviewAnswer> {
        let making = self.making.as_ref()?;
        let rest = SHOWN_AFTER.saturating_sub(making.started.elapsed());
        if !rest.is_zero() {
            ui.request_repaint_after(rest);
            let corner = Rect::from_min_size(area.right_top() + egui::vec2(-30.0, 10.0), Vec2::splat(20.0));
            ui.put(corner, egui::Spinner::new().size(18.0).color(theme::palette(ui).accent));
            return None;
        }
        let (words, done) = (making.job.name().to_owned(), making.job.progress());
        let middle = Rect::from_center_size(area.center(), Vec2::new(304.0, 64.0));
        let builder = egui::UiBuilder::new().max_rect(middle);
        let is_canceled = ui.scope_builder(builder, |ui| {
            let frame = theme::floating_frame(ui);
            frame.show(ui, |ui| bar_ui(ui, &words, done, "Cancel the preview")).inner
        });
        is_canceled.inner.then(|| {
            self.cancel();
            PreviewAnswer::Canceled
        })
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

    /// Draws the button that says how many warnings there are, if not all are seen, and gives them more room.
    fn more_warnings_ui(&mut self, ui: &mut Ui) {
        let count = self.shown.as_ref().map_or(0, |shown| shown.warnings.len());
        let (words, next) = match self.warnings {
            WarningRoom::Enough => return,
            WarningRoom::TooLittle => (counted(count, "warning", "warnings"), WarningRoom::Opened),
            WarningRoom::Opened => ("Fewer".to_owned(), WarningRoom::Enough),
        };
        let words = RichText::new(words).color(theme::palette(ui).warning);
        if ui.button(words).on_hover_text("Give the warnings more or less room").clicked() {
            self.warnings = next;
        }
    }

    fn facts_ui(&mut self, ui: &mut Ui) -> Option<PreviewAnswer> {
        let palette = theme::palette(ui);
        ui.spacing_mut().item_spacing.y = 4.0;
        if let Some(failure) = &self.failure {
            warning_ui(ui, &crate::wording::quoted(failure), palette.bad);
            return None;
        }
        if self.making.is_none() && self.canceled.is_some() {
            ui.horizontal(|ui| {
                ui.label(RichText::new("The preview was canceled").color(palette.weak));
                if ui.button("Draw the preview").clicked() {
                    self.resume();
                }
            });
            return None;
        }
        // Facts about a stale preview are dimmed.
        let strength = if self.is_settled() { 1.0 } else { 0.5 };
        let facts = self.shown.as_ref()?.facts.join("  ·  ");
        ui.horizontal(|ui| {
            widgets::from_right(ui, |ui| {
                self.pages_ui(ui);
                self.more_warnings_ui(ui);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let facts = RichText::new(facts).color(palette.text.gamma_multiply(strength));
                    ui.add(egui::Label::new(facts).truncate());
                });
            });
        });
        let (room, answer) = self.fit_ui(ui);
        let warnings = self.shown.as_ref().map(|shown| shown.warnings.as_slice()).unwrap_or_default();
        let mut column = ui.new_child(egui::UiBuilder::new().max_rect(room));
        let scrolled = egui::ScrollArea::vertical().auto_shrink([false, true]).show(&mut column, |ui| {
            for warning in warnings {
                warning_ui(ui, warning, palette.warning.gamma_multiply(strength));
            }
        });
        let is_cut = scrolled.content_size.y > scrolled.inner_rect.height() + 1.0;
        self.warnings = match self.warnings {
            WarningRoom::Opened if !warnings.is_empty() => WarningRoom::Opened,
            _ if is_cut => WarningRoom::TooLittle,
            _ => WarningRoom::Enough,
        };
        answer
    }

    /// Draws the button that gives the picture more room, at the right of the warnings, if there is such a setting.
    /// Returns the room that is left for the warnings.
    fn fit_ui(&self, ui: &mut Ui) -> (Rect, Option<PreviewAnswer>) {
        let room = ui.available_rect_before_wrap();
        let Some(made) = self.made.as_ref().filter(|_| self.is_settled()) else { return (room, None) };
        let fit = self.fit.found(&made.picture);
        if fit.is_none() && !self.fit.is_running() {
            return (room, None);
        }
        let (left, right) = room.split_left_right_at_x(ui.max_rect().right() - FIT_WIDTH);
        let mut column = ui.new_child(egui::UiBuilder::new().max_rect(right));
        let left = left.with_max_x(left.right() - 8.0);
        let Some(fit) = fit else {
            column.label(RichText::new("Looking for more room").color(theme::palette(ui).weak));
            return (left, None);
        };
        let hint = fit.words(&made.picture.options);
        let button = widgets::button(&mut column, "Make it fit", false).on_hover_text(hint);
        (left, button.clicked().then_some(PreviewAnswer::Fit(fit)))
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

#[cfg(test)]
mod tests;
