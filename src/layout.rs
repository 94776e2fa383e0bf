//! Places boxes, routes the lines between them and finds room for labels: boxes and lines in,
//! centers, curves and label rectangles out.
//!
//! Pure and seeded: the same [`Request`] gives the same [`Layout`], bit for bit, on every machine
//! and with any number of threads. It knows no map, no font and no screen; who calls it keeps the
//! table from its own ids to the indices used here. Units are world units: one is a pixel at zoom 1, y down.

pub(crate) mod curve;
mod geometry;
mod grid;
mod label;
mod model;
mod place;
pub mod quality;
mod rng;
mod rough_shape;
mod route;
mod router;
#[cfg(test)]
mod tests;
mod work;

use emath::{Pos2, Rect, Vec2};

use model::Model;

pub use router::{LayoutChange, Router, Undo};

/// A box to place: an actor's card, or the hub of a tie with three or more parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Full width and height.
    pub size: Vec2,
    /// A place given by hand: the center must come out exactly here.
    pub fixed: Option<Pos2>,
    /// A hub lies among its parties; it never ranks or groups with the cards.
    pub hub: bool,
    /// What groups it in layouts by kind; any number, equal for the same kind.
    pub group: u32,
    /// How important it is, 0 or more; the most important tend to the middle and keep their labels.
    pub weight: f32,
}

/// A line between two boxes, or from a box to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Index of the node it leaves.
    pub from: u32,
    /// Index of the node it enters; equal to `from` for a tie of an actor to itself.
    pub to: u32,
    /// Stroke width of the line.
    pub width: f32,
    /// Whether an arrowhead stands at the `to` end (the curve then ends at its tip).
    pub arrow: bool,
    /// Size of the label that lies on the line; none for a line without one.
    pub label: Option<Vec2>,
    /// How important its label is; the least important are left out first.
    pub weight: f32,
    /// A bend given by hand: the line passes through this point, and its label is centered there.
    pub bend: Option<Bend>,
}

/// A point relative to the straight line between the centers of a line's two boxes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    /// Share of the way from the `from` center (0) to the `to` center (1).
    pub along: f32,
    /// Distance to the right of the way, in world units (negative: to the left). For a line from a
    /// box to itself, `along` counts turns clockwise from north and `across` the distance from the center.
    pub across: f32,
}

/// How boxes are placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// The most readable of many starts up to some 150 boxes, a multilevel force method above.
    #[default]
    Auto,
    /// Stress majorization with room for labels.
    Force,
    /// Flows from left to right; what is too long for the page goes back and forth in bands.
    Layered,
    /// The same from the top down; what is too long goes down and up in bands side by side.
    LayeredDown,
    /// Rings around the most important box.
    Radial,
    /// One circle, neighbors side by side.
    Circle,
    /// One column per group, or several side by side for a long one.
    Columns,
}

/// What to lay out. Equal requests give equal layouts, so it doubles as a cache key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The lines; several between the same two boxes are normal.
    pub edges: Vec<Edge>,
    /// How boxes are placed.
    pub algorithm: Algorithm,
    /// Chooses among equally good pictures.
    pub seed: u64,
    /// Width over height that the picture should have, such as 1.6.
    pub aspect: f32,
}

/// A cubic Bézier piece: start, two control points, end.
pub type Cubic = [Pos2; 4];

/// One line as drawn, from the outline of one box to the outline of the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// Pieces that join end to start; from the outline of `from` to the outline of `to`. Never empty.
    pub curve: Vec<Cubic>,
    /// Where its label lies; none if it has no label or there is no room.
    pub label: Option<Rect>,
}

/// A finished layout; indices are those of the request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Center of each box.
    pub centers: Vec<Pos2>,
    /// Each line with its label.
    pub lanes: Vec<Lane>,
}

/// Hears how far a layout is and may cancel it. Called from several threads.
pub trait Progress: Sync {
    /// `done` is the share that is done, from 0 to 1; it may come out of order.
    fn report(&self, done: f32);
    /// Whether nobody waits for the result anymore.
    fn is_canceled(&self) -> bool;
}

/// Reports to nobody and is never canceled.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn report(&self, _done: f32) {}

    fn is_canceled(&self) -> bool {
        false
    }
}

/// Places, routes and labels everything; none when canceled.
pub fn lay_out(request: &Request, progress: &dyn Progress) -> Option<Layout> {
    let model = Model::new(request);
    if request.algorithm == Algorithm::Auto && place::is_compared(&model) {
        return place::most_readable(request, &model, progress);
    }
    let centers = place::centers(request, &model, progress)?;
    progress.report(0.7);
    let layout = route_model(&model, centers);
    progress.report(1.0);
    (!progress.is_canceled()).then_some(layout)
}

/// Routes and labels everything for given centers, which stay as they are; missing ones are at the origin.
#[must_use]
pub fn route_and_label(request: &Request, centers: &[Pos2]) -> Layout {
    let model = Model::new(request);
    let centers = safe_centers(&model, centers);
    route_model(&model, centers)
}

/// Given centers made finite and complete.
fn safe_centers(model: &Model, centers: &[Pos2]) -> Vec<Pos2> {
    (0..model.len()).map(|v| safe_center(centers.get(v).copied().unwrap_or(Pos2::ZERO))).collect()
}

fn safe_center(center: Pos2) -> Pos2 {
    let far = Pos2::new(1.0e6, 1.0e6);
    let finite = if center.is_finite() { center } else { Pos2::ZERO };
    finite.clamp(Pos2::new(-1.0e6, -1.0e6), far)
}

fn route_model(model: &Model, centers: Vec<Pos2>) -> Layout {
    let ground = route::BoxIndex::new(model, &centers);
    let scene = route::RouteContext::new(model, &centers, &ground);
    let routed = route::route(&scene, &route::rough_shapes(&scene));
    let open: Vec<(u32, &route::Routed)> = (0..).zip(&routed).collect();
    let question = label::Question { model, cards: &ground.grid, near: open.clone(), open, standing: Vec::new() };
    let labels = label::place(&question);
    let lanes = routed.into_iter().zip(labels).map(|(lane, label)| Lane { curve: lane.curve, label }).collect();
    Layout { centers, lanes }
}
