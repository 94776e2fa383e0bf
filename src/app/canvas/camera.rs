//! The camera: center, scale, and short animated flights between two views.

mod aim;

use std::ops::RangeInclusive;

use egui::{Pos2, Rect, Vec2};

use crate::model::Item;

/// The range of scales (points per world unit) available for zooming.
const SCALES: RangeInclusive<f32> = 0.002..=8.0;
/// The maximum scale chosen when fitting; a small map would look oversized beyond it.
const LARGEST_FIT: f32 = 1.5;
/// Margin around fitted content, in points.
const FIT_MARGIN: f32 = 18.0;
/// Minimum distance of a revealed item from the edge of the view, in points.
const REVEAL_MARGIN: f32 = 40.0;
/// The maximum scale chosen for a step of a story, which may fill a whole screen.
const LARGEST_FRAME: f32 = 2.5;
/// Duration of a flight, in seconds.
const FLIGHT_SECS: f32 = 0.2;
/// Duration of a flight to a step of a story, in seconds.
const STEP_SECS: f32 = 0.3;

/// A view of the world: center and scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Viewpoint {
    /// The world position of the view's center.
    pub(super) center: Pos2,
    /// Points per world unit.
    pub(super) scale: f32,
}

impl Viewpoint {
    /// Returns what point of the world it shows at a point of the screen.
    pub(super) fn pos_in_world(self, pos_in_screen: Pos2, view: Rect) -> Pos2 {
        self.center + (pos_in_screen - view.center()) / self.scale
    }
}

/// The next target of the view.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aim {
    /// Everything.
    All,
    /// The selection, or everything if nothing is selected.
    Selection,
    /// A view that contains this item, moved as little as possible.
    Item(Item),
    /// An area of a large map.
    Area(u32),
    /// The same center at this scale.
    Scale(f32),
    /// Exactly this view.
    View(Viewpoint),
    /// A part of the world that a step of a story shows.
    Frame(Rect),
}

/// The transformation between world and screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transform {
    /// Points per world unit.
    pub(super) zoom: f32,
    /// Where the origin of the world is on the screen.
    pub(super) pan: Vec2,
}

/// How a view moved from one frame to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CameraMotion {
    /// Not at all.
    Rest,
    /// At the same scale.
    Pan,
    /// To another scale.
    Zoom,
}

impl CameraMotion {
    #[expect(clippy::float_cmp, reason = "any difference is a motion")]
    pub(super) fn between(before: Option<Transform>, now: Transform) -> Self {
        match before {
            Some(before) if before.zoom != now.zoom => Self::Zoom,
            Some(before) if before.pan != now.pan => Self::Pan,
            _ => Self::Rest,
        }
    }
}

impl Transform {
    /// Returns where a point of the world is on the screen.
    pub(super) fn pos_in_screen(self, pos_in_world: Pos2) -> Pos2 {
        (pos_in_world.to_vec2() * self.zoom + self.pan).to_pos2()
    }

    /// Returns what point of the world is at a point of the screen.
    pub(super) fn pos_in_world(self, pos_in_screen: Pos2) -> Pos2 {
        ((pos_in_screen.to_vec2() - self.pan) / self.zoom).to_pos2()
    }
}

#[derive(Clone, Copy, Debug)]
struct Flight {
    from: Viewpoint,
    to: Viewpoint,
    elapsed_secs: f32,
    duration_secs: f32,
}

/// The current view, and the flight to the next one.
#[derive(Clone, Debug)]
pub(super) struct Camera {
    viewpoint: Viewpoint,
    flight: Option<Flight>,
}

impl Default for Camera {
    fn default() -> Self {
        Self { viewpoint: Viewpoint { center: Pos2::ZERO, scale: 1.0 }, flight: None }
    }
}

impl Camera {
    /// Returns the current view, or the target of the running flight.
    pub(super) fn goal(&self) -> Viewpoint {
        self.flight.map_or(self.viewpoint, |flight| flight.to)
    }

    /// Returns the transformation between world and screen. The pan is a whole number of pixels, so that cached shapes
    /// stay sharp when the view pans.
    pub(super) fn transform(&self, view: Rect, pixels_per_point: f32) -> Transform {
        let Viewpoint { center, scale } = self.viewpoint;
        let pan = view.center().to_vec2() - center.to_vec2() * scale;
        Transform { zoom: scale, pan: (pan * pixels_per_point).round() / pixels_per_point }
    }

