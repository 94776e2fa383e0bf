//! Places boxes, routes the lines between them and finds room for labels: boxes and lines in,
//! centers, curves and label rectangles out.
//!
//! Pure and seeded: the same [`Request`] gives the same [`Layout`], bit for bit, on every machine
//! and with any number of threads. It knows no map, no font and no screen; who calls it keeps the
//! table from its own ids to the indices used here. Units are world units: one is a pixel at zoom 1, y down.

use emath::{Pos2, Rect, Vec2};

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
    /// Flows from left to right.
    Layered,
    /// Rings around the most important box.
    Radial,
    /// One circle, neighbors side by side.
    Circle,
    /// One column per group.
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
