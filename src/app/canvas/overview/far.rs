//! Dots and ties on the graphics adapter: what is sent once, and what each frame asks for.

use eframe::egui_wgpu::Callback;
use egui::{Id, Rect};

use super::instances::FarMap;
use super::stage::{OverviewWork, Stage};
use crate::app::canvas::paint::gpu::{FarCamera, FarGpu};
use crate::app::ui::theme::opaque;
use crate::scene::{Level, Overview, OverviewView, TieBudget, TieStyle};

/// How long a choice of ties is reused for other views while the view moves, in seconds.
const SERVES_SECS: f64 = 0.07;
/// It is also not reused once the scale has fallen below this share: a close view may draw all its ties.
const OUTGROWN: f32 = 0.7;
/// How long colors of areas turn into those of kinds, in seconds.
const TURN_SECS: f32 = 0.2;
/// Maximum number of ties drawn while a software-rendered view moves, and for how long after, in seconds.
const MOVING_TIES: usize = 8_000;
const MOVING_SECS: f64 = 0.15;

/// The far layer between frames.
pub(super) struct FarState {
    gpu: FarGpu,
    /// The map on the adapter, and whether in dark colors.
    map: Option<(FarMap, bool)>,
    /// Number of maps uploaded so far.
    version: u64,
    budget: Option<Budgeted>,
    /// The view of the last frame, and when it moved last.
    last: Option<OverviewView>,
    moved_secs: f64,
}

/// Which ties are drawn, found for a view some time ago.
struct Budgeted {
    view: OverviewView,
    at_secs: f64,
    budget: TieBudget,
}

impl FarState {
    pub(super) fn new(gpu: FarGpu) -> Self {
        Self { gpu, map: None, version: 0, budget: None, last: None, moved_secs: f64::NEG_INFINITY }
    }

    /// Returns whether a map fits into the adapter's buffers.
    pub(super) fn can_hold(&self, overview: &Overview) -> bool {
        self.gpu.can_hold(overview.dots().len(), overview.ties().len())
    }

    /// Returns how often dots and ties were sent.
    pub(super) fn uploads(&self) -> usize {
        self.gpu.uploads()
    }

    /// Forgets the map.
    pub(super) fn forget(&mut self) {
        (self.map, self.budget) = (None, None);
    }

    pub(super) fn draw(&mut self, overview: &Overview, stage: &Stage<'_>, work: &mut OverviewWork) {
        let (of, view) = (stage.scope.of, stage.view());
        let is_dark = of.theme.is_dark();
        if self.map.as_ref().is_none_or(|(_, was_dark)| *was_dark != is_dark) {
            self.version += 1;
            self.map = Some((FarMap::new(overview, of.map, of.theme, self.version), is_dark));
        }
        let (ties, tie_limit) = self.ties(overview, stage, work);
        self.last = Some(view);
        let Some((map, _)) = &self.map else { return };
        let ctx = stage.painter.ctx();
        let is_middle = f32::from(u8::from(stage.level == Level::Middle));
        let turn_secs = if ctx.global_style().animation_time > 0.0 { TURN_SECS } else { 0.0 };
        let turned = ctx.animate_value_with_time(Id::new("colors of the far layer"), is_middle, turn_secs);
        let strengths = stage.strengths();
        let camera = FarCamera {
            scale: view.scale,
            offset: view.offset,
            view: view.visible,
            // The same curve both ways, so that nothing jumps if the direction changes midway.
            middle: turned * turned * (3.0 - 2.0 * turned),
            ties,
            tie_limit,
            dots: overview.dot_sizes(view.scale),
            tie_strength: strengths.ties,
            dot_strength: strengths.dots,
            background: opaque(of.theme.background),
            text: opaque(of.theme.text),
        };
        let frame = map.frame(world(&view), camera);
        work.drawn += frame.count();
        stage.painter.add(Callback::new_paint_callback(view.visible, frame));
    }

    /// Returns how ties are drawn, and up to which place in sampling order.
    fn ties(&mut self, overview: &Overview, stage: &Stage<'_>, work: &mut OverviewWork) -> (TieStyle, u32) {
        let view = stage.view();
        let is_old = |old: &Budgeted| stage.now_secs - old.at_secs >= SERVES_SECS;
        let is_due = |old: &Budgeted| old.view != view && (is_old(old) || view.scale < old.view.scale * OUTGROWN);
        let kept = self.budget.take().filter(|old| !is_due(old));
        let old = self.budget.insert(kept.unwrap_or_else(|| {
            let budget = overview.tie_budget(&view);
            work.walked += budget.walked;
            Budgeted { view, at_secs: stage.now_secs, budget }
        }));
        work.is_unfinished |= old.view != view;
        let TieBudget { mut lengths, mut limit, drawn, .. } = old.budget;
        if self.last.is_some_and(|last| last != view) {
            self.moved_secs = stage.now_secs;
        }
        let is_moving = stage.now_secs - self.moved_secs < MOVING_SECS;
        if is_moving && self.gpu.is_software() && drawn > MOVING_TIES {
            work.is_unfinished = true;
            let share = MOVING_TIES as f64 / drawn as f64;
            limit = (f64::from(limit.min(overview.ties().len() as u32)) * share) as u32;
            lengths = lengths.map(|length| length * share);
        }
        let lengths = lengths.map(|length| length * f64::from(view.scale / old.view.scale));
        (TieStyle::new(overview.spacing_px(view.scale), view.visible.area(), lengths), limit)
    }
}

fn world(view: &OverviewView) -> Rect {
    Rect::from_min_max(view.world(view.visible.min), view.world(view.visible.max))
}
