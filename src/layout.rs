//! Places boxes, routes the lines between them and places labels: takes boxes and lines, returns centers, curves and
//! label rectangles.
//!
//! Pure and seeded: the same [`Request`] gives the same [`Layout`], bit for bit, on every machine and with any number
//! of threads. Independent of maps, fonts and screens; callers translate their own ids to the indices used here.
//! Lengths are in world units: 1 is a pixel at zoom 1, y down.

pub(crate) mod buckets;
pub(crate) mod curve;
pub(crate) mod geometry;
mod grid;
mod label;
mod model;
mod place;
pub mod quality;
mod rng;
mod rough_shape;
mod route;
mod router;
mod straight;
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
    /// Center set by the user, which is kept exactly.
    pub fixed: Option<Pos2>,
    /// Whether it is a hub, which lies among its parties and is never ranked or grouped with the cards.
    pub hub: bool,
    /// Group in layouts by kind; an arbitrary number, equal for the same kind.
    pub group: u32,
    /// Importance, 0 or more; the most important boxes tend to the middle.
    pub weight: f32,
}

/// A line between two boxes, or from a box to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Index of the start node.
    pub from: u32,
    /// Index of the end node; equal to `from` for a tie of an actor to itself.
    pub to: u32,
    /// Stroke width of the line.
    pub width: f32,
    /// Whether there is an arrowhead at the `to` end (the curve then ends at its tip).
    pub arrow: bool,
    /// Size of the label on the line; `None` if it has none.
    pub label: Option<Vec2>,
    /// Importance of its label; the least important labels are left out first.
    pub weight: f32,
    /// Bend set by the user: the line passes through this point, and its label is centered there.
    pub bend: Option<Bend>,
}

/// A point relative to the straight line between the centers of a line's two boxes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    /// Position between the `from` center (0) and the `to` center (1).
    pub along: f32,
    /// Distance to the right of that straight line, in world units (negative: to the left). For a line from a box to
    /// itself, `along` is the angle in turns clockwise from north and `across` the distance from the center.
    pub across: f32,
}

/// Method of placing boxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// The most readable of many starts for up to some 150 boxes; communities and forces on many levels for more.
    #[default]
    Auto,
    /// Stress majorization with room for labels.
    Force,
    /// Layers from left to right; a flow too long for the page runs back and forth in bands.
    Layered,
    /// Layers from top to bottom; a flow too long for the page runs down and up in bands side by side.
    LayeredDown,
    /// Rings around the most important box.
    Radial,
    /// One circle, neighbors side by side.
    Circle,
    /// One column per group, or several side by side for a long one.
    Columns,
}

/// Input of a layout. Equal requests give equal layouts, so it can serve as a cache key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The lines; several between the same two boxes are normal.
    pub edges: Vec<Edge>,
    /// Method of placing boxes.
    pub algorithm: Algorithm,
    /// Seed that selects among equally good layouts.
    pub seed: u64,
    /// Desired width divided by height, such as 1.6.
    pub aspect: f32,
}

/// A cubic Bézier piece: start, two control points, end.
pub type Cubic = [Pos2; 4];

/// A line as drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// Connected pieces from the outline of `from` to the outline of `to`. Never empty.
    pub curve: Vec<Cubic>,
    /// Rectangle of its label; `None` if it has no label or there is no room.
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

/// Receives the progress of a layout and can cancel it. Called from several threads.
pub trait Progress: Sync {
    /// Reports the fraction done, from 0 to 1; calls may come out of order.
    fn report(&self, done: f32);
    /// Returns whether the result is no longer needed.
    fn is_canceled(&self) -> bool;
}

/// Ignores reports and never cancels.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn report(&self, _done: f32) {}

    fn is_canceled(&self) -> bool {
        false
    }
}

/// Places, routes and labels everything; `None` if canceled.
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

/// Computes centers alone, for maps that are drawn as points and straight lines; `None` if canceled.
pub fn lay_out_centers(request: &Request, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    place::centers(request, &Model::new(request), progress)
}

/// Routes and labels everything for given centers. Missing and non-finite ones become the origin; coordinates are
/// clamped to ±1,000,000.
#[must_use]
pub fn route_and_label(request: &Request, centers: &[Pos2]) -> Layout {
    let model = Model::new(request);
    let centers = safe_centers(&model, centers);
    route_model(&model, centers)
}

/// Draws all lines straight and without labels, for maps with too many to be routed. Centers are treated as by
/// [`route_and_label`].
#[must_use]
pub fn draw_straight(request: &Request, centers: &[Pos2]) -> Layout {
    let model = Model::new(request);
    let centers = safe_centers(&model, centers);
    straight::straight(&model, centers)
}

/// Places the nodes of a large map as if they were points of no size, which compares the method with others; `None` if
/// canceled.
pub fn lay_out_points(request: &Request, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    place::points(&Model::new(request), progress)
}

/// Returns the community of each node, numbered from 0: nodes with more ties among themselves than chance would give.
/// Equal nodes and edges give the same communities, wherever the nodes are.
#[must_use]
pub fn communities(request: &Request) -> Vec<u32> {
    place::communities(&Model::new(request))
}

/// Returns a finite center for each box.
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
