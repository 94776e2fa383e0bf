//! Where the view goes next, and which view it is at.

use egui::{Pos2, Rect, Ui};

use crate::model::Item;
use crate::scene::{Level, Part};

use super::super::input::CanvasInput;
use super::super::{Canvas, OverviewLayer, controls, is_animated};
use super::{Aim, FLIGHT_SECS, STEP_SECS, Viewpoint, fitting, fitting_above, fitting_below, framing_below, revealing};

/// Height of the chip at the top of the canvas, with its margin, in points.
const CHIP_HEIGHT: f32 = 36.0;

impl Canvas {
    /// Fits everything into the view.
    pub(crate) fn fit(&mut self) {
        self.aim = Some(Aim::All);
    }

    /// Fits the selection into the view, or everything if nothing is selected.
    pub(crate) fn fit_selection(&mut self) {
        self.aim = Some(Aim::Selection);
    }

    /// Brings a record into view, moving as little as possible.
    pub(crate) fn reveal(&mut self, item: Item) {
        self.aim = Some(Aim::Item(item));
    }

    /// Shows this center at this scale.
    pub(crate) fn show(&mut self, (center, scale): (Pos2, f32)) {
        self.aim = Some(Aim::View(Viewpoint { center, scale }));
    }

    /// Shows a part of the world, for a step of a story.
    pub(crate) fn frame(&mut self, world: Rect) {
        self.aim = Some(Aim::Frame(world));
    }

    /// Returns whether the view still is the one of a step.
    pub(crate) fn is_framed(&self) -> bool {
        self.aim.is_none() && self.framed().is_some()
    }

    /// Returns the center and scale of the view, or `None` if it fits everything.
    pub(crate) fn chosen_view(&self) -> Option<(Pos2, f32)> {
        let Viewpoint { center, scale } = self.camera.goal();
        let is_chosen = self.has_aimed && self.aim.is_none() && !self.is_fitted();
        is_chosen.then_some((center, scale))
    }

    /// Zooms around the center of the view.
    pub(crate) fn zoom_by(&mut self, factor: f32) {
        self.zoom_to(self.camera.goal().scale * factor);
    }

    /// Zooms to a scale (points per world unit) around the center of the view.
    pub(crate) fn zoom_to(&mut self, scale: f32) {
        self.aim = Some(Aim::Scale(scale));
    }

    /// Returns the world position of the center of the view.
    pub(crate) fn middle(&self) -> Pos2 {
        self.camera.goal().center
    }

    /// Starts moving the view to its aim, or advances the running flight; returns whether a repaint is needed.
    pub(in crate::app::canvas) fn fly(&mut self, ui: &Ui, view: Rect, input: &CanvasInput<'_>, dt_secs: f32) -> bool {
        let is_flying = self.camera.advance(dt_secs);
        let Some(aim) = self.aim.filter(|_| view.is_positive() && !input.scene.items.is_empty()) else {
            return is_flying;
        };
        self.aim = None;
        let rect = |item| self.map_graph.as_ref().and_then(|map_graph| map_graph.rect(item, input));
        let selected = input.selection.items().filter_map(rect).reduce(|all, rect| all | rect);
        let goal = match aim {
            Aim::All => Some(Self::fitting_all(input, view)),
            Aim::Selection => Some(match selected {
                Some(selected) => fitting(selected, view),
                None => Self::fitting_all(input, view),
            }),
            Aim::Item(item) => rect(item).map(|rect| {
                let close = self.overview.view_of_actor(rect.center(), self.camera.goal());
                close.unwrap_or_else(|| revealing(rect, view, self.camera.goal()))
            }),
            Aim::Area(area) => input.overview.and_then(|overview| OverviewLayer::view_in(overview, area, view)),
            Aim::Scale(scale) => Some(Viewpoint { scale, ..self.camera.goal() }),
            Aim::View(viewpoint) => Some(viewpoint),
            Aim::Frame(world) => {
                let chip = if input.is_presented { 0.0 } else { CHIP_HEIGHT };
                Some(framing_below(world, view, chip))
            }
        };
        let shows_all = matches!(aim, Aim::All) || (matches!(aim, Aim::Selection) && selected.is_none());
        // What is already in view needs no move, and a map at fit stays at fit.
        if shows_all || goal != Some(self.camera.goal()) {
            self.fitted = goal.filter(|_| shows_all);
        }
        let (frame, flight_secs) = match aim {
            Aim::Frame(world) => (Some(world), STEP_SECS),
            _ => (None, FLIGHT_SECS),
        };
        self.framed = frame.zip(goal);
        if let Some(goal) = goal {
            self.camera.go(goal, Some(flight_secs).filter(|_| self.has_aimed && is_animated(ui)));
            self.has_aimed = true;
        }
        goal.is_some()
    }

    /// Returns the view that fits everything; if the zoom buttons would cover a part of the map, it stays above them.
    pub(in crate::app::canvas) fn fitting_all(input: &CanvasInput<'_>, view: Rect) -> Viewpoint {
        if let Some(overview) = input.overview {
            let chip = if input.has_chip { CHIP_HEIGHT } else { 0.0 };
            let goal = fitting_below(overview.bounds(), Self::room_for_words(view), chip);
            if overview.level(goal.scale) < Level::Near {
                return goal;
            }
        }
        let goal = fitting(input.scene.bounds, view);
        let Some(buttons) = controls::rect(view) else { return goal };
        let in_world = Rect::from_min_max(goal.pos_in_world(buttons.min, view), goal.pos_in_world(buttons.max, view));
        let is_covered = input.picker.in_view(in_world).iter().any(|part| matches!(part, Part::Card(_)));
        if is_covered { fitting_above(input.scene.bounds, view, view.bottom() - buttons.top()) } else { goal }
    }

    /// Returns the part of the world that a step of a story shows, if the view still is the one that shows it.
    pub(in crate::app::canvas) fn framed(&self) -> Option<Rect> {
        self.framed.filter(|(_, framed)| self.camera.goal() == *framed).map(|(world, _)| world)
    }

    /// Returns whether the view still is the one that fits everything.
    pub(in crate::app::canvas) fn is_fitted(&self) -> bool {
        self.fitted.is_some_and(|fitted| self.camera.goal() == fitted)
    }
}