    /// Pans the view by a distance in points.
    pub(super) fn pan(&mut self, delta_in_screen: Vec2) {
        self.flight = None;
        self.viewpoint.center -= delta_in_screen / self.viewpoint.scale;
    }

    /// Zooms so that the world position under `pos_in_screen` stays in place.
    pub(super) fn zoom_at(&mut self, pos_in_screen: Pos2, view: Rect, factor: f32) {
        self.flight = None;
        let offset = pos_in_screen - view.center();
        let fixed = self.viewpoint.center + offset / self.viewpoint.scale;
        self.viewpoint.scale = clamp(self.viewpoint.scale * factor);
        self.viewpoint.center = fixed - offset / self.viewpoint.scale;
    }

    /// Moves to another view, by a flight of this duration if it is animated.
    pub(super) fn go(&mut self, to: Viewpoint, flight_secs: Option<f32>) {
        let to = Viewpoint { scale: clamp(to.scale), ..to };
        self.flight = None;
        match flight_secs.filter(|_| to != self.viewpoint) {
            Some(duration_secs) => {
                self.flight = Some(Flight { from: self.viewpoint, to, elapsed_secs: 0.0, duration_secs });
            }
            None => self.viewpoint = to,
        }
    }

    /// Advances the running flight; returns whether it is still running.
    pub(super) fn advance(&mut self, dt_secs: f32) -> bool {
        let Some(flight) = &mut self.flight else { return false };
        flight.elapsed_secs += dt_secs;
        let share = (flight.elapsed_secs / flight.duration_secs).clamp(0.0, 1.0);
        let eased = share * share * (3.0 - 2.0 * share);
        let Flight { from, to, .. } = *flight;
        // The center is interpolated by the reciprocal of the scale, so that points visible in both views move along
        // straight lines.
        let scale = from.scale * (to.scale / from.scale).powf(eased);
        let moved = if (to.scale - from.scale).abs() < 1e-3 * from.scale {
            eased
        } else {
            (1.0 / from.scale - 1.0 / scale) / (1.0 / from.scale - 1.0 / to.scale)
        };
        self.viewpoint = Viewpoint { center: from.center.lerp(to.center, moved), scale };
        if share >= 1.0 {
            self.viewpoint = to;
            self.flight = None;
        }
        self.flight.is_some()
    }
}

/// Returns the view that shows a whole world rectangle.
pub(super) fn fitting(world: Rect, view: Rect) -> Viewpoint {
    fitting_up_to(world, view, LARGEST_FIT)
}

/// Returns the view that shows what a step of a story shows, below a strip at the top, `height` points high.
pub(super) fn framing_below(world: Rect, view: Rect, height: f32) -> Viewpoint {
    showing_below(world, view, height, LARGEST_FRAME)
}

/// Returns the view that shows a whole world rectangle below such a strip.
pub(super) fn fitting_below(world: Rect, view: Rect, height: f32) -> Viewpoint {
    showing_below(world, view, height, LARGEST_FIT)
}

fn showing_below(world: Rect, view: Rect, height: f32, largest: f32) -> Viewpoint {
    let shown = fitting_up_to(world, view.with_min_y(view.top() + height), largest);
    Viewpoint { center: shown.center - Vec2::new(0.0, height / 2.0 / shown.scale), ..shown }
}

fn fitting_up_to(world: Rect, view: Rect, largest: f32) -> Viewpoint {
    let room = (view.size() - Vec2::splat(2.0 * FIT_MARGIN)).max(Vec2::splat(1.0));
    let size = world.size().max(Vec2::splat(1.0));
    let scale = (room.x / size.x).min(room.y / size.y).min(largest);
    Viewpoint { center: world.center(), scale: clamp(scale) }
}

/// Returns the view that shows a whole world rectangle above a strip at the bottom, `height` points high.
pub(super) fn fitting_above(world: Rect, view: Rect, height: f32) -> Viewpoint {
    let fitted = fitting(world, view.with_max_y(view.bottom() - height));
    Viewpoint { center: fitted.center + Vec2::new(0.0, height / 2.0 / fitted.scale), ..fitted }
}

