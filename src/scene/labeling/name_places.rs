//! The places where a name can go: in a box over its card, or beside its dot.

use emath::{Pos2, Rect, Vec2, vec2};

use super::occupied::Occupied;

/// Space inside a box around a name, in pixels.
const BOX_PADDING: Vec2 = Vec2::new(5.0, 1.5);
/// Space between an icon and a name, in pixels.
pub(super) const ICON_GAP: f32 = 4.0;
/// Space around a name beside a dot, in pixels.
pub(super) const NAME_PADDING: Vec2 = Vec2::new(2.0, 0.0);
/// Space between a dot and its name, in pixels.
pub(super) const DOT_GAP: f32 = 2.0;
/// Clearance around a name, in pixels.
const CLEARANCE: f32 = 1.0;
/// Cost of a dot under a name, where the worst position beside a dot costs 0.85.
const COVERED_DOT: f32 = 0.35;
/// Cost of each pixel between a dot and its name beyond [`DOT_GAP`].
const FAR_PIXEL: f32 = 0.1;

/// Positions of a name around its dot with their costs. Where `x` is ±1, the name is to the right or left and shifted
/// down by `y` half heights; else it is above or below and shifted to the right by `x` half widths.
const BESIDE: [(f32, f32, f32); 36] = [
    (1.0, 0.0, 0.1),
    (0.0, 1.0, 0.3),
    (0.0, -1.0, 0.35),
    (-1.0, 0.0, 0.5),
    (1.0, -0.4, 0.55),
    (1.0, 0.4, 0.55),
    (-1.0, -0.4, 0.6),
    (-1.0, 0.4, 0.6),
    (1.0, -0.8, 0.6),
    (1.0, 0.8, 0.6),
    (-1.0, -0.8, 0.65),
    (-1.0, 0.8, 0.65),
    (0.25, 1.0, 0.65),
    (-0.25, 1.0, 0.65),
    (0.25, -1.0, 0.7),
    (-0.25, -1.0, 0.7),
    (0.5, 1.0, 0.7),
    (-0.5, 1.0, 0.7),
    (0.5, -1.0, 0.75),
    (-0.5, -1.0, 0.75),
    (0.75, 1.0, 0.75),
    (-0.75, 1.0, 0.75),
    (0.75, -1.0, 0.8),
    (-0.75, -1.0, 0.8),
    (0.9, 1.0, 0.8),
    (-0.9, 1.0, 0.8),
    (0.9, -1.0, 0.85),
    (-0.9, -1.0, 0.85),
    (1.0, -1.2, 0.85),
    (1.0, 1.2, 0.85),
    (-1.0, -1.2, 0.9),
    (-1.0, 1.2, 0.9),
    (1.0, -1.6, 0.9),
    (1.0, 1.6, 0.9),
    (-1.0, -1.6, 0.95),
    (-1.0, 1.6, 0.95),
];

/// Where a name goes; rectangles are in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) enum NamePlace {
    /// In a box over the card, with the icon of the actor's kind before it.
    OverWithIcon(Rect),
    /// In a box over the card.
    Over(Rect),
    /// Beside a dot.
    Beside(Rect),
}

impl NamePlace {
    /// Returns the area taken, with its clearance.
    pub(super) fn taken(self) -> Rect {
        let (Self::OverWithIcon(rect) | Self::Over(rect) | Self::Beside(rect)) = self;
        rect.expand(CLEARANCE)
    }
}

/// The name of an actor to be placed; lengths are in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameToPlace {
    /// Index of the card, which owns what the name takes.
    pub(super) owner: u32,
    pub(super) center: Pos2,
    /// Size of the card.
    pub(super) card: Vec2,
    /// Size of the name at its readable size.
    pub(super) text: Vec2,
    /// Width of the icon.
    pub(super) icon: f32,
    /// Radius of the dot.
    pub(super) radius: f32,
}

impl NameToPlace {
    /// Returns the area of the dot.
    pub(super) fn dot(&self) -> Rect {
        Rect::from_center_size(self.center, Vec2::splat(2.0 * self.radius))
    }
}

/// How far a name may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct CandidateLimits<'a> {
    /// How many dots it may cover.
    pub(super) most_covered: usize,
    /// The additional distances from the dot, in pixels.
    pub(super) gaps: &'a [f32],
}

/// Returns the places of a name over nothing taken by others, the best first.
pub(super) fn build_candidates(name: &NameToPlace, limits: CandidateLimits<'_>, occupied: &Occupied) -> Vec<NamePlace> {
    let over = |content: Vec2| {
        let rect = Rect::from_center_size(name.center, (content + 2.0 * BOX_PADDING).max(name.card));
        let rect = occupied.nudge(rect);
        let is_free = occupied.is_free(rect.expand(CLEARANCE), name.owner) && occupied.dots_in(rect, name.owner) == 0;
        is_free.then_some(rect)
    };
    let with_icon = over(name.text + vec2(name.icon + ICON_GAP, 0.0)).map(NamePlace::OverWithIcon);
    let mut places: Vec<NamePlace> = with_icon.into_iter().chain(over(name.text).map(NamePlace::Over)).collect();
    let size = name.text + 2.0 * NAME_PADDING;
    let mut beside: Vec<(f32, Rect)> = Vec::new();
    for &gap in limits.gaps {
        let distance = name.radius + DOT_GAP + gap;
        for (x, y, cost) in BESIDE {
            // Beside the dot, above or below it; the other coordinate shifts the name along that side.
            let offset = if x.abs() >= 1.0 {
                vec2(x * (distance + size.x / 2.0), y * size.y / 2.0)
            } else {
                vec2(x * size.x / 2.0, y * (distance + size.y / 2.0))
            };
            let rect = occupied.nudge(Rect::from_center_size(name.center + offset, size));
            if rect.intersects(name.dot()) {
                continue;
            }
            let covered = occupied.dots_in(rect.expand(2.0), name.owner);
            if covered <= limits.most_covered && occupied.is_free(rect.expand(CLEARANCE), name.owner) {
                beside.push((cost + FAR_PIXEL * gap + COVERED_DOT * covered as f32, rect));
            }
        }
    }
    beside.sort_by(|a, b| a.0.total_cmp(&b.0));
    places.extend(beside.into_iter().map(|(_, rect)| NamePlace::Beside(rect)));
    places
}
