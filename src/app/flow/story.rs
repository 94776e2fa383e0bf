//! The step of the story on the canvas, and the presentation.

pub(crate) mod thumbnails;

use std::sync::Arc;

use egui::{Context, Pos2, Rect, Vec2};

use crate::document::Document;
use crate::model::{Key, StoryStep};
use crate::scene::Scene;

use crate::app::flow::pipeline::Pipeline;
use crate::app::flow::step_view::StepView;
use crate::app::flow::story::thumbnails::Thumbnails;

/// A step, found again by its id after steps were added, moved or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ShownStep {
    at: usize,
    key: Key,
}

/// What was seen before a step was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum EarlierView {
    /// Everything.
    #[default]
    Everything,
    /// This center at this scale.
    At(Pos2, f32),
}

impl From<Option<(Pos2, f32)>> for EarlierView {
    fn from(view: Option<(Pos2, f32)>) -> Self {
        view.map_or(Self::Everything, |(center, scale)| Self::At(center, scale))
    }
}

impl EarlierView {
    /// Returns the center and scale; `None` if everything was seen.
    pub(crate) fn chosen(self) -> Option<(Pos2, f32)> {
        if let Self::At(center, scale) = self { Some((center, scale)) } else { None }
    }
}

/// A running presentation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presentation {
    /// When it began, by the clock of the window, in seconds.
    pub(crate) since_secs: f64,
    pub(crate) is_black: bool,
    pub(crate) has_spot: bool,
    /// Whether a key has been pressed, so that the hint about keys is no longer needed.
    pub(crate) is_under_way: bool,
}

/// The step on the canvas, and the presentation.
#[derive(Default)]
pub(crate) struct Story {
    shown: Option<ShownStep>,
    view_before: EarlierView,
    view: Option<StepView>,
    /// Whether the camera has yet to go where the step says.
    aims: bool,
    pub(crate) presentation: Option<Presentation>,
    pub(crate) thumbnails: Thumbnails,
}

impl Story {
    /// Returns the index of the step on the canvas.
    pub(crate) fn shown(&self) -> Option<usize> {
        self.shown.as_ref().map(|shown| shown.at)
    }

    /// Shows a step; `view` is what is seen before.
    pub(crate) fn show(&mut self, at: usize, step: &StoryStep, view: EarlierView) {
        if self.shown.is_none() {
            self.view_before = view;
        }
        self.shown = Some(ShownStep { at, key: Key::clone(&step.key) });
        self.aims = true;
    }

    /// Leaves the step; returns what was seen before it, if there was a step.
    pub(crate) fn leave(&mut self) -> Option<EarlierView> {
        self.shown.take()?;
        (self.view, self.aims) = (None, false);
        Some(std::mem::take(&mut self.view_before))
    }

    /// Returns what was seen before a step was shown; `None` if none is shown.
    pub(crate) fn view_before(&self) -> Option<EarlierView> {
        self.shown.as_ref().map(|_| self.view_before)
    }

    /// Returns the picture of the step on the canvas.
    pub(crate) fn view(&self) -> Option<&StepView> {
        self.view.as_ref()
    }

    /// Returns whether the picture of the step is complete.
    pub(crate) fn is_settled(&self) -> bool {
        self.shown.is_none() || self.view.as_ref().is_some_and(StepView::is_still)
    }

    /// Finds the step again; returns `false` if it is gone.
    pub(crate) fn follow(&mut self, steps: &[StoryStep]) -> bool {
        let Some(shown) = &mut self.shown else { return true };
        let is_it = |step: &StoryStep| step.key == shown.key;
        if !steps.get(shown.at).is_some_and(is_it) {
            match steps.iter().position(is_it) {
                Some(at) => shown.at = at,
                None => return false,
            }
        }
        true
    }

    /// Updates the picture of the step; returns the part of the world that the camera has to show now. While the map is
    /// being laid out the previous picture stays.
    pub(crate) fn refresh(&mut self, ctx: &Context, document: &Document, pipeline: &Pipeline) -> Option<Rect> {
        let step = document.steps().get(self.shown.as_ref()?.at)?;
        let layout = pipeline.story_layout(document)?;
        let seen: (&Arc<Scene>, &Arc<Scene>) = (pipeline.final_scene(), pipeline.scene());
        let view = StepView::update(self.view.take(), ctx, layout, seen, step);
        let goal = view.view();
        self.view = Some(view);
        std::mem::take(&mut self.aims).then_some(goal)
    }

    /// Makes small pictures of the steps; returns whether some are still missing.
    pub(crate) fn refresh_thumbnails(
        &mut self,
        document: &Document,
        pipeline: &Pipeline,
        drawn: (egui::Theme, Vec2),
    ) -> bool {
        let Some(layout) = pipeline.story_layout(document) else { return false };
        self.thumbnails.refresh(layout, pipeline.final_scene(), drawn)
    }
}