/// Returns the view nearest to `now` that shows a world rectangle; `now` itself if it does.
pub(super) fn revealing(world: Rect, view: Rect, now: Viewpoint) -> Viewpoint {
    if Rect::from_center_size(now.center, view.size() / now.scale).contains_rect(world) {
        return now;
    }
    let room = (view.size() - Vec2::splat(2.0 * REVEAL_MARGIN)).max(Vec2::splat(1.0));
    let size = world.size().max(Vec2::splat(1.0));
    let scale = clamp(now.scale.min(room.x / size.x).min(room.y / size.y));
    let half = room / scale / 2.0;
    let seen = Rect::from_center_size(now.center, 2.0 * half);
    let shift = |low: f32, high: f32, from: f32, to: f32| {
        if low < from {
            low - from
        } else if high > to {
            high - to
        } else {
            0.0
        }
    };
    let move_x = shift(world.left(), world.right(), seen.left(), seen.right());
    let move_y = shift(world.top(), world.bottom(), seen.top(), seen.bottom());
    Viewpoint { center: now.center + Vec2::new(move_x, move_y), scale }
}

fn clamp(scale: f32) -> f32 {
    if scale.is_finite() { scale.clamp(*SCALES.start(), *SCALES.end()) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    fn view() -> Rect {
        Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0))
    }

    #[test]
    fn zooming_keeps_the_world_point_under_the_pointer() {
        let mut camera = Camera::default();
        let pointer = pos2(720.0, 130.0);
        let before = camera.transform(view(), 1.0).pos_in_world(pointer);
        for factor in [1.3, 1.7, 0.2, 3.0] {
            camera.zoom_at(pointer, view(), factor);
            let after = camera.transform(view(), 8.0).pos_in_screen(before);
            assert!((after - pointer).length() < 0.2, "{after:?}");
        }
    }

    #[test]
    fn a_flight_ends_where_it_should() {
        let mut camera = Camera::default();
        let to = Viewpoint { center: pos2(300.0, -20.0), scale: 0.5 };
        camera.go(to, Some(FLIGHT_SECS));
        assert!(camera.advance(0.1));
        assert!(camera.viewpoint.scale > 0.5 && camera.viewpoint.scale < 1.0);
        assert!(!camera.advance(0.15));
        assert_eq!(camera.viewpoint, to);
    }

    #[test]
    fn revealing_moves_no_more_than_needed() {
        let now = Viewpoint { center: pos2(0.0, 0.0), scale: 1.0 };
        let inside = Rect::from_center_size(pos2(100.0, 100.0), vec2(50.0, 20.0));
        assert_eq!(revealing(inside, view(), now), now);
        let outside = Rect::from_center_size(pos2(500.0, 0.0), vec2(40.0, 20.0));
        let there = revealing(outside, view(), now);
        assert_eq!(there, Viewpoint { center: pos2(160.0, 0.0), scale: 1.0 });
        let large = Rect::from_center_size(pos2(0.0, 0.0), vec2(1440.0, 20.0));
        assert!((revealing(large, view(), now).scale - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_step_is_framed_below_the_strip_at_the_top() {
        let world = Rect::from_min_size(pos2(-50.0, 10.0), vec2(300.0, 700.0));
        let mut camera = Camera::default();
        camera.go(framing_below(world, view(), 44.0), None);
        let frame = camera.transform(view(), 1.0);
        let (top, bottom) = (frame.pos_in_screen(world.min).y, frame.pos_in_screen(world.max).y);
        assert!(top >= view().top() + 44.0 && bottom <= view().bottom(), "{top} to {bottom}");
        assert!(bottom - top > 500.0, "it fills the rest");
    }

    #[test]
    fn fitting_shows_everything() {
        let world = Rect::from_min_size(pos2(-50.0, 10.0), vec2(3000.0, 400.0));
        let mut camera = Camera::default();
        camera.go(fitting(world, view()), None);
        let frame = camera.transform(view(), 1.0);
        for corner in [world.min, world.max] {
            assert!(view().contains(frame.pos_in_screen(corner)));
        }
    }
}
