//! Areas as egui's shapes, and dots and ties as well where there is no graphics adapter to draw them.

use std::sync::Arc;

use egui::emath::TSTransform;
use egui::{Pos2, Rect, Shape, Vec2};

use super::stage::{OverviewLook, OverviewWork, Stage};
use crate::app::canvas::paint::art::{Art, Ink};
use crate::app::canvas::paint::lettering::Setting;
use crate::app::ui::theme::opaque;
use crate::scene::{self, LabelMaterials, Overview, OverviewView, SceneItem};

/// The margin around the view that is drawn too, as a share of the view, so that small pans draw nothing anew.
const AROUND: f32 = 0.35;

/// How long areas are drawn enlarged while the view is zoomed, in seconds, and how much.
const SERVES_SECS: f64 = 0.13;
const ENLARGED: std::ops::RangeInclusive<f32> = 0.66..=1.5;

/// Shapes made for a view.
pub(super) struct Backdrop {
    /// The view that they were made for, and where they are now.
    made_for: OverviewView,
    now: OverviewView,
    look: OverviewLook,
    at_secs: f64,
    made: Vec<Shape>,
    shapes: Vec<Shape>,
    /// Number of dots and ties among them; `None` if they are drawn elsewhere.
    marks: Option<usize>,
}

impl Backdrop {
    pub(super) fn new(overview: &Overview, stage: &Stage<'_>, has_marks: bool) -> Self {
        let LabelMaterials { map, theme, .. } = stage.scope.of;
        let seen = stage.view();
        let view = OverviewView { visible: seen.visible.expand2(seen.visible.size() * AROUND), ..seen };
        let strengths = stage.strengths();
        let mut shapes = shapes_of(&overview.area_items(&view, theme), stage, strengths.areas);
        let mut marks = None;
        if has_marks {
            let (ties, dots) = (overview.tie_items(&view, map, theme), overview.dot_items(&view, map, theme));
            marks = Some(ties.iter().chain(&dots).flat_map(|item| &item.shapes).map(marks_in).sum());
            shapes.extend(shapes_of(&ties, stage, strengths.ties));
            shapes.extend(shapes_of(&dots, stage, strengths.dots));
        }
        let (look, at_secs) = (stage.look(), stage.now_secs);
        // Dots and ties are not enlarged.
        let made = if has_marks { Vec::new() } else { shapes.clone() };
        Self { made_for: view, now: view, look, at_secs, made, shapes, marks }
    }

    /// Returns whether it shows this view, after moving it; for a while, areas may be enlarged.
    pub(super) fn serves(&self, stage: &Stage<'_>) -> bool {
        let seen = stage.view();
        let is_recent = stage.now_secs - self.at_secs < SERVES_SECS;
        let may_enlarge = self.marks.is_none() && is_recent && ENLARGED.contains(&(seen.scale / self.made_for.scale));
        let room = self.made_for.visible;
        let moved = |pos: Pos2| seen.pos(self.made_for.world(pos));
        self.look == stage.look()
            && (may_enlarge || !self.is_enlarged(&seen))
            && Rect::from_min_max(moved(room.min), moved(room.max)).contains_rect(seen.visible)
    }

    #[expect(clippy::float_cmp, reason = "made for this very zoom")]
    fn is_enlarged(&self, seen: &OverviewView) -> bool {
        self.made_for.scale != seen.scale
    }

    /// Draws it, after moving or enlarging it.
    #[expect(clippy::float_cmp, reason = "a difference of any size moves it")]
    pub(super) fn draw(&mut self, stage: &Stage<'_>, work: &mut OverviewWork) {
        let seen = stage.view();
        let by = seen.offset - self.now.offset;
        if seen.scale != self.now.scale {
            self.shapes = self.made.clone();
            let enlarged = TSTransform::new(
                seen.offset - self.made_for.offset * (seen.scale / self.made_for.scale),
                seen.scale / self.made_for.scale,
            );
            self.shapes.iter_mut().for_each(|shape| shape.transform(enlarged));
        } else if by != Vec2::ZERO {
            self.shapes.iter_mut().for_each(|shape| shape.translate(by));
        }
        self.now = seen;
        stage.painter.extend(self.shapes.iter().cloned());
        work.drawn += self.marks.unwrap_or(0);
        work.is_unfinished |= self.is_enlarged(&seen);
    }
}

/// Returns the number of dots or lines of a shape.
fn marks_in(shape: &scene::Shape) -> usize {
    match shape {
        scene::Shape::Dots { dots, .. } => dots.len(),
        scene::Shape::Segments { lines, .. } => lines.len(),
        _ => 1,
    }
}

/// Returns what egui draws for items whose positions are points of the screen.
pub(super) fn shapes_of(items: &[Arc<SceneItem>], stage: &Stage<'_>, strength: f32) -> Vec<Shape> {
    let ctx = stage.painter.ctx();
    let setting = Setting { ctx, zoom: 1.0, pan: Vec2::ZERO, clip: Rect::EVERYTHING };
    let ink = Ink { background: opaque(stage.scope.of.theme.background), strength };
    let letters = stage.scope.letters;
    let of_item =
        |item: &Arc<SceneItem>| Art::new(item, 1.0, ctx.pixels_per_point()).shapes(item, setting, ink, letters);
    items.iter().flat_map(of_item).collect()
}
